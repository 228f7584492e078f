// Cellular noise in space (Worley 1996): the distance to the nearest of randomly scattered points, or to the second nearest.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/noise/cellular.hpp>
#include <hallmark/noise/lattice.hpp>
#include <hallmark/noise/volume.hpp>
#include <hallmark/noise/volume_lattice.hpp>

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

namespace detail {
/// On the plane z of space: for cells_grid.hpp.
template <cellular_value Value, cellular_metric Metric>
struct cellular_space : cellular_cells<Value, Metric, 1, 27> {
    keyed_lattice      lattice;
    lattice_coordinate z;

    HALLMARK_HD constexpr cellular_space(keyed_lattice l, lattice_coordinate plane) noexcept : lattice(l), z(plane) {}
    template <class U, class Int>
    HALLMARK_HD HALLMARK_INLINE constexpr void of(U const& cell, lattice_coordinate y, Int* n) const noexcept {
        auto const fraction = [](lattice_coordinate x) { return static_cast<std::int32_t>((x & 0xffffu) >> 3); };
        for (std::int32_t p = 0; p < 27; ++p, n += 2) {
            auto const a = p % 3 - 1, b = p / 3 % 3 - 1, c = p / 9 - 1;
            U          h{};
            hash3(lattice, U(cell + static_cast<std::uint32_t>(a)), (y >> 16) + static_cast<std::uint32_t>(b),
                  ((z >> 16) + static_cast<std::uint32_t>(c)) & 0xffffu, h);
            // 10 bits of the hash each: places in the cell, in units of 2^-13 cells.
            n[0]     = a * cellular_one + (Int)((h >> 22) << 3);
            n[1]     = fraction(y) - b * cellular_one - (Int)(((h >> 12) & 0x3ffu) << 3);
            Int deep = fraction(z) - c * cellular_one - (Int)(((h >> 2) & 0x3ffu) << 3);
            cellular_part<Metric>(n[1]);
            cellular_part<Metric>(deep);
            cellular_join<Metric>(deep, n[1]);
        }
    }
};
}  // namespace detail

/// One point in each cell, uniform over it. The distance is cut off at one cell, up to which 27 points suffice; a sample is
/// 2 · distance - 1. Range: [-1, 1]; within 2^-12. Cost: 27 points an element; their hashes once a cell.
template <cellular_value Value = cellular_value::f1, cellular_metric Metric = cellular_metric::euclidean>
class cellular_3d {
public:
    cellular_3d() = default;
    HALLMARK_HD explicit constexpr cellular_3d(keyed_lattice lattice) noexcept : lattice_(lattice) {}

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y, lattice_coordinate z) const noexcept -> noise_sample {
        noise_sample out = 0;
        row(&x, 1, y, z, &out);
        return out;
    }
    /// One row: the points around a cell are hashed once for all elements in it.
    HALLMARK_HD constexpr void row(lattice_coordinate const* xs, std::size_t count, lattice_coordinate y, lattice_coordinate z,
                                   noise_sample* out) const noexcept {
        detail::cells_row(cells(lattice_, z), xs, count, y, out);
    }
    auto grid(noise_grid const& g, lattice_coordinate z) const -> noise_range {
        return detail::cells_grid(cells(lattice_, z), slice_field<cellular_3d>(*this, z), g);
    }

    [[nodiscard]] HALLMARK_HD constexpr auto octave(std::uint32_t o) const noexcept -> cellular_3d { return cellular_3d(lattice_.octave(o)); }

    friend constexpr auto operator==(cellular_3d const&, cellular_3d const&) -> bool = default;

private:
    using cells = detail::cellular_space<Value, Metric>;

    keyed_lattice lattice_{};
};
static_assert(row_volume_field<cellular_3d<>>);

}  // namespace hallmark::inline v0
