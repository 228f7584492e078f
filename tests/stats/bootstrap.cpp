#include <hallmark/stats/bootstrap.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>

#include <limits>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

namespace {
auto mean(std::span<double const> x) -> double {
    auto sum = detail::compensated_sum{};
    for (auto const v : x) {
        sum.add(v);
    }
    return sum.value() / static_cast<double>(x.size());
}
auto squares() -> values {
    values out;
    for (int i = 0; i < 200; ++i) {
        out.push_back(i * i / 100.0);
    }
    return out;
}
}  // namespace

// mpmath 1.3.0, 40 digits, from Efron & Tibshirani's formulas 14.9 to 14.15.
TEST_CASE("pinned interval: bias and acceleration both at work") {
    auto const i = bca_interval(squares(), 90.25, values{1, 2, 4, 9, -3, 0.5}, 0.9);
    CHECK(close(i.lower, 0.94242945831502686, 1e-11));
    CHECK(close(i.upper, 356.29807725076771, 1e-11));
    // The order of the replicates and the unit of the influence say nothing.
    auto turned = squares();
    std::reverse(turned.begin(), turned.end());
    CHECK(bca_interval(turned, 90.25, values{100, 200, 400, 900, -300, 50}, 0.9) == i);
}

// A mean of many values: BCa must come close to the normal interval, and the same key must give the same one.
TEST_CASE("the mean of a sample") {
    values x;
    for (int i = 0; i < 400; ++i) {
        x.push_back(i * 7919 % 1009 / 1009.0);
    }
    auto const key = chacha_key{{1, 2, 3}};
    auto const i   = bootstrap(x, mean, 4000, 0.95, stream(key));
    auto const m   = detail::moments_about(x, 0.0);
    auto const se  = std::sqrt(m.variance / 400.0);
    CHECK(close(i.lower, m.mean - 1.96 * se, 0.0, 0.15 * se));
    CHECK(close(i.upper, m.mean + 1.96 * se, 0.0, 0.15 * se));
    CHECK(bootstrap(x, mean, 4000, 0.95, stream(key)) == i);
    CHECK_FALSE(bootstrap(x, mean, 4000, 0.95, stream(chacha_key{{4}})) == i);
}

// Of 300 exponential samples of 30, how often the mean is held: near 90 %. The band is 3.1 standard deviations around what BCa
// reaches at this size, and the plain percentile of a wrong sign of the bias would fall out of it.
TEST_CASE("coverage on skewed data") {
    auto held = 0;
    for (std::uint32_t k = 0; k < 300; ++k) {
        auto   source = stream(chacha_key{{k, 77}});
        values x;
        for (int i = 0; i < 30; ++i) {
            x.push_back(-std::log1p(-uniform_double(source)));
        }
        auto const i = bootstrap(x, mean, 200, 0.9, stream(chacha_key{{k, 78}}));
        held += i.lower <= 1.0 && 1.0 <= i.upper ? 1 : 0;
    }
    CHECK(held >= 250);
    CHECK(held <= 286);
}

// No end lies beyond the replicates: 100 of them hold no more than 99/101 of what comes next, whatever confidence was asked for.
TEST_CASE("ten replicates beyond each end") {
    CHECK(detail::least_replicates(0.01) == 100);
    CHECK(detail::least_replicates(0.5) == 100);
    CHECK(detail::least_replicates(0.8) == 100);
    CHECK(detail::least_replicates(0.81) == 106);
    CHECK(detail::least_replicates(0.9) == 200);
    CHECK(detail::least_replicates(0.95) == 400);
    CHECK(detail::least_replicates(0.99) == 2000);
    CHECK(detail::least_replicates(0.995) == 4000);
    CHECK(detail::least_replicates(0.999) == 20000);
    CHECK(detail::least_replicates(0x1.fffffffffffffp-1) > 100'000'000);
    auto const x = squares();
    CHECK_THROWS_WITH_AS(bootstrap(x, mean, 1999, 0.99, stream(chacha_key{})),
                         "hallmark::bootstrap: replicates is 1999; allowed is 2000 or more for confidence = 0.99", error);
    CHECK_NOTHROW((void)bootstrap(x, mean, 2000, 0.99, stream(chacha_key{})));
    CHECK_THROWS_WITH_AS(bca_interval(x, 90.25, values{1, 2, 4}, 0.95),
                         "hallmark::bca_interval: replicates is 200; allowed is 400 or more for confidence = 0.95", error);
}

TEST_CASE("what a caller can get wrong") {
    constexpr auto nan_ = std::numeric_limits<double>::quiet_NaN();
    auto const     r    = squares();
    auto const     two  = values{1, 2};
    auto const     run  = [](values const& x, std::size_t replicates, double confidence) {
        return bootstrap(x, mean, replicates, confidence, stream(chacha_key{}));
    };
    CHECK_THROWS_WITH_AS(bca_interval({}, 1.0, two, 0.9), "hallmark::bca_interval: replicates is 0; allowed is 200 or more for confidence = 0.9", error);
    CHECK_THROWS_WITH_AS(bca_interval(values(200, nan_), 1.0, two, 0.9), "hallmark::bca_interval: replicates[0] is NaN; allowed are finite numbers", error);
    CHECK_THROWS_WITH_AS(bca_interval(r, nan_, two, 0.9), "hallmark::bca_interval: observed is NaN; allowed is a finite number", error);
    CHECK_THROWS_WITH_AS(bca_interval(r, 1.0, {}, 0.9), "hallmark::bca_interval: influence is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(bca_interval(r, 1.0, two, 0.0), "hallmark::bca_interval: confidence is 0; allowed is more than 0 and less than 1", error);
    CHECK_THROWS_WITH_AS(bca_interval(r, -1.0, two, 0.9),
                         "hallmark::bca_interval: all replicates lie on one side of observed = -1; allowed are replicates on both sides", error);
    CHECK_THROWS_WITH_AS(bca_interval(r, 1.0, values{3, 3}, 0.9), "hallmark::bca_interval: influence has 2 equal values; allowed are some that differ", error);
    CHECK_THROWS_WITH_AS(run({1}, 200, 0.9), "hallmark::bootstrap: x has 1 value; at least 2 are needed", error);
    CHECK_THROWS_WITH_AS(run({1, 2}, 0, 0.9), "hallmark::bootstrap: replicates is 0; allowed is 200 or more for confidence = 0.9", error);
    CHECK_THROWS_WITH_AS(run({1, 2}, 200, 1.0), "hallmark::bootstrap: confidence is 1; allowed is more than 0 and less than 1", error);
    CHECK_THROWS_WITH_AS(run({1, nan_}, 200, 0.9), "hallmark::bootstrap: x[1] is NaN; allowed are finite numbers", error);
    CHECK_THROWS_WITH_AS(detail::require_drawable(std::size_t{1} << 32, "hallmark::bootstrap", "x"),
                         "hallmark::bootstrap: x has 4294967296 values; allowed are at most 4294967295", error);
}
