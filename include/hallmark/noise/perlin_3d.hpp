// Gradient noise in space on a keyed lattice (Perlin 2002), in fixed point.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/noise/fixed.hpp>
#include <hallmark/noise/lattice.hpp>
#include <hallmark/noise/volume.hpp>
#include <hallmark/noise/volume_lattice.hpp>

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

namespace detail {
/// The product of a place and one of the twelve gradients of Perlin 2002: from the middle of a cube to the middles of its
/// edges, (±1, ±1, 0), (±1, 0, ±1) and (0, ±1, ±1).
[[nodiscard]] HALLMARK_HD constexpr auto edge_ramp(std::uint32_t hash, std::int32_t x, std::int32_t y, std::int32_t z) noexcept -> std::int32_t {
    auto const axis   = ((hash & 0xffffu) * 3u) >> 16;  // 0, 1 or 2: the one that is left out
    auto const first  = axis == 0 ? y : x;
    auto const second = axis == 2 ? y : z;
    return (hash & 0x80000000u ? -first : first) + (hash & 0x40000000u ? -second : second);
}
}  // namespace detail

/// Smooth, 0 at every lattice point; twelve gradients. A sample is Perlin's formula times 0.9636, since that formula reaches
/// 1.0364; within 2^-10 of it. Range: [-1, 1]. Cost: eight hashes a cell, O(1) an element.
class perlin_3d {
public:
    perlin_3d() = default;
    HALLMARK_HD explicit constexpr perlin_3d(keyed_lattice lattice) noexcept : lattice_(lattice) {}

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y, lattice_coordinate z) const noexcept -> noise_sample {
        return column(cell(x >> 16, y, z), detail::cell_fraction(x));
    }
    /// One row: the corners of a cell are hashed once for all elements in it.
    HALLMARK_HD constexpr void row(lattice_coordinate const* xs, std::size_t count, lattice_coordinate y, lattice_coordinate z,
                                   noise_sample* out) const noexcept {
        for (std::size_t i = 0; i < count;) {
            auto const column_of_cells = xs[i] >> 16;
            auto const ends            = cell(column_of_cells, y, z);
            for (; i < count && xs[i] >> 16 == column_of_cells; ++i) {
                out[i] = column(ends, detail::cell_fraction(xs[i]));
            }
        }
    }

    [[nodiscard]] HALLMARK_HD constexpr auto octave(std::uint32_t o) const noexcept -> perlin_3d { return perlin_3d(lattice_.octave(o)); }

    friend constexpr auto operator==(perlin_3d const&, perlin_3d const&) -> bool = default;

private:
    // On one row of one slice, each end of a cell contributes a straight line in x: slope · t + offset, both Q.14.
    struct cell_ends {
        std::int32_t slope[2], offset[2];
    };

    HALLMARK_HD constexpr auto cell(std::uint32_t cx, lattice_coordinate y, lattice_coordinate z) const noexcept -> cell_ends {
        auto const   fy = detail::cell_fraction(y), fz = detail::cell_fraction(z);
        auto const   v = detail::quintic_fade(fy), w = detail::quintic_fade(fz);
        cell_ends    out{};
        std::int32_t at_lattice[4] = {}, a_unit_on[4] = {};
        for (std::uint32_t right = 0; right < 2; ++right) {
            for (std::uint32_t i = 0; i < 4; ++i) {
                auto const below = i & 1u, behind = i >> 1;
                auto const h  = detail::hash3(lattice_, (cx + right) & 0xffffu, ((y >> 16) + below) & 0xffffu, ((z >> 16) + behind) & 0xffffu);
                auto const dy = fy - (below != 0 ? detail::q14_one : 0), dz = fz - (behind != 0 ? detail::q14_one : 0);
                at_lattice[i] = detail::edge_ramp(h, 0, dy, dz);
                a_unit_on[i]  = detail::edge_ramp(h, detail::q14_one, dy, dz) - at_lattice[i];
            }
            auto const blend  = [&](std::int32_t const* c) { return detail::lerp14(detail::lerp14(c[0], c[1], v), detail::lerp14(c[2], c[3], v), w); };
            out.slope[right]  = blend(a_unit_on);
            out.offset[right] = blend(at_lattice);
        }
        return out;
    }
    HALLMARK_HD static constexpr auto column(cell_ends const& c, std::int32_t t) noexcept -> noise_sample {
        auto const left  = ((c.slope[0] * t) >> detail::q14_bits) + c.offset[0];
        auto const right = ((c.slope[1] * (t - detail::q14_one)) >> detail::q14_bits) + c.offset[1];
        return detail::lerp14(left, right, detail::quintic_fade(t)) * 63150;  // 0.9636 · 2^16: leaves room for rounding
    }

    keyed_lattice lattice_{};
};
static_assert(row_volume_field<perlin_3d>);

}  // namespace hallmark::inline v0
