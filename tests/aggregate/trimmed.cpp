#include <hallmark/aggregate/trimmed.hpp>

#include <doctest/doctest.h>
#include <aggregate/laws.hpp>
#include <support/close.hpp>
#include <support/golden.hpp>

#include <cstddef>
#include <limits>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

TEST_CASE("pinned") {
    auto const xs = values{100, 1, 2, 3, 4, 5, 6, 7, 8, -50};
    CHECK(laws::value(trimmed_mean(0), xs) == 8.6);
    CHECK(laws::value(trimmed_mean(0.1), xs) == 4.5);
    CHECK(laws::value(trimmed_mean(0.19), xs) == 4.5);                // 1.9 scores are one
    CHECK(laws::value(trimmed_mean(0.4), xs) == 4.5);                 // the two in the middle
    CHECK(laws::value(trimmed_mean(0.2), {100, 2, 4}) == 106.0 / 3);  // 0.6 scores are none
    CHECK(laws::value(trimmed_mean(0.49), {100, 2, 4}) == 4);
    CHECK(laws::value(trimmed_mean(0.49), {7}) == 7);
    CHECK(laws::value(winsorised_mean(0), xs) == 8.6);
    CHECK(laws::value(winsorised_mean(0.1), xs) == 4.5);                               // −50 becomes 1, 100 becomes 8
    CHECK(laws::value(winsorised_mean(0.2), {1, 2, 3, 4, 90}) == 3);                   // 1 becomes 2, 90 becomes 4
    CHECK(laws::value(winsorised_mean(0.3), {0, 0, 0, 1, 2, 3, 4, 5, 6, 70}) == 2.5);  // the zeros become 1; 5, 6, 70 become 4
    CHECK(trimmed_mean().fraction() == 0.1);
    CHECK(winsorised_mean().fraction() == 0.1);
}

TEST_CASE("larger means member: both go with their scores, and not with the ends") {
    auto const xs = values{1, 2, 3, 4, 5}, ys = values{1, 2, 4, 4, 5}, far = values{1, 2, 3, 4, 1e6};
    CHECK(laws::value(trimmed_mean(0.2), ys) > laws::value(trimmed_mean(0.2), xs));
    CHECK(laws::value(winsorised_mean(0.2), ys) > laws::value(winsorised_mean(0.2), xs));
    CHECK(laws::value(trimmed_mean(0.2), far) == laws::value(trimmed_mean(0.2), xs));
    CHECK(laws::value(winsorised_mean(0.2), far) == laws::value(winsorised_mean(0.2), xs));
}

TEST_CASE("any order and any split") {
    laws::order_and_split(trimmed_mean(0));
    laws::order_and_split(trimmed_mean(0.2));
    laws::order_and_split(winsorised_mean(0));
    laws::order_and_split(winsorised_mean(0.4));
}

TEST_CASE("what a caller can get wrong") {
    laws::refusals(trimmed_mean(), "hallmark::trimmed_mean: the set is empty, so it has no mean", "hallmark::trimmed_mean: the score pushed");
    laws::refusals(winsorised_mean(), "hallmark::winsorised_mean: the set is empty, so it has no mean", "hallmark::winsorised_mean: the score pushed");
    CHECK_THROWS_WITH_AS(trimmed_mean(0.5), "hallmark::trimmed_mean: fraction is 0.5; allowed is 0 or more, and less than 0.5", error);
    CHECK_THROWS_WITH_AS(winsorised_mean(-0.1), "hallmark::winsorised_mean: fraction is -0.1; allowed is 0 or more, and less than 0.5", error);
    CHECK_THROWS_WITH_AS(trimmed_mean(std::numeric_limits<double>::quiet_NaN()),
                         "hallmark::trimmed_mean: fraction is nan; allowed is 0 or more, and less than 0.5", error);
    auto t = trimmed_mean(0.25);
    CHECK_THROWS_WITH_AS(t.merge(trimmed_mean(0.125)), "hallmark::trimmed_mean: fraction is 0.25 here and 0.125 there; only equal ones merge", error);
    auto w = winsorised_mean(0.25);
    CHECK_THROWS_WITH_AS(w.merge(winsorised_mean(0.125)), "hallmark::winsorised_mean: fraction is 0.25 here and 0.125 there; only equal ones merge", error);
    auto const most = std::numeric_limits<double>::max();
    CHECK_THROWS_WITH_AS(laws::value(trimmed_mean(), {most, most}), "hallmark::trimmed_mean: the sum of the 2 scores is too large for a double", error);
    CHECK_THROWS_WITH_AS(laws::value(winsorised_mean(), {most, most}), "hallmark::winsorised_mean: the sum of the 2 scores is too large for a double", error);
}

TEST_CASE("scipy's trimmed means") {
    HALLMARK_NEEDS_GOLDEN();
    auto const losses = golden::values("roc/losses_f32.npy");
    auto const stats  = golden::values("roc/user_stats_f64.npy");
    for (std::size_t user = 0; user < 40; ++user) {
        auto const first = losses.begin() + static_cast<std::ptrdiff_t>(25 * user);
        auto const xs    = values(first, first + 25);
        CHECK(close(laws::value(trimmed_mean(0.1), xs), stats[4 * user + 2], 1e-14));
        CHECK(close(laws::value(trimmed_mean(0.2), xs), stats[4 * user + 3], 1e-14));
    }
}
