// A verdict as JSON, for programs. The keys are an interface (docs/report.md).
#pragma once

#include <hallmark/audit/verdict.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <utility>

namespace hallmark::inline v0 {

/// Found by nlohmann::json: `nlohmann::ordered_json(verdict)` and `j = verdict` work.
template <class Json>
    requires requires { typename Json::object_t; }
void to_json(Json& j, verdict const& v) {
    j                     = Json::object();
    j["audit"]            = v.audit;
    j["decision"]         = std::string(name_of(v.outcome));
    j["alpha"]            = v.alpha;
    j["statistic"]        = v.statistic;
    j["p_value"]          = v.p_value;
    j["smallest_p"]       = v.smallest_p;
    j["n"]                = v.n;
    j["null_size"]        = v.null_size;
    j["hits"]             = v.hits;
    j["false_alarm_rate"] = {{"lower", v.false_alarm_rate.lower}, {"upper", v.false_alarm_rate.upper}, {"confidence", detail::bound_confidence}};
    if (v.queries > 0) {
        j["queries"] = v.queries;
    }
    if (v.e_value > 0.0) {
        j["e_value"] = v.e_value;
    }
    j["checks"] = Json::array();
    for (auto const& c : v.checks) {
        auto one       = Json::object();
        one["check"]   = std::string(name_of(c.which));
        one["state"]   = std::string(name_of(c.state));
        one["finding"] = c.finding;
        j["checks"].push_back(std::move(one));
    }
    j["warnings"] = v.warnings;
}

}  // namespace hallmark::inline v0
