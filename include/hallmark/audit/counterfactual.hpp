// The counterfactual audit: does the published mark score higher than marks that could have been published?
#pragma once

#include <hallmark/aggregate/concept.hpp>
#include <hallmark/aggregate/mean.hpp>
#include <hallmark/audit/verdict.hpp>
#include <hallmark/core/image_batch.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/mark/marker.hpp>
#include <hallmark/model/concept.hpp>
#include <hallmark/signal/batched.hpp>
#include <hallmark/signal/concept.hpp>
#include <hallmark/signal/cross_entropy.hpp>
#include <hallmark/stats/clopper_pearson.hpp>
#include <hallmark/stats/rank.hpp>
#include <hallmark/stats/rank_sum.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

/// One score per version and sample, version by version; version 0 is the published one.
struct version_scores {
    std::size_t         samples = 0;
    std::vector<double> values;  ///< versions · samples of them

    [[nodiscard]] auto versions() const noexcept -> std::size_t { return samples == 0 ? 0 : values.size() / samples; }
    [[nodiscard]] auto version(std::size_t v) const noexcept -> std::span<double const> { return std::span(values).subspan(v * samples, samples); }
};

struct counterfactual_options {
    double                         alpha        = 0.05;  ///< accepted rate of false alarms
    std::uint32_t                  withheld     = 999;   ///< B: how many other marks to compare with; the least p is 1/(B + 1)
    std::size_t                    batch_size   = 256;   ///< pictures the model is asked about at a time
    std::uint64_t                  first_sample = 0;     ///< as in mark_options when the pictures were published
    std::span<std::uint64_t const> samples      = {};    ///< likewise
};

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
/// Throws on fewer than two versions, scores that are no numbers, or a length that is not versions · samples.
template <aggregator Aggregator = mean>
[[nodiscard]] auto counterfactual_audit(version_scores const& scores, key_design design, double alpha, Aggregator const& empty = {}) -> verdict {
    constexpr std::string_view who = "hallmark::counterfactual_audit";
    detail::require_alpha(alpha, who);
    detail::require(scores.samples > 0, errc::empty_input, who, ": the set has no samples");
    detail::require(scores.values.size() % scores.samples == 0, errc::shape_mismatch, who, ": there are ", scores.values.size(),
                    " scores, which is not a multiple of the ", scores.samples, " samples");
    detail::require(scores.versions() >= 2, errc::empty_input, who, ": there are ", scores.versions(),
                    " versions; allowed is the published one and at least one withheld");
    detail::require_sample(scores.values, who, "scores");
    auto const withheld = scores.versions() - 1;

    std::vector<double> sets(scores.versions());
    for (std::size_t v = 0; v < sets.size(); ++v) {
        auto set = empty;
        for (auto s : scores.version(v)) {
            set.push(s);
        }
        sets[v] = set.value();
    }
    auto const shared = rank_test(sets[0], std::span<double const>(sets).subspan(1));
    auto       out    = verdict{
        "counterfactual, shared key", decision::not_shown, alpha, sets[0], shared.p_value, shared.smallest_p, scores.samples, withheld, shared.hits, {}, {}};
    if (design == key_design::shared) {
        out.false_alarm_rate = {0.0, clopper_pearson_upper(shared.hits, withheld, detail::bound_confidence)};
        detail::decide(out, "withheld keys", 1);
        return out;
    }

    std::vector<std::size_t> below(scores.samples, 0);
    for (std::size_t i = 0; i < scores.samples; ++i) {
        for (std::size_t v = 1; v <= withheld; ++v) {
            below[i] += scores.version(v)[i] < scores.version(0)[i] ? 1u : 0u;
        }
    }
    auto const r         = rank_sum_test(below, withheld);
    out.audit            = "counterfactual, independent keys";
    out.statistic        = static_cast<double>(r.statistic);
    out.p_value          = r.p_value;
    out.smallest_p       = r.smallest_p;
    out.false_alarm_rate = {0.0, r.p_value};  // exact: the distribution under the null is known
    detail::decide(out, "withheld keys", scores.samples);
    return out;
}

namespace detail {
struct no_progress {
    void operator()(std::size_t, std::size_t) const noexcept {}
};
}  // namespace detail

/// Scores the published and B withheld versions of the originals: `marker` marks them again and again, the
/// model is asked about each. `progress(done, total)` is called after each version. Cost: (B + 1) · samples
/// queries; memory for one version and one batch.
template <class Marker, model Model, tensor Pictures, signal Signal = neg_cross_entropy, class Progress = detail::no_progress>
[[nodiscard]] auto score_versions(Model&& m, Marker const& marker, Pictures const& originals, std::span<std::size_t const> labels, user_id user,
                                  counterfactual_options const& options, Signal const& s = {}, Progress&& progress = {}) -> version_scores {
    constexpr std::string_view who = "hallmark::score_versions";
    detail::require(options.withheld >= 1, errc::out_of_domain, who, ": options.withheld is 0; allowed is 1 or more withheld keys");
    detail::require(options.withheld < 0xffffffffu, errc::out_of_domain, who, ": options.withheld is ", options.withheld, "; allowed is up to 4294967294");
    batched_scorer scorer(m, s, options.batch_size);
    detail::with_view(originals, [&](auto v) {
        image_batch<typename std::remove_cvref_t<decltype(v)>::value_type> marked(v.samples(), v.channels(), v.height(), v.width());
        for (std::uint32_t version = 0; version <= options.withheld; ++version) {
            marker.into(marked, v, user, mark_options{version, options.first_sample, options.samples});
            scorer.push(std::as_const(marked).view(), labels);
            progress(static_cast<std::size_t>(version) + 1, static_cast<std::size_t>(options.withheld) + 1);
        }
    });
    return {labels.size(), scorer.take()};
}

/// The whole audit of one user: marks the originals again, asks the model, and compares. Uses the marker's own design.
template <class Marker, model Model, tensor Pictures, signal Signal = neg_cross_entropy, aggregator Aggregator = mean>
[[nodiscard]] auto counterfactual_audit(Model&& m, Marker const& marker, Pictures const& originals, std::span<std::size_t const> labels, user_id user,
                                        counterfactual_options const& options, Signal const& s = {}, Aggregator const& empty = {}) -> verdict {
    detail::require_alpha(options.alpha, "hallmark::counterfactual_audit");
    return counterfactual_audit(score_versions(m, marker, originals, labels, user, options, s), marker.design(), options.alpha, empty);
}

}  // namespace hallmark::inline v0
