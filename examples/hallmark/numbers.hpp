// Numbers from .npy and CSV files, all of them finite.
#pragma once

#include "cli.hpp"

#include <cstddef>
#include <initializer_list>
#include <string>
#include <vector>

namespace cli {

/// An array in C order. A CSV file is a matrix, and has names where it had a header.
struct numbers {
    std::string              file;
    std::vector<std::size_t> shape;
    std::vector<double>      values;
    std::vector<std::string> names{};

    [[nodiscard]] auto rank() const noexcept -> std::size_t { return shape.size(); }
};

/// Refuses what is empty or not finite. A name that ends in .npy is a NumPy file, any other one CSV.
[[nodiscard]] auto read_numbers(std::string const& path) -> numbers;
/// One sequence: an array with at most one extent above 1, or one column of a CSV file, which `column` names if there are several.
[[nodiscard]] auto read_sequence(std::string const& path, std::string const& column = "") -> std::vector<double>;
/// Refuses --column where none of these is a CSV file, of whose columns one could be named. Empty names and numbers are no files.
void check_column(CLI::App const& app, std::initializer_list<std::string> paths);
/// A sequence of whole numbers, 0 or more.
[[nodiscard]] auto read_labels(std::string const& path) -> std::vector<std::size_t>;
/// Takes the column of that name out of a matrix with names; empty if there is none.
[[nodiscard]] auto take_column(numbers& matrix, std::string const& name) -> std::vector<double>;

}  // namespace cli
