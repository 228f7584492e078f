// hallmark plan: how many pictures, null sets, withheld keys and questions an audit needs.
#include "cli.hpp"
#include "numbers.hpp"

#include <hallmark/audit/plan.hpp>

#include <array>

namespace cli {
namespace {
struct plan_options {
    CLI::App*   app = nullptr;
    std::string name, effect, pilot, pilot_nulls, kind;
    double      alpha = 0.05, power = 0.9, shift = 0.0, within = 1.0, between = 0.0;
    std::size_t most_pictures = 1000, most_compared = 9999, pictures = 1;
};

constexpr std::array kinds = {hallmark::audit_kind::population, hallmark::audit_kind::shared_key, hallmark::audit_kind::independent_keys,
                              hallmark::audit_kind::twins, hallmark::audit_kind::sequential};

/// One score for each null set: a table's rows could be sets, or a set and its number.
auto read_pilot_nulls(plan_options const& o) -> std::vector<double> {
    auto nulls = read_sequence(o.pilot_nulls, "", "--pilot-nulls is one score for each null set, the mean over its samples");
    for (auto& v : nulls) {
        v = o.kind == "loss" ? -v : v;
    }
    return nulls;
}

/// Losses are turned round: larger = member.
auto read_pilot(plan_options const& o, std::string const& file) -> numbers {
    auto n = read_numbers(file);
    for (auto& v : n.values) {
        v = o.kind == "loss" ? -v : v;
    }
    return n;
}

auto effect_of_pilot(plan_options const& o) -> hallmark::effect_size {
    need(*o.app, {"--kind"}, "with --pilot: score if larger means member, loss if smaller does");
    if (o.name != "population") {
        forbid(*o.app, {"--pilot-nulls"}, "for " + o.name + ": versions of a picture differ by their keys alone, null sets by their pictures, too");
    } else if (o.pilot_nulls.empty()) {
        refuse("--pilot-nulls is needed with --pilot for population: null sets differ by their pictures, too, versions of a picture by their keys alone");
    }
    auto const pilot = read_pilot(o, o.pilot);
    if (!o.pilot_nulls.empty()) {
        need(*o.app, {"--pilot-pictures"}, "with --pilot-nulls: how many pictures each set of the pilot has");
        if (pilot.values.size() != 1) {
            refuse(quote(o.pilot), " has ", pilot.values.size(), " numbers; with --pilot-nulls it is the score of one set");
        }
        return hallmark::effect_of(pilot.values.front(), read_pilot_nulls(o), o.pictures);
    }
    forbid(*o.app, {"--pilot-pictures"}, "without --pilot-nulls");
    if (pilot.rank() != 2) {
        refuse(quote(o.pilot), " is not a matrix of versions by samples, the published version first");
    }
    return hallmark::effect_of(hallmark::version_scores{pilot.shape[1], pilot.values, {}});
}

auto effect_of(plan_options const& o) -> hallmark::effect_size {
    auto const from_numbers = o.app->count("--shift") > 0;
    if ((o.effect.empty() ? 0 : 1) + (o.pilot.empty() ? 0 : 1) + (from_numbers ? 1 : 0) != 1) {
        refuse("a plan needs one of --effect, --pilot and --shift");
    }
    if (!from_numbers) {
        forbid(*o.app, {"--within", "--between"}, "without --shift");
    }
    if (o.pilot.empty()) {
        forbid(*o.app, {"--kind", "--pilot-nulls", "--pilot-pictures"}, "without --pilot");
    }
    if (!o.pilot.empty()) {
        return effect_of_pilot(o);
    }
    if (from_numbers) {
        return {o.shift, o.within, o.between};
    }
    return o.effect == "small" ? hallmark::small_effect : o.effect == "medium" ? hallmark::medium_effect : hallmark::large_effect;
}

auto run(plan_options const& o) -> answer {
    if (o.name == "twins" || o.name == "sequential") {
        forbid(*o.app, {"--most-compared"}, "for " + o.name + ", which compares each picture with one other version");
    }
    hallmark::plan_request r{hallmark::audit_kind::population, effect_of(o), o.alpha, o.power, o.most_pictures, o.most_compared};
    for (auto const k : kinds) {
        r.kind = name_of(k) == o.name ? k : r.kind;
    }
    auto const rows = hallmark::plan_audit(r);
    answer     a;
    a.json["audit"]  = o.name;
    a.json["alpha"]  = o.alpha;
    a.json["power"]  = o.power;
    a.json["effect"] = {{"shift", r.effect.shift}, {"within", r.effect.within}, {"between", r.effect.between}};
    a.json["rows"]   = nlohmann::ordered_json::array();
    for (auto const& row : rows) {
        a.json["rows"].push_back({{"pictures", row.pictures}, {"compared", row.compared}, {"queries", row.queries}, {"power", row.power}});
    }
    a.code = rows.empty() ? not_shown : ok;
    a.text = sentence(o.name, ", alpha = ", o.alpha, ", power = ", o.power, ", effect of one picture = ", r.effect.of_picture(), " deviations\n");
    if (rows.empty()) {
        a.text += "No audit of this kind and within these limits reaches the power.\n";
        return a;
    }
    auto const what = r.kind == hallmark::audit_kind::population   ? "null sets"
                      : r.kind == hallmark::audit_kind::shared_key ? "withheld keys"
                                                                   : "withheld keys a picture";
    for (auto const& row : rows) {
        a.text += sentence("  ", row.pictures, " pictures, ", row.compared, " ", what, ", ", r.kind == hallmark::audit_kind::sequential ? "on average " : "",
                           row.queries, " questions: power ", row.power, "\n");
    }
    return a;
}
}  // namespace

void add_plan(CLI::App& app, session& s) {
    auto c = command<plan_options>(app, s, "plan", "Says how large an audit must be to show what is there. Exit code 1 means that none within the limits does.",
                                   "hallmark plan shared-key --effect medium --alpha 0.01\n  hallmark plan sequential --pilot versions.npy --kind score", run);
    std::vector<std::string> names;
    for (auto const k : kinds) {
        names.emplace_back(name_of(k));
    }
    c.app->add_option("AUDIT", c->name, "Which audit.")->required()->check(CLI::IsMember(names));
    c.app->add_option("--alpha", c->alpha, "The accepted rate of false alarms.")->capture_default_str();
    c.app->add_option("--power", c->power, "The wanted chance to show what is there.")->capture_default_str();
    c.app->add_option("--effect", c->effect, "A conventional size: 0.2, 0.5 or 0.8 deviations of one picture's score.")
        ->check(CLI::IsMember({"small", "medium", "large"}));
    c.app->add_option("--shift", c->shift, "How far the published picture's score lies above that of another key.");
    c.app->add_option("--within", c->within, "The deviation of one picture's score over keys.")->capture_default_str();
    c.app->add_option("--between", c->between, "The deviation of what one key does to all pictures alike.")->capture_default_str();
    c.app->add_option(
        "--pilot", c->pilot,
        "Scores of a pilot. For all audits but population: versions by samples, the published version first. For population, with --pilot-nulls: the "
        "score of one set.");
    c.app->add_option("--pilot-nulls", c->pilot_nulls, "population: the scores of the pilot's null sets.");
    c.app->add_option("--pilot-pictures", c->pictures, "population: how many pictures each set of the pilot has.")->check(whole_number(1));
    c.app->add_option("--kind", c->kind, "What the pilot's files hold.")->check(CLI::IsMember({"score", "loss"}));
    c.app->add_option("--most-pictures", c->most_pictures, "How many pictures a user can publish.")->check(whole_number(1, 10000))->capture_default_str();
    c.app->add_option("--most-compared", c->most_compared, "How many null sets or withheld keys can be had.")->check(whole_number(1))->capture_default_str();
}

}  // namespace cli
