#include <hallmark/stats/combine.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

constexpr auto infinity_ = std::numeric_limits<double>::infinity();

namespace {
void check(combined_p const& r, double statistic, double p, double log_p) {
    INFO(statistic, ": ", r.log_p_value, " and not ", log_p);
    CHECK(close(r.statistic, statistic, 1e-12));
    CHECK(close(r.p_value, p, 1e-10));
    CHECK(close(r.log_p_value, log_p, 1e-12, 1e-10));
}
}  // namespace

// mpmath 1.3.0, 60 digits, from the definitions.
TEST_CASE("pinned values") {
    auto const a = values{0.01, 0.2, 0.5, 0.9};
    check(fisher_combination(a), 14.026231589279927, 0.081084256618302323, -2.5122664597839797);
    check(stouffer_combination(a), 0.94320877103457733, 0.17278706396087247, -1.7556952867519752);
    check(cauchy_combination(a), 7.5298035842674692, 0.042027399777831668, -3.1694334977406088);
    check(harmonic_combination(a), 0.036998972250770813, 0.11909011220979489, -2.1278748269758322);
    check(min_p_combination(a), 0.01, 0.03940399, -3.2338881987700785);
    auto const b = values{0.04, 0.06};
    check(fisher_combination(b), 12.064573083256474, 0.016877487699907769, -4.0817746338349002);
    check(stouffer_combination(b), 2.337312944660464, 0.0097114589772575357, -4.6344487528417141);
    check(cauchy_combination(b), 6.5789993347095018, 0.0480151963499868, -3.0362377275537582);
    check(harmonic_combination(b), 0.048, 0.096, -2.3434070875143008);
    check(min_p_combination(b), 0.04, 0.0784, -2.5459313516257746);
    auto const c = values{1e-12, 0.3, 0.7};
    check(fisher_combination(c), 58.383337728386433, 9.5816371224534871e-11, -23.068587555942776);
    check(stouffer_combination(c), 4.061361130147677, 2.4393717785726768e-5, -10.621184926613725);
    check(cauchy_combination(c), 106103295394.59689, 3e-12, -26.532408827260439);
    check(harmonic_combination(c), 2.9999999999857142e-12, 8.2369307301589495e-12, -25.522393325600651);
    check(min_p_combination(c), 1e-12, 2.9999999999969999e-12, -26.532408827261439);
    auto const w = values{1, 2, 0, 4};
    check(stouffer_combination(a, w), -0.24366557048273552, 0.59625507974338138, std::log(0.59625507974338138));
    check(cauchy_combination(a, w), 3.1803636637164697, 0.096970462614655731, std::log(0.096970462614655731));
}

// Gamma(n) is no double from n = 171 on, and is not to be asked for.
TEST_CASE("fisher of many p-values that are 1, or nearly") {
    for (std::size_t const n : {1u, 170u, 171u, 172u, 1000u, 100000u}) {
        auto const r = fisher_combination(values(n, 1.0));
        INFO(n);
        CHECK(r.statistic == 0.0);
        CHECK(r.p_value == 1.0);
        CHECK(r.log_p_value == 0.0);
    }
    CHECK(fisher_combination(values(200, 1.0 - 0x1p-53)).p_value == 1.0);
    CHECK(fisher_combination(values(1000, 1.0 - 1e-12)).p_value == 1.0);
    CHECK(fisher_combination(values(1000, 0.99)).p_value == 1.0);
}

// One p-value alone comes back, by all five; equal weights are no weights; the order and the unit of weights say nothing.
TEST_CASE("laws") {
    for (double const p : {1e-300, 1e-9, 0.3, 0.5, 0.999}) {
        auto const one = values{p};
        for (auto const& r : {fisher_combination(one), stouffer_combination(one), cauchy_combination(one), harmonic_combination(one), min_p_combination(one)}) {
            INFO(p);
            CHECK(close(r.p_value, p, 1e-10));
            CHECK(close(r.log_p_value, std::log(p), 1e-11));
            CHECK(r.n == 1);
        }
    }
    auto const p = values{0.3, 0.01, 0.8};
    CHECK(stouffer_combination(p, values{7, 7, 7}).p_value == stouffer_combination(p).p_value);
    CHECK(close(cauchy_combination(p, values{7, 7, 7}).p_value, cauchy_combination(p).p_value, 1e-14));
    CHECK(close(stouffer_combination(p, values{1e300, 3e300, 2e300}).p_value, stouffer_combination(values{0.8, 0.01, 0.3}, values{2, 3, 1}).p_value, 1e-13));
    CHECK(close(cauchy_combination(p, values{0, 1, 0}).p_value, 0.01, 1e-13));
}

// Far below the smallest double: mpmath, as above. A p-value printed as 0 would claim more than the data says.
TEST_CASE("logarithms where p itself is no double") {
    auto const p = values{1e-200, 1e-150, 0.5};
    check(fisher_combination(p), 1613.1958594569519, 0.0, -793.90294672990072);
    check(stouffer_combination(p), 32.521306606032483, 2.6651827153712071e-232, -533.2194689582361);
    check(cauchy_combination(p), 1.0610329539459689e+199, 3e-200, -459.41840631014103);
    check(harmonic_combination(p), 3e-200, 8.236930730198173e-200, -458.40839080847648);
    CHECK(min_p_combination(p).p_value == doctest::Approx(3e-200).epsilon(1e-14));
    auto const tiny = values{1e-310, 0.5};  // 1/p is infinite
    CHECK(close(cauchy_combination(tiny).p_value, 2e-310, 1e-10));
    CHECK(close(harmonic_combination(tiny).p_value, 4e-310, 1e-10));
}

TEST_CASE("0 and 1") {
    auto const zero = values{0.0, 0.5}, one = values{1.0, 1e-9}, both = values{0.0, 1.0};
    CHECK(fisher_combination(zero) == combined_p{infinity_, 0.0, -infinity_, 2});
    CHECK(stouffer_combination(zero) == combined_p{infinity_, 0.0, -infinity_, 2});
    CHECK(cauchy_combination(zero) == combined_p{infinity_, 0.0, -infinity_, 2});
    CHECK(harmonic_combination(zero) == combined_p{0.0, 0.0, -infinity_, 2});
    CHECK(min_p_combination(zero).p_value == 0.0);
    CHECK(stouffer_combination(one) == combined_p{-infinity_, 1.0, 0.0, 2});
    CHECK(cauchy_combination(one) == combined_p{-infinity_, 1.0, 0.0, 2});
    CHECK(fisher_combination(one).p_value < 1e-7);
    CHECK(harmonic_combination(one).p_value < 1e-8);
    CHECK(stouffer_combination(both).p_value == 1.0);
    CHECK(cauchy_combination(both).p_value == 1.0);
    CHECK(fisher_combination(both).p_value == 0.0);
    CHECK(stouffer_combination(both, values{1, 0}).p_value == 0.0);
    CHECK(cauchy_combination(both, values{1, 0}).p_value == 0.0);
    for (auto const& r : {fisher_combination(values{1, 1}), harmonic_combination(values{1, 1}), min_p_combination(values{1, 1})}) {
        CHECK(r.p_value == 1.0);
    }
}

// The false-alarm rate over all outcomes of three independent discrete p-values, k/20 and k/30 and k/12: as ranks among few nulls give them.
TEST_CASE("independent p-values: false alarms at most alpha, by enumeration") {
    for (double const alpha : {0.5, 0.2, 0.1, 0.05, 0.01, 0.001}) {
        auto count = std::vector<double>(5);
        for (int i = 1; i <= 20; ++i) {
            for (int j = 1; j <= 30; ++j) {
                for (int k = 1; k <= 12; ++k) {
                    auto const   p   = values{i / 20.0, j / 30.0, k / 12.0};
                    double const r[] = {fisher_combination(p).p_value, stouffer_combination(p, values{1, 2, 3}).p_value, cauchy_combination(p).p_value,
                                        harmonic_combination(p).p_value, min_p_combination(p).p_value};
                    for (std::size_t m = 0; m < 5; ++m) {
                        count[m] += r[m] <= alpha ? 1.0 : 0.0;
                    }
                }
            }
        }
        for (auto const c : count) {
            INFO(alpha);
            CHECK(c / 7200.0 <= alpha + 1e-12);
        }
    }
}

// The dependence that is worst for two p-values: they add up to alpha where both are small. The factor 2 is just enough, and
// Fisher's combination, which asks for independence, is wrong nearly every second time it matters.
TEST_CASE("dependent p-values: the harmonic mean holds its level where it is hardest") {
    auto const n     = 10'000;
    auto const alpha = 0.05;
    auto       wrong = 0, fisher_wrong = 0;
    for (int i = 0; i < n; ++i) {
        auto const u = (i + 0.5) / n;
        auto const p = values{u, u < alpha ? alpha - u : u};
        wrong += harmonic_combination(p).p_value <= alpha * (1.0 + 1e-9) ? 1 : 0;
        fisher_wrong += fisher_combination(p).p_value <= alpha ? 1 : 0;
    }
    CHECK(wrong == static_cast<int>(n * alpha));
    CHECK(fisher_wrong > 1.5 * n * alpha);
    // One p-value, three times over.
    CHECK(harmonic_combination(values{0.02, 0.02, 0.02}).p_value > 0.02);
    // Vovk & Wang 2020: at most e ln n, and mpmath for three of them.
    CHECK(close(detail::harmonic_factor(3), 2.7456435767327244, 1e-12));
    CHECK(close(detail::harmonic_factor(10), 4.5597785602729, 1e-12));
    CHECK(close(detail::harmonic_factor(1000), 10.11073584631192, 1e-12));
    for (std::size_t k = 3; k < 3000; k = k * 3 / 2) {
        CHECK(detail::harmonic_factor(k) <= std::exp(1.0) * std::log(static_cast<double>(k)));
        CHECK(detail::harmonic_factor(k) > detail::harmonic_factor(k - 1));
    }
}

TEST_CASE("what a caller can get wrong") {
    constexpr auto nan_ = std::numeric_limits<double>::quiet_NaN();
    auto const     two  = values{0.1, 0.2};
    CHECK_THROWS_WITH_AS(fisher_combination({}), "hallmark::fisher_combination: p is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(fisher_combination(values{1.5}), "hallmark::fisher_combination: p[0] is 1.5; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(stouffer_combination(values{0.1, nan_}), "hallmark::stouffer_combination: p[1] is NaN; allowed are finite numbers", error);
    CHECK_THROWS_WITH_AS(stouffer_combination(two, values{1}),
                         "hallmark::stouffer_combination: there are 1 weights for 2 p-values; allowed is one for each, or none", error);
    CHECK_THROWS_WITH_AS(stouffer_combination(two, values{1, -2}), "hallmark::stouffer_combination: weights[1] is -2; allowed is a finite number from 0 on",
                         error);
    CHECK_THROWS_WITH_AS(stouffer_combination(two, values{0, 0}), "hallmark::stouffer_combination: the weights are all 0; allowed is one above 0 at least",
                         error);
    CHECK_THROWS_WITH_AS(cauchy_combination(values{-0.1}), "hallmark::cauchy_combination: p[0] is -0.1; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(cauchy_combination(two, values{nan_, 1}), "hallmark::cauchy_combination: weights[0] is NaN; allowed is a finite number", error);
    CHECK_THROWS_WITH_AS(cauchy_combination(two, values{0, 0}), "hallmark::cauchy_combination: the weights are all 0; allowed is one above 0 at least", error);
    CHECK_THROWS_WITH_AS(harmonic_combination({}), "hallmark::harmonic_combination: p is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(min_p_combination(values{2.0}), "hallmark::min_p_combination: p[0] is 2; allowed is 0 to 1", error);
}
