#include <hallmark/stats/resampling.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

// The unit: small enough to keep every digit of a double that matters, large enough that no sum overflows.
TEST_CASE("fixed-point values") {
    for (double const scale : {1.0, 1e-310, 1e300}) {
        auto const x = values{1.0 * scale, -2.0 * scale, 5.0 * scale};
        auto const f = detail::fixed_point(x, "f");
        CHECK(static_cast<double>(f.x[2]) / static_cast<double>(f.x[0]) == doctest::Approx(5.0));
        CHECK(f.x[0] - f.x[1] + f.x[2] <= std::int64_t{1} << 60);
        CHECK(f.x[0] - f.x[1] + f.x[2] >= (std::int64_t{1} << 59) - 3);
        CHECK(f.slack < 1 << 13);
    }
    auto const zero = detail::fixed_point(values{0.0, -0.0}, "f");
    CHECK(zero.x == std::vector<std::int64_t>{0, 0});
    CHECK(zero.slack == 0);
    CHECK_THROWS_WITH_AS((void)detail::fixed_point(values{1e308, -1e308}, "f"), "f: the values are too large; allowed are values whose sum is finite", error);
}

TEST_CASE("a sum within the slack counts for both sides") {
    auto c = detail::observed_arrangement();
    c.add(10, 12, 2);
    c.add(9, 12, 2);
    c.add(14, 12, 2);
    c.add(15, 12, 2);
    CHECK(c.below == 1 + 3);
    CHECK(c.above == 1 + 3);
    CHECK(c.all == 1 + 4);
    CHECK(detail::p_of_counts(c, alternative::greater) == 0.8);
}

TEST_CASE("what is enumerated") {
    CHECK(detail::enumerates(resampling::automatic, 1u << 20, 1, "f"));
    CHECK(!detail::enumerates(resampling::automatic, (1u << 20) + 1, 1, "f"));
    CHECK(!detail::enumerates(resampling::monte_carlo, 2, 1, "f"));
}
