#include <hallmark/stats/clopper_pearson.hpp>
#include <hallmark/stats/log_tail.hpp>
#include <hallmark/stats/many_trials.hpp>
#include <hallmark/stats/tail.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>

#include <cmath>
#include <cstddef>

using namespace hallmark::detail;

namespace {
struct row {
    std::size_t hits, trials;
    double      p, upper, log_upper;
};
// mpmath 1.3.0 at 50 digits: the mass by loggamma, times the sum of the ratios, or their integral with the corrections of Euler at the end. Just above where
// the incomplete beta function is left, means of 10 to 2^52, at the mean, near it and 30 deviations off it.
constexpr row rows[] = {
    {500000, 1000001, 0.5, 0.50079788356344898452, -0.69155268531650222804},
    {501500, 1000001, 0.5, 0.0013587861524554527626, -6.6011635127398911378},
    {999, 1000001, 0.001, 0.51684507418581753119, -0.66001211246518654775},
    {1100, 1000001, 0.001, 0.00095757100427808594286, -6.9511106837548799691},
    {10099, 10000000, 0.001, 0.16217829391671543294, -1.8190589692108137616},
    {9990099, 10000000, 0.999, 0.16220182547046980863, -1.818913882922294542},
    {3, 10000000, 1e-06, 0.99723061336446601437, -0.0027732284813795855728},
    {25, 10000000, 1e-06, 0.000046948869219443283639, -9.9664514373829358873},
    {500000000, 1000000000, 0.5, 0.50001261566260694688, -0.69312194955303594752},
    {499990000, 1000000000, 0.5, 0.73646570028456250845, -0.30589261540009345428},
    {500100000, 1000000000, 0.5, 1.2700741798772833873e-10, -22.786775621823525082},
    {100009486, 1000000000, 0.1, 0.15868925423205908209, -1.8408073649454370482},
    {500000500000, 1000000000000, 0.5, 0.15865549590230255596, -1.8410201198743877957},
    {300003666060, 1000000000000, 0.3, 6.2215400638492776679e-16, -35.013344013111545184},
    {1000252855, 1000000000000, 0.001, 6.2396388297255260932e-16, -35.01043918705017641},
    {50000000000000, 100000000000000, 0.5, 0.50000003989422804014, -0.69314710077149241223},
    {50000030000000, 100000000000000, 0.5, 9.8658825262510211947e-10, -20.736768334127527815},
    {4503599627370496, 9007199254740992, 0.5, 0.50000000420353996417, -0.69314717215286541642},
    {2702161081167736, 9007199254740992, 0.3, 4.9069185183796574529e-198, -454.32120226103157103},
    {900719925, 9007199254740992, 1e-07, 0.50001073300774181085, -0.69312571477485330103},
    {900600000, 9007199254740992, 1e-07, 0.99996779156800232752, -0.000032208950700356122415},
};
}  // namespace

TEST_CASE("tails of very many trials") {
    for (auto const& r : rows) {
        INFO(r.hits, " of ", r.trials, " at ", r.p);
        CHECK(close(binomial_upper(r.hits, r.trials, r.p), r.upper, 5e-12));
        CHECK(close(log_binomial_upper(r.hits, r.trials, r.p), r.log_upper, 5e-12));
        // The misses tell the same.
        CHECK(close(upper_of_many(binomial_point::of(r.hits - 1, r.trials, r.p).mirrored()), 1.0 - r.upper, 5e-12, 5e-12));
    }
}

// Both ways to sum a tail where both are quick, on both sides of where one follows the other; and the sum by hand.
TEST_CASE("the fraction and the steps are one sum") {
    auto both = 0;
    for (double const p : {0.5, 0.25, 0.01, 0.9}) {
        for (double const trials : {20'000.0, 2e6, 2e9}) {
            for (double const z : {0.0, 0.5, 2.0, 6.0}) {
                auto const spread = std::sqrt(trials * p * (1.0 - p));
                auto const k      = std::ceil(trials * p + z * spread);
                auto const x      = binomial_point{k, trials - k, p, 1.0 - p, std::fma(-trials, p, k)};
                auto const length = std::fmin(spread, spread * spread / std::fmax(x.over, 1.0));
                INFO(p, ", ", trials, ", ", z);
                if (length >= 64.0) {
                    ++both;
                    CHECK(close(tail_by_steps(x, length), tail_by_fraction(x), 5e-12));
                }
                if (trials < 1e6) {
                    auto sum = 0.0, term = 1.0;
                    for (auto j = 0.0; term > 1e-20 * sum; ++j) {
                        sum += term;
                        term *= (x.miss - j) / (x.hit + j + 1.0) * p / (1.0 - p);
                    }
                    CHECK(close(tail_by_fraction(x), sum, 1e-12));
                }
            }
        }
    }
    CHECK(both == 33);
}

TEST_CASE("the ends of very many trials") {
    constexpr std::size_t n = 2'000'000;
    CHECK(binomial_upper(0, n, 0.3) == 1.0);
    CHECK(binomial_lower(n, n, 0.3) == 1.0);
    CHECK(binomial_upper(n + 1, n, 0.3) == 0.0);
    CHECK(binomial_upper(5, n, 0.0) == 0.0);
    CHECK(binomial_upper(5, n, 1.0) == 1.0);
    CHECK(binomial_lower(5, n, 0.0) == 1.0);
    CHECK(binomial_lower(5, n, 1.0) == 0.0);
    CHECK(close(binomial_lower(0, n, 1e-6), std::exp(2e6 * std::log1p(-1e-6)), 1e-12));
    CHECK(close(binomial_upper(1, n, 1e-6), -std::expm1(2e6 * std::log1p(-1e-6)), 1e-12));
    CHECK(close(binomial_upper(n, n, 1.0 - 1e-6), std::exp(2e6 * std::log(1.0 - 1e-6)), 1e-12));
    CHECK(close(binomial_lower(n - 1, n, 1.0 - 1e-6), -std::expm1(2e6 * std::log(1.0 - 1e-6)), 1e-12));
}

// Every step of the count lowers the upper tail by the mass there.
TEST_CASE("no step where one way takes over from the other") {
    for (double const p : {0.5, 0.001, 0.00002}) {
        constexpr std::size_t n    = 1'500'000;
        auto const            mean = static_cast<std::size_t>(p * 1.5e6);
        for (auto k = mean - 20; k < mean + 60; ++k) {
            INFO(k, " at ", p);
            CHECK(close(binomial_upper(k, n, p) - binomial_upper(k + 1, n, p), binomial_mass(k, n, p), 1e-9, 2e-13));
            CHECK(close(binomial_upper(k, n, p) + binomial_lower(k - 1, n, p), 1.0, 1e-13));
        }
        CHECK(close(binomial_upper(mean, 1'000'000, p), binomial_upper(mean, 1'000'001, p), 0.01));
    }
}

TEST_CASE("rates behind very many trials") {
    for (std::size_t const n : {1'000'001ul, 1'000'000'000'000ul, 1ul << 53}) {
        for (double const rate : {0.5, 1e-5, 0.05, 0.9}) {
            for (double const tail : {0.025, 0.5, 1e-6, 0.99}) {
                auto const k = static_cast<std::size_t>(rate * static_cast<double>(n));
                INFO(k, " of ", n, ", ", tail);
                CHECK(close(binomial_upper(k, n, binomial_upper_inverse(k, n, tail)), tail, 1e-6));  // a last bit of p is up to 1e-8 of a deviation
                CHECK(close(binomial_lower(k, n, binomial_lower_inverse(k, n, tail)), tail, 1e-6));
            }
        }
        CHECK(close(binomial_upper_inverse(1, n, 0.025), -std::expm1(std::log1p(-0.025) / static_cast<double>(n)), 1e-12));
        CHECK(close(1.0 - binomial_lower_inverse(n - 1, n, 0.025), -std::expm1(std::log1p(-0.025) / static_cast<double>(n)), 1e-12, 2e-16));
        CHECK(binomial_upper_inverse(3, n, 0.025) < 3.0 / static_cast<double>(n));
    }
    // scipy 1.10.1: beta.ppf(0.025, 500000, 500002) and beta.ppf(0.975, 500001, 500001), where the incomplete beta function still holds.
    auto const ci = hallmark::clopper_pearson(500'000, 1'000'001, 0.95);
    CHECK(close(ci.lower, 0.49901901968775547, 1e-11));
    CHECK(close(ci.upper, 0.50097998031614699, 1e-12));
}
