// The ROC curve of a membership score, the area under it, and the two rates people quote from it.
#pragma once

#include <hallmark/stats/clopper_pearson.hpp>
#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/pair_count.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>
#include <string_view>
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

/// A rate read off the curve, `hits` of `trials`, at the `threshold` it belongs to. `ci` is its
/// Clopper–Pearson interval for that threshold; the threshold was chosen on the same scores, which the
/// interval does not know: to be strict, choose it on one half and read the rate off the other.
struct rate {
    double      value;
    std::size_t hits;
    std::size_t trials;
    interval    ci;
    double      threshold;  ///< +infinity where nothing at all may be called a member

    friend auto operator==(rate const&, rate const&) -> bool = default;
};

namespace detail {
[[nodiscard]] inline auto roc_points(std::span<double const> members, std::span<double const> nulls, std::string_view function) -> std::vector<roc_point> {
    require_sample(members, function, "members");
    require_sample(nulls, function, "nulls");
    auto       up         = std::vector<double>(members.begin(), members.end());
    auto       down       = std::vector<double>(nulls.begin(), nulls.end());
    auto const descending = [](double x, double y) { return x > y; };
    std::sort(up.begin(), up.end(), descending);
    std::sort(down.begin(), down.end(), descending);

    auto points = std::vector<roc_point>{{std::numeric_limits<double>::infinity(), 0, 0, 0.0, 0.0}};
    for (std::size_t i = 0, j = 0; i < up.size() || j < down.size();) {
        // One point for each distinct score: equal scores cannot be told apart by any threshold.
        auto const threshold = j == down.size() || (i < up.size() && up[i] >= down[j]) ? up[i] : down[j];
        while (i < up.size() && up[i] == threshold) {
            ++i;
        }
        while (j < down.size() && down[j] == threshold) {
            ++j;
        }
        points.push_back({threshold, i, j, static_cast<double>(i) / static_cast<double>(up.size()), static_cast<double>(j) / static_cast<double>(down.size())});
    }
    return points;
}
}  // namespace detail

/// The whole curve of `members` against `nulls`, larger = member: from (0, 0) at threshold +infinity to
/// (1, 1), one point for each distinct score, thresholds falling. No point is dropped, also not on
/// straight stretches: with ties, dropped points make the rates below come out wrong.
/// Throws errc::empty_input, errc::not_a_number. O(n log n). Source: scikit-learn's roc_curve, drop_intermediate=False.
[[nodiscard]] inline auto roc_curve(std::span<double const> members, std::span<double const> nulls) -> std::vector<roc_point> {
    return detail::roc_points(members, nulls, "hallmark::roc_curve");
}

/// The area under the curve: the chance that a member scores above a null, a tie counting one half. In
/// [0, 1], 0.5 where the score says nothing. Counted in integers, so it is the nearest double.
/// Throws errc::empty_input, errc::not_a_number. O(n log n). Source: Hanley & McNeil 1982 (= Mann–Whitney U/(nm)).
[[nodiscard]] inline auto auc(std::span<double const> members, std::span<double const> nulls) -> double {
    detail::require_sample(members, "hallmark::auc", "members");
    detail::require_sample(nulls, "hallmark::auc", "nulls");
    auto const pairs = static_cast<double>(members.size()) * static_cast<double>(nulls.size());
    return static_cast<double>(detail::count_pairs(members, nulls).doubled_wins) / (2.0 * pairs);
}

/// The largest TPR over all thresholds with FPR <= `most_fpr`, in [0, 1]; of equally good thresholds
/// the highest. hits and trials count members. Throws errc::out_of_domain for a `most_fpr` outside
/// [0, 1] or a confidence outside (0, 1), errc::empty_input, errc::not_a_number. O(n log n).
[[nodiscard]] inline auto tpr_at_fpr(std::span<double const> members, std::span<double const> nulls, double most_fpr, double confidence = 0.95) -> rate {
    detail::require_fraction(most_fpr, "hallmark::tpr_at_fpr", "most_fpr");
    detail::require_open_fraction(confidence, "hallmark::tpr_at_fpr", "confidence");
    auto const points = detail::roc_points(members, nulls, "hallmark::tpr_at_fpr");
    auto       best   = points.front();
    for (auto const& p : points) {
        if (p.fpr <= most_fpr && p.true_positives > best.true_positives) {
            best = p;
        }
    }
    return {best.tpr, best.true_positives, members.size(), clopper_pearson(best.true_positives, members.size(), confidence), best.threshold};
}

/// The least FPR over all thresholds with TPR >= `least_tpr`, in [0, 1]; of equally good thresholds the
/// highest. hits and trials count nulls. A value of 0 is not "0 %": its interval says what it is.
/// Errors and cost as tpr_at_fpr.
[[nodiscard]] inline auto fpr_at_tpr(std::span<double const> members, std::span<double const> nulls, double least_tpr, double confidence = 0.95) -> rate {
    detail::require_fraction(least_tpr, "hallmark::fpr_at_tpr", "least_tpr");
    detail::require_open_fraction(confidence, "hallmark::fpr_at_tpr", "confidence");
    auto const points = detail::roc_points(members, nulls, "hallmark::fpr_at_tpr");
    auto       best   = points.begin();
    while (best->tpr < least_tpr) {  // ends at the last point, whose TPR is 1
        ++best;
    }
    return {best->fpr, best->false_positives, nulls.size(), clopper_pearson(best->false_positives, nulls.size(), confidence), best->threshold};
}

}  // namespace hallmark::inline v0
