#include <hallmark/stats/paired_t.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>

#include <limits>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

// By hand: differences 1, 2, 6 have mean 3 and variance 7, so t = 3/sqrt(7/3); with two degrees of
// freedom P(T >= t) = (1 - t/sqrt(2 + t²))/2.
TEST_CASE("pinned values") {
    auto const a = values{2, 4, 9}, b = values{1, 2, 3};
    auto const t = 1.9639610121239315;
    auto const p = 0.5 * (1.0 - t / std::sqrt(2.0 + t * t));
    CHECK(close(paired_t{}(a, b, alternative::greater).statistic, t, 1e-15));
    CHECK(close(paired_t{}(a, b, alternative::greater).p_value, p, 1e-13));
    CHECK(close(paired_t{}(a, b, alternative::less).p_value, 1.0 - p, 1e-13));
    CHECK(close(paired_t{}(a, b, alternative::two_sided).p_value, 2.0 * p, 1e-13));
    CHECK(paired_t{}(a, b, alternative::greater).n == 3);
    CHECK(paired_t{}(values{1, 2, 6}, alternative::greater) == paired_t{}(a, b, alternative::greater));
}

// A margin with the wrong sign would turn "at least so much" into "at most so little less".
TEST_CASE("the margin") {
    auto const x = values{1, 2, 6};
    CHECK(paired_t{.margin = 3.0}(x, alternative::greater).statistic == 0.0);
    CHECK(close(paired_t{.margin = 3.0}(x, alternative::greater).p_value, 0.5, 1e-15));
    CHECK(close(paired_t{.margin = 1.0}(x, alternative::greater).statistic, 2.0 / 3.0 * 1.9639610121239315, 1e-15));
    CHECK(paired_t{.margin = 1.0}(x, alternative::greater).p_value > paired_t{}(x, alternative::greater).p_value);
}

TEST_CASE("large values that differ a little") {
    CHECK(close(paired_t{.margin = 1e15}(values{1e15 + 1, 1e15 + 2, 1e15 + 6}, alternative::greater).statistic, 1.9639610121239315, 1e-15));
}

TEST_CASE("what a caller can get wrong") {
    constexpr auto nan_ = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH_AS(paired_t{}(values{1, 2}, values{1}, alternative::less), "hallmark::paired_t: a has 2 values and b has 1; pairs need equal lengths",
                         error);
    CHECK_THROWS_WITH_AS(paired_t{}(values{1}, values{2}, alternative::less), "hallmark::paired_t: a has 1 value; at least 2 are needed", error);
    CHECK_THROWS_WITH_AS(paired_t{}(values{1, nan_}, values{1, 2}, alternative::less), "hallmark::paired_t: a[1] is NaN; allowed are finite numbers", error);
    CHECK_THROWS_WITH_AS(paired_t{}(values{nan_, 1}, alternative::less), "hallmark::paired_t: x[0] is NaN; allowed are finite numbers", error);
    CHECK_THROWS_WITH_AS(paired_t{}(values{2, 3}, values{1, 2}, alternative::less),
                         "hallmark::paired_t: all differences are equal, to 1e-152; t needs a variance above 0", error);
    CHECK_THROWS_WITH_AS(paired_t{.margin = nan_}(values{1, 2}, alternative::less), "hallmark::paired_t: margin is NaN; allowed is a finite number", error);
    CHECK_THROWS_WITH_AS(paired_t{}(values{1e308, 2}, values{-1e308, 1}, alternative::less),
                         "hallmark::paired_t: the values are too large; allowed are values whose squares are finite", error);
    CHECK_THROWS_WITH_AS(paired_t{}(values{1e200, 2}, alternative::less),
                         "hallmark::paired_t: the values are too large; allowed are values whose squares are finite", error);
}

// p is 0 in a double here; the logarithm must come from the same t and the same side.
TEST_CASE("the logarithm of p") {
    auto x = values{}, zero = values(3000, 0.0);
    for (int i = 0; i < 3000; ++i) {
        x.push_back(3.0 + (i % 2));
    }
    CHECK(paired_t{}(x, alternative::greater).p_value == 0.0);
    CHECK(paired_t{}.log_p_value(x, alternative::greater) < -1000.0);
    CHECK(paired_t{}.log_p_value(x, zero, alternative::greater) == paired_t{}.log_p_value(x, alternative::greater));
    CHECK(paired_t{}.log_p_value(x, alternative::less) == 0.0);
    for (auto const alt : {alternative::less, alternative::greater, alternative::two_sided}) {
        auto const test = paired_t{.margin = 3.49};
        CHECK(close(test.log_p_value(x, alt), std::log(test(x, alt).p_value), 1e-13));
    }
    CHECK_THROWS_AS(paired_t{}.log_p_value(values{1}, alternative::less), error);
}

TEST_CASE("differences that are too close to each other") {
    CHECK_THROWS_WITH_AS(paired_t{}(values{1e-153, 2e-153, 4e-153}, values{0, 0, 0}, alternative::less),
                         "hallmark::paired_t: all differences are equal, to 1e-152; t needs a variance above 0", error);
}
