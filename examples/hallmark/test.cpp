// hallmark test: a hypothesis test on numbers from files.
#include "numbers.hpp"
#include "test_options.hpp"

#include <hallmark/stats/binomial.hpp>
#include <hallmark/stats/dataset_inference.hpp>
#include <hallmark/stats/kolmogorov_smirnov.hpp>
#include <hallmark/stats/mann_whitney.hpp>
#include <hallmark/stats/paired_t.hpp>
#include <hallmark/stats/permutation.hpp>
#include <hallmark/stats/sign.hpp>
#include <hallmark/stats/sign_flip.hpp>
#include <hallmark/stats/stratified_permutation.hpp>
#include <hallmark/stats/twins.hpp>
#include <hallmark/stats/welch.hpp>
#include <hallmark/stats/wilcoxon.hpp>

#include <algorithm>
#include <cmath>
#include <optional>

namespace cli {

auto tests() -> std::map<std::string, abilities> const& {
    static std::map<std::string, abilities> const all = {
        {"welch", {{"--x", "--y", "--alternative"}, {"--column"}}},
        {"paired-t", {{"--x", "--alternative"}, {"--y", "--column", "--margin"}}},
        {"mann-whitney", {{"--x", "--y", "--alternative"}, {"--column", "--method", "--continuity"}}},
        {"ks", {{"--x", "--y", "--alternative"}, {"--column", "--method", "--continuity"}}},
        {"permutation", {{"--x", "--alternative"}, {"--y", "--column", "--paired", "--draws", "--seed", "--x-groups", "--y-groups"}}},
        {"binomial", {{"--successes", "--trials", "--p0", "--alternative"}, {}}},
        {"sign", {{"--x", "--alternative"}, {"--y", "--column"}}},
        {"wilcoxon", {{"--x", "--alternative"}, {"--y", "--column", "--method", "--continuity", "--zeros"}}},
        {"twins", {{"--x", "--y", "--alternative"}, {"--column"}}},
        {"rank", {{"--x", "--y"}, {"--column", "--alternative"}}},
        {"conformal", {{"--x", "--y"}, {"--column", "--alternative", "--smoothed", "--seed", "--x-groups", "--y-groups"}}},
        {"lira", {{"--x", "--out"}, {"--column", "--alternative", "--in", "--variance", "--centre"}}},
        {"rmia", {{"--x", "--y", "--x-references", "--y-references"}, {"--column", "--alternative", "--gamma", "--offline-a"}}},
        {"rank-sum", {{"--x", "--y"}, {"--column", "--alternative"}}},
        {"friedman", {{"--x"}, {}}},
        {"sequential-rank", {{"--x", "--y", "--stop-hits", "--most"}, {"--column", "--alternative"}}},
        {"coin-process", {{"--x"}, {"--column", "--alternative", "--alpha", "--prior-a", "--prior-b"}}},
        {"betting-process", {{"--x", "--mean", "--alternative"}, {"--column", "--alpha", "--confidence", "--lower", "--upper"}}},
        {"taggants", {{"--hits", "--keys", "--classes"}, {"--top-k", "--alternative"}}},
        {"duci", {{"--x", "--threshold"}, {"--column", "--members", "--nulls", "--tpr", "--fpr", "--confidence"}}},
        {"privleak", {{"--x", "--y", "--x-retrained", "--y-retrained"}, {"--column"}}},
        {"dataset-inference", {{"--x", "--y", "--alternative"}, {"--column", "--directions"}}},
    };
    return all;
}

namespace {
void check_options(test_options const& o) {
    auto const& can = tests().at(o.name);
    auto const  why = "for " + o.name;
    for (auto const& name : can.needs) {
        if (o.app->count(name) == 0) {
            refuse(name, " is needed ", why, name != "--alternative" ? "" : o.name == "betting-process" ? ": less or greater" : ": less, greater or two-sided");
        }
    }
    auto const has = [](std::vector<std::string> const& names, std::string const& name) { return std::find(names.begin(), names.end(), name) != names.end(); };
    for (auto const& [other, abilities] : tests()) {
        for (auto const* list : {&abilities.needs, &abilities.knows}) {
            for (auto const& name : *list) {
                if (!has(can.needs, name) && !has(can.knows, name)) {
                    forbid(*o.app, {name.c_str()}, why);
                }
            }
        }
    }
    if (has(can.knows, "--alternative") && o.name != "lira" && o.app->count("--alternative") > 0 && o.side != "greater") {
        refuse("--alternative is ", o.side, "; allowed for ", o.name, " is greater");
    }
    check_column(*o.app, {o.x, o.name == "rank-sum" ? "" : o.y, o.members, o.nulls, o.x_retrained, o.y_retrained});  // tables are taken whole
    if (o.method == "exact") {
        forbid(*o.app, {"--continuity"}, "with --method exact: it corrects the asymptotic tail");
    }
    if (o.name == "permutation" && !o.paired) {
        need(*o.app, {"--y"}, "for permutation without --paired");
        if (o.x_groups.empty() != o.y_groups.empty()) {
            refuse("--x-groups and --y-groups of permutation go together");
        }
    } else if (o.name == "permutation") {
        forbid(*o.app, {"--x-groups", "--y-groups"}, "for permutation with --paired");
    }
}

struct computed {
    hallmark::test_result result;
    std::optional<double> log_p = {};
};

/// Of a test that takes one sample or two.
template <class Test>
auto one_or_two(Test const& t, std::vector<double> const& x, std::vector<double> const& y, bool two, hallmark::alternative side) -> computed {
    if constexpr (requires { t.log_p_value(x, side); }) {
        return {two ? t(x, y, side) : t(x, side), two ? t.log_p_value(x, y, side) : t.log_p_value(x, side)};
    } else {
        return {two ? t(x, y, side) : t(x, side)};
    }
}

void check_pairs(test_options const& o, std::vector<double> const& x, std::vector<double> const& y) {
    auto const pairs = o.paired || o.name == "paired-t" || o.name == "sign" || o.name == "wilcoxon" || o.name == "twins";
    if (pairs && !o.y.empty() && x.size() != y.size()) {
        refuse("--x has ", x.size(), " numbers and --y ", y.size(), "; ", o.name, " takes pairs, so allowed are as many of one as of the other");
    }
}

auto compute(test_options const& o) -> computed {
    auto const side = side_of(o.side);
    if (o.name == "binomial") {
        return {hallmark::binomial_test(o.successes, o.trials, o.p0, side), hallmark::binomial_log_p_value(o.successes, o.trials, o.p0, side)};
    }
    auto const two = !o.y.empty();
    auto const x   = read_sequence(o.x, o.column);
    auto const y   = two ? read_sequence(o.y, o.column) : std::vector<double>{};
    check_pairs(o, x, y);
    auto const continuity = o.continuity == "on";
    auto const method     = o.method == "exact"        ? hallmark::tail_method::exact
                            : o.method == "asymptotic" ? hallmark::tail_method::asymptotic
                                                       : hallmark::tail_method::automatic;
    auto const resampling = hallmark::resampling::automatic;
    if (o.name == "welch") {
        return {hallmark::welch_t{}(x, y, side), hallmark::welch_t{}.log_p_value(x, y, side)};
    }
    if (o.name == "paired-t") {
        return one_or_two(hallmark::paired_t{o.margin}, x, y, two, side);
    }
    if (o.name == "mann-whitney") {
        auto const test = hallmark::mann_whitney{method, continuity};
        return {test(x, y, side), test.log_p_value(x, y, side)};
    }
    if (o.name == "ks") {
        auto const test = hallmark::kolmogorov_smirnov{method, continuity};
        return {test(x, y, side), test.log_p_value(x, y, side)};
    }
    if (o.name == "sign") {
        return one_or_two(hallmark::sign_test{}, x, y, two, side);
    }
    if (o.name == "wilcoxon") {
        return one_or_two(hallmark::wilcoxon_test{method, continuity, o.zeros == "rank"}, x, y, two, side);
    }
    if (o.name == "twins") {
        return {hallmark::twin_test{}(x, y, side), hallmark::twin_test{}.log_p_value(x, y, side)};
    }
    if (o.name == "dataset-inference") {
        auto const test = hallmark::dataset_inference_test{o.directions};
        return {test(x, y, side), test.log_p_value(x, y, side)};
    }
    if (o.paired) {
        return one_or_two(hallmark::sign_flip_test{resampling, o.draws, o.seed}, x, y, two, side);
    }
    if (!o.x_groups.empty()) {
        return {hallmark::stratified_permutation_test{resampling, o.draws, o.seed}(x, read_labels(o.x_groups), y, read_labels(o.y_groups), side)};
    }
    return {hallmark::permutation_test{resampling, o.draws, o.seed}(x, y, side)};
}

auto run(test_options const& o) -> answer {
    check_options(o);
    auto const fits = std::map<std::string, answer (*)(test_options const&)>{{"rank", run_rank},
                                                                             {"conformal", run_conformal},
                                                                             {"lira", run_lira},
                                                                             {"taggants", run_taggants},
                                                                             {"duci", run_duci},
                                                                             {"privleak", run_privleak},
                                                                             {"rmia", run_rmia},
                                                                             {"rank-sum", run_rank_sum},
                                                                             {"friedman", run_friedman},
                                                                             {"sequential-rank", run_sequential_rank},
                                                                             {"coin-process", run_coin_process},
                                                                             {"betting-process", run_betting_process}};
    if (auto const fit = fits.find(o.name); fit != fits.end()) {
        return fit->second(o);
    }
    auto const c = compute(o);
    auto const r = c.result;
    answer     a;
    a.json["test"]        = o.name;
    a.json["statistic"]   = r.statistic;
    a.json["p_value"]     = r.p_value;
    a.json["n"]           = r.n;
    a.json["alternative"] = name_of_side(r.alt);
    if (c.log_p && std::isfinite(*c.log_p)) {
        a.json["log_p_value"] = *c.log_p;
    }
    a.text =
        sentence(o.name, ", ", name_of_side(r.alt), ": statistic = ", r.statistic, ", p = ", power_text(r.p_value, c.log_p.value_or(0.0)), ", n = ", r.n, "\n");
    return a;
}
}  // namespace

void add_test(CLI::App& app, session& s) {
    auto                     c = command<test_options>(app, s, "test", "Runs one hypothesis test on numbers from .npy or CSV files.",
                                   "hallmark test mann-whitney --x members.csv --y nulls.csv --alternative greater --json", run);
    std::vector<std::string> names;
    for (auto const& [name, unused] : tests()) {
        names.push_back(name);
    }
    c.app->add_option("NAME", c->name, "Which test.")->required()->check(CLI::IsMember(names));
    c.app->add_option(
        "--x", c->x,
        "The first sample: the members, the published versions, the forget set; for rank and sequential-rank the one observed score, as a number or a file; "
        "for friedman a table.");
    c.app->add_option(
        "--y", c->y,
        "The second sample; for rank and sequential-rank the null scores; for rank-sum a table of withheld scores, a row for each x. paired-t, sign, wilcoxon "
        "and permutation --paired also take --x alone.");
    c.app->add_option("--column", c->column, "The column to take from CSV files that have several.");
    c.app->add_option("--alternative", c->side, "The side to look at: is x less, greater, or either. For ks the sides are those of the distribution functions.")
        ->check(CLI::IsMember({"less", "greater", "two-sided"}));
    c.app->add_option("--method", c->method, "How mann-whitney, ks and wilcoxon find the tail.")
        ->check(CLI::IsMember({"exact", "asymptotic", "auto"}))
        ->capture_default_str();
    c.app->add_option("--continuity", c->continuity, "The continuity correction of the asymptotic tail of mann-whitney, ks and wilcoxon.")
        ->check(CLI::IsMember({"on", "off"}))
        ->capture_default_str();
    c.app->add_option("--zeros", c->zeros, "wilcoxon: pairs that are equal are dropped, or ranked and then dropped (Pratt).")
        ->check(CLI::IsMember({"drop", "rank"}))
        ->capture_default_str();
    c.app->add_flag("--paired", c->paired, "permutation: flip the signs of pairs instead of splitting the values anew.");
    c.app->add_option("--margin", c->margin, "paired-t: the mean difference under the null hypothesis.")->capture_default_str();
    c.app->add_option("--successes", c->successes, "binomial: how many trials came out.")->check(whole_number());
    c.app->add_option("--trials", c->trials, "binomial: how many there were.")->check(whole_number());
    c.app->add_option("--p0", c->p0, "binomial: the chance of each under the null hypothesis.");
    c.app->add_option("--draws", c->draws, "permutation: how many random arrangements, where there are more than 2^20.")
        ->check(whole_number(1, 100000000))
        ->capture_default_str();
    c.app->add_option("--seed", c->seed, "permutation, conformal --smoothed: which ones; fix it before looking at the data.")
        ->check(whole_number())
        ->capture_default_str();
    c.app->add_option("--x-groups", c->x_groups, "permutation: the stratum (user) of each x; conformal: its class. Whole numbers.");
    c.app->add_option("--y-groups", c->y_groups, "The same of each y.");
    c.app->add_flag("--smoothed", c->smoothed, "conformal: break ties by lot.");
    c.app->add_option("--in", c->in, "lira: scores of shadow models trained on the samples; a row for each sample.");
    c.app->add_option("--out", c->out, "lira: scores of shadow models not trained on them; a row for each sample.");
    c.app->add_option("--variance", c->variance, "lira: each sample's own variance, or one for all.")
        ->check(CLI::IsMember({"per-sample", "fixed"}))
        ->capture_default_str();
    c.app->add_option("--centre", c->centre, "lira: of the Gaussians.")->check(CLI::IsMember({"mean", "median"}))->capture_default_str();
    c.app->add_option("--hits", c->hits, "taggants: keys whose label is among the top k.")->check(whole_number());
    c.app->add_option("--keys", c->keys, "taggants: how many keys.")->check(whole_number(1));
    c.app->add_option("--top-k", c->top_k, "taggants: k.")->check(whole_number(1))->capture_default_str();
    c.app->add_option("--classes", c->classes, "taggants: how many classes.")->check(whole_number(1));
    c.app->add_option("--threshold", c->threshold, "duci: scores at it or above are called members.");
    c.app->add_option("--members", c->members, "duci: scores of reference members, to count the true-positive rate.");
    c.app->add_option("--nulls", c->nulls, "duci: scores of reference non-members, to count the false-positive rate.");
    c.app->add_option("--tpr", c->tpr, "duci: the true-positive rate, if it is known.");
    c.app->add_option("--fpr", c->fpr, "duci: the false-positive rate, if it is known.");
    c.app->add_option("--confidence", c->confidence, "duci, betting-process: of the interval.")->capture_default_str();
    c.app->add_option("--x-retrained", c->x_retrained, "privleak: the retrained model's scores of the forget set.");
    c.app->add_option("--y-retrained", c->y_retrained, "privleak: its scores of the hold-out set.");
    c.app->add_option("--x-references", c->x_references, "rmia: reference models' log-probabilities of the x; a row for each, a column for each model.");
    c.app->add_option("--y-references", c->y_references, "rmia: the same of the y, the population.");
    c.app->add_option("--gamma", c->gamma, "rmia: how many times likelier a sample must be to beat one of the population.")->capture_default_str();
    c.app->add_option("--offline-a", c->offline_a, "rmia: 1 takes the references' mean as it is, for references of which half saw the sample.")
        ->capture_default_str();
    c.app->add_option("--stop-hits", c->stop_hits, "sequential-rank: stop at this many nulls that reach the score.")->check(whole_number(1));
    c.app->add_option("--most", c->most, "sequential-rank: or after this many nulls; fix both before looking at the data.")->check(whole_number(1));
    c.app->add_option("--alpha", c->alpha, "coin-process, betting-process: the level at which to say whether and when it was rejected.")->capture_default_str();
    c.app->add_option("--prior-a", c->prior_a, "coin-process: chances of winning are drawn from Beta(a, b) above one half.")->capture_default_str();
    c.app->add_option("--prior-b", c->prior_b, "The same.")->capture_default_str();
    c.app->add_option("--mean", c->mean, "betting-process: the mean under the null hypothesis.");
    c.app->add_option("--lower", c->lower, "betting-process: no number is below.")->capture_default_str();
    c.app->add_option("--upper", c->upper, "betting-process: no number is above.")->capture_default_str();
    c.app->add_option("--directions", c->directions, "dataset-inference: distances for each picture.")->check(whole_number())->capture_default_str();
}

}  // namespace cli
