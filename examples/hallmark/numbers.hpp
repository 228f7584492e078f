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
/// One sequence: an array with at most one extent above 1, or a CSV file of one column, or of one row without a header.
[[nodiscard]] auto read_sequence(std::string const& path) -> std::vector<double>;
/// The same, or the column of a CSV file that the option --column names, where `column` is not empty.
[[nodiscard]] auto read_sequence(std::string const& path, std::string const& column) -> std::vector<double>;
/// The same; `way_out` is said of a file with several columns.
[[nodiscard]] auto read_sequence(std::string const& path, std::string const& column, std::string const& way_out) -> std::vector<double>;
/// Refuses --column where none of these, the files that it is for, is a CSV file. Empty names and numbers are no files.
void check_column(CLI::App const& app, std::initializer_list<std::string> paths);
/// A sequence of whole numbers, 0 to 10^9.
[[nodiscard]] auto read_labels(std::string const& path) -> std::vector<std::size_t>;
/// Takes the column of that name out of a matrix with names; empty if there is none.
[[nodiscard]] auto take_column(numbers& matrix, std::string const& name) -> std::vector<double>;

}  // namespace cli
