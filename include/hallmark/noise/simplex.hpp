// Simplex noise on a keyed lattice (Perlin 2001, in the construction of Gustavson 2005), in fixed point.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/fixed.hpp>
#include <hallmark/noise/lanes_grid.hpp>
#include <hallmark/noise/lattice.hpp>

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

namespace detail::simplex_noise {
// For one number, or a vector of them: U is unsigned 32-bit, I signed.

inline constexpr std::uint32_t skew     = 23988;             // Q.16
inline constexpr std::uint32_t around   = 65536 + 2 * skew;  // what i + j grows by where x or y repeats
inline constexpr std::int32_t  unskew14 = 3462;              // skew / around, Q.14
// Bumps are Q.33, at most 1 / 99.2035 when summed: 99.2035 · 2^30 / 2^33 · 2^7, rounded down with room for the rounding of the bumps.
inline constexpr std::int32_t to_sample = 1585;

// The hash of corner (i, j), below 2^17 each, by two numbers that do not change where the plane repeats. The sum's
// lowest bit is the difference's and can be dropped.
template <class I, class U>
HALLMARK_HD HALLMARK_INLINE constexpr void hash(keyed_lattice const& lattice, U const& i, U const& j, U& out) noexcept {
    constexpr auto turn = static_cast<std::int32_t>(around);
    I const        once = (I)(i + j) - turn;
    I const        one  = once + (turn & (once >> 31));  // less once around where it can be
    I const        more = one - turn;
    I const        two  = more + (turn & (more >> 31));
    lattice.line(U(i - j), U((U)two >> 1), out);
}

// The corner's part of the sum, Q.33, at a place (x, y) relative to it, Q.14.
template <class U, class I>
HALLMARK_HD HALLMARK_INLINE constexpr void bump(keyed_lattice const& lattice, U const& i, U const& j, I const& x, I const& y, I& out) noexcept {
    I const room = ((1 << 27) - x * x - y * y) >> 12;  // 1/2 - r^2, Q.16
    I const t    = room & ~(room >> 31);               // not below 0; at most 2^15
    I const t2   = (t * t) >> 15;                      // Q.17, at most 2^15
    I const t4   = (t2 * t2) >> 15;                    // Q.19, at most 2^15
    U       h{};
    hash<I>(lattice, i, j, h);
    // (cos 22.5°, sin 22.5°) with the coordinates swapped or not, and either sign of each: bits 31, 30 and 29 of the hash.
    I const swap        = (x ^ y) & ((I)h >> 31);
    I const major       = y ^ swap;
    I const minor       = x ^ swap;
    I const major_minus = (I)(h << 1) >> 31;
    I const minor_minus = (I)(h << 2) >> 31;
    I const ramp        = (((major ^ major_minus) - major_minus) * 15137 + ((minor ^ minor_minus) - minor_minus) * 6270) >> 14;
    out                 = t4 * ramp;
}

/// The field at the places (x, y): numbers, vectors, or vectors `x` and one `y`.
template <class U, class Y, class I>
HALLMARK_HD HALLMARK_INLINE constexpr void at(keyed_lattice const& lattice, U const& x, Y const& y, I& out) noexcept {
    // To the lattice of squares whose halves are the triangles: both coordinates move by the same shift.
    U const shift = (x >> 16) * skew + (y >> 16) * skew + ((((x & 0xffffu) + (y & 0xffffu)) * (skew / 4)) >> 14);  // Q.16, below 2^32
    U const sx    = (x & 0xffffu) + (shift & 0xffffu);
    U const sy    = (y & 0xffffu) + (shift & 0xffffu);
    U const i     = (x >> 16) + (shift >> 16) + (sx >> 16);
    U const j     = (y >> 16) + (shift >> 16) + (sy >> 16);
    I const fi    = (I)(sx & 0xffffu);
    I const fj    = (I)(sy & 0xffffu);
    U const lower = (U)(fj - fi) >> 31;  // which half of the square: 1 where fi > fj

    // Back again: the places relative to the three corners, Q.14.
    I const back = ((fi + fj) * unskew14) >> 14;  // Q.16
    I const x0   = (fi - back) >> 2;
    I const y0   = (fj - back) >> 2;
    I const step = (I)(lower << 14);
    I       first{}, second{}, third{};
    bump(lattice, i, j, x0, y0, first);
    bump(lattice, U(i + lower), U(j + 1u - lower), I(x0 - step + unskew14), I(y0 - detail::q14_one + step + unskew14), second);
    bump(lattice, U(i + 1u), U(j + 1u), I(x0 - detail::q14_one + 2 * unskew14), I(y0 - detail::q14_one + 2 * unskew14), third);
    out = ((first + second + third) >> 7) * to_sample;
}
}  // namespace detail::simplex_noise

/// Gradient noise on triangles: three bumps a pixel instead of four corners, no directions in which the lattice
/// shows. Eight unit gradients, 45° apart; a bump is (1/2 - r^2)^4 times a ramp, 0 at and beyond its neighbours.
///
/// The skew is 23988 / 65536, which is (√3 - 1) / 2 to 7 parts in a million: a fraction that lets the field repeat
/// after 65,536 cells. It also repeats after 32,768 cells to the right and as many down.
/// Range: [-1, 1], for any choice of gradients. Cost: three hashes a pixel; 32-bit arithmetic without tables.
class simplex {
public:
    simplex() = default;
    HALLMARK_HD explicit constexpr simplex(keyed_lattice lattice) noexcept : lattice_(lattice) {}

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample {
        noise_sample out = 0;
        detail::simplex_noise::at(lattice_, x, y, out);
        return out;
    }
    /// The same for one number, or a vector of places `x`, and one `y` or a vector.
    template <class U, class Y, class I>
    HALLMARK_HD HALLMARK_INLINE constexpr void at(U const& x, Y const& y, I& out) const noexcept {
        detail::simplex_noise::at(lattice_, x, y, out);
    }

    HALLMARK_HD constexpr void row(lattice_coordinate const* xs, std::size_t count, lattice_coordinate y, noise_sample* out) const noexcept {
        for (std::size_t i = 0; i < count; ++i) {
            out[i] = (*this)(xs[i], y);
        }
    }

    auto grid(noise_grid const& g) const -> noise_range { return detail::lanes_grid(*this, g); }

    [[nodiscard]] HALLMARK_HD constexpr auto octave(std::uint32_t o) const noexcept -> simplex { return simplex(lattice_.octave(o)); }

    friend constexpr auto operator==(simplex const&, simplex const&) -> bool = default;

private:
    keyed_lattice lattice_{};
};
static_assert(row_noise_field<simplex> && grid_noise_field<simplex>);

}  // namespace hallmark::inline v0
