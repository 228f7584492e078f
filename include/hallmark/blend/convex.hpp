// The convex blend x' = r · clamp(x + δ) + (1 − r) · o, for 8-bit and float pixels.
#pragma once

#include <hallmark/blend/concept.hpp>
#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/error.hpp>

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

/// r is a multiple of 2^-14. The noisy pixel is clamped to black and white before it is blended; the
/// published program clamps below only.
class convex {
public:
    /// `ratio` in [0, 1] is rounded to the nearest multiple of 2^-14: 0.7 becomes 11469/16384 = 0.70001.
    explicit constexpr convex(double ratio) {
        if (!detail::is_number(ratio) || ratio < 0.0 || ratio > 1.0) {
            detail::fail(errc::out_of_domain, "hallmark::convex: ratio is ", ratio, "; allowed is 0 to 1");
        }
        ratio_ = static_cast<std::int32_t>(ratio * one + 0.5);
    }

    /// All in integers; rounded to nearest, ties up.
    [[nodiscard]] HALLMARK_HD constexpr auto operator()(std::uint8_t pixel, level delta, level behind) const noexcept -> std::uint8_t {
        auto const noisy = clamp((std::int32_t{pixel} << 16) + delta);
        auto const sum   = std::int64_t{ratio_} * noisy + std::int64_t{one - ratio_} * behind;  // Q30
        return static_cast<std::uint8_t>((sum + (std::int64_t{1} << 29)) >> 30);
    }

    /// The mark's part is an integer (Q45). The pixel's part, a product of 24 and 15 bits, is exact in double,
    /// so the sum is rounded once whether or not the compiler fuses the two, and once more to float.
    [[nodiscard]] HALLMARK_HD constexpr auto operator()(float pixel, level delta, level behind) const noexcept -> float {
        auto const black = unit(std::int64_t{one - ratio_} * behind);
        auto const white = unit(std::int64_t{ratio_} * level_white + std::int64_t{one - ratio_} * behind);
        auto const v =
            static_cast<double>(ratio_) * 0x1p-14 * static_cast<double>(pixel) + unit(std::int64_t{ratio_} * delta + std::int64_t{one - ratio_} * behind);
        return static_cast<float>(v < black ? black : (v > white ? white : v));
    }

    /// A row whose noise is ±`height` and whose pattern is `behind` everywhere; see row_blend_of.
    void row(std::uint8_t const* pixels, std::uint8_t const* signs, level height, level behind, std::size_t count, std::uint8_t* out) const noexcept;
    void row(float const* pixels, std::uint8_t const* signs, level height, level behind, std::size_t count, float* out) const noexcept;

    /// Two pictures and no noise: out[i] = r · a[i] + (1 − r) · b[i]. 8-bit: rounded to nearest, ties up. `out` may be `a` or `b`.
    void mix(std::uint8_t const* a, std::uint8_t const* b, std::size_t count, std::uint8_t* out) const noexcept;
    /// Floats in [0, 1]: two products and their sum, each rounded to float on its own: within 2^-23.
    void mix(float const* a, float const* b, std::size_t count, float* out) const noexcept;
    /// Floats in [0, 1] to 8 bits: each is rounded to 1/128 of a level first; the rest is exact, and rounded to nearest, ties up.
    void mix(float const* a, float const* b, std::size_t count, std::uint8_t* out) const noexcept;

private:
    static constexpr std::int32_t one = 1 << 14;

    HALLMARK_HD static constexpr auto clamp(level v) noexcept -> level { return v < 0 ? 0 : (v > level_white ? level_white : v); }

    // Levels, Q30, to the scale where white is 1: an integer division, for a floating one may be replaced by a
    // multiplication under -ffast-math. The quotient has at most 46 bits, so the conversion is exact.
    HALLMARK_HD static constexpr auto unit(std::int64_t levels) noexcept -> double { return static_cast<double>((levels * (1 << 15)) / 255) * 0x1p-45; }

    std::int32_t ratio_ = 0;  // Q14
};

namespace detail {
template <class Set>
struct convex_row;
#if HALLMARK_VECTORS
/// One row of 8-bit pixels in 16-bit lanes. With noise ±h and one colour behind, the sum that is rounded is r · x + k, k being one of two numbers: r · x in
/// Q14 has 22 bits, which two multiplications give in two pieces. Rounding keeps order, so clamping the noisy pixel is clamping the result.
template <class Set>
struct convex_row {
    using u8  = typename Set::u8;
    using u16 = typename Set::u16;
    using i16 = typename Set::i16;

    u16 ratio, mask, fraction, fraction_change;
    i16 whole, whole_change, least, greatest;

    HALLMARK_INLINE convex_row(std::int32_t r, std::int32_t plus, std::int32_t minus, std::int32_t black, std::int32_t white) noexcept {
        auto const low  = [](std::int32_t k) { return static_cast<std::uint16_t>(k & 0x3fff); };
        auto const high = [](std::int32_t k) { return static_cast<std::int16_t>(k >> 14); };
        Set::splat(ratio, static_cast<std::uint16_t>(r));
        Set::splat(mask, std::uint16_t{0x3fff});
        Set::splat(fraction, low(plus));
        Set::splat(fraction_change, static_cast<std::uint16_t>(low(plus) ^ low(minus)));
        Set::splat(whole, high(plus));
        Set::splat(whole_change, static_cast<std::int16_t>(high(plus) ^ high(minus)));
        Set::splat(least, static_cast<std::int16_t>(black));
        Set::splat(greatest, static_cast<std::int16_t>(white));
    }
    /// `sign`: 0 or all ones.
    HALLMARK_INLINE void blend(u16 const& x, i16 const& sign, u16& out) const noexcept {
        u16 high;
        Set::multiply_high(high, u16(x << 2), ratio);
        u16 const carry = (u16)(((x * ratio) & mask) + (fraction ^ ((u16)sign & fraction_change))) >> 14;
        i16       v     = (i16)(high + carry) + (whole ^ (sign & whole_change));
        v               = v < least ? least : v;
        out             = (u16)(v > greatest ? greatest : v);
    }
    /// Even and odd pixels apart: no lane changes its place.
    HALLMARK_INLINE void operator()(std::uint8_t const* pixels, std::uint8_t const* signs, std::uint8_t* to) const noexcept {
        u16 x, even, odd;
        i16 s;
        simd::load(x, pixels);
        simd::load(s, signs);
        blend(u16(x & 0xff), i16(i16(s << 8) >> 8), even);
        blend(u16(x >> 8), i16(s >> 8), odd);
        simd::store(u16(even | (odd << 8)), to);
    }
};
#endif
}  // namespace detail

// The kernels copy pointers and counters first: what a lambda has captured lies in memory, which bytes that are written might change.
inline void convex::row(std::uint8_t const* pixels, std::uint8_t const* signs, level height, level behind, std::size_t count,
                        std::uint8_t* out) const noexcept {
    std::size_t done = 0;
    detail::simd::run([&](auto set) HALLMARK_INLINE_LAMBDA {
        // r · x + k with r and k in Q14; k holds the noise, the pattern and one half. What is below 2^-14 changes no rounding: r · x has nothing there.
        auto const k = [&](level delta) {
            return static_cast<std::int32_t>((std::int64_t{ratio_} * delta + std::int64_t{one - ratio_} * behind + (std::int64_t{1} << 29)) >> 16);
        };
        using u8 = typename decltype(set)::u8;
        detail::convex_row<decltype(set)> const kernel(ratio_, k(height), k(-height), (*this)(std::uint8_t{0}, -level_white, behind),
                                                       (*this)(std::uint8_t{255}, level_white, behind));
        auto const* const                       pixels_at = pixels;
        auto const* const                       signs_at  = signs;
        auto* const                             out_at    = out;
        auto const                              n         = count;
        std::size_t                             i         = 0;
        for (; i + sizeof(u8) <= n; i += sizeof(u8)) {
            kernel(pixels_at + i, signs_at + i, out_at + i);
        }
        done = i;
        if (done < count) {  // the last few, in memory as long as a vector
            u8         x{}, s{};
            auto const rest = count - done;
            __builtin_memcpy(&x, pixels + done, rest);
            __builtin_memcpy(&s, signs + done, rest);
            kernel(reinterpret_cast<std::uint8_t const*>(&x), reinterpret_cast<std::uint8_t const*>(&s), reinterpret_cast<std::uint8_t*>(&x));
            __builtin_memcpy(out + done, &x, rest);
            done = count;
        }
    });
    for (; done < count; ++done) {
        out[done] = (*this)(pixels[done], signs[done] == 0 ? height : -height, behind);
    }
}

inline void convex::row(float const* pixels, std::uint8_t const* signs, level height, level behind, std::size_t count, float* out) const noexcept {
    std::size_t done = 0;
    detail::simd::run([&](auto set) HALLMARK_INLINE_LAMBDA {
        using f64             = typename decltype(set)::f64;
        using i64             = typename decltype(set)::i64;
        constexpr auto lanes  = decltype(set)::template count<double>;
        auto const     shared = std::int64_t{one - ratio_} * behind;
        f64            ratio, plus, minus, black, white, x;
        decltype(set)::splat(ratio, static_cast<double>(ratio_) * 0x1p-14);
        decltype(set)::splat(plus, unit(std::int64_t{ratio_} * height + shared));
        decltype(set)::splat(minus, unit(std::int64_t{ratio_} * -height + shared));
        decltype(set)::splat(black, unit(shared));
        decltype(set)::splat(white, unit(std::int64_t{ratio_} * level_white + shared));
        auto const* const pixels_at = pixels;
        auto const* const signs_at  = signs;
        auto* const       out_at    = out;
        auto const        n         = count;
        std::size_t       i         = 0;
        for (; i + lanes <= n; i += lanes) {
            i64 sign;
            decltype(set)::load_signs(sign, signs_at + i);
            decltype(set)::load_wide(x, pixels_at + i);
            f64 const shift = sign ? minus : plus;
            f64       v     = ratio * x + shift;
            v               = v < black ? black : v;
            v               = v > white ? white : v;
            decltype(set)::store_narrow(v, out_at + i);
        }
        done = i;
    });
    for (; done < count; ++done) {
        out[done] = (*this)(pixels[done], signs[done] == 0 ? height : -height, behind);
    }
}

inline void convex::mix(std::uint8_t const* a, std::uint8_t const* b, std::size_t count, std::uint8_t* out) const noexcept {
    std::size_t done = 0;
    detail::simd::run([&](auto set) HALLMARK_INLINE_LAMBDA {
        using i16 = typename decltype(set)::i16;
        using u16 = typename decltype(set)::u16;
        i16 ratio;
        decltype(set)::splat(ratio, static_cast<std::int16_t>(ratio_));
        auto const* const a_at   = a;
        auto const* const b_at   = b;
        auto* const       out_at = out;
        auto const        n      = count;
        std::size_t       i      = 0;
        for (; i + sizeof(i16) <= n; i += sizeof(i16)) {
            u16 x, y;
            i16 even, odd;
            detail::simd::load(x, a_at + i);
            detail::simd::load(y, b_at + i);
            u16 const even_y = y & 0xff, odd_y = y >> 8;
            decltype(set)::multiply_round(even, i16(((x & 0xff) - even_y) << 1), ratio);  // 2 r in Q15
            decltype(set)::multiply_round(odd, i16(((x >> 8) - odd_y) << 1), ratio);
            detail::simd::store(u16((even_y + (u16)even) | ((odd_y + (u16)odd) << 8)), out_at + i);
        }
        done = i;
    });
    for (; done < count; ++done) {
        out[done] = static_cast<std::uint8_t>((ratio_ * a[done] + (one - ratio_) * b[done] + one / 2) >> 14);
    }
}

inline void convex::mix(float const* a, float const* b, std::size_t count, float* out) const noexcept {
    auto const  r = static_cast<float>(ratio_) * 0x1p-14f, rest = static_cast<float>(one - ratio_) * 0x1p-14f;
    std::size_t done = 0;
    detail::simd::run([&](auto set) HALLMARK_INLINE_LAMBDA {
        using f32            = typename decltype(set)::f32;
        constexpr auto lanes = decltype(set)::template count<float>;
        f32            ratio, other, x, y;
        decltype(set)::splat(ratio, r);
        decltype(set)::splat(other, rest);
        auto const* const a_at   = a;
        auto const* const b_at   = b;
        auto* const       out_at = out;
        auto const        n      = count;
        std::size_t       i      = 0;
        for (; i + lanes <= n; i += lanes) {
            detail::simd::load(x, a_at + i);
            detail::simd::load(y, b_at + i);
            x = ratio * x;
            y = other * y;
            decltype(set)::rounded(x);  // or the compiler may fuse one product with the sum
            decltype(set)::rounded(y);
            detail::simd::store(f32(x + y), out_at + i);
        }
        done = i;
    });
    for (; done < count; ++done) {
        out[done] = detail::rounded(r * a[done]) + detail::rounded(rest * b[done]);
    }
}

inline void convex::mix(float const* a, float const* b, std::size_t count, std::uint8_t* out) const noexcept {
    constexpr float        fine = 255.0f * 256.0f;  // halves of 1/128: cut off, and rounded in integers, so that no flag fuses the two
    constexpr std::int32_t half = 1 << 20;
    std::size_t            done = 0;
    detail::simd::run([&](auto set) HALLMARK_INLINE_LAMBDA {
        using f32            = typename decltype(set)::f32;
        using i32            = typename decltype(set)::i32;
        constexpr auto lanes = decltype(set)::template count<float>;
        i32            weights;
        f32            scale;
        decltype(set)::splat(weights, (one - ratio_) * 65536 + ratio_);
        decltype(set)::splat(scale, fine);
        auto const part = [&](float const* from_a, float const* from_b, i32& sum) HALLMARK_INLINE_LAMBDA {
            f32 x, y;
            i32 i, j;
            detail::simd::load(x, from_a);
            detail::simd::load(y, from_b);
            decltype(set)::truncated(i, f32(x * scale));
            decltype(set)::truncated(j, f32(y * scale));
            i = (i + 1) >> 1;
            j = (j + 1) >> 1;
            decltype(set)::dot2(sum, i32(i | (j << 16)), weights);
            sum = (sum + half) >> 21;
        };
        auto const* const a_at   = a;
        auto const* const b_at   = b;
        auto* const       out_at = out;
        auto const        n      = count;
        std::size_t       i      = 0;
        for (; i + 4 * lanes <= n; i += 4 * lanes) {
            i32 s0, s1, s2, s3;
            part(a_at + i, b_at + i, s0);
            part(a_at + i + lanes, b_at + i + lanes, s1);
            part(a_at + i + 2 * lanes, b_at + i + 2 * lanes, s2);
            part(a_at + i + 3 * lanes, b_at + i + 3 * lanes, s3);
            typename decltype(set)::u8 bytes;
            decltype(set)::narrow(bytes, s0, s1, s2, s3);
            detail::simd::store(bytes, out_at + i);
        }
        done = i;
    });
    for (; done < count; ++done) {
        auto const in_128ths = [](float v) { return (static_cast<std::int32_t>(v * fine) + 1) >> 1; };
        out[done]            = static_cast<std::uint8_t>((ratio_ * in_128ths(a[done]) + (one - ratio_) * in_128ths(b[done]) + half) >> 21);
    }
}
static_assert(blend<convex> && row_blend_of<convex, std::uint8_t> && row_blend_of<convex, float>);

}  // namespace hallmark::inline v0
