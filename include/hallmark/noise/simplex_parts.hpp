// Internal to noise/simplex.hpp: the arithmetic of a point, for one number or a vector of them.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/noise/fixed.hpp>
#include <hallmark/noise/lattice.hpp>

#include <cstdint>

namespace hallmark::inline v0::detail::simplex_noise {
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

// To the lattice of squares whose halves are the triangles both coordinates move by the same, Q.16, below 2^32.
template <class U, class Y>
HALLMARK_HD HALLMARK_INLINE constexpr void shift_of(U const& x, Y const& y, U& out) noexcept {
    out = (x >> 16) * skew + (y >> 16) * skew + ((((x & 0xffffu) + (y & 0xffffu)) * (skew / 4)) >> 14);
}
// What is hashed for corner (i, j), of i - j and of i + j modulo `around`, which do not change where the plane repeats. The sum's lowest bit is the
// difference's and can be dropped.
template <class U>
HALLMARK_HD HALLMARK_INLINE constexpr void corner_of(U const& difference, U const& sum, U& out) noexcept {
    out = (difference & 0xffffu) ^ ((sum << 15) & 0xffff0000u);
}

// A place relative to a corner, Q.14.
template <class Int>
struct place {
    Int x{}, y{};

    // From coordinates in Q.16.
    HALLMARK_HD HALLMARK_INLINE constexpr void set(Int const& right, Int const& down) noexcept {
        x = right >> 2;
        y = down >> 2;
    }
    // Seen from the corner to the right, where `lower` is -1, or the one below, where it is 0; from the corner to the right and below.
    HALLMARK_HD HALLMARK_INLINE constexpr void from_middle(Int const& lower, place& out) const noexcept {
        Int const step = lower & q14_one;
        out.x          = x - (step - unskew14);
        out.y          = y - (q14_one - step - unskew14);
    }
    HALLMARK_HD HALLMARK_INLINE constexpr void from_far(place& out) const noexcept {
        out.x = x - (q14_one - 2 * unskew14);
        out.y = y - (q14_one - 2 * unskew14);
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
    using U   = typename Set::u32;
    using P   = typename Set::u16;
    Int xy{};

    static constexpr auto pair(std::int32_t right, std::int32_t down) noexcept -> std::uint32_t {
        return (static_cast<std::uint32_t>(right) & 0xffffu) | (static_cast<std::uint32_t>(down) << 16);
    }

    HALLMARK_INLINE void set(Int const& right, Int const& down) noexcept {
        U const upper = (U)down << 14;
        xy            = (Int)((((U)right >> 2) & 0xffffu) | (upper & 0xffff0000u));
    }
    HALLMARK_INLINE void from_middle(Int const& lower, packed_place& out) const noexcept {
        constexpr std::uint32_t to_the_right = pair(q14_one - unskew14, -unskew14), below = pair(-unskew14, q14_one - unskew14);
        out.xy = (Int)((P)xy - (P)(U)(((U)lower & (to_the_right ^ below)) ^ below));
    }
    HALLMARK_INLINE void from_far(packed_place& out) const noexcept {
        out.xy = (Int)((P)xy - (P)(U)(U{} + pair(q14_one - 2 * unskew14, q14_one - 2 * unskew14)));
    }
    HALLMARK_INLINE void square(Int& out) const noexcept { Set::dot2(out, xy, xy); }
    // 0 where t is all of 1/2 (2^15, whose double has no room): at the corner itself, where the ramp is 0 anyway.
    HALLMARK_INLINE static void fourth(Int const& t, Int& out) noexcept {
        P t2, t4;
        Set::multiply_high(t2, (P)t, (P)(t + t));
        Set::multiply_high(t4, t2, (P)(t2 + t2));
        out = (Int)t4;
    }
    // The gradient of a hash: 15137 and 6270 change their signs by 0xfffe and 0xfffc, exclusively or'ed.
    template <class V>
    HALLMARK_INLINE static void gradient(V const& h, V& out) noexcept {
        using Signed = typename lanes_of<V>::i;
        V const swap = (V)((Signed)h >> 31), major = (V)((Signed)(h + h) >> 31), minor = (V)((Signed)(h + h + (h + h)) >> 31);
        V const down  = 0x3b21187eu ^ (minor & 0xfffcu) ^ (major & 0xfffe0000u);      // y is the major one
        V const other = 0x235f235fu ^ (minor & 0xfffcfffcu) ^ (major & 0xfffefffeu);  // what makes it x
        out           = down ^ (other & swap);
    }
    HALLMARK_INLINE void ramp(U const& h, Int& out) const noexcept {
        U g{};
        gradient(h, g);
        along(g, out);
    }
    HALLMARK_INLINE void along(U const& of_gradient, Int& out) const noexcept {
        Set::dot2(out, xy, (Int)of_gradient);
        out = out >> 14;
    }
};
#endif

// (1/2 - r^2)^4 at a place relative to a corner, or 0 beyond it, Q.19.
template <class Int, class Place>
HALLMARK_HD HALLMARK_INLINE constexpr void faded(Place const& p, Int& out) noexcept {
    Int square{};
    p.square(square);
    Int const room = ((1 << 27) - square) >> 12;  // 1/2 - r^2, Q.16, at most 2^15
    Place::fourth(Int(room > 0 ? room : Int{}), out);
}

// The part of a corner, Q.33, at a place relative to it.
template <class U, class Int, class Place>
HALLMARK_HD HALLMARK_INLINE constexpr void bump(keyed_lattice const& lattice, U const& difference, U const& sum, Place const& p, Int& out) noexcept {
    Int fade{}, ramp{};
    U   corner{}, h{};
    faded(p, fade);
    corner_of(difference, sum, corner);
    lattice.upper_bits(corner, h);
    p.ramp(h, ramp);
    out = fade * ramp;
}

// The places relative to the three corners, from the one inside a square of the lattice, Q.16: `lower` is -1 in the half where x is the greater, or 0.
template <class Int, class Place>
HALLMARK_HD HALLMARK_INLINE constexpr void corners(Int const& fi, Int const& fj, Int const& lower, Place& p, Place& q, Place& r) noexcept {
    Int const back = ((fi + fj) * unskew14) >> 14;  // Q.16
    p.set(Int(fi - back), Int(fj - back));
    p.from_middle(lower, q);
    p.from_far(r);
}
// The sum of three bumps as a sample.
template <class Int>
HALLMARK_HD HALLMARK_INLINE constexpr void sample(Int const& first, Int const& second, Int const& third, Int& out) noexcept {
    out = ((first + second + third) >> 7) * to_sample;
}

/// The field at the places (x, y): numbers, vectors, or vectors `x` and one `y`. `Place` is one of the two above.
template <class Place, class U, class Y, class Int>
HALLMARK_HD HALLMARK_INLINE constexpr void at(keyed_lattice const& lattice, U const& x, Y const& y, Int& out) noexcept {
    U shift{};
    shift_of(x, y, shift);
    U const   sx    = (x & 0xffffu) + (shift & 0xffffu);
    U const   sy    = (y & 0xffffu) + (shift & 0xffffu);
    U const   i     = (x >> 16) + (shift >> 16) + (sx >> 16);
    U const   j     = (y >> 16) + (shift >> 16) + (sy >> 16);
    Int const fi    = (Int)(sx & 0xffffu);
    Int const fj    = (Int)(sy & 0xffffu);
    Int const lower = (fj - fi) >> 31;

    Place p{}, q{}, r{};
    corners(fi, fj, lower, p, q, r);
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
    bump(lattice, U(difference - (U)(lower + lower) - 1u), middle, q, second);
    bump(lattice, difference, far, r, third);
    sample(first, second, third, out);
}
}  // namespace hallmark::inline v0::detail::simplex_noise
