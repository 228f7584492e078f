#include <hallmark/signal/trajectory.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>

#include <cstddef>
#include <limits>
#include <vector>

using namespace hallmark;
using numbers = std::vector<double>;

// Rows and columns that change places would add up different samples.
TEST_CASE("sums over checkpoints, sample by sample") {
    CHECK(trajectory_sum(numbers{1, 2, 3, 10, 20, 30}, 2) == numbers{11, 22, 33});
    CHECK(trajectory_sum(numbers{1, 2, 3}, 1) == numbers{1, 2, 3});
    CHECK(trajectory_sum(numbers{1, 2, 3}, 3) == numbers{6});
}

TEST_CASE("slopes of straight lines, whatever the spacing and the order of the rounds") {
    auto const rounds = numbers{1, 2, 5, 40, 3};
    numbers    scores;
    for (auto const r : rounds) {
        for (double const slope : {0.5, -2.0, 0.0, 1e-9}) {
            scores.push_back(slope * r - 7);
        }
    }
    auto const s = trajectory_slope(scores, rounds);
    CHECK(close(s[0], 0.5, 1e-14));
    CHECK(close(s[1], -2.0, 1e-14));
    CHECK(s[2] == 0.0);
    CHECK(close(s[3], 1e-9, 1e-6));  // the scores carry nine of its digits
    // Least squares by hand: rounds 0, 1, 2, scores 0, 3, 2 give (2 − 0) / 2.
    CHECK(trajectory_slope(numbers{0, 3, 2}, numbers{0, 1, 2}) == numbers{1.0});
}

TEST_CASE("larger means member: a score that rises, or is high throughout") {
    auto const scores = numbers{-3, -3, -2, -3.1, -1, -2.9};  // two samples, three rounds
    auto const slope  = trajectory_slope(scores, numbers{1, 2, 3});
    auto const sum    = trajectory_sum(scores, 3);
    CHECK(slope[0] > slope[1]);
    CHECK(sum[0] > sum[1]);
}

TEST_CASE("what a caller can get wrong") {
    constexpr auto most = std::numeric_limits<double>::max();
    auto const     nan_ = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH_AS(trajectory_sum(numbers{1}, 0), "hallmark::trajectory_sum: checkpoints is 0; allowed is 1 or more", error);
    CHECK_THROWS_WITH_AS(trajectory_sum(numbers{1, 2, 3}, 2),
                         "hallmark::trajectory_sum: there are 3 scores of 2 checkpoints; allowed is a multiple, 1 or more for each", error);
    CHECK_THROWS_WITH_AS(trajectory_sum({}, 2), "hallmark::trajectory_sum: there are 0 scores of 2 checkpoints; allowed is a multiple, 1 or more for each",
                         error);
    CHECK_THROWS_WITH_AS(trajectory_sum(numbers{1, nan_}, 2), "hallmark::trajectory_sum: scores[1] is nan; allowed is any finite number", error);
    CHECK_THROWS_WITH_AS(trajectory_sum(numbers{most, most}, 2), "hallmark::trajectory_sum: the scores of sample 0 are too large for a double", error);
    CHECK_THROWS_WITH_AS(trajectory_slope(numbers{1}, numbers{1}), "hallmark::trajectory_slope: there are 1 rounds; allowed is 2 or more", error);
    CHECK_THROWS_WITH_AS(trajectory_slope(numbers{1, 2, 3}, numbers{1, 2}),
                         "hallmark::trajectory_slope: there are 3 scores of 2 rounds; allowed is a multiple, 1 or more for each", error);
    CHECK_THROWS_WITH_AS(trajectory_slope(numbers{1, nan_}, numbers{1, 2}), "hallmark::trajectory_slope: scores[1] is nan; allowed is any finite number",
                         error);
    CHECK_THROWS_WITH_AS(trajectory_slope(numbers{1, 2}, numbers{1, nan_}), "hallmark::trajectory_slope: rounds[1] is nan; allowed is any finite number",
                         error);
    CHECK_THROWS_WITH_AS(trajectory_slope(numbers{1, 2}, numbers{3, 3}), "hallmark::trajectory_slope: all rounds are 3; allowed are rounds of which two differ",
                         error);
    CHECK_THROWS_WITH_AS(trajectory_slope(numbers{-most, most}, numbers{1, 2}), "hallmark::trajectory_slope: the scores of sample 0 are too large for a double",
                         error);
}
