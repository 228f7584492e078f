// The results as a table for the terminal.
#include "line.hpp"
#include "results.hpp"

namespace quickstart {
namespace {

/// A user's two p-values, and the answer that the counterfactual audit gives.
auto cells(user_findings const& f) -> std::string {
    auto const& exact  = f.counterfactual;
    auto const  answer = exact.flagged ? line("USED (at most %.2g %% false alarms)", 100.0 * exact.verdict.false_alarm_rate.upper) : std::string("no evidence");
    return line("%7.4f %7.4f  %-33s", exact.verdict.p_value, f.population.verdict.p_value, answer.c_str());
}

}  // namespace

auto as_table(results const& r) -> std::string {
    std::string out;
    out += "\nWere these networks trained on the users' pictures?\n\n";
    out += line("%-9s %-12s   %-50s   %s\n", "", "", "SUSPECT (trained on them)", "INNOCENT (never saw them)");
    out += line("%-9s %-12s   %7s %7s  %-33s   %7s %7s  %s\n", "user", "pictures of", "p exact", "p rank", "answer", "p exact", "p rank", "answer");
    for (std::size_t i = 0; i < r.data.users.size(); ++i) {
        auto const& u = r.data.users[i];
        out += line("%-9.9s %-12.12s   ", u.name.c_str(), r.data.class_names[u.label].c_str());
        out += cells(r.suspect.audit.users[i]) + "   " + cells(r.innocent.audit.users[i]) + "\n";
    }
    out += line(
        "\np exact: how often a network that never saw the marked pictures would prefer them this much to the same pictures\n"
        "         under %zu other marks that the user could have published (counterfactual audit, exact)\n"
        "p rank:  how often pictures of the same class that were never trained on, marked for others, score this high\n"
        "         (population audit, %zu sets for each class)\n",
        r.settings.withheld, r.settings.nulls_per_class);
    out += line("USED:    p exact is small even after %zu users were tried; of all users called so, at most %g %% are expected to be wrong\n\n",
                r.data.users.size(), 100.0 * r.settings.level);
    out += "What marks and sets are good for (suspect; score of what was trained on against what was not):\n";
    for (auto const& s : r.compared) {
        out += line("  %-33s  area under the ROC curve %.3f, found without a false alarm %5.1f %%\n", s.what.c_str(), s.auc, 100.0 * s.tpr_at_zero.value);
    }
    out += line("  accuracy on held-out pictures: %.1f %% with the users' pictures, %.1f %% without\n\n", 100.0 * r.suspect.test_accuracy,
                100.0 * r.innocent.test_accuracy);
    for (auto const& c : r.claims) {
        out += (c.holds ? "  holds   " : "  FAILS   ") + c.sentence + "\n";
    }
    return out;
}

}  // namespace quickstart
