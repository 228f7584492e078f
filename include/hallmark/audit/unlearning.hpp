// The unlearning audit: after a deletion request, does the model still know the set?
#pragma once

#include <hallmark/audit/counterfactual.hpp>
#include <hallmark/audit/population.hpp>
#include <hallmark/audit/verdict.hpp>
#include <hallmark/audit/version_scores.hpp>
#include <hallmark/mark/parameters.hpp>

#include <span>
#include <string>

namespace hallmark::inline v0 {

namespace detail {
[[nodiscard]] inline auto after_deletion(verdict const& before, verdict after) -> verdict {
    after.audit = "unlearning, " + after.audit;
    after.warnings.push_back(sentence("Before the deletion the same audit gave p = ", before.p_value, " (", name_of(before.outcome), ")."));
    if (before.outcome != decision::shown && after.outcome == decision::not_shown) {
        after.warnings.push_back("Nothing was shown before the deletion either, so that nothing is shown after it says nothing about the deletion.");
    }
    return after;
}
}  // namespace detail

/// The counterfactual audit of the model after the deletion, beside that of the model before it: `shown` means that the model
/// still prefers the published marks. "Not shown" is no proof of deletion: the audit may be too weak, which the p-value before
/// the deletion tells. Scores of both models, of the same versions. Throws as counterfactual_audit does.
template <aggregator Aggregator = mean>
[[nodiscard]] auto unlearning_audit(version_scores const& before, version_scores const& after, key_design design, double alpha, Aggregator const& empty = {},
                                    silenced_checks const& silenced = {}) -> verdict {
    detail::require(before.samples == after.samples, errc::shape_mismatch, "hallmark::unlearning_audit: there are ", before.samples,
                    " samples before the deletion and ", after.samples, " after it");
    auto const was = counterfactual_audit(before, design, alpha, empty, silenced);
    return detail::after_deletion(was, counterfactual_audit(after, design, alpha, empty, silenced));
}

/// The same with null sets, scored by both models. Everything in `options` holds for both.
[[nodiscard]] inline auto unlearning_audit(double before, std::span<double const> nulls_before, double after, std::span<double const> nulls_after,
                                           population_options const& options) -> verdict {
    auto const was = population_audit(before, nulls_before, options);
    return detail::after_deletion(was, population_audit(after, nulls_after, options));
}

}  // namespace hallmark::inline v0
