// The population audit: does the set score higher than sets that were certainly not trained on?
#pragma once

#include <hallmark/audit/verdict.hpp>
#include <hallmark/error.hpp>
#include <hallmark/stats/clopper_pearson.hpp>
#include <hallmark/stats/rank.hpp>

#include <cstddef>
#include <span>

namespace hallmark::inline v0 {

struct population_options {
    double      alpha    = 0.05;  ///< accepted rate of false alarms
    std::size_t samples  = 0;     ///< samples in the set, for the report
    std::size_t disjoint = 0;     ///< how many null sets share no picture with another; 0: all of them
};

/// p = (1 + #{null ≥ observed}) / (nulls + 1), exact if the set, untrained on, would be exchangeable with the
/// null sets: other users' sets of the same class (or mix of classes) and size, marked the same way with
/// their own keys, and not trained on (Chen & Pattabiraman 2025). Ties count against the auditor.
///
/// `false_alarm_rate.upper` bounds the chance that a set from the null population reaches `observed`: with no
/// hit among n sets it is 1 − 0.05^(1/n), never 0.
///
/// Throws on an empty null population, NaN, alpha outside (0, 1). Cost: one pass over the nulls.
[[nodiscard]] inline auto population_audit(double observed, std::span<double const> nulls, population_options const& options) -> verdict {
    constexpr std::string_view who = "hallmark::population_audit";
    detail::require_alpha(options.alpha, who);
    detail::require(!nulls.empty(), errc::empty_input, who, ": there are no null sets to compare with");
    detail::require(options.disjoint <= nulls.size(), errc::out_of_domain, who, ": ", options.disjoint,
                    " null sets are said to be disjoint and there are only ", nulls.size());
    auto const r = rank_test(observed, nulls);
    auto out     = verdict{"population rank", decision::not_shown, options.alpha, observed, r.p_value, r.smallest_p, options.samples, r.nulls, r.hits, {}, {}};

    auto trials = nulls.size();
    auto hits   = r.hits;
    if (options.disjoint != 0 && options.disjoint < trials) {
        // Sets that share pictures rise and fall together, so they are worth fewer trials than there are of them.
        hits = (hits * options.disjoint + trials - 1) / trials;
        out.warnings.push_back(detail::sentence("Only ", options.disjoint, " of the ", trials,
                                                " null sets share no pictures with others; the bound on the false-alarm rate counts ", options.disjoint,
                                                " sets."));
        trials = options.disjoint;
    }
    out.false_alarm_rate = {0.0, clopper_pearson_upper(hits, trials, detail::bound_confidence)};
    detail::decide(out, "null sets", 1);
    return out;
}

}  // namespace hallmark::inline v0
