#include <hallmark/stats/log_beta.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>

using hallmark::detail::log_beta;

// B(a, b) in closed form: 1/a, 1/(a(a + 1)), pi, and (a - 1)! (b - 1)!/(a + b - 1)!.
TEST_CASE("pinned values") {
    CHECK(close(log_beta(7.5, 1.0), -std::log(7.5), 1e-14));
    CHECK(close(log_beta(2.0, 1e9), -std::log(1e9) - std::log(1e9 + 1.0), 1e-14));
    CHECK(close(log_beta(0.5, 0.5), std::log(3.141592653589793), 1e-14));
    CHECK(close(log_beta(3.0, 4.0), std::log(2.0 * 6.0 / 720.0), 1e-14));
    CHECK(log_beta(3.25, 80.5) == log_beta(80.5, 3.25));
}
