// hallmark metric: how well scores tell members from the rest, and whether p-values are what they claim to be; with intervals.
#include "cli.hpp"
#include "numbers.hpp"

#include <hallmark/metric/auc_interval.hpp>
#include <hallmark/metric/calibration.hpp>
#include <hallmark/metric/log_log.hpp>
#include <hallmark/metric/roc.hpp>
#include <hallmark/stats/wilson.hpp>

namespace cli {
namespace {
struct score_options {
    CLI::App*   app = nullptr;
    std::string members, nulls, column, kind = "score";
    double      confidence = 0.95;
};
struct roc_options : score_options {
    std::vector<std::string> fpr{"0", "0.001", "0.01"}, tpr;
};
struct auc_options : score_options {
    std::string   method     = "delong";
    std::uint64_t replicates = 2000, seed = 0;
};
struct curve_options : score_options {
    std::string points = "all";
};
struct calibration_options {
    CLI::App*   app = nullptr;
    std::string p, column;
    double      confidence = 0.95;
};
struct rate_options {
    CLI::App*     app       = nullptr;
    std::string   method    = "clopper-pearson";
    std::uint64_t successes = 0, trials = 0;
    double        confidence = 0.95;
};

auto scores_of(std::string const& file, score_options const& o) -> std::vector<double> {
    auto scores = read_sequence(file, o.column);
    for (auto& s : scores) {
        s = o.kind == "loss" ? -s : s;
    }
    return scores;
}

auto interval_of(hallmark::rate const& r) -> nlohmann::ordered_json {
    return {{"lower", r.ci.lower}, {"upper", r.ci.upper}, {"hits", r.hits}, {"trials", r.trials}};
}

auto rate_from(std::string const& text, char const* option) -> double {
    double rate = 0.0;
    if (!CLI::detail::lexical_cast(text, rate) || !(rate >= 0.0 && rate <= 1.0)) {
        refuse(option, " is ", quote(text), "; allowed are numbers from 0 to 1");
    }
    return rate;
}

auto run(roc_options const& o) -> answer {
    check_column(*o.app, {o.members, o.nulls});
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
        auto const tpr             = hallmark::tpr_at_fpr(members, nulls, rate_from(text, "--fpr"), o.confidence);
        a.json["tpr_at_fpr"][text] = tpr.value;
        intervals[text]            = interval_of(tpr);
        a.text += sentence("TPR at FPR ", text, "  ", tpr.value, " (", tpr.ci.lower, " to ", tpr.ci.upper, ")\n");
    }
    a.json["fpr_at_tpr_1_interval"] = interval_of(fpr);
    a.json["tpr_at_fpr_interval"]   = intervals;
    for (auto const& text : o.tpr) {
        auto const at                       = hallmark::fpr_at_tpr(members, nulls, rate_from(text, "--tpr"), o.confidence);
        a.json["fpr_at_tpr"][text]          = at.value;
        a.json["fpr_at_tpr_interval"][text] = interval_of(at);
        a.text += sentence("FPR at TPR ", text, "  ", at.value, " (", at.ci.lower, " to ", at.ci.upper, ")\n");
    }
    a.json["confidence"] = o.confidence;
    a.json["members"]    = members.size();
    a.json["nulls"]      = nulls.size();
    return a;
}

auto run_auc(auc_options const& o) -> answer {
    if (o.method != "bootstrap") {
        forbid(*o.app, {"--replicates", "--seed"}, "for " + o.method);
    }
    check_column(*o.app, {o.members, o.nulls});
    auto const members = scores_of(o.members, o);
    auto const nulls   = scores_of(o.nulls, o);
    auto const key     = hallmark::chacha_key{{static_cast<std::uint32_t>(o.seed), static_cast<std::uint32_t>(o.seed >> 32)}};
    auto const e       = o.method == "delong" ? hallmark::auc_delong(members, nulls, o.confidence)
                                              : hallmark::auc_bootstrap(members, nulls, hallmark::stream(key), o.replicates, o.confidence);
    answer     a;
    a.json["auc"]            = e.value;
    a.json["standard_error"] = e.standard_error;
    a.json["interval"]       = {{"lower", e.ci.lower}, {"upper", e.ci.upper}};
    a.json["method"]         = o.method;
    a.json["confidence"]     = o.confidence;
    a.json["members"]        = members.size();
    a.json["nulls"]          = nulls.size();
    a.text                   = sentence("AUC  ", e.value, " (", 100.0 * o.confidence, " % interval ", e.ci.lower, " to ", e.ci.upper, ", ", o.method, ")\n");
    return a;
}

auto run_curve(curve_options const& o) -> answer {
    check_column(*o.app, {o.members, o.nulls});
    auto const members = scores_of(o.members, o);
    auto const nulls   = scores_of(o.nulls, o);
    auto       curve   = hallmark::roc_curve(members, nulls);
    answer     a;
    a.json["points"] = o.points;
    auto fpr = nlohmann::ordered_json::array(), tpr = nlohmann::ordered_json::array(), thresholds = nlohmann::ordered_json::array();
    if (o.points == "log-log") {
        a.text = "log10_fpr,log10_tpr\n";
        for (auto const& p : hallmark::log_log_curve(curve, 0.5 / static_cast<double>(nulls.size()))) {
            fpr.push_back(p.fpr);
            tpr.push_back(p.tpr);
            a.text += sentence(exact(p.fpr), ",", exact(p.tpr), "\n");
        }
    } else {
        curve  = o.points == "bends" ? hallmark::drop_intermediate(curve) : curve;
        a.text = "threshold,fpr,tpr\n";
        for (auto const& p : curve) {
            auto const threshold = o.kind == "loss" ? -p.threshold : p.threshold;  // as the file has them
            thresholds.push_back(threshold);                                       // null for the first, which is infinite
            fpr.push_back(p.fpr);
            tpr.push_back(p.tpr);
            a.text += sentence(exact(threshold), ",", exact(p.fpr), ",", exact(p.tpr), "\n");
        }
        a.json["threshold"] = thresholds;
    }
    a.json[o.points == "log-log" ? "log10_fpr" : "fpr"] = fpr;
    a.json[o.points == "log-log" ? "log10_tpr" : "tpr"] = tpr;
    return a;
}

auto run_calibration(calibration_options const& o) -> answer {
    check_column(*o.app, {o.p});
    auto const p = read_sequence(o.p, o.column);
    auto const r = hallmark::calibration(p, o.confidence);
    answer     a;
    a.json["n"]          = r.n;
    a.json["excess"]     = r.excess;
    a.json["at"]         = r.at;
    a.json["band"]       = r.band;
    a.json["p_value"]    = r.p_value;
    a.json["confidence"] = o.confidence;
    auto const valid     = r.p_value > 1.0 - o.confidence;  // exact, where the band is on the safe side
    a.json["valid"]      = valid;
    auto levels          = nlohmann::ordered_json::array();
    a.text = sentence(valid ? "Valid, as far as " : "Not valid, as ", r.n, r.n == 1 ? " p-value tells" : " p-values tell", ": too small by ", r.excess,
                      " at most (at p = ", r.at, "), which valid ones are with chance ", r.p_value, "\n");
    for (double const alpha : {0.1, 0.05, 0.01, 0.001}) {
        auto const rate  = hallmark::rejection_rate(p, alpha, o.confidence);
        auto       level = interval_of(rate);
        level["alpha"]   = alpha;
        level["rate"]    = rate.value;
        levels.push_back(level);
        a.text += sentence("at ", alpha, "  ", rate.value, " (", rate.ci.lower, " to ", rate.ci.upper, ")\n");
    }
    a.json["rejected"] = levels;
    a.code             = valid ? ok : not_shown;
    return a;
}

auto run_rate(rate_options const& o) -> answer {
    need(*o.app, {"--successes", "--trials"}, "for rate");
    auto const ci =
        o.method == "wilson" ? hallmark::wilson(o.successes, o.trials, o.confidence) : hallmark::clopper_pearson(o.successes, o.trials, o.confidence);
    answer a;
    a.json["rate"]       = static_cast<double>(o.successes) / static_cast<double>(o.trials);
    a.json["lower"]      = ci.lower;
    a.json["upper"]      = ci.upper;
    a.json["method"]     = o.method;
    a.json["confidence"] = o.confidence;
    a.text               = sentence(a.json["rate"].get<double>(), " (", 100.0 * o.confidence, " % interval ", ci.lower, " to ", ci.upper, ")\n");
    return a;
}

template <class Command>
void add_scores(Command& c) {
    c.app->add_option("--members", c->members, "Scores of what was trained on.")->required();
    c.app->add_option("--nulls", c->nulls, "Scores of what was not.")->required();
    c.app->add_option("--kind", c->kind, "score: larger means member; loss: smaller means member.")
        ->check(CLI::IsMember({"score", "loss"}))
        ->capture_default_str();
    c.app->add_option("--column", c->column, "The column to take from CSV files that have several.");
}
}  // namespace

void add_metric(CLI::App& app, session& s) {
    auto* const metric = app.add_subcommand("metric", "Measures how well scores tell members from the rest, and whether p-values are valid.");
    metric->require_subcommand(0, 1);
    metric->footer("Example:\n  hallmark metric auc --members members.npy --nulls nulls.npy");
    auto roc = command<roc_options>(*metric, s, "roc",
                                    "Computes the area under the ROC curve and the rates people quote from it, each with its Clopper-Pearson interval.",
                                    "hallmark metric roc --members members.npy --nulls nulls.npy --fpr 0 0.001 0.01", run);
    add_scores(roc);
    roc.app->add_option("--fpr", roc->fpr, "False-positive rates at which to give the true-positive rate.")->expected(1, 1000)->capture_default_str();
    roc.app->add_option("--tpr", roc->tpr, "True-positive rates at which to give the false-positive rate, beside 1.")->expected(1, 1000);
    roc.app->add_option("--confidence", roc->confidence, "The confidence of the intervals.")->capture_default_str();

    auto area = command<auc_options>(*metric, s, "auc", "Computes the area under the ROC curve with its interval.",
                                     "hallmark metric auc --members members.npy --nulls nulls.npy --method bootstrap", run_auc);
    add_scores(area);
    area.app->add_option("--method", area->method, "Where the interval comes from.")->check(CLI::IsMember({"delong", "bootstrap"}))->capture_default_str();
    area.app->add_option("--replicates", area->replicates, "bootstrap: how many resamples.")->check(whole_number(0, 100000000))->capture_default_str();
    area.app->add_option("--seed", area->seed, "bootstrap: another number, other draws.")->check(whole_number())->capture_default_str();
    area.app->add_option("--confidence", area->confidence, "The confidence of the interval.")->capture_default_str();

    auto curve =
        command<curve_options>(*metric, s, "curve", "Prints the ROC curve.", "hallmark metric curve --members members.npy --nulls nulls.npy", run_curve);
    add_scores(curve);
    curve.app
        ->add_option("--points", curve->points, "all: one for each distinct score; bends: without those on straight stretches; log-log: decimal logarithms.")
        ->check(CLI::IsMember({"all", "bends", "log-log"}))
        ->capture_default_str();

    auto calibrate = command<calibration_options>(*metric, s, "calibration",
                                                  "Tells whether p-values of nulls are valid, that is, not too small. The exit code is 1 where they are not.",
                                                  "hallmark metric calibration --p null-p-values.csv", run_calibration);
    calibrate.app->add_option("--p", calibrate->p, "A file of p-values of independent nulls.")->required();
    calibrate.app->add_option("--confidence", calibrate->confidence, "The confidence of the band and the intervals.")->capture_default_str();
    calibrate.app->add_option("--column", calibrate->column, "The column to take from a CSV file that has several.");

    auto one = command<rate_options>(*metric, s, "rate", "Computes a rate with its interval.", "hallmark metric rate --successes 3 --trials 500", run_rate);
    one.app->add_option("--successes", one->successes, "How many trials came out.")->check(whole_number());
    one.app->add_option("--trials", one->trials, "How many there were.")->check(whole_number());
    one.app->add_option("--method", one->method, "clopper-pearson holds its level; wilson is shorter and only about right.")
        ->check(CLI::IsMember({"clopper-pearson", "wilson"}))
        ->capture_default_str();
    one.app->add_option("--confidence", one->confidence, "The confidence of the interval.")->capture_default_str();
}

}  // namespace cli
