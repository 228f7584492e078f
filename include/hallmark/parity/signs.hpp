// The sign of the published program's noise, without its sine: from the half wave that a pixel lies in. Where that is not certain, with it.
//
// With a the noise moved to [0, 1] and t = a · frequency, the map is sin(π t) moved to [0, 1] by its own range, and the sign tells on which side of the middle
// of this range a pixel lies. Let d be the distance of t from the next whole number, at most ½. The published sine of a rounded argument is sin(π t) but
// for 1.8e-5 where t ≤ 64. So
//  - the extremes of the sine are among the pixels whose d is within 2.5e-4 of the largest d of their sign: a sine is flat at its top, 1 − (π x)²/2, and
//    two values of the published one that differ by less than its error, 2e-7, are less than 2e-4 apart in t;
//  - with e the larger of ½ − d of these two pixels, the middle is less than (π e)²/4 from 0. sin(π d) ≥ 2 d, so that a pixel with d > (π e)²/8 + 2e-5 has the
//  sign
//    of its half wave.
// The few other pixels take the published sine and the published division. A picture without a d of 0.4 on both sides takes them everywhere.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/core/unrolled.hpp>
#include <hallmark/noise/pnoise2_grid.hpp>
#include <hallmark/parity/noise.hpp>
#include <hallmark/parity/sine.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hallmark::inline v0::detail {

/// -1, 0 or 1 for each sample of a map.
[[nodiscard]] inline auto signs_of_map(parity_field const& field, std::size_t height, std::size_t width) -> std::vector<std::int8_t> {
    auto const               map = parity_noise(field, height, width);
    std::vector<std::int8_t> out;
    out.reserve(map.elements().size());
    for (auto const v : map.elements()) {
        out.push_back(static_cast<std::int8_t>(parity_sign(v)));
    }
    return out;
}

#if HALLMARK_VECTORS
/// Where the half waves of a picture leave doubt. Distances are compared as the bits of floats that are not negative.
struct half_waves {
    static constexpr std::size_t together    = 64;          // numbers for `narrow`, in the widest vectors
    static constexpr float       magic       = 0x1.8p+23f;  // adding it leaves no fraction
    std::int32_t                 farthest[2] = {};          // the largest distance in even and in odd half waves
    std::int32_t                 top[2] = {}, middle = 0;

    /// False where every pixel has to take the sine.
    [[nodiscard]] auto set_limits() noexcept -> bool {
        auto const d0 = std::bit_cast<float>(farthest[0]), d1 = std::bit_cast<float>(farthest[1]);
        auto const d = d0 < d1 ? d0 : d1;
        if (!(d >= 0.4f)) {
            return false;
        }
        auto const e = 0.5f - d;
        middle       = std::bit_cast<std::int32_t>(1.25f * e * e + 2e-5f);  // π²/8 < 1.234
        top[0] = std::bit_cast<std::int32_t>(d0 - 2.5e-4f), top[1] = std::bit_cast<std::int32_t>(d1 - 2.5e-4f);
        return true;
    }
};

/// Of the places t: the distance from the next whole number, and all ones where the half wave is an odd one.
template <class Set>
HALLMARK_INLINE void half_wave(typename Set::f32 const& t, typename Set::i32& distance, typename Set::i32& odd) noexcept {
    typename Set::f32 whole = t + half_waves::magic;
    Set::rounded(whole);
    typename Set::i32 const number = (typename Set::i32)whole;
    whole                          = whole - half_waves::magic;
    Set::rounded(whole);
    whole = t - whole;
    Set::rounded(whole);
    distance = (typename Set::i32)whole;
    odd      = -((number ^ ((typename Set::i32)((typename Set::u32)distance >> 31))) & 1);
    distance = distance & 0x7fffffff;
}

/// Noise to places t = frequency · (v − least) / range. `count` is a multiple of `together`; signs of the half waves go to `signs`.
template <class Set>
HALLMARK_INLINE void find_half_waves(float* values, std::size_t count, float frequency, std::int8_t* signs, half_waves& out) noexcept {
    using f32            = typename Set::f32;
    using i32            = typename Set::i32;
    constexpr auto lanes = Set::template count<float>;
    f32            low, high;
    simd::load(low, values);
    high = low;
    for (std::size_t i = lanes; i < count; i += lanes) {
        f32 v;
        simd::load(v, values + i);
        low  = v < low ? v : low;
        high = v > high ? v : high;
    }
    float lows[lanes], highs[lanes];
    simd::store(low, lows);
    simd::store(high, highs);
    auto const least = *std::min_element(lows, lows + lanes), range = rounded(*std::max_element(highs, highs + lanes) - least);

    i32                   far[2] = {};
    constexpr std::size_t part   = 16 * half_waves::together;  // stays in the first cache
    for (std::size_t first = 0; first < count; first += part) {
        auto const end = first + part < count ? first + part : count;
        for (auto i = first; i < end; i += lanes) {
            f32 v;
            simd::load(v, values + i);
            v = v - least;
            Set::rounded(v);
            simd::store(v, values + i);
        }
        divide<Set>(values + first, end - first, range);
        for (auto i = first; i < end; i += 4 * lanes) {
            i32 odds[4];
            unrolled<4>([&](auto k) HALLMARK_INLINE_LAMBDA {
                f32 t;
                i32 distance;
                simd::load(t, values + i + k * lanes);
                t = t * frequency;
                Set::rounded(t);
                simd::store(t, values + i + k * lanes);
                half_wave<Set>(t, distance, odds[k]);
                i32 const is_even = distance & ~odds[k], is_odd = distance & odds[k];
                far[0]  = far[0] > is_even ? far[0] : is_even;
                far[1]  = far[1] > is_odd ? far[1] : is_odd;
                odds[k] = odds[k] & 1;
            });
            typename Set::u8 packed;
            Set::narrow(packed, odds[0], odds[1], odds[2], odds[3]);
            packed = 1 - 2 * packed;
            simd::store(packed, signs + i);
        }
    }
    for (std::size_t k = 0; k < 2; ++k) {
        std::int32_t all[lanes];
        simd::store(far[k], all);
        out.farthest[k] = *std::max_element(all, all + lanes);
    }
}

/// `use(i)` for every pixel in doubt, and for some others beside them.
template <class Set, class Use>
HALLMARK_INLINE void find_doubts(float const* values, std::size_t count, half_waves const& limits, Use const& use) {
    using i32            = typename Set::i32;
    constexpr auto lanes = Set::template count<float>;
    i32            even, odd_top, middle;
    Set::splat(even, limits.top[0]);
    Set::splat(odd_top, limits.top[1]);
    Set::splat(middle, limits.middle);
    for (std::size_t i = 0; i < count; i += half_waves::together) {
        i32 found = {};
        for (auto k = i; k < i + half_waves::together; k += lanes) {
            typename Set::f32 t;
            i32               distance, odd;
            simd::load(t, values + k);
            half_wave<Set>(t, distance, odd);
            i32 const top = (odd & odd_top) | (~odd & even);
            found         = found | (top - 1 - distance) | (distance - 1 - middle);  // negative where distance ≥ top, or ≤ middle
        }
        std::uint64_t words[sizeof(i32) / 8], any = 0;
        simd::store(found, words);
        for (auto const w : words) {
            any |= w;
        }
        if ((any & 0x8000000080000000u) != 0) {
            use(i);
        }
    }
}

/// The signs of a field of at most 64 half waves, in room for whole blocks. False where the published sine is needed everywhere.
template <class Set>
HALLMARK_INLINE auto fill_signs(parity_field const& field, pnoise_grid const& grid, pnoise_columns& columns, std::span<float> values,
                                std::span<std::int8_t> signs) -> bool {
    auto const     count = grid.height * grid.width;
    pnoise_octaves octave;
    for (std::uint32_t o = 0; o < grid.octaves; ++o) {
        octave.next();
    }
    fill_pnoise<Set>(grid, columns, values.data());
    if (grid.octaves > 1) {
        divide<Set>(values.data(), count, octave.most);
    }
    std::fill(values.begin() + static_cast<std::ptrdiff_t>(count), values.end(), values.front());  // changes no extreme
    half_waves limits;
    find_half_waves<Set>(values.data(), values.size(), static_cast<float>(field.frequency), signs.data(), limits);
    if (!limits.set_limits()) {
        return false;
    }
    struct doubt {
        std::size_t at;
        float       sine;
    };
    std::vector<doubt> doubts;
    float              least = 2.0f, greatest = -2.0f;
    find_doubts<Set>(values.data(), values.size(), limits, [&](std::size_t first) {
        for (auto i = first; i < first + half_waves::together && i < count; ++i) {
            auto const t        = values[i];
            auto const whole    = rounded(rounded(t + half_waves::magic) - half_waves::magic);
            auto const distance = std::bit_cast<std::int32_t>(rounded(t - whole)) & 0x7fffffff;
            if (distance <= limits.middle || distance >= std::min(limits.top[0], limits.top[1])) {
                auto const sine = parity_sine(rounded(t * 0x1.921fb6p+1f));
                least           = sine < least ? sine : least;
                greatest        = sine > greatest ? sine : greatest;
                if (distance <= limits.middle) {
                    doubts.push_back({i, sine});
                }
            }
        }
    });
    auto const range = minus(greatest, least);
    for (auto const& d : doubts) {
        signs[d.at] = static_cast<std::int8_t>(parity_sign(parity_share(d.sine, least, range)));
    }
    return true;
}
#endif

/// -1, 0 or 1 for each pixel of a picture with this field: the sign of its map against ½.
[[nodiscard]] inline auto parity_signs(parity_field const& field, std::size_t height, std::size_t width) -> std::vector<std::int8_t> {
#if HALLMARK_VECTORS
    if (field.frequency <= 64 && field.octaves >= 1 && field.octaves <= 16 && field.period >= 1) {
        auto const               count = height * width, padded = (count + half_waves::together - 1) / half_waves::together * half_waves::together;
        std::vector<float>       values(padded);
        std::vector<std::int8_t> signs(padded);
        pnoise_columns           columns(width);
        pnoise_grid const        grid = {field.period, field.octaves, height, width};
        bool                     made = false;
        simd::run([&](auto set) HALLMARK_INLINE_LAMBDA { made = count != 0 && fill_signs<decltype(set)>(field, grid, columns, values, signs); });
        if (made) {
            signs.resize(count);
            return signs;
        }
    }
#endif
    return signs_of_map(field, height, width);
}

}  // namespace hallmark::inline v0::detail
