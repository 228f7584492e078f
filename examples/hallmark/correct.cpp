// hallmark correct: p-values adjusted for having asked many times.
#include "cli.hpp"
#include "numbers.hpp"

#include <hallmark/stats/multiplicity.hpp>

namespace cli {
namespace {
struct correct_options {
    CLI::App*   app = nullptr;
    std::string name, file, column;
    double      alpha = 0.05;
};

auto run(correct_options const& o) -> answer {
    if (!(o.alpha > 0.0 && o.alpha < 1.0)) {
        refuse("--alpha is ", o.alpha, "; allowed is a number between 0 and 1, both left out");
    }
    auto const p        = read_sequence(o.file, o.column);
    auto const adjusted = o.name == "bonferroni" ? hallmark::bonferroni(p)
                          : o.name == "holm"     ? hallmark::holm(p)
                          : o.name == "bh"       ? hallmark::benjamini_hochberg(p)
                                                 : hallmark::benjamini_yekutieli(p);
    answer     a;
    auto       rejected = nlohmann::ordered_json::array();
    a.json["method"]    = o.name;
    a.json["alpha"]     = o.alpha;
    a.json["n"]         = p.size();
    a.json["adjusted"]  = adjusted;
    for (std::size_t i = 0; i < p.size(); ++i) {
        rejected.push_back(adjusted[i] <= o.alpha);
        a.text += sentence(p[i], "  ", adjusted[i], adjusted[i] <= o.alpha ? "  rejected\n" : "\n");
    }
    a.json["rejected"] = rejected;
    return a;
}
}  // namespace

void add_correct(CLI::App& app, session& s) {
    auto c = command<correct_options>(
        app, s, "correct", "Adjusts p-values for their number: bonferroni and holm keep the chance of any false alarm, bh and by the share of false alarms.",
        "hallmark correct bh --p p-values.csv", run);
    c.app->add_option("NAME", c->name, "Which correction.")->required()->check(CLI::IsMember({"bonferroni", "holm", "bh", "by"}));
    c.app->add_option("--p", c->file, "A file of p-values.")->required();
    c.app->add_option("--alpha", c->alpha, "The level at which to say what is rejected.")->capture_default_str();
    c.app->add_option("--column", c->column, "The column to take from a CSV file that has several.");
}

}  // namespace cli
