// Perlin noise as the published program computes it, bit for bit: float32 on one fixed permutation.
//
// For new marks use `perlin`: with one permutation for everybody there are 4,800 fields per picture size, and
// anyone can make them all. This one exists to find marks that were made by the published program.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/rounding.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

namespace detail {
/// Perlin's permutation of 0 to 255 (Perlin 2002).
inline constexpr std::uint8_t perlin_permutation[256] = {
    151, 160, 137, 91,  90,  15,  131, 13,  201, 95,  96,  53,  194, 233, 7,   225, 140, 36,  103, 30,  69,  142, 8,   99,  37,  240, 21,  10,  23,
    190, 6,   148, 247, 120, 234, 75,  0,   26,  197, 62,  94,  252, 219, 203, 117, 35,  11,  32,  57,  177, 33,  88,  237, 149, 56,  87,  174, 20,
    125, 136, 171, 168, 68,  175, 74,  165, 71,  134, 139, 48,  27,  166, 77,  146, 158, 231, 83,  111, 229, 122, 60,  211, 133, 230, 220, 105, 92,
    41,  55,  46,  245, 40,  244, 102, 143, 54,  65,  25,  63,  161, 1,   216, 80,  73,  209, 76,  132, 187, 208, 89,  18,  169, 200, 196, 135, 130,
    116, 188, 159, 86,  164, 100, 109, 198, 173, 186, 3,   64,  52,  217, 226, 250, 124, 123, 5,   202, 38,  147, 118, 126, 255, 82,  85,  212, 207,
    206, 59,  227, 47,  16,  58,  17,  182, 189, 28,  42,  223, 183, 170, 213, 119, 248, 152, 2,   44,  154, 163, 70,  221, 153, 101, 155, 167, 43,
    172, 9,   129, 22,  39,  253, 19,  98,  108, 110, 79,  113, 224, 232, 178, 185, 112, 104, 218, 246, 97,  228, 251, 34,  242, 193, 238, 210, 144,
    12,  191, 179, 162, 241, 81,  51,  145, 235, 249, 14,  239, 107, 49,  192, 214, 31,  181, 199, 106, 157, 184, 84,  204, 176, 115, 121, 50,  45,
    127, 4,   150, 254, 138, 236, 205, 93,  222, 114, 67,  29,  24,  72,  243, 141, 128, 195, 78,  66,  215, 61,  156, 180};

/// x and y parts of the twelve edge gradients of a cube, four of them twice.
inline constexpr std::int8_t perlin_gradient[16][2] = {{1, 1}, {-1, 1}, {1, -1}, {-1, -1}, {1, 0}, {-1, 0}, {1, 0},  {-1, 0},
                                                       {0, 1}, {0, -1}, {0, 1},  {0, -1},  {1, 0}, {-1, 0}, {0, -1}, {0, 1}};
/// One part of all of them in a number, two bits each, 1 more than they are: tables in memory are the host's alone, numbers are a device's, too.
inline constexpr auto perlin_gradient_part = [](int part) {
    std::uint32_t all = 0;
    for (int i = 0; i < 16; ++i) {
        all |= static_cast<std::uint32_t>(perlin_gradient[i][part] + 1) << (2 * i);
    }
    return all;
};
inline constexpr std::uint32_t perlin_gradient_x = perlin_gradient_part(0), perlin_gradient_y = perlin_gradient_part(1);
}  // namespace detail

/// Options of `pnoise2` in caseman/noise 1.2.3.
struct pnoise2_options {
    int   octaves     = 1;
    float persistence = 0.5f;
    float lacunarity  = 2.0f;
    float repeat      = 1024.0f;
};

namespace detail {
/// What one coordinate of a point contributes: its lattice cell and the next, the place in the cell seen from both, and
/// the weight of the next. A row of pixels shares one of these, a column the other.
struct pnoise_axis {
    int   cell, next;
    float here, there;
    float weight;

    pnoise_axis() = default;
    HALLMARK_HD pnoise_axis(float p, float repeat) noexcept : cell(0), next(0) {
        if (p > 0.0f && p < repeat && repeat < 0x1p30f) {  // nothing wraps around but the last cell: no remainder, which is slow
            cell = static_cast<int>(p);
            here = minus(p, static_cast<float>(cell));
        } else {
            cell = static_cast<int>(std::floor(std::fmod(p, repeat)));
            here = minus(p, std::floor(p));
        }
        next             = static_cast<float>(cell + 1) < repeat && cell >= 0 ? static_cast<int>(static_cast<float>(cell + 1))
                                                                              : static_cast<int>(std::fmod(static_cast<float>(cell + 1), repeat));
        there            = minus(here, 1.0f);
        auto const t     = here;
        auto const cube  = times(times(t, t), t);
        auto const inner = times(t, minus(times(t, 6.0f), 15.0f));
        weight           = times(cube, plus(inner, 10.0f));
    }
};

/// `permutation` is `perlin_permutation`, or a copy of it that a device can read.
[[nodiscard]] HALLMARK_HD inline auto pnoise_permuted(int i, std::uint8_t const* permutation) noexcept -> int {
    return permutation[static_cast<unsigned>(i) & 255u];
}
struct pnoise_slope {
    float x, y;
};
/// The gradient of a corner of a cell: `left` is its permuted x, `row` its y.
[[nodiscard]] HALLMARK_HD inline auto pnoise_gradient(int left, int row, std::uint8_t const* permutation) noexcept -> pnoise_slope {
    auto const at   = 2 * (pnoise_permuted(pnoise_permuted(left + (row & 255), permutation), permutation) & 15);
    auto const part = [at](std::uint32_t all) { return static_cast<float>(static_cast<int>(all >> at & 3u) - 1); };
    return {part(perlin_gradient_x), part(perlin_gradient_y)};
}

/// One octave. Every operation is rounded to float on its own; products with a gradient are exact, because it is -1, 0 or 1.
[[nodiscard]] HALLMARK_HD inline auto pnoise_octave(pnoise_axis const& x, pnoise_axis const& y, std::uint8_t const* permutation) noexcept -> float {
    auto const slope = [permutation](int left, int row, float dx, float dy) {
        auto const g = pnoise_gradient(left, row, permutation);
        return plus(times(dx, g.x), times(dy, g.y));
    };
    auto const mix  = [](float t, float a, float b) { return plus(a, times(t, minus(b, a))); };
    auto const left = pnoise_permuted(x.cell, permutation), right = pnoise_permuted(x.next, permutation);
    return mix(y.weight, mix(x.weight, slope(left, y.cell, x.here, y.here), slope(right, y.cell, x.there, y.here)),
               mix(x.weight, slope(left, y.next, x.here, y.there), slope(right, y.next, x.there, y.there)));
}
}  // namespace detail

/// The field at (x, y), about [-1, 1]; x and y finite, octaves and repeat at least 1. The published program passes
/// row / period as x and column / period as y, divided in double and rounded to float. Every operation is rounded to
/// float on its own (core/rounding.hpp).
[[nodiscard]] inline auto pnoise2(float x, float y, pnoise2_options const& options = {}) noexcept -> float {
    using detail::plus, detail::times;
    auto const octave = [&](float px, float py, float repeat) { return detail::pnoise_octave({px, repeat}, {py, repeat}, detail::perlin_permutation); };
    if (options.octaves == 1) {
        return octave(x, y, options.repeat);
    }
    float frequency = 1.0f, height = 1.0f, most = 0.0f, sum = 0.0f;
    for (int o = 0; o < options.octaves; ++o) {
        sum       = plus(sum, times(octave(times(x, frequency), times(y, frequency), times(options.repeat, frequency)), height));
        most      = plus(most, height);
        frequency = times(frequency, options.lacunarity);
        height    = times(height, options.persistence);
    }
    return detail::quotient(sum, most);
}

}  // namespace hallmark::inline v0
