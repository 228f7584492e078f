#include <hallmark/signal/reference_calibrated.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

using namespace hallmark;
using numbers = std::vector<double>;

// Rows and columns that change places would compare a sample with another sample.
TEST_CASE("each score less the mean of its references, model by model") {
    CHECK(reference_calibrated(numbers{-1, -2, -3}, numbers{-1, -4, -8}) == numbers{0, 2, 5});
    CHECK(reference_calibrated(numbers{-1, -2}, numbers{-1, -4, -3, -2, -2, -6, 2, 0}) == numbers{0, 1});
}

TEST_CASE("larger means member: better than the references is larger, and a sample that is easy for all is not") {
    auto const s = reference_calibrated(numbers{-0.1, -0.1, -2.0}, numbers{-3.0, -0.1, -2.0});
    CHECK(s[0] > s[1]);
    CHECK(s[1] == 0.0);
    CHECK(s[2] == 0.0);
}

TEST_CASE("what a caller can get wrong") {
    constexpr auto most = std::numeric_limits<double>::max();
    auto const     nan_ = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH_AS(reference_calibrated({}, {}), "hallmark::reference_calibrated: there are no samples; allowed is 1 or more", error);
    CHECK_THROWS_WITH_AS(reference_calibrated(numbers{1, 2}, numbers{1, 2, 3}),
                         "hallmark::reference_calibrated: references has 3 numbers for 2 samples; allowed is a multiple, 1 or more for each", error);
    CHECK_THROWS_WITH_AS(reference_calibrated(numbers{1, 2}, {}),
                         "hallmark::reference_calibrated: references has 0 numbers for 2 samples; allowed is a multiple, 1 or more for each", error);
    CHECK_THROWS_WITH_AS(reference_calibrated(numbers{1, nan_}, numbers{1, 2}),
                         "hallmark::reference_calibrated: scores[1] is nan; allowed is any finite number", error);
    CHECK_THROWS_WITH_AS(reference_calibrated(numbers{1, 2}, numbers{1, 2, -HUGE_VAL, 1}),
                         "hallmark::reference_calibrated: references[2] is -inf; allowed is any finite number", error);
    CHECK_THROWS_WITH_AS(reference_calibrated(numbers{0, most}, numbers{0, -most}),
                         "hallmark::reference_calibrated: the score of sample 1 and those of the references differ by more than a double can hold", error);
    CHECK(reference_calibrated(numbers{most}, numbers{most, most, most, most}) == numbers{0});  // the mean is formed without overflow
}
