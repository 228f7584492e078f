// The two-sample Kolmogorov–Smirnov test: do two samples come from one distribution, whatever its shape?
#pragma once

#include <hallmark/stats/cdf_distance.hpp>
#include <hallmark/stats/concept.hpp>
#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/kolmogorov.hpp>
#include <hallmark/stats/lattice_paths.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

/// H0: a and b are independent samples from one distribution, with distribution functions F_a and F_b.
///
/// The sides are those of the distribution *functions*, as in scipy and R, and so the other way round
/// than in tests of location: `greater` is F_a above F_b somewhere, which is what *smaller* values of a
/// look like; `less` is F_a below F_b somewhere, larger values of a. To show that members (a) score higher than
/// nulls (b), ask for `less`. `two_sided` is any difference.
///
/// The statistic is the largest difference on that side, in [0, 1]; n is the number of values in both samples.
///
/// `method`: `exact` counts lattice paths: the share of all orders of the values, given which of them are equal, with a difference as large. O(nm) at most;
/// the strip of paths that have not gone as far is walked, which is a small part where p is not small. `asymptotic` is the
/// finite-sample distribution of one sample of nm/(n + m) values (two-sided), or Hodges' corrected limit
/// (one-sided), and the exact p where the statistic is 1; its false-alarm rate is only near the level, and below it with ties. Where one sample has few values
/// and the statistic is near 1, it is too small. With `continuity` off it is the plain limit of both (Smirnov 1939), which
/// ignores that D moves in steps. `automatic` is exact up to n·m = 10^7. scipy's exact p-value does not know of ties, and is larger where there are any.
/// Throws errc::empty_input, errc::not_a_number. Source: Smirnov 1939; Hodges 1957; Nikiforov 1994, Schröer & Trenkler 1995 (ties).
struct kolmogorov_smirnov {
    tail_method method     = tail_method::automatic;
    bool        continuity = true;

    [[nodiscard]] auto operator()(std::span<double const> a, std::span<double const> b, alternative alt) const -> test_result {
        auto const w = weigh(a, b, alt);
        auto const p =
            w.exact ? detail::path_reaches(w.paths(a.size(), b.size(), alt)) : detail::kolmogorov_smirnov_tail(a.size(), b.size(), w.distance, alt, continuity);
        return {w.distance, p, a.size() + b.size(), alt};
    }

    /// The natural logarithm of p, also where p itself is too small for a double, to a relative 1e-10. Where p is too small the exact one costs about ten times
    /// as much, the asymptotic one O(n + m). Errors as above.
    [[nodiscard]] auto log_p_value(std::span<double const> a, std::span<double const> b, alternative alt) const -> double {
        auto const w = weigh(a, b, alt);
        return w.exact ? detail::log_path_reaches(w.paths(a.size(), b.size(), alt))
                       : detail::log_kolmogorov_smirnov_tail(a.size(), b.size(), w.distance, alt, continuity);
    }

private:
    struct weighed {
        bool                     exact;
        std::int64_t             gap;
        double                   distance;
        std::vector<std::size_t> ends;  // of groups of equal values, where exact

        [[nodiscard]] auto paths(std::size_t n, std::size_t m, alternative alt) const noexcept -> detail::far_path {
            return {n, m, gap, alt == alternative::two_sided, ends};
        }
    };

    [[nodiscard]] auto weigh(std::span<double const> a, std::span<double const> b, alternative alt) const -> weighed {
        detail::require_sample(a, "hallmark::kolmogorov_smirnov", "a");
        detail::require_sample(b, "hallmark::kolmogorov_smirnov", "b");
        auto const pairs = static_cast<double>(a.size()) * static_cast<double>(b.size());
        auto const exact = method == tail_method::exact || (method == tail_method::automatic && pairs <= 1e7);
        auto       ends  = std::vector<std::size_t>();
        auto const gap   = exact ? detail::cdf_distance(a, b, alt, [&](std::size_t values) { ends.push_back(values); }) : detail::cdf_distance(a, b, alt);
        if (exact && alt == alternative::less) {  // read from the largest value down, a path that goes low goes high
            ends.pop_back();
            std::reverse(ends.begin(), ends.end());
            for (auto& end : ends) {
                end = a.size() + b.size() - end;
            }
            ends.push_back(a.size() + b.size());
        }
        return {exact, gap, static_cast<double>(gap) / pairs, std::move(ends)};
    }
};
static_assert(two_sample_test<kolmogorov_smirnov>);

}  // namespace hallmark::inline v0
