// The two-sample Kolmogorov–Smirnov test: do two samples come from one distribution, whatever its shape?
#pragma once

#include <hallmark/stats/choose.hpp>
#include <hallmark/stats/concept.hpp>
#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/kolmogorov.hpp>
#include <hallmark/stats/radix_sort.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hallmark::inline v0 {

namespace detail {

/// The largest F_a - F_b and F_b - F_a over all values, times n·m, both at least 0. Integers, so the
/// comparison with the null distribution is exact. O(n) for most data, O(n log n) for the rest.
struct cdf_distance {
    std::int64_t a_above;
    std::int64_t b_above;
};

[[nodiscard]] inline auto farthest(std::span<double const> a, std::span<double const> b) -> cdf_distance {
    auto const  sorted = sorted_keys(a, b);
    auto const  n = static_cast<std::int64_t>(a.size()), m = static_cast<std::int64_t>(b.size());
    auto        out = cdf_distance{0, 0};
    std::size_t i = 0, j = 0;
    auto const  count_gap = [&] {
        auto const gap = static_cast<std::int64_t>(i) * m - static_cast<std::int64_t>(j) * n;
        out.a_above    = std::max(out.a_above, gap);
        out.b_above    = std::max(out.b_above, -gap);
    };
    while (i < a.size() && j < b.size()) {
        auto const of_a = sorted.first[i], of_b = sorted.second[j];
        i += of_a <= of_b ? 1u : 0u;
        j += of_b <= of_a ? 1u : 0u;
        // The gap counts at the end of a group of equal values; no branch but this one, which is seldom taken without ties.
        auto const value = of_a < of_b ? of_a : of_b;
        if ((i < a.size() && sorted.first[i] == value) || (j < b.size() && sorted.second[j] == value)) {
            continue;
        }
        count_gap();
    }
    // Once one sample is used up the gap only shrinks, but for the rest of the last group of equal values.
    auto const last = i == a.size() ? sorted.first[i - 1] : sorted.second[j - 1];
    while (i < a.size() && sorted.first[i] == last) {
        ++i;
    }
    while (j < b.size() && sorted.second[j] == last) {
        ++j;
    }
    count_gap();
    return out;
}

/// How many lattice paths from (0, 0) to (n, m) are at a distance of `gap` or more somewhere. Whole numbers, exact where all C(n + m, n)
/// paths are at most 2^53. O(nm) time, O(m) space.
[[nodiscard]] inline auto paths_that_reach(std::size_t n, std::size_t m, std::int64_t gap, bool both_sides) -> double {
    auto paths = std::vector<double>(m + 1), reach = std::vector<double>(m + 1);  // to (i, j), and those of them that have reached
    for (std::size_t i = 0; i <= n; ++i) {
        for (std::size_t j = 0; j <= m; ++j) {
            auto const here  = static_cast<std::int64_t>(i * m) - static_cast<std::int64_t>(j * n);
            auto const first = i + j == 0;
            paths[j]         = first ? 1.0 : (i == 0 ? 0.0 : paths[j]) + (j == 0 ? 0.0 : paths[j - 1]);
            reach[j]         = here >= gap || (both_sides && -here >= gap) ? paths[j] : first ? 0.0 : (i == 0 ? 0.0 : reach[j]) + (j == 0 ? 0.0 : reach[j - 1]);
        }
    }
    return reach[m];
}

/// P(n·m·D >= gap) when every order of the n + m values is equally likely. An order is a lattice path
/// from (0, 0) to (n, m), and row[j] is the chance that a path through (i, j) has been at a distance
/// of `gap` or more on its way there: only positive terms, so the far tail keeps its relative
/// accuracy (Hodges 1957 counts the paths that stay inside, and then subtracts). O(nm) time, O(m) space.
[[nodiscard]] inline auto path_reaches(std::size_t n, std::size_t m, std::int64_t gap, bool both_sides) -> double {
    auto const total = choose(n + m, n);
    if (total <= most_exact_count) {
        return paths_that_reach(n, m, gap, both_sides) / total;
    }
    auto row = std::vector<double>(m + 1);
    for (std::size_t i = 0; i <= n; ++i) {
        for (std::size_t j = 0; j <= m; ++j) {
            auto const here = static_cast<std::int64_t>(i * m) - static_cast<std::int64_t>(j * n);
            if (here >= gap || (both_sides && -here >= gap)) {
                row[j] = 1.0;
            } else if (i + j == 0) {
                row[j] = 0.0;
            } else {
                auto const by_a = i == 0 ? 0.0 : static_cast<double>(i) * row[j];
                auto const by_b = j == 0 ? 0.0 : static_cast<double>(j) * row[j - 1];
                row[j]          = (by_a + by_b) / static_cast<double>(i + j);
            }
        }
    }
    return row[m];
}

}  // namespace detail

/// H0: a and b are independent samples from one distribution, with distribution functions F_a and F_b.
///
/// The sides are those of the distribution *functions*, as in scipy and R, and so the other way round
/// than in tests of location: `greater` is F_a above F_b somewhere, which is what *smaller* values of a
/// look like; `less` is F_a below F_b somewhere, larger values of a. To show that members (a) score higher than
/// nulls (b), ask for `less`. `two_sided` is any difference.
///
/// The statistic is the largest difference on that side, in [0, 1]; n is the number of values in both samples.
///
/// `method`: `exact` counts lattice paths at O(nm); with ties it is conservative. `asymptotic` is the
/// finite-sample distribution of one sample of nm/(n + m) values (two-sided), or Hodges' corrected limit
/// (one-sided); its false-alarm rate is only near the level. With `continuity` off it is the plain limit of both (Smirnov 1939), which
/// ignores that D moves in steps. `automatic` is exact up to n·m = 10^7.
/// Throws errc::empty_input, errc::not_a_number. Source: Smirnov 1939; Hodges 1957.
struct kolmogorov_smirnov {
    tail_method method     = tail_method::automatic;
    bool        continuity = true;

    [[nodiscard]] auto operator()(std::span<double const> a, std::span<double const> b, alternative alt) const -> test_result {
        detail::require_sample(a, "hallmark::kolmogorov_smirnov", "a");
        detail::require_sample(b, "hallmark::kolmogorov_smirnov", "b");
        auto const distance = detail::farthest(a, b);
        auto const gap      = alt == alternative::greater ? distance.a_above
                              : alt == alternative::less  ? distance.b_above
                                                          : std::max(distance.a_above, distance.b_above);
        auto const pairs    = static_cast<double>(a.size()) * static_cast<double>(b.size());
        auto const d        = static_cast<double>(gap) / pairs;
        auto const exact    = method == tail_method::exact || (method == tail_method::automatic && pairs <= 1e7);
        auto const p        = exact ? detail::path_reaches(a.size(), b.size(), gap, alt == alternative::two_sided) : asymptotic_p(a.size(), b.size(), d, alt);
        return {d, p, a.size() + b.size(), alt};
    }

private:
    [[nodiscard]] auto asymptotic_p(std::size_t n, std::size_t m, double d, alternative alt) const -> double {
        auto const more = static_cast<double>(std::max(n, m)), fewer = static_cast<double>(std::min(n, m));
        auto const size = more * fewer / (more + fewer);
        if (!continuity) {
            auto const limit = std::sqrt(size) * d;
            return alt == alternative::two_sided ? detail::kolmogorov_limit_upper(limit) : std::exp(-2.0 * limit * limit);
        }
        if (alt == alternative::two_sided) {
            return detail::kolmogorov_upper(static_cast<std::size_t>(std::nearbyint(size)), d);
        }
        auto const z = std::sqrt(size) * d;
        return std::exp(-2.0 * z * z - 2.0 * z * (more + 2.0 * fewer) / std::sqrt(more * fewer * (more + fewer)) / 3.0);
    }
};
static_assert(two_sample_test<kolmogorov_smirnov>);

}  // namespace hallmark::inline v0
