// A mark as a value: which pattern, noise and blend it is made of, and their parameters; chosen at run time, compared, stored, checked once.
#pragma once

#include <hallmark/blend/additive.hpp>
#include <hallmark/blend/band_limited.hpp>
#include <hallmark/blend/convolution.hpp>
#include <hallmark/blend/l2_bounded.hpp>
#include <hallmark/blend/light.hpp>
#include <hallmark/blend/mask.hpp>
#include <hallmark/error.hpp>
#include <hallmark/mark/parameters.hpp>
#include <hallmark/noise/lattice.hpp>
#include <hallmark/noise/sign_noise.hpp>
#include <hallmark/pattern/bands.hpp>
#include <hallmark/pattern/checkerboard.hpp>
#include <hallmark/pattern/colour.hpp>
#include <hallmark/pattern/field.hpp>
#include <hallmark/pattern/keyed_filter.hpp>
#include <hallmark/pattern/picture_set.hpp>
#include <hallmark/random/stream.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <variant>

namespace hallmark::inline v0 {

/// A noise field of the plane. Gabor and cellular noise have their default options.
enum class field_kind : std::uint8_t { perlin, simplex, value, cellular, gabor, uniform };
inline constexpr std::string_view field_names[] = {"perlin", "simplex", "value", "cellular", "gabor", "uniform"};
[[nodiscard]] constexpr auto      name_of(field_kind k) noexcept -> std::string_view { return field_names[static_cast<std::size_t>(k)]; }

/// A pattern: a noise field from `low` to `high`, drawn as `field_patterns` draws it.
struct noise_patterns {
    field_kind    field = field_kind::perlin;
    std::uint32_t cells = 8;  ///< lattice cells along the longer side, 1 to 65535
    rgb           low   = {0, 0, 0};
    rgb           high  = {255, 255, 255};
    softening     soft  = {0.125, 128.0};

    friend auto operator==(noise_patterns const&, noise_patterns const&) -> bool = default;
};

/// The noise on the picture, ±1 in every pixel: the sign of a sine of octaves of a field, as `perlin_sign_noise` makes it of Perlin noise and draws it; or for
/// `uniform` a fair coin for each pixel, for which the ranges are of no use.
struct recipe_noise {
    field_kind  field = field_kind::perlin;
    whole_range period{30, 59};       ///< size of a noise cell in pixels, within [1, 65535]
    whole_range octaves{1, 4};        ///< within [1, 16]
    whole_range half_cycles{20, 59};  ///< half waves of the sine map, within [1, 65535]

    friend auto operator==(recipe_noise const&, recipe_noise const&) -> bool = default;
};

/// How pattern and noise meet the picture.
enum class blend_mode : std::uint8_t { convex, multiply_layer, screen_layer, overlay_layer, additive, convolution };
inline constexpr std::string_view blend_names[] = {"convex", "multiply", "screen", "overlay", "additive", "convolution"};
[[nodiscard]] constexpr auto      name_of(blend_mode m) noexcept -> std::string_view { return blend_names[static_cast<std::size_t>(m)]; }

struct recipe_blend {
    blend_mode mode     = blend_mode::convex;
    double     ratio    = 0.7;  ///< share of the picture, [0, 1]; 1 − ratio is the opacity of a layer and the gain of `additive`. 1 leaves the pattern out
    light      in       = light::encoded;
    double     budget   = 1.0;               ///< no pixel moves further (L∞) where white is 1, [0, 1]; 1 is no budget
    brightest  greatest = brightest::white;  ///< of a convolution

    friend auto operator==(recipe_blend const&, recipe_blend const&) -> bool = default;
};

/// The blended picture is stretched to the picture's own range, channel by channel: `range_preserving`.
struct kept_range {
    friend constexpr auto operator==(kept_range, kept_range) -> bool = default;
};
/// The whole change is scaled down to a Euclidean norm: `l2_bounded`.
struct l2_budget {
    double                budget                                                 = 0.0;  ///< [0, 65535], 1 is one pixel of one channel from black to white
    friend constexpr auto operator==(l2_budget const&, l2_budget const&) -> bool = default;
};
/// Of the change, a band of frequencies: `band_limited`.
struct frequency_band {
    std::uint32_t         first = 0, last = 14;  ///< 0 ≤ first ≤ last ≤ 14
    friend constexpr auto operator==(frequency_band const&, frequency_band const&) -> bool = default;
};

/// Everything about a mark that is not secret. The defaults are those of `mark_parameters`, and so are the bytes: Chen & Pattabiraman (2025).
///
/// Each part is what it is in C++: `colour_bands` are stripes of any count, palette, orientation and softening, and so on. What a part can have only together
/// with another part, `validate` checks.
struct mark_recipe {
    std::variant<colour_bands, colour_boards, noise_patterns, picture_set, keyed_filters>         pattern{};
    recipe_noise                                                                                  noise{};
    double                                                                                        epsilon = 8.0 / 255.0;
    recipe_blend                                                                                  blend{};
    std::variant<whole_picture, kept_range, l2_budget, frequency_band, patches, scattered_pixels> within{};
    key_design                                                                                    design = key_design::shared;

    friend auto operator==(mark_recipe const&, mark_recipe const&) -> bool = default;
};

/// The same mark as a recipe.
[[nodiscard]] inline auto to_recipe(mark_parameters const& p) -> mark_recipe {
    mark_recipe r;
    r.pattern     = colour_bands{.count = p.stripes};
    r.noise       = {field_kind::perlin, p.period, p.octaves, p.half_cycles};
    r.epsilon     = p.epsilon;
    r.blend.ratio = p.ratio;
    r.design      = p.design;
    return r;
}

/// The parameters of `marker`, where it makes this mark; nothing for every other recipe.
[[nodiscard]] inline auto to_parameters(mark_recipe const& r) -> std::optional<mark_parameters> {
    auto const* bands = std::get_if<colour_bands>(&r.pattern);
    if (bands == nullptr || bands->count > 4096) {
        return std::nullopt;
    }
    mark_parameters p;
    p.ratio       = r.blend.ratio;
    p.epsilon     = r.epsilon;
    p.stripes     = bands->count;
    p.period      = r.noise.period;
    p.octaves     = r.noise.octaves;
    p.half_cycles = r.noise.half_cycles;
    p.design      = r.design;
    return to_recipe(p) == r ? std::optional(p) : std::nullopt;
}

namespace detail {
template <class Enum>
void require_named(Enum value, std::size_t count, std::string_view name, std::string_view allowed) {
    auto const number = static_cast<std::size_t>(value);
    require(number < count, errc::out_of_domain, "hallmark::mark_recipe: ", name, " is number ", number, "; allowed is ", allowed);
}
inline void require_unit_share(double v, std::string_view name) {
    require(is_number(v) && v >= 0.0 && v <= 1.0, errc::out_of_domain, "hallmark::mark_recipe: ", name, " is ", v, "; allowed is 0 to 1");
}
}  // namespace detail

/// Throws the sentence about the first parameter that is not allowed, or is not together with another. Costs one drawing of the pattern.
inline void validate(mark_recipe const& r) {
    detail::require_named(r.noise.field, 6, "the noise's field", "perlin, simplex, value, cellular, gabor or uniform");
    detail::require_named(r.blend.mode, 6, "the blend's mode", "convex, multiply, screen, overlay, additive or convolution");
    detail::require_named(r.blend.in, 2, "the blend's light", "encoded or linear");
    detail::require_named(r.blend.greatest, 2, "the convolution's greatest", "white or kept");
    detail::require_named(r.design, 2, "design", "shared or independent");
    detail::require_unit_share(r.epsilon, "epsilon");
    detail::require_unit_share(r.blend.ratio, "ratio");
    detail::require_unit_share(r.blend.budget, "budget");
    detail::require_range(r.noise.period, "period", 65535, "hallmark::mark_recipe");
    detail::require_range(r.noise.octaves, "octaves", 16, "hallmark::mark_recipe");
    detail::require_range(r.noise.half_cycles, "half_cycles", 65535, "hallmark::mark_recipe");

    auto any = stream(chacha_key{});  // what is drawn is thrown away; drawing it checks it
    std::visit(
        [&](auto const& pattern) {
            using type = std::remove_cvref_t<decltype(pattern)>;
            if constexpr (std::is_same_v<type, noise_patterns>) {
                detail::require_named(pattern.field, 6, "the pattern's field", "perlin, simplex, value, cellular, gabor or uniform");
                detail::require_cells(pattern.cells, "hallmark::noise_patterns");
            } else if constexpr (!std::is_same_v<type, picture_set>) {  // its pictures may come later
                (void)pattern.draw(any);
            }
        },
        r.pattern);
    std::visit(
        [&](auto const& within) {
            using type = std::remove_cvref_t<decltype(within)>;
            if constexpr (std::is_same_v<type, l2_budget>) {
                (void)l2_bounded(additive(0.0), within.budget);
            } else if constexpr (std::is_same_v<type, frequency_band>) {
                (void)band_limited(additive(0.0), within.first, within.last);
            } else if constexpr (!std::is_same_v<type, kept_range>) {
                (void)within.draw(any);
            }
        },
        r.within);

    bool const convolution = r.blend.mode == blend_mode::convolution;
    bool const linear      = r.blend.in == light::linear;
    bool const everywhere  = std::holds_alternative<whole_picture>(r.within);
    detail::require(convolution == std::holds_alternative<keyed_filters>(r.pattern), errc::out_of_domain,
                    "hallmark::mark_recipe: a convolution needs keyed filters as its pattern, and no other blend takes them");
    detail::require(!convolution || (everywhere && r.blend.budget == 1.0), errc::out_of_domain,
                    "hallmark::mark_recipe: a convolution changes whole pictures; it has no budget, range, band or mask");
    detail::require(!linear || r.blend.mode != blend_mode::additive, errc::out_of_domain,
                    "hallmark::mark_recipe: the additive blend adds encoded values; linear light is for layers and convolutions");
    detail::require(!linear || !std::holds_alternative<frequency_band>(r.within), errc::out_of_domain,
                    "hallmark::mark_recipe: a band of frequencies is one of encoded values; linear light has none");
    detail::require(r.blend.budget == 1.0 || !std::holds_alternative<kept_range>(r.within), errc::out_of_domain,
                    "hallmark::mark_recipe: a range that is kept stretches the picture after the budget, which would not be kept");
}

}  // namespace hallmark::inline v0
