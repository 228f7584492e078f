// Numbers from .npy and CSV files.
#include "numbers.hpp"

#include <hallmark/io/csv.hpp>
#include <hallmark/io/npy.hpp>

#include <algorithm>
#include <cmath>
#include <string_view>

namespace cli {
namespace {
auto is_npy(std::string path) -> bool {
    std::transform(path.begin(), path.end(), path.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return path.size() >= 4 && path.compare(path.size() - 4, 4, ".npy") == 0;
}

/// A row with names is one of a table: the number beside a score may be somebody's number.
auto is_sequence(numbers const& a) -> bool {
    return (a.names.size() <= 1) && std::count_if(a.shape.begin(), a.shape.end(), [](std::size_t extent) { return extent > 1; }) <= 1;
}

/// Whoever gave several files must hear which of them it is.
auto doubles_of(hallmark::npy_array const& array, std::string const& path) -> std::vector<double> {
    try {
        return array.as_doubles();
    } catch (hallmark::error const& e) {
        throw hallmark::error(e.code(), quote(path) + ": " + std::string(e.what()).substr(std::string_view(e.what()).find(": ") + 2));
    }
}
}  // namespace

auto read_numbers(std::string const& path) -> numbers {
    numbers out;
    if (is_npy(path)) {
        auto const array = hallmark::read_npy(path);
        out              = {path, array.shape, doubles_of(array, path)};
    } else {
        auto const table = hallmark::read_csv(path);
        out              = {path, {table.rows(), table.columns.size()}, {}, table.names};
        for (std::size_t r = 0; r < table.rows(); ++r) {
            for (auto const& column : table.columns) {
                out.values.push_back(column[r]);
            }
        }
    }
    if (out.values.empty()) {
        refuse(quote(path), " has no numbers in it");
    }
    for (std::size_t i = 0; i < out.values.size(); ++i) {
        if (!std::isfinite(out.values[i])) {
            refuse("element ", i, " of ", quote(path), " is ", std::isnan(out.values[i]) ? "NaN" : "infinite", "; allowed are finite numbers");
        }
    }
    return out;
}

auto take_column(numbers& matrix, std::string const& name) -> std::vector<double> {
    std::vector<double> taken;
    auto const          found = std::find(matrix.names.begin(), matrix.names.end(), name);
    if (found == matrix.names.end()) {
        return taken;
    }
    if (std::count(matrix.names.begin(), matrix.names.end(), name) > 1) {
        refuse(quote(matrix.file), " has several columns named ", quote(name));
    }
    auto const          columns = matrix.shape[1];
    auto const          which   = static_cast<std::size_t>(found - matrix.names.begin());
    std::vector<double> rest;
    for (std::size_t i = 0; i < matrix.values.size(); ++i) {
        (i % columns == which ? taken : rest).push_back(matrix.values[i]);
    }
    matrix.values = std::move(rest);
    matrix.shape  = {taken.size(), columns - 1};
    matrix.names.erase(found);
    return taken;
}

auto read_sequence(std::string const& path, std::string const& column, std::string const& way_out) -> std::vector<double> {
    auto array = read_numbers(path);
    if (!column.empty() && !is_npy(path)) {
        auto taken = take_column(array, column);
        if (taken.empty()) {
            refuse(quote(path), " has no column named ", quote(column));
        }
        return taken;
    }
    if (!is_sequence(array)) {
        if (is_npy(path)) {
            refuse(quote(path), " is an array of several dimensions where one sequence of numbers is needed");
        }
        refuse(quote(path), " has ", array.shape[1], " columns; ", way_out);
    }
    return std::move(array.values);
}

auto read_sequence(std::string const& path) -> std::vector<double> { return read_sequence(path, "", "allowed is one"); }

auto read_sequence(std::string const& path, std::string const& column) -> std::vector<double> {
    return read_sequence(path, column, "name one of them with --column");
}

void check_column(CLI::App const& app, std::initializer_list<std::string> paths) {
    auto const is_csv = [](std::string const& path) {
        double number = 0.0;
        return !path.empty() && !is_npy(path) && !CLI::detail::lexical_cast(path, number);
    };
    if (std::none_of(paths.begin(), paths.end(), is_csv)) {
        forbid(app, {"--column"}, "where none of the files it is for is a CSV file: an .npy array has no names");
    }
}

auto read_labels(std::string const& path) -> std::vector<std::size_t> {
    std::vector<std::size_t> labels;
    for (auto const v : read_sequence(path)) {
        if (v < 0.0 || v > 1e9 || v != std::floor(v)) {
            refuse("the label ", exact(v), " in ", quote(path), " is not a class; allowed are whole numbers from 0 to 1000000000");
        }
        labels.push_back(static_cast<std::size_t>(v));
    }
    return labels;
}

}  // namespace cli
