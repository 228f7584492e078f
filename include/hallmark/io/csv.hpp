// Columns of numbers from a text file: losses, scores and logits that another program wrote.
#pragma once

#include <hallmark/error.hpp>
#include <hallmark/io/atomic_file.hpp>
#include <hallmark/io/quoted.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

/// Numbers in columns of equal length. `names` is empty where the file had no header, else one name a column.
struct csv_table {
    std::vector<std::string>         names;
    std::vector<std::vector<double>> columns;

    [[nodiscard]] auto rows() const noexcept -> std::size_t { return columns.empty() ? 0 : columns.front().size(); }

    /// The column of that name; there must be exactly one.
    [[nodiscard]] auto column(std::string_view name) const -> std::vector<double> const& {
        std::vector<double> const* found = nullptr;
        std::size_t                times = 0;
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (names[i] == name) {
                found = &columns[i];
                ++times;
            }
        }
        detail::require(times == 1, errc::out_of_domain, "hallmark::csv_table::column: the table has ", times, " columns named ", detail::quote(name, 40),
                        "; exactly one is needed");
        return *found;
    }

    friend auto operator==(csv_table const&, csv_table const&) -> bool = default;
};

namespace detail {

/// What a cell's text turns out to be.
enum class cell_kind { number, not_finite, malformed, empty, word };

struct csv_cell {
    cell_kind kind;
    double    value = 0;
};

/// Whether a cell can be the name of a column: it begins with a letter or _, has no =, and is no word for a value that is missing. "<0.001", "p=0.001", "$1",
/// "(1)", "NA" or a minus sign that is no ASCII are broken numbers wherever they stand: taken for a header they would be lost without a word.
[[nodiscard]] inline auto is_column_name(std::string_view text) -> bool {
    auto const lower  = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    auto const first  = static_cast<unsigned char>(lower(text.front()));
    auto const letter = (first >= 'a' && first <= 'z') || first == '_' || (first >= 0xC3 && first != 0xE2 && first != 0xEF);  // UTF-8 but signs and blanks
    for (std::string_view const missing : {"na", "n/a", "null", "none", "nil", "missing"}) {
        if (std::equal(text.begin(), text.end(), missing.begin(), missing.end(), [&](char a, char b) { return lower(a) == b; })) {
            return false;
        }
    }
    return letter && text.find('=') == std::string_view::npos;
}

[[nodiscard]] inline auto read_cell(std::string_view text) -> csv_cell {
    auto digits = text;
    if (digits.size() > 1 && digits[0] == '+' && digits[1] != '-') {
        digits.remove_prefix(1);  // from_chars knows no plus sign
    }
    if (digits.empty()) {
        return {cell_kind::empty};
    }
    double value            = 0;
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    auto const whole        = end == digits.data() + digits.size();
    if (error == std::errc() && whole) {
        return std::isfinite(value) ? csv_cell{cell_kind::number, value} : csv_cell{cell_kind::not_finite};
    }
    return {is_column_name(text) ? cell_kind::word : cell_kind::malformed};
}

class csv_reader {
public:
    csv_reader(std::string_view text, std::string_view file) : text_(text), file_(file) {}

    [[nodiscard]] auto read() -> csv_table {
        if (text_.substr(0, 3) == "\xEF\xBB\xBF") {
            text_.remove_prefix(3);  // a byte order mark
        }
        for (bool first = true; next_line();) {
            if (first) {
                separator_ = find_separator();
            }
            split();
            if (first) {
                table_.columns.resize(cells_.size());
            }
            if (!(first && take_header())) {
                take_row(first);
            }
            first = false;
        }
        require(table_.rows() > 0, errc::empty_input, "hallmark::read_csv: ", quote(file_), " has no rows of numbers");
        return std::move(table_);
    }

private:
    template <class... Parts>
    [[noreturn]] void bad(errc code, Parts const&... parts) const {
        fail(code, "hallmark::read_csv: ", quote(file_), ", line ", line_number_, ", ", parts...);
    }

    static constexpr std::string_view blanks = " \t";

    [[nodiscard]] static auto trim(std::string_view s) -> std::string_view {
        auto const first = s.find_first_not_of(blanks);
        return first == std::string_view::npos ? std::string_view() : s.substr(first, s.find_last_not_of(blanks) - first + 1);
    }

    /// The next line that is neither blank nor a comment, without its end.
    [[nodiscard]] auto next_line() -> bool {
        while (!text_.empty()) {
            auto const end = text_.find('\n');
            line_          = text_.substr(0, end);
            text_.remove_prefix(end == std::string_view::npos ? text_.size() : end + 1);
            ++line_number_;
            if (!line_.empty() && line_.back() == '\r') {
                line_.remove_suffix(1);
            }
            auto const inside = trim(line_);
            if (!inside.empty() && inside.front() != '#') {
                return true;
            }
        }
        return false;
    }

    /// The first of ; , and tab that the line has outside quotes, else a blank.
    [[nodiscard]] auto find_separator() const -> char {
        for (char candidate : {';', ',', '\t'}) {
            bool in_quotes = false;
            for (char c : line_) {
                in_quotes ^= c == '"';
                if (c == candidate && !in_quotes) {
                    return candidate;
                }
            }
        }
        return ' ';
    }

    void split() {
        cells_.clear();
        auto rest = separator_ == ' ' ? trim(line_) : line_;
        for (bool more = true; more;) {
            auto const column = cells_.size() + 1;
            while (!rest.empty() && rest.front() != separator_ && blanks.find(rest.front()) != std::string_view::npos) {
                rest.remove_prefix(1);
            }
            std::string cell;
            if (!rest.empty() && rest.front() == '"') {
                cell = take_quoted(rest, column);
            } else {
                auto const end = separator_ == ' ' ? rest.find_first_of(blanks) : rest.find(separator_);
                cell           = trim(rest.substr(0, end));
                rest.remove_prefix(end == std::string_view::npos ? rest.size() : end);
            }
            cells_.push_back(std::move(cell));
            auto const gap = separator_ == ' ' ? rest.find_first_not_of(blanks) : rest.find_first_not_of(blanks_but_separator());
            auto const at  = gap == std::string_view::npos ? rest.size() : gap;
            if (separator_ == ' ') {
                more = at < rest.size();
                if (more && at == 0) {
                    bad(errc::bad_format, "column ", column, ": text follows a closing quote");
                }
                rest.remove_prefix(at);
            } else {
                rest.remove_prefix(at);
                more = !rest.empty();
                if (more && rest.front() != separator_) {
                    bad(errc::bad_format, "column ", column, ": text follows a closing quote");
                }
                rest.remove_prefix(more ? 1 : 0);
            }
        }
    }
    [[nodiscard]] auto blanks_but_separator() const -> std::string_view { return separator_ == '\t' ? " " : blanks; }

    /// `rest` begins with a quote; two quotes inside stand for one.
    [[nodiscard]] auto take_quoted(std::string_view& rest, std::size_t column) const -> std::string {
        std::string cell;
        for (std::size_t i = 1; i < rest.size(); ++i) {
            if (rest[i] != '"') {
                cell += rest[i];
            } else if (i + 1 < rest.size() && rest[i + 1] == '"') {
                cell += rest[++i];
            } else {
                rest.remove_prefix(i + 1);
                return cell;
            }
        }
        bad(errc::bad_format, "column ", column, ": a quote does not end");
    }

    /// True if the first line is names. A line with names and numbers is neither, and an error.
    [[nodiscard]] auto take_header() -> bool {
        std::size_t words = 0, others = 0, last_other = 0;
        for (std::size_t i = 0; i < cells_.size(); ++i) {
            auto const kind = read_cell(cells_[i]).kind;
            words += kind == cell_kind::word;
            if (kind != cell_kind::word && kind != cell_kind::empty) {
                ++others;
                last_other = i;
            }
        }
        if (words == 0) {
            return false;
        }
        if (others > 0) {
            bad(errc::bad_format, "column ", last_other + 1, ": ", quote(cells_[last_other], 40),
                " stands in a line with names; a header has names only, and each begins with a letter");
        }
        table_.names = cells_;
        return true;
    }

    void take_row(bool first) {
        if (cells_.size() != table_.columns.size()) {
            bad(errc::shape_mismatch, "column ", std::min(cells_.size(), table_.columns.size()) + 1, ": the line has ", cells_.size(),
                " cells; the first line has ", table_.columns.size());
        }
        for (std::size_t i = 0; i < cells_.size(); ++i) {
            auto const cell = read_cell(cells_[i]);
            switch (cell.kind) {
                case cell_kind::number:
                    table_.columns[i].push_back(cell.value);
                    break;
                case cell_kind::empty:
                    bad(errc::bad_format, "column ", i + 1, ": the cell is empty");
                case cell_kind::not_finite:
                    bad(errc::not_a_number, "column ", i + 1, ": ", quote(cells_[i], 40), " is not a finite number");
                default:
                    if (first) {
                        bad(errc::bad_format, "column ", i + 1, ": ", quote(cells_[i], 40),
                            " is neither a number that a double holds nor the name of a column, which begins with a letter");
                    }
                    bad(errc::bad_format, "column ", i + 1, ": ", quote(cells_[i], 40), " is not a number that a double holds");
            }
        }
    }

    std::string_view         text_;
    std::string_view         file_;
    std::string_view         line_;
    std::size_t              line_number_ = 0;
    char                     separator_   = ' ';
    std::vector<std::string> cells_;
    csv_table                table_;
};
}  // namespace detail

/// Reads numbers in columns from text. The first line may be a header: names alone, in quotes or not, each of which begins with a letter or _. Cells are
/// separated by semicolons, else commas, else tabs, else blanks, as the first line shows; lines that begin with # and blank lines are skipped; lines may end in
/// CR LF. Numbers have a decimal point whatever the locale. A ragged row, an empty cell, nan, inf, or anything after a number is an error that names line and
/// column. `name` stands for the file.
[[nodiscard]] inline auto parse_csv(std::string_view text, std::string_view name = "memory") -> csv_table { return detail::csv_reader(text, name).read(); }

/// Reads a text file of at most `size_limit` bytes; see `parse_csv`.
[[nodiscard]] inline auto read_csv(std::string const& path, std::uint64_t size_limit = std::uint64_t{1} << 30) -> csv_table {
    auto const bytes = read_file(path, size_limit);
    return parse_csv({reinterpret_cast<char const*>(bytes.data()), bytes.size()}, path);
}

}  // namespace hallmark::inline v0
