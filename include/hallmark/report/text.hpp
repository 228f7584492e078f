// A verdict in words, for people.
#pragma once

#include <hallmark/audit/verdict.hpp>
#include <hallmark/report/ticks.hpp>

#include <string>

namespace hallmark::inline v0 {

/// A few lines: the answer first, then what it rests on, then the warnings.
[[nodiscard]] inline auto to_text(verdict const& v) -> std::string {
    std::string out;
    switch (v.outcome) {
        case decision::shown:
            out += detail::sentence("Trained on this set: shown at alpha = ", v.alpha, ".\n");
            break;
        case decision::not_shown:
            out += detail::sentence("Trained on this set: not shown at alpha = ", v.alpha, ". That is no proof of the contrary.\n");
            break;
        case decision::cannot_be_shown:
            out += detail::sentence("Trained on this set: this audit is too small to show it at alpha = ", v.alpha, ".\n");
            break;
        case decision::not_valid:
            out += "Trained on this set: no answer, because the audit failed a check of itself.\n";
            break;
    }
    out += detail::sentence("  p-value          ", v.p_value, " (the least this audit can give is ", v.smallest_p, ")\n");
    out += detail::sentence("  compared with    ", v.null_size, ", of which ", v.hits, " scored at least as high\n");
    out += detail::sentence("  false alarms     at most ", detail::percent_bound(v.false_alarm_rate.upper, true), ", with 95 % confidence\n");
    out += detail::sentence("  statistic        ", v.statistic, v.n > 0 ? detail::sentence(" over ", v.n, " samples\n") : "\n");
    out += detail::sentence("  audit            ", v.audit, "\n");
    if (v.queries > 0) {
        out += detail::sentence("  queries          ", v.queries, " pictures the model was asked about\n");
    }
    if (v.e_value > 0.0) {
        out += detail::sentence("  e-value          ", v.e_value, " (evidence is enough from ", 1.0 / v.alpha, " on)\n");
    }
    for (auto const& c : v.checks) {
        out += detail::sentence("  check            ", name_of(c.which), " ", name_of(c.state), ": ", c.finding, "\n");
    }
    for (auto const& w : v.warnings) {
        out += detail::sentence("  warning          ", w, "\n");
    }
    return out;
}

}  // namespace hallmark::inline v0
