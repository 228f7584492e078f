// Simplex noise on a keyed lattice (Perlin 2001, in the construction of Gustavson 2005), in fixed point.
//
// With AVX-512 half of FastNoise2's speed: three keyed hashes a pixel, of three multiplications and six shifts each, are most of it, and shifts and sums
// of the rest are few enough. Left to try: hashes once for all pixels of a square of the skewed lattice, whose ends must be found anew in every row.
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
// For one number, or a vector of them: U is unsigned 32-bit, Int signed.

inline constexpr std::uint32_t skew     = 23988;             // Q.16
inline constexpr std::uint32_t around   = 65536 + 2 * skew;  // what i + j grows by where x or y repeats
inline constexpr std::int32_t  unskew14 = 3462;              // skew / around, Q.14
// Bumps are Q.33, at most 1 / 99.2035 when summed: 99.2035 · 2^30 / 2^33 · 2^7, rounded down with room for the rounding of the bumps.
inline constexpr std::int32_t to_sample = 1585;

// n modulo `around`, below twice that: less once around where it can be.
template <class U>
HALLMARK_HD HALLMARK_INLINE constexpr void less(U& n) noexcept {
    U const once = n - around;  // beyond all numbers where it cannot
    n            = once < n ? once : n;
}

// A place relative to a corner, Q.14.
template <class Int>
struct place {
    Int x{}, y{};

    HALLMARK_HD HALLMARK_INLINE constexpr void set(Int const& right, Int const& down) noexcept {
        x = right;
        y = down;
    }
    HALLMARK_HD HALLMARK_INLINE constexpr void seen_from(Int const& right, Int const& down, place& out) const noexcept {
        out.set(Int(x - right), Int(y - down));
    }
    HALLMARK_HD HALLMARK_INLINE constexpr void square(Int& out) const noexcept { out = x * x + y * y; }
    // t^4 of t in [0, 1], Q.16 to Q.19 where 1/2 is the most there can be.
    HALLMARK_HD HALLMARK_INLINE static constexpr void fourth(Int const& t, Int& out) noexcept {
        Int const t2 = (t * t) >> 15;  // Q.17, at most 2^15
        out          = (t2 * t2) >> 15;
    }
    // The product with the gradient of a hash, Q.14: (cos 22.5°, sin 22.5°) with the coordinates swapped or not, and either sign of each, by bits 31, 30
    // and 29.
    template <class U>
    HALLMARK_HD HALLMARK_INLINE constexpr void ramp(U const& h, Int& out) const noexcept {
        Int const swap        = (x ^ y) & ((Int)h >> 31);
        Int const major       = y ^ swap;
        Int const minor       = x ^ swap;
        Int const major_minus = (Int)(h << 1) >> 31;
        Int const minor_minus = (Int)(h << 2) >> 31;
        out                   = (((major ^ major_minus) - major_minus) * 15137 + ((minor ^ minor_minus) - minor_minus) * 6270) >> 14;
    }
};
#if HALLMARK_VECTORS
// The same as two 16-bit numbers a lane, whose products and their sum are one instruction.
template <class Set>
struct packed_place {
    using Int = typename Set::i32;
    using P   = typename Set::u16;
    Int xy{};

    HALLMARK_INLINE void set(Int const& right, Int const& down) noexcept { xy = (right & 0xffff) | (down << 16); }
    HALLMARK_INLINE void seen_from(Int const& right, Int const& down, packed_place& out) const noexcept {
        packed_place corner;
        corner.set(right, down);
        out.xy = (Int)((P)xy - (P)corner.xy);
    }
    HALLMARK_INLINE void square(Int& out) const noexcept { Set::dot2(out, xy, xy); }
    // 0 where t is all of 1/2 (2^15, whose double has no room): at the corner itself, where the ramp is 0 anyway.
    HALLMARK_INLINE static void fourth(Int const& t, Int& out) noexcept {
        P t2, t4;
        Set::multiply_high(t2, (P)t, (P)(t + t));
        Set::multiply_high(t4, t2, (P)(t2 + t2));
        out = (Int)t4;
    }
    template <class U>
    HALLMARK_INLINE void ramp(U const& h, Int& out) const noexcept {
        // 15137 and 6270 change their signs by 0xfffe and 0xfffc, exclusively or'ed.
        U const swap = (U)((Int)h >> 31), major = (U)((Int)(h + h) >> 31), minor = (U)((Int)(h + h + (h + h)) >> 31);
        U const down  = 0x3b21187eu ^ (minor & 0xfffcu) ^ (major & 0xfffe0000u);      // y is the major one
        U const other = 0x235f235fu ^ (minor & 0xfffcfffcu) ^ (major & 0xfffefffeu);  // what makes it x
        Set::dot2(out, xy, (Int)(down ^ (other & swap)));
        out = out >> 14;
    }
};
#endif

// The part of corner (i, j), Q.33, at a place relative to it. Its hash is of i - j and of i + j modulo `around`, which do not change where the plane repeats.
// The sum's lowest bit is the difference's and can be dropped.
template <class U, class Int, class Place>
HALLMARK_HD HALLMARK_INLINE constexpr void bump(keyed_lattice const& lattice, U const& difference, U const& sum, Place const& p, Int& out) noexcept {
    Int square{}, fourth{}, ramp{};
    U   h{};
    p.square(square);
    Int const room = ((1 << 27) - square) >> 12;  // 1/2 - r^2, Q.16, at most 2^15
    Place::fourth(Int(room > 0 ? room : Int{}), fourth);
    lattice.upper_bits(U((difference & 0xffffu) ^ ((sum << 15) & 0xffff0000u)), h);
    p.ramp(h, ramp);
    out = fourth * ramp;
}

/// The field at the places (x, y): numbers, vectors, or vectors `x` and one `y`. `Place` is one of the two above.
template <class Place, class U, class Y, class Int>
HALLMARK_HD HALLMARK_INLINE constexpr void at(keyed_lattice const& lattice, U const& x, Y const& y, Int& out) noexcept {
    // To the lattice of squares whose halves are the triangles: both coordinates move by the same shift.
    U const   shift = (x >> 16) * skew + (y >> 16) * skew + ((((x & 0xffffu) + (y & 0xffffu)) * (skew / 4)) >> 14);  // Q.16, below 2^32
    U const   sx    = (x & 0xffffu) + (shift & 0xffffu);
    U const   sy    = (y & 0xffffu) + (shift & 0xffffu);
    U const   i     = (x >> 16) + (shift >> 16) + (sx >> 16);
    U const   j     = (y >> 16) + (shift >> 16) + (sy >> 16);
    Int const fi    = (Int)(sx & 0xffffu);
    Int const fj    = (Int)(sy & 0xffffu);
    U const   lower = (U)(fj - fi) >> 31;  // which half of the square: 1 where fi > fj

    // Back again: the places relative to the three corners, Q.14.
    Int const back = ((fi + fj) * unskew14) >> 14;  // Q.16
    Int const step = (Int)(lower << 14);
    Place     p{}, q{}, r{};
    p.set(Int((fi - back) >> 2), Int((fj - back) >> 2));
    p.seen_from(Int(step - unskew14), Int(detail::q14_one - step - unskew14), q);
    p.seen_from(Int(Int{} + (detail::q14_one - 2 * unskew14)), Int(Int{} + (detail::q14_one - 2 * unskew14)), r);
    U const difference = i - j;
    U       near       = i + j, middle{}, far{};  // below three times around
    less(near);
    less(near);
    middle = near + 1u;
    less(middle);
    far = near + 2u;
    less(far);
    Int first{}, second{}, third{};
    bump(lattice, difference, near, p, first);
    bump(lattice, U(difference + lower + lower - 1u), middle, q, second);
    bump(lattice, difference, far, r, third);
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
        at(x, y, out);
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

    auto grid(noise_grid const& g) const -> noise_range { return detail::lanes_grid(*this, g); }

    [[nodiscard]] HALLMARK_HD constexpr auto octave(std::uint32_t o) const noexcept -> simplex { return simplex(lattice_.octave(o)); }

    friend constexpr auto operator==(simplex const&, simplex const&) -> bool = default;

private:
    keyed_lattice lattice_{};
};
static_assert(row_noise_field<simplex> && grid_noise_field<simplex>);

}  // namespace hallmark::inline v0
