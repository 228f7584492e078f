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

/// From here down, exp_f32 is 0.
inline constexpr float vanishing = -83.0f;

/// The larger of x and `vanishing`, for x ≤ 0.
template <class Set, std::size_t Count>
HALLMARK_INLINE void not_below_vanishing(typename Set::f32 (&x)[Count]) noexcept {
    typename Set::u32 word, least;
    auto              lowest = typename Set::f32{} + vanishing;
    Set::rounded(lowest);  // a constant hidden from gcc, which would not see a minimum in comparing with it
    bits_of(least, lowest);
    unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA {
        bits_of(word, x[i]);
        word = word < least ? word : least;  // of numbers that are 0 or less, the smaller ones have the larger bits
        bits_of(x[i], word);
    });
}

/// x · scale becomes exp(x) for x in [vanishing, 93], 3.2e-7 off relatively; 0 at the lower end, infinity where a float has no room. `outside` stays below 256
/// while all x are in that range, and never again once one was more than 1 outside it. Scale is a power of two, so the product is exact, and may be fused with
/// a sum or not. Several vectors take each step together: what one of them waits for, another does.
///
/// Additions and multiplications are what there is most of, so the polynomial begins with r itself: its leading coefficient is 1. Lost: roundings
/// and powers of two by AVX-512's own instructions, which share the units of additions.
template <class Set, std::size_t Count>
HALLMARK_INLINE void exp_f32(typename Set::f32 (&x)[Count], typename Set::f32 (&scale)[Count], typename Set::u32& outside) noexcept {
    typename Set::f32 n[Count], r[Count], p[Count];
    typename Set::u32 word;
    // n = x / log 2 to the nearest integer: added to 1.5 · 2^23 it stands in the lowest bits, and 120 above it, where the exponent of 2^(n − 7) is read off.
    constexpr auto          whole = 12582912.0f + 120.0f;
    constexpr std::uint32_t none  = std::bit_cast<std::uint32_t>(12582912.0f);
    unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA {
        n[i] = x[i] * 1.44269504f;
        Set::rounded(n[i]);
    });
    unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA {
        n[i] = n[i] + whole;
        bits_of(word, n[i]);
        Set::rounded(n[i]);
        outside = outside | (word ^ none);
        word    = word << 23;
        bits_of(scale[i], word);
        n[i] = n[i] - whole;
    });
    unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA {
        r[i] = x[i] - n[i] * 0.693359375f;  // log 2 in two parts; n times the first is exact
        p[i] = n[i] * -2.12194440e-4f;
        Set::rounded(p[i]);
    });
    unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA {
        r[i] = r[i] - p[i];
        p[i] = r[i];
    });
    // 2^7 exp(r): the least maximal relative error on ±log(2)/2 with r^5 fixed, by Remez' exchange.
    constexpr float more[] = {128 * 0.0419216389f, 128 * 0.166747511f, 128 * 0.499988271f, 128 * 0.999997599f};
    unrolled<4>([&](auto k) HALLMARK_INLINE_LAMBDA {
        unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA {
            p[i] = (p[i] + more[k]) * r[i];
            Set::rounded(p[i]);
        });
    });
    unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA {
        x[i] = p[i] + 128.00001f;
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
