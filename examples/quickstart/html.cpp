// The results as a page: pictures, charts, tables, and every setting.
#include <hallmark/io/image.hpp>
#include <hallmark/metric/roc.hpp>
#include <hallmark/report/histogram_chart.hpp>
#include <hallmark/report/html.hpp>
#include <hallmark/report/line_chart.hpp>
#include <hallmark/report/roc_chart.hpp>
#include <hallmark/stats/clopper_pearson.hpp>
#include <hallmark/version.hpp>

#include "results.hpp"

#include <algorithm>
#include <cstdio>

namespace quickstart {
namespace {

using hallmark::tone;

template <class Number>
auto shown(char const* format, Number x) -> std::string {
    char text[64];
    std::snprintf(text, sizeof text, format, x);
    return text;
}
auto percent(double x) -> std::string { return shown("%.3g %%", 100.0 * x); }
auto count(std::size_t n) -> std::string { return shown("%zu", n); }

auto answer_of(user_findings const& f) -> hallmark::html_cell {
    if (f.counterfactual.flagged && f.population.flagged) {
        return {"used", tone::bad};
    }
    if (f.counterfactual.flagged) {
        return {"used, by the counterfactual audit alone", tone::bad};
    }
    return f.population.flagged ? hallmark::html_cell{"used, by the population audit alone", tone::bad} : hallmark::html_cell{"no evidence"};
}

auto table_of(subject const& s, dealt const& d, std::string caption) -> hallmark::html_table {
    hallmark::html_table out{{"user", "class", "counterfactual p", "false alarms", "population p", "answer"}, {}, std::move(caption)};
    for (std::size_t i = 0; i < d.users.size(); ++i) {
        auto const& f     = s.audit.users[i];
        auto const& exact = f.counterfactual;
        out.rows.push_back({d.users[i].name, d.class_names[d.users[i].label], shown("%.4f", exact.verdict.p_value),
                            exact.flagged ? "at most " + shown("%.2g %%", 100.0 * exact.verdict.false_alarm_rate.upper) : "–",
                            shown("%.4f", f.population.verdict.p_value), answer_of(f)});
    }
    return out;
}

auto png_of(pictures const& p) -> std::vector<std::byte> { return hallmark::encode_png(p.view().slice(0, 1)); }

auto before_and_after(results const& r) -> hallmark::html_content {
    std::vector<hallmark::html_picture_pair> pairs;
    for (std::size_t i = 0; i < std::min<std::size_t>(8, r.data.users.size()); ++i) {
        auto const& u = r.data.users[i];
        pairs.push_back({png_of(u.originals), png_of(u.marked), u.name + ": " + r.data.class_names[u.label]});
    }
    hallmark::html_content out;
    out.heading("The mark");
    out.paragraph(
        "One picture of each of some users, as it is kept at home and as it is published. The colour stripes are the same on all pictures of a user, "
        "the fine pattern is different on each; both come from a secret key and nothing else.");
    out.gallery(pairs, 96);
    return out;
}

auto scores_of(std::string const& title, subject const& s) -> std::string {
    hallmark::histogram_options look;
    look.title   = title;
    look.x_label = "mean log-probability of the right class over a set (larger = trained on)";
    look.shares  = true;
    return hallmark::histogram_chart({{"null sets, never trained on", s.audit.nulls.sets}, {"the users' sets", s.audit.members}}, look);
}

auto curves_of(results const& r) -> std::string {
    auto const column = [](subject const& s, double epoch_record::*which) {
        std::vector<double> out;
        for (auto const& e : s.curve) {
            out.push_back(e.*which);
        }
        return out;
    };
    hallmark::line_options look;
    look.title     = "Accuracy";
    look.y_label   = "pictures classified right";
    look.y_percent = true;
    return hallmark::line_chart({{"suspect, training set", column(r.suspect, &epoch_record::accuracy)},
                                 {"innocent, training set", column(r.innocent, &epoch_record::accuracy)},
                                 {"suspect, held-out pictures", column(r.suspect, &epoch_record::held_out_accuracy)},
                                 {"innocent, held-out pictures", column(r.innocent, &epoch_record::held_out_accuracy)}},
                                look);
}

auto comparison_of(results const& r) -> hallmark::html_content {
    hallmark::html_table table{{"scored on the suspect", "in", "not in", "AUC", "found at 0", "95 % interval"}, {}, {}};
    for (auto const& s : r.compared) {
        table.rows.push_back({s.what, count(s.members), count(s.nulls), shown("%.3f", s.auc), percent(s.tpr_at_zero.value),
                              percent(s.tpr_at_zero.ci.lower) + " to " + percent(s.tpr_at_zero.ci.upper)});
    }
    hallmark::html_content out;
    out.heading("Without marks, picture by picture");
    out.paragraph(
        "The usual way to ask whether a picture was trained on is its loss: low loss, probably trained on. Here the suspect is asked that about "
        "the unmarked pictures of its training set, against held-out pictures of the same classes (first row), about the users' marked pictures, against "
        "held-out pictures marked for other users (second row), and about both in sets of one class. AUC, the area under the ROC curve, is the chance that one "
        "that was trained on scores above one that was not; "
        "\"found at 0\" is the share of those trained on that score above all others, so without a false alarm.");
    out.table(table);
    out.paragraph(
        "A network as small and as overfitted as these gives sets away even unmarked, so the last two rows tell little about large models. "
        "What an unmarked set cannot have is the counterfactual audit: it needs other versions that might have been published, and in return needs no "
        "pictures of anyone else, no second model, and no assumption about the model.");
    return out;
}

auto settings_of(results const& r) -> hallmark::html_content {
    auto const& o     = r.settings;
    auto const& m     = r.mark;
    auto const  range = [](hallmark::whole_range x) { return std::to_string(x.first) + " to " + std::to_string(x.last); };

    hallmark::html_content out;
    out.heading("Settings and seeds");
    out.definitions({
        {"pictures", r.source + ", " + count(r.pool) + " of them, " + count(o.size) + " × " + count(o.size) + " pixels"},
        {"seed",
         std::to_string(o.seed) + " (decides who gets which pictures, the first weights, the order of training and, in this demonstration only, the key)"},
        {"commitment to the key", r.commitment},
        {"users", count(o.users) + ", each with " + count(o.per_user) + " pictures of one class, user by user another class"},
        {"mark", "ratio " + shown("%g", m.ratio) + ", ε " + shown("%.4g", m.epsilon) + ", " + std::to_string(m.stripes) + " stripes, noise of period " +
                     range(m.period) + ", octaves " + range(m.octaves) + ", half waves " + range(m.half_cycles) + ", " + std::string(name_of(m.design)) +
                     " pattern"},
        {"training set", count(o.training_set) + " pictures; the suspect's holds the users' marked pictures, the innocent network's as many others of the same "
                                                 "classes in their place; the rest is the same"},
        {"network", network_in_words(o)},
        {"training", training_in_words(o) + "; on " + r.place},
        {"accuracy on held-out pictures", percent(r.suspect.test_accuracy) + " with the users' pictures, " + percent(r.innocent.test_accuracy) + " without"},
        {"score", "log-probability of the right class (minus the cross-entropy), mean over a user's pictures"},
        {"counterfactual audit", count(o.withheld) + " withheld keys for each user, one key for all pictures of a user"},
        {"population audit", count(o.nulls_per_class) + " null sets of each class that has a user, " + count(r.suspect.audit.nulls.sets.size()) +
                                 " in all, of which " + count(disjoint_nulls(r.suspect.audit)) +
                                 " share no picture with another; a user is compared with those of his own class"},
        {"several users", "Benjamini & Hochberg, false discovery rate " + percent(o.level)},
        {"time", shown("%.0f s", r.load_seconds) + " loading and marking, " + shown("%.0f s", r.train_seconds) + " training both networks, " +
                     shown("%.0f s", r.audit_seconds) + " auditing both"},
        {"hallmark", std::to_string(hallmark::version_major) + "." + std::to_string(hallmark::version_minor) + "." + std::to_string(hallmark::version_patch)},
    });
    return out;
}

}  // namespace

auto as_html(results const& r) -> std::string {
    auto const  good     = std::all_of(r.claims.begin(), r.claims.end(), [](claim const& c) { return c.holds; });
    auto const  users    = r.data.users.size();
    auto const  disjoint = disjoint_nulls(r.suspect.audit);
    auto const  above    = nulls_above_lowest(r.suspect.audit);
    auto const& members  = r.suspect.audit.members;
    auto const& nulls    = r.suspect.audit.nulls.sets;

    hallmark::html_content page;
    page.paragraph(count(users) +
                   " users marked their pictures before they published them. One network, the suspect, was trained on a set with these pictures in it; "
                   "another of the same kind, the innocent one, on a set without them. Both were then asked the same question: were you trained on them?");
    page.answer("Of " + count(users) + " users, " + count(flagged(r.suspect.audit, &user_findings::counterfactual)) +
                    " are shown to have been used by the suspect, and " + count(flagged(r.innocent.audit, &user_findings::counterfactual)) +
                    " by the innocent network.",
                good ? tone::good : tone::bad);
    if (!r.settings.claims) {
        page.warnings({"This is the short form of the scale: a tiny network and few pictures. It shows that the program runs, and claims nothing."});
    }
    std::vector<std::string> failed;
    for (auto const& c : r.claims) {
        if (!c.holds) {
            failed.push_back("This run does not keep its promise. " + c.sentence);
        }
    }
    page.warnings(failed);
    page.append(before_and_after(r));

    page.heading("Who was used");
    page.table(table_of(r.suspect, r.data, "The suspect, trained on the users' marked pictures"));
    page.table(table_of(r.innocent, r.data, "The innocent network, which never saw them"));
    page.paragraph("Counterfactual p is the chance that a network that never saw the published pictures prefers them this much to the same pictures under " +
                   count(r.settings.withheld) +
                   " other marks that could have been published. It is exact, whatever the network and the pictures. Population p is the rank of the "
                   "user's score among " +
                   count(r.settings.nulls_per_class) +
                   " sets of other pictures of the same class, marked for other users and never trained on. "
                   "False alarms: how often the same score would accuse wrongly, with 95 % confidence. \"Used\" means that p is small even after all users "
                   "were tried: of all users called so, at most " +
                   percent(r.settings.level) + " are expected to be called so wrongly. \"No evidence\" is no proof of the contrary.");

    page.heading("Scores");
    page.figure(scores_of("Suspect", r.suspect), "Each value is the mean score of one set of " + count(r.settings.per_user) +
                                                     " marked pictures, of all classes. Trained on, the users' sets stand apart.");
    page.figure(scores_of("Innocent", r.innocent), "The same sets, asked of the network that never saw them: the users' sets lie among the others.");
    page.figure(hallmark::roc_chart({{"suspect", hallmark::roc_curve(members, nulls)},
                                     {"innocent", hallmark::roc_curve(r.innocent.audit.members, r.innocent.audit.nulls.sets)}}),
                "Users' sets against null sets of all classes. " + count(above) + " of " + count(nulls.size()) +
                    " null sets reach the suspect's lowest user. Counting only the " + count(disjoint) +
                    " null sets that share no picture, that is a rate of false alarms of at most " +
                    percent(hallmark::clopper_pearson_upper((above * disjoint + nulls.size() - 1) / nulls.size(), disjoint, 0.95)) + ", with 95 % confidence.");
    page.append(comparison_of(r));

    page.heading("Training");
    page.figure(curves_of(r),
                "Accuracy after each epoch. A network that knows its training set by heart and other pictures much less well has memorised; that is what an "
                "audit finds.");
    page.append(settings_of(r));
    return hallmark::html_page("hallmark quickstart: was it trained on my pictures?", page);
}

}  // namespace quickstart
