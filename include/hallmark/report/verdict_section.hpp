// A verdict on a page: the answer in a sentence, then what it rests on, then the warnings.
#pragma once

#include <hallmark/audit/verdict.hpp>
#include <hallmark/report/html.hpp>
#include <hallmark/report/ticks.hpp>

#include <string>
#include <string_view>

namespace hallmark::inline v0 {

/// For a reader who has never heard of a p-value. `subject` says what was audited and fits into "trained on …":
/// "this set", "Ana's 24 pictures". The field names in the table are those of the JSON form.
[[nodiscard]] inline auto verdict_section(verdict const& v, std::string_view subject = "this set") -> html_content {
    auto const chance = detail::percent_bound(v.p_value, true);
    auto const alpha  = detail::percent(v.alpha);
    auto const what   = std::string(subject);
    auto       out    = html_content();
    switch (v.outcome) {
        case decision::shown:
            out.answer(detail::sentence("Shown: the model was trained on ", what, ". Had it not been, a score as high as this would come up in at most ",
                                        chance, " of such audits; up to ", alpha, " was accepted."),
                       tone::bad);
            break;
        case decision::not_shown:
            out.answer(detail::sentence("Not shown: this audit found no sufficient evidence that the model was trained on ", what,
                                        ". That is no proof of the contrary. A score as high as this can come up in up to ", chance,
                                        " of audits of models that were not; at most ", alpha, " was accepted."));
            break;
        case decision::cannot_be_shown:
            out.answer(detail::sentence("No answer: this audit is too small to show that the model was trained on ", what,
                                        ". Even the highest possible score would come up by chance in ", detail::percent_bound(v.smallest_p, true),
                                        " of audits; at most ", alpha, " was accepted."));
            break;
        case decision::not_valid:
            out.answer(detail::sentence("No answer: the audit checked itself and failed, so nothing follows about whether the model was trained on ", what,
                                        ". The warnings below say what is wrong."));
            break;
    }
    auto const confidence = detail::percent(detail::bound_confidence);
    auto const rate       = v.false_alarm_rate.lower > 0.0 ? detail::sentence(detail::percent_bound(v.false_alarm_rate.lower, false), " to ",
                                                                              detail::percent_bound(v.false_alarm_rate.upper, true))
                                                           : detail::sentence("at most ", detail::percent_bound(v.false_alarm_rate.upper, true));
    out.table({{"field", "value", "what it means"},
               {{"decision", std::string(name_of(v.outcome)), "the answer at the accepted rate of false alarms"},
                {"p_value", detail::readable(v.p_value), "the chance of such a score, or a higher one, if the model was not trained on the set"},
                {"alpha", detail::readable(v.alpha), "the accepted rate of false alarms, fixed before the audit"},
                {"smallest_p", detail::readable(v.smallest_p), "the least p_value that an audit of this size can give"},
                {"false_alarm_rate", rate, detail::sentence("how often sets that were not trained on score as high; true with ", confidence, " confidence")},
                {"statistic", detail::readable(v.statistic), "the score of the set; larger speaks for training"},
                {"n", std::to_string(v.n), v.n > 0 ? "samples in the set" : "samples in the set; 0 means that nobody said how many"},
                {"null_size", std::to_string(v.null_size), "what the set was compared with: null sets or withheld keys"},
                {"hits", std::to_string(v.hits), "of those, how many scored at least as high"},
                {"audit", v.audit, "the kind of audit"}}});
    out.warnings(v.warnings);
    if (!v.checks.empty()) {
        auto checks = html_table{{"self-check", "state", "finding"}, {}};
        for (auto const& c : v.checks) {
            checks.rows.push_back({std::string(name_of(c.which)), std::string(name_of(c.state)), c.finding});
        }
        out.table(checks);
    }
    return out;
}

}  // namespace hallmark::inline v0
