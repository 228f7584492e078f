// The counterfactual audit: does the published mark score higher than marks that could have been published?
#pragma once

#include <hallmark/aggregate/concept.hpp>
#include <hallmark/aggregate/mean.hpp>
#include <hallmark/audit/null_checks.hpp>
#include <hallmark/audit/score_versions.hpp>
#include <hallmark/audit/verdict.hpp>
#include <hallmark/audit/version_scores.hpp>
#include <hallmark/error.hpp>
#include <hallmark/model/concept.hpp>
#include <hallmark/signal/concept.hpp>
#include <hallmark/signal/cross_entropy.hpp>
#include <hallmark/stats/clopper_pearson.hpp>
#include <hallmark/stats/rank.hpp>
#include <hallmark/stats/rank_sum.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

/// The audit from scores alone.
///
/// Valid in finite samples whatever the model and the data: when the model never saw the published marks,
/// which of the B + 1 versions was published is independent of the scores, so the published one is equally
/// likely to stand at any rank. What it needs is that the key was drawn at random, before and independently
/// of the model, and committed to. Ties count against the auditor.
///
/// `shared`: the user's samples share one key, so the user is a single draw. The statistic is the aggregate of
/// the published version, p = (1 + #{withheld ≥ published}) / (B + 1).
/// `independent`: every sample has a draw of its own. The statistic is the sum over samples of how many
/// withheld versions the published one beats; p is exact by convolution and can go down to (B + 1)^-samples.
///
/// Self-checks: null_homogeneity, blind_baseline, too_few_nulls, orientation, and for independent keys independent_coins.
/// Throws on fewer than two versions, scores that are no numbers, or a length that is not versions · samples.
template <aggregator Aggregator = mean>
[[nodiscard]] auto counterfactual_audit(version_scores const& scores, key_design design, double alpha, Aggregator const& empty = {},
                                        silenced_checks const& silenced = {}) -> verdict {
    constexpr std::string_view who = "hallmark::counterfactual_audit";
    detail::require_alpha(alpha, who);
    detail::require_versions(scores, who);
    auto const sets     = detail::aggregate_versions(scores, empty);
    auto const compared = std::span(sets).subspan(1);
    auto const shared   = rank_test(sets[0], compared);
    auto       out      = verdict{.audit      = "counterfactual, shared key",
                                  .alpha      = alpha,
                                  .statistic  = sets[0],
                                  .p_value    = shared.p_value,
                                  .smallest_p = shared.smallest_p,
                                  .n          = scores.samples,
                                  .null_size  = shared.nulls,
                                  .hits       = shared.hits};
    if (design == key_design::shared) {
        out.false_alarm_rate = {0.0, clopper_pearson_upper(shared.hits, shared.nulls, detail::bound_confidence)};
        detail::decide(out, "withheld keys", shared.nulls, 1, silenced);
        detail::check_versions(out, silenced, scores, compared);
        detail::check_orientation(out, silenced, out.statistic, compared, "withheld versions");
    } else {
        auto const beaten = detail::versions_beaten(scores);
        auto const r      = rank_sum_test(std::span(beaten.by_published), shared.nulls);
        out.audit         = "counterfactual, independent keys";
        out.statistic     = static_cast<double>(r.statistic);
        out.p_value       = r.p_value;
        out.smallest_p    = r.smallest_p;
        out.hits = static_cast<std::size_t>(std::count_if(beaten.in_all.begin() + 1, beaten.in_all.end(), [&](double b) { return b >= beaten.in_all[0]; }));
        out.false_alarm_rate = {0.0, r.p_value};  // exact: the distribution under the null is known
        detail::decide(out, "withheld keys", shared.nulls, scores.samples, silenced);
        detail::check_versions(out, silenced, scores, std::span(beaten.in_all).subspan(1));
        detail::check_low_ranks(out, silenced, r, beaten.of_published);
        detail::check_coins(out, silenced, detail::withheld_by_sample(scores), shared.nulls);
    }
    return out;
}

/// The whole audit of one user: marks the originals again, asks the model, and compares. Uses the marker's own design. With keys of their own,
/// the self-check shared_pictures, too: pictures with one number in options.samples have one key.
template <class Marker, model Model, tensor Pictures, signal Signal = neg_cross_entropy, aggregator Aggregator = mean>
[[nodiscard]] auto counterfactual_audit(Model&& m, Marker const& marker, Pictures const& originals, std::span<std::size_t const> labels, user_id user,
                                        counterfactual_options const& options, Signal const& s = {}, Aggregator const& empty = {}) -> verdict {
    detail::require_alpha(options.alpha, "hallmark::counterfactual_audit");
    auto const scores = score_versions(m, marker, originals, labels, user, options, s);
    auto       out    = counterfactual_audit(scores, marker.design(), options.alpha, empty, options.silenced);
    out.queries       = scores.values.size();
    if (marker.design() == key_design::independent) {  // not of scores alone: look-alikes of one picture share its number on purpose
        detail::check_sample_numbers(out, options.silenced, options.samples, labels.size());
    }
    return out;
}

}  // namespace hallmark::inline v0
