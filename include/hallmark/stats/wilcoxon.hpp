// Wilcoxon's signed-rank test of pairs: are the differences of one sign larger than those of the other?
#pragma once

#include <hallmark/stats/concept.hpp>
#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/log_tail.hpp>
#include <hallmark/stats/side.hpp>
#include <hallmark/stats/tail.hpp>
#include <hallmark/stats/tied_ranks.hpp>

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace hallmark::inline v0 {

namespace detail {

/// P(sum of those ranks whose fair coin shows heads <= w), the ranks as whole numbers. Counts of whole numbers: exact up to 53 ranks,
/// and only sums beyond, so the far tail keeps its relative accuracy. O(ranks·w) time, O(w) space; up to 1000 ranks.
[[nodiscard]] inline auto signed_rank_lower(std::span<std::size_t const> ranks, std::size_t w) -> double {
    auto ways = std::vector<double>(w + 1);
    ways[0]   = 1.0;
    for (auto const r : ranks) {
        for (auto v = w + 1; v-- > r;) {
            ways[v] += ways[v - r];
        }
    }
    auto sum = 0.0;
    for (auto const x : ways) {
        sum += x;
    }
    return std::ldexp(sum, -static_cast<int>(ranks.size()));
}

[[nodiscard]] inline auto signed_rank_cdf(std::span<std::size_t const> ranks, std::size_t total, std::size_t w) -> double {
    if (w >= total) {
        return 1.0;
    }
    return 2 * w < total ? signed_rank_lower(ranks, w) : 1.0 - signed_rank_lower(ranks, total - w - 1);  // symmetric about total/2
}

}  // namespace detail

/// H0: each difference a - b is as likely with the other sign, independently of the other pairs. `greater`: a tends to be above b; `less`: below;
/// `two_sided`: either, at twice the smaller tail.
///
/// The statistic is W+, the sum of the ranks of |a - b| over the pairs with a > b, equal sizes sharing their mean rank; n is the number of
/// pairs that differ. Pairs that are equal are dropped (Wilcoxon 1945), or, with `rank_zeros`, ranked first and dropped then
/// (Pratt 1959). Nothing but zeros gives n = 0 and p = 1.
///
/// `method`: `exact` is the conditional distribution of W+ given the sizes, so it holds with ties and zeros; O(n³), up to n = 1000.
/// `asymptotic` is the normal approximation with the variance of the ranks as they are, and with the continuity correction
/// unless `continuity` is false; its false-alarm rate is only near the level. `automatic` is exact up to n = 200.
/// Throws errc::shape_mismatch, errc::empty_input, errc::not_a_number, errc::out_of_domain. Source: Wilcoxon 1945; Pratt 1959.
struct wilcoxon_test {
    tail_method method     = tail_method::automatic;
    bool        continuity = true;
    bool        rank_zeros = false;

    [[nodiscard]] auto operator()(std::span<double const> a, std::span<double const> b, alternative alt) const -> test_result {
        return result(weigh(differences(a, b)), alt);
    }
    /// The same for one sample, symmetric about 0 under H0.
    [[nodiscard]] auto operator()(std::span<double const> x, alternative alt) const -> test_result { return result(weigh(x), alt); }

    /// The natural logarithm of p, also where p itself is too small for a double. Errors as above.
    [[nodiscard]] auto log_p_value(std::span<double const> a, std::span<double const> b, alternative alt) const -> double {
        return log_result(weigh(differences(a, b)), alt);
    }
    [[nodiscard]] auto log_p_value(std::span<double const> x, alternative alt) const -> double { return log_result(weigh(x), alt); }

private:
    static auto differences(std::span<double const> a, std::span<double const> b) -> std::vector<double> {
        detail::require_pairs(a, b, "hallmark::wilcoxon_test");
        auto out = std::vector<double>(a.size());
        for (std::size_t i = 0; i < a.size(); ++i) {
            out[i] = a[i] - b[i];
            detail::require(detail::is_finite(out[i]), errc::out_of_domain, "hallmark::wilcoxon_test: a[", i, "] - b[", i,
                            "] is too large; allowed are values whose differences are finite");
        }
        return out;
    }

    struct weighed {
        std::vector<std::size_t> ranks;  // doubled, of the pairs that differ
        std::size_t              total, up;
        bool                     exact;
        double                   z_below, z_above;  // of the normal approximation
    };

    [[nodiscard]] auto weigh(std::span<double const> x) const -> weighed {
        detail::require_sample(x, "hallmark::wilcoxon_test", "x");
        auto sizes = std::vector<double>{};
        for (auto const v : x) {
            if (rank_zeros || v != 0.0) {
                sizes.push_back(std::abs(v));
            }
        }
        auto const  all  = detail::doubled_midranks(sizes);
        auto        out  = weighed{{}, 0, 0, false, 0.0, 0.0};
        std::size_t next = 0;
        for (auto const v : x) {
            if (v != 0.0) {
                out.ranks.push_back(all[next]);
                out.total += all[next];
                out.up += v > 0.0 ? all[next] : 0;
            }
            next += rank_zeros || v != 0.0 ? 1u : 0u;
        }
        auto const n = out.ranks.size();
        detail::require(method != tail_method::exact || n <= 1000, errc::out_of_domain, "hallmark::wilcoxon_test: method is exact for ", n,
                        " pairs that differ; allowed are up to 1000");
        out.exact = n == 0 || method == tail_method::exact || (method == tail_method::automatic && n <= 200);
        if (!out.exact) {
            auto variance = 0.0;
            for (auto const r : out.ranks) {
                variance += static_cast<double>(r) * static_cast<double>(r) / 16.0;  // rank²/4, and r is twice the rank
            }
            auto const away = 0.5 * static_cast<double>(out.up) - 0.25 * static_cast<double>(out.total);
            auto const half = continuity ? 0.5 : 0.0;
            out.z_below     = (-away - half) / std::sqrt(variance);
            out.z_above     = (away - half) / std::sqrt(variance);
        }
        return out;
    }

    static auto tail_p(weighed const& w, alternative alt) -> double {
        return w.exact ? detail::p_of_side(detail::signed_rank_cdf(w.ranks, w.total, w.up), detail::signed_rank_cdf(w.ranks, w.total, w.total - w.up), alt)
                       : detail::p_of_side(detail::normal_upper(w.z_below), detail::normal_upper(w.z_above), alt);
    }
    static auto result(weighed const& w, alternative alt) -> test_result { return {0.5 * static_cast<double>(w.up), tail_p(w, alt), w.ranks.size(), alt}; }
    static auto log_result(weighed const& w, alternative alt) -> double {
        return w.exact ? std::log(tail_p(w, alt)) : detail::log_p_of_side(detail::log_normal_upper(w.z_below), detail::log_normal_upper(w.z_above), alt);
    }
};
static_assert(two_sample_test<wilcoxon_test> && one_sample_test<wilcoxon_test>);

}  // namespace hallmark::inline v0
