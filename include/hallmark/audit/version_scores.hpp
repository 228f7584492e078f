// Part of the audits over versions: scores of what was and could have been published, and what can be counted in them.
#pragma once

#include <hallmark/aggregate/concept.hpp>
#include <hallmark/audit/null_checks.hpp>
#include <hallmark/audit/verdict.hpp>
#include <hallmark/error.hpp>
#include <hallmark/stats/finite.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace hallmark::inline v0 {

/// One score per version and sample, version by version; version 0 is the published one.
struct version_scores {
    std::size_t         samples = 0;
    std::vector<double> values;      ///< versions · samples of them
    std::vector<double> blind = {};  ///< a score of each version that was made without the model, or nothing; score_versions gives the mean level

    [[nodiscard]] auto versions() const noexcept -> std::size_t { return samples == 0 ? 0 : values.size() / samples; }
    [[nodiscard]] auto version(std::size_t v) const noexcept -> std::span<double const> { return std::span(values).subspan(v * samples, samples); }
};

namespace detail {

inline void require_versions(version_scores const& scores, std::string_view who) {
    require(scores.samples > 0, errc::empty_input, who, ": the set has no samples");
    require(scores.values.size() % scores.samples == 0, errc::shape_mismatch, who, ": there are ", scores.values.size(),
            " scores, which is not a multiple of the ", scores.samples, " samples");
    require(scores.versions() >= 2, errc::empty_input, who, ": there are ", scores.versions(),
            " versions; allowed is the published one and at least one withheld");
    require_sample(scores.values, who, "scores");
    require(scores.blind.empty() || scores.blind.size() == scores.versions(), errc::shape_mismatch, who, ": there are ", scores.blind.size(),
            " blind scores for ", scores.versions(), " versions");
    if (!scores.blind.empty()) {
        require_sample(scores.blind, who, "blind");
    }
}

/// One score for each version.
template <aggregator Aggregator>
[[nodiscard]] auto aggregate_versions(version_scores const& scores, Aggregator const& empty) -> std::vector<double> {
    std::vector<double> sets(scores.versions());
    for (std::size_t v = 0; v < sets.size(); ++v) {
        auto set = empty;
        for (auto s : scores.version(v)) {
            set.push(s);
        }
        sets[v] = set.value();
    }
    return sets;
}

struct beaten_counts {
    std::vector<std::size_t> by_published;  ///< for each sample, the withheld versions that score strictly lower
    std::vector<std::size_t> of_published;  ///< for each sample, the withheld versions that score strictly higher
    std::vector<double>      in_all;        ///< for each version, how many others it beats, over all samples
};
[[nodiscard]] inline auto versions_beaten(version_scores const& scores) -> beaten_counts {
    beaten_counts out{std::vector<std::size_t>(scores.samples, 0), std::vector<std::size_t>(scores.samples, 0), std::vector<double>(scores.versions(), 0.0)};
    std::vector<double> sorted(scores.versions());
    for (std::size_t i = 0; i < scores.samples; ++i) {
        for (std::size_t v = 0; v < sorted.size(); ++v) {
            sorted[v] = scores.version(v)[i];
        }
        std::sort(sorted.begin(), sorted.end());
        for (std::size_t v = 0; v < sorted.size(); ++v) {
            auto const below = static_cast<std::size_t>(std::lower_bound(sorted.begin(), sorted.end(), scores.version(v)[i]) - sorted.begin());
            out.in_all[v] += static_cast<double>(below);
            if (v == 0) {
                out.by_published[i] = below;
                out.of_published[i] = static_cast<std::size_t>(sorted.end() - std::upper_bound(sorted.begin(), sorted.end(), scores.version(0)[i]));
            }
        }
    }
    return out;
}

/// Sample by sample, the scores of the withheld versions.
[[nodiscard]] inline auto withheld_by_sample(version_scores const& scores) -> std::vector<double> {
    std::vector<double> out;
    out.reserve(scores.values.size() - scores.samples);
    for (std::size_t i = 0; i < scores.samples; ++i) {
        for (std::size_t v = 1; v < scores.versions(); ++v) {
            out.push_back(scores.version(v)[i]);
        }
    }
    return out;
}

/// The self-checks that every audit over versions makes. `withheld`: a number for each of them.
inline void check_versions(verdict& v, silenced_checks const& silenced, version_scores const& scores, std::span<double const> withheld) {
    check_homogeneity(v, silenced, withheld, "withheld versions", false);
    auto const blind = std::span(scores.blind);
    check_blind(v, silenced, blind.empty() ? 0.0 : blind[0], blind.empty() ? blind : blind.subspan(1), "withheld versions");
}
}  // namespace detail

}  // namespace hallmark::inline v0
