// The audits that need no model, only files of scores, losses or logits.
#include "audit.hpp"
#include "numbers.hpp"

#include <hallmark/aggregate/mean.hpp>
#include <hallmark/audit/counterfactual.hpp>
#include <hallmark/audit/population.hpp>
#include <hallmark/signal/cross_entropy.hpp>

#include <map>

namespace cli {
namespace {
/// Scores with larger = member, in rows of equal length, and which set each belongs to where the file says so.
struct sample_scores {
    std::vector<double>      values;
    std::vector<double>      set;    ///< as long as values, or empty
    std::vector<std::size_t> shape;  ///< of values
};

auto signal_of(std::string const& name, double const* row, std::size_t classes, std::size_t label) -> double {
    auto const z = hallmark::logit_row<double>{row, classes, 1};
    return name == "logit-scaled" ? hallmark::logit_scaled{}(z, label) : hallmark::neg_cross_entropy{}(z, label);
}

/// The last dimension holds the classes; the one before it the samples, which the labels follow.
void logits_to_scores(audit_options const& o, numbers& a, std::string const& label_file) {
    if (a.rank() < 2 || a.shape.back() < 2) {
        refuse(quote(a.file), " holds no rows of at least two logits");
    }
    auto const classes = a.shape.back();
    auto const samples = a.shape[a.rank() - 2];
    auto const labels  = read_labels(label_file);
    if (labels.size() != samples) {
        refuse(quote(label_file), " has ", labels.size(), " labels for ", samples, " samples in ", quote(a.file));
    }
    std::vector<double> out;
    for (std::size_t i = 0; i < a.values.size() / classes; ++i) {
        auto const label = labels[i % samples];
        if (label >= classes) {
            refuse("the label ", label, " in ", quote(label_file), " is no class; ", quote(a.file), " has logits for ", classes, " classes");
        }
        out.push_back(signal_of(o.signal, a.values.data() + i * classes, classes, label));
    }
    a.values = std::move(out);
    a.shape.pop_back();
}

auto read_scores(audit_options const& o, std::string const& file, std::string const& label_file) -> sample_scores {
    auto          a = read_numbers(file);
    sample_scores out;
    out.set = take_column(a, "set");
    if (a.values.empty()) {
        refuse(quote(file), " has no column beside set");
    }
    if (o.kind == "logits") {
        logits_to_scores(o, a, label_file);
    } else if (o.kind == "loss") {
        for (auto& v : a.values) {
            v = -v;
        }
    }
    out.values = std::move(a.values);
    out.shape  = std::move(a.shape);
    if (!out.set.empty() && out.set.size() != out.values.size()) {
        refuse(quote(file), " has ", out.values.size() / out.set.size(), " columns beside set; allowed is one");
    }
    return out;
}

auto mean_of(std::span<double const> scores) -> double {
    hallmark::mean m;
    for (auto const s : scores) {
        m.push(s);
    }
    return m.value();
}

struct null_sets {
    std::vector<double> scores;
    std::size_t         fewest = 0, most = 0;  ///< samples in a set; 0 where the file holds one score per set
};

auto cut(std::vector<double> const& values, std::size_t length) -> null_sets {
    null_sets out{{}, length, length};
    for (std::size_t i = 0; i < values.size(); i += length) {
        out.scores.push_back(mean_of(std::span(values).subspan(i, length)));
    }
    return out;
}

auto read_null_sets(audit_options const& o) -> null_sets {
    auto const s      = read_scores(o, o.nulls, o.null_labels);
    auto const matrix = s.shape.size() == 2 && s.shape[0] > 1 && s.shape[1] > 1;
    if (!s.set.empty()) {
        forbid(*o.app, {"--per-set"}, "where the nulls have a column named set");
        std::map<double, std::vector<double>> sets;
        for (std::size_t i = 0; i < s.values.size(); ++i) {
            sets[s.set[i]].push_back(s.values[i]);
        }
        null_sets out{{}, s.values.size(), 0};
        for (auto const& [number, scores] : sets) {
            out.scores.push_back(mean_of(scores));
            out.fewest = std::min(out.fewest, scores.size());
            out.most   = std::max(out.most, scores.size());
        }
        return out;
    }
    if (matrix) {
        forbid(*o.app, {"--per-set"}, "where the nulls are a matrix with a row for each set");
        return cut(s.values, s.shape[1]);
    }
    if (o.per_set == 0) {
        return {s.values, 0, 0};
    }
    if (s.values.size() % o.per_set != 0) {
        refuse(quote(o.nulls), " has ", s.values.size(), " samples, which is not a multiple of --per-set ", o.per_set);
    }
    return cut(s.values, o.per_set);
}

auto population(audit_options const& o) -> answer {
    auto const set = read_scores(o, o.scores, o.labels);
    if (!set.set.empty() || (set.shape.size() > 1 && set.shape[0] > 1 && set.shape[1] > 1)) {
        refuse(quote(o.scores), " holds more than one set; for a population audit --scores are the scores of one");
    }
    auto const nulls = read_null_sets(o);
    auto       v     = hallmark::population_audit(mean_of(set.values), nulls.scores, {.alpha = o.alpha, .samples = set.values.size(), .disjoint = o.disjoint});
    if (nulls.most != 0 && (nulls.fewest != set.values.size() || nulls.most != set.values.size())) {
        v.warnings.push_back(sentence("The set has ", set.values.size(), " samples and the null sets have ", nulls.fewest, " to ", nulls.most,
                                      "; the p-value is right only for sets of the same size."));
    }
    if (nulls.most == 0 && set.values.size() > 1) {
        v.warnings.push_back(sentence("Each null score is taken as the mean of a whole set of ", set.values.size(),
                                      " samples; if the nulls are single samples, say how many make a set with --per-set."));
    }
    write_report(o, v, v.statistic, nulls.scores, {{"audit", v.audit}, {"scores", o.scores}, {"nulls", o.nulls}, {"kind", o.kind}});
    return answer_of(v);
}

auto counterfactual(audit_options const& o) -> answer {
    auto const s = read_scores(o, o.scores, o.labels);
    if (!s.set.empty() || s.shape.size() != 2) {
        refuse(quote(o.scores), " is not a matrix of versions by samples");
    }
    auto const scores = hallmark::version_scores{s.shape[1], s.values};
    auto const v    = hallmark::counterfactual_audit(scores, o.design == "shared" ? hallmark::key_design::shared : hallmark::key_design::independent, o.alpha);
    auto const sets = cut(s.values, s.shape[1]);
    write_report(o, v, sets.scores.front(), std::span(sets.scores).subspan(1), {{"audit", v.audit}, {"scores", o.scores}, {"kind", o.kind}});
    return answer_of(v);
}
}  // namespace

auto audit_scores(audit_options const& o) -> answer {
    forbid(*o.app,
           {"--originals", "--manifest", "--key", "--withheld", "--classes", "--label", "--size", "--mean", "--std", "--channels", "--quality", "--batch",
            "--threads"},
           "with --scores");
    need(*o.app, {"--kind"}, "with --scores: score if larger means member, loss if smaller does, or logits");
    if (o.kind == "logits") {
        need(*o.app, {"--labels"}, "with --kind logits");
    } else {
        forbid(*o.app, {"--labels", "--null-labels", "--signal"}, "with --kind " + o.kind);
    }
    if (o.nulls.empty() == o.design.empty()) {
        refuse("an audit from scores needs either --nulls (population) or --design (counterfactual)");
    }
    if (!o.nulls.empty()) {
        if (o.kind == "logits") {
            need(*o.app, {"--null-labels"}, "with --kind logits and --nulls");
        }
        return population(o);
    }
    forbid(*o.app, {"--per-set", "--disjoint", "--null-labels"}, "with --design");
    return counterfactual(o);
}

}  // namespace cli
