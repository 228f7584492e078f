// Simplex noise in space on a keyed lattice (Perlin 2001, Gustavson 2005), in fixed point.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/noise/fixed.hpp>
#include <hallmark/noise/lanes_grid.hpp>
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
        noise_sample out = 0;
        at(x, y, z, out);
        return out;
    }
    /// The same for one number, or a vector of places `x`, and one `y` and `z` or vectors.
    template <class U, class Y, class Z, class Int>
    HALLMARK_HD HALLMARK_INLINE constexpr void at(U const& x, Y const& y, Z const& z, Int& out) const noexcept {
        // To the lattice of cubes that the tetrahedra cut: all coordinates move by the same shift. The fractions' product with the skew just fits.
        U const   shift = ((x >> 16) + (y >> 16) + (z >> 16)) * skew + ((((x & 0xffffu) + (y & 0xffffu) + (z & 0xffffu)) * skew) >> 16);  // Q.16
        U const   sx = (x & 0xffffu) + (shift & 0xffffu), sy = (y & 0xffffu) + (shift & 0xffffu), sz = (z & 0xffffu) + (shift & 0xffffu);
        U const   i  = (x >> 16) + (shift >> 16) + (sx >> 16);
        U const   j  = (y >> 16) + (shift >> 16) + (sy >> 16);
        U const   k  = (z >> 16) + (shift >> 16) + (sz >> 16);
        Int const fi = (Int)((sx & 0xffffu) >> 2), fj = (Int)((sy & 0xffffu) >> 2), fk = (Int)((sz & 0xffffu) >> 2);
        // From the near corner of the cube to the far one, along the largest of the three first. Ties go to x, then y.
        U const xy = (U)(~(fi - fj)) >> 31, yz = (U)(~(fj - fk)) >> 31, xz = (U)(~(fi - fk)) >> 31;  // 1 where the former is no smaller
        U const i1 = xy & xz, j1 = (1u - xy) & yz, k1 = 1u - i1 - j1;
        U const i2 = xy | xz, j2 = (1u - xy) | yz, k2 = 2u - i2 - j2;

        Int const  back = ((fi + fj + fk) * unskew14) >> 14;
        Int        sum{};
        auto const place = [&](auto const& a, auto const& b, auto const& c) HALLMARK_INLINE_LAMBDA {
            auto const on = (Int)(U{} + a + b + c) * unskew14 - back;
            Int        v{};
            bump(U(i + a), U(j + b), U(k + c), Int(fi + on - (Int)((U{} + a) << 14)), Int(fj + on - (Int)((U{} + b) << 14)),
                 Int(fk + on - (Int)((U{} + c) << 14)), v);
            sum += v;
        };
        place(0u, 0u, 0u);
        place(i1, j1, k1);
        place(i2, j2, k2);
        place(1u, 1u, 1u);
        out = (sum >> 7) * to_sample;
    }
    HALLMARK_HD constexpr void row(lattice_coordinate const* xs, std::size_t count, lattice_coordinate y, lattice_coordinate z,
                                   noise_sample* out) const noexcept {
        for (std::size_t n = 0; n < count; ++n) {
            out[n] = (*this)(xs[n], y, z);
        }
    }

    auto grid(noise_grid const& g, lattice_coordinate z) const -> noise_range { return detail::lanes_grid(slice_field<simplex_3d>(*this, z), g); }

    [[nodiscard]] HALLMARK_HD constexpr auto octave(std::uint32_t o) const noexcept -> simplex_3d { return simplex_3d(lattice_.octave(o)); }

    friend constexpr auto operator==(simplex_3d const&, simplex_3d const&) -> bool = default;

private:
    static constexpr std::uint32_t skew     = 21845;             // Q.16
    static constexpr std::uint32_t around   = 65536 + 3 * skew;  // what i + j + k grows by where x, y or z repeats
    static constexpr std::int32_t  unskew14 = 2731;              // skew / around, Q.14
    // Bumps are Q.33, at most 1 / 76.88 when summed: 76.88 · 2^30 / 2^33 · 2^7, rounded down with room for the rounding of the bumps.
    static constexpr std::int32_t to_sample = 1228;

    // By three numbers that do not change where space repeats.
    template <class U, class Int>
    HALLMARK_HD HALLMARK_INLINE constexpr void bump(U const& i, U const& j, U const& k, Int const& x, Int const& y, Int const& z, Int& out) const noexcept {
        Int const room = ((1 << 27) - x * x - y * y - z * z) >> 12;  // 1/2 - r^2, Q.16
        Int const t    = room & ~(room >> 31);                       // not below 0; at most 2^15
        Int const t2   = (t * t) >> 15;                              // Q.17, at most 2^15
        Int const t4   = (t2 * t2) >> 15;                            // Q.19, at most 2^15
        Int       sum  = (Int)(i + j + k), ramp{};
        for (int turn = 0; turn < 3; ++turn) {
            sum = sum - static_cast<std::int32_t>(around);
            sum = sum + (static_cast<std::int32_t>(around) & (sum >> 31));  // less once around where it can be
        }
        U h{};
        detail::hash3(lattice_, U(i - j), U((j - k) & 0xffffu), (U)sum, h);
        detail::edge_ramp(h, x, y, z, ramp);
        out = t4 * ramp;
    }

    keyed_lattice lattice_{};
};
static_assert(row_volume_field<simplex_3d>);

}  // namespace hallmark::inline v0
