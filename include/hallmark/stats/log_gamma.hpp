// Logarithms of Poisson chances and of the tails of the gamma distribution far out (internal).
#pragma once

#include <cmath>
#include <limits>

namespace hallmark::inline v0::detail {

/// u - log(1 + u), u > -1, relative accuracy 1e-15 also where u is near 0.
[[nodiscard]] inline auto less_its_log(double u) noexcept -> double {
    if (u < -0.125 || u > 0.125) {
        return u - std::log1p(u);
    }
    auto term = u * u, sum = 0.0;
    for (auto j = 2.0; j < 22.0; ++j) {  // 0.125^20 is 1e-18
        sum += term / j;
        term *= -u;
    }
    return sum;
}

/// x log(x/mean) - x + mean, x and mean above 0; `over` is mean - x, which may be known better than by subtraction.
[[nodiscard]] inline auto deviance(double x, double mean, double over) noexcept -> double {
    auto const u = over / x;
    return x * (u < -0.125 || u > 0.125 ? u - std::log(mean / x) : less_its_log(u));
}

/// log Gamma(a + 1) less log(sqrt(2 pi a) (a/e)^a), a >= 16 (Stirling).
[[nodiscard]] inline auto stirling_rest(double a) noexcept -> double {
    auto const y = 1.0 / (a * a);
    return (1.0 / 12.0 - y * (1.0 / 360.0 - y * (1.0 / 1260.0 - y * (1.0 / 1680.0 - y * (1.0 / 1188.0 - y * (691.0 / 360360.0)))))) / a;
}

/// The same for every a >= 0 but without the root, log Gamma(a + 1) - a log a + a: about log(2 pi a)/2.
[[nodiscard]] inline auto stirling_error(double a) noexcept -> double {
    constexpr auto half_log_2pi = 0.9189385332046727;
    if (a >= 16.0) {
        return half_log_2pi + 0.5 * std::log(a) + stirling_rest(a);
    }
    auto factor = 1.0, up = a;  // Gamma(up + 1) = factor · Gamma(a + 1)
    while (up < 16.0) {
        factor *= ++up;
    }
    auto const log_gamma = (up + 0.5) * std::log(up) - up + half_log_2pi + stirling_rest(up) - std::log(factor);
    return log_gamma - (a > 0.0 ? a * std::log(a) : 0.0) + a;
}

/// log of x^a exp(-x)/Gamma(a + 1), a > 0. `log_x` is log x, which may be there where x itself is too small for a double.
/// Source for the form, whose terms do not cancel: Loader 2000.
[[nodiscard]] inline auto log_poisson_mass(double a, double x, double log_x) noexcept -> double {
    if (x > 0.25 * a) {
        return -a * less_its_log((x - a) / a) - stirling_error(a);
    }
    auto const log_share = x > 1e-300 ? std::log(x / a) : log_x - std::log(a);
    return a * (log_share + 1.0 - x / a) - stirling_error(a);
}

/// log P(G <= x) for G of a gamma distribution of shape a > 0 where x <= a: a series of positive, falling terms.
/// Source: Abramowitz & Stegun 1964, 6.5.29.
[[nodiscard]] inline auto log_gamma_lower(double a, double x, double log_x) noexcept -> double {
    auto term = 1.0, sum = 1.0;
    for (auto j = 1.0; term > 0x1p-55 * sum; ++j) {
        term *= x / (a + j);
        sum += term;
    }
    return log_poisson_mass(a, x, log_x) + std::log(sum);
}

/// log P(G >= x) likewise where x is finite and far above a + 1: Legendre's continued fraction, Abramowitz & Stegun 1964, 6.5.31, from the top by
/// Lentz's rule.
[[nodiscard]] inline auto log_gamma_upper(double a, double x) noexcept -> double {
    auto b = x + 1.0 - a, c = std::numeric_limits<double>::max(), d = 1.0 / b, value = d;
    for (auto j = 1.0, step = 0.0; !(std::abs(step - 1.0) < 0x1p-51); ++j) {
        auto const numerator = -j * (j - a);
        b += 2.0;
        d    = 1.0 / (b + numerator * d);
        c    = b + numerator / c;
        step = c * d;
        value *= step;
    }
    return log_poisson_mass(a, x, std::log(x)) + std::log(a * value);
}

}  // namespace hallmark::inline v0::detail
