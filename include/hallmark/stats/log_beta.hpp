// The logarithm of the beta function (internal).
#pragma once

#include <algorithm>
#include <cmath>

namespace hallmark::inline v0::detail {

/// log B(a, b) for a, b > 0, relative accuracy 1e-14. Not from std::lgamma, which writes a global variable, and whose
/// three large terms cancel. Stirling's series behind B(a, b) = B(a + 1, b) (a + b)/a, which moves small arguments up.
[[nodiscard]] inline auto log_beta(double a, double b) noexcept -> double {
    auto factor = 1.0;
    for (; a < 16.0; ++a) {
        factor *= (a + b) / a;
    }
    for (; b < 16.0; ++b) {
        factor *= (a + b) / b;
    }
    auto const rest = [](double x) {  // log Gamma(x) less Stirling's leading terms
        auto const y = 1.0 / (x * x);
        return (1.0 / 12.0 - y * (1.0 / 360.0 - y * (1.0 / 1260.0 - y * (1.0 / 1680.0 - y * (1.0 / 1188.0 - y * (691.0 / 360360.0)))))) / x;
    };
    constexpr auto half_log_2pi = 0.9189385332046727;
    auto const     small = std::min(a, b), large = std::max(a, b), sum = a + b;
    return std::log(factor) + half_log_2pi + (small - 0.5) * std::log(small / sum) + large * std::log1p(-small / sum) - 0.5 * std::log(large) + rest(a) +
           rest(b) - rest(sum);
}

}  // namespace hallmark::inline v0::detail
