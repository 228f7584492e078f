// What share of a data set was a model trained on? The debiased estimate of dataset usage, with an interval.
#pragma once

#include <hallmark/stats/clopper_pearson.hpp>
#include <hallmark/stats/finite.hpp>

#include <cstddef>
#include <limits>
#include <span>

namespace hallmark::inline v0 {

/// Of `trials` samples, `hits` were called members.
struct hit_count {
    std::size_t hits   = 0;
    std::size_t trials = 0;
};

/// How many scores are at the threshold or above: what a membership attack calls members, as on a roc_curve and by tpr_at_fpr, whose threshold
/// may be +infinity: none. O(n). Throws errc::empty_input,
/// errc::not_a_number.
[[nodiscard]] inline auto count_hits(std::span<double const> scores, double threshold) -> hit_count {
    detail::require_sample(scores, "hallmark::count_hits", "scores");
    auto out = hit_count{0, scores.size()};
    if (threshold > std::numeric_limits<double>::max()) {
        return out;  // tpr_at_fpr's threshold where nothing may be called a member
    }
    detail::require_finite(threshold, "hallmark::count_hits", "threshold");
    for (auto const s : scores) {
        out.hits += s >= threshold ? 1u : 0u;
    }
    return out;
}

struct proportion_result {
    double   estimate;    ///< (hit rate - FPR)/(TPR - FPR), cut to [0, 1]
    double   raw;         ///< the same before it is cut: unbiased where the rates are known, not where they are counted
    interval used;        ///< holds the true share with chance at least `confidence`
    double   confidence;  ///< in (0, 1)
};

namespace detail {
[[nodiscard]] inline auto cut_to_unit(double x) noexcept -> double { return x < 0.0 ? 0.0 : x > 1.0 ? 1.0 : x; }
}  // namespace detail

/// The share of a data set that was trained on, from the hit rate of an attack whose rates are known: if a share q was used, the hit rate is
/// q·TPR + (1 - q)·FPR. `tpr` and `fpr` are the attack's rates on samples of this kind, tpr > fpr.
///
/// The interval is Clopper & Pearson's for the hit rate, carried over: the hits are a sum of independent draws of two rates, which varies no more than a
/// binomial one (Hoeffding 1956). It treats the rates as exact; with counts in their place use the other overload. O(1).
/// Throws errc::empty_input for no trials, errc::out_of_domain for hits > trials, rates outside [0, 1], tpr <= fpr, or confidence outside (0, 1).
/// Source: Tong, Ye, Zarifzadeh & Shokri 2025 (DUCI).
[[nodiscard]] inline auto proportion_used(hit_count set, double tpr, double fpr, double confidence) -> proportion_result {
    detail::require_rate(set.hits, set.trials, confidence, "hallmark::proportion_used");
    detail::require_fraction(tpr, "hallmark::proportion_used", "tpr");
    detail::require_fraction(fpr, "hallmark::proportion_used", "fpr");
    detail::require(tpr > fpr, errc::out_of_domain, "hallmark::proportion_used: tpr is ", tpr, " and fpr is ", fpr,
                    "; allowed is a tpr above fpr, or hits say nothing");
    auto const rate = clopper_pearson(set.hits, set.trials, confidence);
    auto const raw  = (static_cast<double>(set.hits) / static_cast<double>(set.trials) - fpr) / (tpr - fpr);
    return {detail::cut_to_unit(raw),
            raw,
            {detail::cut_to_unit((rate.lower - fpr) / (tpr - fpr)), detail::cut_to_unit((rate.upper - fpr) / (tpr - fpr))},
            confidence};
}

/// The same with rates that were counted themselves, on reference members and non-members that none of the set's samples is among. The three
/// intervals hold together with chance at least `confidence` (each misses a third of the rest, by Bonferroni), and so does the
/// result, which is the worst case over them; [0, 1] where the counts do not even tell tpr from fpr. `raw` is a ratio of counts here, and biased: with a TPR of
/// 0.6 and an FPR of 0.3, each counted on ten samples, its mean is 1.10 where all were used. Trust the interval.
[[nodiscard]] inline auto proportion_used(hit_count set, hit_count members, hit_count nulls, double confidence) -> proportion_result {
    detail::require_rate(set.hits, set.trials, confidence, "hallmark::proportion_used");
    detail::require_rate(members.hits, members.trials, confidence, "hallmark::proportion_used");
    detail::require_rate(nulls.hits, nulls.trials, confidence, "hallmark::proportion_used");
    auto const rate_of = [](hit_count c) { return static_cast<double>(c.hits) / static_cast<double>(c.trials); };
    auto const tpr = rate_of(members), fpr = rate_of(nulls);
    detail::require(tpr > fpr, errc::out_of_domain, "hallmark::proportion_used: tpr is ", tpr, " and fpr is ", fpr,
                    "; allowed is a tpr above fpr, or hits say nothing");
    auto const each = 1.0 - (1.0 - confidence) / 3.0;
    auto const r = clopper_pearson(set.hits, set.trials, each), t = clopper_pearson(members.hits, members.trials, each),
               f   = clopper_pearson(nulls.hits, nulls.trials, each);
    auto const raw = (rate_of(set) - fpr) / (tpr - fpr);
    auto       out = proportion_result{detail::cut_to_unit(raw), raw, {0.0, 1.0}, confidence};
    if (t.lower > f.upper) {
        // (r - f)/(t - f) rises with r, and falls with t; for r below t it falls with f, too, so the ends are at the corners.
        out.used = {detail::cut_to_unit((r.lower - f.upper) / (t.upper - f.upper)), detail::cut_to_unit((r.upper - f.lower) / (t.lower - f.lower))};
    }
    return out;
}

}  // namespace hallmark::inline v0
