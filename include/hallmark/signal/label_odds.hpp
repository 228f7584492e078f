// Part of the signals from logits: log(p_y / (1 − p_y)) and log p_y of many samples at once, in lanes.
//
// Sixteen lanes, whatever the instruction set: a sum is always cut into the same sixteen parts, a product is always
// rounded before it is added, and the exponential is a polynomial. So the scores have the same bits on every machine
// and with every flag but -ffast-math, and they do not depend on which other samples are in the batch.
//
// Error: with m the largest other logit, S = Σ_{c≠y} exp(z_c − m) is in [1, classes). exp_f32 is 3.2e-7 off and no number goes through more than 18
// additions in float: less than 1.4e-6 of S, 2e-7 as a rule. A few classes, and many whose exponentials do not fit in a float, have z_c − m subtracted in
// float first: a term carries |z_c − m| · 6e-8 · exp(z_c − m) from that, so S less than 1.8e-6. What follows is in double, 1e-10:
// t = (z_y − m) − log S is off by what S is off relatively, and so, relatively, is log p_y = −log(1 + exp(−t)).
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/error.hpp>
#include <hallmark/model/concept.hpp>
#include <hallmark/signal/odds_lanes.hpp>
#include <hallmark/signal/odds_samples.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <span>
#include <vector>

namespace hallmark::inline v0::detail::odds {

inline constexpr std::size_t few = 64;  // classes below which a sample gets a lane, and not a row of lanes

/// Of sixteen samples: the largest number in each lane, and the largest bit pattern of a
/// magnitude, which is 0x7f800000 or more where one of the numbers is none.
template <class Set>
HALLMARK_INLINE void largest_of(float const* rows, std::size_t count, float* most, std::int32_t& worst) noexcept {
    constexpr auto        width = sizeof(typename Set::f32) / sizeof(float);
    constexpr std::size_t parts = lanes / width;
    typename Set::f32     top[lanes / width];
    typename Set::i32     bad = {};
    unrolled<parts>([&](auto k) HALLMARK_INLINE_LAMBDA { top[k] = typename Set::f32{} + std::numeric_limits<float>::lowest(); });
    for (std::size_t c = 0; c < count; ++c) {
        unrolled<parts>([&](auto k) HALLMARK_INLINE_LAMBDA {
            typename Set::f32 z;
            typename Set::i32 word;
            simd::load(z, rows + c * lanes + k * width);
            bits_of(word, z);
            word   = word & 0x7fffffff;
            bad    = word > bad ? word : bad;
            top[k] = z > top[k] ? z : top[k];
        });
    }
    unrolled<parts>([&](auto k) HALLMARK_INLINE_LAMBDA { simd::store(top[k], most + k * width); });
    std::int32_t words[width];
    simd::store(bad, words);
    for (auto const w : words) {
        worst = w > worst ? w : worst;
    }
}

/// Adds to sums[lane] Σ over the rows of exp(z − shift[lane]).
template <class Set>
HALLMARK_INLINE void sums_of(float const* rows, std::size_t count, float const* shift, double* sums) noexcept {
    constexpr auto        width = sizeof(typename Set::f32) / sizeof(float);
    constexpr std::size_t parts = lanes / width;
    using f32                   = typename Set::f32;
    f32               from[lanes / width], whole[lanes / width], part[lanes / width];
    typename Set::u32 outside = {};  // nothing is
    unrolled<parts>([&](auto k) HALLMARK_INLINE_LAMBDA { simd::load(from[k], shift + k * width); });
    for (std::size_t first = 0; first < count; first += 64) {  // sums of 8 sums of 8, then in double
        auto const end = count - first < 64 ? count : first + 64;
        unrolled<parts>([&](auto k) HALLMARK_INLINE_LAMBDA { whole[k] = f32{}; });
        for (std::size_t c = first; c < end;) {
            auto const stop = end - c < 8 ? end : c + 8;
            unrolled<parts>([&](auto k) HALLMARK_INLINE_LAMBDA { part[k] = f32{}; });
            for (; c < stop; ++c) {
                unrolled<parts>([&](auto k) HALLMARK_INLINE_LAMBDA {
                    f32 z[1], scale[1];
                    simd::load(z[0], rows + c * lanes + k * width);
                    z[0] = z[0] - from[k];
                    not_below_vanishing<Set>(z);
                    exp_f32<Set>(z, scale, outside);
                    part[k] = part[k] + z[0] * scale[0];
                });
            }
            unrolled<parts>([&](auto k) HALLMARK_INLINE_LAMBDA { whole[k] = whole[k] + part[k]; });
        }
        float out[lanes];
        unrolled<parts>([&](auto k) HALLMARK_INLINE_LAMBDA { simd::store(whole[k], out + k * width); });
        for (std::size_t i = 0; i < lanes; ++i) {
            sums[i] += static_cast<double>(out[i]);
        }
    }
}

/// A few classes: a sample in each lane.
template <class Set>
HALLMARK_INLINE void side_by_side(task const& t, std::size_t first, std::size_t count, float* lead_to, float* most, double* sums,
                                  std::int32_t& worst) noexcept {
    auto const& m = t.logits;
    for (std::size_t i = 0; i < lanes; ++i) {
        auto const  n   = first + (i < count ? i : 0);
        auto const* row = m.data + static_cast<std::ptrdiff_t>(n) * m.sample_stride;
        for (std::size_t c = 0; c < m.classes; ++c) {
            t.room[c * lanes + i] = row[static_cast<std::ptrdiff_t>(c) * m.class_stride];
        }
        auto& own  = t.room[t.labels[n] * lanes + i];
        lead_to[i] = own;
        own        = std::numeric_limits<float>::lowest();
    }
    largest_of<Set>(t.room, m.classes, most, worst);
    sums_of<Set>(t.room, m.classes, most, sums);
}

inline constexpr std::size_t in_block = 64;  // samples whose logarithms are taken together

/// Of some samples: their own logit, the largest other one, and the sum of the others' exponentials. A lane without a sample holds another one once more.
struct block_of_samples {
    alignas(64) float own[in_block], most[in_block];
    alignas(64) double sums[in_block];
};

/// t = (own − most) − log sum, or log p = −log(1 + exp(−t)) = min(t, 0) − log(1 + exp(−|t|)), to `out` from `first` on.
template <class Set>
HALLMARK_INLINE void finish(block_of_samples const& b, std::size_t first, double others, bool log_p, double* out) noexcept {
    using f64                    = typename Set::f64;
    constexpr auto        width  = sizeof(f64) / sizeof(double);
    constexpr std::size_t groups = 4;  // of lanes, that do not wait for each other
    auto const            zero   = f64{};
    f64                   t[groups], s[groups], u[groups], below[groups];
    unrolled<groups>([&](auto k) HALLMARK_INLINE_LAMBDA {
        auto const at = first + k * width;
        f64        most;
        Set::load_wide(t[k], b.own + at);
        Set::load_wide(most, b.most + at);
        simd::load(s[k], b.sums + at);
        t[k] = t[k] - most;
        s[k] = most == zero + static_cast<double>(std::numeric_limits<float>::lowest())
                   ? zero + others  // that is also what stands where a number was left out, and it was added up
                   : s[k];
    });
    log_f64<Set>(s);
    unrolled<groups>([&](auto k) HALLMARK_INLINE_LAMBDA { t[k] = t[k] - s[k]; });
    if (log_p) {
        unrolled<groups>([&](auto k) HALLMARK_INLINE_LAMBDA {
            below[k] = t[k] < zero ? t[k] : zero;
            u[k]     = t[k] < zero ? t[k] : -t[k];
        });
        exp_f64<Set>(u);
        unrolled<groups>(
            [&](auto k) HALLMARK_INLINE_LAMBDA { u[k] = u[k] / (u[k] + 2.0); });  // log(1 + u) = 2 artanh(u / (2 + u)), which keeps the digits of a small u
        two_artanh<Set>(u);
        unrolled<groups>([&](auto k) HALLMARK_INLINE_LAMBDA { t[k] = below[k] - u[k]; });
    }
    unrolled<groups>([&](auto k) HALLMARK_INLINE_LAMBDA { simd::store(t[k], out + first + k * width); });
}

/// The scores of samples first … first + count − 1, at most in_block. False where a logit is not finite; the scores are
/// then of no meaning.
template <class Set>
HALLMARK_INLINE auto score_block(task const& t, std::size_t first, std::size_t count) noexcept -> bool {
    block_of_samples b      = {};
    std::int32_t     worst  = 0;
    bool             finite = true, inside = true;
    for (std::size_t i = 0; i < count; i += lanes) {
        auto const here = count - i < lanes ? count - i : lanes;
        if (t.logits.classes < few) {
            side_by_side<Set>(t, first + i, here, b.own + i, b.most + i, b.sums + i, worst);
        } else {
            finite = one_by_one<Set>(t, first + i, here, b.own + i, b.most + i, b.sums + i, inside) && finite;
        }
    }
    for (auto const z : b.own) {
        auto const magnitude = std::bit_cast<std::int32_t>(z) & 0x7fffffff;
        worst                = magnitude > worst ? magnitude : worst;
    }
    alignas(64) double scores[in_block];
    for (std::size_t i = 0; i < count; i += 4 * sizeof(typename Set::f64) / sizeof(double)) {
        finish<Set>(b, i, static_cast<double>(t.logits.classes - 1), t.log_p, scores);
    }
    std::memcpy(t.out + first, scores, count * sizeof(double));
    return finite && worst < 0x7f800000;
}

template <class Set>
HALLMARK_INLINE auto score_all(task const& t) noexcept -> bool {
    bool finite = true;
    for (std::size_t first = 0; first < t.logits.samples; first += in_block) {
        auto const left = t.logits.samples - first;
        finite          = score_block<Set>(t, first, left < in_block ? left : in_block) && finite;
    }
    return finite;
}

/// log p_y of every sample, or log(p_y / (1 − p_y)), with an absolute error of 1.5e-6 in the second, a relative one in
/// the first. Labels are classes, and there are two classes or more. False where a logit is not finite.
[[nodiscard]] inline auto score(logit_matrix<float> const& logits, std::span<std::size_t const> labels, bool log_p, std::span<double> out) -> bool {
    std::vector<float>    room(logits.classes < few || logits.class_stride != 1 ? lanes * logits.classes : 0);
    task const            t      = {logits, labels, room.data(), out.data(), log_p};
    [[maybe_unused]] bool finite = true;
#if HALLMARK_VECTORS
    if (simd::run([&](auto set) HALLMARK_INLINE_LAMBDA { finite = score_all<decltype(set)>(t); })) {
        return finite;
    }
#endif
    return score_all<one_lane>(t);
}

}  // namespace hallmark::inline v0::detail::odds
