// hallmark correct: p-values and e-values adjusted for having asked many times, combined into one, or turned into each other.
#include "cli.hpp"
#include "numbers.hpp"

#include <hallmark/stats/combine.hpp>
#include <hallmark/stats/e_value.hpp>
#include <hallmark/stats/multiplicity.hpp>

#include <cmath>
#include <set>

namespace cli {
namespace {
struct correct_options {
    CLI::App*   app = nullptr;
    std::string name, p, e, weights, column;
    double      alpha = 0.05, lambda = 0.5, kappa = 0.0;
};

std::set<std::string> const adjusting   = {"bonferroni", "holm", "hochberg", "hommel", "bh", "by", "storey", "e-bh"};
std::set<std::string> const combining   = {"fisher", "stouffer", "cauchy", "harmonic", "min-p"};
std::set<std::string> const combining_e = {"e-product", "e-mean"};
std::set<std::string> const turning     = {"p-to-e", "e-to-p"};

auto of_e_values(std::string const& name) -> bool { return name == "e-bh" || name == "e-to-p" || combining_e.count(name) > 0; }

void check_options(correct_options const& o) {
    auto const why = "for " + o.name;
    if (of_e_values(o.name)) {
        need(*o.app, {"--e"}, why);
        forbid(*o.app, {"--p"}, why);
    } else {
        need(*o.app, {"--p"}, why);
        forbid(*o.app, {"--e"}, why);
    }
    if (o.name != "storey") {
        forbid(*o.app, {"--lambda"}, why);
    }
    if (o.name != "stouffer" && o.name != "cauchy") {
        forbid(*o.app, {"--weights"}, why);
    }
    if (adjusting.count(o.name) == 0) {
        forbid(*o.app, {"--alpha"}, why);
    }
    if (o.name != "p-to-e") {
        forbid(*o.app, {"--kappa"}, why);
    }
    check_column(*o.app, {o.p, o.e});
    if (!(o.alpha > 0.0 && o.alpha < 1.0)) {
        refuse("--alpha is ", o.alpha, "; allowed is a number between 0 and 1, both left out");
    }
}

auto read_log_e(correct_options const& o) -> std::vector<double> {
    auto e = read_sequence(o.e, o.column);
    for (auto& x : e) {
        if (x < 0.0) {
            refuse("the e-value ", x, " in ", quote(o.e), " is negative; allowed are numbers from 0 on");
        }
        x = std::log(x);
    }
    return e;
}

auto adjust(correct_options const& o, std::vector<double> const& given) -> std::vector<double> {
    return o.name == "bonferroni" ? hallmark::bonferroni(given)
           : o.name == "holm"     ? hallmark::holm(given)
           : o.name == "hochberg" ? hallmark::hochberg(given)
           : o.name == "hommel"   ? hallmark::hommel(given)
           : o.name == "bh"       ? hallmark::benjamini_hochberg(given)
           : o.name == "by"       ? hallmark::benjamini_yekutieli(given)
           : o.name == "storey"   ? hallmark::storey(given, o.lambda)
                                  : hallmark::e_benjamini_hochberg(given);
}

auto combine(correct_options const& o) -> answer {
    auto const p       = read_sequence(o.p, o.column);
    auto const weights = o.weights.empty() ? std::vector<double>{} : read_sequence(o.weights);
    auto const r       = o.name == "fisher"     ? hallmark::fisher_combination(p)
                         : o.name == "stouffer" ? hallmark::stouffer_combination(p, weights)
                         : o.name == "cauchy"   ? hallmark::cauchy_combination(p, weights)
                         : o.name == "harmonic" ? hallmark::harmonic_combination(p)
                                                : hallmark::min_p_combination(p);
    answer     a;
    a.json["method"]      = o.name;
    a.json["n"]           = r.n;
    a.json["statistic"]   = r.statistic;  // null where infinite
    a.json["p_value"]     = r.p_value;
    a.json["log_p_value"] = r.log_p_value;
    a.text                = sentence(o.name, " of ", r.n, " p-values: statistic = ", r.statistic, ", p = ", power_text(r.p_value, r.log_p_value), "\n");
    return a;
}

auto combine_e(correct_options const& o) -> answer {
    auto const log_e = read_log_e(o);
    auto const all   = o.name == "e-mean" ? hallmark::log_e_mean(log_e) : hallmark::log_e_product(log_e);
    answer     a;
    a.json["method"]      = o.name;
    a.json["n"]           = log_e.size();
    a.json["e_value"]     = std::exp(all);  // null where infinite
    a.json["log_e_value"] = all;            // null where e is 0
    a.json["p_value"]     = hallmark::e_to_p(all);
    a.text                = sentence(o.name, " of ", log_e.size(), " e-values: e = ", std::exp(all), ", p = ", hallmark::e_to_p(all), "\n");
    return a;
}

auto turn(correct_options const& o) -> answer {
    answer a;
    auto   out = nlohmann::ordered_json::array(), logs = nlohmann::ordered_json::array();
    if (o.name == "e-to-p") {
        for (auto const log_e : read_log_e(o)) {
            out.push_back(hallmark::e_to_p(log_e));
            a.text += sentence(hallmark::e_to_p(log_e), "\n");
        }
    } else {
        for (auto const p : read_sequence(o.p, o.column)) {
            auto const log_e = o.app->count("--kappa") > 0 ? hallmark::p_to_log_e(p, o.kappa) : hallmark::p_to_log_e(p);
            out.push_back(std::exp(log_e));  // null where infinite, as its logarithm
            logs.push_back(log_e);
            a.text += sentence(std::exp(log_e), "\n");
        }
    }
    a.json["method"] = o.name;
    a.json["n"]      = out.size();
    if (o.name == "e-to-p") {
        a.json["p_values"] = out;
    } else {
        a.json["e_values"]     = out;
        a.json["log_e_values"] = logs;
    }
    return a;
}

auto run(correct_options const& o) -> answer {
    check_options(o);
    if (turning.count(o.name) > 0) {
        return turn(o);
    }
    if (combining_e.count(o.name) > 0) {
        return combine_e(o);
    }
    if (combining.count(o.name) > 0) {
        return combine(o);
    }
    auto const e_values = o.name == "e-bh";
    auto const given    = e_values ? read_log_e(o) : read_sequence(o.p, o.column);
    auto const adjusted = adjust(o, given);
    answer     a;
    auto       rejected = nlohmann::ordered_json::array();
    a.json["method"]    = o.name;
    a.json["alpha"]     = o.alpha;
    a.json["n"]         = given.size();
    a.json["adjusted"]  = adjusted;
    for (std::size_t i = 0; i < given.size(); ++i) {
        rejected.push_back(adjusted[i] <= o.alpha);
        a.text += sentence(e_values ? std::exp(given[i]) : given[i], "  ", adjusted[i], adjusted[i] <= o.alpha ? "  rejected\n" : "\n");
    }
    a.json["rejected"] = rejected;
    if (o.name == "storey") {
        a.json["pi0"] = hallmark::storey_pi0(given, o.lambda);
    }
    return a;
}
}  // namespace

void add_correct(CLI::App& app, session& s) {
    auto c = command<correct_options>(
        app, s, "correct",
        "Adjusts p-values for their number (bonferroni, holm, hochberg, hommel: the chance of any false alarm; bh, by, storey and, for "
        "e-values, e-bh: the share of false "
        "alarms), combines them into one (fisher, stouffer, cauchy, min-p: independent ones; harmonic: any; of e-values e-product: independent ones; e-mean: "
        "any), or turns them into each other (p-to-e, e-to-p).",
        "hallmark correct bh --p p-values.csv", run);
    auto names = adjusting;
    names.insert(combining.begin(), combining.end());
    names.insert(combining_e.begin(), combining_e.end());
    names.insert(turning.begin(), turning.end());
    c.app->add_option("NAME", c->name, "Which correction, combination or conversion.")->required()->check(CLI::IsMember(names));
    c.app->add_option("--p", c->p, "A file of p-values.");
    c.app->add_option("--e", c->e, "e-bh, e-product, e-mean, e-to-p: a file of e-values.");
    c.app->add_option("--weights", c->weights, "stouffer and cauchy: a file with a weight for each p-value.");
    c.app->add_option("--lambda", c->lambda, "storey: p-values above this are taken for nulls.")->capture_default_str();
    c.app->add_option("--kappa", c->kappa, "p-to-e: e = kappa p^(kappa - 1), a bet on small p; without it the average over all kappa from 0 to 1.");
    c.app->add_option("--alpha", c->alpha, "The level at which to say what is rejected.")->capture_default_str();
    c.app->add_option("--column", c->column, "The column to take from a CSV file that has several.");
}

}  // namespace cli
