// The convex blend x' = r · clamp(x + δ) + (1 − r) · o, for 8-bit and float pixels.
#pragma once

#include <hallmark/blend/concept.hpp>
#include <hallmark/config.hpp>
#include <hallmark/error.hpp>

#include <cstdint>

namespace hallmark::inline v0 {

/// r is a multiple of 2^-16. The noisy pixel is clamped to black and white before it is blended; the
/// published program clamps below only.
class convex {
public:
    /// `ratio` in [0, 1] is rounded to the nearest multiple of 2^-16: 0.7 becomes 45875/65536 = 0.69999.
    explicit constexpr convex(double ratio) {
        if (!detail::is_number(ratio) || ratio < 0.0 || ratio > 1.0) {
            detail::fail(errc::out_of_domain, "hallmark::convex: ratio is ", ratio, "; allowed is 0 to 1");
        }
        ratio_ = static_cast<std::int32_t>(ratio * 65536.0 + 0.5);
    }

    /// All in integers; rounded to nearest, ties up.
    [[nodiscard]] HALLMARK_HD constexpr auto operator()(std::uint8_t pixel, level delta, level behind) const noexcept -> std::uint8_t {
        auto const noisy = clamp((std::int32_t{pixel} << 16) + delta);
        auto const sum   = std::int64_t{ratio_} * noisy + std::int64_t{one - ratio_} * behind;  // Q32
        return static_cast<std::uint8_t>((sum + (std::int64_t{1} << 31)) >> 32);
    }

    /// The mark's part is an integer (Q45). The pixel's part, a product of 24 and 17 bits, is exact in double,
    /// so the sum is rounded once whether or not the compiler fuses the two, and once more to float.
    [[nodiscard]] HALLMARK_HD constexpr auto operator()(float pixel, level delta, level behind) const noexcept -> float {
        auto const background = std::int64_t{one - ratio_} * behind;  // levels, Q32
        auto const x          = static_cast<double>(pixel);
        auto const shift      = unit(std::int64_t{delta} << 16);
        if (x + shift <= 0.0) {
            return static_cast<float>(unit(background));
        }
        if (x + shift >= 1.0) {
            return static_cast<float>(unit(std::int64_t{ratio_} * level_white + background));
        }
        auto const v = static_cast<double>(ratio_) * 0x1p-16 * x + unit(std::int64_t{ratio_} * delta + background);
        return static_cast<float>(v < 0.0 ? 0.0 : (v > 1.0 ? 1.0 : v));  // the divisions round towards 0: 2^-45 too little
    }

private:
    static constexpr std::int32_t one = 1 << 16;

    HALLMARK_HD static constexpr auto clamp(level v) noexcept -> level { return v < 0 ? 0 : (v > level_white ? level_white : v); }

    // Levels, Q32, to the scale where white is 1: an integer division, for a floating one may be replaced by a
    // multiplication under -ffast-math. The quotient has at most 46 bits, so the conversion is exact.
    HALLMARK_HD static constexpr auto unit(std::int64_t levels) noexcept -> double { return static_cast<double>((levels * (1 << 13)) / 255) * 0x1p-45; }

    std::int32_t ratio_ = 0;  // Q16
};
static_assert(blend<convex>);

}  // namespace hallmark::inline v0
