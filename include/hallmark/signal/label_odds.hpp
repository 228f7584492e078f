// Part of the signals from logits: log(p_y / (1 − p_y)) and log p_y of many samples at once, in lanes.
//
// Sixteen lanes, whatever the instruction set: a sum is always cut into the same sixteen parts, a product is always
// rounded before it is added, and the exponential is a polynomial. So the scores have the same bits on every machine
// and with every flag but -ffast-math, and they do not depend on which other samples are in the batch.
//
// Error: with m the largest other logit, S = Σ_{c≠y} exp(z_c − m) is in [1, classes). The polynomial is 1.1e-7 off, a
// term carries |z_c − m| · 6e-8 · exp(z_c − m) from the difference, and no sum in float has more than 16 terms; in all
// less than 1.5e-6 of S, 2e-7 as a rule. What follows is in double, 1e-10: t = (z_y − m) − log S is off by what S is
// off relatively, and so, relatively, is log p_y = −log(1 + exp(−t)).
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/error.hpp>
#include <hallmark/model/concept.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace hallmark::inline v0::detail::odds {

inline constexpr std::size_t lanes = 16;
inline constexpr std::size_t few   = 64;  // classes below which a sample gets a lane, and not a row of lanes

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
template <class V>
HALLMARK_INLINE void get(V& v, void const* from) noexcept {
    std::memcpy(&v, from, sizeof v);
}
template <class V>
HALLMARK_INLINE void put(V const& v, void* to) noexcept {
    std::memcpy(to, &v, sizeof v);
}
/// f(0), f(1), …, f(count − 1), each index a constant: loops over a handful of registers must not stay loops.
template <std::size_t... Index, class F>
HALLMARK_INLINE void each(std::index_sequence<Index...>, F const& f) noexcept {
    (f(std::integral_constant<std::size_t, Index>{}), ...);
}

/// exp(x) for x ≤ 0, 1.1e-7 off relatively; below −87 it is exp(−87).
template <class Set>
HALLMARK_INLINE void exp_f32(typename Set::f32& x) noexcept {
    typename Set::f32 scaled, n, r, p;
    typename Set::i32 power, p_bits;
    auto const        least = typename Set::f32{} - 87.0f;
    x                       = x < least ? least : x;
    // n = x / log 2 to the nearest integer: added to 1.5 · 2^23 it stands in the lowest bits.
    scaled = x * 1.44269504f;
    Set::rounded(scaled);
    n = scaled + 12582912.0f;
    bits_of(power, n);
    Set::rounded(n);
    n = n - 12582912.0f;
    r = n * 0.693359375f;  // log 2 in two parts; n times the first is exact
    Set::rounded(r);
    r = x - r;
    p = n * -2.12194440e-4f;
    Set::rounded(p);
    r = r - p;
    p = r * 0.00831252523f;  // the least maximal relative error on ±log(2)/2 with 1 + r fixed, by Remez' exchange
    Set::rounded(p);
    p = (p + 0.0418901145f) * r;
    Set::rounded(p);
    p = (p + 0.166671142f) * r;
    Set::rounded(p);
    p = (p + 0.499992311f) * r;
    Set::rounded(p);
    p = (p + 1.0f) * r;
    Set::rounded(p);
    p = p + 1.0f;
    bits_of(p_bits, p);
    p_bits = p_bits + (power << 23);
    bits_of(x, p_bits);
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
    each(std::make_index_sequence<8>{}, [&](auto i) HALLMARK_INLINE_LAMBDA {
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
    each(std::make_index_sequence<9>{}, [&](auto i) HALLMARK_INLINE_LAMBDA {
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

/// Of sixteen samples, or of sixteen parts of one: the largest number in each lane, and the largest bit pattern of a
/// magnitude, which is 0x7f800000 or more where one of the numbers is none.
template <class Set>
HALLMARK_INLINE void largest_of(float const* rows, std::size_t count, float* most, std::int32_t& worst) noexcept {
    constexpr auto    width = sizeof(typename Set::f32) / sizeof(float);
    constexpr auto    parts = std::make_index_sequence<lanes / width>{};
    typename Set::f32 top[lanes / width];
    typename Set::i32 bad = {};
    each(parts, [&](auto k) HALLMARK_INLINE_LAMBDA { top[k] = typename Set::f32{} + std::numeric_limits<float>::lowest(); });
    for (std::size_t c = 0; c < count; ++c) {
        each(parts, [&](auto k) HALLMARK_INLINE_LAMBDA {
            typename Set::f32 z;
            typename Set::i32 word;
            get(z, rows + c * lanes + k * width);
            bits_of(word, z);
            word   = word & 0x7fffffff;
            bad    = word > bad ? word : bad;
            top[k] = z > top[k] ? z : top[k];
        });
    }
    each(parts, [&](auto k) HALLMARK_INLINE_LAMBDA { put(top[k], most + k * width); });
    std::int32_t words[width];
    put(bad, words);
    for (auto const w : words) {
        worst = w > worst ? w : worst;
    }
}

/// sums[lane] = Σ over the rows of exp(z − shift[lane]).
template <class Set>
HALLMARK_INLINE void sums_of(float const* rows, std::size_t count, float const* shift, double* sums) noexcept {
    constexpr auto width = sizeof(typename Set::f32) / sizeof(float);
    constexpr auto parts = std::make_index_sequence<lanes / width>{};
    using f32            = typename Set::f32;
    f32 from[lanes / width], whole[lanes / width], part[lanes / width];
    each(parts, [&](auto k) HALLMARK_INLINE_LAMBDA { get(from[k], shift + k * width); });
    for (std::size_t first = 0; first < count; first += 64) {  // sums of 8 sums of 8, then in double
        auto const end = count - first < 64 ? count : first + 64;
        each(parts, [&](auto k) HALLMARK_INLINE_LAMBDA { whole[k] = f32{}; });
        for (std::size_t c = first; c < end;) {
            auto const stop = end - c < 8 ? end : c + 8;
            each(parts, [&](auto k) HALLMARK_INLINE_LAMBDA { part[k] = f32{}; });
            for (; c < stop; ++c) {
                each(parts, [&](auto k) HALLMARK_INLINE_LAMBDA {
                    f32 z;
                    get(z, rows + c * lanes + k * width);
                    z = z - from[k];
                    exp_f32<Set>(z);
                    part[k] = part[k] + z;
                });
            }
            each(parts, [&](auto k) HALLMARK_INLINE_LAMBDA { whole[k] = whole[k] + part[k]; });
        }
        float out[lanes];
        each(parts, [&](auto k) HALLMARK_INLINE_LAMBDA { put(whole[k], out + k * width); });
        for (std::size_t i = 0; i < lanes; ++i) {
            sums[i] = (first == 0 ? 0.0 : sums[i]) + static_cast<double>(out[i]);
        }
    }
}

/// How many samples of that many classes are worked on together: 16 KiB of them, at least one, at most sixteen.
[[nodiscard]] constexpr auto samples_in_room(std::size_t classes) noexcept -> std::size_t {
    auto const fit = 4096 / ((classes + lanes - 1) / lanes * lanes);
    return fit < 1 ? 1 : fit > lanes ? lanes : fit;
}

/// All samples: what is needed of them, and where it goes.
struct task {
    logit_matrix<float>          logits;
    std::span<std::size_t const> labels;
    float*                       room;   // lanes floats for each class if they are few, else samples_in_room rows of whole lanes
    double*                      out;    // one score per sample
    bool                         log_p;  // log p_y instead of log(p_y / (1 − p_y))
};

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

/// Many classes: a sixteenth of a sample's classes in each lane. Several samples take each step together, as many as
/// fit beside each other in the nearest cache: what one of them waits for, another does.
template <class Set>
HALLMARK_INLINE void one_by_one(task const& t, std::size_t first, std::size_t count, float* lead_to, float* most, double* sums, std::int32_t& worst) noexcept {
    auto const& m    = t.logits;
    auto const  rows = (m.classes + lanes - 1) / lanes;
    auto const  step = samples_in_room(m.classes);
    for (std::size_t begin = 0; begin < count; begin += step) {
        auto const end = count - begin < step ? count : begin + step;
        for (auto i = begin; i < end; ++i) {
            auto*       z   = t.room + (i - begin) * rows * lanes;
            auto const* row = m.data + static_cast<std::ptrdiff_t>(first + i) * m.sample_stride;
            if (m.class_stride == 1) {
                std::memcpy(z, row, m.classes * sizeof(float));
            } else {
                for (std::size_t c = 0; c < m.classes; ++c) {
                    z[c] = row[static_cast<std::ptrdiff_t>(c) * m.class_stride];
                }
            }
            for (std::size_t c = m.classes; c < rows * lanes; ++c) {
                z[c] = std::numeric_limits<float>::lowest();
            }
            auto& own  = z[t.labels[first + i]];
            lead_to[i] = own;
            own        = std::numeric_limits<float>::lowest();
        }
        float top[lanes][lanes];
        for (auto i = begin; i < end; ++i) {
            largest_of<Set>(t.room + (i - begin) * rows * lanes, rows, top[i], worst);
        }
        for (auto i = begin; i < end; ++i) {
            for (auto half = lanes / 2; half > 0; half /= 2) {
                for (std::size_t k = 0; k < half; ++k) {
                    top[i][k] = top[i][k] > top[i][k + half] ? top[i][k] : top[i][k + half];
                }
            }
            most[i] = top[i][0];
            for (auto& x : top[i]) {
                x = most[i];
            }
        }
        double part[lanes][lanes];
        for (auto i = begin; i < end; ++i) {
            sums_of<Set>(t.room + (i - begin) * rows * lanes, rows, top[i], part[i]);
        }
        for (auto i = begin; i < end; ++i) {
            for (auto half = lanes / 2; half > 0; half /= 2) {
                for (std::size_t k = 0; k < half; ++k) {
                    part[i][k] += part[i][k + half];
                }
            }
            sums[i] = part[i][0];
        }
    }
}

/// t = lead − log sum, or log p = −log(1 + exp(−t)) = min(t, 0) − log(1 + exp(−|t|)).
template <class Set>
HALLMARK_INLINE void finish(double const* lead, double const* sums, double* out, bool log_p) noexcept {
    using f64            = typename Set::f64;
    constexpr auto width = sizeof(f64) / sizeof(double);
    for (std::size_t i = 0; i < lanes; i += width) {
        f64 t, s;
        get(t, lead + i);
        get(s, sums + i);
        log_f64<Set>(s);
        t = t - s;
        if (log_p) {
            auto const zero  = f64{};
            f64        below = t < zero ? t : zero, u = t < zero ? t : -t;
            exp_f64<Set>(u);
            u = u / (u + 2.0);  // log(1 + u) = 2 artanh(u / (2 + u)), which keeps the digits of a small u
            two_artanh<Set>(u);
            t = below - u;
        }
        put(t, out + i);
    }
}

/// The scores of samples first … first + count − 1, at most sixteen. False where a logit is not finite; the scores are
/// then of no meaning.
template <class Set>
HALLMARK_INLINE auto score_lanes(task const& t, std::size_t first, std::size_t count) noexcept -> bool {
    float        own[lanes] = {}, most[lanes] = {};
    double       lead[lanes] = {}, sums[lanes], out[lanes];
    std::int32_t worst       = 0;
    for (auto& s : sums) {
        s = 1.0;
    }
    if (t.logits.classes < few) {
        side_by_side<Set>(t, first, count, own, most, sums, worst);
    } else {
        one_by_one<Set>(t, first, count, own, most, sums, worst);
    }
    bool finite = worst < 0x7f800000;
    for (std::size_t i = 0; i < count; ++i) {
        finite  = finite && is_number(own[i]);
        lead[i] = static_cast<double>(own[i]) - static_cast<double>(most[i]);
    }
    finish<Set>(lead, sums, out, t.log_p);
    for (std::size_t i = 0; i < count; ++i) {
        t.out[first + i] = out[i];
    }
    return finite;
}

template <class Set>
HALLMARK_INLINE auto score_all(task const& t) noexcept -> bool {
    bool finite = true;
    for (std::size_t first = 0; first < t.logits.samples; first += lanes) {
        auto const left = t.logits.samples - first;
        finite          = score_lanes<Set>(t, first, left < lanes ? left : lanes) && finite;
    }
    return finite;
}

/// log p_y of every sample, or log(p_y / (1 − p_y)), with an absolute error of 1.5e-6 in the second, a relative one in
/// the first. Labels are classes, and there are two classes or more. False where a logit is not finite.
[[nodiscard]] inline auto score(logit_matrix<float> const& logits, std::span<std::size_t const> labels, bool log_p, std::span<double> out) -> bool {
    auto const            rows = logits.classes / lanes + 1;
    std::vector<float>    room(lanes * (logits.classes < few ? logits.classes : rows * samples_in_room(logits.classes)));
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
