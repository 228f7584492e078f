// Simplex noise in space on a keyed lattice (Perlin 2001, Gustavson 2005), in fixed point.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/noise/fixed.hpp>
#include <hallmark/noise/lattice.hpp>
#include <hallmark/noise/perlin_3d.hpp>
#include <hallmark/noise/volume.hpp>
#include <hallmark/noise/volume_lattice.hpp>

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

/// Gradient noise on tetrahedra: four bumps (1/2 - r^2)^4 an element; twelve gradients. The skew is 21845 / 65536, which is
/// 1/3 to 15 parts in a million: a fraction that lets the field repeat after 65,536 cells. Range: [-1, 1]. Cost: four hashes an element.
class simplex_3d {
public:
    simplex_3d() = default;
    HALLMARK_HD explicit constexpr simplex_3d(keyed_lattice lattice) noexcept : lattice_(lattice) {}

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y, lattice_coordinate z) const noexcept -> noise_sample {
        // To the lattice of cubes that the tetrahedra cut: all coordinates move by the same shift.
        auto const fractions = (x & 0xffffu) + (y & 0xffffu) + (z & 0xffffu);
        auto const shift     = ((x >> 16) + (y >> 16) + (z >> 16)) * skew + static_cast<std::uint32_t>((std::uint64_t{fractions} * skew) >> 16);  // Q.16
        auto const sx = (x & 0xffffu) + (shift & 0xffffu), sy = (y & 0xffffu) + (shift & 0xffffu), sz = (z & 0xffffu) + (shift & 0xffffu);
        auto const i  = (x >> 16) + (shift >> 16) + (sx >> 16);
        auto const j  = (y >> 16) + (shift >> 16) + (sy >> 16);
        auto const k  = (z >> 16) + (shift >> 16) + (sz >> 16);
        auto const fi = static_cast<std::int32_t>((sx & 0xffffu) >> 2), fj = static_cast<std::int32_t>((sy & 0xffffu) >> 2),
                   fk = static_cast<std::int32_t>((sz & 0xffffu) >> 2);
        // From the near corner of the cube to the far one, along the largest of the three first. Ties go to x, then y.
        bool const xy = fi >= fj, yz = fj >= fk, xz = fi >= fk;
        auto const i1 = xy && xz ? 1u : 0u, j1 = !xy && yz ? 1u : 0u, k1 = 1u - i1 - j1;
        auto const i2 = xy || xz ? 1u : 0u, j2 = !xy || yz ? 1u : 0u, k2 = 2u - i2 - j2;

        auto const back  = ((fi + fj + fk) * unskew14) >> 14;
        auto const place = [&](std::uint32_t a, std::uint32_t b, std::uint32_t c) {
            auto const on = static_cast<std::int32_t>(a + b + c) * unskew14 - back;
            auto const to = [&](std::int32_t f, std::uint32_t step) { return f + on - static_cast<std::int32_t>(step << 14); };
            return bump(i + a, j + b, k + c, to(fi, a), to(fj, b), to(fk, c));
        };
        auto const sum = place(0, 0, 0) + place(i1, j1, k1) + place(i2, j2, k2) + place(1, 1, 1);
        return (sum >> 7) * to_sample;
    }
    HALLMARK_HD constexpr void row(lattice_coordinate const* xs, std::size_t count, lattice_coordinate y, lattice_coordinate z,
                                   noise_sample* out) const noexcept {
        for (std::size_t n = 0; n < count; ++n) {
            out[n] = (*this)(xs[n], y, z);
        }
    }

    [[nodiscard]] HALLMARK_HD constexpr auto octave(std::uint32_t o) const noexcept -> simplex_3d { return simplex_3d(lattice_.octave(o)); }

    friend constexpr auto operator==(simplex_3d const&, simplex_3d const&) -> bool = default;

private:
    static constexpr std::uint32_t skew     = 21845;             // Q.16
    static constexpr std::uint32_t around   = 65536 + 3 * skew;  // what i + j + k grows by where x, y or z repeats
    static constexpr std::int32_t  unskew14 = 2731;              // skew / around, Q.14
    // Bumps are Q.33, at most 1 / 76.88 when summed: 76.88 · 2^30 / 2^33 · 2^7, rounded down with room for the rounding of the bumps.
    static constexpr std::int32_t to_sample = 1228;

    // By three numbers that do not change where space repeats.
    HALLMARK_HD constexpr auto hash(std::uint32_t i, std::uint32_t j, std::uint32_t k) const noexcept -> std::uint32_t {
        auto sum = i + j + k;
        sum      = sum < around ? sum : sum - around;
        sum      = sum < around ? sum : sum - around;
        sum      = sum < around ? sum : sum - around;
        return detail::hash3(lattice_, (i - j) & 0xffffu, (j - k) & 0xffffu, sum);
    }
    HALLMARK_HD constexpr auto bump(std::uint32_t i, std::uint32_t j, std::uint32_t k, std::int32_t x, std::int32_t y, std::int32_t z) const noexcept
        -> std::int32_t {
        auto const room = ((1 << 27) - x * x - y * y - z * z) >> 12;  // 1/2 - r^2, Q.16
        auto const t    = room < 0 ? 0 : room;                        // at most 2^15
        auto const t2   = (t * t) >> 15;                              // Q.17, at most 2^15
        auto const t4   = (t2 * t2) >> 15;                            // Q.19, at most 2^15
        return t == 0 ? 0 : t4 * detail::edge_ramp(hash(i, j, k), x, y, z);
    }

    keyed_lattice lattice_{};
};
static_assert(row_volume_field<simplex_3d>);

}  // namespace hallmark::inline v0
