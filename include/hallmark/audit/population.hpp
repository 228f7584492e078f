// The population audit: does the set score higher than sets that were certainly not trained on?
#pragma once

#include <hallmark/audit/copied_scores.hpp>
#include <hallmark/audit/null_checks.hpp>
#include <hallmark/audit/shared_pictures.hpp>
#include <hallmark/audit/verdict.hpp>
#include <hallmark/error.hpp>
#include <hallmark/stats/clopper_pearson.hpp>
#include <hallmark/stats/rank.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

namespace hallmark::inline v0 {

/// What else is known about the sets. Everything but alpha is optional; what is given is checked.
struct population_options {
    double      alpha    = 0.05;  ///< accepted rate of false alarms
    std::size_t samples  = 0;     ///< samples in the set, for the report and, with null_samples, for set_size
    std::size_t disjoint = 0;     ///< how many null sets share no picture with another; 0: all of them, or as `pictures` says

    std::span<std::size_t const> null_classes = {};  ///< the class of each null set: only those of the set's class are compared with
    std::size_t                  set_class    = 0;   ///< the set's own, where null_classes is given

    std::span<std::size_t const> null_samples = {};  ///< samples in each null set, where the scores are means over them

    picture_groups                 null_pictures = {};  ///< which pictures each null set consists of
    std::span<std::uint64_t const> set_pictures  = {};  ///< and the set itself

    std::span<double const> blind_nulls = {};   ///< a score of each null set that was made without the model (mean brightness, say)
    double                  blind_set   = 0.0;  ///< and of the set

    silenced_checks silenced = {};
};

/// p = (1 + #{null ≥ observed}) / (nulls + 1), exact if the set, untrained on, would be exchangeable with the
/// null sets: other users' sets of the same class (or mix of classes) and size, marked the same way with
/// their own keys, and not trained on (Chen & Pattabiraman 2025). Ties count against the auditor. With
/// `null_classes` only the null sets of the set's class count (a Mondrian test, Vovk et al. 2005): classes differ in
/// how hard they are, so a null of another class is no null.
///
/// Null sets that share pictures rise and fall together, so they are not exchangeable with the set one by one. With `null_pictures` only a family of sets
/// without a picture in common is compared with; with the mere number `disjoint`, all that reach the score may be among those, so
/// p = (1 + min(hits, disjoint)) / (disjoint + 1).
///
/// `false_alarm_rate.upper` bounds the chance that a set from the null population reaches `observed`: with no
/// hit among n sets it is 1 − 0.05^(1/n), never 0.
///
/// Without `null_pictures` and `disjoint`, null scores that are equal to the last bit are taken for copies of one null set, and shared_pictures fails, where
/// they are a tenth of all and no signal with few values explains them: hits, counts, rates and rounded scores tie, too, and ties cost nothing but power.
///
/// A mean over fewer samples spreads wider, so a set smaller than its nulls stands out at either end without having been trained on: with `null_samples`,
/// set_size fails where the set has under nine or over eleven tenths of the samples of every null set compared with; a smaller difference is a warning.
///
/// Self-checks: null_homogeneity, blind_baseline, class_mismatch, shared_pictures, set_size, too_few_nulls, orientation.
/// Throws on an empty null population, NaN, alpha outside (0, 1), lengths that differ. Cost: a sort of the nulls.
[[nodiscard]] inline auto population_audit(double observed, std::span<double const> nulls, population_options const& options) -> verdict {
    constexpr std::string_view who = "hallmark::population_audit";
    detail::require_alpha(options.alpha, who);
    detail::require(!nulls.empty(), errc::empty_input, who, ": there are no null sets to compare with");
    detail::require_sample(nulls, who, "nulls");
    detail::require_finite(observed, who, "observed");
    auto const same_length = [&](std::size_t length, std::string_view name) {
        detail::require(length == 0 || length == nulls.size(), errc::shape_mismatch, who, ": ", name, " has ", length, " entries for ", nulls.size(),
                        " null sets");
    };
    same_length(options.null_classes.size(), "null_classes");
    same_length(options.null_pictures.size(), "null_pictures");
    same_length(options.null_samples.size(), "null_samples");
    same_length(options.blind_nulls.size(), "blind_nulls");
    if (!options.blind_nulls.empty()) {
        detail::require_sample(options.blind_nulls, who, "blind_nulls");
        detail::require_finite(options.blind_set, who, "blind_set");
    }
    detail::require(options.disjoint <= nulls.size(), errc::out_of_domain, who, ": ", options.disjoint,
                    " null sets are said to be disjoint and there are only ", nulls.size());

    std::vector<std::size_t> used;
    for (std::size_t i = 0; i < nulls.size(); ++i) {
        if (options.null_classes.empty() || options.null_classes[i] == options.set_class) {
            used.push_back(i);
        }
    }
    detail::require(!used.empty(), errc::empty_input, who, ": none of the ", nulls.size(), " null sets is of class ", options.set_class,
                    ", the class of the set");
    auto const shared =
        options.null_pictures.empty() ? detail::shared_counts{used, 0} : detail::count_shared(options.null_pictures, used, options.set_pictures);
    auto const family = shared.disjoint;
    auto const pick   = [&](std::span<double const> all) {
        std::vector<double> some;
        for (auto const i : family) {
            some.push_back(all[i]);
        }
        return some;
    };
    auto const compared = pick(nulls);
    auto       r        = rank_test(observed, compared);
    // Of null sets that overlap only the number is known that do not. Among them there may be as many hits as there are at all, and copies of one null are
    // one null: counting (1 + hits)/(nulls + 1) would accuse half of the innocent where most null sets are copies of one.
    // Of the disjoint ones some may be of other classes, all that were left out at most.
    auto const left_out = nulls.size() - used.size();
    auto const apart    = options.disjoint > left_out ? options.disjoint - left_out : 1;
    auto const trials   = options.disjoint != 0 && options.null_pictures.empty() ? std::min(apart, compared.size()) : compared.size();
    r.smallest_p        = 1.0 / (static_cast<double>(trials) + 1.0);
    r.p_value           = (static_cast<double>(std::min(r.hits, trials)) + 1.0) / (static_cast<double>(trials) + 1.0);
    auto out            = verdict{.audit      = "population rank",
                                  .alpha      = options.alpha,
                                  .statistic  = observed,
                                  .p_value    = r.p_value,
                                  .smallest_p = r.smallest_p,
                                  .n          = options.samples,
                                  .null_size  = r.nulls,
                                  .hits       = r.hits};
    detail::decide(out, "null sets", trials, 1, options.silenced);
    if (options.null_classes.empty()) {
        detail::report_not_run(out, options.silenced, self_check::class_mismatch, "it needs the class of each null set and of the set");
    } else {
        // It cannot fail: no null of another class is left to be compared with. Too few of the set's own are for too_few_nulls to say.
        detail::report(out, options.silenced, self_check::class_mismatch, true,
                       detail::sentence(used.size(), " of ", nulls.size(), " null sets are of the set's class; ", left_out, " of other classes were left out"));
    }
    auto const listed = !options.null_pictures.empty() || options.disjoint != 0;  // copies are counted as one already
    auto const copied = listed ? detail::copy_count{detail::copied_scores::few, 0} : detail::count_copies(compared);
    if (copied.kind == detail::copied_scores::copies) {
        detail::report(out, options.silenced, self_check::shared_pictures, false,
                       detail::sentence(
                           "of the ", compared.size(), " null scores only ", copied.distinct,
                           " differ, and the others are equal to the last bit: copies of a null set are one null set, which null_pictures or disjoint tells"));
    } else if (copied.kind == detail::copied_scores::discrete) {
        detail::report_not_run(
            out, options.silenced, self_check::shared_pictures,
            detail::sentence("the ", compared.size(), " null scores have ", copied.distinct, copied.distinct == 1 ? " value" : " values",
                             ", as hits, counts and rounded scores have; whether null sets are copies it could tell from null_pictures alone"));
        if (copied.distinct == 1) {
            out.warnings.push_back(detail::sentence("All ", compared.size(), " null scores are ", compared.front(),
                                                    "; the p-value is right only if they are of as many sets, and not copies of one."));
        }
    } else if (options.null_pictures.empty() || options.set_pictures.empty()) {
        detail::report_not_run(out, options.silenced, self_check::shared_pictures, "it needs to know which pictures the null sets and the set consist of");
    } else {
        detail::report(out, options.silenced, self_check::shared_pictures, shared.with_the_set == 0,
                       detail::sentence(shared.with_the_set, " null sets share a picture with the set"));
    }
    std::vector<std::size_t> sizes;
    for (auto const i : options.null_samples.empty() ? std::span<std::size_t const>() : std::span<std::size_t const>(family)) {
        sizes.push_back(options.null_samples[i]);
    }
    detail::check_sizes(out, options.silenced, options.samples, sizes);
    if (family.size() < used.size()) {
        out.warnings.push_back(
            detail::sentence("Only ", family.size(), " of the ", used.size(), " null sets share no pictures with one another; the others were left out."));
    }
    if (trials < compared.size()) {
        out.warnings.push_back(detail::sentence("Only ", trials, " of the ", compared.size(),
                                                " null sets share no pictures with others; the p-value and the bound on the false-alarm rate are those of ",
                                                trials, " sets, with all that hit among them."));
    }
    detail::check_homogeneity(out, options.silenced, compared, "null sets", true);
    detail::check_blind(out, options.silenced, options.blind_set, options.blind_nulls.empty() ? std::vector<double>{} : pick(options.blind_nulls), "null sets");
    detail::check_orientation(out, options.silenced, observed, compared, "null sets");

    // Any of the sets that share no pictures may be those that hit.
    out.false_alarm_rate = {0.0, clopper_pearson_upper(std::min(r.hits, trials), trials, detail::bound_confidence)};
    return out;
}

}  // namespace hallmark::inline v0
