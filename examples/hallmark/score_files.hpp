// Scores, losses and logits from files, as scores with larger = member, and null sets made of them.
#pragma once

#include "audit.hpp"
#include "numbers.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace cli {

/// Scores with larger = member, in rows of equal length, and which set each belongs to where the file says so.
struct sample_scores {
    std::vector<double>      values;
    std::vector<double>      set;    ///< as long as values, or empty
    std::vector<std::size_t> shape;  ///< of values
};
[[nodiscard]] auto read_scores(audit_options const& o, std::string const& file, std::string const& label_file) -> sample_scores;

[[nodiscard]] auto mean_of(std::span<double const> scores) -> double;

struct null_sets {
    std::vector<double> scores;
    std::size_t         fewest = 0, most = 0;  ///< samples in a set; 0 where the file holds one score per set
};
/// Sets of `length` successive samples.
[[nodiscard]] auto cut(std::vector<double> const& values, std::size_t length) -> null_sets;
/// From `file`, by the options --per-set and the file's own shape.
[[nodiscard]] auto read_null_sets(audit_options const& o, std::string const& file) -> null_sets;

}  // namespace cli
