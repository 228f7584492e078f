// The ROC curve of a membership score, and the area under it.
#pragma once

#include <hallmark/metric/rate.hpp>
#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/pair_count.hpp>
#include <hallmark/stats/pooled_order.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace hallmark::inline v0 {

/// What happens when every score >= threshold is called a member.
struct roc_point {
    double      threshold;
    std::size_t true_positives;   ///< members at or above the threshold
    std::size_t false_positives;  ///< nulls at or above it
    double      tpr;              ///< true_positives / members
    double      fpr;              ///< false_positives / nulls

    friend auto operator==(roc_point const&, roc_point const&) -> bool = default;
};

/// The whole curve of `members` against `nulls`, larger = member: from (0, 0) at threshold +infinity to
/// (1, 1), one point for each distinct score, thresholds falling. No point is dropped, also not on
/// straight stretches: with ties, rates that are read off dropped points come out wrong.
/// Throws errc::empty_input, errc::not_a_number. O(n) for most data, O(n log n) at worst; memory for ten bytes a score beside the curve's 40 a point.
/// Source: scikit-learn's roc_curve, drop_intermediate=False.
[[nodiscard]] inline auto roc_curve(std::span<double const> members, std::span<double const> nulls) -> std::vector<roc_point> {
    detail::require_sample(members, "hallmark::roc_curve", "members");
    detail::require_sample(nulls, "hallmark::roc_curve", "nulls");
    auto       order  = detail::pooled_order(members, nulls);
    auto const points = 1 + order.sort();
    auto       out    = std::vector<roc_point>();
    // No huge pages here, as for the memory to sort in: for so much, used once, they took three times as long where a virtual machine asks its host.
    out.reserve(points);
    out.push_back({std::numeric_limits<double>::infinity(), 0, 0, 0.0, 0.0});
    auto const ups = static_cast<double>(members.size()), downs = static_cast<double>(nulls.size());
    // Equal scores cannot be told apart by any threshold: they are one point.
    order.visit_down([&](std::span<detail::value_group const> groups) {
        for (auto const& g : groups) {
            out.push_back({g.value, g.first, g.second, static_cast<double>(g.first) / ups, static_cast<double>(g.second) / downs});
        }
    });
    return out;
}

/// The curve without the points that are as far from the one before as from the one after, in the same direction, for drawing: the same line, often with far
/// fewer points. (A straight stretch of unequal steps keeps its points, as in scikit-learn.) Do not read rates off it. O(points). Source: scikit-learn's
/// roc_curve, drop_intermediate=True.
[[nodiscard]] inline auto drop_intermediate(std::span<roc_point const> curve) -> std::vector<roc_point> {
    auto out = std::vector<roc_point>();
    for (std::size_t i = 0; i < curve.size(); ++i) {
        // The first point has no score of its own, and the straight line that it is the end of is not looked at.
        auto const bend = i <= 1 || i + 1 == curve.size() ||
                          curve[i].true_positives - curve[i - 1].true_positives != curve[i + 1].true_positives - curve[i].true_positives ||
                          curve[i].false_positives - curve[i - 1].false_positives != curve[i + 1].false_positives - curve[i].false_positives;
        if (bend) {
            out.push_back(curve[i]);
        }
    }
    return out;
}

/// The area under the curve: the chance that a member scores above a null, a tie counting one half. In
/// [0, 1], 0.5 where the score says nothing. Counted in integers, so it is the nearest double.
/// Throws errc::empty_input, errc::not_a_number. O(n) for most data, O(n log n) at worst. Source: Hanley & McNeil 1982 (= Mann–Whitney U/(nm)).
[[nodiscard]] inline auto auc(std::span<double const> members, std::span<double const> nulls) -> double {
    detail::require_sample(members, "hallmark::auc", "members");
    detail::require_sample(nulls, "hallmark::auc", "nulls");
    return static_cast<double>(detail::count_pairs(members, nulls).doubled_wins) /
           (2.0 * static_cast<double>(members.size()) * static_cast<double>(nulls.size()));
}

/// The area under a whole curve from roc_curve (not under one with dropped ends), without going back to the scores. The same double as auc
/// of the scores. Throws errc::out_of_domain where the curve is not a whole one. O(points).
[[nodiscard]] inline auto auc(std::span<roc_point const> curve) -> double {
    detail::require(curve.size() >= 2 && curve.front().true_positives == 0 && curve.front().false_positives == 0 && curve.back().true_positives > 0 &&
                        curve.back().false_positives > 0,
                    errc::out_of_domain, "hallmark::auc: the curve has ", curve.size(), " points; allowed is a whole one, from roc_curve");
    std::uint64_t doubled = 0;
    for (std::size_t i = 1; i < curve.size(); ++i) {
        detail::require(curve[i].false_positives >= curve[i - 1].false_positives && curve[i].true_positives >= curve[i - 1].true_positives, errc::out_of_domain,
                        "hallmark::auc: the rates fall at point ", i, " of the curve; allowed are rising ones, from roc_curve");
        doubled += static_cast<std::uint64_t>(curve[i].false_positives - curve[i - 1].false_positives) *
                   static_cast<std::uint64_t>(curve[i].true_positives + curve[i - 1].true_positives);
    }
    return static_cast<double>(doubled) / (2.0 * static_cast<double>(curve.back().true_positives) * static_cast<double>(curve.back().false_positives));
}

}  // namespace hallmark::inline v0
