#include <hallmark/stats/binomial.hpp>

#include <doctest/doctest.h>
#include <stats/two_sample_golden.hpp>
#include <support/close.hpp>
#include <support/golden.hpp>

#include <limits>

using namespace hallmark;

// scipy 1.10.1 binomtest. The twin design of 25 fair coins: 18 wins reach 5 % one-sided, 17 do not.
TEST_CASE("pinned p-values") {
    CHECK(close(binomial_test(8, 10, 0.5, alternative::greater).p_value, 0.0546875, 1e-13));
    CHECK(close(binomial_test(8, 10, 0.5, alternative::less).p_value, 0.9892578125, 1e-13));
    CHECK(close(binomial_test(8, 10, 0.5, alternative::two_sided).p_value, 0.109375, 1e-13));
    CHECK(close(binomial_test(9, 20, 0.3, alternative::two_sided).p_value, 0.1488145951754469, 1e-10));
    CHECK(close(binomial_test(1, 50, 0.05, alternative::two_sided).p_value, 0.5190237913705951, 1e-10));
    CHECK(close(binomial_test(49, 50, 0.05, alternative::greater).p_value, 8.446576771348214e-63, 1e-10));
    CHECK(close(binomial_test(0, 1000, 0.01, alternative::two_sided).p_value, 8.520045585902545e-05, 1e-10));
    CHECK(binomial_test(5, 10, 0.5, alternative::two_sided).p_value == 1.0);
    CHECK(binomial_test(18, 25, 0.5, alternative::greater).p_value < 0.05);
    CHECK(binomial_test(17, 25, 0.5, alternative::greater).p_value > 0.05);
    CHECK(binomial_test(3, 7, 0.5, alternative::less) == test_result{3.0, 0.5, 7, alternative::less});
}

TEST_CASE("golden p-values") {
    HALLMARK_NEEDS_GOLDEN();
    auto const rows = golden::csv("stats/binomtest.csv");
    CHECK(rows.size() == 120);
    for (auto row : rows) {
        INFO(row["k"], " of ", row["n"], " at ", row["p"], ", ", row["alternative"]);
        auto const r = binomial_test(std::stoul(row["k"]), std::stoul(row["n"]), golden::number(row["p"]), side_of(row["alternative"]));
        auto const p = golden::number(row["pvalue"]);
        CHECK(close(r.p_value, p, 1e-10, p < 1e-300 ? 1e-307 : 0.0));
        CHECK(r.statistic == golden::number(row["k"]));
    }
}

// A sum over the outcomes, straight from the definition, for every count: the search for the first
// outcome on the far side could be off by one and still match most of a table.
TEST_CASE("two-sided p by definition, and the false-alarm rate over all outcomes") {
    for (std::size_t const n : {1u, 2u, 5u, 12u, 31u}) {
        for (double const p0 : {0.0, 0.02, 0.25, 0.3, 0.5, 0.5 + 1e-9, 0.9, 1.0}) {
            for (auto const alt : {alternative::less, alternative::greater, alternative::two_sided}) {
                for (std::size_t k = 0; k <= n; ++k) {
                    auto expected = 0.0;
                    for (std::size_t i = 0; i <= n; ++i) {
                        auto const counts = alt == alternative::less      ? i <= k
                                            : alt == alternative::greater ? i >= k
                                                                          : detail::binomial_mass(i, n, p0) <= detail::binomial_mass(k, n, p0) * (1 + 1e-7);
                        expected += counts ? detail::binomial_mass(i, n, p0) : 0.0;
                    }
                    INFO(k, " of ", n, " at ", p0);
                    CHECK(close(binomial_test(k, n, p0, alt).p_value, expected, 1e-12, 1e-300));
                }
                for (double const alpha : {0.5, 0.1, 0.05, 0.01, 0.001}) {
                    auto rate = 0.0;
                    for (std::size_t k = 0; k <= n; ++k) {
                        rate += binomial_test(k, n, p0, alt).p_value <= alpha ? detail::binomial_mass(k, n, p0) : 0.0;
                    }
                    CHECK(rate <= alpha * (1.0 + 1e-12));
                }
            }
        }
    }
}

TEST_CASE("what a caller can get wrong") {
    constexpr auto nan_ = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH_AS(binomial_test(0, 0, 0.5, alternative::less), "hallmark::binomial_test: trials is 0; allowed is 1 or more", error);
    CHECK_THROWS_WITH_AS(binomial_test(0, (1ul << 53) + 1, 0.5, alternative::less),
                         "hallmark::binomial_test: trials is 9007199254740993; allowed is 1 to 9007199254740992 = 2^53", error);
    CHECK_THROWS_WITH_AS(binomial_test(4, 3, 0.5, alternative::less), "hallmark::binomial_test: successes is 4; allowed is 0 to trials = 3", error);
    CHECK_THROWS_WITH_AS(binomial_test(1, 3, 1.25, alternative::less), "hallmark::binomial_test: p0 is 1.25; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(binomial_test(1, 3, nan_, alternative::less), "hallmark::binomial_test: p0 is NaN; allowed is a finite number", error);
}

// Python: exact fractions, as in log_tail.cpp. The two-sided one adds the other side: for p0 = 1/2 it is twice.
TEST_CASE("the logarithm of p") {
    CHECK(binomial_test(1900, 2000, 0.5, alternative::greater).p_value == 0.0);
    CHECK(close(binomial_log_p_value(1900, 2000, 0.5, alternative::greater), -9.924065813257132049e+02, 1e-13));
    CHECK(close(binomial_log_p_value(1900, 2000, 0.5, alternative::two_sided), -9.924065813257132049e+02 + std::log(2.0), 1e-13));
    CHECK(close(binomial_log_p_value(100, 2000, 0.5, alternative::two_sided), -9.924065813257132049e+02 + std::log(2.0), 1e-13));
    CHECK(close(binomial_log_p_value(100, 2000, 0.5, alternative::less), -9.924065813257132049e+02, 1e-13));
    CHECK(binomial_log_p_value(1900, 2000, 0.5, alternative::less) == 0.0);
    CHECK(binomial_log_p_value(1, 5, 0.0, alternative::greater) == -std::numeric_limits<double>::infinity());
    // Nothing on the other side is as improbable as 1200 of 1200 at 0.4375; the tail is alone.
    CHECK(close(binomial_log_p_value(1200, 1200, 0.4375, alternative::two_sided), -9.920142878213615631e+02, 1e-13));
    for (std::size_t k = 0; k <= 40; ++k) {
        for (auto const alt : {alternative::less, alternative::greater, alternative::two_sided}) {
            CHECK(close(binomial_log_p_value(k, 40, 0.3, alt), std::log(binomial_test(k, 40, 0.3, alt).p_value), 1e-13, 1e-15));
        }
    }
    CHECK_THROWS_AS(binomial_log_p_value(3, 2, 0.5, alternative::less), error);
}

// The log masses of the deep two-sided tail must find the same outcomes as the masses do where those are doubles.
TEST_CASE("the logarithm of a deep two-sided p, on both sides of the mean") {
    auto const exact = [](std::size_t k) {  // by sums of masses scaled by e^800
        auto sum = 0.0;
        for (std::size_t i = 0; i <= 3000; ++i) {
            auto const m = detail::log_binomial_mass(i, 3000, 0.4);
            sum += m <= detail::log_binomial_mass(k, 3000, 0.4) + 1e-7 ? std::exp(m + 800.0) : 0.0;
        }
        return std::log(sum) - 800.0;
    };
    for (std::size_t const k : {210u, 220u, 2220u, 2230u}) {
        CHECK(close(binomial_log_p_value(k, 3000, 0.4, alternative::two_sided), exact(k), 1e-12));
        CHECK(binomial_log_p_value(k, 3000, 0.4, alternative::two_sided) < -680.0);
    }
}

// mpmath 1.3.0 at 60 digits, by the definition: both tails, the far one found by bisection.
TEST_CASE("a two-sided p whose own mass is no double") {
    CHECK(binomial_test(100000, 1000000, 0.05, alternative::two_sided).p_value == 0.0);
    CHECK(binomial_test(67000, 1000000, 0.05, alternative::two_sided).p_value == 0.0);
    CHECK(close(binomial_test(58300, 1000000, 0.05, alternative::two_sided).p_value, 4.43033115529493655e-302, 1e-10));
    CHECK(close(binomial_test(58100, 1000000, 0.05, alternative::two_sided).p_value, 4.08138014132025283e-288, 1e-10));
    CHECK(close(binomial_log_p_value(58300, 1000000, 0.05, alternative::two_sided), -693.89222375005036269, 1e-13));
    CHECK(close(binomial_log_p_value(67000, 1000000, 0.05, alternative::two_sided), -2766.5193690178808519, 1e-13));
    CHECK(close(binomial_log_p_value(100000, 1000000, 0.05, alternative::two_sided), -20660.037848647678516, 1e-13));
    auto const many = std::size_t{1} << 53;
    CHECK(close(binomial_log_p_value(0, many, 1e-10, alternative::less), -900719.92551913522909, 1e-14));
    CHECK(close(binomial_log_p_value(0, many, 1e-10, alternative::two_sided), -900719.33181930913773, 1e-14));
    CHECK(close(binomial_log_p_value(5000, many, 1e-10, alternative::two_sided), -869755.6562109803163, 1e-14));
    CHECK(close(binomial_log_p_value(1000000, many, 1e-10, alternative::two_sided), -5285.7208950867782803, 1e-13));
    CHECK(close(binomial_log_p_value(many, many, 0.5, alternative::greater), static_cast<double>(many) * std::log(0.5), 1e-15));
}
