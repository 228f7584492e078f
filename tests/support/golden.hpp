// Reads the golden data (.npy v1.0 and .csv) for tests. Not part of the library: it trusts its files.
#pragma once

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

// First line of a test case that reads golden data: says that it was skipped where there is none.
#define HALLMARK_NEEDS_GOLDEN()                                                      \
    if (!golden::available()) {                                                      \
        MESSAGE("skipped: there is no golden data at '" << golden::folder() << "'"); \
        return;                                                                      \
    }

namespace golden {

/// Where the data is. Defined in main.cpp, so that a checkout in another place compiles the same tests and a compiler cache knows them.
auto folder() -> std::string const&;

inline auto available() -> bool { return std::filesystem::is_regular_file(folder() + "/README.md"); }

inline auto bytes(std::string const& path) -> std::string {
    auto file = std::ifstream(folder() + "/" + path, std::ios::binary);
    if (!file) {
        throw std::runtime_error("golden: cannot open " + path);
    }
    return {std::istreambuf_iterator<char>(file), {}};
}

/// An array as it lies in the file; `as<T>()` converts the elements.
struct array {
    std::string              type;  // numpy's code without the byte order: "f4", "u1", ...
    std::vector<std::size_t> shape;
    std::string              raw;

    template <class T>
    [[nodiscard]] auto as() const -> std::vector<T> {
        if (type == "f8")
            return converted<double, T>();
        if (type == "f4")
            return converted<float, T>();
        if (type == "i1")
            return converted<std::int8_t, T>();
        if (type == "i2")
            return converted<std::int16_t, T>();
        if (type == "i4")
            return converted<std::int32_t, T>();
        if (type == "i8")
            return converted<std::int64_t, T>();
        if (type == "u1" || type == "b1")
            return converted<std::uint8_t, T>();
        if (type == "u2")
            return converted<std::uint16_t, T>();
        if (type == "u4")
            return converted<std::uint32_t, T>();
        if (type == "u8")
            return converted<std::uint64_t, T>();
        throw std::runtime_error("golden: unknown type " + type);
    }

private:
    template <class From, class To>
    [[nodiscard]] auto converted() const -> std::vector<To> {
        auto out = std::vector<To>(raw.size() / sizeof(From));
        for (std::size_t i = 0; i < out.size(); ++i) {
            From x;
            std::memcpy(&x, raw.data() + i * sizeof(From), sizeof(From));
            out[i] = static_cast<To>(x);
        }
        return out;
    }
};

inline auto npy(std::string const& path) -> array {
    auto const file = bytes(path);
    if (file.size() < 10 || file.compare(0, 8, std::string("\x93NUMPY\x01\x00", 8)) != 0) {
        throw std::runtime_error("golden: not .npy v1.0: " + path);
    }
    auto const length = static_cast<std::size_t>(static_cast<unsigned char>(file[8])) + 256u * static_cast<unsigned char>(file[9]);
    auto const header = file.substr(10, length);
    if (header.find("'fortran_order': False") == std::string::npos) {
        throw std::runtime_error("golden: not C order: " + path);
    }
    auto       out   = array{};
    auto const descr = header.find("'descr': '") + 10;
    out.type         = header.substr(descr + 1, header.find('\'', descr) - descr - 1);
    auto const open  = header.find('(');
    auto       dims  = std::istringstream(header.substr(open + 1, header.find(')') - open - 1));
    for (std::string d; std::getline(dims, d, ',');) {
        if (d.find_first_of("0123456789") != std::string::npos) {
            out.shape.push_back(std::stoul(d));
        }
    }
    out.raw = file.substr(10 + length);
    return out;
}

/// The elements of an .npy file, converted to T.
template <class T = double>
auto values(std::string const& path) -> std::vector<T> {
    return npy(path).as<T>();
}

/// One row of a .csv file: column name to text.
using row = std::map<std::string, std::string>;

inline auto csv(std::string const& path) -> std::vector<row> {
    auto const split = [](std::string line) {
        if (!line.empty() && line.back() == '\r') {
            line.pop_back();
        }
        auto cells = std::vector<std::string>{};
        auto text  = std::istringstream(line + ",");
        for (std::string cell; std::getline(text, cell, ',');) {
            cells.push_back(cell);
        }
        return cells;
    };
    auto text = std::istringstream(bytes(path));
    auto line = std::string{};
    std::getline(text, line);
    auto const columns = split(line);
    auto       out     = std::vector<row>{};
    while (std::getline(text, line)) {
        auto const cells = split(line);
        if (cells.size() != columns.size()) {
            throw std::runtime_error("golden: ragged row in " + path + ": " + line);
        }
        auto r = row{};
        for (std::size_t c = 0; c < columns.size(); ++c) {
            r[columns[c]] = cells[c];
        }
        out.push_back(r);
    }
    return out;
}

/// strtod and not stod: stod throws on numbers below 2.2e-308, and there are some.
inline auto number(std::string const& text) -> double { return text.empty() ? std::numeric_limits<double>::quiet_NaN() : std::strtod(text.c_str(), nullptr); }

/// Numbers separated by blanks in one cell.
inline auto numbers(std::string const& text) -> std::vector<double> {
    auto out  = std::vector<double>{};
    auto cell = std::istringstream(text);
    for (std::string word; cell >> word;) {
        out.push_back(number(word));
    }
    return out;
}

}  // namespace golden
