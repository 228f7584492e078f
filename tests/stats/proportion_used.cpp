#include <hallmark/stats/proportion_used.hpp>

#include <hallmark/metric/rate.hpp>
#include <hallmark/metric/roc.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>

#include <limits>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

TEST_CASE("hits are scores at the threshold or above, as for the metrics") {
    auto const c = count_hits(values{1, 2, 3, 2.5}, 2.0);
    CHECK(c.hits == 3);
    CHECK(c.trials == 4);
    auto const members = values{1, 2, 3, 2.5}, nulls = values{0.5, 1.5, 1, 2};
    auto const best = tpr_at_fpr(members, nulls, 0.25);
    CHECK(best.hits == 3);
    CHECK(count_hits(members, best.threshold).hits == best.hits);
    for (auto const& point : roc_curve(members, nulls)) {
        if (detail::is_finite(point.threshold)) {
            CHECK(count_hits(members, point.threshold).hits == point.true_positives);
            CHECK(count_hits(nulls, point.threshold).hits == point.false_positives);
        }
    }
    CHECK(count_hits(values{1, 2}, std::numeric_limits<double>::infinity()).hits == 0);
    CHECK(count_hits(values{1, 2}, std::numeric_limits<double>::infinity()).trials == 2);
    CHECK_THROWS_WITH_AS(count_hits(values{1}, -std::numeric_limits<double>::infinity()),
                         "hallmark::count_hits: threshold is -infinity; allowed is a finite number", error);
    CHECK_THROWS_WITH_AS(count_hits(values{}, 0.0), "hallmark::count_hits: scores is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(count_hits(values{1}, std::numeric_limits<double>::quiet_NaN()), "hallmark::count_hits: threshold is NaN; allowed is a finite number",
                         error);
}

TEST_CASE("pinned estimates") {
    auto const r = proportion_used({50, 100}, 0.9, 0.1, 0.95);
    CHECK(close(r.estimate, 0.5, 1e-14));
    CHECK(close(r.raw, 0.5, 1e-14));
    auto const rate = clopper_pearson(50, 100, 0.95);
    CHECK(close(r.used.lower, (rate.lower - 0.1) / 0.8, 1e-14));
    CHECK(close(r.used.upper, (rate.upper - 0.1) / 0.8, 1e-14));
    CHECK(r.confidence == 0.95);
    auto const none = proportion_used({0, 100}, 0.9, 0.1, 0.95);
    CHECK(close(none.raw, -0.125, 1e-14));
    CHECK(none.estimate == 0.0);
    CHECK(none.used.lower == 0.0);
    auto const all = proportion_used({100, 100}, 0.9, 0.1, 0.95);
    CHECK(close(all.raw, 1.125, 1e-14));
    CHECK(all.estimate == 1.0);
    CHECK(all.used == interval{1.0, 1.0});
}

// Of n samples m were used; hits are a sum of two binomials. The chance that the interval holds m/n, by adding up all outcomes.
TEST_CASE("the interval holds the true share with chance at least the confidence") {
    for (std::size_t const used : {0u, 3u, 10u, 20u}) {
        auto covered = 0.0;
        for (std::size_t members = 0; members <= used; ++members) {
            for (std::size_t others = 0; others <= 20 - used; ++others) {
                auto const r = proportion_used({members + others, 20}, 0.8, 0.3, 0.9);
                auto const q = static_cast<double>(used) / 20.0;
                if (r.used.lower <= q + 1e-12 && q <= r.used.upper + 1e-12) {
                    covered += detail::binomial_mass(members, used, 0.8) * detail::binomial_mass(others, 20 - used, 0.3);
                }
            }
        }
        CHECK(covered >= 0.9);
    }
}

// Rates from counts are less certain than rates, and the interval must say so.
TEST_CASE("counted rates widen the interval") {
    auto const known   = proportion_used({50, 100}, 0.9, 0.1, 0.95);
    auto const counted = proportion_used({50, 100}, {900, 1000}, {100, 1000}, 0.95);
    auto const few     = proportion_used({50, 100}, {90, 100}, {10, 100}, 0.95);
    CHECK(close(counted.raw, known.raw, 1e-14));
    CHECK(counted.used.lower < known.used.lower);
    CHECK(counted.used.upper > known.used.upper);
    CHECK(few.used.lower < counted.used.lower);
    CHECK(few.used.upper > counted.used.upper);
    CHECK(proportion_used({50, 100}, {3, 5}, {2, 5}, 0.95).used == interval{0.0, 1.0});
    // The ends are the worst cases: by trying the corners of the three intervals.
    auto const each = 1.0 - 0.05 / 3.0;
    auto const r = clopper_pearson(50, 100, each), t = clopper_pearson(90, 100, each), f = clopper_pearson(10, 100, each);
    auto       least = 1.0, most = 0.0;
    for (double const x : {r.lower, r.upper}) {
        for (double const y : {t.lower, t.upper}) {
            for (double const z : {f.lower, f.upper}) {
                least = std::min(least, (x - z) / (y - z));
                most  = std::max(most, (x - z) / (y - z));
            }
        }
    }
    CHECK(close(few.used.lower, least, 1e-13));
    CHECK(close(few.used.upper, most, 1e-13));
}

// All outcomes of 10 and 10 reference samples whose rates are told apart, by their chances: the number of the page.
TEST_CASE("the raw estimate is biased where rates are counted, and not where they are known") {
    auto mean = 0.0, chance = 0.0;
    for (std::size_t t = 1; t <= 10; ++t) {
        for (std::size_t f = 0; f < t; ++f) {
            auto const here = detail::binomial_mass(t, 10, 0.6) * detail::binomial_mass(f, 10, 0.3);
            chance += here;
            mean += here * proportion_used({600, 1000}, {t, 10}, {f, 10}, 0.95).raw;  // linear in the hits, whose mean this is
        }
    }
    CHECK(close(mean / chance, 1.09979186541469, 1e-12));
    auto known = 0.0;
    for (std::size_t hits = 0; hits <= 10; ++hits) {
        known += detail::binomial_mass(hits, 10, 0.6) * proportion_used({hits, 10}, 0.6, 0.3, 0.95).raw;
    }
    CHECK(close(known, 1.0, 1e-13));
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(proportion_used({0, 0}, 0.9, 0.1, 0.95), "hallmark::proportion_used: trials is 0; allowed is 1 or more", error);
    CHECK_THROWS_WITH_AS(proportion_used({2, 1}, 0.9, 0.1, 0.95), "hallmark::proportion_used: successes is 2; allowed is 0 to trials = 1", error);
    CHECK_THROWS_WITH_AS(proportion_used({1, 1}, 1.9, 0.1, 0.95), "hallmark::proportion_used: tpr is 1.9; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(proportion_used({1, 1}, 0.9, -0.1, 0.95), "hallmark::proportion_used: fpr is -0.1; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(proportion_used({1, 1}, 0.1, 0.1, 0.95),
                         "hallmark::proportion_used: tpr is 0.1 and fpr is 0.1; allowed is a tpr above fpr, or hits say nothing", error);
    CHECK_THROWS_WITH_AS(proportion_used({1, 1}, {1, 2}, {1, 2}, 0.95),
                         "hallmark::proportion_used: tpr is 0.5 and fpr is 0.5; allowed is a tpr above fpr, or hits say nothing", error);
    CHECK_THROWS_WITH_AS(proportion_used({1, 1}, 0.9, 0.1, 1.0), "hallmark::proportion_used: confidence is 1; allowed is more than 0 and less than 1", error);
    CHECK_THROWS_WITH_AS(proportion_used({1, 1}, {0, 0}, {1, 2}, 0.95), "hallmark::proportion_used: trials is 0; allowed is 1 or more", error);
}
