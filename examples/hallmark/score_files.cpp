// Scores, losses and logits from files, as scores with larger = member, and null sets made of them.
#include "score_files.hpp"

#include <hallmark/aggregate/mean.hpp>
#include <hallmark/signal/cross_entropy.hpp>

#include <algorithm>
#include <map>

namespace cli {
namespace {
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
}  // namespace

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

auto cut(std::vector<double> const& values, std::size_t length) -> null_sets {
    null_sets out{{}, length, length};
    for (std::size_t i = 0; i < values.size(); i += length) {
        out.scores.push_back(mean_of(std::span(values).subspan(i, length)));
    }
    return out;
}

auto read_null_sets(audit_options const& o, std::string const& file) -> null_sets {
    auto const s      = read_scores(o, file, o.null_labels);
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
        refuse(quote(file), " has ", s.values.size(), " samples, which is not a multiple of --per-set ", o.per_set);
    }
    return cut(s.values, o.per_set);
}

}  // namespace cli
