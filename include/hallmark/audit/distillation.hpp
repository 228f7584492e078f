// The distillation audit: the suspect is a student that may never have seen the published pictures themselves.
#pragma once

#include <hallmark/aggregate/groups.hpp>
#include <hallmark/aggregate/mean.hpp>
#include <hallmark/audit/counterfactual.hpp>
#include <hallmark/audit/verdict.hpp>
#include <hallmark/audit/version_scores.hpp>
#include <hallmark/core/offsets.hpp>
#include <hallmark/mark/parameters.hpp>

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace hallmark::inline v0 {

/// Membership shows in a student of a model that was trained on the pictures even when the student was asked about look-alikes
/// only (Jagielski et al. 2023). So each published picture is represented by a group of query pictures: crops, other photographs
/// of the same thing, whatever the owner chose before looking, every one marked with the key and version of its picture.
///
/// `scores` has one sample for each look-alike; group g, of picture g, is look-alikes offsets[g] to offsets[g + 1] − 1. A group counts as one
/// sample, its mean: look-alikes of one picture share its key and are not draws of their own. Then as counterfactual_audit.
/// Throws for offsets that do not rise from 0 to the number of look-alikes or leave a group empty, and as counterfactual_audit does.
template <aggregator Aggregator = mean>
[[nodiscard]] auto distillation_audit(version_scores const& scores, std::span<std::size_t const> offsets, key_design design, double alpha,
                                      Aggregator const& empty = {}, silenced_checks const& silenced = {}) -> verdict {
    constexpr std::string_view who = "hallmark::distillation_audit";
    detail::require_versions(scores, who);
    detail::require_offsets(offsets, scores.samples, who, "the group of picture", "look-alikes");
    version_scores pictures{offsets.size() - 1, {}, scores.blind};
    pictures.values.reserve(pictures.samples * scores.versions());
    for (std::size_t v = 0; v < scores.versions(); ++v) {
        auto const means = aggregate_groups(mean{}, scores.version(v), offsets);
        pictures.values.insert(pictures.values.end(), means.begin(), means.end());
    }
    auto out  = counterfactual_audit(pictures, design, alpha, empty, silenced);
    out.audit = "distillation, " + out.audit;
    return out;
}

}  // namespace hallmark::inline v0
