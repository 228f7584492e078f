// Value noise in space: a random height at every lattice point, and smooth values between them.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/noise/cells_grid.hpp>
#include <hallmark/noise/fixed.hpp>
#include <hallmark/noise/lattice.hpp>
#include <hallmark/noise/value.hpp>
#include <hallmark/noise/volume.hpp>
#include <hallmark/noise/volume_lattice.hpp>

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

namespace detail {
/// On the plane z of space, for cells_grid.hpp.
struct value_3d_cells : height_cells {
    keyed_lattice      lattice;
    lattice_coordinate z;

    HALLMARK_HD constexpr value_3d_cells(keyed_lattice l, lattice_coordinate plane) noexcept : lattice(l), z(plane) {}
    template <class U, class Int>
    HALLMARK_HD HALLMARK_INLINE constexpr void of(U const& cell, lattice_coordinate y, Int* n) const noexcept {
        auto const v = quintic_fade(cell_fraction(y)), w = quintic_fade(cell_fraction(z));
        for (std::uint32_t right = 0; right < 2; ++right) {
            Int height[4]{};
            for (std::uint32_t i = 0; i < 4; ++i) {
                U hash{};
                hash3(lattice, U(cell + right), (y >> 16) + (i & 1u), ((z >> 16) + (i >> 1)) & 0xffffu, hash);
                height[i] = (Int)hash >> 16;
            }
            lerp14(height[0], height[1], v, height[0]);
            lerp14(height[2], height[3], v, height[2]);
            lerp14(height[0], height[2], w, n[right]);
        }
    }
};
}  // namespace detail

/// As `value_noise`, with eight corners. Range: [-1, 1). Cost: eight hashes a cell, one interpolation an element. Source: Lewis 1989.
class value_3d {
public:
    value_3d() = default;
    HALLMARK_HD explicit constexpr value_3d(keyed_lattice lattice) noexcept : lattice_(lattice) {}

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y, lattice_coordinate z) const noexcept -> noise_sample {
        noise_sample out = 0;
        row(&x, 1, y, z, &out);
        return out;
    }
    /// One row: the two edges of a cell are computed once for all elements in it.
    HALLMARK_HD constexpr void row(lattice_coordinate const* xs, std::size_t count, lattice_coordinate y, lattice_coordinate z,
                                   noise_sample* out) const noexcept {
        detail::cells_row(detail::value_3d_cells(lattice_, z), xs, count, y, out);
    }

    auto grid(noise_grid const& g, lattice_coordinate z) const -> noise_range {
        return detail::cells_grid(detail::value_3d_cells(lattice_, z), slice_field<value_3d>(*this, z), g);
    }

    [[nodiscard]] HALLMARK_HD constexpr auto octave(std::uint32_t o) const noexcept -> value_3d { return value_3d(lattice_.octave(o)); }

    friend constexpr auto operator==(value_3d const&, value_3d const&) -> bool = default;

private:
    keyed_lattice lattice_{};
};
static_assert(row_volume_field<value_3d>);

}  // namespace hallmark::inline v0
