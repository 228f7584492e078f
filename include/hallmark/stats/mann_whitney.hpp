// The Mann–Whitney U test: does a value of a tend to be larger than a value of b?
#pragma once

#include <hallmark/stats/concept.hpp>
#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/log_tail.hpp>
#include <hallmark/stats/pair_count.hpp>
#include <hallmark/stats/side.hpp>
#include <hallmark/stats/tail.hpp>
#include <hallmark/stats/tied_ranks.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace hallmark::inline v0 {

namespace detail {

/// P(U <= u) for n and m values without ties, u < nm/2. The largest of all values is one of the n with
/// chance n/(n + m), and then it beats all m: P(n, m, u) = n/(n + m) P(n - 1, m, u - m) +
/// m/(n + m) P(n, m - 1, u) (Mann & Whitney 1947). Every term is positive, so the far tail keeps
/// its relative accuracy. O(n·m·u) time, O(m·u) space.
[[nodiscard]] inline auto mann_whitney_lower(std::size_t n, std::size_t m, std::size_t u) -> double {
    auto const width = u + 1;
    auto       mass  = std::vector<double>((m + 1) * width);  // row j: the masses for i values of a and j of b
    for (std::size_t j = 0; j <= m; ++j) {
        mass[j * width] = 1.0;
    }
    for (std::size_t i = 1; i <= n; ++i) {
        for (std::size_t j = 1; j <= m; ++j) {
            auto const all  = static_cast<double>(i + j);
            auto const won  = static_cast<double>(i) / all;
            auto const lost = static_cast<double>(j) / all;
            auto*      row  = mass.data() + j * width;
            auto*      less = row - width;
            for (auto v = i * j < u ? i * j + 1 : width; v-- > 0;) {  // downwards: row[v - j] must still be the one for i - 1
                row[v] = (v >= j ? won * row[v - j] : 0.0) + lost * less[v];
            }
        }
    }
    auto sum = 0.0;
    for (std::size_t v = 0; v <= u; ++v) {
        sum += mass[m * width + v];
    }
    return sum;
}

/// P(U <= u) for any u.
[[nodiscard]] inline auto mann_whitney_cdf(std::size_t n, std::size_t m, std::size_t u) -> double {
    auto const all   = n * m;
    auto const less  = n < m;  // the shorter sample indexes the table
    auto const lower = [&](std::size_t v) { return less ? mann_whitney_lower(m, n, v) : mann_whitney_lower(n, m, v); };
    if (u >= all) {
        return 1.0;
    }
    return 2 * u < all ? lower(u) : 1.0 - lower(all - u - 1);  // U is symmetric about nm/2
}

}  // namespace detail

/// H0: a and b are independent samples from one distribution. `greater`: a tends to be larger than b;
/// `less`: smaller; `two_sided`: either, at twice the smaller tail.
///
/// The statistic is U of a: the pairs with a > b, ties counting one half, so U/(nm) is the AUC.
/// The result's n is the number of values in both samples.
///
/// `method`: `exact` counts the orderings; with ties it is the conditional distribution given which values are equal. It costs O(n²m²),
/// and is offered up to n·m = 40,000 without ties and 10,000 with them. `asymptotic` is the normal approximation with the
/// variance corrected for ties, and with the continuity correction unless `continuity` is false; it is not exact, so its
/// false-alarm rate is only near the level. `automatic` is exact up to n·m = 10,000 without ties and 2,500 with them.
/// Throws errc::empty_input, errc::not_a_number, errc::out_of_domain. Source: Mann & Whitney 1947.
struct mann_whitney {
    tail_method method     = tail_method::automatic;
    bool        continuity = true;

    [[nodiscard]] auto operator()(std::span<double const> a, std::span<double const> b, alternative alt) const -> test_result {
        auto const w = weigh(a, b);
        auto const p = w.exact ? tail_p(a, b, w, alt) : detail::p_of_side(detail::normal_upper(w.z_below), detail::normal_upper(w.z_above), alt);
        return {0.5 * static_cast<double>(w.counts.doubled_wins), p, a.size() + b.size(), alt};
    }

    /// The natural logarithm of p, also where p itself is too small for a double, as it soon is for a million values. Errors as above.
    [[nodiscard]] auto log_p_value(std::span<double const> a, std::span<double const> b, alternative alt) const -> double {
        auto const w = weigh(a, b);
        return w.exact ? std::log(tail_p(a, b, w, alt)) : detail::log_p_of_side(detail::log_normal_upper(w.z_below), detail::log_normal_upper(w.z_above), alt);
    }

private:
    struct weighed {
        detail::pair_counts counts;
        bool                exact, ties;
        double              z_below, z_above;  // of the normal approximation
    };

    [[nodiscard]] auto weigh(std::span<double const> a, std::span<double const> b) const -> weighed {
        detail::require_sample(a, "hallmark::mann_whitney", "a");
        detail::require_sample(b, "hallmark::mann_whitney", "b");
        auto const counts = detail::count_pairs(a, b);
        auto const pairs  = static_cast<double>(a.size()) * static_cast<double>(b.size());
        auto const ties   = counts.distinct < a.size() + b.size();
        if (method == tail_method::exact) {
            detail::require(pairs <= (ties ? 10'000.0 : 40'000.0), errc::out_of_domain, "hallmark::mann_whitney: method is exact for samples of ", a.size(),
                            " and ", b.size(), " values", ties ? " with ties" : "", "; allowed is a product up to ", ties ? 10'000 : 40'000);
        }
        auto const exact = method == tail_method::exact || (method == tail_method::automatic && pairs <= (ties ? 2'500.0 : 10'000.0));
        auto       out   = weighed{counts, exact, ties, 0.0, 0.0};
        if (!exact && counts.distinct == 1) {
            // All values are equal: nothing speaks for either side, and the variance is 0. Every tail is 1.
            out.z_below = out.z_above = -std::numeric_limits<double>::infinity();
        } else if (!exact) {
            auto const na = static_cast<double>(a.size()), nb = static_cast<double>(b.size()), all = na + nb;
            auto const sd   = std::sqrt(na * nb / 12.0 * ((all + 1.0) - counts.tie_cubes / (all * (all - 1.0))));
            auto const away = 0.5 * static_cast<double>(counts.doubled_wins) - 0.5 * na * nb;
            auto const half = continuity ? 0.5 : 0.0;
            out.z_below     = (-away - half) / sd;
            out.z_above     = (away - half) / sd;
        }
        return out;
    }

    static auto tail_p(std::span<double const> a, std::span<double const> b, weighed const& w, alternative alt) -> double {
        return w.ties || detail::choose(a.size() + b.size(), a.size()) <= detail::most_exact_count
                   ? counted_p(w.ties ? detail::tie_groups(a, b) : std::vector<std::size_t>(a.size() + b.size(), 1), a.size(), b.size(),
                               static_cast<std::size_t>(w.counts.doubled_wins), alt)
                   : exact_p(a.size(), b.size(), static_cast<std::size_t>(w.counts.doubled_wins / 2), alt);
    }

    // By counting: with ties or without, and right to the last bit where the count fits into a double.
    static auto counted_p(std::span<std::size_t const> groups, std::size_t n, std::size_t m, std::size_t doubled_u, alternative alt) -> double {
        auto const tails = detail::u_tails_of(groups, n, m, doubled_u);
        return detail::p_of_side(tails.below, tails.above, alt);
    }

    static auto exact_p(std::size_t n, std::size_t m, std::size_t u, alternative alt) -> double {
        auto const below = alt == alternative::greater ? 1.0 : detail::mann_whitney_cdf(n, m, u);
        auto const above = alt == alternative::less ? 1.0 : detail::mann_whitney_cdf(n, m, n * m - u);
        return detail::p_of_side(below, above, alt);
    }
};
static_assert(two_sample_test<mann_whitney>);

}  // namespace hallmark::inline v0
