// NumPy's array files (.npy, format versions 1 to 3): read from anybody, written for anybody.
//
// A file may come from an adversary, so nothing in it is believed: every length is checked against the bytes
// that are really there before memory is taken.
#pragma once

#include <hallmark/error.hpp>
#include <hallmark/io/atomic_file.hpp>
#include <hallmark/io/npy_header.hpp>
#include <hallmark/io/quoted.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

/// An array as it was in the file: its shape, the type of its elements, and their bytes in C order (last index
/// fastest) and in this machine's byte order, whatever the file's were. A shape without numbers is a single element.
struct npy_array {
    std::vector<std::size_t> shape;
    npy_type                 type = npy_type::float64;
    std::vector<std::byte>   data;

    [[nodiscard]] auto size() const noexcept -> std::size_t { return data.size() / item_size(type); }

    /// All elements in C order. An integer that no double equals (beyond 2^53) is an error, not a rounding.
    [[nodiscard]] auto as_doubles() const -> std::vector<double>;
    /// All elements in C order, as labels or counts: the type must be an integer and no element negative.
    [[nodiscard]] auto as_indices() const -> std::vector<std::size_t>;

    friend auto operator==(npy_array const&, npy_array const&) -> bool = default;
};

namespace detail {

/// Calls `f` with element 0, 1, … of `a` in its own type (bool as std::uint8_t 0 or 1).
template <class F>
void for_each_element(npy_array const& a, F&& f) {
    auto const run = [&]<class T>(T value) {
        for (std::size_t i = 0; i < a.size(); ++i) {
            std::memcpy(&value, a.data.data() + i * sizeof(T), sizeof(T));
            f(i, value);
        }
    };
    switch (a.type) {
        case npy_type::boolean:
            for (std::size_t i = 0; i < a.size(); ++i) {
                f(i, static_cast<std::uint8_t>(a.data[i] != std::byte{0}));
            }
            return;
        case npy_type::int8:
            return run(std::int8_t{});
        case npy_type::int16:
            return run(std::int16_t{});
        case npy_type::int32:
            return run(std::int32_t{});
        case npy_type::int64:
            return run(std::int64_t{});
        case npy_type::uint8:
            return run(std::uint8_t{});
        case npy_type::uint16:
            return run(std::uint16_t{});
        case npy_type::uint32:
            return run(std::uint32_t{});
        case npy_type::uint64:
            return run(std::uint64_t{});
        case npy_type::float32:
            return run(float{});
        case npy_type::float64:
            return run(double{});
    }
}

/// First index fastest becomes last index fastest.
[[nodiscard]] inline auto fortran_to_c(std::span<std::byte const> from, std::vector<std::size_t> const& shape, std::size_t item) -> std::vector<std::byte> {
    std::vector<std::byte>   to(from.size());
    std::vector<std::size_t> index(shape.size(), 0);
    std::vector<std::size_t> stride(shape.size(), item);  // of the file, in bytes
    for (std::size_t d = 1; d < shape.size(); ++d) {
        stride[d] = stride[d - 1] * shape[d - 1];
    }
    std::size_t source = 0;
    for (std::size_t out = 0; out < to.size(); out += item) {
        std::memcpy(to.data() + out, from.data() + source, item);
        for (auto d = shape.size(); d-- > 0;) {  // count up, last index first
            source += stride[d];
            if (++index[d] < shape[d]) {
                break;
            }
            source -= stride[d] * shape[d];
            index[d] = 0;
        }
    }
    return to;
}
}  // namespace detail

inline auto npy_array::as_doubles() const -> std::vector<double> {
    std::vector<double> out(size());
    detail::for_each_element(*this, [&](std::size_t i, auto value) {
        if constexpr (sizeof(value) == 8 && std::is_integral_v<decltype(value)>) {
            // Between -2^53 and 2^53 every integer is a double; beyond, only those that come back unchanged.
            constexpr auto exact = std::int64_t{1} << 53;
            auto const     small = std::cmp_less_equal(value, exact) && std::cmp_greater_equal(value, -exact);
            detail::require(small, errc::out_of_domain, "hallmark::npy_array::as_doubles: element ", i, " is ", value,
                            "; allowed is -9007199254740992 to 9007199254740992, where every integer is a double");
        }
        out[i] = static_cast<double>(value);
    });
    return out;
}

inline auto npy_array::as_indices() const -> std::vector<std::size_t> {
    std::vector<std::size_t> out(size());
    detail::for_each_element(*this, [&](std::size_t i, auto value) {
        if constexpr (std::is_floating_point_v<decltype(value)>) {
            detail::fail(errc::bad_format, "hallmark::npy_array::as_indices: the elements are ", name_of(type), "; allowed are integers");
        } else {
            if constexpr (std::is_signed_v<decltype(value)>) {
                detail::require(value >= 0, errc::out_of_domain, "hallmark::npy_array::as_indices: element ", i, " is ", value, "; allowed is 0 or more");
            }
            out[i] = static_cast<std::size_t>(value);
        }
    });
    return out;
}

/// Reads an array from the bytes of a .npy file: bool, integers of 8 to 64 bits, float32 and float64, either byte order,
/// C or Fortran order, at most 8 dimensions. `name` stands for the file in error sentences. Anything else, and
/// any file whose length is not exactly what its header declares, is `errc::bad_format`.
[[nodiscard]] inline auto parse_npy(std::span<std::byte const> bytes, std::string_view name = "memory") -> npy_array {
    auto const header = detail::parse_npy_header(bytes, name);
    auto const body   = bytes.subspan(header.length);
    auto const item   = item_size(header.type);

    std::uint64_t need = item;
    for (auto extent : header.shape) {
        detail::require(extent == 0 || need <= std::numeric_limits<std::int64_t>::max() / extent, errc::bad_format, "hallmark::read_npy: ", detail::quote(name),
                        " declares an array of more bytes than a machine can address");
        need *= extent;
    }
    detail::require(need == body.size(), errc::bad_format, "hallmark::read_npy: ", detail::quote(name), " declares ", need, " bytes of elements, but ",
                    body.size(), " follow the header");

    auto array = npy_array{header.shape, header.type, {}};
    if (header.fortran_order && header.shape.size() > 1) {
        array.data = detail::fortran_to_c(body, header.shape, item);
    } else {
        array.data.assign(body.begin(), body.end());
    }
    if (header.order != std::endian::native) {
        for (std::size_t i = 0; i < array.data.size(); i += item) {
            std::reverse(array.data.begin() + static_cast<std::ptrdiff_t>(i), array.data.begin() + static_cast<std::ptrdiff_t>(i + item));
        }
    }
    return array;
}

/// Reads a .npy file of at most `size_limit` bytes; see `parse_npy`.
[[nodiscard]] inline auto read_npy(std::string const& path, std::uint64_t size_limit = std::uint64_t{1} << 34) -> npy_array {
    return parse_npy(read_file(path, size_limit), path);
}

/// The bytes of a .npy file (version 1.0, C order, this machine's byte order) with `values`, whose number must be the
/// product of `shape`.
template <class T>
[[nodiscard]] auto npy_bytes(std::span<T const> values, std::vector<std::size_t> const& shape) -> std::vector<std::byte> {
    std::size_t size = 1;
    for (auto extent : shape) {
        size = extent != 0 && size > std::numeric_limits<std::size_t>::max() / extent ? std::numeric_limits<std::size_t>::max() : size * extent;
    }
    detail::require(shape.size() <= detail::npy_max_rank, errc::out_of_domain, "hallmark::npy_bytes: shape has ", shape.size(),
                    " dimensions; allowed is at most ", detail::npy_max_rank);
    detail::require(size == values.size(), errc::shape_mismatch, "hallmark::npy_bytes: ", values.size(), " values were given for a shape of ", size);
    auto       bytes = detail::make_npy_header(npy_type_of<T>, shape);
    auto const body  = std::as_bytes(values);
    bytes.insert(bytes.end(), body.begin(), body.end());
    return bytes;
}

/// Writes `npy_bytes(values, shape)` to a file, atomically.
template <class T>
void write_npy(std::string const& path, std::span<T const> values, std::vector<std::size_t> const& shape) {
    write_file(path, npy_bytes(values, shape));
}
/// A vector is written with one dimension.
template <class T>
void write_npy(std::string const& path, std::vector<T> const& values) {
    write_npy(path, std::span<T const>(values), {values.size()});
}

}  // namespace hallmark::inline v0
