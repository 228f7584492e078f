// Scores, losses and logits from files, as scores with larger = member, and null sets made of them.
#include "score_files.hpp"

#include <hallmark/aggregate/mean.hpp>
#include <hallmark/signal/cross_entropy.hpp>

#include <algorithm>
#include <cmath>
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
    out.named  = o.kind != "logits" && a.names.size() > 1 ? a.names.size() : 0;
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
    null_sets out;
    for (std::size_t i = 0; i < values.size(); i += length) {
        out.scores.push_back(mean_of(std::span(values).subspan(i, length)));
        out.samples.push_back(length);
    }
    return out;
}

namespace {
enum class grouping { none, by_length, by_row, by_column };

struct grouped_scores : grouped_numbers {
    grouping how = grouping::none;
};

auto group(audit_options const& o, std::string const& file, sample_scores&& s) -> grouped_scores {
    grouped_scores out;
    auto const     matrix = s.shape.size() == 2 && s.shape[0] > 1 && s.shape[1] > 1;
    if (!s.set.empty()) {
        std::map<double, std::vector<double>> sets;
        for (std::size_t i = 0; i < s.values.size(); ++i) {
            sets[s.set[i]].push_back(s.values[i]);
        }
        out.how = grouping::by_column;
        out.offsets.push_back(0);
        for (auto const& [number, values] : sets) {
            out.values.insert(out.values.end(), values.begin(), values.end());
            out.offsets.push_back(out.values.size());
            out.numbers.push_back(number);
        }
        return out;
    }
    if (s.named > 0) {
        refuse(quote(file), " has ", s.named,
               " columns with names; allowed are one column, beside it one named set, or rows without a header, one for each set");
    }
    out.how           = matrix ? grouping::by_row : o.per_set != 0 ? grouping::by_length : grouping::none;
    auto const length = matrix ? s.shape[1] : std::max<std::size_t>(1, o.per_set);
    if (s.values.size() % length != 0) {
        refuse(quote(file), " has ", s.values.size(), " samples, which is not a multiple of --per-set ", o.per_set);
    }
    out.values = std::move(s.values);
    for (std::size_t i = 0; i <= out.values.size(); i += length) {
        out.offsets.push_back(i);
    }
    return out;
}
}  // namespace

auto read_null_sets(audit_options const& o, std::string const& file) -> null_sets {
    auto const g = group(o, file, read_scores(o, file, o.null_labels));
    if (g.how == grouping::none) {
        return {g.values};
    }
    if (g.how == grouping::by_column) {
        forbid(*o.app, {"--per-set"}, "where the nulls have a column named set");
    }
    if (g.how == grouping::by_row) {
        forbid(*o.app, {"--per-set"}, "where the nulls are a matrix with a row for each set");
    }
    null_sets out{{}, {}, g.numbers};
    for (std::size_t i = 0; i < g.sets(); ++i) {
        out.scores.push_back(mean_of(g.of(i)));
        out.samples.push_back(g.of(i).size());
    }
    return out;
}

auto read_grouped(audit_options const& o, std::string const& file) -> grouped_numbers {
    auto plain = o;
    plain.kind = "score";
    return group(o, file, read_scores(plain, file, ""));
}

auto as_pictures(std::vector<double> const& numbers, std::string const& file) -> std::vector<std::uint64_t> {
    std::vector<std::uint64_t> out;
    for (auto const v : numbers) {
        if (v < 0.0 || v >= 0x1p53 || v != std::floor(v)) {
            refuse("the picture ", v, " in ", quote(file), " is no number of a picture; allowed are whole numbers from 0 to 9007199254740991");
        }
        out.push_back(static_cast<std::uint64_t>(v));
    }
    return out;
}

}  // namespace cli
