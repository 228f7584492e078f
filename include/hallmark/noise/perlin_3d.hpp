// Gradient noise in space on a keyed lattice (Perlin 2002), in fixed point.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/noise/cells_grid.hpp>
#include <hallmark/noise/fixed.hpp>
#include <hallmark/noise/lattice.hpp>
#include <hallmark/noise/volume.hpp>
#include <hallmark/noise/volume_lattice.hpp>

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

namespace detail {
/// The product of a place and one of the twelve gradients of Perlin 2002: from the middle of a cube to the middles of its
/// edges, (±1, ±1, 0), (±1, 0, ±1) and (0, ±1, ±1). For numbers, or vectors; also a vector of hashes and one x, y or z.
template <class U, class X, class Y, class Int>
HALLMARK_HD HALLMARK_INLINE constexpr void edge_ramp(U const& hash, X const& x, Y const& y, Y const& z, Int& out) noexcept {
    U const   axis         = ((hash & 0xffffu) * 3u) >> 16;  // 0, 1 or 2: the one that is left out
    Int const x_left_out   = (Int)(axis - 1u) >> 31;
    Int const z_left_out   = 0 - (Int)(axis >> 1);
    Int const first        = x ^ ((x ^ y) & x_left_out);
    Int const second       = z ^ ((z ^ y) & z_left_out);
    Int const first_minus  = (Int)hash >> 31;
    Int const second_minus = (Int)(hash << 1) >> 31;
    out                    = ((first ^ first_minus) - first_minus) + ((second ^ second_minus) - second_minus);
}
[[nodiscard]] HALLMARK_HD constexpr auto edge_ramp(std::uint32_t hash, std::int32_t x, std::int32_t y, std::int32_t z) noexcept -> std::int32_t {
    std::int32_t out = 0;
    edge_ramp(hash, x, y, z, out);
    return out;
}

/// On the plane z of space.
struct perlin_3d_cells : line_cells<false, 63150> {
    keyed_lattice      lattice;
    lattice_coordinate z;

    HALLMARK_HD constexpr perlin_3d_cells(keyed_lattice l, lattice_coordinate plane) noexcept : lattice(l), z(plane) {}
    template <class U, class Int>
    HALLMARK_HD HALLMARK_INLINE constexpr void of(U const& cell, lattice_coordinate y, Int* n) const noexcept {
        auto const fy = cell_fraction(y), fz = cell_fraction(z);
        auto const v = quintic_fade(fy), w = quintic_fade(fz);
        for (std::uint32_t right = 0; right < 2; ++right) {
            Int at_lattice[4]{}, a_unit_on[4]{};
            for (std::uint32_t i = 0; i < 4; ++i) {
                auto const below = i & 1u, behind = i >> 1;
                auto const dy = fy - (below != 0 ? q14_one : 0), dz = fz - (behind != 0 ? q14_one : 0);
                U          hash{};
                hash3(lattice, U(cell + right), (y >> 16) + below, ((z >> 16) + behind) & 0xffffu, hash);
                edge_ramp(hash, 0, dy, dz, at_lattice[i]);
                edge_ramp(hash, q14_one, dy, dz, a_unit_on[i]);
                a_unit_on[i] = a_unit_on[i] - at_lattice[i];
            }
            auto const blend = [&](Int* c, Int& out) HALLMARK_INLINE_LAMBDA {
                lerp14(c[0], c[1], v, c[0]);
                lerp14(c[2], c[3], v, c[2]);
                lerp14(c[0], c[2], w, out);
            };
            blend(a_unit_on, n[2 * right]);
            blend(at_lattice, n[2 * right + 1]);
        }
    }
};
}  // namespace detail

/// Smooth, 0 at every lattice point; twelve gradients. A sample is Perlin's formula times 0.9636, since that formula reaches
/// 1.0364; within 2^-10 of it. Range: [-1, 1]. Cost: eight hashes a cell, O(1) an element.
class perlin_3d {
public:
    perlin_3d() = default;
    HALLMARK_HD explicit constexpr perlin_3d(keyed_lattice lattice) noexcept : lattice_(lattice) {}

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y, lattice_coordinate z) const noexcept -> noise_sample {
        noise_sample out = 0;
        row(&x, 1, y, z, &out);
        return out;
    }
    /// One row: the corners of a cell are hashed once for all elements in it.
    HALLMARK_HD constexpr void row(lattice_coordinate const* xs, std::size_t count, lattice_coordinate y, lattice_coordinate z,
                                   noise_sample* out) const noexcept {
        detail::cells_row(detail::perlin_3d_cells(lattice_, z), xs, count, y, out);
    }

    auto grid(noise_grid const& g, lattice_coordinate z) const -> noise_range {
        return detail::cells_grid(detail::perlin_3d_cells(lattice_, z), slice_field<perlin_3d>(*this, z), g);
    }

    [[nodiscard]] HALLMARK_HD constexpr auto octave(std::uint32_t o) const noexcept -> perlin_3d { return perlin_3d(lattice_.octave(o)); }

    friend constexpr auto operator==(perlin_3d const&, perlin_3d const&) -> bool = default;

private:
    keyed_lattice lattice_{};
};
static_assert(row_volume_field<perlin_3d>);

}  // namespace hallmark::inline v0
