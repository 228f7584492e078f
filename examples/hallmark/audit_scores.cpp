// The audits that need no model, only files of scores, losses or logits.
#include "score_files.hpp"

#include <hallmark/audit/counterfactual.hpp>
#include <hallmark/audit/distillation.hpp>
#include <hallmark/audit/many_users.hpp>
#include <hallmark/audit/population.hpp>
#include <hallmark/audit/sequential.hpp>
#include <hallmark/audit/subject.hpp>
#include <hallmark/audit/twin.hpp>
#include <hallmark/audit/unlearning.hpp>
#include <hallmark/report/json.hpp>

#include <algorithm>
#include <cmath>

namespace cli {
namespace {
using settings = std::vector<std::pair<std::string, std::string>>;

auto reported(audit_options const& o, hallmark::verdict const& v, double published, std::span<double const> compared, settings more) -> answer {
    require_run(o, v);
    more.insert(more.begin(), {{"audit", v.audit}, {"scores", o.scores}});
    more.emplace_back("kind", o.kind);
    write_report(o, v, published, compared, more);
    return answer_of(v);
}

/// What the files say about the null sets: their scores, and where it is given the class of each, its pictures, and a score made without the model.
struct nulls {
    null_sets                  sets;
    std::vector<std::size_t>   classes;
    grouped_numbers            grouped;  // pictures as they were read
    std::vector<std::uint64_t> pictures, set_pictures;
    std::vector<double>        blind_nulls;
    double                     blind_set = 0.0;

    explicit nulls(audit_options const& o) : sets(read_null_sets(o, o.nulls)) {
        if (!o.null_classes.empty()) {
            classes = read_labels(o.null_classes);
        }
        if (!o.null_pictures.empty()) {
            grouped  = read_like_nulls(o, o.null_pictures);
            pictures = as_pictures(grouped.values, o.null_pictures);
        }
        if (!o.set_pictures.empty()) {
            set_pictures = as_pictures(read_sequence(o.set_pictures), o.set_pictures);
        }
        if (!o.blind_nulls.empty()) {
            auto const blind = read_like_nulls(o, o.blind_nulls);
            for (std::size_t i = 0; i < blind.sets(); ++i) {
                blind_nulls.push_back(mean_of(blind.of(i)));
            }
            blind_set = mean_of(read_sequence(o.blind));
        }
    }
    [[nodiscard]] auto options(audit_options const& o, std::size_t samples) const -> hallmark::population_options {
        hallmark::population_options p;
        p.alpha         = o.alpha;
        p.samples       = samples;
        p.disjoint      = o.disjoint;
        p.null_samples  = sets.samples;
        p.null_classes  = classes;
        p.set_class     = o.set_class;
        p.null_pictures = {pictures, grouped.offsets};
        p.set_pictures  = set_pictures;
        p.blind_nulls   = blind_nulls;
        p.blind_set     = blind_set;
        p.silenced      = silenced(o);
        return p;
    }

private:
    /// Of the same sets in the same order.
    [[nodiscard]] auto read_like_nulls(audit_options const& o, std::string const& file) const -> grouped_numbers {
        auto out = read_grouped(o, file);
        if (out.sets() != sets.scores.size()) {
            refuse(quote(file), " is of ", out.sets(), " null sets, and ", quote(o.nulls), " of ", sets.scores.size());
        }
        if (!out.numbers.empty() && !sets.numbers.empty() && out.numbers != sets.numbers) {
            refuse(quote(file), " and ", quote(o.nulls), " have different numbers in the column set");
        }
        return out;
    }
};

void warn_of_single_scores(hallmark::verdict& v, null_sets const& sets, std::size_t samples) {
    if (sets.samples.empty() && samples > 1) {
        v.warnings.push_back(sentence("Each null score is taken as the mean of a whole set of ", samples,
                                      " samples; if the nulls are single samples, say how many make a set with --per-set."));
    }
}

/// The scores of one set.
auto read_set(audit_options const& o, std::string const& file) -> std::vector<double> {
    auto set = read_scores(o, file, o.labels);
    if (set.named > 0) {
        refuse(quote(file), " has ", set.named, " columns with names; allowed is one, the scores of the set");
    }
    if (!set.set.empty() || (set.shape.size() > 1 && set.shape[0] > 1 && set.shape[1] > 1)) {
        refuse(quote(file), " holds more than one set; for a population audit --scores are the scores of one");
    }
    return std::move(set.values);
}

auto population(audit_options const& o) -> answer {
    auto const set  = read_set(o, o.scores);
    auto const null = nulls(o);
    auto       v    = hallmark::population_audit(mean_of(set), null.sets.scores, null.options(o, set.size()));
    warn_of_single_scores(v, null.sets, set.size());
    return reported(o, v, v.statistic, null.sets.scores, {{"nulls", o.nulls}});
}

auto unlearning_population(audit_options const& o) -> answer {
    auto const was = read_set(o, o.before), is = read_set(o, o.scores);
    auto const nulls_before = read_null_sets(o, o.nulls_before);
    auto const nulls_after  = nulls(o);
    if (was.size() != is.size()) {
        refuse(quote(o.before), " has ", was.size(), " samples and ", quote(o.scores), " has ", is.size(), "; allowed are scores of one set by both models");
    }
    if (nulls_before.scores.size() != nulls_after.sets.scores.size() || nulls_before.samples != nulls_after.sets.samples) {
        refuse(quote(o.nulls_before), " and ", quote(o.nulls),
               " have other numbers of null sets or of samples in them; allowed are scores of the same ones by both models");
    }
    auto v = hallmark::unlearning_audit(mean_of(was), nulls_before.scores, mean_of(is), nulls_after.sets.scores, nulls_after.options(o, is.size()));
    warn_of_single_scores(v, nulls_after.sets, is.size());
    return reported(o, v, v.statistic, nulls_after.sets.scores, {{"before", o.before}, {"nulls", o.nulls}, {"nulls before", o.nulls_before}});
}

/// Which checks took a user's answer away, and why.
auto why_not(hallmark::verdict const& v) -> std::string {
    std::string out;
    for (auto const& c : v.checks) {
        if (c.state == hallmark::check_state::failed) {
            out += sentence("  check ", name_of(c.which), " failed: ", c.finding, "\n");
        }
    }
    return out;
}

/// What else is to be known about the p-values, once for all users that it concerns.
auto common_warnings(std::vector<hallmark::verdict> const& users) -> std::string {
    std::vector<std::pair<std::string, std::size_t>> found;
    for (auto const& v : users) {
        auto const told = std::count_if(v.checks.begin(), v.checks.end(), [](auto const& c) {  // why_not has them; the warnings begin with them
            return c.state == hallmark::check_state::failed && c.which != hallmark::self_check::too_few_nulls;
        });
        for (auto w = v.warnings.begin() + told; w != v.warnings.end(); ++w) {
            auto const seen = std::find_if(found.begin(), found.end(), [&](auto const& f) { return f.first == *w; });
            if (seen == found.end()) {
                found.emplace_back(*w, 1);
            } else {
                ++seen->second;
            }
        }
    }
    std::string out;
    for (auto const& [text, times] : found) {
        out += sentence("warning for ", times, " of ", users.size(), " users: ", text, "\n");
    }
    return out;
}

/// A population audit of every row of --scores, and what is left of them as one family.
auto many_users(audit_options const& o) -> answer {
    auto const s = read_scores(o, o.scores, o.labels);
    if (!s.set.empty() || s.shape.size() != 2) {
        refuse(quote(o.scores), " is not a matrix with a row for each user");
    }
    if (s.named > 0) {
        refuse(quote(o.scores), " has ", s.named, " columns with names; allowed are rows without a header, one for each user");
    }
    auto const                     samples = s.shape[1];
    auto const                     null    = nulls(o);
    std::vector<hallmark::verdict> users;
    for (auto const score : cut(s.values, samples).scores) {
        users.push_back(hallmark::population_audit(score, null.sets.scores, null.options(o, samples)));
        warn_of_single_scores(users.back(), null.sets, samples);
    }
    require_run(o, users.front());
    auto const control = o.family == "holm" ? hallmark::family_control::holm
                         : o.family == "by" ? hallmark::family_control::benjamini_yekutieli
                                            : hallmark::family_control::benjamini_hochberg;
    auto const out     = hallmark::many_users_audit(users, o.alpha, control);
    answer     a;
    a.json["users"]   = nlohmann::ordered_json::array();
    std::size_t shown = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        a.json["users"].push_back(nlohmann::ordered_json(out[i]));
        shown += out[i].outcome == hallmark::decision::shown ? 1u : 0u;
        a.text += sentence("user ", i + 1, ": ", name_of(out[i].outcome), ", adjusted p = ", out[i].p_value, "\n") + why_not(out[i]);
    }
    a.json["shown"]  = shown;
    a.json["family"] = std::string(name_of(control));
    a.text           = sentence("Training is shown for ", shown, " of ", out.size(), " users, by ", name_of(control), " at alpha = ", o.alpha, ".\n") + a.text +
             common_warnings(out);
    a.code = shown > 0 ? ok : not_shown;
    return a;
}

/// Answers in the order of asking, put in the order of versions.
auto sorted_back(audit_options const& o, std::string const& file, sample_scores const& given) -> hallmark::version_scores {
    auto const& answers = given.values;
    for (auto const extent : given.shape) {
        if (extent != 1 && extent != answers.size()) {
            refuse(quote(file), " is a matrix; with --questions it is one answer for each question");
        }
    }
    auto const list = read_numbers(o.questions);
    auto const fail = [&](auto const&... what) { refuse(quote(o.questions), what..., "; it is no list that hallmark questions wrote"); };
    if (list.rank() != 2 || list.shape[1] != 2) {
        fail(" has not two columns");
    }
    auto const count = list.shape[0];
    if (answers.size() != count) {
        refuse(quote(file), " has ", answers.size(), " answers, and ", quote(o.questions), " lists ", count, " questions");
    }
    auto const          whole   = [count](double v) { return v >= 0.0 && v < static_cast<double>(count) && v == std::floor(v); };
    std::size_t         samples = 0;
    std::vector<double> out(count);
    std::vector<bool>   had(count);
    for (std::size_t q = 0; q < count; ++q) {
        auto const picture = list.values[2 * q];
        if (!whole(picture)) {
            fail(" has the picture ", picture, " on line ", q + 2);
        }
        samples = std::max(samples, static_cast<std::size_t>(picture) + 1);
    }
    for (std::size_t q = 0; q < count; ++q) {
        auto const version = list.values[2 * q + 1];
        auto const place   = version * static_cast<double>(samples) + list.values[2 * q];
        if (!whole(version) || !whole(place) || had[static_cast<std::size_t>(place)]) {
            fail(" has version ", version, " of picture ", list.values[2 * q], " on line ", q + 2);
        }
        had[static_cast<std::size_t>(place)] = true;
        out[static_cast<std::size_t>(place)] = answers[q];
    }
    return {samples, std::move(out), {}};
}

auto read_versions(audit_options const& o, std::string const& file) -> hallmark::version_scores {
    auto s = read_scores(o, file, o.labels);
    if (!o.questions.empty()) {
        return sorted_back(o, file, s);
    }
    if (!s.set.empty() || s.shape.size() != 2) {
        refuse(quote(file), " is not a matrix of versions by samples");
    }
    return {s.shape[1], std::move(s.values), {}};
}

auto counterfactual(audit_options const& o) -> answer {
    auto const scores = read_versions(o, o.scores);
    auto const design = o.design == "shared" ? hallmark::key_design::shared : hallmark::key_design::independent;
    auto const sets   = cut(scores.values, scores.samples).scores;
    auto const rest   = std::span(sets).subspan(1);
    if (!o.before.empty()) {
        auto const v = hallmark::unlearning_audit(read_versions(o, o.before), scores, design, o.alpha, hallmark::mean{}, silenced(o));
        return reported(o, v, sets.front(), rest, {{"before", o.before}});
    }
    if (!o.groups.empty()) {
        auto const v = hallmark::distillation_audit(scores, read_labels(o.groups), design, o.alpha, hallmark::mean{}, silenced(o));
        return reported(o, v, sets.front(), rest, {{"groups", o.groups}});
    }
    return reported(o, hallmark::counterfactual_audit(scores, design, o.alpha, hallmark::mean{}, silenced(o)), sets.front(), rest, {});
}

auto twins(audit_options const& o) -> answer {
    auto const scores = read_versions(o, o.scores);
    if (scores.versions() != 2) {
        refuse(quote(o.scores), " has ", scores.versions(), " rows; for twins the first is the published version and the second the withheld one");
    }
    return reported(o, hallmark::twin_audit(scores.version(0), scores.version(1), {o.alpha, {}, silenced(o)}), 0.0, {}, {});
}

auto sequential(audit_options const& o) -> answer {
    auto const scores = read_versions(o, o.scores);
    auto const ask    = [&](std::size_t i) {
        std::vector<double> out;
        for (std::size_t v = 0; v < scores.versions(); ++v) {
            out.push_back(scores.version(v)[i]);
        }
        return out;
    };
    return reported(o, hallmark::sequential_audit(scores.samples, ask, o.alpha, silenced(o)), 0.0, {}, {});
}

auto subject(audit_options const& o) -> answer {
    auto const s = read_scores(o, o.scores, o.labels);
    if (!s.set.empty() || s.shape.size() != 2) {
        refuse(quote(o.scores), " is not a matrix of rounds by subjects");
    }
    hallmark::population_options p;
    p.alpha      = o.alpha;
    p.disjoint   = o.disjoint;
    p.silenced   = silenced(o);
    auto const v = hallmark::subject_audit(s.values, s.shape[1], o.subject == "slope" ? hallmark::over_rounds::slope : hallmark::over_rounds::sum, p);
    return reported(o, v, 0.0, {}, {{"over rounds", o.subject}});
}
}  // namespace

auto audit_scores(audit_options const& o) -> answer {
    forbid(*o.app,
           {"--originals", "--manifest", "--key", "--pictures", "--withheld", "--classes", "--label", "--size", "--mean", "--std", "--channels", "--quality",
            "--batch", "--threads", "--sequential"},
           "with --scores");
    need(*o.app, {"--kind"}, "with --scores: score if larger means member, loss if smaller does, or logits");
    if (o.kind == "logits") {
        need(*o.app, {"--labels"}, "with --kind logits");
    } else {
        forbid(*o.app, {"--labels", "--null-labels", "--signal"}, "with --kind " + o.kind);
    }
    if ((o.nulls.empty() ? 0 : 1) + (o.design.empty() ? 0 : 1) + (o.subject.empty() ? 0 : 1) != 1) {
        refuse("an audit from scores needs one of --nulls (population), --design (counterfactual, twins, sequential) and --subject (rounds)");
    }
    if (!o.nulls.empty()) {
        forbid(*o.app, {"--groups", "--questions"}, "with --nulls");
        if (o.kind == "logits") {
            need(*o.app, {"--null-labels"}, "with --kind logits and --nulls");
        }
        if (o.null_classes.empty() != (o.app->count("--class") == 0)) {
            refuse("--null-classes and --class belong together: only null sets of the set's class are nulls");
        }
        if (o.before.empty() != o.nulls_before.empty()) {
            refuse("--before and --nulls-before belong together: both models score the set and the nulls");
        }
        if (o.blind.empty() != o.blind_nulls.empty()) {
            refuse("--blind and --blind-nulls belong together: a score made without the model, of the set and of the null sets");
        }
        if (o.null_pictures.empty()) {
            forbid(*o.app, {"--set-pictures"}, "without --null-pictures");
        } else {
            forbid(*o.app, {"--disjoint"}, "with --null-pictures, which tell it");
        }
        if (!o.family.empty()) {
            forbid(*o.app, {"--before", "--report"}, "with --family");
            forbid(*o.app, {"--set-pictures", "--blind", "--blind-nulls"}, "with --family: they are of one set");
            return many_users(o);
        }
        return o.before.empty() ? population(o) : unlearning_population(o);
    }
    if (!o.questions.empty()) {
        forbid(*o.app, {"--before", "--groups", "--subject"}, "with --questions");
        need(*o.app, {"--design"}, "with --questions");
    }
    forbid(*o.app,
           {"--per-set", "--null-labels", "--nulls-before", "--null-classes", "--class", "--family", "--null-pictures", "--set-pictures", "--blind",
            "--blind-nulls"},
           "without --nulls");
    if (!o.subject.empty()) {
        forbid(*o.app, {"--before", "--groups"}, "with --subject");
        return subject(o);
    }
    forbid(*o.app, {"--disjoint"}, "with --design");
    if (o.design == "twins" || o.design == "sequential") {
        forbid(*o.app, {"--before", "--groups"}, "with --design " + o.design);
        return o.design == "twins" ? twins(o) : sequential(o);
    }
    if (!o.before.empty() && !o.groups.empty()) {
        refuse("--before and --groups cannot be had together");
    }
    return counterfactual(o);
}

}  // namespace cli
