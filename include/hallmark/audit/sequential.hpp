// The sequential audit: asks the model picture by picture and stops as soon as the evidence suffices.
#pragma once

#include <hallmark/aggregate/mean.hpp>
#include <hallmark/audit/counterfactual.hpp>
#include <hallmark/audit/null_checks.hpp>
#include <hallmark/audit/verdict.hpp>
#include <hallmark/core/image_batch.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/mark/marker.hpp>
#include <hallmark/model/concept.hpp>
#include <hallmark/signal/batched.hpp>
#include <hallmark/signal/concept.hpp>
#include <hallmark/signal/cross_entropy.hpp>
#include <hallmark/stats/betting_process.hpp>
#include <hallmark/stats/clopper_pearson.hpp>
#include <hallmark/stats/coin_process.hpp>
#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/sequential_rank.hpp>

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

struct sequential_options {
    double                         alpha        = 0.05;  ///< accepted rate of false alarms
    std::uint32_t                  withheld     = 1;     ///< independent keys: other versions each picture is compared with; 1: a coin for each picture
    std::uint32_t                  most         = 999;   ///< a shared key: other versions of the set at most; the least p is 1/(most + 1)
    std::uint32_t                  stop_hits    = 10;    ///< a shared key: stop when so many of them score at least as high
    std::size_t                    batch_size   = 256;   ///< a shared key: pictures the model is asked about at a time
    std::uint64_t                  first_sample = 0;     ///< as in mark_options when the pictures were published
    std::span<std::uint64_t const> samples      = {};    ///< likewise
    silenced_checks                silenced     = {};
};

/// `ask(i)` is called for i = 0, 1, … and gives the scores of picture i: that of the published version first, then those of one
/// withheld version or more, always as many. No picture is asked about once the e-value has reached 1/alpha, or after `pictures` of them.
///
/// Every picture needs a key of its own: then, when the model never saw the published versions, each picture's published score is equally likely to
/// stand at any rank among its versions, whatever the model answered before. With one withheld version that is a fair coin, and the evidence is a
/// coin_process (ties count for neither side); with more, the share of withheld versions beaten has a mean of at most 1/2, and the evidence is a
/// betting_process. Either way p = 1/e holds wherever one stops (Ville 1939).
///
/// Of the verdict, n is the number of pictures asked about, statistic the number won (with more versions: the sum of the shares beaten), e_value that at the
/// stop (e-values of independent audits multiply; the highest on the way would not be one). Self-checks: too_few_nulls, independent_coins (of the pictures
/// asked about, from three withheld versions on), orientation. Throws errc::out_of_domain for 0 pictures or scores that are fewer than two or not always as
/// many, errc::not_a_number. Cost: O(versions log versions) for each picture asked about; their withheld scores are kept.
template <class Ask>
    requires std::invocable<Ask&, std::size_t>
[[nodiscard]] auto sequential_audit(std::size_t pictures, Ask&& ask, double alpha, silenced_checks const& silenced = {}) -> verdict {
    constexpr std::string_view who = "hallmark::sequential_audit";
    detail::require_alpha(alpha, who);
    detail::require(pictures >= 1, errc::out_of_domain, who, ": pictures is 0; allowed is 1 or more");
    auto        coins = coin_process{};
    auto        bets = betting_process(0.5), low = betting_process(0.5);  // low: the other side's gambler
    std::size_t asked = 0, versions = 0, queries = 0, lost = 0, ties = 0;
    double      won      = 0.0;
    auto        withheld = std::vector<double>{};  // row by row, of the pictures asked about
    auto const  evidence = [&]() -> anytime_evidence const& { return versions <= 2 ? static_cast<anytime_evidence const&>(coins) : bets; };
    for (; asked < pictures && !evidence().rejects(alpha); ++asked) {
        std::vector<double> const scores = ask(asked);
        detail::require_sample(scores, who, "scores", 2);
        versions = asked == 0 ? scores.size() : versions;
        detail::require(scores.size() == versions, errc::shape_mismatch, who, ": picture ", asked, " has ", scores.size(), " scores; those before had ",
                        versions);
        queries += scores.size();
        withheld.insert(withheld.end(), scores.begin() + 1, scores.end());
        std::size_t below = 0, above = 0;
        for (std::size_t v = 1; v < versions; ++v) {
            below += scores[v] < scores[0] ? 1u : 0u;
            above += scores[v] > scores[0] ? 1u : 0u;
        }
        lost += above;
        if (versions == 2) {
            ties += below + above == 0 ? 1u : 0u;
            if (below + above == 1) {
                coins.push(below == 1);
            }
            won += static_cast<double>(below);
        } else {
            auto const share = static_cast<double>(below) / static_cast<double>(versions - 1);
            bets.push(share);
            low.push(static_cast<double>(above) / static_cast<double>(versions - 1));
            won += share;
        }
    }
    auto best = betting_process(0.5);
    for (std::size_t i = 0; versions > 2 && i < pictures; ++i) {
        best.push(1.0);
    }
    auto const least = std::exp(-(versions == 2 ? coins.log_e_of(pictures, 0) : best.log_e()));
    // Where it stopped for the evidence, p is at most alpha, whatever the rounding of a logarithm says.
    auto const p   = evidence().rejects(alpha) ? std::min(evidence().p_value(), alpha) : evidence().p_value();
    auto       out = verdict{.audit            = versions == 2 ? "sequential, coins" : "sequential, ranks",
                             .alpha            = alpha,
                             .statistic        = won,
                             .p_value          = p,
                             .smallest_p       = least,
                             .n                = asked,
                             .null_size        = asked * (versions - 1),
                             .hits             = lost,
                             .false_alarm_rate = {0.0, p},
                             .queries          = queries,
                             .e_value          = std::exp(evidence().log_e())};
    if (detail::decide_reachable(out, silenced)) {
        out.warnings.push_back(
            detail::sentence("With ", pictures, " pictures no outcome gives a p-value below ", least, "; more pictures are needed for alpha = ", alpha, "."));
    }
    if (ties > 0) {
        out.warnings.push_back(detail::sentence(ties, " of the ", asked, " pairs tied and count for neither side."));
    }
    // Where to stop is decided by the published versions' places alone, which say nothing of how the withheld ones stand among themselves. So the check
    // keeps its level wherever it stopped.
    if (versions == 2) {
        detail::report_unseen_coins(out, silenced);
        // The mirror image of the evidence: as much of it for "smaller" as would convict for "larger".
        detail::report(out, silenced, self_check::orientation, coins.log_e_of(coins.losses(), coins.wins()) < -std::log(self_check_level),
                       detail::sentence("the published version wins ", coins.wins(), " of ", coins.count(),
                                        " pairs; larger must mean member, so losses need a minus sign"));
    } else {
        detail::check_coins(out, silenced, withheld, versions - 1);
        detail::report(out, silenced, self_check::orientation, low.log_e() < -std::log(self_check_level),
                       detail::sentence("the published versions beat a share of ", won / static_cast<double>(asked),
                                        " of their withheld ones; larger must mean member, so losses need a minus sign"));
    }
    return out;
}

/// A shared key makes the set one draw, so what can be spared is versions of the whole set: `score(v)` is called for v = 0, the published version, then for
/// 1, 2, … until `stop_hits` of them score at least as high or `most` were drawn (Besag & Clifford 1991; see sequential_rank). An innocent model costs about
/// 2 · stop_hits versions instead of all; a guilty one costs all. Of the verdict, null_size is the number of versions drawn. Self-checks: too_few_nulls.
/// Throws errc::out_of_domain for most or stop_hits of 0, errc::not_a_number.
template <class Score>
    requires std::invocable<Score&, std::uint32_t>
[[nodiscard]] auto sequential_audit(Score&& score, std::uint32_t most, std::uint32_t stop_hits, double alpha, silenced_checks const& silenced = {}) -> verdict {
    detail::require_alpha(alpha, "hallmark::sequential_audit");
    double const  published = score(std::uint32_t{0});
    auto          rank      = sequential_rank(published, stop_hits, most);
    std::uint32_t drawn     = 0;
    while (!rank.stopped()) {
        rank.push(score(++drawn));
    }
    auto const r   = rank.result();
    auto       out = verdict{.audit            = "sequential, shared key",
                             .alpha            = alpha,
                             .statistic        = published,
                             .p_value          = r.p_value,
                             .smallest_p       = r.smallest_p,
                             .null_size        = r.nulls,
                             .hits             = r.hits,
                             .false_alarm_rate = {0.0, clopper_pearson_upper(r.hits, r.nulls, detail::bound_confidence)}};
    detail::decide(out, "withheld keys", most, 1, silenced);
    return out;
}

/// The whole audit. With independent keys it marks one original at a time, as it was published and as options.withheld other versions, and asks the model about
/// these, in the order of the batch; with a shared key it marks the whole set again and again. `queries` of the verdict says how many pictures the model was
/// asked about: at most samples · (withheld + 1), or samples · (most + 1).
template <class Marker, model Model, tensor Pictures, signal Signal = neg_cross_entropy>
[[nodiscard]] auto sequential_audit(Model&& m, Marker const& marker, Pictures const& originals, std::span<std::size_t const> labels, user_id user,
                                    sequential_options const& options, Signal const& s = {}) -> verdict {
    constexpr std::string_view who = "hallmark::sequential_audit";
    detail::require_alpha(options.alpha, who);
    detail::require(options.withheld >= 1, errc::out_of_domain, who, ": options.withheld is 0; allowed is 1 or more withheld keys");
    detail::require(options.withheld < 0xffffffffu && options.most < 0xffffffffu, errc::out_of_domain, who, ": options.withheld is ", options.withheld,
                    " and options.most is ", options.most, "; allowed is up to 4294967294");
    return detail::with_view(originals, [&](auto view) {
        detail::require(view.samples() == labels.size(), errc::shape_mismatch, who, ": there are ", view.samples(), " pictures and ", labels.size(), " labels");
        detail::require(options.samples.empty() || options.samples.size() == labels.size(), errc::shape_mismatch, who, ": options.samples has ",
                        options.samples.size(), " numbers for ", labels.size(), " pictures");
        using scalar = typename std::remove_cvref_t<decltype(view)>::value_type;
        if (marker.design() == key_design::shared) {
            image_batch<scalar> marked(view.samples(), view.channels(), view.height(), view.width());
            auto const          score = [&](std::uint32_t v) {
                marker.into(marked, view, user, mark_options{v, options.first_sample, options.samples});
                mean set;
                for (auto const x : score_samples(m, marked, labels, s, options.batch_size)) {
                    set.push(x);
                }
                return set.value();
            };
            auto out    = sequential_audit(score, options.most, options.stop_hits, options.alpha, options.silenced);
            out.n       = labels.size();
            out.queries = labels.size() * (out.null_size + 1);
            return out;
        }
        image_batch<scalar> marked(1, view.channels(), view.height(), view.width());
        auto const          ask = [&](std::size_t i) {
            auto const number = options.samples.empty() ? options.first_sample + i : options.samples[i];
            auto const make   = [&](std::uint32_t version) -> auto const& {
                  marker.into(marked, view.slice(i, 1), user, mark_options{version, number, {}});
                  return marked;
            };
            auto const order = asking_order(marker.key(), user, options.withheld, number);
            return score_versions(m, order, make, labels.subspan(i, 1), order.size(), s).values;
        };
        auto out = sequential_audit(labels.size(), ask, options.alpha, options.silenced);
        if (options.withheld == 1) {
            detail::report_known_coins(out, options.silenced, marker.design());
        }
        detail::check_sample_numbers(out, options.silenced, options.samples, labels.size());
        return out;
    });
}

}  // namespace hallmark::inline v0
