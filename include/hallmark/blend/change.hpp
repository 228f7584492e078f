// Pixels as levels and back: how the blends beside `convex` compute 8-bit and float pixels with the same integers.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/error.hpp>
#include <hallmark/pattern/concept.hpp>

#include <cstdint>
#include <string_view>

namespace hallmark::inline v0 {

/// A level or a difference of levels with more places after the point, Q32.
using fine_level = std::int64_t;

namespace detail {
HALLMARK_HD constexpr auto clamp_level(level v) noexcept -> level { return v < 0 ? 0 : (v > level_white ? level_white : v); }

/// Exact.
HALLMARK_HD constexpr auto to_level(std::uint8_t pixel) noexcept -> level { return level{pixel} << 16; }
/// Rounded to nearest. The product of 24 and 24 bits is exact in double, so the sum is rounded once whether or not the two are fused.
HALLMARK_HD constexpr auto to_level(float pixel) noexcept -> level { return static_cast<level>(static_cast<double>(pixel) * level_white + 0.5); }

/// On the scale where white is 1, rounded towards 0 to 2^-45; up to ±2 whites. The division is one of integers: -ffast-math may turn a floating one
/// into a multiplication. The quotient has at most 46 bits, so the conversion is exact.
HALLMARK_HD constexpr auto to_unit(fine_level v) noexcept -> double { return static_cast<double>((v * (1 << 13)) / 255) * 0x1p-45; }

/// The pixel moved by `change`, in [0, 255]: rounded to nearest, ties up.
HALLMARK_HD constexpr auto changed(std::uint8_t pixel, fine_level change) noexcept -> std::uint8_t {
    auto const v = (fine_level{pixel} << 32) + change + (fine_level{1} << 31);
    return v < 0 ? std::uint8_t{0} : (v >= fine_level{256} << 32 ? std::uint8_t{255} : static_cast<std::uint8_t>(v >> 32));
}
/// The pixel moved by `change`, in [0, 1]: one sum in double, one rounding to float. Without a change it is the pixel itself, bit for bit, though
/// `to_level` may have rounded it.
HALLMARK_HD constexpr auto changed(float pixel, fine_level change) noexcept -> float {
    if (change == 0) {
        return pixel;
    }
    auto const v = static_cast<double>(pixel) + to_unit(change);
    return static_cast<float>(v < 0.0 ? 0.0 : (v > 1.0 ? 1.0 : v));
}

/// A pixel as float in [0, 1]; `to_level` of it is the 8-bit pixel again.
HALLMARK_HD constexpr auto to_float(std::uint8_t pixel) noexcept -> float { return static_cast<float>(to_unit(fine_level{pixel} << 32)); }
HALLMARK_HD constexpr auto to_float(float pixel) noexcept -> float { return pixel; }

/// A share in [0, 1] as Q16, rounded to nearest.
constexpr auto to_share(double v, std::string_view who, std::string_view name) -> std::int32_t {
    if (!is_number(v) || v < 0.0 || v > 1.0) {
        fail(errc::out_of_domain, who, ": ", name, " is ", v, "; allowed is 0 to 1");
    }
    return static_cast<std::int32_t>(v * 65536.0 + 0.5);
}
}  // namespace detail

}  // namespace hallmark::inline v0
