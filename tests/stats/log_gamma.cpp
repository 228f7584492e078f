#include <hallmark/stats/log_gamma.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>

using namespace hallmark::detail;

// The value at 0 divides the two forms.
TEST_CASE("a number less the logarithm of one more") {
    CHECK(less_its_log(0.0) == 0.0);
    CHECK(close(less_its_log(1e-9), 4.9999999966666667e-19, 1e-15));
    CHECK(close(less_its_log(-1e-9), 5.0000000033333333e-19, 1e-15));
    CHECK(close(less_its_log(0x1p-3), less_its_log(0x1.0000000000001p-3), 1e-13));
    CHECK(close(less_its_log(-0x1p-3), less_its_log(-0x1.0000000000001p-3), 1e-13));
    CHECK(less_its_log(1.0) == 1.0 - std::log(2.0));
}

TEST_CASE("deviance") {
    CHECK(close(deviance(2.0, 3.0, 1.0), 2.0 * std::log(2.0 / 3.0) + 1.0, 1e-15));
    CHECK(close(deviance(5.0, 1e-200, -5.0), 5.0 * std::log(5e200) - 5.0, 1e-15));
    CHECK(close(deviance(1e15, 1e15 + 1.0, 1.0), 5e-16, 1e-14));
    CHECK(close(deviance(8.0, 9.0, 1.0), deviance(8.0, 9.000000001, 1.000000001), 1e-8));
}

TEST_CASE("what Stirling leaves out") {
    CHECK(stirling_error(0.0) == doctest::Approx(0.0));
    CHECK(close(stirling_error(1.0), 1.0, 1e-14));
    CHECK(close(stirling_error(5.0), std::log(120.0) - 5.0 * std::log(5.0) + 5.0, 1e-14));
    CHECK(close(stirling_error(15.999999999), stirling_error(16.0), 1e-9));
    CHECK(close(stirling_error(20.0), std::log(2432902008176640000.0) - 20.0 * std::log(20.0) + 20.0, 1e-13));
}

// Closed forms: Gamma(1) is 1 - exp(-x) and exp(-x), Gamma(2) has the tail exp(-x)(1 + x).
TEST_CASE("tails of the gamma distribution") {
    CHECK(close(log_poisson_mass(3.0, 2.0, std::log(2.0)), std::log(8.0 * std::exp(-2.0) / 6.0), 1e-14));
    CHECK(close(log_poisson_mass(3.0, 0.5, std::log(0.5)), std::log(0.125 * std::exp(-0.5) / 6.0), 1e-14));
    CHECK(close(log_gamma_lower(1.0, 0.3, std::log(0.3)), std::log(-std::expm1(-0.3)), 1e-14));
    CHECK(close(log_gamma_upper(1.0, 900.0), -900.0, 1e-15));
    CHECK(close(log_gamma_upper(2.0, 900.0), -900.0 + std::log(901.0), 1e-15));
    CHECK(close(log_gamma_lower(200.0, 0.0, -1000.0), -200000.0 - std::lgamma(201.0), 1e-14));  // x too small for a double
}
