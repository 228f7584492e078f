// Unbiased integers and floats from 32-bit draws, the same on every standard library.
//
// <random> is of no use here: how its distributions use the bits is left to each implementation.
#pragma once

#include <hallmark/config.hpp>

#include <concepts>
#include <cstdint>

namespace hallmark::inline v0 {

/// Anything that hands out uniform 32-bit words.
template <class S>
concept bit_source = requires(S& s) {
    { s.bits() }
    noexcept->std::same_as<std::uint32_t>;
};

/// Uniform over {0, …, bound − 1}, exactly; `bound` ≥ 1. Lemire (2019): multiply, and redraw in the rare case
/// that would favour some values. Takes one draw, seldom more.
template <bit_source S>
[[nodiscard]] HALLMARK_HD constexpr auto uniform_below(S& source, std::uint32_t bound) noexcept -> std::uint32_t {
    auto product = std::uint64_t{source.bits()} * bound;
    auto low     = static_cast<std::uint32_t>(product);
    if (low < bound) {
        auto const threshold = (0u - bound) % bound;
        while (low < threshold) {
            product = std::uint64_t{source.bits()} * bound;
            low     = static_cast<std::uint32_t>(product);
        }
    }
    return static_cast<std::uint32_t>(product >> 32);
}

/// Uniform over {first, …, last}, both ends included; `first` ≤ `last`.
template <bit_source S>
[[nodiscard]] HALLMARK_HD constexpr auto uniform_between(S& source, std::uint32_t first, std::uint32_t last) noexcept -> std::uint32_t {
    auto const count = last - first + 1;
    return count == 0 ? source.bits() : first + uniform_below(source, count);  // 0: all 2^32 values
}

/// Uniform over the 2^24 multiples of 2^-24 in [0, 1). One draw.
template <bit_source S>
[[nodiscard]] HALLMARK_HD constexpr auto uniform_float(S& source) noexcept -> float {
    return static_cast<float>(source.bits() >> 8) * 0x1p-24f;
}

/// Uniform over the 2^53 multiples of 2^-53 in [0, 1). Two draws, high word first.
template <bit_source S>
[[nodiscard]] HALLMARK_HD constexpr auto uniform_double(S& source) noexcept -> double {
    auto const high = std::uint64_t{source.bits()};
    auto const word = high << 32 | source.bits();
    return static_cast<double>(word >> 11) * 0x1p-53;
}

}  // namespace hallmark::inline v0
