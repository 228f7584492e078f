// The null distribution of Kolmogorov's one-sample distances D_n and D_n+ for finite n (internal).
//
// The two-sample test uses it as an approximation: with n and m values, D behaves like D_N of one
// sample of N = nm/(n + m) values. It is closer than the textbook limit 2·sum (-1)^k exp(-2 k² N d²).
#pragma once

#include <hallmark/stats/concept.hpp>
#include <hallmark/stats/log_beta.hpp>
#include <hallmark/stats/log_tail.hpp>
#include <hallmark/stats/tail.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace hallmark::inline v0::detail {

/// Every how many-th term of the sum below is enough. As a function of j/n the terms are smooth and vanish at both ends with all their derivatives, over a
/// length of about z² = nd² where z is small: sums over steps much shorter than that are all the same integral. Off by a part in 10^12 at most, what rounding
/// adds to so many terms. Where z is large, and only a logarithm can be told, the terms are one narrow peak, at an end if d is near 1: there all are added.
[[nodiscard]] inline auto one_sided_step(std::size_t n, double d) -> std::size_t {
    auto const size = static_cast<double>(n), square = size * d * d;
    return square > 400.0 ? 1 : std::max<std::size_t>(1, static_cast<std::size_t>(std::min(size / 65536.0, size * square / 256.0)));
}

/// P(D_n+ >= d), 0 < d < 1, exact (Birnbaum & Tingey 1951): the sum over j <= n(1 - d) of
/// d/q · C(n, j) q^j (1 - q)^(n - j) with q = d + j/n. Written with the binomial mass, all terms are positive. O(n) up to n = 2^17, about as much beyond.
[[nodiscard]] inline auto kolmogorov_upper_one_sided(std::size_t n, double d) -> double {
    auto const size = static_cast<double>(n);
    if (2.0 * size * d * d > 800.0) {
        return 0.0;  // at most exp(-2nd²) (Massart 1990), so that every term is 0 in a double
    }
    auto const step = one_sided_step(n, d);
    auto       sum  = 0.0;
    for (std::size_t j = 0; j < n; j += step) {
        auto const q = d + static_cast<double>(j) / size;
        if (q >= 1.0) {
            break;
        }
        sum += d / q * binomial_mass(j, n, q);
    }
    sum *= static_cast<double>(step);
    return sum < 1.0 ? sum : 1.0;
}

/// log of the same, also where that is too small for a double, which costs O(n).
[[nodiscard]] inline auto log_kolmogorov_upper_one_sided(std::size_t n, double d) -> double {
    auto const size = static_cast<double>(n);
    auto const step = one_sided_step(n, d);
    auto       top = -std::numeric_limits<double>::infinity(), sum = 0.0;  // of exp(term - top)
    for (std::size_t j = 0; j < n; j += step) {
        auto const q = d + static_cast<double>(j) / size;
        if (q >= 1.0) {
            break;
        }
        auto const term = std::log(d / q) + log_binomial_mass(j, n, q);
        if (term > top) {
            sum = sum * std::exp(top - term) + 1.0;
            top = term;
        } else {
            sum += std::exp(term - top);
        }
    }
    return top + std::log(sum * static_cast<double>(step));
}

/// A square matrix times 2^exponent, so that high powers neither over- nor underflow.
struct scaled_matrix {
    std::size_t         size;
    std::vector<double> at;
    int                 exponent;
};

[[nodiscard]] inline auto product(scaled_matrix const& a, scaled_matrix const& b) -> scaled_matrix {
    auto const n   = a.size;
    auto       out = scaled_matrix{n, std::vector<double>(n * n), a.exponent + b.exponent};
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < n; ++k) {
            auto const f = a.at[i * n + k];
            for (std::size_t j = 0; j < n; ++j) {
                out.at[i * n + j] += f * b.at[k * n + j];
            }
        }
    }
    // Powers of two only: scaling must not round.
    auto shift = 0;
    std::frexp(out.at[(n / 2) * n + n / 2], &shift);
    for (auto& x : out.at) {
        x = std::ldexp(x, -shift);
    }
    out.exponent += shift;
    return out;
}

/// P(D_n < d), exact (Marsaglia, Tsang & Wang 2003, after Durbin 1968). O((nd)³ log n).
[[nodiscard]] inline auto kolmogorov_lower_matrix(std::size_t n, double d) -> double {
    auto const size = static_cast<double>(n);
    auto const k    = static_cast<std::size_t>(size * d) + 1;
    auto const m    = 2 * k - 1;
    auto const h    = static_cast<double>(k) - size * d;  // in (0, 1]
    auto       base = scaled_matrix{m, std::vector<double>(m * m), 0};
    for (std::size_t i = 0; i < m; ++i) {
        for (std::size_t j = 0; j < m; ++j) {
            base.at[i * m + j] = j <= i + 1 ? 1.0 : 0.0;
        }
    }
    for (std::size_t i = 0; i < m; ++i) {
        base.at[i * m] -= std::pow(h, static_cast<double>(i + 1));
        base.at[(m - 1) * m + i] -= std::pow(h, static_cast<double>(m - i));
    }
    base.at[(m - 1) * m] += 2.0 * h > 1.0 ? std::pow(2.0 * h - 1.0, static_cast<double>(m)) : 0.0;
    for (std::size_t i = 0; i < m; ++i) {
        for (std::size_t j = 0; j <= i + 1 && j < m; ++j) {
            for (std::size_t g = 2; g <= i + 1 - j; ++g) {
                base.at[i * m + j] /= static_cast<double>(g);  // by (i - j + 1)!
            }
        }
    }
    auto power = scaled_matrix{m, std::vector<double>(m * m), 0};
    for (std::size_t i = 0; i < m; ++i) {
        power.at[i * m + i] = 1.0;
    }
    for (auto e = n; e > 0; e /= 2) {
        if (e % 2 == 1) {
            power = product(power, base);
        }
        base = product(base, base);
    }
    auto value    = power.at[(k - 1) * m + (k - 1)];
    auto exponent = power.exponent;
    for (std::size_t i = 1; i <= n; ++i) {  // times n!/n^n
        auto shift = 0;
        value      = std::frexp(value * static_cast<double>(i) / size, &shift);
        exponent += shift;
    }
    return std::ldexp(value, exponent);
}

/// P(D_n < d) for large n: the limit and its first three corrections in 1/sqrt(n) (Pelz & Good 1976,
/// in the form of Simard & L'Ecuyer 2011), with z = d·sqrt(n).
[[nodiscard]] inline auto kolmogorov_lower_series(std::size_t n, double d) -> double {
    constexpr auto pi   = 0x1.921fb54442d18p+1;
    constexpr auto pi2  = pi * pi;
    auto const     root = std::sqrt(static_cast<double>(n));
    auto const     z = d * root, z2 = z * z, z4 = z2 * z2, z6 = z4 * z2;
    double         k0 = 0.0, k1 = 0.0, k2 = 0.0, k3 = 0.0;
    auto const     terms = static_cast<int>(std::ceil(16.0 * z / pi)) + 1;
    for (auto k = terms; k >= 1; --k) {  // the smallest terms first
        auto const odd  = 2.0 * k - 1.0;
        auto const p    = pi2 * odd * odd / 4.0;  // pi²(k - 1/2)²
        auto const fall = std::exp(-p / (2.0 * z2));
        k0 += fall;
        k1 += fall * (p - z2);
        k2 += fall * (6.0 * z6 + 2.0 * z4 + p * (2.0 * z4 - 5.0 * z2) + p * p * (1.0 - 2.0 * z2));
        k3 += fall * (-30.0 * z6 - 90.0 * z6 * z2 + p * (135.0 * z4 - 96.0 * z6) + p * p * (212.0 * z4 - 60.0 * z2) + p * p * p * (5.0 - 30.0 * z2));
    }
    double k2_even = 0.0, k3_even = 0.0;
    for (auto k = terms; k >= 1; --k) {
        auto const p    = pi2 * k * k;
        auto const fall = std::exp(-p / (2.0 * z2));
        k2_even += fall * p;
        k3_even += fall * p * (3.0 * z2 - p);
    }
    auto const scale = std::sqrt(2.0 * pi);
    k0 *= scale / z;
    k1 *= scale / (6.0 * z4);
    k2 = scale * (k2 / (72.0 * z6 * z) - k2_even / (36.0 * z2 * z));
    k3 = scale * (k3 / (6480.0 * z6 * z4) + k3_even / (216.0 * z6));
    return k0 + (k1 + (k2 + k3 / root) / root) / root;
}

/// P(D_n >= d) for one sample of n values. Exact up to n = 140 but for n·d² > 4, where twice the
/// one-sided tail is off by less than 1e-6 of itself; beyond that the series. The regions are those of
/// Simard & L'Ecuyer 2011, so the result is scipy's kstwo.sf.
[[nodiscard]] inline auto kolmogorov_upper(std::size_t n, double d) -> double {
    auto const size = static_cast<double>(n);
    auto const t    = size * d;
    if (d >= 1.0) {
        return 0.0;
    }
    if (t <= 0.5) {
        return 1.0;
    }
    auto const clipped = [](double x) { return x < 0.0 ? 0.0 : x > 1.0 ? 1.0 : x; };
    // From d = 1/2 on, no sample can be too far off on both sides: twice one side is exact.
    auto const tail_only = d >= 0.5 || (n <= 140 ? t * d > 4.0 : t * d >= 2.2);
    if (tail_only && t > 1.0) {
        return clipped(2.0 * kolmogorov_upper_one_sided(n, d));
    }
    if (n <= 140 || (n <= 100'000 && size * d * std::sqrt(d) <= 1.4)) {
        return clipped(1.0 - kolmogorov_lower_matrix(n, d));
    }
    return clipped(1.0 - kolmogorov_lower_series(n, d));
}

/// The limit of P(sqrt(n)·D_n >= z): 2·sum (-1)^(k-1) exp(-2k²z²), or, where that needs many terms, one minus the same function's other series
/// sqrt(2 pi)/z·sum exp(-(2k-1)²pi²/(8z²)). Source: Kolmogorov 1933.
[[nodiscard]] inline auto kolmogorov_limit_upper(double z) -> double {
    constexpr auto pi = 0x1.921fb54442d18p+1;
    if (z < 0.2) {
        return 1.0;  // less than 1e-11 below
    }
    auto sum = 0.0;
    if (z < 1.0) {
        for (auto k = 5; k >= 1; --k) {
            sum += std::exp(-(2.0 * k - 1.0) * (2.0 * k - 1.0) * pi * pi / (8.0 * z * z));
        }
        return 1.0 - std::sqrt(2.0 * pi) / z * sum;
    }
    for (auto k = 5; k >= 1; --k) {
        sum += (k % 2 == 1 ? 2.0 : -2.0) * std::exp(-2.0 * k * k * z * z);
    }
    return sum;
}

/// Hodges' corrected limit of the one-sided tail of two samples is the exponential of this.
[[nodiscard]] inline auto hodges_exponent(double more, double fewer, double d) noexcept -> double {
    auto const z = std::sqrt(more * fewer / (more + fewer)) * d;
    return -2.0 * z * z - 2.0 * z * (more + 2.0 * fewer) / std::sqrt(more * fewer * (more + fewer)) / 3.0;
}

/// The tail of the two-sample distance d of n and m values, approximately, as `kolmogorov_smirnov` says.
[[nodiscard]] inline auto kolmogorov_smirnov_tail(std::size_t n, std::size_t m, double d, alternative alt, bool continuity) -> double {
    auto const more = static_cast<double>(n > m ? n : m), fewer = static_cast<double>(n > m ? m : n);
    auto const size = more * fewer / (more + fewer);
    if (d >= 1.0 && continuity) {  // one sample below the other: one or two of all orders, which any number of values tells
        auto p = alt == alternative::two_sided ? 2.0 : 1.0;
        for (auto i = 1.0; i <= fewer && p > 0.0; ++i) {
            p *= i / (more + i);
        }
        return p;
    }
    if (!continuity) {
        auto const limit = std::sqrt(size) * d;
        return alt == alternative::two_sided ? kolmogorov_limit_upper(limit) : std::exp(-2.0 * limit * limit);
    }
    if (alt == alternative::two_sided) {
        return kolmogorov_upper(static_cast<std::size_t>(std::nearbyint(size)), d);
    }
    return std::exp(hodges_exponent(more, fewer, d));
}

/// log of the same, also where that is too small for a double.
[[nodiscard]] inline auto log_kolmogorov_smirnov_tail(std::size_t n, std::size_t m, double d, alternative alt, bool continuity) -> double {
    auto const p = kolmogorov_smirnov_tail(n, m, d, alt, continuity);
    if (p > least_tail) {
        return std::log(p);
    }
    constexpr auto ln2  = 0.6931471805599453;
    auto const     more = static_cast<double>(n > m ? n : m), fewer = static_cast<double>(n > m ? m : n);
    auto const     size = more * fewer / (more + fewer);
    auto const     both = alt == alternative::two_sided ? ln2 : 0.0;
    if (!continuity) {
        return both - 2.0 * size * d * d;  // the limit's other terms are far below its first
    }
    if (d >= 1.0) {
        return both + log_beta(more + 1.0, fewer + 1.0) + std::log(more + fewer + 1.0);
    }
    return alt == alternative::two_sided ? ln2 + log_kolmogorov_upper_one_sided(static_cast<std::size_t>(std::nearbyint(size)), d)
                                         : hodges_exponent(more, fewer, d);
}

}  // namespace hallmark::inline v0::detail
