// One p-value from several: Fisher, Stouffer, Cauchy, harmonic mean, smallest.
//
// All ask whether ANY of the null hypotheses is wrong. Which one to take depends on how the p-values hang together:
// from independent data, Fisher (evidence spread over many) or the smallest (evidence in one); from the same data, the harmonic mean.
// Choose before looking at them: the best of several combinations is no p-value.
#pragma once

#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/log_tail.hpp>
#include <hallmark/stats/moments.hpp>
#include <hallmark/stats/multiplicity.hpp>
#include <hallmark/stats/tail.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string_view>

namespace hallmark::inline v0 {

/// What a combination returns.
struct combined_p {
    double      statistic;
    double      p_value;      ///< in [0, 1]
    double      log_p_value;  ///< its natural logarithm, also where p itself is too small for a double
    std::size_t n;            ///< how many p-values

    friend auto operator==(combined_p const&, combined_p const&) -> bool = default;
};

namespace detail {
/// Weights as given, or all equal where none are given. Returns their sum.
inline auto require_weights(std::span<double const> weights, std::size_t n, std::string_view function) -> double {
    if (weights.empty()) {
        return static_cast<double>(n);
    }
    require(weights.size() == n, errc::shape_mismatch, function, ": there are ", weights.size(), " weights for ", n,
            " p-values; allowed is one for each, or none");
    auto sum = compensated_sum{};
    for (std::size_t i = 0; i < n; ++i) {
        require_finite(weights[i], function, sentence("weights[", i, "]"));
        require(weights[i] >= 0.0, errc::out_of_domain, function, ": weights[", i, "] is ", weights[i], "; allowed is a finite number from 0 on");
        sum.add(weights[i]);
    }
    require(sum.value() > 0.0, errc::out_of_domain, function, ": the weights are all 0; allowed is one above 0 at least");
    return sum.value();
}

/// The weight of p-value i; those with weight 0 take no part.
[[nodiscard]] inline auto weight(std::span<double const> weights, std::size_t i) noexcept -> double { return weights.empty() ? 1.0 : weights[i]; }

[[nodiscard]] inline auto any_weighted_one(std::span<double const> p, std::span<double const> weights) noexcept -> bool {
    for (std::size_t i = 0; i < p.size(); ++i) {
        if (p[i] == 1.0 && weight(weights, i) > 0.0) {
            return true;
        }
    }
    return false;
}

/// The factor that makes the harmonic mean of n p-values a p-value under every dependence: 1, 2, and for n >= 3
/// (y + n)²/((y + 1) n) with y > 0 the root of y² = n ((y + 1) ln(y + 1) - y). At most e ln n. Vovk & Wang 2020, Proposition 6.
[[nodiscard]] inline auto harmonic_factor(std::size_t n) noexcept -> double {
    if (n < 3) {
        return static_cast<double>(n);
    }
    auto const size = static_cast<double>(n);
    auto const f    = [size](double y) { return y * y - size * ((y + 1.0) * std::log1p(y) - y); };
    auto       low = 0.5, high = 4.0;
    while (f(high) < 0.0) {
        low = high;
        high *= 2.0;
    }
    for (int i = 0; i < 60; ++i) {
        auto const middle              = 0.5 * (low + high);
        (f(middle) < 0.0 ? low : high) = middle;
    }
    return (low + size) * (low + size) / ((low + 1.0) * size);
}
}  // namespace detail

// All five: `p` holds at least one p-value in [0, 1]. They throw errc::empty_input, errc::not_a_number and
// errc::out_of_domain; those with weights also errc::shape_mismatch. A p-value of 0 makes the answer 0, but for the two that say otherwise.

/// Minus twice the sum of the logarithms, which is chi-squared with 2n degrees of freedom. For independent p-values; strong where many of
/// them are a little small. Exact for continuous p-values, conservative for discrete ones. O(n). Source: Fisher 1932.
[[nodiscard]] inline auto fisher_combination(std::span<double const> p) -> combined_p {
    detail::require_p_values(p, "hallmark::fisher_combination");
    auto sum = detail::compensated_sum{};
    for (auto const x : p) {
        if (x <= 0.0) {
            constexpr auto infinity = std::numeric_limits<double>::infinity();
            return {infinity, 0.0, -infinity, p.size()};
        }
        sum.add(-std::log(x));
    }
    auto const x     = std::max(0.0, sum.value());
    auto const df    = 2.0 * static_cast<double>(p.size());
    auto const tail  = detail::chi_squared_upper(2.0 * x, df);
    auto const log_p = detail::log_chi_squared_upper(2.0 * x, df);
    return {2.0 * x, tail > detail::least_tail ? tail : std::exp(log_p), log_p, p.size()};
}

/// The weighted sum of the normal quantiles over the root of the sum of the squared weights, which is standard normal. For independent
/// p-values; weights >= 0, not all 0, chosen without them (the root of the sample size is usual); none given means equal ones.
/// A p-value of 1 with a weight above 0 makes the answer 1, even beside a 0. Exact for continuous p-values. O(n).
/// Source: Stouffer et al. 1949; Lipták 1958.
[[nodiscard]] inline auto stouffer_combination(std::span<double const> p, std::span<double const> weights = {}) -> combined_p {
    detail::require_p_values(p, "hallmark::stouffer_combination");
    detail::require_weights(weights, p.size(), "hallmark::stouffer_combination");
    constexpr auto infinity = std::numeric_limits<double>::infinity();
    if (detail::any_weighted_one(p, weights)) {
        return {-infinity, 1.0, 0.0, p.size()};
    }
    auto const largest = weights.empty() ? 1.0 : *std::max_element(weights.begin(), weights.end());
    auto       sum = detail::compensated_sum{}, squares = detail::compensated_sum{};
    for (std::size_t i = 0; i < p.size(); ++i) {
        auto const w = detail::weight(weights, i) / largest;
        if (w > 0.0 && p[i] <= 0.0) {
            return {infinity, 0.0, -infinity, p.size()};
        }
        if (w > 0.0) {
            sum.add(w * detail::normal_upper_inverse(p[i]));
            squares.add(w * w);
        }
    }
    auto const z = sum.value() / std::sqrt(squares.value());
    return {z, detail::normal_upper(z), detail::log_normal_upper(z), p.size()};
}

/// The weighted mean of cot(pi p), which is standard Cauchy for independent p-values. Under dependence its tail is nearly right where p is
/// small, which is no guarantee: harmonic_combination has one. Weights as above. A p-value of 1 with a weight above 0
/// makes the answer 1, even beside a 0, so it is a poor choice for ranks among few nulls. O(n). Source: Liu & Xie 2020.
[[nodiscard]] inline auto cauchy_combination(std::span<double const> p, std::span<double const> weights = {}) -> combined_p {
    detail::require_p_values(p, "hallmark::cauchy_combination");
    auto const     total    = detail::require_weights(weights, p.size(), "hallmark::cauchy_combination");
    constexpr auto infinity = std::numeric_limits<double>::infinity();
    constexpr auto pi       = 3.141592653589793;
    if (detail::any_weighted_one(p, weights)) {
        return {-infinity, 1.0, 0.0, p.size()};
    }
    // Everything times the least p, so that 1/p never overflows.
    auto least = 1.0;
    for (std::size_t i = 0; i < p.size(); ++i) {
        least = detail::weight(weights, i) > 0.0 ? std::min(least, p[i]) : least;
    }
    if (least <= 0.0) {
        return {infinity, 0.0, -infinity, p.size()};
    }
    auto sum = detail::compensated_sum{};
    for (std::size_t i = 0; i < p.size(); ++i) {
        // tan(pi p) = pi p to the last bit where p is small, and 1 - p is exact where p is large.
        auto const x   = p[i];
        auto const cot = x < 1e-9 ? least / x / pi : x <= 0.5 ? least / std::tan(pi * x) : -least / std::tan(pi * (1.0 - x));
        auto const w   = detail::weight(weights, i);
        sum.add(w > 0.0 ? w / total * cot : 0.0);
    }
    auto const scaled = sum.value();  // least times the statistic
    auto const t      = scaled / least;
    if (t > 1e9) {
        return {t, least / (pi * scaled), std::log(least) - std::log(pi * scaled), p.size()};
    }
    auto const tail = t > 0.0 ? std::atan(1.0 / t) / pi : 0.5 - std::atan(t) / pi;
    return {t, tail, std::log(tail), p.size()};
}

/// The harmonic mean times the factor that makes it a p-value however the single ones depend on each other: 2.75 for three,
/// 4.56 for ten, 10.1 for a thousand. The statistic is the plain harmonic mean, which is too small by about that factor to be
/// a p-value itself. For p-values from the same data. O(n). Sources: Wilson 2019 (the statistic); Vovk & Wang 2020 (the factor).
[[nodiscard]] inline auto harmonic_combination(std::span<double const> p) -> combined_p {
    detail::require_p_values(p, "hallmark::harmonic_combination");
    auto const least = *std::min_element(p.begin(), p.end());
    if (least <= 0.0) {
        return {0.0, 0.0, -std::numeric_limits<double>::infinity(), p.size()};
    }
    auto sum = detail::compensated_sum{};
    for (auto const x : p) {
        sum.add(least / x);
    }
    auto const mean  = least * (static_cast<double>(p.size()) / sum.value());
    auto const value = std::min(1.0, detail::harmonic_factor(p.size()) * mean);
    return {mean, value, std::log(value), p.size()};
}

/// The smallest, corrected for being the smallest of n: 1 - (1 - min)^n. For independent p-values; strong where one of them
/// is very small. Under dependence take n times the smallest (bonferroni). Exact for continuous p-values. O(n). Source: Tippett 1931.
[[nodiscard]] inline auto min_p_combination(std::span<double const> p) -> combined_p {
    detail::require_p_values(p, "hallmark::min_p_combination");
    auto const least = *std::min_element(p.begin(), p.end());
    auto const value = least >= 1.0 ? 1.0 : -std::expm1(static_cast<double>(p.size()) * std::log1p(-least));
    return {least, value, std::log(value), p.size()};
}

}  // namespace hallmark::inline v0
