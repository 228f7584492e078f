// What every audit returns.
#pragma once

#include <hallmark/audit/self_check.hpp>
#include <hallmark/error.hpp>
#include <hallmark/stats/clopper_pearson.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

enum class decision {
    shown,            ///< p ≤ α: chance alone does this in at most a fraction α of audits
    not_shown,        ///< p > α: no evidence; this is not evidence of innocence
    cannot_be_shown,  ///< no outcome could have given p ≤ α: the audit is too small for this α
    not_valid,        ///< a self-check failed: the p-value must not be relied on
};

[[nodiscard]] constexpr auto name_of(decision d) noexcept -> std::string_view {
    switch (d) {
        case decision::shown:
            return "shown";
        case decision::not_shown:
            return "not shown";
        case decision::cannot_be_shown:
            return "cannot be shown";
        case decision::not_valid:
            return "not valid";
    }
    return "";
}

/// The answer to "was this set trained on?", with everything needed to judge it. The claim is always that
/// the set's score is *larger* than chance makes it.
struct verdict {
    std::string              audit            = {};                   ///< which audit, and its design
    decision                 outcome          = decision::not_shown;  ///< at the α the caller gave
    double                   alpha            = 0.05;                 ///< accepted rate of false alarms, (0, 1)
    double                   statistic        = 0.0;                  ///< the set's score; larger = member
    double                   p_value          = 1.0;                  ///< chance of such a statistic if the set was not trained on
    double                   smallest_p       = 1.0;                  ///< the least p this audit can give
    std::size_t              n                = 0;                    ///< samples in the set
    std::size_t              null_size        = 0;                    ///< null sets or withheld keys it was compared with
    std::size_t              hits             = 0;                    ///< of those, how many reached the statistic
    interval                 false_alarm_rate = {0.0, 1.0};           ///< of the rule "accuse at this statistic or above", 95 % confidence
    std::vector<std::string> warnings         = {};                   ///< sentences a reader must see beside the p-value

    std::vector<check_result> checks  = {};  ///< what the audit found when it checked itself, each check at most once
    std::uint64_t             queries = 0;   ///< pictures the model was asked about; 0 where the audit began from scores that were there before
    double                    e_value = 0;   ///< evidence of an anytime-valid audit, 0 where there is none
};

namespace detail {
inline constexpr double bound_confidence = 0.95;

inline void require_alpha(double alpha, std::string_view who) {
    require(is_number(alpha) && alpha > 0.0 && alpha < 1.0, errc::out_of_domain, who, ": alpha is ", alpha,
            "; allowed is a number between 0 and 1, both left out");
}

/// Writes down what a check found, unless the caller does without it. One that failed takes the answer away, so the outcome must
/// have been decided before. too_few_nulls has a decision of its own: decide_outcome.
inline void report(verdict& v, silenced_checks const& silenced, self_check which, bool passed, std::string finding) {
    auto const state = silenced.contains(which) ? check_state::silenced : (passed ? check_state::passed : check_state::failed);
    if (state == check_state::failed) {
        v.outcome = decision::not_valid;
        v.warnings.insert(v.warnings.begin(), sentence("The self-check ", name_of(which), " failed: ", finding, ". The p-value must not be relied on."));
    }
    v.checks.push_back({which, state, std::move(finding)});
}
/// Writes down that a check could not be made.
inline void report_not_run(verdict& v, silenced_checks const& silenced, self_check which, std::string why) {
    v.checks.push_back({which, silenced.contains(which) ? check_state::silenced : check_state::not_run, std::move(why)});
}

/// Sets the outcome from the p-value and what could have been reached, and returns how the check of that came out.
[[nodiscard]] inline auto decide_outcome(verdict& v, bool silenced) -> check_result {
    auto const too_few = v.smallest_p > v.alpha;
    auto const state   = silenced ? check_state::silenced : too_few ? check_state::failed : check_state::passed;
    v.outcome          = state == check_state::failed ? decision::cannot_be_shown : v.p_value <= v.alpha ? decision::shown : decision::not_shown;
    return {self_check::too_few_nulls, state, sentence("the least possible p-value is ", v.smallest_p, " and alpha is ", v.alpha)};
}

/// The first decision of an audit; true if α was out of reach.
inline auto decide_reachable(verdict& v, silenced_checks const& silenced) -> bool {
    v.checks.push_back(decide_outcome(v, silenced.contains(self_check::too_few_nulls)));
    return v.smallest_p > v.alpha;
}

/// Another decision about a verdict that has one, after its p-values or alpha were changed: as silent as the first, and written in its place.
inline void decide_again(verdict& v) {
    auto const first = std::find_if(v.checks.begin(), v.checks.end(), [](check_result const& c) { return c.which == self_check::too_few_nulls; });
    auto const again = decide_outcome(v, first != v.checks.end() && first->state == check_state::silenced);
    if (first != v.checks.end()) {
        *first = again;
    } else {
        v.checks.push_back(again);
    }
}

/// The same where the null has `draws` independent draws among `size` each, so that the least p is (size + 1)^-draws: says how large
/// the size would have to be.
inline void decide(verdict& v, std::string_view what_is_compared, std::size_t size, std::size_t draws, silenced_checks const& silenced = {}) {
    if (decide_reachable(v, silenced)) {
        // The least size whose p is not above α. The root may be off by a rounding, so look at its neighbours.
        auto const reaches = [&](double candidate) {
            auto p = 1.0;
            for (std::size_t i = 0; i < draws; ++i) {
                p /= candidate + 1.0;
            }
            return p <= v.alpha;
        };
        auto needed = std::ceil(std::pow(v.alpha, -1.0 / static_cast<double>(draws))) - 1.0;
        needed      = reaches(needed - 1.0) ? needed - 1.0 : needed;
        needed      = reaches(needed) ? needed : needed + 1.0;
        v.warnings.push_back(sentence("With ", size, " ", what_is_compared, " no outcome gives a p-value below ", v.smallest_p, "; for alpha = ", v.alpha,
                                      " there must be at least ", needed, "."));
    }
}
}  // namespace detail

}  // namespace hallmark::inline v0
