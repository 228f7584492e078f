#include <hallmark/audit/population.hpp>

#include <doctest/doctest.h>
#include <stats/enumerate.hpp>
#include <support/close.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

namespace {
auto nulls(std::size_t n) -> values {
    values out;
    for (std::size_t i = 0; i < n; ++i) {
        out.push_back(static_cast<double>(i));
    }
    return out;
}
}  // namespace

TEST_CASE("pinned verdicts") {
    auto const v = population_audit(100.0, nulls(99), {0.05, 25, 0});
    CHECK(v.audit == "population rank");
    CHECK(v.outcome == decision::shown);
    CHECK(v.alpha == 0.05);
    CHECK(v.statistic == 100.0);
    CHECK(v.p_value == 0.01);
    CHECK(v.smallest_p == 0.01);
    CHECK(v.n == 25);
    CHECK(v.null_size == 99);
    CHECK(v.hits == 0);
    CHECK(v.warnings.empty());

    auto const middle = population_audit(50.0, nulls(99), {0.05, 25, 0});
    CHECK(middle.p_value == 0.5);  // 50, ..., 98 reach it: 49
    CHECK(middle.hits == 49);
    CHECK(middle.outcome == decision::not_shown);
}

// A tie counted for the auditor makes the test reject too often exactly where scores are coarse.
TEST_CASE("ties count against the auditor") {
    CHECK(population_audit(1.0, values{1.0, 1.0, 0.0}, {}).p_value == 0.75);
    CHECK(population_audit(1.0, values(19, 1.0), {}).p_value == 1.0);
    CHECK(population_audit(-0.0, values{0.0}, {}).hits == 1);
}

// Zero hits are not a false-alarm rate of zero.
TEST_CASE("the bound on the false-alarm rate") {
    for (std::size_t const n : {1u, 19u, 500u, 5000u}) {
        auto const v = population_audit(1e9, nulls(n), {});
        CHECK(v.false_alarm_rate.lower == 0.0);
        CHECK(close(v.false_alarm_rate.upper, 1.0 - std::pow(0.05, 1.0 / static_cast<double>(n)), 1e-12));
    }
    CHECK(close(population_audit(1e9, nulls(5000), {}).false_alarm_rate.upper, 5.9897e-4, 1e-4));
    CHECK(population_audit(-1.0, nulls(19), {}).false_alarm_rate.upper == 1.0);
    // One hit in 20: the rate u with 20 u (1 − u)^19 + (1 − u)^20 = 0.05.
    auto const u = population_audit(19.0, nulls(20), {}).false_alarm_rate.upper;
    CHECK(close(20 * u * std::pow(1 - u, 19) + std::pow(1 - u, 20), 0.05, 1e-9));
}

// Sets that share pictures are not independent trials: the bound must not pretend that they are.
TEST_CASE("null sets that overlap") {
    auto const v = population_audit(1e9, nulls(500), {0.05, 25, 20});
    CHECK(v.p_value == 1.0 / 501.0);
    CHECK(close(v.false_alarm_rate.upper, 1.0 - std::pow(0.05, 1.0 / 20.0), 1e-12));
    REQUIRE(v.warnings.size() == 1);
    CHECK(v.warnings[0] == "Only 20 of the 500 null sets share no pictures with others; the bound on the false-alarm rate counts 20 sets.");
    // 30 hits of 500 are 1.2 of 20, rounded up to 2.
    CHECK(population_audit(470.0, nulls(500), {0.05, 25, 20}).hits == 30);
    CHECK(population_audit(470.0, nulls(500), {0.05, 25, 20}).false_alarm_rate.upper == clopper_pearson_upper(2, 20, 0.95));
    CHECK(population_audit(475.0, nulls(500), {0.05, 25, 20}).false_alarm_rate.upper == clopper_pearson_upper(1, 20, 0.95));
    // All of them disjoint, said in either way: nothing to warn about.
    CHECK(population_audit(1e9, nulls(500), {0.05, 25, 500}).warnings.empty());
    CHECK(population_audit(1e9, nulls(500), {0.05, 25, 500}).false_alarm_rate == population_audit(1e9, nulls(500), {0.05, 25, 0}).false_alarm_rate);
}

TEST_CASE("too few null sets for this alpha") {
    auto const v = population_audit(1e9, nulls(18), {});
    CHECK(v.outcome == decision::cannot_be_shown);
    REQUIRE(v.warnings.size() == 1);
    CHECK(v.warnings[0] == "With 18 null sets no outcome gives a p-value below 0.0526315789; for alpha = 0.05 there must be at least 19.");
    CHECK(population_audit(1e9, nulls(19), {}).outcome == decision::shown);
}

// The promise: whichever of n + 1 exchangeable sets is the audited one, P(p <= alpha) <= alpha.
TEST_CASE("the false-alarm rate is at most alpha, by enumeration") {
    for (std::size_t const n : {1u, 4u, 19u, 40u, 99u}) {
        for (auto const& pool : pools(n + 1)) {
            for (double const alpha : {0.01, 0.05, 0.1, 0.5}) {
                values      p;
                std::size_t shown = 0;
                for (std::size_t i = 0; i <= n; ++i) {
                    auto others = pool;
                    others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
                    auto const v = population_audit(pool[i], others, {alpha, 1, 0});
                    p.push_back(v.p_value);
                    shown += v.outcome == decision::shown ? 1u : 0u;
                }
                check_super_uniform(p);
                CHECK(static_cast<double>(shown) <= alpha * static_cast<double>(n + 1) * (1 + 1e-12));
            }
        }
    }
}

TEST_CASE("what a caller can get wrong") {
    auto const nan_ = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH_AS(population_audit(1.0, {}, {}), "hallmark::population_audit: there are no null sets to compare with", error);
    CHECK_THROWS_WITH_AS(population_audit(1.0, nulls(5), {0.0, 0, 0}),
                         "hallmark::population_audit: alpha is 0; allowed is a number between 0 and 1, both left out", error);
    CHECK_THROWS_WITH_AS(population_audit(1.0, nulls(5), {1.0, 0, 0}),
                         "hallmark::population_audit: alpha is 1; allowed is a number between 0 and 1, both left out", error);
    CHECK_THROWS_WITH_AS(population_audit(1.0, nulls(5), {0.05, 0, 6}), "hallmark::population_audit: 6 null sets are said to be disjoint and there are only 5",
                         error);
    CHECK_THROWS_WITH_AS(population_audit(nan_, nulls(5), {}), "hallmark::rank_test: observed is NaN; allowed is a finite number", error);
    CHECK_THROWS_WITH_AS(population_audit(1.0, values{1.0, nan_}, {}), "hallmark::rank_test: nulls[1] is NaN; allowed are finite numbers", error);
}
