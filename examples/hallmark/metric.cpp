// hallmark metric roc: how well scores tell members from the rest, with intervals.
#include "cli.hpp"
#include "numbers.hpp"

#include <hallmark/metric/roc.hpp>

namespace cli {
namespace {
struct roc_options {
    CLI::App*                app = nullptr;
    std::string              members, nulls, column, kind = "score";
    std::vector<std::string> fpr{"0", "0.001", "0.01"};
    double                   confidence = 0.95;
};

auto scores_of(std::string const& file, roc_options const& o) -> std::vector<double> {
    auto scores = read_sequence(file, o.column);
    for (auto& s : scores) {
        s = o.kind == "loss" ? -s : s;
    }
    return scores;
}

auto interval_of(hallmark::rate const& r) -> nlohmann::ordered_json {
    return {{"lower", r.ci.lower}, {"upper", r.ci.upper}, {"hits", r.hits}, {"trials", r.trials}};
}

auto run(roc_options const& o) -> answer {
    auto const members = scores_of(o.members, o);
    auto const nulls   = scores_of(o.nulls, o);
    answer     a;
    auto const area        = hallmark::auc(members, nulls);
    auto const fpr         = hallmark::fpr_at_tpr(members, nulls, 1.0, o.confidence);
    a.json["auc"]          = area;
    a.json["fpr_at_tpr_1"] = fpr.value;
    a.json["tpr_at_fpr"]   = nlohmann::ordered_json::object();
    a.text                 = sentence("AUC           ", area, " (", members.size(), " members, ", nulls.size(), " nulls)\nFPR at TPR 1  ", fpr.value, " (",
                                      100.0 * o.confidence, " % interval ", fpr.ci.lower, " to ", fpr.ci.upper, ")\n");
    auto intervals         = nlohmann::ordered_json::object();
    for (auto const& text : o.fpr) {
        double most = 0.0;
        if (!CLI::detail::lexical_cast(text, most)) {
            refuse("--fpr is ", quote(text), "; allowed are numbers from 0 to 1");
        }
        auto const tpr             = hallmark::tpr_at_fpr(members, nulls, most, o.confidence);
        a.json["tpr_at_fpr"][text] = tpr.value;
        intervals[text]            = interval_of(tpr);
        a.text += sentence("TPR at FPR ", text, "  ", tpr.value, " (", tpr.ci.lower, " to ", tpr.ci.upper, ")\n");
    }
    a.json["fpr_at_tpr_1_interval"] = interval_of(fpr);
    a.json["tpr_at_fpr_interval"]   = intervals;
    a.json["confidence"]            = o.confidence;
    a.json["members"]               = members.size();
    a.json["nulls"]                 = nulls.size();
    return a;
}
}  // namespace

void add_metric(CLI::App& app, session& s) {
    auto* const metric = app.add_subcommand("metric", "Measures how well scores tell members from the rest.");
    metric->require_subcommand(0, 1);
    auto c = command<roc_options>(*metric, s, "roc",
                                  "Computes the area under the ROC curve and the rates people quote from it, each with its Clopper-Pearson interval.",
                                  "hallmark metric roc --members members.npy --nulls nulls.npy --fpr 0 0.001 0.01", run);
    c.app->add_option("--members", c->members, "Scores of what was trained on.")->required();
    c.app->add_option("--nulls", c->nulls, "Scores of what was not.")->required();
    c.app->add_option("--fpr", c->fpr, "False-positive rates at which to give the true-positive rate.")->expected(1, 1000)->capture_default_str();
    c.app->add_option("--kind", c->kind, "score: larger means member; loss: smaller means member.")
        ->check(CLI::IsMember({"score", "loss"}))
        ->capture_default_str();
    c.app->add_option("--confidence", c->confidence, "The confidence of the intervals.")->capture_default_str();
    c.app->add_option("--column", c->column, "The column to take from CSV files that have several.");
}

}  // namespace cli
