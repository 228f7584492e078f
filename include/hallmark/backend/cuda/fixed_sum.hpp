// Part of the CUDA backend: exact sums of doubles in whole numbers of 64-bit words, so that no order of addition shows.
#pragma once

#include <hallmark/config.hpp>

#include <cstdint>

namespace hallmark::inline v0::detail::device {

/// A number of 64 · Words bits in two's complement, in units of 2^base; `base` is kept by whoever sums.
template <unsigned Words>
struct fixed_sum {
    std::uint64_t word[Words];

    /// Adds x, finite. False, and nothing added, where x is no multiple of the unit. The caller sees to the top.
    HALLMARK_HD constexpr auto add(double x, int base) noexcept -> bool {
        auto const bits     = __builtin_bit_cast(std::uint64_t, x);
        auto const exponent = static_cast<int>(bits >> 52 & 0x7ffu);
        auto       m        = (bits & 0xfffffffffffffu) | (exponent == 0 ? 0 : std::uint64_t{1} << 52);
        auto       shift    = (exponent == 0 ? 1 : exponent) - 1075 - base;
        if (m == 0) {
            return true;
        }
        if (shift < 0) {
            if (shift < -52 || (m & ((std::uint64_t{1} << -shift) - 1)) != 0) {
                return false;
            }
            m >>= -shift;
            shift = 0;
        }
        auto const first  = static_cast<unsigned>(shift) / 64;
        auto const offset = static_cast<unsigned>(shift) % 64;
        auto const low    = m << offset;
        auto const high   = offset == 0 ? 0 : m >> (64 - offset);
        // Word by word with a carry, or a borrow; a loop over all of them keeps the words in registers.
        auto const    minus = bits >> 63 != 0;
        std::uint64_t carry = 0;
        for (unsigned i = 0; i < Words; ++i) {
            auto const part = i == first ? low : i == first + 1 ? high : std::uint64_t{0};
            if (minus) {
                auto const before = word[i];
                word[i]           = before - part - carry;
                carry             = before < part || (before == part && carry != 0) ? 1 : 0;
            } else {
                auto const sum = word[i] + part;
                auto const all = sum + carry;
                carry          = sum < part || all < sum ? 1 : 0;
                word[i]        = all;
            }
        }
        return true;
    }
    HALLMARK_HD constexpr void merge(fixed_sum const& o) noexcept {
        std::uint64_t carry = 0;
        for (unsigned i = 0; i < Words; ++i) {
            auto const sum = word[i] + o.word[i];
            auto const all = sum + carry;
            carry          = sum < o.word[i] || all < sum ? 1 : 0;
            word[i]        = all;
        }
    }

    /// Rounded once, to nearest, ties to even; infinite where it is too large for a double.
    [[nodiscard]] HALLMARK_HD constexpr auto value(int base) const noexcept -> double {
        auto       w     = *this;
        auto const minus = word[Words - 1] >> 63 != 0;
        if (minus) {
            std::uint64_t carry = 1;
            for (unsigned i = 0; i < Words; ++i) {
                w.word[i] = ~w.word[i] + carry;
                carry     = carry != 0 && w.word[i] == 0 ? 1 : 0;
            }
        }
        auto const bit = [&](int at) { return at < 0 ? 0u : static_cast<unsigned>(w.word[at / 64] >> (at % 64) & 1u); };
        int        top = static_cast<int>(64 * Words) - 1;
        while (top >= 0 && bit(top) == 0) {
            --top;
        }
        if (top < 0) {
            return 0.0;
        }
        // The place of the last bit that a double has: 52 below the top, but not below 2^-1074.
        auto last              = top - 52;
        last                   = last + base < -1074 ? -1074 - base : last;
        std::uint64_t mantissa = 0;
        for (int i = top; i >= last; --i) {
            mantissa = mantissa << 1 | bit(i);
        }
        bool below = false;
        for (int i = last - 2; i >= 0 && !below; --i) {
            below = bit(i) != 0;
        }
        if (bit(last - 1) != 0 && (below || (mantissa & 1u) != 0)) {
            ++mantissa;
        }
        // mantissa · 2^(last + base), put together from its bits: no rounding is left to do.
        auto exponent = last + base;
        if (mantissa >> 53 != 0) {
            mantissa >>= 1;
            ++exponent;
        }
        auto const sign = minus ? std::uint64_t{1} << 63 : 0;
        if (mantissa >> 52 == 0) {
            return __builtin_bit_cast(double, sign | mantissa);  // below 2^-1022
        }
        auto const field = exponent + 1075;
        if (field >= 0x7ff) {
            return __builtin_bit_cast(double, sign | std::uint64_t{0x7ff} << 52);
        }
        return __builtin_bit_cast(double, sign | static_cast<std::uint64_t>(field) << 52 | (mantissa & 0xfffffffffffffu));
    }
};

/// Four words from 170 bits below the last bit of the largest number: exact for 2^32 numbers whose sizes differ by less than a factor of 2^170.
inline constexpr int window_below = 170;
using window_sum                  = fixed_sum<4>;
/// Any doubles, in units of 2^-1074.
using any_sum                 = fixed_sum<34>;
inline constexpr int any_base = -1074;

}  // namespace hallmark::inline v0::detail::device
