// Blue noise: white noise without its low frequencies.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/lattice.hpp>

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

/// A white field minus its blur by the kernel (1 2 1)² / 16, times 2/3: constant inside a cell, so one cell is meant to be one pixel. Its power
/// falls towards frequency 0 as the fourth power of the frequency, the same in all directions, which is what Ulichney (1988) calls blue. It
/// is high-passed, not optimised: void-and-cluster (Ulichney 1993) would be bluer, but is no pure function of a place.
/// Range: [-1, 1]; standard deviation 0.308. Cost: nine hashes a pixel, three in a row of pixels.
class blue_noise {
public:
    blue_noise() = default;
    HALLMARK_HD explicit constexpr blue_noise(keyed_lattice lattice) noexcept : lattice_(lattice) {}

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample {
        auto const cx = x >> 16, cy = y >> 16;
        return sample(column(cx - 1, cy), column(cx, cy), column(cx + 1, cy));
    }
    /// One row: columns of three cells are shared by neighbours.
    HALLMARK_HD constexpr void row(lattice_coordinate const* xs, std::size_t count, lattice_coordinate y, noise_sample* out) const noexcept {
        auto const cy = y >> 16;
        for (std::size_t i = 0; i < count;) {
            auto cx   = xs[i] >> 16;
            auto left = column(cx - 1, cy), middle = column(cx, cy);
            // Runs as long as the next pixel is in the same cell or in the next one.
            for (bool on = true; on;) {
                auto const right = column(cx + 1, cy);
                auto const value = sample(left, middle, right);
                for (; i < count && xs[i] >> 16 == cx; ++i) {
                    out[i] = value;
                }
                on     = i < count && xs[i] >> 16 == cx + 1;
                left   = middle;
                middle = right;
                ++cx;
            }
        }
    }

    [[nodiscard]] HALLMARK_HD constexpr auto octave(std::uint32_t o) const noexcept -> blue_noise { return blue_noise(lattice_.octave(o)); }

    friend constexpr auto operator==(blue_noise const&, blue_noise const&) -> bool = default;

private:
    // Three cells one below the other: their sum with weights 1 2 1, and the middle one. White samples, Q.24.
    struct three {
        std::int32_t blurred, middle;
    };
    HALLMARK_HD constexpr auto column(std::uint32_t cx, std::uint32_t cy) const noexcept -> three {
        auto const white = [&](std::uint32_t y) { return static_cast<std::int32_t>(lattice_(cx & 0xffffu, y & 0xffffu)) >> 7; };
        auto const here  = white(cy);
        return {white(cy - 1) + 2 * here + white(cy + 1), here};
    }
    HALLMARK_HD static constexpr auto sample(three left, three middle, three right) noexcept -> noise_sample {
        auto const sixteenths = 16 * middle.middle - (left.blurred + 2 * middle.blurred + right.blurred);  // at most 24, Q.24
        return static_cast<noise_sample>((sixteenths / 6) * 16);                                           // · 2/3 / 16, to Q.30
    }

    keyed_lattice lattice_{};
};
static_assert(row_noise_field<blue_noise>);

}  // namespace hallmark::inline v0
