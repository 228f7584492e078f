// Tails of the normal, Student's t, chi-squared and binomial distributions. The only header of stats/ that includes Boost.Math.
//
// Every upper tail is computed as such. One minus the other side would lose all its digits just
// where a p-value matters.
#pragma once

#include <hallmark/stats/many_trials.hpp>

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace hallmark::inline v0::detail {

// long double differs between machines, and it gains nothing here: in double, all tails agree with
// 60-digit arithmetic to 2e-13 (tests/stats/tail.cpp).
using math_policy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

/// P(Z >= z) for a standard normal Z.
[[nodiscard]] inline auto normal_upper(double z) -> double { return 0.5 * std::erfc(z * 0x1.6a09e667f3bcdp-1); }  // 1/sqrt(2)

/// The z at which P(Z >= z) = tail, 0 < tail < 1.
[[nodiscard]] inline auto normal_upper_inverse(double tail) -> double { return 0x1.6a09e667f3bcdp0 * boost::math::erfc_inv(2.0 * tail, math_policy{}); }

/// P(T >= t) for Student's t with `df` > 0 degrees of freedom, not necessarily a whole number.
[[nodiscard]] inline auto student_t_upper(double t, double df) -> double {
    if (t < 0.0) {
        return 1.0 - student_t_upper(-t, df);  // no loss: the result is at least 1/2
    }
    // Two forms of the same incomplete beta, each with an argument that is far from 1.
    auto const t2 = t * t;
    return df > 2.0 * t2 ? 0.5 * boost::math::ibetac(0.5, 0.5 * df, t2 / (df + t2), math_policy{})
                         : 0.5 * boost::math::ibeta(0.5 * df, 0.5, df / (df + t2), math_policy{});
}

/// Boost.Math takes Gamma(df/2 + 1) itself in this corner, which overflows from 342 degrees of freedom on.
[[nodiscard]] inline auto chi_squared_near_zero(double x, double df) noexcept -> bool { return x < 0x1p-20 && df > 200.0; }

/// P(X >= x) for a chi-squared X with `df` > 0 degrees of freedom; x >= 0, also infinite.
[[nodiscard]] inline auto chi_squared_upper(double x, double df) -> double {
    if (x <= 0.0 || chi_squared_near_zero(x, df)) {  // the rest is below 1e-700
        return 1.0;
    }
    return x > std::numeric_limits<double>::max() ? 0.0 : boost::math::gamma_q(0.5 * df, 0.5 * x, math_policy{});
}

/// P(X <= x) likewise.
[[nodiscard]] inline auto chi_squared_lower(double x, double df) -> double {
    if (x <= 0.0 || chi_squared_near_zero(x, df)) {
        return 0.0;
    }
    return x > std::numeric_limits<double>::max() ? 1.0 : boost::math::gamma_p(0.5 * df, 0.5 * x, math_policy{});
}

/// Up to so many fair coins, all ways in which they can fall are counted: whole numbers over a power of two, so that a tail is right to the last bit.
inline constexpr std::size_t most_counted_coins = 53;

/// P(k heads or fewer of n fair coins), k <= n <= most_counted_coins, without rounding.
[[nodiscard]] inline auto fair_coins_lower(std::size_t k, std::size_t n) noexcept -> double {
    std::uint64_t ways = 1, sum = 1;
    for (std::size_t i = 1; i <= k; ++i) {
        ways = ways * (n - i + 1) / i;  // C(n, i), exact: a product of i successive numbers is divisible by i!
        sum += ways;
    }
    return std::ldexp(static_cast<double>(sum), -static_cast<int>(n));
}

/// Up to so many trials Boost.Math's incomplete beta function has ten digits and more.
inline constexpr std::size_t most_by_beta = 1'000'000;

/// P(X >= k) for X ~ Binomial(n, p).
[[nodiscard]] inline auto binomial_upper(std::size_t k, std::size_t n, double p) -> double {
    if (k == 0) {
        return 1.0;
    }
    if (p == 0.5 && n <= most_counted_coins && k <= n) {
        return fair_coins_lower(n - k, n);
    }
    if (n > most_by_beta && k <= n && p > 0.0 && p < 1.0) {
        return upper_of_many(binomial_point::of(k, n, p));
    }
    return k > n ? 0.0 : boost::math::ibeta(static_cast<double>(k), static_cast<double>(n - k) + 1.0, p, math_policy{});
}

/// P(X <= k) for X ~ Binomial(n, p).
[[nodiscard]] inline auto binomial_lower(std::size_t k, std::size_t n, double p) -> double {
    if (p == 0.5 && n <= most_counted_coins && k < n) {
        return fair_coins_lower(k, n);
    }
    if (n > most_by_beta && k < n && p > 0.0 && p < 1.0) {
        return upper_of_many(binomial_point::of(k, n, p).mirrored());
    }
    return k >= n ? 1.0 : boost::math::ibetac(static_cast<double>(k) + 1.0, static_cast<double>(n - k), p, math_policy{});
}

/// P(X = k) for X ~ Binomial(n, p), k <= n.
[[nodiscard]] inline auto binomial_mass(std::size_t k, std::size_t n, double p) -> double {
    if (p <= 0.0 || p >= 1.0) {
        return k == (p <= 0.0 ? 0 : n) ? 1.0 : 0.0;
    }
    if (n > most_by_beta) {
        return std::exp(log_binomial_mass(k, n, p));
    }
    return boost::math::ibeta_derivative(static_cast<double>(k) + 1.0, static_cast<double>(n - k) + 1.0, p, math_policy{}) / (static_cast<double>(n) + 1.0);
}

/// The p at which P(Binomial(n, p) >= k) = tail; 1 <= k <= n, 0 < tail < 1.
[[nodiscard]] inline auto binomial_upper_inverse(std::size_t k, std::size_t n, double tail) -> double {
    if (n > most_by_beta) {
        return tail_of_many_inverse(k, n, tail, false);
    }
    return boost::math::ibeta_inv(static_cast<double>(k), static_cast<double>(n - k) + 1.0, tail, math_policy{});
}

/// The p at which P(Binomial(n, p) <= k) = tail; 0 <= k < n, 0 < tail < 1.
[[nodiscard]] inline auto binomial_lower_inverse(std::size_t k, std::size_t n, double tail) -> double {
    if (n > most_by_beta) {
        return tail_of_many_inverse(k, n, tail, true);
    }
    return boost::math::ibetac_inv(static_cast<double>(k) + 1.0, static_cast<double>(n - k), tail, math_policy{});
}

}  // namespace hallmark::inline v0::detail
