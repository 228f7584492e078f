// The exact sum of doubles: no rounding until the end, so no order of summation either.
#pragma once

#include <hallmark/error.hpp>

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

/// A fixed-point number wide enough for every double (Kulisch's accumulator): bit 0 is 2^-1074. Integer
/// arithmetic throughout, so compiler flags cannot change it. 576 bytes; a push touches three words.
class exact_sum {
public:
    /// `x` is finite.
    void push(double x) {
        detail::require(detail::is_number(x), errc::not_a_number, "hallmark::exact_sum: the number pushed is ", x, "; allowed is any finite number");
        auto const bits     = std::bit_cast<std::uint64_t>(x);
        auto const exponent = static_cast<unsigned>(bits >> 52 & 0x7ffu);
        auto const fraction = bits & 0xfffffffffffffu;
        auto const mantissa = exponent == 0 ? fraction : fraction | std::uint64_t{1} << 52;
        auto const shift    = exponent == 0 ? 0 : exponent - 1;  // of the mantissa's lowest bit above 2^-1074
        auto const first    = shift / 32;
        auto const offset   = shift % 32;
        // The 53 bits, shifted by up to 31, lie in three 32-bit digits.
        std::int64_t const low  = static_cast<std::int64_t>((mantissa << offset) & 0xffffffffu);
        std::int64_t const mid  = static_cast<std::int64_t>((mantissa >> (32 - offset)) & 0xffffffffu);
        std::int64_t const high = offset == 0 ? 0 : static_cast<std::int64_t>(mantissa >> (64 - offset));
        std::int64_t const sign = bits >> 63 ? -1 : 1;
        digit_[first] += sign * low;
        digit_[first + 1] += sign * mid;
        digit_[first + 2] += sign * high;
        if (++pending_ == limit) {
            carry();
        }
    }

    void merge(exact_sum const& other) {
        auto copy = other;
        copy.carry();
        carry();
        for (std::size_t i = 0; i < digits; ++i) {
            digit_[i] += copy.digit_[i];
        }
        carry();
    }

    /// The sum, rounded to nearest even; ±∞ if it is too large for a double.
    [[nodiscard]] auto value() const -> double {
        auto copy = *this;
        copy.carry();
        bool const negative = copy.digit_[digits - 1] < 0;
        if (negative) {
            for (auto& d : copy.digit_) {
                d = -d;
            }
            copy.carry();
        }
        auto top = digits;
        while (top > 0 && copy.digit_[top - 1] == 0) {
            --top;
        }
        if (top == 0) {
            return 0.0;
        }
        // The highest 64 bits, and whether anything below them is set: enough to round once.
        auto const lead  = static_cast<unsigned>(std::bit_width(static_cast<std::uint64_t>(copy.digit_[top - 1])));
        auto const total = (top - 1) * 32 + lead;  // bits in the number
        auto const word  = [&](std::size_t i) { return static_cast<std::uint64_t>(copy.digit_[i]); };
        if (total <= 53) {
            auto const whole = word(0) | (top > 1 ? word(1) << 32 : 0);
            return (negative ? -1.0 : 1.0) * std::ldexp(static_cast<double>(whole), -1074);
        }
        std::uint64_t kept = 0;
        for (std::size_t i = 0; i < 64; ++i) {
            auto const position = total - 1 - i;  // total >= 54, but there may be fewer than 64 bits
            auto const bit      = position < total ? word(position / 32) >> (position % 32) & 1u : 0;
            kept                = kept << 1 | bit;
        }
        bool rest = false;
        for (std::size_t position = 0; total > 64 && position < total - 64; ++position) {
            rest = rest || (word(position / 32) >> (position % 32) & 1u);
        }
        auto       mantissa = kept >> 11;
        auto const half     = kept >> 10 & 1u;
        rest                = rest || (kept & 0x3ffu) != 0;
        mantissa += half && (rest || (mantissa & 1u)) ? 1 : 0;
        auto const exponent = static_cast<int>(total) - 53 - 1074;
        return (negative ? -1.0 : 1.0) * std::ldexp(static_cast<double>(mantissa), exponent);
    }

    friend auto operator==(exact_sum const& a, exact_sum const& b) -> bool {
        auto x = a, y = b;
        x.carry();
        y.carry();
        for (std::size_t i = 0; i < digits; ++i) {
            if (x.digit_[i] != y.digit_[i]) {
                return false;
            }
        }
        return true;
    }

private:
    static constexpr std::size_t   digits = 71;                      // 2098 bits for doubles, the rest for carries
    static constexpr std::uint32_t limit  = std::uint32_t{1} << 29;  // pushes a 64-bit digit can take

    // Moves what exceeds 32 bits of a digit to the next one; all but the last end up in [0, 2^32).
    void carry() noexcept {
        std::int64_t over = 0;
        for (std::size_t i = 0; i + 1 < digits; ++i) {
            auto const d = digit_[i] + over;
            over         = d >> 32;
            digit_[i]    = d - over * (std::int64_t{1} << 32);
        }
        digit_[digits - 1] += over;
        pending_ = 0;
    }

    std::int64_t  digit_[digits] = {};
    std::uint32_t pending_       = 0;
};

}  // namespace hallmark::inline v0
