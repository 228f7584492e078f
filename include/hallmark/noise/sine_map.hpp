// The sine map of procedural adversarial noise (Co et al., CCS 2019): a smooth field becomes wavy bands.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/error.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/grid.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hallmark::inline v0 {

/// v → sin(π · half_cycles · v), where v is the sample moved to [0, 1] by the picture's own range: v =
/// (sample − least) / (greatest − least). Pure integer arithmetic; the wave is exact to 2^-24, and which half
/// wave a sample is in is exact. A picture whose samples are all equal has v = 0 everywhere.
class sine_map {
    // cos(π/2 · a) = 1 - c1 a^2 + c2 a^4 - …: (π/2)^(2k) / (2k)!, Q30, rounded to nearest, highest power first. Each sum
    // is positive, so that it is computed in unsigned 32-bit numbers; the series ends 7e-9 away from the sine.
    static constexpr std::uint64_t cosine[7] = {506, 27060, 987048, 22401992, 272375560, 1324675879, 1073741824};
    // The first K + 1 terms. Each is a constant: device code has no such array, to go through by an index. (Above `wave`: clang has no
    // body of a template yet that comes below.)
    template <int K>
    [[nodiscard]] HALLMARK_HD static constexpr auto series(std::uint64_t b) noexcept -> std::uint64_t {
        constexpr auto term = cosine[K];
        if constexpr (K == 0) {
            return term;
        } else {
            return term - ((series<K - 1>(b) * b) >> 30);
        }
    }

public:
    /// `half_cycles` in [1, 65535]: how many half waves there are between the least and the greatest sample,
    /// which lie in [-1, 1].
    HALLMARK_HD constexpr sine_map(std::uint32_t half_cycles, noise_range range) noexcept : least_(range.least) {
        auto const width = static_cast<std::uint64_t>(std::int64_t{range.greatest} - range.least);
        if (width == 0) {
            return;
        }
        // half_cycles / (2 width) · 2^64, rounded up, by long division; whole waves fall off at the top.
        auto const waves = static_cast<std::uint64_t>(half_cycles) << 32;
        auto const rest  = (waves % width) << 31;
        scale_           = ((waves / width) << 31) + rest / width + (rest % width != 0 ? 1 : 0);
    }

    /// The wave itself, Q1.30.
    [[nodiscard]] HALLMARK_HD constexpr auto wave(noise_sample n) const noexcept -> noise_sample {
        auto const p    = static_cast<std::uint32_t>(phase(n) >> 32);
        auto const a    = static_cast<std::int32_t>((p << 1) >> 1) - noise_one;   // the place in the half wave, from -1 to 1
        auto const b    = static_cast<std::uint64_t>(std::int64_t{a} * a) >> 30;  // Q30, at most 1
        auto const s    = series<6>(b);
        auto const sine = static_cast<std::int32_t>(s) < 0 ? 0 : static_cast<std::int32_t>(s);
        return p >> 31 ? -sine : sine;
    }
    /// +1 in the half waves 0, 2, …, −1 in 1, 3, …, no sine needed: half wave k is where k ≤ half_cycles · v < k + 1.
    /// So a sample where the wave is exactly 0 belongs to the half wave that begins there.
    [[nodiscard]] HALLMARK_HD constexpr auto sign(noise_sample n) const noexcept -> noise_sample { return phase(n) >> 63 ? -noise_one : noise_one; }

    /// Many waves, or signs, by the fastest way this machine has; in place.
    void waves(noise_sample* samples, std::size_t count) const noexcept;
    void signs(noise_sample* samples, std::size_t count) const noexcept;
    /// Signs as bytes: 0 for +1, 255 for −1.
    void signs(noise_sample const* samples, std::size_t count, std::uint8_t* out) const noexcept;

private:
    template <class Set>
    struct kernel;

    // The fraction of the whole wave (two half waves) that the sample is in, Q0.64; whole waves are dropped by the
    // multiplication's overflow. The scale is less than one unit too large, the phase therefore less than (n − least)
    // ≤ 2^31 units: less than the distance from any sample to the next half wave, at least 2^63 / width ≥ 2^32 units.
    [[nodiscard]] HALLMARK_HD constexpr auto phase(noise_sample n) const noexcept -> std::uint64_t {
        return static_cast<std::uint64_t>(std::int64_t{n} - least_) * scale_;
    }

    noise_sample  least_ = 0;
    std::uint64_t scale_ = 0;
};

#if HALLMARK_VECTORS
/// The upper half of the phase takes three products of 32 bits, of which two are whole.
template <class Set>
struct sine_map::kernel {
    using i32                          = typename Set::i32;
    using u32                          = typename Set::u32;
    using u64                          = typename Set::u64;
    static constexpr std::size_t lanes = Set::template count<noise_sample>;

    i32 least;
    u32 scale_low, scale_high;

    HALLMARK_INLINE explicit kernel(sine_map const& map) noexcept {
        Set::splat(least, map.least_);
        Set::splat(scale_low, static_cast<std::uint32_t>(map.scale_));
        Set::splat(scale_high, static_cast<std::uint32_t>(map.scale_ >> 32));
    }
    HALLMARK_INLINE void phase(noise_sample const* n, u32& out) const noexcept {
        i32 sample;
        u64 even, odd;
        detail::simd::load(sample, n);
        u32 const d = (u32)sample - (u32)least;  // up to 2^31
        Set::multiply_even(even, d, scale_low);
        Set::multiply_even(odd, (u32)((u64)d >> 32), scale_low);
        out = (u32)((even >> 32) | (odd >> 32 << 32)) + d * scale_high;
    }
    // Of lanes 0, 2, 4, …: of all whose number is in the lower half of 64 bits.
    HALLMARK_INLINE static void wave(u64& a) noexcept {
        u64 b, product;
        Set::multiply_even(b, (u32)a, (u32)a);
        b = b >> 30;
        Set::splat(a, cosine[0]);
        for (int k = 1; k < 7; ++k) {
            Set::multiply_even(product, (u32)a, (u32)b);
            a = cosine[k] - (product >> 30);
        }
    }
    HALLMARK_INLINE void wave(noise_sample const* n, i32& out) const noexcept {
        u32 p;
        phase(n, p);
        i32 a    = (i32)((p << 1) >> 1) - noise_one;
        a        = (a ^ (a >> 31)) - (a >> 31);
        u64 even = (u64)a, odd = (u64)a >> 32;
        wave(even);
        wave(odd);
        i32 const s    = (i32)((even << 32 >> 32) | (odd << 32));
        i32 const sine = s & ~(s >> 31);
        i32 const sign = (i32)p >> 31;
        out            = (sine ^ sign) - sign;
    }
};
#endif

inline void sine_map::waves(noise_sample* samples, std::size_t count) const noexcept {
    std::size_t done = 0;
    detail::simd::run([&](auto set) HALLMARK_INLINE_LAMBDA {
        using lanes = kernel<decltype(set)>;
        lanes const k(*this);
        auto* const from = samples;
        auto const  all  = count;
        std::size_t i    = 0;
        for (; i + lanes::lanes <= all; i += lanes::lanes) {
            typename lanes::i32 v;
            k.wave(from + i, v);
            detail::simd::store(v, from + i);
        }
        done = i;
    });
    for (; done < count; ++done) {
        samples[done] = wave(samples[done]);
    }
}
inline void sine_map::signs(noise_sample* samples, std::size_t count) const noexcept {
    std::size_t done = 0;
    detail::simd::run([&](auto set) HALLMARK_INLINE_LAMBDA {
        using lanes = kernel<decltype(set)>;
        lanes const k(*this);
        auto* const from = samples;
        auto const  all  = count;
        std::size_t i    = 0;
        for (; i + lanes::lanes <= all; i += lanes::lanes) {
            typename lanes::u32 p;
            k.phase(from + i, p);
            typename lanes::i32 const sign = (typename lanes::i32)p >> 31;
            detail::simd::store((typename lanes::i32)((sign ^ noise_one) - sign), from + i);
        }
        done = i;
    });
    for (; done < count; ++done) {
        samples[done] = sign(samples[done]);
    }
}
inline void sine_map::signs(noise_sample const* samples, std::size_t count, std::uint8_t* out) const noexcept {
    std::size_t done = 0;
    detail::simd::run([&](auto set) HALLMARK_INLINE_LAMBDA {
        using lanes = kernel<decltype(set)>;
        using i32   = typename lanes::i32;
        lanes const           k(*this);
        constexpr std::size_t n    = lanes::lanes;
        auto* const           to   = out;
        auto* const           from = samples;
        auto const            all  = count;
        std::size_t           i    = 0;
        for (; i + 4 * n <= all; i += 4 * n) {
            typename lanes::u32 a, b, c, d;
            k.phase(from + i, a);
            k.phase(from + i + n, b);
            k.phase(from + i + 2 * n, c);
            k.phase(from + i + 3 * n, d);
            typename decltype(set)::u8 bits;  // 128 for -1
            decltype(set)::narrow(bits, (i32)(a >> 31), (i32)(b >> 31), (i32)(c >> 31), (i32)(d >> 31));
            detail::simd::store((typename decltype(set)::u8)(0u - bits), to + i);
        }
        done = i;
    });
    for (; done < count; ++done) {
        out[done] = sign(samples[done]) < 0 ? 255 : 0;
    }
}

namespace detail {
inline void require_half_cycles(std::uint32_t half_cycles, std::string_view who) {
    require(half_cycles >= 1 && half_cycles <= 65535, errc::out_of_domain, who, ": half_cycles is ", half_cycles, "; allowed is 1 to 65535");
}

template <class F>
void transform(tensor_view<noise_sample> plane, F f) {
    for (std::size_t h = 0; h < plane.height(); ++h) {
        for (std::size_t w = 0; w < plane.width(); ++w) {
            auto& v = plane.at(0, 0, h, w);
            v       = f(v);
        }
    }
}

/// `f(samples, count)` for every row, in order: all of a dense row at once, and all of a dense plane, whose rows may be shorter than vectors.
template <class F>
void for_each_row(tensor_view<noise_sample> plane, F f) {
    if (plane.stride[3] == 1 && plane.stride[2] == static_cast<std::ptrdiff_t>(plane.width())) {
        f(plane.row(0, 0, 0), plane.height() * plane.width());
        return;
    }
    for (std::size_t h = 0; h < plane.height(); ++h) {
        auto* row = plane.row(0, 0, h);
        if (plane.stride[3] == 1) {
            f(row, plane.width());
        } else {
            for (std::size_t w = 0; w < plane.width(); ++w) {
                f(row + static_cast<std::ptrdiff_t>(w) * plane.stride[3], 1);
            }
        }
    }
}
}  // namespace detail

/// Replaces every sample of a plane by its wave. `half_cycles` in [1, 65535].
inline void apply_sine(std::uint32_t half_cycles, tensor_view<noise_sample> plane) {
    detail::require_half_cycles(half_cycles, "hallmark::apply_sine");
    detail::require_plane(plane, "hallmark::apply_sine");
    if (plane.size() == 0) {
        return;
    }
    auto const map = sine_map(half_cycles, range_of(plane));
    detail::for_each_row(plane, [&](noise_sample* samples, std::size_t count) { map.waves(samples, count); });
}

/// Replaces every sample of a plane by the sign of its wave, ±1. `half_cycles` in [1, 65535].
inline void apply_sine_sign(std::uint32_t half_cycles, tensor_view<noise_sample> plane) {
    detail::require_half_cycles(half_cycles, "hallmark::apply_sine_sign");
    detail::require_plane(plane, "hallmark::apply_sine_sign");
    if (plane.size() == 0) {
        return;
    }
    auto const map = sine_map(half_cycles, range_of(plane));
    detail::for_each_row(plane, [&](noise_sample* samples, std::size_t count) { map.signs(samples, count); });
}

}  // namespace hallmark::inline v0
