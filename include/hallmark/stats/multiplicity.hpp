// Many tests at once: p-values adjusted so that the family, not each test, keeps its error rate.
#pragma once

#include <hallmark/stats/finite.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace hallmark::inline v0 {

namespace detail {
inline void require_p_values(std::span<double const> p, std::string_view function) {
    require_sample(p, function, "p");
    for (std::size_t i = 0; i < p.size(); ++i) {
        require(p[i] >= 0.0 && p[i] <= 1.0, errc::out_of_domain, function, ": p[", i, "] is ", p[i], "; allowed is 0 to 1");
    }
}

/// Positions of the values from the smallest to the largest.
[[nodiscard]] inline auto ascending(std::span<double const> p) -> std::vector<std::size_t> {
    auto order = std::vector<std::size_t>(p.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = i;
    }
    std::sort(order.begin(), order.end(), [p](std::size_t i, std::size_t j) { return p[i] < p[j]; });
    return order;
}

/// p_(i)·factor·m/i, made monotone from the largest down, at most 1.
[[nodiscard]] inline auto step_up(std::span<double const> p, double factor) -> std::vector<double> {
    auto const order = ascending(p);
    auto const m     = static_cast<double>(p.size());
    auto       out   = std::vector<double>(p.size());
    auto       least = 1.0;
    for (auto i = p.size(); i-- > 0;) {
        least         = std::min(least, p[order[i]] * (factor * m) / static_cast<double>(i + 1));
        out[order[i]] = least;
    }
    return out;
}
}  // namespace detail

// All four: `p` holds at least one p-value in [0, 1], in any order; the result has the same order. Reject
// where the adjusted value is at most the level. O(m log m). They throw errc::empty_input,
// errc::not_a_number and errc::out_of_domain.

/// False discovery rate: of all rejections, at most this share is wrong on average. For independent
/// (or positively dependent) p-values. Source: Benjamini & Hochberg 1995.
[[nodiscard]] inline auto benjamini_hochberg(std::span<double const> p) -> std::vector<double> {
    detail::require_p_values(p, "hallmark::benjamini_hochberg");
    return detail::step_up(p, 1.0);
}

/// False discovery rate under any dependence, at the price of a factor 1 + 1/2 + ... + 1/m.
/// Source: Benjamini & Yekutieli 2001.
[[nodiscard]] inline auto benjamini_yekutieli(std::span<double const> p) -> std::vector<double> {
    detail::require_p_values(p, "hallmark::benjamini_yekutieli");
    auto harmonic = 0.0;
    for (auto i = p.size(); i > 0; --i) {  // the smallest first
        harmonic += 1.0 / static_cast<double>(i);
    }
    return detail::step_up(p, harmonic);
}

/// Family-wise error rate: the chance of any wrong rejection, under any dependence. Never weaker than
/// bonferroni. Source: Holm 1979.
[[nodiscard]] inline auto holm(std::span<double const> p) -> std::vector<double> {
    detail::require_p_values(p, "hallmark::holm");
    auto const order = detail::ascending(p);
    auto       out   = std::vector<double>(p.size());
    auto       most  = 0.0;
    for (std::size_t i = 0; i < p.size(); ++i) {
        most          = std::max(most, std::min(1.0, p[order[i]] * static_cast<double>(p.size() - i)));
        out[order[i]] = most;
    }
    return out;
}

/// Family-wise error rate, by p·m. The simplest, and the weakest. Source: Dunn 1961.
[[nodiscard]] inline auto bonferroni(std::span<double const> p) -> std::vector<double> {
    detail::require_p_values(p, "hallmark::bonferroni");
    auto out = std::vector<double>(p.begin(), p.end());
    for (auto& x : out) {
        x = std::min(1.0, x * static_cast<double>(p.size()));
    }
    return out;
}

}  // namespace hallmark::inline v0
