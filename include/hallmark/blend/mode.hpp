// The layer modes of picture editors as blends: cover, multiply, screen and overlay, in encoded values or in light.
#pragma once

#include <hallmark/blend/change.hpp>
#include <hallmark/blend/concept.hpp>
#include <hallmark/blend/light.hpp>
#include <hallmark/config.hpp>
#include <hallmark/error.hpp>

#include <concepts>
#include <cstdint>

namespace hallmark::inline v0 {

/// What a mode is: `m(picture, behind)` is the level of the two layers together, Q32, both in [0, level_white], and so is the result. The formulas are those of
/// W3C Compositing and Blending Level 1 with the pattern as the source; white is 1 in them.
template <class M>
concept layer_mode = std::regular<M> && requires(M const m, level picture, level behind) {
    { m(picture, behind) }
    noexcept->std::same_as<fine_level>;
};

/// o: the pattern covers the picture. With an opacity this is the convex blend; in linear light it is the only way to get that one.
struct cover_mode {
    [[nodiscard]] HALLMARK_HD constexpr auto operator()(level, level behind) const noexcept -> fine_level { return fine_level{behind} << 16; }
    friend constexpr auto                    operator==(cover_mode, cover_mode) -> bool = default;
};
/// x · o: never brighter. Black stays black.
struct multiply_mode {
    [[nodiscard]] HALLMARK_HD constexpr auto operator()(level picture, level behind) const noexcept -> fine_level { return fine_level{picture} * behind / 255; }
    friend constexpr auto                    operator==(multiply_mode, multiply_mode) -> bool = default;
};
/// 1 − (1 − x)(1 − o): never darker. White stays white.
struct screen_mode {
    [[nodiscard]] HALLMARK_HD constexpr auto operator()(level picture, level behind) const noexcept -> fine_level {
        return (fine_level{level_white} << 16) - multiply_mode{}(level_white - picture, level_white - behind);
    }
    friend constexpr auto operator==(screen_mode, screen_mode) -> bool = default;
};
/// 2xo where the picture is darker than one half, 1 − 2(1 − x)(1 − o) elsewhere: black and white stay.
struct overlay_mode {
    [[nodiscard]] HALLMARK_HD constexpr auto operator()(level picture, level behind) const noexcept -> fine_level {
        return 2 * picture < level_white ? 2 * fine_level{picture} * behind / 255
                                         : (fine_level{level_white} << 16) - 2 * fine_level{level_white - picture} * (level_white - behind) / 255;
    }
    friend constexpr auto operator==(overlay_mode, overlay_mode) -> bool = default;
};
static_assert(layer_mode<cover_mode> && layer_mode<multiply_mode> && layer_mode<screen_mode> && layer_mode<overlay_mode>);

/// x' = (1 − opacity) · y + opacity · mode(y, o), where y = clamp(x + δ) is the noisy pixel. Computed to 2^-32 of a level in encoded values, to 2^-16 in
/// linear light (where y and o are turned into light before and the result is turned back); then 8-bit pixels are rounded to nearest, ties up. Floats are
/// read to 2^-17 of a level, about 2^-25. The noise is always added to the encoded pixel: its budget is one of encoded values.
template <layer_mode Mode>
class layer {
public:
    /// `opacity` in [0, 1] is rounded to the nearest multiple of 2^-16; 0 leaves the noisy picture.
    explicit constexpr layer(double opacity, light in = light::encoded) : opacity_(detail::to_share(opacity, "hallmark::layer", "opacity")), light_(in) {
        if (in != light::encoded && in != light::linear) {
            detail::fail(errc::out_of_domain, "hallmark::layer: light is number ", static_cast<unsigned>(in), "; allowed is encoded or linear");
        }
    }

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(std::uint8_t pixel, level delta, level behind) const noexcept -> std::uint8_t {
        return detail::changed(pixel, change(detail::to_level(pixel), delta, behind));
    }
    [[nodiscard]] HALLMARK_HD constexpr auto operator()(float pixel, level delta, level behind) const noexcept -> float {
        return detail::changed(pixel, change(detail::to_level(pixel), delta, behind));
    }

private:
    [[nodiscard]] HALLMARK_HD constexpr auto change(level x, level delta, level behind) const noexcept -> fine_level {
        auto const y     = detail::clamp_level(x + delta);
        auto const noise = fine_level{y - x} << 16;
        if (light_ == light::encoded) {
            return noise + mixed(y, behind);
        }
        auto const lit = to_linear(y);
        auto const sum = lit + static_cast<level>((mixed(lit, to_linear(behind)) + (1 << 15)) >> 16);
        return noise + (to_encoded(sum) - to_encoded(lit));
    }
    // opacity · (mode(y, o) − y), rounded to nearest Q32.
    [[nodiscard]] HALLMARK_HD constexpr auto mixed(level y, level behind) const noexcept -> fine_level {
        return (opacity_ * (Mode{}(y, behind) - (fine_level{y} << 16)) + (1 << 15)) >> 16;
    }

    std::int32_t opacity_;  // Q16
    light        light_;
};

using cover    = layer<cover_mode>;
using multiply = layer<multiply_mode>;
using screen   = layer<screen_mode>;
using overlay  = layer<overlay_mode>;
static_assert(blend<cover> && blend<multiply> && blend<screen> && blend<overlay>);

}  // namespace hallmark::inline v0
