// The counterfactual audit: does the published mark score higher than marks that could have been published?
#pragma once

#include <hallmark/aggregate/concept.hpp>
#include <hallmark/aggregate/mean.hpp>
#include <hallmark/audit/null_checks.hpp>
#include <hallmark/audit/verdict.hpp>
#include <hallmark/audit/version_scores.hpp>
#include <hallmark/core/image_batch.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/mark/marker.hpp>
#include <hallmark/model/concept.hpp>
#include <hallmark/random/key_tree.hpp>
#include <hallmark/random/uniform.hpp>
#include <hallmark/signal/batched.hpp>
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

struct counterfactual_options {
    double                         alpha        = 0.05;  ///< accepted rate of false alarms
    std::uint32_t                  withheld     = 999;   ///< B: how many other marks to compare with; the least p is 1/(B + 1)
    std::size_t                    batch_size   = 256;   ///< pictures the model is asked about at a time
    std::uint64_t                  first_sample = 0;     ///< as in mark_options when the pictures were published
    std::span<std::uint64_t const> samples      = {};    ///< likewise
    silenced_checks                silenced     = {};
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
    auto       out      = verdict{"counterfactual, shared key",
                       decision::not_shown,
                       alpha,
                       sets[0],
                       shared.p_value,
                       shared.smallest_p,
                       scores.samples,
                       shared.nulls,
                       shared.hits,
                       {},
                       {}};
    if (design == key_design::shared) {
        out.false_alarm_rate = {0.0, clopper_pearson_upper(shared.hits, shared.nulls, detail::bound_confidence)};
        detail::decide(out, "withheld keys", 1, silenced);
        detail::check_versions(out, silenced, scores, out.statistic, compared);
    } else {
        auto const beaten = detail::versions_beaten(scores);
        auto const r      = rank_sum_test(std::span(beaten.by_published), shared.nulls);
        out.audit         = "counterfactual, independent keys";
        out.statistic     = static_cast<double>(r.statistic);
        out.p_value       = r.p_value;
        out.smallest_p    = r.smallest_p;
        out.hits = static_cast<std::size_t>(std::count_if(beaten.in_all.begin() + 1, beaten.in_all.end(), [&](double b) { return b >= beaten.in_all[0]; }));
        out.false_alarm_rate = {0.0, r.p_value};  // exact: the distribution under the null is known
        detail::decide(out, "withheld keys", scores.samples, silenced);
        detail::check_versions(out, silenced, scores, beaten.in_all[0], std::span(beaten.in_all).subspan(1));
        detail::check_coins(out, silenced, detail::withheld_by_sample(scores), shared.nulls);
    }
    return out;
}

namespace detail {
/// Of all pixels, as they are: what a version looks like to somebody who does not ask the model.
template <class Scalar>
[[nodiscard]] auto mean_level(tensor_view<Scalar const> v) noexcept -> double {
    double sum = 0.0;
    for (std::size_t n = 0; n < v.samples(); ++n) {
        for (std::size_t c = 0; c < v.channels(); ++c) {
            for (std::size_t h = 0; h < v.height(); ++h) {
                for (std::size_t w = 0; w < v.width(); ++w) {
                    sum += static_cast<double>(v.at(n, c, h, w));
                }
            }
        }
    }
    return sum / static_cast<double>(v.size());
}

/// Versions in the order in which the model is asked about them: 1, 2, …, with the published one at a place that the key decides. Asked about first, it
/// could be told by a model that answers its first question differently; so, it stands anywhere with equal chance. Markers without a key ask about it first.
template <class Marker>
[[nodiscard]] auto asking_order(Marker const& marker, user_id user, std::uint32_t withheld, std::uint64_t sample) -> std::vector<std::uint32_t> {
    std::vector<std::uint32_t> order;
    std::uint32_t              place = 0;
    if constexpr (requires { marker.key(); }) {
        auto draws = user_key(marker.key(), user).open(0, purpose::audit, sample);
        place      = uniform_between(draws, 0, withheld);
    }
    for (std::uint32_t v = 1; v <= withheld; ++v) {
        order.push_back(v);
    }
    order.insert(order.begin() + place, 0);
    return order;
}

/// Scores in the order of asking, version by version in the order of the versions.
[[nodiscard]] inline auto by_version(std::vector<double> const& asked, std::vector<std::uint32_t> const& order) -> std::vector<double> {
    std::vector<double> out(asked.size());
    auto const          samples = asked.size() / order.size();
    for (std::size_t i = 0; i < asked.size(); ++i) {
        out[order[i / samples] * samples + i % samples] = asked[i];
    }
    return out;
}

struct no_progress {
    void operator()(std::size_t, std::size_t) const noexcept {}
};
}  // namespace detail

/// Scores the published and B withheld versions of the originals: `marker` marks them again and again, the
/// model is asked about each, the published one at a place in the order that the key decides. `progress(done, total)` is called after each version. Cost: (B +
/// 1) · samples queries; memory for one version and one batch.
template <class Marker, model Model, tensor Pictures, signal Signal = neg_cross_entropy, class Progress = detail::no_progress>
[[nodiscard]] auto score_versions(Model&& m, Marker const& marker, Pictures const& originals, std::span<std::size_t const> labels, user_id user,
                                  counterfactual_options const& options, Signal const& s = {}, Progress&& progress = {}) -> version_scores {
    constexpr std::string_view who = "hallmark::score_versions";
    detail::require(options.withheld >= 1, errc::out_of_domain, who, ": options.withheld is 0; allowed is 1 or more withheld keys");
    detail::require(options.withheld < 0xffffffffu, errc::out_of_domain, who, ": options.withheld is ", options.withheld, "; allowed is up to 4294967294");
    batched_scorer      scorer(m, s, options.batch_size);
    auto const          order = detail::asking_order(marker, user, options.withheld, 0);
    std::vector<double> blind(order.size());
    detail::with_view(originals, [&](auto v) {
        image_batch<typename std::remove_cvref_t<decltype(v)>::value_type> marked(v.samples(), v.channels(), v.height(), v.width());
        std::size_t                                                        done = 0;
        for (auto const version : order) {
            marker.into(marked, v, user, mark_options{version, options.first_sample, options.samples});
            scorer.push(std::as_const(marked).view(), labels);
            blind[version] = detail::mean_level(std::as_const(marked).view());
            progress(++done, order.size());
        }
    });
    return {labels.size(), detail::by_version(scorer.take(), order), std::move(blind)};
}

/// The whole audit of one user: marks the originals again, asks the model, and compares. Uses the marker's own design.
template <class Marker, model Model, tensor Pictures, signal Signal = neg_cross_entropy, aggregator Aggregator = mean>
[[nodiscard]] auto counterfactual_audit(Model&& m, Marker const& marker, Pictures const& originals, std::span<std::size_t const> labels, user_id user,
                                        counterfactual_options const& options, Signal const& s = {}, Aggregator const& empty = {}) -> verdict {
    detail::require_alpha(options.alpha, "hallmark::counterfactual_audit");
    auto const scores = score_versions(m, marker, originals, labels, user, options, s);
    auto       out    = counterfactual_audit(scores, marker.design(), options.alpha, empty, options.silenced);
    out.queries       = scores.values.size();
    return out;
}

}  // namespace hallmark::inline v0
