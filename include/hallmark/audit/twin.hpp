// The twin audit: of two versions of each picture one was published by a coin; does the model prefer those?
#pragma once

#include <hallmark/audit/counterfactual.hpp>
#include <hallmark/audit/null_checks.hpp>
#include <hallmark/audit/score_versions.hpp>
#include <hallmark/audit/verdict.hpp>
#include <hallmark/error.hpp>
#include <hallmark/mark/parameters.hpp>
#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/sign.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_set>

namespace hallmark::inline v0 {

struct twin_options {
    double                         alpha    = 0.05;  ///< accepted rate of false alarms
    std::span<std::uint64_t const> pictures = {};    ///< a number for each original, such as its hash; copies of one are not two coins
    silenced_checks                silenced = {};
};

/// The audit from scores alone: published[i] and withheld[i] are the scores of the two versions of picture i. A pair is won if
/// the published one scores higher; tied pairs count for neither side, as in sign_test (twin_test counts them against the claim). When the model never saw the
/// published versions, every coin is as fair as on the day it was tossed, so p is the exact binomial tail P(wins or more of the pairs that differ), not the
/// published sequential cut-off, which wants 24 of 25 where 18 do (Huang, Gong & Reiter 2024).
///
/// What it needs: a coin of its own for every picture, and two scores of each cannot show that it has: innocent pictures that share a key win or lose
/// together, whole sets of them. So independent_coins is listed as not run. The result's hits are the pairs lost.
/// Self-checks: too_few_nulls, shared_pictures, orientation. Throws errc::empty_input, errc::shape_mismatch, errc::not_a_number.
[[nodiscard]] inline auto twin_audit(std::span<double const> published, std::span<double const> withheld, twin_options const& options) -> verdict {
    constexpr std::string_view who = "hallmark::twin_audit";
    detail::require_alpha(options.alpha, who);
    detail::require(published.size() == withheld.size(), errc::shape_mismatch, who, ": there are ", published.size(), " published scores and ", withheld.size(),
                    " withheld ones");
    detail::require_sample(published, who, "published");
    detail::require_sample(withheld, who, "withheld");
    detail::require(options.pictures.empty() || options.pictures.size() == published.size(), errc::shape_mismatch, who, ": options.pictures has ",
                    options.pictures.size(), " numbers for ", published.size(), " pairs");
    auto const test  = sign_test{}(published, withheld, alternative::greater);
    auto const wins  = static_cast<std::size_t>(test.statistic);
    auto const pairs = test.n;
    auto const least = std::ldexp(1.0, -static_cast<int>(std::min<std::size_t>(pairs, 1022)));
    auto const p     = std::max(test.p_value, least);  // more pairs than a double can tell apart must not give 0
    auto       out   = verdict{.audit            = "twins",
                               .alpha            = options.alpha,
                               .statistic        = test.statistic,
                               .p_value          = p,
                               .smallest_p       = least,
                               .n                = published.size(),
                               .null_size        = pairs,
                               .hits             = pairs - wins,
                               .false_alarm_rate = {0.0, p}};  // exact: the coins are known
    if (detail::decide_reachable(out, options.silenced)) {
        out.warnings.push_back(detail::sentence("With ", pairs, " pairs that differ no outcome gives a p-value below ", least, "; for alpha = ", options.alpha,
                                                " there must be at least ", std::ceil(-std::log2(options.alpha)), "."));
    }
    if (pairs < published.size()) {
        out.warnings.push_back(detail::sentence(published.size() - pairs, " of the ", published.size(), " pairs tied and count for neither side."));
    }
    if (options.pictures.empty()) {
        detail::report_not_run(out, options.silenced, self_check::shared_pictures, "it needs a number for each original");
    } else {
        auto const distinct = std::unordered_set<std::uint64_t>(options.pictures.begin(), options.pictures.end()).size();
        detail::report(out, options.silenced, self_check::shared_pictures, distinct == published.size(),
                       detail::sentence(published.size() - distinct, " of the ", published.size(), " pictures are copies of others"));
    }
    detail::report_unseen_coins(out, options.silenced);
    detail::report(out, options.silenced, self_check::orientation, sign_test{}(published, withheld, alternative::less).p_value > self_check_level,
                   detail::sentence("the published version wins ", wins, " of ", pairs, " pairs; larger must mean member, so losses need a minus sign"));
    return out;
}

/// The whole audit: marks every original twice, as it was published and as version 1, and asks the model about both. The marker's
/// design must be independent: with one key for all pictures there is one coin, not one for each, and the self-check
/// independent_coins fails. Cost: 2 · samples queries, in two rounds; which version of a picture is in the first is a coin of the key's. Of `options`, alpha,
/// batch_size, first_sample, samples and silenced are used.
template <class Marker, model Model, tensor Pictures, signal Signal = neg_cross_entropy>
[[nodiscard]] auto twin_audit(Model&& m, Marker const& marker, Pictures const& originals, std::span<std::size_t const> labels, user_id user,
                              counterfactual_options options, Signal const& s = {}) -> verdict {
    detail::require_alpha(options.alpha, "hallmark::twin_audit");
    options.withheld  = 1;
    auto const scores = score_versions(m, marker, originals, labels, user, options, s);
    auto       out    = twin_audit(scores.version(0), scores.version(1), {options.alpha, options.samples, options.silenced});
    out.queries       = scores.values.size();
    detail::report_known_coins(out, options.silenced, marker.design());
    return out;
}

}  // namespace hallmark::inline v0
