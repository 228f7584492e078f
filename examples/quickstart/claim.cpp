// What quickstart promises: the suspect is caught, the innocent network is left alone.
#include "results.hpp"

#include <algorithm>

namespace quickstart {

auto flagged(audit_result const& a, finding user_findings::*which) -> std::size_t {
    return static_cast<std::size_t>(std::count_if(a.users.begin(), a.users.end(), [which](user_findings const& u) { return (u.*which).flagged; }));
}

auto nulls_above_lowest(audit_result const& a) -> std::size_t {
    auto const lowest = *std::min_element(a.members.begin(), a.members.end());
    return static_cast<std::size_t>(std::count_if(a.nulls.sets.begin(), a.nulls.sets.end(), [lowest](double score) { return score >= lowest; }));
}

auto disjoint_nulls(audit_result const& a) -> std::size_t {
    std::size_t sum = 0;
    for (auto d : a.nulls.disjoint) {
        sum += d;
    }
    return sum;
}

auto check(results const& r) -> std::vector<claim> {
    if (!r.settings.claims) {
        return {};
    }
    auto const users   = r.data.users.size();
    auto const needed  = users - users / 5;  // 8 of 10
    auto const number  = [](std::size_t n) { return std::to_string(n); };
    auto const caught  = flagged(r.suspect.audit, &user_findings::counterfactual);
    auto const above   = nulls_above_lowest(r.suspect.audit);
    auto const wronged = flagged(r.innocent.audit, &user_findings::counterfactual);
    auto const ranked  = flagged(r.innocent.audit, &user_findings::population);
    return {
        {"Suspect: the counterfactual audit flags " + number(caught) + " of " + number(users) + " users; at least " + number(needed) + " were claimed.",
         caught >= needed},
        {"Suspect: " + number(above) + " of " + number(r.suspect.audit.nulls.sets.size()) +
             " null sets reach the score of the lowest user; 0 were claimed (all users found without a false alarm).",
         above == 0},
        {"Innocent: the counterfactual audit flags " + number(wronged) + " users; 0 were claimed.", wronged == 0},
        {"Innocent: the population audit flags " + number(ranked) + " users; 0 were claimed.", ranked == 0},
    };
}

}  // namespace quickstart
