// Arithmetic of the fields in whole numbers: fades, sines, square roots. 32 bits wherever they suffice, so that it vectorises.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/noise/concept.hpp>

#include <concepts>
#include <cstdint>

namespace hallmark::inline v0::detail {

/// Fractional bits of most of the arithmetic in the fields, and their 1.
inline constexpr int          q14_bits = 14;
inline constexpr std::int32_t q14_one  = 1 << q14_bits;

/// The signed and the unsigned type with the lanes of V: numbers, or vectors of them.
template <class V>
struct lanes_of {
#if HALLMARK_VECTORS
    typedef std::int32_t  i __attribute__((vector_size(sizeof(V))));
    typedef std::uint32_t u __attribute__((vector_size(sizeof(V))));
#endif
};
template <std::integral T>
struct lanes_of<T> {
    using i = std::int32_t;
    using u = std::uint32_t;
};

/// place · factor, both Q.16, modulo the lattice: factors up to 2^48 in halves, so that 32 bits do. One number, or a vector of them.
template <class U>
HALLMARK_HD HALLMARK_INLINE constexpr void scaled16(U const& x, std::uint64_t factor16, U& out) noexcept {
    auto const whole = static_cast<std::uint32_t>(factor16 >> 16), part = static_cast<std::uint32_t>(factor16 & 0xffffu);
    out = x * whole + (x >> 16) * part + (((x & 0xffffu) * part) >> 16);
}

/// p · c with |c| ≤ 2^30, as high · 2^30 + low, low in [0, 2^30): in halves of 15 bits. One number, or a vector of them.
template <class Int, class U>
HALLMARK_HD HALLMARK_INLINE constexpr void product30(Int const& p, std::int32_t c, U& high, U& low) noexcept {
    Int const near = (p >> 15) * (c & 0x7fff), far = (p & 0x7fff) * (c >> 15);
    U const   rest = (U)((near & 0x7fff) + (far & 0x7fff)) * 0x8000u + (U)((p & 0x7fff) * (c & 0x7fff));
    high           = (U)(p >> 15) * static_cast<std::uint32_t>(c >> 15) + (U)((near >> 15) + (far >> 15)) + (rest >> 30);
    low            = rest & 0x3fffffffu;
}

/// The place inside the cell, Q.14.
[[nodiscard]] HALLMARK_HD constexpr auto cell_fraction(lattice_coordinate x) noexcept -> std::int32_t { return static_cast<std::int32_t>((x & 0xffffu) >> 2); }

/// 6t^5 - 15t^4 + 10t^3 (Perlin 2002) for t in [0, 1), Q.14 to Q.14, within 3.5 units: first and second derivatives vanish at both ends.
/// One number, or a vector of them.
template <class U>
HALLMARK_HD HALLMARK_INLINE constexpr void quintic_fade(U const& t14, U& out) noexcept {
    U const t     = t14 << 2;                                     // Q.16
    U const t2    = (t * t + 0x8000u) >> 16;                      // Q.16
    U const inner = (6u * t2 + 10 * 65536u - 15u * t + 8u) >> 4;  // Q.12, at most 10
    U const t3    = (t2 * t + 0x8000u) >> 16;                     // Q.16
    out           = (t3 * inner + 0x2000u) >> 14;                 // Q.28 to Q.14
}
[[nodiscard]] HALLMARK_HD constexpr auto quintic_fade(std::int32_t t14) noexcept -> std::int32_t {
    std::uint32_t out = 0;
    quintic_fade(static_cast<std::uint32_t>(t14), out);
    return static_cast<std::int32_t>(out);
}

/// 3t^2 - 2t^3 (Perlin 1985) for t in [0, 1), Q.14 to Q.14, within 2 units: first derivatives vanish at both ends.
template <class U>
HALLMARK_HD HALLMARK_INLINE constexpr void cubic_fade(U const& t, U& out) noexcept {
    out = (((t * t) >> 13) * (3 * 16384u - 2u * t) + 0x4000u) >> 15;
}
[[nodiscard]] HALLMARK_HD constexpr auto cubic_fade(std::int32_t t14) noexcept -> std::int32_t {
    std::uint32_t out = 0;
    cubic_fade(static_cast<std::uint32_t>(t14), out);
    return static_cast<std::int32_t>(out);
}

/// From a to b by a weight in [0, 1], Q.14. |b - a| < 2^17. Numbers, or vectors.
template <class Int, class T>
HALLMARK_HD HALLMARK_INLINE constexpr void lerp14(Int const& a, Int const& b, T const& t, Int& out) noexcept {
    out = a + (((b - a) * t) >> q14_bits);
}
[[nodiscard]] HALLMARK_HD constexpr auto lerp14(std::int32_t a, std::int32_t b, std::int32_t t) noexcept -> std::int32_t {
    return a + (((b - a) * t) >> q14_bits);
}

/// cos(2π · turn / 2^32), Q.14, within 4 units: a polynomial of the fifth degree in each half wave.
template <class U, class Int>
HALLMARK_HD HALLMARK_INLINE constexpr void cosine14(U const& turn, Int& out) noexcept {
    Int const half = (Int)turn >> 16;                                   // half turns, Q.15, in [-1, 1)
    Int const v    = q14_one - ((half ^ (half >> 31)) - (half >> 31));  // quarter turns to the next zero, Q.14, in [-1, 1]
    Int const v2   = (v * v) >> q14_bits;                               // the cosine is sin(π/2 · v)
    Int const sum  = 25727 - ((v2 * (10514 - ((v2 * 1171) >> q14_bits))) >> q14_bits);
    out            = (v * sum) >> q14_bits;
}
[[nodiscard]] HALLMARK_HD constexpr auto cosine14(std::uint32_t turn) noexcept -> std::int32_t {
    std::int32_t out = 0;
    cosine14(turn, out);
    return out;
}
[[nodiscard]] HALLMARK_HD constexpr auto sine14(std::uint32_t turn) noexcept -> std::int32_t { return cosine14(turn - 0x40000000u); }

/// The square root, rounded down, of n ≤ 2^30. A float guess that no flag can spoil by as much as 1, and a correction in integers.
[[nodiscard]] HALLMARK_HD constexpr auto root30(std::uint32_t n) noexcept -> std::uint32_t {
    auto const f = static_cast<float>(static_cast<std::int32_t>(n)) + 1.0f;                               // never 0, whose inverse is infinite
    auto       y = __builtin_bit_cast(float, 0x5f3759dfu - (__builtin_bit_cast(std::uint32_t, f) >> 1));  // 1 / sqrt(n), to 4 %
    y            = y * (1.5f - 0.5f * f * y * y);
    y            = y * (1.5f - 0.5f * f * y * y);  // to 5e-6
    auto const r = static_cast<std::int32_t>(f * y);
    auto const m = static_cast<std::int32_t>(n);
    return static_cast<std::uint32_t>(r + (r * r <= m ? 0 : -1) + ((r + 1) * (r + 1) <= m ? 1 : 0));
}

/// The same into `out`, also for a vector of numbers.
HALLMARK_HD HALLMARK_INLINE constexpr void root30(std::int32_t n, std::int32_t& out) noexcept {
    out = static_cast<std::int32_t>(root30(static_cast<std::uint32_t>(n)));
}
#if HALLMARK_VECTORS
template <class Int>
HALLMARK_INLINE void root30(Int const& n, Int& out) noexcept {
    typedef float real __attribute__((vector_size(sizeof(Int))));
    real const    f = __builtin_convertvector(n, real) + 1.0f;
    real          y = (real)(0x5f3759df - ((Int)f >> 1));
    y               = y * (1.5f - 0.5f * f * y * y);
    y               = y * (1.5f - 0.5f * f * y * y);
    Int const r     = __builtin_convertvector(real(f * y), Int);
    out             = r + (Int)(r * r > n) - (Int)((r + 1) * (r + 1) <= n);  // a comparison gives -1 or 0
}
#endif

/// The square root, rounded down, of any 64-bit number: a bit at a time, for what is done once per field.
[[nodiscard]] HALLMARK_HD constexpr auto root64(std::uint64_t n) noexcept -> std::uint64_t {
    std::uint64_t root = 0;
    for (auto bit = std::uint64_t{1} << 31; bit != 0; bit >>= 1) {
        if ((root + bit) * (root + bit) <= n) {
            root += bit;
        }
    }
    return root;
}

}  // namespace hallmark::inline v0::detail
