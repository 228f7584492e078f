// hallmark test rank|conformal|lira|rmia|rank-sum|friedman|taggants|duci|privleak: tests whose answer is more than a statistic and a p-value.
#include "numbers.hpp"
#include "test_options.hpp"

#include <hallmark/signal/rmia.hpp>
#include <hallmark/stats/conformal.hpp>
#include <hallmark/stats/friedman.hpp>
#include <hallmark/stats/lira.hpp>
#include <hallmark/stats/privacy_leakage.hpp>
#include <hallmark/stats/proportion_used.hpp>
#include <hallmark/stats/rank.hpp>
#include <hallmark/stats/rank_sum.hpp>
#include <hallmark/stats/taggants.hpp>

#include <cmath>
#include <span>

namespace cli {
namespace {
auto read_table(std::string const& path, std::string const& needed) -> numbers {
    auto out = read_numbers(path);
    if (out.rank() != 2) {
        refuse(quote(path), " is not a table; ", needed, " is needed");
    }
    return out;
}

/// A table with a row for each sample.
auto read_shadows(std::string const& path) -> numbers { return read_table(path, "a row for each sample and a column for each shadow model"); }
}  // namespace

auto observed_score(test_options const& o) -> double {
    double value = 0.0;
    if (CLI::detail::lexical_cast(o.x, value)) {
        return value;
    }
    auto const x = read_sequence(o.x, o.column);
    if (x.size() != 1) {
        refuse("--x of ", o.name, " is one score, and ", quote(o.x), " has ", x.size());
    }
    return x.front();
}

auto answer_of(hallmark::rank_result const& r, std::string const& name) -> answer {
    answer a;
    a.json["test"]        = name;
    a.json["statistic"]   = r.hits;
    a.json["p_value"]     = r.p_value;
    a.json["n"]           = r.nulls;
    a.json["alternative"] = "greater";
    a.json["smallest_p"]  = r.smallest_p;
    return a;
}

auto run_rank(test_options const& o) -> answer {
    auto const r = hallmark::rank_test(observed_score(o), read_sequence(o.y, o.column));
    auto       a = answer_of(r, o.name);
    a.text       = sentence("rank: ", r.hits, " of ", r.nulls, " nulls reach the score, p = ", r.p_value, " (the least possible is ", r.smallest_p, ")\n");
    return a;
}

auto run_conformal(test_options const& o) -> answer {
    auto const x = read_sequence(o.x, o.column), y = read_sequence(o.y, o.column);
    if (o.x_groups.empty() != o.y_groups.empty()) {
        refuse("--x-groups and --y-groups of conformal go together");
    }
    if (o.smoothed && !o.x_groups.empty()) {
        refuse("--smoothed is of no use for conformal with --x-groups");
    }
    if (!o.smoothed) {
        forbid(*o.app, {"--seed"}, "for conformal without --smoothed");
    }
    auto const p = o.smoothed           ? hallmark::smoothed_conformal_p_values(x, y, o.seed)
                   : o.x_groups.empty() ? hallmark::conformal_p_values(x, y)
                                        : hallmark::mondrian_p_values(x, read_labels(o.x_groups), y, read_labels(o.y_groups));
    answer     a;
    a.json["test"]        = o.name;
    a.json["p_values"]    = p;
    a.json["n"]           = y.size();
    a.json["alternative"] = "greater";
    for (auto const v : p) {
        a.text += sentence(v, "\n");
    }
    return a;
}

namespace {
/// The test of a set by Student's t distribution of the next draw: what each sample adds to its statistic, and the whole.
auto lira_p_value(std::vector<double> const& x, numbers const& out, hallmark::alternative side) -> answer {
    auto const          models = out.shape[1];
    auto const          r      = hallmark::lira_test(x, {out.values, out.shape[0]}, side);
    std::vector<double> scores;
    for (std::size_t i = 0; i < x.size(); ++i) {
        scores.push_back(hallmark::lira_test(std::span(x).subspan(i, 1), {std::span(out.values).subspan(i * models, models), 1}, side).statistic);
    }
    answer a;
    a.json["test"]        = "lira";
    a.json["form"]        = "offline";
    a.json["statistic"]   = r.statistic;
    a.json["p_value"]     = r.p_value;
    a.json["alternative"] = name_of_side(r.alt);
    a.json["n"]           = r.n;
    a.json["scores"]      = scores;
    auto const log_p      = hallmark::lira_log_p_value(x, {out.values, out.shape[0]}, side);
    if (std::isfinite(log_p)) {
        a.json["log_p_value"] = log_p;
    }
    a.text = sentence("lira, offline, ", name_of_side(r.alt), ": statistic = ", r.statistic, ", p = ", power_text(r.p_value, log_p), ", n = ", r.n, "\n");
    return a;
}
}  // namespace

auto run_lira(test_options const& o) -> answer {
    auto const online = !o.in.empty();
    if (online) {
        forbid(*o.app, {"--alternative"}, "for lira with --in: the online ratio has no p-value");
    }
    auto const x   = read_sequence(o.x, o.column);
    auto const out = read_shadows(o.out);
    if (!o.side.empty()) {
        forbid(*o.app, {"--variance", "--centre"}, "for lira with --alternative: its p-value is by Student's t from each sample's own mean and variance");
        return lira_p_value(x, out, side_of(o.side));
    }
    auto const in   = online ? read_shadows(o.in) : numbers{};
    auto const test = hallmark::lira{o.variance == "fixed" ? hallmark::lira_variance::fixed : hallmark::lira_variance::per_sample,
                                     o.centre == "median" ? hallmark::lira_centre::median : hallmark::lira_centre::mean};
    auto const without = hallmark::shadow_scores{out.values, out.shape[0]};
    auto const scores  = online ? test.online(x, {in.values, in.shape[0]}, without) : test.offline(x, without);
    auto const sum     = hallmark::lira_of_set(scores);
    answer     a;
    a.json["test"]      = o.name;
    a.json["form"]      = online ? "online" : "offline";
    a.json["statistic"] = sum;
    a.json["n"]         = x.size();
    a.json["scores"]    = scores;
    a.text = sentence("lira, ", online ? "online: sum of the log ratios = " : "offline: sum of the log probabilities = ", sum, ", n = ", x.size(), "\n");
    return a;
}

namespace {
/// Reference models' log-probabilities of as many samples as there are in `of`, model by model.
auto read_references(std::string const& path, std::vector<double> const& of, std::string const& file) -> std::vector<double> {
    auto const table   = read_table(path, "a row for each sample and a column for each reference model");
    auto const samples = table.shape[0], models = table.shape[1];
    if (samples != of.size()) {
        refuse(quote(path), " has ", samples, " rows for ", of.size(), " samples in ", quote(file));
    }
    std::vector<double> out(table.values.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i % models * samples + i / models] = table.values[i];
    }
    return out;
}
}  // namespace

auto run_rmia(test_options const& o) -> answer {
    auto const x = read_sequence(o.x, o.column), y = read_sequence(o.y, o.column);
    auto const of_x = read_references(o.x_references, x, o.x), of_y = read_references(o.y_references, y, o.y);
    auto const scores = hallmark::rmia(o.gamma, o.offline_a)({x, of_x}, {y, of_y});
    answer     a;
    a.json["test"]   = o.name;
    a.json["scores"] = scores;
    auto const valid = o.gamma >= 1.0;  // below, a sample of the population need not be beaten by half of the others
    auto       p     = nlohmann::ordered_json::array();
    a.text           = valid ? "score,p\n" : "score\n";
    for (auto const s : scores) {
        a.text += sentence(s);
        if (valid) {
            p.push_back(hallmark::rmia_test(s, y.size()).p_value);
            a.text += sentence(",", p.back().get<double>());
        }
        a.text += "\n";
    }
    if (valid) {
        a.json["p_values"] = p;
    }
    a.json["n"]           = y.size();
    a.json["alternative"] = "greater";
    return a;
}

auto run_rank_sum(test_options const& o) -> answer {
    auto const x        = read_sequence(o.x, o.column);
    auto const y        = read_table(o.y, "a row for each sample and a column for each withheld version");
    auto const withheld = y.shape[1];
    if (y.shape[0] != x.size()) {
        refuse(quote(o.y), " has ", y.shape[0], " rows for ", x.size(), " samples in ", quote(o.x));
    }
    std::vector<std::size_t> below(x.size(), 0);
    for (std::size_t i = 0; i < y.values.size(); ++i) {
        below[i / withheld] += y.values[i] < x[i / withheld] ? 1u : 0u;
    }
    auto const r = hallmark::rank_sum_test(below, withheld);
    answer     a;
    a.json["test"]        = o.name;
    a.json["statistic"]   = r.statistic;
    a.json["p_value"]     = r.p_value;
    a.json["n"]           = r.items;
    a.json["alternative"] = "greater";
    a.json["withheld"]    = r.withheld;
    a.json["smallest_p"]  = r.smallest_p;
    a.text                = sentence("rank-sum: ", r.statistic, " of ", r.items * r.withheld, " withheld scores are below, p = ", r.p_value, "\n");
    return a;
}

auto run_friedman(test_options const& o) -> answer {
    auto const x = read_table(o.x, "a row for each block and a column for each treatment");
    auto const r = hallmark::friedman_test(x.values, x.shape[1]);
    answer     a;
    a.json["test"]        = o.name;
    a.json["statistic"]   = r.statistic;
    a.json["p_value"]     = r.p_value;
    a.json["log_p_value"] = r.log_p_value;
    a.json["n"]           = r.rows;
    a.json["columns"]     = r.columns;
    a.text = sentence("friedman: statistic = ", r.statistic, ", p = ", power_text(r.p_value, r.log_p_value), ", n = ", r.rows, " rows of ", r.columns, "\n");
    return a;
}

auto run_taggants(test_options const& o) -> answer {
    if (o.top_k > o.classes) {
        refuse("--top-k is ", o.top_k, " and --classes is ", o.classes, "; allowed is a --top-k from 1 to the number of classes");
    }
    if (o.hits > o.keys) {
        refuse("--hits is ", o.hits, " and --keys is ", o.keys, "; allowed are hits from 0 to the number of keys");
    }
    auto const r = hallmark::taggants_certificate(o.hits, o.keys, o.top_k, o.classes);
    answer     a;
    a.json["test"]        = o.name;
    a.json["statistic"]   = r.hits;
    a.json["p_value"]     = r.p_value;
    a.json["log_p_value"] = r.log_p_value;
    a.json["n"]           = r.keys;
    a.json["chance"]      = r.chance;
    a.json["alternative"] = "greater";
    a.text = sentence("taggants: ", r.hits, " of ", r.keys, " keys hit, each with chance ", r.chance, ", p = ", power_text(r.p_value, r.log_p_value), "\n");
    return a;
}

auto run_duci(test_options const& o) -> answer {
    auto const set     = hallmark::count_hits(read_sequence(o.x, o.column), o.threshold);
    auto const counted = !o.members.empty() || !o.nulls.empty();
    if (counted) {
        need(*o.app, {"--members", "--nulls"}, "for duci with counted rates");
        forbid(*o.app, {"--tpr", "--fpr"}, "for duci with --members and --nulls");
    } else {
        need(*o.app, {"--tpr", "--fpr"}, "for duci without --members and --nulls");
    }
    auto const r = counted ? hallmark::proportion_used(set, hallmark::count_hits(read_sequence(o.members, o.column), o.threshold),
                                                       hallmark::count_hits(read_sequence(o.nulls, o.column), o.threshold), o.confidence)
                           : hallmark::proportion_used(set, o.tpr, o.fpr, o.confidence);
    answer     a;
    a.json["test"]       = o.name;
    a.json["estimate"]   = r.estimate;
    a.json["raw"]        = r.raw;
    a.json["lower"]      = r.used.lower;
    a.json["upper"]      = r.used.upper;
    a.json["confidence"] = r.confidence;
    a.json["hits"]       = set.hits;
    a.json["n"]          = set.trials;
    a.text = sentence("duci: a share of ", r.estimate, " was used, between ", r.used.lower, " and ", r.used.upper, " with confidence ", r.confidence, "; ",
                      set.hits, " of ", set.trials, " samples at the threshold or above\n");
    return a;
}

auto run_privleak(test_options const& o) -> answer {
    auto const forget = read_sequence(o.x, o.column), hold_out = read_sequence(o.y, o.column), forget_2 = read_sequence(o.x_retrained, o.column),
               hold_out_2 = read_sequence(o.y_retrained, o.column);
    auto const r          = hallmark::privacy_leakage({forget, hold_out}, {forget_2, hold_out_2});
    answer     a;
    a.json["test"]          = o.name;
    a.json["percent"]       = r.percent;
    a.json["auc_model"]     = r.auc_model;
    a.json["auc_retrained"] = r.auc_retrained;
    a.json["n"]             = forget.size();
    a.text                  = sentence("privleak: ", r.percent, " %; AUC ", r.auc_model, " of the model and ", r.auc_retrained, " of the retrained one\n");
    return a;
}

}  // namespace cli
