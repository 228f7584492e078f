#include <hallmark/stats/kolmogorov.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>

#include <cmath>

using namespace hallmark::detail;
using hallmark::alternative;

// n = 1: the distance is max(x, 1 - x) two-sided and 1 - x one-sided for a uniform x.
TEST_CASE("closed forms") {
    for (double const d : {0.55, 0.7, 0.95}) {
        CHECK(close(kolmogorov_lower_matrix(1, d), 2.0 * d - 1.0, 1e-14));
        CHECK(close(kolmogorov_upper(1, d), 2.0 * (1.0 - d), 1e-14));
        CHECK(close(kolmogorov_upper_one_sided(1, d), 1.0 - d, 1e-14));
    }
    CHECK(close(kolmogorov_upper_one_sided(2, 0.25), 0.75 * (0.75 + 0.25 * 2.0 * 0.25 / 0.75), 1e-14));
    CHECK(kolmogorov_lower_matrix(1, 0.3) == doctest::Approx(0.0));  // below 1/(2n): impossible
    CHECK(kolmogorov_upper(10, 0.05) == 1.0);
    CHECK(kolmogorov_upper(10, 0.0) == 1.0);
    CHECK(kolmogorov_upper(10, 1.0) == 0.0);
    CHECK(close(kolmogorov_upper(10, 0.95), 2.0 * std::pow(0.05, 10.0), 1e-12));
    // Marsaglia, Tsang & Wang 2003, table 1.
    CHECK(close(kolmogorov_lower_matrix(10, 0.274), 0.6284796154565504275298526691328, 1e-13));
    // scipy 1.10.1 kstwo.sf, one in each region: matrix, series, one-sided.
    CHECK(close(kolmogorov_upper(29, 0.36857142857142855), 0.0004843591496167532, 1e-10));
    CHECK(close(kolmogorov_upper(1200, 0.039833333333333276), 0.04319054992868121, 1e-10));
    CHECK(close(kolmogorov_upper(105, 0.8763636363636363), 1.1248158935167514e-95, 1e-10));
}

// What is below every double is 0 without a sum over all n: both sides of where that begins.
TEST_CASE("the far end of the tail") {
    CHECK(kolmogorov_upper_one_sided(4000, 0.3) > 0.0);     // 2nd² = 720
    CHECK(kolmogorov_upper_one_sided(4000, 0.317) == 0.0);  // 803.9
    CHECK(kolmogorov_upper(std::size_t{1} << 40, 0.125) == 0.0);
}

// mpmath 1.3.0 at 40 digits, from the sum.
TEST_CASE("the logarithm of the far end") {
    CHECK(close(log_kolmogorov_upper_one_sided(4000, 0.317), -823.07062000047645092, 1e-13));
    CHECK(close(log_kolmogorov_upper_one_sided(4000, 0.75), -5359.0167472580000457, 1e-13));
    CHECK(close(log_kolmogorov_upper_one_sided(1000, 0.9), -2302.1984279823716582, 1e-13));
    CHECK(close(log_kolmogorov_upper_one_sided(250, 0.99), -1151.29254649702262, 1e-13));
    CHECK(close(log_kolmogorov_upper_one_sided(200, 0.3), std::log(kolmogorov_upper_one_sided(200, 0.3)), 1e-13));
    CHECK(close(log_kolmogorov_smirnov_tail(8000, 8000, 0.75, alternative::two_sided, true), -5359.0167472580000457 + std::log(2.0), 1e-13));
    CHECK(close(log_kolmogorov_smirnov_tail(8000, 8000, 0.75, alternative::two_sided, false), -4500.0 + std::log(2.0), 1e-15));
    CHECK(close(log_kolmogorov_smirnov_tail(8000, 8000, 0.75, alternative::less, false), -4500.0, 1e-15));
    CHECK(close(log_kolmogorov_smirnov_tail(8000, 8000, 0.75, alternative::less, true), -4500.75, 1e-15));  // Hodges: n + 2n over 3 sqrt(2n³), times 2z
    auto const apart = 2.0 * std::lgamma(2001.0) - std::lgamma(4001.0);
    CHECK(close(log_kolmogorov_smirnov_tail(2000, 2000, 1.0, alternative::greater, true), apart, 1e-13));
    CHECK(close(log_kolmogorov_smirnov_tail(2000, 2000, 1.0, alternative::two_sided, true), apart + std::log(2.0), 1e-13));
    CHECK(log_kolmogorov_smirnov_tail(5, 5, 0.4, alternative::less, true) == std::log(kolmogorov_smirnov_tail(5, 5, 0.4, alternative::less, true)));
}

// Beyond 2^17 values not every term is added: with the step it would have, z from where almost nothing is left out to where the terms are a narrow peak.
TEST_CASE("a part of a long sum is all of it") {
    constexpr std::size_t n    = 300'000;
    auto const            size = static_cast<double>(n);
    CHECK(one_sided_step(131'071, 0.1) == 1);
    CHECK(one_sided_step(n, 1.0 / std::sqrt(size)) == 4);
    CHECK(one_sided_step(n, 0.01 / std::sqrt(size)) == 1);
    CHECK(one_sided_step(n, 19.0 / std::sqrt(size)) == 4);
    CHECK(one_sided_step(n, 21.0 / std::sqrt(size)) == 1);
    for (double const z : {0.02, 0.06, 0.5, 2.0, 15.0}) {
        auto const d   = z / std::sqrt(size);
        auto       sum = 0.0;
        for (std::size_t j = 0; j < n; ++j) {
            auto const q = d + static_cast<double>(j) / size;
            sum += q < 1.0 ? d / q * binomial_mass(j, n, q) : 0.0;
        }
        INFO(z);
        CHECK(close(kolmogorov_upper_one_sided(n, d), sum, 1e-11));
        CHECK(close(std::exp(log_kolmogorov_upper_one_sided(n, d)), sum, 1e-11));
    }
    // mpmath 1.3.0 at 30 digits, all terms. Near 1 the first term is the largest, and next to all there is.
    CHECK(close(log_kolmogorov_upper_one_sided(n, 0.75), -401910.85697352266795, 1e-12));
    CHECK(close(log_kolmogorov_upper_one_sided(n, 0.93), -797775.52303399232160, 1e-12));
    CHECK(close(log_kolmogorov_upper_one_sided(n, 0.98), -1173606.9016284435511, 1e-12));
}

// Each region's formula against its neighbour's, where both hold: a wrong coefficient in a
// correction of order n^(-3/2) is invisible to a test with a loose tolerance and a large n.
TEST_CASE("the regions meet") {
    for (double const z : {0.5, 0.8, 1.0, 1.3, 1.6}) {
        for (std::size_t const n : {150u, 600u, 2400u}) {
            auto const size  = static_cast<double>(n);
            auto const d     = z / std::sqrt(size);
            auto const error = kolmogorov_lower_series(n, d) - kolmogorov_lower_matrix(n, d);
            INFO("z = ", z, ", n = ", n, ", error = ", error);
            CHECK(std::abs(error) * size * size < 0.2);  // the next term left out is of order n^-2
        }
    }
    for (std::size_t const n : {20u, 100u, 140u}) {
        auto const d = 2.0 / std::sqrt(static_cast<double>(n));
        CHECK(close(1.0 - kolmogorov_lower_matrix(n, d), 2.0 * kolmogorov_upper_one_sided(n, d), 1e-6));
    }
    CHECK(close(kolmogorov_upper(140, 0.1), kolmogorov_upper(141, 0.1), 0.02));
}

// Kolmogorov's own table (Smirnov 1948): 1 - K(z) to six places; and the two series must meet at z = 1.
TEST_CASE("the limit") {
    CHECK(std::abs(kolmogorov_limit_upper(0.5) - (1.0 - 0.036055)) < 1e-6);
    CHECK(std::abs(kolmogorov_limit_upper(1.0) - (1.0 - 0.730000)) < 1e-6);
    CHECK(std::abs(kolmogorov_limit_upper(1.36) - (1.0 - 0.950514)) < 1e-6);
    CHECK(std::abs(kolmogorov_limit_upper(2.0) - (1.0 - 0.999329)) < 1e-6);
    CHECK(close(kolmogorov_limit_upper(std::nextafter(1.0, 0.0)), kolmogorov_limit_upper(1.0), 1e-13));
    CHECK(kolmogorov_limit_upper(0.0) == 1.0);
    CHECK(close(kolmogorov_limit_upper(20.0), 2.0 * std::exp(-800.0), 1e-14));
    CHECK(kolmogorov_limit_upper(std::nextafter(0.2, 0.0)) - kolmogorov_limit_upper(0.2) < 1e-11);
}
