// Part of the signals from logits: exponentials in lanes, with the same bits for every instruction set.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/log_lanes.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/core/unrolled.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace hallmark::inline v0::detail::odds {

/// One number as a vector of one lane, where there are no vectors.
struct one_lane {
    using f32 = float;
    using f64 = double;
    using i32 = std::int32_t;
    using i64 = std::int64_t;
    using u32 = std::uint32_t;
    static void rounded(float& v) noexcept { v = detail::rounded(v); }
    static void rounded(double& v) noexcept { v = detail::rounded(v); }
    static void load_wide(double& v, float const* from) noexcept { v = static_cast<double>(*from); }
    static void splat(std::int32_t& v, std::int32_t value) noexcept { v = value; }
};

/// x · scale becomes exp(x) for x ≤ 0, 1.1e-7 off relatively; below −87 it is exp(−87). Scale is a power of two, so the product is exact, and may be fused with
/// a sum or not. Several vectors take each step together: what one of them waits for, another does.
///
/// Additions are what there is most of, so that what can leave their units does: the clamp, which is one of integers, and the last product. Lost: roundings
/// and powers of two by AVX-512's own instructions, which share those units.
template <class Set, std::size_t Count>
HALLMARK_INLINE void exp_f32(typename Set::f32 (&x)[Count], typename Set::f32 (&scale)[Count]) noexcept {
    typename Set::f32 n[Count], r[Count], p[Count];
    typename Set::u32 word, least;
    auto              lowest = typename Set::f32{} - 87.0f;
    Set::rounded(lowest);  // a constant hidden from gcc, which would not see a minimum in comparing with it
    bits_of(least, lowest);
    // n = x / log 2 to the nearest integer: added to 1.5 · 2^23 it stands in the lowest bits, and 128 above it, where the exponent of 2^(n + 1) is read off.
    constexpr auto whole = 12582912.0f + 128.0f;
    unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA {
        bits_of(word, x[i]);
        word = word < least ? word : least;  // of numbers that are 0 or less, the smaller ones have the larger bits
        bits_of(x[i], word);
        n[i] = x[i] * 1.44269504f;
        Set::rounded(n[i]);
    });
    unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA {
        n[i] = n[i] + whole;
        bits_of(word, n[i]);
        Set::rounded(n[i]);
        word = word << 23;
        bits_of(scale[i], word);
        n[i] = n[i] - whole;
    });
    unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA {
        r[i] = x[i] - n[i] * 0.693359375f;  // log 2 in two parts; n times the first is exact
        p[i] = n[i] * -2.12194440e-4f;
        Set::rounded(p[i]);
    });
    unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA { r[i] = r[i] - p[i]; });
    // Half the polynomial, for twice the power: the least maximal relative error on ±log(2)/2 with 1 + r fixed, by Remez' exchange.
    unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA {
        p[i] = r[i] * (0.5f * 0.00831252523f);
        Set::rounded(p[i]);
    });
    constexpr float more[] = {0.5f * 0.0418901145f, 0.5f * 0.166671142f, 0.5f * 0.499992311f, 0.5f};
    unrolled<4>([&](auto k) HALLMARK_INLINE_LAMBDA {
        unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA {
            p[i] = (p[i] + more[k]) * r[i];
            Set::rounded(p[i]);
        });
    });
    unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA {
        x[i] = p[i] + 0.5f;
        Set::rounded(x[i]);
    });
}

/// exp(x) for x ≤ 0, 1e-11 off relatively; 0 below −708.
template <class Set, std::size_t Count>
HALLMARK_INLINE void exp_f64(typename Set::f64 (&x)[Count]) noexcept {
    using f64               = typename Set::f64;
    auto const        least = f64{} - 708.0;
    auto const        zero  = f64{};
    f64               kept[Count], n[Count], r[Count], p[Count];
    typename Set::i64 power[Count], p_bits;
    unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA {
        kept[i] = x[i] < least ? least : x[i];
        n[i]    = kept[i] * 1.4426950408889634;
        Set::rounded(n[i]);
        n[i] = n[i] + 6755399441055744.0;
        bits_of(power[i], n[i]);
        Set::rounded(n[i]);
        n[i] = n[i] - 6755399441055744.0;
    });
    unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA {
        r[i] = n[i] * 0.693147180369123816490;  // log 2 in two parts
        Set::rounded(r[i]);
        r[i] = kept[i] - r[i];
        p[i] = n[i] * 1.90821492927058770002e-10;
        Set::rounded(p[i]);
        r[i] = r[i] - p[i];
        p[i] = r[i] * (1.0 / 362880);
        Set::rounded(p[i]);
    });
    constexpr double taylor[] = {1.0 / 40320, 1.0 / 5040, 1.0 / 720, 1.0 / 120, 1.0 / 24, 1.0 / 6, 0.5, 1.0};
    unrolled<8>([&](auto k) HALLMARK_INLINE_LAMBDA {
        unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA {
            p[i] = (p[i] + taylor[k]) * r[i];
            Set::rounded(p[i]);
        });
    });
    unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA {
        p[i] = p[i] + 1.0;
        bits_of(p_bits, p[i]);
        p_bits = p_bits + (power[i] << 52);
        bits_of(p[i], p_bits);
        x[i] = x[i] < least ? zero : p[i];
    });
}

}  // namespace hallmark::inline v0::detail::odds
