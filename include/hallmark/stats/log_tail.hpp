// Natural logarithms of the tails of the normal, Student's t, chi-squared and binomial distributions, for p-values below the smallest double.
//
// Where the tail itself is a double, its logarithm is taken; below 1e-290 the same integrals are summed without their common factor.
#pragma once

#include <hallmark/stats/concept.hpp>
#include <hallmark/stats/log_beta.hpp>
#include <hallmark/stats/log_gamma.hpp>
#include <hallmark/stats/tail.hpp>

#include <cmath>
#include <cstddef>
#include <limits>

namespace hallmark::inline v0::detail {

inline constexpr auto least_tail = 1e-290;  // below, the tail may have lost digits to underflow inside

/// log P(Z >= z), relative accuracy 1e-13.
[[nodiscard]] inline auto log_normal_upper(double z) -> double {
    auto const tail = normal_upper(z);
    if (tail > 0.5) {
        return std::log1p(-normal_upper(-z));
    }
    if (tail > least_tail) {
        return std::log(tail);
    }
    // Mills' ratio (Laplace 1812): z > 36 here, so the terms fall by a factor of at least 1296/9.
    auto const     y            = 1.0 / (z * z);
    auto const     ratio        = -y * (1.0 - 3.0 * y * (1.0 - 5.0 * y * (1.0 - 7.0 * y * (1.0 - 9.0 * y))));
    constexpr auto half_log_2pi = 0.9189385332046727;
    return -0.5 * z * z - std::log(z) - half_log_2pi + std::log1p(ratio);
}

/// log of the regularised incomplete beta function I_x(a, b) where it is far below 1: x^a (1-x)^b/(a B(a, b)) times the sum over j of
/// (a+b)_j/(a+1)_j x^j, all terms positive and, this far out, falling. `y` is 1 - x. Source: Abramowitz & Stegun 1964, 26.5.4.
[[nodiscard]] inline auto log_small_ibeta(double a, double b, double x, double y) noexcept -> double {
    auto term = 1.0, sum = 1.0;
    for (auto j = 0.0; term > 0x1p-55 * sum; ++j) {
        term *= (a + b + j) / (a + 1.0 + j) * x;
        sum += term;
    }
    auto const log_x = x < 0.5 ? std::log(x) : std::log1p(-y), log_y = y < 0.5 ? std::log(y) : std::log1p(-x);
    return a * log_x + b * log_y - std::log(a) - log_beta(a, b) + std::log(sum);
}

/// log P(T >= t) for Student's t with `df` > 0 degrees of freedom, relative accuracy 1e-12.
[[nodiscard]] inline auto log_student_t_upper(double t, double df) -> double {
    if (t < 0.0) {
        return std::log1p(-student_t_upper(-t, df));
    }
    auto const tail = student_t_upper(t, df);
    if (tail > least_tail) {
        return std::log(tail);
    }
    constexpr auto ln2 = 0.6931471805599453;
    auto const     r   = t / std::sqrt(df);  // not t²: it may overflow
    auto const     a   = 0.5 * df;
    auto const     y   = r > 1.0 ? 1.0 / (1.0 + 1.0 / r / r) : r * r / (1.0 + r * r);  // t²/(df + t²)
    if (df <= 1e5) {
        auto const x = r > 1.0 ? 1.0 / r / r / (1.0 + 1.0 / r / r) : 1.0 / (1.0 + r * r);
        if (x < 1e-200) {  // x^a with x itself too small for a double
            return -2.0 * a * std::log(r) - std::log(a) - log_beta(a, 0.5) - ln2;
        }
        return log_small_ibeta(a, 0.5, x, y) - ln2;
    }
    // The same after Euler's transformation, in powers of -(1 - y)/y = -df/t²: alternating and asymptotic, with t > 36 as above.
    auto const q    = 1.0 / (r * r);
    auto       term = 1.0, sum = 1.0;
    for (auto j = 0.0; j < 12.0; ++j) {
        term *= -(0.5 + j) / (a + 1.0 + j) * q;
        sum += term;
    }
    auto const log_x = r > 1.0 ? -2.0 * std::log(r) - std::log1p(q) : -std::log1p(r * r);  // of 1 - y, which may be 0 by now
    return a * log_x - 0.5 * std::log(y) - std::log(a) - log_beta(a, 0.5) + std::log(sum) - ln2;
}

/// log P(X >= x) for a chi-squared X with `df` > 0 degrees of freedom, x >= 0, also infinite; relative accuracy 1e-12.
[[nodiscard]] inline auto log_chi_squared_upper(double x, double df) -> double {
    auto const tail = chi_squared_upper(x, df);
    if (tail > 0.5) {
        return std::log1p(-chi_squared_lower(x, df));
    }
    return tail > least_tail || x > std::numeric_limits<double>::max() ? std::log(tail) : log_gamma_upper(0.5 * df, 0.5 * x);
}

/// log P(X <= x) likewise; minus infinity for x = 0. `log_x` is log x, which may be there where x itself is too small for a double.
[[nodiscard]] inline auto log_chi_squared_lower(double x, double df, double log_x) -> double {
    auto const tail = chi_squared_lower(x, df);
    if (tail > 0.5) {
        return std::log1p(-chi_squared_upper(x, df));
    }
    constexpr auto ln2 = 0.6931471805599453;
    return tail > least_tail ? std::log(tail) : log_gamma_lower(0.5 * df, 0.5 * x, log_x - ln2);
}
[[nodiscard]] inline auto log_chi_squared_lower(double x, double df) -> double { return log_chi_squared_lower(x, df, std::log(x)); }

/// log P(X >= k) for X ~ Binomial(n, p), relative accuracy 1e-12; minus infinity where that is impossible.
[[nodiscard]] inline auto log_binomial_upper(std::size_t k, std::size_t n, double p) -> double {
    auto const inside = k > 0 && k <= n && p > 0.0 && p < 1.0;
    auto const tail   = n > most_by_beta && inside ? 0.0 : binomial_upper(k, n, p);
    if (inside && tail > 0.5) {
        return std::log1p(-binomial_lower(k - 1, n, p));
    }
    return tail > least_tail || !inside ? std::log(tail) : log_upper_of_many(binomial_point::of(k, n, p));
}

/// log P(X <= k) for X ~ Binomial(n, p), likewise.
[[nodiscard]] inline auto log_binomial_lower(std::size_t k, std::size_t n, double p) -> double {
    auto const inside = k < n && p > 0.0 && p < 1.0;
    auto const tail   = n > most_by_beta && inside ? 0.0 : binomial_lower(k, n, p);
    if (inside && tail > 0.5) {
        return std::log1p(-binomial_upper(k + 1, n, p));
    }
    return tail > least_tail || !inside ? std::log(tail) : log_upper_of_many(binomial_point::of(k, n, p).mirrored());
}

/// p_of_side for logarithms.
[[nodiscard]] inline auto log_p_of_side(double log_below, double log_above, alternative alt) noexcept -> double {
    constexpr auto ln2    = 0.6931471805599453;
    auto const     either = ln2 + (log_below < log_above ? log_below : log_above);
    auto const     p      = alt == alternative::less ? log_below : alt == alternative::greater ? log_above : either;
    return p < 0.0 ? p : 0.0;
}

}  // namespace hallmark::inline v0::detail
