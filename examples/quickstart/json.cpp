// The results as JSON, for programs. The keys are an interface: they are added to, never renamed.
//
//   claim_holds            whether all claims came true (the short form of the paper scale makes none); claims: [{sentence, holds}]
//   settings               every choice and seed of the run; settings.mark, settings.training
//   networks.suspect       and networks.innocent:
//     curve                [{loss, accuracy, held_out_accuracy}], one for each epoch
//     users                [{user, class, counterfactual, population}]; each audit is a verdict as hallmark writes it
//                          (docs/report.md), with adjusted_p (Benjamini & Hochberg) and flagged
//     flagged              {counterfactual, population}: how many users
//     test_accuracy        on held-out pictures, with the weights that were audited
//     null_sets            {count, per_class, disjoint, highest}; lowest_user: the least score of a user
//   comparison             [{what, members, nulls, auc, tpr_at_fpr_0: {value, lower, upper}}], on the suspect
//   seconds                {load, train, audit}
#include "results.hpp"

#include <hallmark/report/json.hpp>
#include <hallmark/version.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace quickstart {
namespace {

using json = nlohmann::ordered_json;

auto of(hallmark::whole_range r) -> json { return {r.first, r.last}; }

auto of(finding const& f) -> json {
    json out          = f.verdict;
    out["adjusted_p"] = f.adjusted_p;
    out["flagged"]    = f.flagged;
    return out;
}

auto of(subject const& s, dealt const& d) -> json {
    json out;
    out["curve"] = json::array();
    for (auto const& e : s.curve) {
        out["curve"].push_back({{"loss", e.loss}, {"accuracy", e.accuracy}, {"held_out_accuracy", e.held_out_accuracy}});
    }
    out["users"] = json::array();
    for (std::size_t i = 0; i < d.users.size(); ++i) {
        auto const& f = s.audit.users[i];
        out["users"].push_back({{"user", d.users[i].name},
                                {"class", d.class_names[d.users[i].label]},
                                {"counterfactual", of(f.counterfactual)},
                                {"population", of(f.population)}});
    }
    auto const& nulls    = s.audit.nulls;
    out["flagged"]       = {{"counterfactual", flagged(s.audit, &user_findings::counterfactual)}, {"population", flagged(s.audit, &user_findings::population)}};
    out["null_sets"]     = {{"count", nulls.sets.size()},
                            {"per_class", nulls.per_class},
                            {"disjoint", disjoint_nulls(s.audit)},
                            {"highest", *std::max_element(nulls.sets.begin(), nulls.sets.end())}};
    out["lowest_user"]   = *std::min_element(s.audit.members.begin(), s.audit.members.end());
    out["test_accuracy"] = s.test_accuracy;
    return out;
}

auto settings_of(results const& r) -> json {
    auto const& o = r.settings;
    auto const& m = r.mark;
    return {
        {"pictures", r.source},
        {"pool", r.pool},
        {"classes", r.data.class_names},
        {"size", o.size},
        {"scale", o.name},
        {"quick", o.quick},
        {"seed", o.seed},
        {"users", o.users},
        {"pictures_per_user", o.per_user},
        {"training_set", o.training_set},
        {"withheld_keys", o.withheld},
        {"null_sets_per_class", o.nulls_per_class},
        {"false_discovery_rate", o.level},
        {"key_commitment", r.commitment},
        {"mark",
         {{"ratio", m.ratio},
          {"epsilon", m.epsilon},
          {"stripes", m.stripes},
          {"period", of(m.period)},
          {"octaves", of(m.octaves)},
          {"half_cycles", of(m.half_cycles)},
          {"design", name_of(m.design)}}},
        {"training",
         {{"epochs", o.how.epochs},
          {"batch_size", o.how.batch_size},
          {"highest_rate", o.how.highest_rate},
          {"momentum", o.how.momentum},
          {"weight_decay", o.how.weight_decay},
          {"validation", o.validation},
          {"network", network_in_words(o)},
          {"in_words", training_in_words(o)},
          {"place", r.place}}},
    };
}

}  // namespace

auto as_json(results const& r) -> std::string {
    json out;
    out["program"] = "hallmark quickstart";
    out["version"] = std::to_string(hallmark::version_major) + "." + std::to_string(hallmark::version_minor) + "." + std::to_string(hallmark::version_patch);
    out["claim_holds"] = std::all_of(r.claims.begin(), r.claims.end(), [](claim const& c) { return c.holds; });
    out["claims"]      = json::array();
    for (auto const& c : r.claims) {
        out["claims"].push_back({{"sentence", c.sentence}, {"holds", c.holds}});
    }
    out["settings"]   = settings_of(r);
    out["networks"]   = {{"suspect", of(r.suspect, r.data)}, {"innocent", of(r.innocent, r.data)}};
    out["comparison"] = json::array();
    for (auto const& s : r.compared) {
        out["comparison"].push_back({{"what", s.what},
                                     {"members", s.members},
                                     {"nulls", s.nulls},
                                     {"auc", s.auc},
                                     {"tpr_at_fpr_0", {{"value", s.tpr_at_zero.value}, {"lower", s.tpr_at_zero.ci.lower}, {"upper", s.tpr_at_zero.ci.upper}}}});
    }
    out["seconds"] = {{"load", r.load_seconds}, {"train", r.train_seconds}, {"audit", r.audit_seconds}};
    return out.dump(2) + "\n";
}

}  // namespace quickstart
