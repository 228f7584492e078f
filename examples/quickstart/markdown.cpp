// The results as a table for a page in Markdown, and the page that is kept around it.
#include "line.hpp"
#include "results.hpp"

#include <hallmark/io/atomic_file.hpp>
#include <hallmark/version.hpp>

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string_view>

namespace quickstart {
namespace {

auto read_text(std::string const& path) -> std::string {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

constexpr std::string_view begin = "<!-- results -->\n", end = "<!-- /results -->\n";

}  // namespace

auto as_markdown(results const& r) -> std::string {
    auto const& o   = r.settings;
    std::string out = line("Scale `%s`%s, hallmark %d.%d.%d, trained on %s in %.0f minutes, audited in %.0f. Pictures: %s, %zu of them; seed %llu.\n\n", o.name,
                           o.claims ? "" : " in its short form, which shows that the program runs and nothing else", hallmark::version_major,
                           hallmark::version_minor, hallmark::version_patch, r.place, r.train_seconds / 60.0, r.audit_seconds / 60.0,
                           r.source.substr(r.source.find_last_of('/') + 1).c_str(), r.pool, static_cast<unsigned long long>(o.seed));
    out += "| | with marks (suspect) | without marks (innocent) |\n|---|---|---|\n";
    out += line("| accuracy on held-out pictures | %.2f %% | %.2f %% |\n", 100.0 * r.suspect.test_accuracy, 100.0 * r.innocent.test_accuracy);
    out += line("| users flagged by the counterfactual audit | %zu of %zu | %zu |\n", flagged(r.suspect.audit, &user_findings::counterfactual), o.users,
                flagged(r.innocent.audit, &user_findings::counterfactual));
    out += line("| users flagged by the population audit | %zu of %zu | %zu |\n\n", flagged(r.suspect.audit, &user_findings::population), o.users,
                flagged(r.innocent.audit, &user_findings::population));

    out += line("| user, class | exact p (%zu withheld keys) | of the innocent | rank p (%zu null users) | of the innocent |\n|---|---|---|---|---|\n",
                o.withheld, o.nulls_per_class);
    for (std::size_t i = 0; i < r.data.users.size(); ++i) {
        auto const& u = r.data.users[i];
        auto const &s = r.suspect.audit.users[i], &n = r.innocent.audit.users[i];
        out += line("| %s, %s | %.4g | %.4g | %.4g | %.4g |\n", u.name.c_str(), r.data.class_names[u.label].c_str(), s.counterfactual.verdict.p_value,
                    n.counterfactual.verdict.p_value, s.population.verdict.p_value, n.population.verdict.p_value);
    }
    out += "\n| scored on the suspect | in | not in | AUC | TPR at 0 % FPR | 95 % interval |\n|---|---|---|---|---|---|\n";
    for (auto const& s : r.compared) {
        out += line("| %s | %zu | %zu | %.4f | %.1f %% | %.1f to %.1f %% |\n", s.what.c_str(), s.members, s.nulls, s.auc, 100.0 * s.tpr_at_zero.value,
                    100.0 * s.tpr_at_zero.ci.lower, 100.0 * s.tpr_at_zero.ci.upper);
    }
    return out;
}

void write_table(std::string const& path, std::string const& table) {
    auto       page  = read_text(path);
    auto const first = page.find(begin), last = page.find(end);
    if (first == std::string::npos && last == std::string::npos) {
        page = table;
    } else if (first == std::string::npos || last == std::string::npos || last < first) {
        throw std::runtime_error("--table: \"" + path + "\" has one of the lines <!-- results --> and <!-- /results --> without the other behind it");
    } else {
        page.replace(first + begin.size(), last - first - begin.size(), table);
    }
    hallmark::write_file(path, page);
}

}  // namespace quickstart
