// The options of hallmark audit, and the two ways it can go.
#pragma once

#include "cli.hpp"

#include <hallmark/audit/verdict.hpp>
#include <hallmark/report/html.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace cli {

struct audit_options {
    CLI::App* app = nullptr;
    // both ways
    double                   alpha  = 0.05;
    std::string              signal = "neg-cross-entropy", report;
    std::vector<std::string> silence;
    // from scores
    std::string scores, questions, nulls, kind, labels, null_labels, design, before, nulls_before, groups, null_classes, family, subject;
    std::string null_pictures, set_pictures, blind, blind_nulls;
    std::size_t per_set = 0, disjoint = 0, set_class = 0;
    // from a model
    std::string        model, originals, manifest, key, size, classes, label, pictures;
    std::uint32_t      withheld = 999;
    std::size_t        batch    = 256;
    int                channels = 3, quality = 0;
    unsigned           thread_count = 0;
    std::vector<float> mean, deviation;
    bool               sequential = false;
};

/// The self-checks that --silence names.
[[nodiscard]] auto silenced(audit_options const& o) -> hallmark::silenced_checks;

[[nodiscard]] auto audit_scores(audit_options const& o) -> answer;
[[nodiscard]] auto audit_model(audit_options const& o) -> answer;

/// Refuses --silence of a check that the audit does not have.
void require_run(audit_options const& o, hallmark::verdict const& v);

/// The verdict in both forms, with its exit code.
[[nodiscard]] auto answer_of(hallmark::verdict const& v) -> answer;

/// Writes the page, if one is wanted: the verdict, how the set's mean score lies among those it was compared with (if any), and `settings`.
void write_report(audit_options const& o, hallmark::verdict const& v, double published, std::span<double const> compared,
                  std::vector<std::pair<std::string, std::string>> const& settings);

}  // namespace cli
