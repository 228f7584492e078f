// Simplex noise on a keyed lattice (Perlin 2001, in the construction of Gustavson 2005), in fixed point.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/fixed.hpp>
#include <hallmark/noise/lattice.hpp>

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

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
        // To the lattice of squares whose halves are the triangles: both coordinates move by the same shift.
        auto const shift = (x >> 16) * skew + (y >> 16) * skew + ((((x & 0xffffu) + (y & 0xffffu)) * (skew / 4)) >> 14);  // Q.16, below 2^32
        auto const sx    = (x & 0xffffu) + (shift & 0xffffu);
        auto const sy    = (y & 0xffffu) + (shift & 0xffffu);
        auto const i     = (x >> 16) + (shift >> 16) + (sx >> 16);
        auto const j     = (y >> 16) + (shift >> 16) + (sy >> 16);
        auto const fi    = static_cast<std::int32_t>(sx & 0xffffu);
        auto const fj    = static_cast<std::int32_t>(sy & 0xffffu);
        auto const lower = fi > fj ? 1u : 0u;  // which half of the square

        // Back again: the places relative to the three corners, Q.14.
        auto const back = ((fi + fj) * unskew14) >> 14;  // Q.16
        auto const x0   = (fi - back) >> 2;
        auto const y0   = (fj - back) >> 2;
        auto const step = static_cast<std::int32_t>(lower) << 14;
        auto const sum  = bump(i, j, x0, y0) + bump(i + lower, j + 1 - lower, x0 - step + unskew14, y0 - (detail::q14_one - step) + unskew14) +
                         bump(i + 1, j + 1, x0 - detail::q14_one + 2 * unskew14, y0 - detail::q14_one + 2 * unskew14);
        return (sum >> 7) * to_sample;
    }

    HALLMARK_HD constexpr void row(lattice_coordinate const* xs, std::size_t count, lattice_coordinate y, noise_sample* out) const noexcept {
        for (std::size_t i = 0; i < count; ++i) {
            out[i] = (*this)(xs[i], y);
        }
    }

    [[nodiscard]] HALLMARK_HD constexpr auto octave(std::uint32_t o) const noexcept -> simplex { return simplex(lattice_.octave(o)); }

    friend constexpr auto operator==(simplex const&, simplex const&) -> bool = default;

private:
    static constexpr std::uint32_t skew     = 23988;             // Q.16
    static constexpr std::uint32_t around   = 65536 + 2 * skew;  // what i + j grows by where x or y repeats
    static constexpr std::int32_t  unskew14 = 3462;              // skew / around, Q.14
    // Bumps are Q.33, at most 1 / 99.2035 when summed: 99.2035 · 2^30 / 2^33 · 2^7, rounded down with room for the rounding of the bumps.
    static constexpr std::int32_t to_sample = 1585;

    // The hash of corner (i, j), below 2^17 each, by two numbers that do not change where the plane repeats. The sum's
    // lowest bit is the difference's and can be dropped.
    HALLMARK_HD constexpr auto hash(std::uint32_t i, std::uint32_t j) const noexcept -> std::uint32_t {
        auto const sum = i + j;
        auto const one = sum < around ? sum : sum - around;
        auto const two = one < around ? one : one - around;
        return lattice_((i - j) & 0xffffu, two >> 1);
    }

    // The corner's part of the sum, Q.33, at a place (x, y) relative to it, Q.14.
    HALLMARK_HD constexpr auto bump(std::uint32_t i, std::uint32_t j, std::int32_t x, std::int32_t y) const noexcept -> std::int32_t {
        auto const room = ((1 << 27) - x * x - y * y) >> 12;  // 1/2 - r^2, Q.16
        auto const t    = room < 0 ? 0 : room;                // at most 2^15
        auto const t2   = (t * t) >> 15;                      // Q.17, at most 2^15
        auto const t4   = (t2 * t2) >> 15;                    // Q.19, at most 2^15
        auto const h    = hash(i, j);
        // (cos 22.5°, sin 22.5°) with the coordinates swapped or not, and either sign of each.
        auto const major = h & 0x80000000u ? x : y;
        auto const minor = h & 0x80000000u ? y : x;
        auto const ramp  = ((h & 0x40000000u ? -major : major) * 15137 + (h & 0x20000000u ? -minor : minor) * 6270) >> 14;
        return t4 * ramp;
    }

    keyed_lattice lattice_{};
};
static_assert(row_noise_field<simplex>);

}  // namespace hallmark::inline v0
