// Value noise: a random height at every lattice point, and a smooth surface through them.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/noise/cells_grid.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/fixed.hpp>
#include <hallmark/noise/lanes_grid.hpp>
#include <hallmark/noise/lattice.hpp>

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

namespace detail {
/// For cells_grid.hpp.
struct value_cells : height_cells {
    keyed_lattice lattice;

    HALLMARK_HD explicit constexpr value_cells(keyed_lattice l) noexcept : lattice(l) {}
    // The surface at row y on the vertical lines through columns of lattice points.
    template <class U, class Y, class Int>
    HALLMARK_HD HALLMARK_INLINE constexpr void edge(U const& cell, Y const& y, Int& out) const noexcept {
        Y const line = y >> 16;
        Y       fade{};
        U       upper{}, lower{};
        quintic_fade(Y((y & 0xffffu) >> 2), fade);
        lattice.line(cell, line, upper);
        lattice.line(cell, Y(line + 1u), lower);
        lerp14(Int((Int)upper >> 16), Int((Int)lower >> 16), (typename lanes_of<Y>::i)fade, out);
    }
    template <class U, class Int>
    HALLMARK_HD HALLMARK_INLINE constexpr void of(U const& cell, lattice_coordinate y, Int* n) const noexcept {
        edge(cell, y, n[0]);
        edge(U(cell + 1u), y, n[1]);
    }
};
}  // namespace detail

/// Heights are uniform over [-1, 1) in steps of 2^-15 and are met exactly at lattice points; between them the
/// surface follows the fade of Perlin 2002. Blockier than gradient noise: its spectrum reaches down to 0.
/// Range: [-1, 1). Cost: four hashes a cell, one interpolation a pixel. Source: Lewis 1989; Ebert et al. 2003.
class value_noise {
public:
    value_noise() = default;
    HALLMARK_HD explicit constexpr value_noise(keyed_lattice lattice) noexcept : lattice_(lattice) {}

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample {
        noise_sample out = 0;
        row(&x, 1, y, &out);
        return out;
    }
    /// One row: the two edges of a cell are computed once for all pixels in it.
    HALLMARK_HD constexpr void row(lattice_coordinate const* xs, std::size_t count, lattice_coordinate y, noise_sample* out) const noexcept {
        detail::cells_row(detail::value_cells(lattice_), xs, count, y, out);
    }

    /// The same for one number, or a vector of places `x`, and one `y` or a vector.
    template <class U, class Y, class Int>
    HALLMARK_HD HALLMARK_INLINE constexpr void at(U const& x, Y const& y, Int& out) const noexcept {
        detail::value_cells const cells(lattice_);
        Int                       n[2]{};
        U                         fade{};
        cells.edge(U(x >> 16), y, n[0]);
        cells.edge(U((x >> 16) + 1u), y, n[1]);
        cells.column(x, fade);
        cells.between(n, (Int)fade, out);
    }
    auto grid(noise_grid const& g) const -> noise_range { return detail::cells_grid(detail::value_cells(lattice_), *this, g); }

    [[nodiscard]] HALLMARK_HD constexpr auto octave(std::uint32_t o) const noexcept -> value_noise { return value_noise(lattice_.octave(o)); }

    friend constexpr auto operator==(value_noise const&, value_noise const&) -> bool = default;

private:
    keyed_lattice lattice_{};
};
static_assert(row_noise_field<value_noise> && grid_noise_field<value_noise>);

}  // namespace hallmark::inline v0
