// Single e-values: from and to p-values, and what several of them make together. All on a log scale.
//
// An e-value is a number >= 0 whose expectation is at most 1 under the null hypothesis: large is evidence.
// Functions take and give its natural logarithm; -infinity is e = 0, +infinity is e = infinity.
#pragma once

#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/moments.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

namespace hallmark::inline v0 {

namespace detail {
[[nodiscard]] constexpr auto is_nan(double x) noexcept -> bool { return (std::bit_cast<std::uint64_t>(x) & 0x7fffffffffffffffu) > 0x7ff0000000000000u; }

inline void require_log_e(std::span<double const> log_e, std::string_view function) {
    require(!log_e.empty(), errc::empty_input, function, ": log_e is empty; 1 value is needed at least");
    for (std::size_t i = 0; i < log_e.size(); ++i) {
        require(!is_nan(log_e[i]), errc::not_a_number, function, ": log_e[", i, "] is NaN; allowed is any other number, also an infinite one");
    }
}

/// log of the mean of exp(x); the largest is taken out first, so nothing overflows.
[[nodiscard]] inline auto log_mean_exp(std::span<double const> log_e) noexcept -> double {
    auto const top = *std::max_element(log_e.begin(), log_e.end());
    if (!is_finite(top)) {
        return top;
    }
    auto sum = compensated_sum{};
    for (auto const x : log_e) {
        sum.add(std::exp(x - top));
    }
    return top + std::log(sum.value() / static_cast<double>(log_e.size()));
}
}  // namespace detail

/// min(1, 1/e): the p-value of an e-value. No better one is valid for every e-value. In [0, 1].
/// Throws errc::not_a_number. Source: Vovk & Wang 2021.
[[nodiscard]] inline auto e_to_p(double log_e) -> double {
    detail::require(!detail::is_nan(log_e), errc::not_a_number, "hallmark::e_to_p: log_e is NaN; allowed is any other number, also an infinite one");
    return log_e > 0.0 ? std::exp(-log_e) : 1.0;
}

/// log of kappa p^(kappa - 1): an e-value from a p-value in [0, 1]. Small kappa, in (0, 1), bets on small p;
/// infinity for p = 0. Throws errc::out_of_domain, errc::not_a_number. Source: Vovk & Wang 2021.
[[nodiscard]] inline auto p_to_log_e(double p, double kappa) -> double {
    detail::require_fraction(p, "hallmark::p_to_log_e", "p");
    detail::require_open_fraction(kappa, "hallmark::p_to_log_e", "kappa");
    return std::log(kappa) - (1.0 - kappa) * std::log(p);
}

/// log of the average of the above over all kappa in (0, 1), (1 - p + p ln p)/(p ln² p): nothing to choose,
/// and at most a factor of order ln² p behind the best kappa. 1/2 for p = 1, infinity for p = 0.
/// Throws errc::out_of_domain, errc::not_a_number. Source: Vovk & Wang 2021.
[[nodiscard]] inline auto p_to_log_e(double p) -> double {
    detail::require_fraction(p, "hallmark::p_to_log_e", "p");
    if (p <= 0.0) {
        return std::numeric_limits<double>::infinity();
    }
    auto const v = -std::log(p);  // e = (exp(v) - 1 - v)/v²
    if (v < 1.0) {                // where that cancels: the sum of v^k/(k + 2)!
        auto term = 0.5, sum = 0.0;
        for (auto k = 3.0; term > 1e-18; ++k) {
            sum += term;
            term *= v / k;
        }
        return std::log(sum);
    }
    return v + std::log1p(-(1.0 + v) * std::exp(-v)) - 2.0 * std::log(v);
}

/// log of the product: the e-value of independent batches, or of batches each of which is an e-value given those
/// before it. NOT for the same observations used twice. An e of 0 makes the product 0, even beside an infinite one.
/// Throws errc::empty_input, errc::not_a_number. O(n).
[[nodiscard]] inline auto log_e_product(std::span<double const> log_e) -> double {
    detail::require_log_e(log_e, "hallmark::log_e_product");
    auto const [least, most] = std::minmax_element(log_e.begin(), log_e.end());
    if (!detail::is_finite(*least)) {
        return *least;
    }
    if (!detail::is_finite(*most)) {
        return *most;
    }
    auto sum = detail::compensated_sum{};
    for (auto const x : log_e) {
        sum.add(x);
    }
    return sum.value();
}

/// log of the mean: an e-value however the single ones depend on each other. Throws errc::empty_input,
/// errc::not_a_number. O(n). Source: Vovk & Wang 2021 (no symmetric rule is better).
[[nodiscard]] inline auto log_e_mean(std::span<double const> log_e) -> double {
    detail::require_log_e(log_e, "hallmark::log_e_mean");
    return detail::log_mean_exp(log_e);
}

}  // namespace hallmark::inline v0
