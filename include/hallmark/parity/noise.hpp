// The noise map of the published program, stage by stage.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/image_batch.hpp>
#include <hallmark/core/rounding.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/error.hpp>
#include <hallmark/noise/pnoise2.hpp>
#include <hallmark/noise/pnoise2_grid.hpp>
#include <hallmark/parity/sine.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hallmark::inline v0 {

/// What the published program draws for each picture: the size of a noise cell in pixels, the octaves, and the half waves of the sine.
struct parity_field {
    float         period    = 30.0f;  ///< [1, 65535]; drawn from the whole numbers in [30, 60)
    std::uint32_t octaves   = 1;      ///< [1, 16]; drawn from [1, 5)
    std::uint32_t frequency = 20;     ///< [1, 32768]; drawn from [20, 60)

    friend constexpr auto operator==(parity_field const&, parity_field const&) -> bool = default;
};

/// How far the map is computed: Perlin noise, about [-1, 1]; moved to [0, 1] and multiplied by frequency and pi; its sine; that moved to [0, 1].
enum class parity_stage : std::uint8_t { raw, argument, sine, map };

namespace detail {
/// Where v lies in a range that begins at `least`, in [0, 1].
[[nodiscard]] HALLMARK_HD inline auto parity_share(float v, float least, float range) noexcept -> float { return quotient(minus(v, least), range); }
/// What the sine is taken of, from a share of the noise's range.
[[nodiscard]] HALLMARK_HD inline auto parity_argument(float share, float frequency) noexcept -> float { return times(times(share, frequency), 0x1.921fb6p+1f); }
/// The sign of the noise, -1, 0 or 1, from a share of the sine's range.
[[nodiscard]] HALLMARK_HD inline auto parity_sign(float share) noexcept -> int { return share > 0.5f ? 1 : share < 0.5f ? -1 : 0; }

/// Moves values to [0, 1] by their own range. False where all are equal: the published program then divides 0 by 0.
[[nodiscard]] inline auto normalise(std::span<float> values) noexcept -> bool {
    auto least = values.front(), greatest = least;
    for (auto const v : values) {
        least    = v < least ? v : least;
        greatest = v > greatest ? v : greatest;
    }
    auto const range = minus(greatest, least);
    for (auto& v : values) {
        v = parity_share(v, least, range);
    }
    return least < greatest;
}

/// pnoise2(row / period, column / period).
inline void fill_raw(parity_field const& field, image_batch<float>& plane) {
    auto const        out  = plane.elements();
    pnoise_grid const grid = {field.period, field.octaves, plane.height(), plane.width()};
#if HALLMARK_VECTORS
    pnoise_columns lanes(plane.width());
    pnoise_octaves all;
    for (std::uint32_t o = 0; o < field.octaves; ++o) {
        all.next();
    }
    if (simd::run([&](auto set) HALLMARK_INLINE_LAMBDA {
            fill_pnoise<decltype(set)>(grid, lanes, out.data());
            if (field.octaves > 1) {
                divide<decltype(set)>(out.data(), out.size(), all.most);
            }
        })) {
        return;
    }
#endif
    std::vector<pnoise_axis> columns(plane.width());
    pnoise_octaves           octave;
    for (std::uint32_t o = 0; o < field.octaves; ++o, octave.next()) {
        for (std::size_t w = 0; w < plane.width(); ++w) {
            columns[w] = grid.axis(w, octave);
        }
        for (std::size_t h = 0; h < plane.height(); ++h) {
            auto const row = grid.axis(h, octave);
            for (std::size_t w = 0; w < plane.width(); ++w) {
                auto&      v   = out[h * plane.width() + w];
                auto const one = pnoise_octave(row, columns[w], perlin_permutation);
                v              = field.octaves == 1 ? one : plus(v, times(one, octave.height));  // a single one keeps the sign of its zeros
            }
        }
    }
    for (auto& v : out) {
        v = field.octaves == 1 ? v : quotient(v, octave.most);
    }
}
}  // namespace detail

/// The map of `height` x `width` pixels as float32, one sample and one channel, bit for bit what the published program computes with NumPy 1.24 on a
/// processor with fused multiply-add. `raw` does not use the frequency. A picture so small that all its noise is equal has a
/// raw stage only. About 50 ns per pixel.
[[nodiscard]] inline auto parity_noise(parity_field const& field, std::size_t height, std::size_t width, parity_stage stage = parity_stage::map)
    -> image_batch<float> {
    constexpr auto who = "hallmark::parity_noise";
    detail::require(field.period >= 1.0f && field.period <= 65535.0f, errc::out_of_domain, who, ": the period is ", field.period,
                    " pixels; allowed is 1 to 65535");
    detail::require(field.octaves >= 1 && field.octaves <= 16, errc::out_of_domain, who, ": octaves is ", field.octaves, "; allowed is 1 to 16");
    detail::require(field.frequency >= 1 && field.frequency <= 32768, errc::out_of_domain, who, ": the frequency is ", field.frequency,
                    "; allowed is 1 to 32768");
    detail::require(height >= 1 && height <= 65535 && width >= 1 && width <= 65535, errc::out_of_domain, who, ": the map has ", height, " x ", width,
                    " pixels; allowed are 1 to 65535 each way");
    image_batch<float> plane(1, 1, height, width);
    detail::fill_raw(field, plane);
    if (stage == parity_stage::raw) {
        return plane;
    }
    auto const values = plane.elements();
    auto const varies = [&](bool ok) {
        detail::require(ok, errc::out_of_domain, who, ": all ", height, " x ", width,
                        " samples of the noise are equal, so the published program divides 0 by 0");
    };
    varies(detail::normalise(values));
    auto const frequency = static_cast<float>(field.frequency);
    for (auto& v : values) {
        v = detail::parity_argument(v, frequency);
    }
    if (stage == parity_stage::argument) {
        return plane;
    }
    for (auto& v : values) {
        v = parity_sine(v);
    }
    if (stage == parity_stage::map) {
        varies(detail::normalise(values));
    }
    return plane;
}

}  // namespace hallmark::inline v0
