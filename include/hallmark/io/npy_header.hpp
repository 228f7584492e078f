// The header of a .npy file: a Python dictionary in text, parsed and printed. See npy.hpp for the files themselves. Internal to io/.
#pragma once

#include <hallmark/error.hpp>
#include <hallmark/io/quoted.hpp>

#include <bit>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace hallmark::inline v0 {

/// The element types that are read and written. NumPy's names for them: bool, i1 … i8, u1 … u8, f4, f8.
enum class npy_type : std::uint8_t { boolean, int8, int16, int32, int64, uint8, uint16, uint32, uint64, float32, float64 };

[[nodiscard]] constexpr auto name_of(npy_type t) noexcept -> std::string_view {
    constexpr std::string_view names[] = {"bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float32", "float64"};
    return names[static_cast<std::size_t>(t)];
}

/// Bytes of one element.
[[nodiscard]] constexpr auto item_size(npy_type t) noexcept -> std::size_t {
    constexpr std::size_t sizes[] = {1, 1, 2, 4, 8, 1, 2, 4, 8, 4, 8};
    return sizes[static_cast<std::size_t>(t)];
}

namespace detail {
inline constexpr std::size_t npy_max_rank   = 8;
inline constexpr std::size_t npy_max_header = std::size_t{1} << 16;  // NumPy itself writes a few hundred bytes

template <class T>
[[nodiscard]] constexpr auto find_npy_type() noexcept -> npy_type {
    static_assert(std::is_arithmetic_v<T> && sizeof(T) <= 8 && !(std::is_floating_point_v<T> && sizeof(T) < 4),
                  "hallmark::npy_bytes: the elements must be bool, integers of 8 to 64 bits, float or double.");
    if constexpr (std::is_same_v<T, bool>) {
        return npy_type::boolean;
    } else if constexpr (std::is_floating_point_v<T>) {
        return sizeof(T) == 4 ? npy_type::float32 : npy_type::float64;
    } else {
        auto const first = std::is_signed_v<T> ? npy_type::int8 : npy_type::uint8;
        return static_cast<npy_type>(static_cast<int>(first) + std::countr_zero(sizeof(T)));
    }
}

struct npy_header {
    npy_type                 type          = npy_type::float64;
    std::endian              order         = std::endian::native;
    bool                     fortran_order = false;
    std::vector<std::size_t> shape;
    std::size_t              length = 0;  // bytes before the first element
};

/// Reads the one dictionary NumPy writes: {'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }.
class npy_dictionary {
public:
    npy_dictionary(std::string_view text, std::string_view file) : rest_(text), file_(file) {}

    [[nodiscard]] auto parse() -> npy_header {
        std::optional<std::string_view>         descr;
        std::optional<bool>                     fortran;
        std::optional<std::vector<std::size_t>> shape;
        expect('{');
        while (!take('}')) {
            auto const key = word_in_quotes();
            expect(':');
            if (key == "descr" && !descr) {
                descr = word_in_quotes();
            } else if (key == "fortran_order" && !fortran) {
                fortran = truth();
            } else if (key == "shape" && !shape) {
                shape = tuple();
            } else {
                bad("a key other than one descr, one fortran_order and one shape");
            }
            if (!take(',')) {
                expect('}');
                break;
            }
        }
        skip_blanks();
        if (!rest_.empty()) {
            bad("text after the dictionary");
        }
        if (!descr || !fortran || !shape) {
            bad("no descr, no fortran_order or no shape");
        }
        npy_header header;
        read_descr(*descr, header);
        header.fortran_order = *fortran;
        header.shape         = *std::move(shape);
        return header;
    }

private:
    [[noreturn]] void bad(std::string_view what) const { fail(errc::bad_format, "hallmark::read_npy: the header of ", quote(file_), " has ", what); }

    void skip_blanks() {
        auto const n = rest_.find_first_not_of(" \n");
        rest_.remove_prefix(n == std::string_view::npos ? rest_.size() : n);
    }
    [[nodiscard]] auto take(char c) -> bool {
        skip_blanks();
        if (rest_.empty() || rest_.front() != c) {
            return false;
        }
        rest_.remove_prefix(1);
        return true;
    }
    void expect(char c) {
        if (!take(c)) {
            bad(sentence("no '", c, "' where one is needed"));
        }
    }
    [[nodiscard]] auto word_in_quotes() -> std::string_view {
        auto const quote = take('\'') ? '\'' : '"';
        if (quote == '"') {
            expect('"');
        }
        auto const end = rest_.find(quote);
        if (end == std::string_view::npos) {
            bad("a quote that does not end");
        }
        auto const word = rest_.substr(0, end);
        rest_.remove_prefix(end + 1);
        return word;
    }
    [[nodiscard]] auto truth() -> bool {
        skip_blanks();
        for (bool value : {true, false}) {
            auto const word = std::string_view(value ? "True" : "False");
            if (rest_.substr(0, word.size()) == word) {
                rest_.remove_prefix(word.size());
                return value;
            }
        }
        bad("a fortran_order that is neither True nor False");
    }
    [[nodiscard]] auto tuple() -> std::vector<std::size_t> {
        std::vector<std::size_t> shape;
        expect('(');
        while (!take(')')) {
            std::size_t extent = 0;
            skip_blanks();
            auto const [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), extent);
            if (error != std::errc()) {
                bad("a shape that is not a tuple of whole numbers");
            }
            rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
            shape.push_back(extent);
            if (shape.size() > npy_max_rank) {
                bad(sentence("a shape of more than ", npy_max_rank, " dimensions, which is the limit here"));
            }
            if (!take(',')) {
                expect(')');
                break;
            }
        }
        return shape;
    }
    void read_descr(std::string_view descr, npy_header& header) const {
        constexpr std::string_view codes[] = {"b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f4", "f8"};
        if (descr.size() == 3) {
            for (std::size_t i = 0; i < std::size(codes); ++i) {
                if (descr.substr(1) == codes[i]) {
                    header.type = static_cast<npy_type>(i);
                    // '|' means that the order is of no meaning, which is true of single bytes only.
                    auto const single = item_size(header.type) == 1;
                    switch (descr[0]) {
                        case '<':
                            header.order = std::endian::little;
                            return;
                        case '>':
                            header.order = std::endian::big;
                            return;
                        case '=':
                            return;
                        case '|':
                            if (single) {
                                return;
                            }
                            break;
                        default:
                            break;
                    }
                }
            }
        }
        bad(sentence("elements of type ", quote(descr, 40), "; allowed are bool, integers, float32 and float64"));
    }

    std::string_view rest_;
    std::string_view file_;
};

[[nodiscard]] inline auto parse_npy_header(std::span<std::byte const> bytes, std::string_view name) -> npy_header {
    auto const at        = [&](std::size_t i) { return std::to_integer<std::size_t>(bytes[i]); };
    auto const available = bytes.size();
    require(available >= 10 && std::memcmp(bytes.data(), "\x93NUMPY", 6) == 0, errc::bad_format, "hallmark::read_npy: ", quote(name),
            " is not a .npy file: it does not begin with its signature");
    auto const major = at(6);
    require(major >= 1 && major <= 3 && at(7) == 0, errc::bad_format, "hallmark::read_npy: ", quote(name), " has format version ", major, ".", at(7),
            "; allowed are 1.0, 2.0 and 3.0");
    auto const start = major == 1 ? std::size_t{10} : std::size_t{12};
    require(available >= start, errc::bad_format, "hallmark::read_npy: ", quote(name), " ends inside its header");
    auto const length = major == 1 ? at(8) | at(9) << 8 : at(8) | at(9) << 8 | at(10) << 16 | at(11) << 24;
    require(length <= npy_max_header, errc::bad_format, "hallmark::read_npy: ", quote(name), " declares a header of ", length, " bytes; allowed is at most ",
            npy_max_header);
    require(available - start >= length, errc::bad_format, "hallmark::read_npy: ", quote(name), " ends inside its header");
    auto const text   = std::string_view(reinterpret_cast<char const*>(bytes.data()) + start, length);
    auto       header = npy_dictionary(text, name).parse();
    header.length     = start + length;
    return header;
}

/// Magic, version 1.0 and the dictionary, padded so that the elements begin at a multiple of 64 (as NumPy does).
[[nodiscard]] inline auto make_npy_header(npy_type type, std::vector<std::size_t> const& shape) -> std::vector<std::byte> {
    constexpr char const* codes[] = {"b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f4", "f8"};
    auto const            order   = item_size(type) == 1 ? '|' : std::endian::native == std::endian::little ? '<' : '>';
    auto                  text    = sentence("{'descr': '", order, codes[static_cast<std::size_t>(type)], "', 'fortran_order': False, 'shape': (");
    for (std::size_t d = 0; d < shape.size(); ++d) {
        append(text, shape[d]);
        text += d + 1 < shape.size() ? ", " : shape.size() == 1 ? "," : "";
    }
    text += "), }";
    text.append(63 - (10 + text.size()) % 64, ' ');
    text += '\n';
    auto const head  = sentence(std::string_view("\x93NUMPY\x01\x00", 8), static_cast<char>(text.size() & 255), static_cast<char>(text.size() >> 8), text);
    auto const bytes = std::as_bytes(std::span<char const>(head.data(), head.size()));
    return {bytes.begin(), bytes.end()};
}
}  // namespace detail

/// The file type of C++ type `T`.
template <class T>
inline constexpr npy_type npy_type_of = detail::find_npy_type<T>();

}  // namespace hallmark::inline v0
