// Part of the signals from logits: exponentials and logarithms in lanes, with the same bits for every instruction set.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/core/unrolled.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace hallmark::inline v0::detail::odds {

/// One number as a vector of one lane, where there are no vectors.
struct one_lane {
    using f32 = float;
    using f64 = double;
    using i32 = std::int32_t;
    using i64 = std::int64_t;
    static void rounded(float& v) noexcept { v = detail::rounded(v); }
    static void rounded(double& v) noexcept { v = detail::rounded(v); }
};

template <class To, class From>
HALLMARK_INLINE void bits_of(To& to, From const& from) noexcept {
    static_assert(sizeof(To) == sizeof(From));
    std::memcpy(&to, &from, sizeof to);
}
/// exp(x) for x ≤ 0, 1.1e-7 off relatively; below −87 it is exp(−87). Several vectors take each step together: what one of them waits for, another does.
template <class Set, std::size_t Count>
HALLMARK_INLINE void exp_f32(typename Set::f32 (&x)[Count]) noexcept {
    auto const        least = typename Set::f32{} - 87.0f;
    typename Set::f32 n[Count], r[Count], p[Count];
    typename Set::i32 power[Count], p_bits;
    // n = x / log 2 to the nearest integer: added to 1.5 · 2^23 it stands in the lowest bits.
    unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA {
        x[i] = x[i] > least ? x[i] : least;
        n[i] = x[i] * 1.44269504f;
        Set::rounded(n[i]);
    });
    unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA {
        n[i] = n[i] + 12582912.0f;
        bits_of(power[i], n[i]);
        Set::rounded(n[i]);
        n[i] = n[i] - 12582912.0f;
    });
    unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA {
        r[i] = n[i] * 0.693359375f;  // log 2 in two parts; n times the first is exact
        Set::rounded(r[i]);
        p[i] = n[i] * -2.12194440e-4f;
        Set::rounded(p[i]);
    });
    unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA {
        r[i] = x[i] - r[i];
        r[i] = r[i] - p[i];
    });
    unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA {
        p[i] = r[i] * 0.00831252523f;  // the least maximal relative error on ±log(2)/2 with 1 + r fixed, by Remez' exchange
        Set::rounded(p[i]);
    });
    constexpr float more[] = {0.0418901145f, 0.166671142f, 0.499992311f, 1.0f};
    unrolled<4>([&](auto k) HALLMARK_INLINE_LAMBDA {
        unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA {
            p[i] = (p[i] + more[k]) * r[i];
            Set::rounded(p[i]);
        });
    });
    unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA {
        p[i] = p[i] + 1.0f;
        bits_of(p_bits, p[i]);
        p_bits = p_bits + (power[i] << 23);
        bits_of(x[i], p_bits);
    });
}

/// exp(x) for x ≤ 0, 1e-11 off relatively; 0 below −708.
template <class Set>
HALLMARK_INLINE void exp_f64(typename Set::f64& x) noexcept {
    using f64               = typename Set::f64;
    auto const        least = f64{} - 708.0;
    auto const        zero  = f64{};
    auto const        x0    = x;
    f64               scaled, n, r, p;
    typename Set::i64 power, p_bits;
    x      = x < least ? least : x;
    scaled = x * 1.4426950408889634;
    Set::rounded(scaled);
    n = scaled + 6755399441055744.0;
    bits_of(power, n);
    Set::rounded(n);
    n = n - 6755399441055744.0;
    r = n * 0.693147180369123816490;  // log 2 in two parts
    Set::rounded(r);
    r = x - r;
    p = n * 1.90821492927058770002e-10;
    Set::rounded(p);
    r = r - p;
    p = r * (1.0 / 362880);
    Set::rounded(p);
    constexpr double taylor[] = {1.0 / 40320, 1.0 / 5040, 1.0 / 720, 1.0 / 120, 1.0 / 24, 1.0 / 6, 0.5, 1.0};
    unrolled<8>([&](auto i) HALLMARK_INLINE_LAMBDA {
        p = (p + taylor[i]) * r;
        Set::rounded(p);
    });
    p = p + 1.0;
    bits_of(p_bits, p);
    p_bits = p_bits + (power << 52);
    bits_of(x, p_bits);
    x = x0 < least ? zero : x;
}

/// 2 · artanh(s) for |s| ≤ 1/3, 1e-10 off relatively: log((1 + s) / (1 − s)).
template <class Set>
HALLMARK_INLINE void two_artanh(typename Set::f64& s) noexcept {
    typename Set::f64 square = s * s, p = typename Set::f64{} + 2.0 / 19;
    Set::rounded(square);
    constexpr double series[] = {2.0 / 17, 2.0 / 15, 2.0 / 13, 2.0 / 11, 2.0 / 9, 2.0 / 7, 2.0 / 5, 2.0 / 3, 2.0};
    unrolled<9>([&](auto i) HALLMARK_INLINE_LAMBDA {
        p = p * square;
        Set::rounded(p);
        p = p + series[i];
    });
    s = p * s;
    Set::rounded(s);
}

/// log(x) for normal x > 0.
template <class Set>
HALLMARK_INLINE void log_f64(typename Set::f64& x) noexcept {
    typename Set::f64 m, e;
    typename Set::i64 word;
    bits_of(word, x);
    // m = x / 2^e in [2/3, 4/3): the exponent of 1.5 · x, in whole steps.
    auto const power = (word - 0x3fe5555555555555) >> 52;
    word             = word - (power << 52);
    bits_of(m, word);
    word = power + 0x4338000000000000;  // as in exp: an integer in the lowest bits of 1.5 · 2^52
    bits_of(e, word);
    e = (e - 6755399441055744.0) * 0.6931471805599453;
    Set::rounded(e);
    m = (m - 1.0) / (m + 1.0);
    two_artanh<Set>(m);
    x = e + m;
}

}  // namespace hallmark::inline v0::detail::odds
