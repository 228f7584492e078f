// Many tests at once: p-values adjusted so that the family, not each test, keeps its error rate.
#pragma once

#include <hallmark/stats/e_value.hpp>
#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/in_order.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

namespace hallmark::inline v0 {

namespace detail {
inline void require_p_values(std::span<double const> p, std::string_view function) {
    require_sample(p, function, "p");
    for (std::size_t i = 0; i < p.size(); ++i) {
        if (!(p[i] >= 0.0 && p[i] <= 1.0)) [[unlikely]] {
            fail(errc::out_of_domain, function, ": p[", i, "] is ", p[i], "; allowed is 0 to 1");
        }
    }
}

/// x · parts/of, rounded once: x times a product rounded on its way, divided by the same number again, would come out above x, and a p-value that is
/// exactly at the level would not be rejected.
[[nodiscard]] inline auto times_share(double x, double parts, double of) noexcept -> double {
    auto const high = x * parts, low = std::fma(x, parts, -high);
    auto const q = high / of;
    return q + (std::fma(-q, of, high) + low) / of;
}

/// From the largest p down: `finish` of the least p_(i)·parts/i so far, i from 1; at most 1. `finish` rises.
template <class Finish>
[[nodiscard]] auto step_up(std::span<double const> p, double parts, Finish finish) -> std::vector<double> {
    return answers_in_order(p, reading::down, [=, least = std::numeric_limits<double>::max()](double x, std::size_t below) mutable {
        auto const i = static_cast<double>(below) + 1.0;
        if (x * parts / i < least * (1.0 + 0x1p-50)) {  // seldom; the others need no last bit
            least = std::min(least, times_share(x, parts, i));
        }
        return std::min(1.0, finish(least));
    });
}
}  // namespace detail

// All of them: `p` holds at least one p-value in [0, 1], in any order; the result has the same order. Reject where the
// adjusted value is at most the level. O(m) for most data, O(m log m) at worst; 10 bytes for each p beside the result, up to 26 where most are alike. They
// throw errc::empty_input, errc::not_a_number and errc::out_of_domain.

/// False discovery rate: of all rejections, at most this share is wrong on average. For independent
/// (or positively dependent) p-values. Source: Benjamini & Hochberg 1995.
[[nodiscard]] inline auto benjamini_hochberg(std::span<double const> p) -> std::vector<double> {
    detail::require_p_values(p, "hallmark::benjamini_hochberg");
    return detail::step_up(p, static_cast<double>(p.size()), [](double least) { return least; });
}

/// False discovery rate under any dependence, at the price of a factor 1 + 1/2 + ... + 1/m.
/// Source: Benjamini & Yekutieli 2001.
[[nodiscard]] inline auto benjamini_yekutieli(std::span<double const> p) -> std::vector<double> {
    detail::require_p_values(p, "hallmark::benjamini_yekutieli");
    auto harmonic = 0.0;
    for (auto i = p.size(); i > 0; --i) {  // the smallest first
        harmonic += 1.0 / static_cast<double>(i);
    }
    return detail::step_up(p, static_cast<double>(p.size()), [harmonic](double least) { return harmonic * least; });
}

namespace detail {
/// How many p-values are above `lambda`, plus one. Over m(1 - lambda), how many would be if all were null, it is the share of nulls; that may be above 1.
[[nodiscard]] inline auto null_count(std::span<double const> p, double lambda) -> double {
    require_p_values(p, "hallmark::storey_pi0");
    require_open_fraction(lambda, "hallmark::storey_pi0", "lambda");
    auto const above = std::count_if(p.begin(), p.end(), [lambda](double x) { return x > lambda; });
    return 1.0 + static_cast<double>(above);
}
}  // namespace detail

/// The share of true null hypotheses: how many p-values are above `lambda`, plus one, over how many would be if all
/// were null; at most 1. In (0, 1]. For independent p-values. `lambda` is in (0, 1), 1/2 is usual. O(m).
/// Source: Storey 2002; Storey, Taylor & Siegmund 2004 (the plus one).
[[nodiscard]] inline auto storey_pi0(std::span<double const> p, double lambda = 0.5) -> double {
    auto const count = detail::null_count(p, lambda);
    return std::min(1.0, count / (static_cast<double>(p.size()) * (1.0 - lambda)));
}

/// False discovery rate with the estimated share of nulls: benjamini_hochberg times that share. More rejections where much is
/// real. For independent p-values only: under dependence the estimate swings. The share is not cut off at 1 here: with the cut, a family in which all
/// are null would reject more often than the level (0.05625 instead of 0.05 for three). Source: Storey, Taylor & Siegmund 2004;
/// Benjamini, Krieger & Yekutieli 2006 (finite samples).
[[nodiscard]] inline auto storey(std::span<double const> p, double lambda = 0.5) -> std::vector<double> {
    auto const count = detail::null_count(p, lambda), under = 1.0 - lambda;
    return detail::step_up(p, count, [under](double least) { return least / under; });
}

/// Family-wise error rate: the chance of any wrong rejection, under any dependence. Never weaker than
/// bonferroni. Source: Holm 1979.
[[nodiscard]] inline auto holm(std::span<double const> p) -> std::vector<double> {
    detail::require_p_values(p, "hallmark::holm");
    return detail::answers_in_order(p, detail::reading::up, [m = p.size(), most = 0.0](double x, std::size_t below) mutable {
        most = std::max(most, std::min(1.0, x * static_cast<double>(m - below)));
        return most;
    });
}

/// Family-wise error rate for independent (or positively dependent) p-values. Never weaker than holm. Source: Hochberg 1988.
[[nodiscard]] inline auto hochberg(std::span<double const> p) -> std::vector<double> {
    detail::require_p_values(p, "hallmark::hochberg");
    return detail::answers_in_order(p, detail::reading::down, [m = p.size(), least = 1.0](double x, std::size_t below) mutable {
        least = std::min(least, x * static_cast<double>(m - below));
        return least;
    });
}

/// Family-wise error rate by closed testing: a hypothesis is rejected where every intersection of it with others is, each by Simes' test (k·p_(j)/j of its k
/// p-values, the least). Independent (or positively dependent) p-values. Never weaker than hochberg. O(m²): for families of some ten thousand.
/// Source: Marcus, Peritz & Gabriel 1976 (the closure); Hommel 1988.
[[nodiscard]] inline auto hommel(std::span<double const> p) -> std::vector<double> {
    detail::require_p_values(p, "hallmark::hommel");
    auto const order = detail::sorted_places(p);
    auto const m     = p.size();
    auto       x     = std::vector<double>(m);
    for (std::size_t i = 0; i < m; ++i) {
        x[i] = detail::from_ordered_key(order[i].key);
    }
    // Of the intersections of k hypotheses that one is in, the hardest to reject has the k largest p-values besides, or it and the k - 1 largest.
    auto const simes = [&](std::size_t k, std::size_t from) {
        auto least = 1.0;
        for (auto j = from; j <= k; ++j) {
            least = std::min(least, detail::times_share(x[m - k + j - 1], static_cast<double>(k), static_cast<double>(j)));
        }
        return least;
    };
    auto adjusted = x;
    for (std::size_t k = 2; k <= m; ++k) {
        auto const others = simes(k, 2), all = std::min(others, static_cast<double>(k) * x[m - k]);
        for (std::size_t i = 0; i < m; ++i) {
            adjusted[i] = std::max(adjusted[i], i < m - k ? std::min(others, static_cast<double>(k) * x[i]) : all);
        }
    }
    auto out = std::vector<double>(m);
    for (std::size_t i = 0; i < m; ++i) {
        out[order[i].place] = adjusted[i];
    }
    return out;
}

/// Family-wise error rate, by p·m, under any dependence. The simplest, and the weakest. Source: Dunn 1961.
[[nodiscard]] inline auto bonferroni(std::span<double const> p) -> std::vector<double> {
    detail::require_p_values(p, "hallmark::bonferroni");
    auto out = std::vector<double>(p.begin(), p.end());
    for (auto& x : out) {
        x = std::min(1.0, x * static_cast<double>(p.size()));
    }
    return out;
}

/// False discovery rate from e-values, under ANY dependence and without the price of benjamini_yekutieli. `log_e` holds natural
/// logarithms of e-values; the result has one number in [0, 1] for each, to be read like an adjusted p-value:
/// benjamini_hochberg of 1/e. E-values may come from processes that were stopped early: each on what that process itself had seen so far. A process that is
/// stopped on what others have seen, or on what is still to come, has no e-value then unless it is one given all of that as well.
/// Throws errc::empty_input, errc::not_a_number. Source: Wang & Ramdas 2022.
[[nodiscard]] inline auto e_benjamini_hochberg(std::span<double const> log_e) -> std::vector<double> {
    detail::require_log_e(log_e, "hallmark::e_benjamini_hochberg");
    // From the smallest e up; the k-th largest e is compared with m/(k alpha). 1/e above 1 stays: m/(k e) decides.
    return detail::answers_in_order(log_e, detail::reading::up, [m = log_e.size(), least = 1.0](double x, std::size_t below) mutable {
        least = std::min(least, detail::times_share(std::exp(-x), static_cast<double>(m), static_cast<double>(m - below)));
        return least;
    });
}

}  // namespace hallmark::inline v0
