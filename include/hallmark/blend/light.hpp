// Linear light: the sRGB curve (IEC 61966-2-1) and its inverse, in integers.
#pragma once

#include <hallmark/blend/change.hpp>
#include <hallmark/config.hpp>
#include <hallmark/pattern/concept.hpp>

#include <cstdint>

namespace hallmark::inline v0 {

/// In what a blend adds: the numbers of the file (`encoded`, gamma-naive, as nearly every program and every published mark does), or light
/// (`linear`), as two transparencies on top of one another would.
enum class light : std::uint8_t { encoded, linear };

namespace detail {
/// 255 · 65536 · f(c / 255) rounded to nearest, f(u) = u / 12.92 up to u = 0.04045 and ((u + 0.055) / 1.055)^2.4 above.
struct srgb_levels {
    level at[256];
};
inline constexpr srgb_levels srgb_to_linear = {{
    0,        5072,     10145,    15217,    20290,    25362,    30435,    35507,    40580,    45652,    50724,    55926,    61441,    67260,    73388,
    79831,    86592,    93676,    101086,   108828,   116905,   125321,   134081,   143188,   152645,   162458,   172629,   183162,   194060,   205328,
    216968,   228985,   241381,   254160,   267325,   280879,   294827,   309170,   323912,   339056,   354605,   370563,   386932,   403715,   420915,
    438535,   456578,   475047,   493944,   513273,   533036,   553236,   573876,   594958,   616485,   638459,   660884,   683762,   707095,   730886,
    755137,   779852,   805032,   830680,   856799,   883390,   910457,   938001,   966026,   994533,   1023524,  1053003,  1082971,  1113431,  1144385,
    1175835,  1207784,  1240233,  1273186,  1306643,  1340608,  1375082,  1410068,  1445568,  1481584,  1518118,  1555172,  1592748,  1630849,  1669476,
    1708631,  1748317,  1788536,  1829289,  1870579,  1912407,  1954776,  1997688,  2041144,  2085147,  2129698,  2174799,  2220453,  2266661,  2313425,
    2360747,  2408629,  2457073,  2506080,  2555653,  2605793,  2656503,  2707783,  2759636,  2812064,  2865069,  2918652,  2972814,  3027559,  3082887,
    3138801,  3195301,  3252391,  3310071,  3368344,  3427210,  3486673,  3546733,  3607392,  3668652,  3730514,  3792981,  3856054,  3919734,  3984024,
    4048925,  4114438,  4180565,  4247308,  4314669,  4382649,  4451250,  4520473,  4590319,  4660792,  4731891,  4803619,  4875978,  4948968,  5022592,
    5096850,  5171746,  5247279,  5323452,  5400266,  5477723,  5555824,  5634570,  5713964,  5794007,  5874700,  5956045,  6038043,  6120696,  6204005,
    6287972,  6372598,  6457885,  6543834,  6630446,  6717724,  6805668,  6894280,  6983562,  7073514,  7164138,  7255437,  7347410,  7440060,  7533388,
    7627395,  7722083,  7817453,  7913507,  8010246,  8107671,  8205783,  8304585,  8404078,  8504262,  8605139,  8706711,  8808979,  8911945,  9015609,
    9119973,  9225038,  9330806,  9437278,  9544455,  9652339,  9760932,  9870233,  9980245,  10090969, 10202407, 10314559, 10427426, 10541011, 10655315,
    10770338, 10886083, 11002549, 11119740, 11237655, 11356296, 11475665, 11595763, 11716590, 11838149, 11960441, 12083466, 12207226, 12331723, 12456957,
    12582929, 12709642, 12837096, 12965293, 13094233, 13223918, 13354349, 13485528, 13617455, 13750132, 13883560, 14017741, 14152674, 14288363, 14424807,
    14562008, 14699968, 14838687, 14978167, 15118408, 15259412, 15401181, 15543715, 15687016, 15831084, 15975921, 16121528, 16267906, 16415057, 16562981,
    16711680,
}};
#if defined(__CUDACC__)
static __device__ constexpr srgb_levels srgb_to_linear_there = srgb_to_linear;  // a device cannot read the host's
#endif
[[nodiscard]] HALLMARK_HD constexpr auto srgb_table() noexcept -> level const* {
#if defined(__CUDA_ARCH__)
    return srgb_to_linear_there.at;
#else
    return srgb_to_linear.at;
#endif
}
}  // namespace detail

/// The light of an encoded level, white to white: exact to 2^-17 of a level at the 256 whole levels, on straight lines between them. `encoded` in
/// [0, level_white].
[[nodiscard]] HALLMARK_HD constexpr auto to_linear(level encoded) noexcept -> level {
    auto const whole = encoded >> 16;
    if (whole >= 255) {
        return level_white;
    }
    auto const* at = detail::srgb_table() + whole;
    return at[0] + static_cast<level>((std::int64_t{at[1] - at[0]} * (encoded & 0xffff) + (1 << 15)) >> 16);
}

/// The inverse, on the same straight lines, rounded down to 2^-32: whole levels come back exactly. `linear` in [0, level_white].
[[nodiscard]] HALLMARK_HD constexpr auto to_encoded(level linear) noexcept -> fine_level {
    std::int32_t whole = 0;
    for (std::int32_t step = 128; step > 0; step /= 2) {
        whole += detail::srgb_table()[whole + step] <= linear ? step : 0;
    }
    if (whole == 255) {
        return fine_level{255} << 32;
    }
    auto const* at = detail::srgb_table() + whole;
    return (fine_level{whole} << 32) + (fine_level{linear - at[0]} << 32) / (at[1] - at[0]);
}

}  // namespace hallmark::inline v0
