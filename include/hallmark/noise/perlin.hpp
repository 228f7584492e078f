// Gradient noise on a keyed lattice (Perlin 1985, with the fade of Perlin 2002), in fixed point.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/lattice.hpp>

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

/// Smooth noise, 0 at every lattice point. Eight gradients: the four diagonals (±1, ±1) and the four axes.
///
/// Arithmetic is 32-bit with 14 fractional bits, so that it vectorises on any machine; a sample is within 2^-11
/// of the real formula. Range: [-1, 1], reached only in the middle of a cell whose four gradients point there.
class perlin {
public:
    perlin() = default;
    HALLMARK_HD explicit constexpr perlin(keyed_lattice lattice) noexcept : lattice_(lattice) {}

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample {
        return column(cell(x >> 16, y), fraction(x));
    }

    /// One row: the corners of a cell are hashed once for all pixels in it.
    HALLMARK_HD constexpr void row(lattice_coordinate const* xs, std::size_t count, lattice_coordinate y, noise_sample* out) const noexcept {
        for (std::size_t i = 0; i < count;) {
            auto const column_of_cells = xs[i] >> 16;
            auto const corners         = cell(column_of_cells, y);
            for (; i < count && xs[i] >> 16 == column_of_cells; ++i) {
                out[i] = column(corners, fraction(xs[i]));
            }
        }
    }

    [[nodiscard]] HALLMARK_HD constexpr auto octave(std::uint32_t o) const noexcept -> perlin { return perlin(lattice_.octave(o)); }

    friend constexpr auto operator==(perlin const&, perlin const&) -> bool = default;

private:
    static constexpr int          bits = 14;
    static constexpr std::int32_t one  = 1 << bits;

    // Inside one cell and on one row, each corner's contribution is a straight line in x: slope·t + offset.
    struct cell_corners {
        std::int32_t slope[4];   // top left, top right, bottom left, bottom right: -1, 0 or 1
        std::int32_t offset[4];  // Q.14
        std::int32_t v;          // the fade of the row, Q.14
    };

    HALLMARK_HD static constexpr auto fraction(lattice_coordinate x) noexcept -> std::int32_t {
        return static_cast<std::int32_t>((x & 0xffffu) >> (16 - bits));
    }

    // 6t^5 - 15t^4 + 10t^3: first and second derivatives vanish at both ends, so cells join without creases.
    HALLMARK_HD static constexpr auto fade(std::int32_t t32) noexcept -> std::int32_t {
        auto const t       = std::int64_t{t32};
        auto const inner   = (6 * t * t - 15 * t * one + 10 * std::int64_t{one} * one) >> bits;
        auto const product = (t * t * t * inner) >> (3 * bits);
        return static_cast<std::int32_t>(product);
    }
    HALLMARK_HD static constexpr auto mix(std::int32_t a, std::int32_t b, std::int32_t t) noexcept -> std::int32_t { return a + (((b - a) * t) >> bits); }

    HALLMARK_HD constexpr auto cell(std::uint32_t cx, lattice_coordinate y) const noexcept -> cell_corners {
        auto const cy  = y >> 16;
        auto const fy  = fraction(y);
        auto       out = cell_corners{{}, {}, fade(fy)};
        for (std::uint32_t i = 0; i < 4; ++i) {
            auto const right  = i & 1u;
            auto const bottom = i >> 1;
            auto const h      = lattice_((cx + right) & 0xffffu, (cy + bottom) & 0xffffu) >> 29;
            // 0..3: the diagonals; 4..7: the axes.
            auto const gx = h < 4 ? (h & 1u ? -1 : 1) : (h < 6 ? (h & 1u ? -1 : 1) : 0);
            auto const gy = h < 4 ? (h & 2u ? -1 : 1) : (h < 6 ? 0 : (h & 1u ? -1 : 1));
            out.slope[i]  = gx;
            out.offset[i] = gy * (fy - (bottom != 0 ? one : 0)) - (right != 0 ? gx * one : 0);
        }
        return out;
    }

    HALLMARK_HD static constexpr auto column(cell_corners const& c, std::int32_t t) noexcept -> noise_sample {
        auto const u   = fade(t);
        auto const top = mix(c.slope[0] * t + c.offset[0], c.slope[1] * t + c.offset[1], u);
        auto const low = mix(c.slope[2] * t + c.offset[2], c.slope[3] * t + c.offset[3], u);
        return mix(top, low, c.v) * (1 << (30 - bits));
    }

    keyed_lattice lattice_{};
};
static_assert(row_noise_field<perlin>);

}  // namespace hallmark::inline v0
