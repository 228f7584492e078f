// The additive blend x' = clamp(x + δ + gain · (o − ½)), for 8-bit and float pixels.
#pragma once

#include <hallmark/blend/change.hpp>
#include <hallmark/blend/concept.hpp>

#include <cstdint>

namespace hallmark::inline v0 {

/// The pattern is added around its middle grey, so that on the whole the picture keeps its brightness. No pixel of the picture is weakened, and the picture's
/// range is used in full. It has no budget of its own: at most half the gain and the noise's height together. `bounded` and `l2_bounded` set one.
class additive {
public:
    /// `gain` in [0, 1] is rounded to the nearest multiple of 2^-16; 0 adds the noise alone.
    explicit constexpr additive(double gain) : gain_(detail::to_share(gain, "hallmark::additive", "gain")) {}

    /// All in integers, exact; rounded to nearest, ties up.
    [[nodiscard]] HALLMARK_HD constexpr auto operator()(std::uint8_t pixel, level delta, level behind) const noexcept -> std::uint8_t {
        return detail::changed(pixel, change(delta, behind));
    }
    /// The change is exact, its sum with the pixel rounded once to double and once to float.
    [[nodiscard]] HALLMARK_HD constexpr auto operator()(float pixel, level delta, level behind) const noexcept -> float {
        return detail::changed(pixel, change(delta, behind));
    }

private:
    [[nodiscard]] HALLMARK_HD constexpr auto change(level delta, level behind) const noexcept -> fine_level {
        return (fine_level{delta} << 16) + fine_level{gain_} * (behind - level_white / 2);
    }
    std::int32_t gain_;  // Q16
};
static_assert(blend<additive>);

}  // namespace hallmark::inline v0
