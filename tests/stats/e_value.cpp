#include <hallmark/stats/e_value.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>

#include <cmath>
#include <limits>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

constexpr auto infinity_ = std::numeric_limits<double>::infinity();
constexpr auto nan_      = std::numeric_limits<double>::quiet_NaN();

TEST_CASE("from e to p: one over e, never above 1") {
    CHECK(e_to_p(std::log(20.0)) == doctest::Approx(0.05).epsilon(1e-15));
    CHECK(e_to_p(0.0) == 1.0);
    CHECK(e_to_p(-3.0) == 1.0);
    CHECK(e_to_p(infinity_) == 0.0);
    CHECK(e_to_p(-infinity_) == 1.0);
}

// mpmath 1.3.0, 40 digits: log((1 - p + p*log(p))/(p*log(p)**2)). Near p = 1 the plain formula has no digits left.
TEST_CASE("from p to e: pinned values") {
    CHECK(p_to_log_e(1.0) == std::log(0.5));
    CHECK(close(p_to_log_e(0.99), -0.68979426154374078, 1e-14));
    CHECK(close(p_to_log_e(0.5), -0.44836122069267488, 1e-14));
    CHECK(close(p_to_log_e(0.37), -0.33314657110673543, 1e-14));
    CHECK(close(p_to_log_e(0.3), -0.2496019487175985, 1e-14));
    CHECK(close(p_to_log_e(0.05), 0.57847801884586306, 1e-14));
    CHECK(close(p_to_log_e(0.001), 3.0345266237596255, 1e-14));
    CHECK(close(p_to_log_e(1e-12), 20.993142925828005, 1e-14));
    CHECK(close(p_to_log_e(1e-300), 677.69989805840539, 1e-14));
    CHECK(p_to_log_e(0.0) == infinity_);
    CHECK(close(p_to_log_e(0.01, 0.5), std::log(0.5 / 0.1), 1e-14));
    CHECK(p_to_log_e(0.0, 0.5) == infinity_);
}

// The integral over p of each calibrator is 1: more would be no e-value, less would waste evidence. In v = -log p the
// integrand is e(p) exp(-v), smooth and with a known tail: 1/v for the mixture, exp(-kappa v) for one kappa.
TEST_CASE("a calibrated uniform p-value has expectation 1") {
    auto const expectation = [](auto log_e, double end) {
        auto const n = 400'000;
        auto const h = end / n;
        auto       s = detail::compensated_sum{};
        for (int i = 0; i <= n; ++i) {  // Simpson
            auto const v = h * i;
            s.add((i == 0 || i == n ? 1.0 : i % 2 == 1 ? 4.0 : 2.0) * std::exp(log_e(std::exp(-v)) - v));
        }
        return s.value() * h / 3.0;
    };
    CHECK(close(expectation([](double p) { return p_to_log_e(p); }, 500.0) + 1.0 / 500.0, 1.0, 1e-9));
    for (double const kappa : {0.1, 0.5, 0.9}) {
        CHECK(close(expectation([kappa](double p) { return p_to_log_e(p, kappa); }, 500.0), 1.0, 1e-9));
    }
}

TEST_CASE("products and means") {
    CHECK(close(log_e_product(values{std::log(2.0), std::log(3.0), std::log(0.5)}), std::log(3.0), 1e-15));
    CHECK(close(log_e_mean(values{std::log(2.0), std::log(3.0), std::log(7.0)}), std::log(4.0), 1e-15));
    CHECK(log_e_product(values{1.5}) == 1.5);
    CHECK(log_e_mean(values{1.5}) == 1.5);
    // Far outside the range of a double, where e itself would be infinite or 0.
    CHECK(log_e_product(values{5000.0, 4000.0}) == 9000.0);
    CHECK(close(log_e_mean(values{5000.0, -5000.0}), 5000.0 - std::log(2.0), 1e-15));
    CHECK(close(log_e_mean(values{-5000.0, -5000.0}), -5000.0, 1e-15));
    CHECK(log_e_product(values{-infinity_, infinity_}) == -infinity_);
    CHECK(log_e_product(values{1.0, infinity_}) == infinity_);
    CHECK(log_e_mean(values{-infinity_, infinity_}) == infinity_);
    CHECK(log_e_mean(values{-infinity_, -infinity_}) == -infinity_);
    CHECK(close(log_e_mean(values{-infinity_, 0.0}), -std::log(2.0), 1e-15));
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(e_to_p(nan_), "hallmark::e_to_p: log_e is NaN; allowed is any other number, also an infinite one", error);
    CHECK_THROWS_WITH_AS(p_to_log_e(1.5), "hallmark::p_to_log_e: p is 1.5; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(p_to_log_e(nan_), "hallmark::p_to_log_e: p is NaN; allowed is a finite number", error);
    CHECK_THROWS_WITH_AS(p_to_log_e(-0.1, 0.5), "hallmark::p_to_log_e: p is -0.1; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(p_to_log_e(0.1, 1.0), "hallmark::p_to_log_e: kappa is 1; allowed is more than 0 and less than 1", error);
    CHECK_THROWS_WITH_AS(log_e_product({}), "hallmark::log_e_product: log_e is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(log_e_product(values{0.0, nan_}), "hallmark::log_e_product: log_e[1] is NaN; allowed is any other number, also an infinite one",
                         error);
    CHECK_THROWS_WITH_AS(log_e_mean({}), "hallmark::log_e_mean: log_e is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(log_e_mean(values{nan_}), "hallmark::log_e_mean: log_e[0] is NaN; allowed is any other number, also an infinite one", error);
}
