// Confidence intervals by the bootstrap, bias-corrected and accelerated (BCa), with draws that a key fixes.
#pragma once

#include <hallmark/random/stream.hpp>
#include <hallmark/random/uniform.hpp>
#include <hallmark/stats/clopper_pearson.hpp>
#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/moments.hpp>
#include <hallmark/stats/tail.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace hallmark::inline v0 {

namespace detail {
/// Ten replicates beyond each end, or the end is one of the outermost, and the interval is too short: no end lies beyond the replicates. 100 at least.
[[nodiscard]] inline auto least_replicates(double confidence) noexcept -> std::size_t {
    auto const least = std::ceil(20.0 / (1.0 - confidence) * (1.0 - 1e-12));  // 1 - 0.9 is a little below 0.1
    return least > 100.0 ? static_cast<std::size_t>(least) : 100;
}

/// `confidence` is in (0, 1).
inline void require_replicates(std::size_t replicates, double confidence, std::string_view function) {
    auto const least = least_replicates(confidence);
    require(replicates >= least, errc::out_of_domain, function, ": replicates is ", replicates, "; allowed is ", least,
            " or more for confidence = ", confidence);
}

inline void require_drawable(std::size_t n, std::string_view function, std::string_view name) {
    require(n <= 0xffffffffu, errc::out_of_domain, function, ": ", name, " has ", n, " values; allowed are at most 4294967295");
}

/// Of sorted values, with linear interpolation between neighbours; `share` in [0, 1]. Hyndman & Fan 1996, type 7.
[[nodiscard]] inline auto quantile_of_sorted(std::span<double const> sorted, double share) noexcept -> double {
    auto const at = share * static_cast<double>(sorted.size() - 1);
    auto const i  = std::min(static_cast<std::size_t>(at), sorted.size() - 1);
    auto const t  = at - static_cast<double>(i);
    return t > 0.0 && i + 1 < sorted.size() ? sorted[i] + t * (sorted[i + 1] - sorted[i]) : sorted[i];
}
}  // namespace detail

/// The BCa interval from what a bootstrap computed. `replicates`: the statistic of the resamples, 20/(1 - confidence) or more and 100 at least. `observed`: the
/// statistic of the data. `influence`: for each observation, how much more the statistic is with it than without it, up to a common factor (of several samples:
/// each divided by its sample's size); it gives the acceleration. The result holds the true value with chance about `confidence`: an approximation whose error
/// falls like 1/n, good from some 30 observations on, and no exact interval.
///
/// Throws errc::out_of_domain where the interval does not exist: all replicates on one side of the estimate, or no influence; that
/// is what data at the end of its range looks like (an AUC of 1). Also errc::empty_input, errc::not_a_number. O(B log B).
/// Source: Efron 1987; Efron & Tibshirani 1993, chapter 14.
[[nodiscard]] inline auto bca_interval(std::span<double const> replicates, double observed, std::span<double const> influence, double confidence) -> interval {
    constexpr std::string_view function = "hallmark::bca_interval";
    detail::require_open_fraction(confidence, function, "confidence");
    detail::require_replicates(replicates.size(), confidence, function);
    detail::require_sample(replicates, function, "replicates");
    detail::require_finite(observed, function, "observed");
    detail::require_sample(influence, function, "influence");

    auto sorted = std::vector<double>(replicates.begin(), replicates.end());
    std::sort(sorted.begin(), sorted.end());
    auto const below = std::lower_bound(sorted.begin(), sorted.end(), observed) - sorted.begin();
    auto const upto  = std::upper_bound(sorted.begin(), sorted.end(), observed) - sorted.begin();
    auto const share = 0.5 * static_cast<double>(below + upto) / static_cast<double>(sorted.size());
    detail::require(share > 0.0 && share < 1.0, errc::out_of_domain, function, ": all replicates lie on one side of observed = ", observed,
                    "; allowed are replicates on both sides");

    auto sum = detail::compensated_sum{}, squares = detail::compensated_sum{}, cubes = detail::compensated_sum{};
    auto largest = 0.0;
    for (auto const x : influence) {
        sum.add(x);
    }
    auto const mean = sum.value() / static_cast<double>(influence.size());
    for (auto const x : influence) {
        largest = std::max(largest, std::abs(x - mean));
    }
    detail::require(largest > 0.0, errc::out_of_domain, function, ": influence has ", influence.size(), " equal values; allowed are some that differ");
    for (auto const x : influence) {
        auto const d = (x - mean) / largest;
        squares.add(d * d);
        cubes.add(d * d * d);
    }
    auto const acceleration = cubes.value() / (6.0 * squares.value() * std::sqrt(squares.value()));
    auto const bias         = -detail::normal_upper_inverse(share);
    auto const z            = detail::normal_upper_inverse(0.5 * (1.0 - confidence));
    auto const end          = [&](double side) {
        auto const shifted = bias + side;
        auto const shrink  = 1.0 - acceleration * shifted;  // at or below 0: so skewed that this end is the last replicate
        auto const place   = shrink > 0.0 ? detail::normal_upper(-(bias + shifted / shrink)) : side > 0.0 ? 1.0 : 0.0;
        return detail::quantile_of_sorted(sorted, place);
    };
    return {end(-z), end(z)};
}

/// The BCa interval of `statistic`, a callable from std::span<double const> to double, on one sample `x` of 2 values or more, with `replicates`
/// resamples (20/(1 - confidence) or more and 100 at least; 2000 is usual, up to a confidence of 0.99). Draws come from `source`, so the same key gives the
/// same interval on every machine. n + replicates calls of the statistic. Errors as bca_interval, and errc::not_a_number where the statistic of a resample is
/// not finite.
template <class Statistic>
[[nodiscard]] auto bootstrap(std::span<double const> x, Statistic const& statistic, std::size_t replicates, double confidence, stream source) -> interval {
    constexpr std::string_view function = "hallmark::bootstrap";
    detail::require_sample(x, function, "x", 2);
    detail::require_drawable(x.size(), function, "x");
    detail::require_open_fraction(confidence, function, "confidence");
    detail::require_replicates(replicates, confidence, function);
    auto         sample   = std::vector<double>(x.begin(), x.end());
    auto const   view     = std::span<double const>(sample);
    double const observed = statistic(view);
    // Without one at a time: the last value fills the gap, and goes back.
    auto influence = std::vector<double>(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
        sample[i]    = x.back();
        influence[i] = -static_cast<double>(statistic(view.first(x.size() - 1)));
        sample[i]    = x[i];
    }
    auto out = std::vector<double>(replicates);
    for (auto& r : out) {
        for (auto& s : sample) {
            s = x[uniform_below(source, static_cast<std::uint32_t>(x.size()))];
        }
        r = statistic(view);
    }
    return bca_interval(out, observed, influence, confidence);
}

}  // namespace hallmark::inline v0
