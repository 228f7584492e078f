// Simplex noise on a keyed lattice (Perlin 2001, in the construction of Gustavson 2005), in fixed point.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/lanes_grid.hpp>
#include <hallmark/noise/lattice.hpp>
#include <hallmark/noise/simplex_grid.hpp>
#include <hallmark/noise/simplex_parts.hpp>

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

/// Gradient noise on triangles: three bumps a pixel instead of four corners, no directions in which the lattice
/// shows. Eight unit gradients, 45° apart; a bump is (1/2 - r^2)^4 times a ramp, 0 at and beyond its neighbours.
///
/// The skew is 23988 / 65536, which is (√3 - 1) / 2 to 7 parts in a million: a fraction that lets the field repeat
/// after 65,536 cells. It also repeats after 32,768 cells to the right and as many down.
/// Range: [-1, 1], for any choice of gradients. Cost: three hashes a point; in a picture, sixteen for a stretch of pixels on the rows that share them.
class simplex {
public:
    simplex() = default;
    HALLMARK_HD explicit constexpr simplex(keyed_lattice lattice) noexcept : lattice_(lattice) {}

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample {
        noise_sample out = 0;
        // Not by the `at` below, which clang instantiates too late for a constant.
        detail::simplex_noise::at<detail::simplex_noise::place<noise_sample>>(lattice_, x, y, out);
        return out;
    }
    /// The same for one number, or a vector of places `x`, and one `y` or a vector.
    template <class U, class Y, class Int>
    HALLMARK_HD HALLMARK_INLINE constexpr void at(U const& x, Y const& y, Int& out) const noexcept {
        detail::simplex_noise::at<detail::simplex_noise::place<Int>>(lattice_, x, y, out);
    }
#if HALLMARK_VECTORS
    /// The same with the instructions of a set, for lanes_grid.hpp.
    template <class Set>
    HALLMARK_INLINE void at_with(Set, typename Set::u32 const& x, lattice_coordinate y, typename Set::i32& out) const noexcept {
        detail::simplex_noise::at<detail::simplex_noise::packed_place<Set>>(lattice_, x, y, out);
    }
#endif

    HALLMARK_HD constexpr void row(lattice_coordinate const* xs, std::size_t count, lattice_coordinate y, noise_sample* out) const noexcept {
        for (std::size_t i = 0; i < count; ++i) {
            out[i] = (*this)(xs[i], y);
        }
    }

    auto grid(noise_grid const& g) const -> noise_range { return detail::simplex_grid(lattice_, *this, g); }

    [[nodiscard]] HALLMARK_HD constexpr auto octave(std::uint32_t o) const noexcept -> simplex { return simplex(lattice_.octave(o)); }

    friend constexpr auto operator==(simplex const&, simplex const&) -> bool = default;

private:
    keyed_lattice lattice_{};
};
static_assert(row_noise_field<simplex> && grid_noise_field<simplex>);

}  // namespace hallmark::inline v0
