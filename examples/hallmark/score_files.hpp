// Scores, losses and logits from files, as scores with larger = member, and null sets made of them.
#pragma once

#include "audit.hpp"
#include "numbers.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace cli {

/// Scores with larger = member, in rows of equal length, and which set each belongs to where the file says so.
struct sample_scores {
    std::vector<double>      values;
    std::vector<double>      set;        ///< as long as values, or empty
    std::vector<std::size_t> shape;      ///< of values
    std::size_t              named = 0;  ///< columns, where a header names several beside set, which are no samples then
};
[[nodiscard]] auto read_scores(audit_options const& o, std::string const& file, std::string const& label_file) -> sample_scores;

[[nodiscard]] auto mean_of(std::span<double const> scores) -> double;

struct null_sets {
    std::vector<double>      scores;
    std::vector<std::size_t> samples{};  ///< in each set; empty where the file holds one score per set
    std::vector<double>      numbers{};  ///< of the sets, rising, where the file has a column of them
};
/// Sets of `length` successive samples.
[[nodiscard]] auto cut(std::vector<double> const& values, std::size_t length) -> null_sets;
/// From `file`, by the options --per-set and the file's own shape.
[[nodiscard]] auto read_null_sets(audit_options const& o, std::string const& file) -> null_sets;

/// Numbers of every null set, set by set, as --nulls are: by --per-set, a column named set, or rows; else one number each.
struct grouped_numbers {
    std::vector<double>      values;
    std::vector<std::size_t> offsets;  ///< set i begins at offsets[i]; at the end the number of values
    std::vector<double>      numbers;  ///< as in null_sets

    [[nodiscard]] auto sets() const noexcept -> std::size_t { return offsets.size() - 1; }
    [[nodiscard]] auto of(std::size_t set) const -> std::span<double const> { return std::span(values).subspan(offsets[set], offsets[set + 1] - offsets[set]); }
};
/// Of things that are neither scores nor logits: pictures, or scores made without the model.
[[nodiscard]] auto read_grouped(audit_options const& o, std::string const& file) -> grouped_numbers;
/// Whole numbers that stand for pictures; those that a double holds.
[[nodiscard]] auto as_pictures(std::vector<double> const& numbers, std::string const& file) -> std::vector<std::uint64_t>;

}  // namespace cli
