// Part of the signals from logits: many classes as rows of sixteen; the range of a few samples' rows and the sum of their exponentials.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/prefetch.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/core/unrolled.hpp>
#include <hallmark/model/concept.hpp>
#include <hallmark/signal/odds_lanes.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>

namespace hallmark::inline v0::detail::odds {

inline constexpr std::size_t lanes = 16;

/// One of two without a branch, which a processor would guess wrongly.
template <class T>
HALLMARK_INLINE auto select_unpredictably(bool first, T a, T b) noexcept -> T {
    return __builtin_expect_with_probability(first, true, 0.5) ? a : b;
}

/// How a sample's logits are rows of sixteen: the last row ends with the last class, and its first numbers are in the row before, too.
struct row_layout {
    std::size_t whole;    // rows before the last
    std::size_t last;     // class where the last row begins
    std::size_t overlap;  // numbers of it that are in the row before
    std::size_t next;     // bytes from a sample to the one that comes next in its place

    HALLMARK_INLINE auto start(std::size_t row) const noexcept -> std::size_t { return row == whole ? last : row * lanes; }
};
HALLMARK_INLINE auto layout_of(logit_matrix<float> const& m, std::size_t step) noexcept -> row_layout {
    auto const whole = (m.classes - 1) / lanes;
    return {whole, m.classes - lanes, (whole + 1) * lanes - m.classes, step * static_cast<std::size_t>(m.sample_stride) * sizeof(float)};
}

/// A sample with many classes as rows of sixteen logits, with `none` in place of the label's.
class rows_of {
public:
    template <class Set>
    HALLMARK_INLINE void take(Set const&, float const* data, std::size_t label, row_layout const& rows, float none) noexcept {
        data_              = data;
        with_label_        = label / lanes;
        auto const start   = rows.start(with_label_);
        auto const width   = sizeof(typename Set::i32) / sizeof(float);
        auto const at      = static_cast<std::int32_t>(label - start);
        auto const nothing = typename Set::f32{} + none;
        for (std::size_t l = 0; l < lanes; l += width) {
            typename Set::f32 z;
            typename Set::i32 lane;
            simd::load(z, data + start + l);
            simd::load(lane, numbers + l);
            z = lane == at ? nothing : z;
            simd::store(z, without_label_ + l);
        }
    }
    /// Of a row that begins with class `start`.
    HALLMARK_INLINE auto row(std::size_t r, std::size_t start) const noexcept -> float const* {
        return select_unpredictably(r == with_label_, static_cast<float const*>(without_label_), data_ + start);
    }
    /// Memory works while the arithmetic does.
    HALLMARK_INLINE void ask_for_next(row_layout const& rows, std::size_t start) const noexcept { prefetch(data_ + start, rows.next); }

    static constexpr std::int32_t numbers[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

private:
    alignas(64) float without_label_[lanes];
    float const* data_;
    std::size_t  with_label_;
};

/// Row r of Count samples. In place of what the last one has in common with the one before stands what `fill(k, v)` puts into v for vector k.
template <class Set, std::size_t Count, std::size_t All, class Fill>
HALLMARK_INLINE void load_row(rows_of const* samples, row_layout const& rows, std::size_t r, Fill const& fill, typename Set::f32 (&x)[All]) noexcept {
    constexpr auto vectors = All / Count;  // of a row
    constexpr auto width   = lanes / vectors;
    auto const     start   = rows.start(r);
    unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA { samples[i].ask_for_next(rows, start); });
    unrolled<All>([&](auto k) HALLMARK_INLINE_LAMBDA { simd::load(x[k], samples[k / vectors].row(r, start) + k % vectors * width); });
    if (r == rows.whole) {
        unrolled<All>([&](auto k) HALLMARK_INLINE_LAMBDA {
            typename Set::i32 lane;
            typename Set::f32 instead;
            simd::load(lane, rows_of::numbers + k % vectors * width);
            fill(k, instead);
            x[k] = lane < static_cast<std::int32_t>(rows.overlap) ? instead : x[k];
        });
    }
}

/// Logits as they are. What is left out has no exponential.
template <class Set>
struct as_they_are {
    static constexpr float none = vanishing;
    template <std::size_t Vectors, std::size_t Count>
    HALLMARK_INLINE void operator()(typename Set::f32 (&)[Count]) const noexcept {}
};

/// Less a sample's largest one.
template <class Set>
struct less_the_largest {
    static constexpr float none = std::numeric_limits<float>::lowest();
    float const*           most;
    template <std::size_t Vectors, std::size_t Count>
    HALLMARK_INLINE void operator()(typename Set::f32 (&x)[Count]) const noexcept {
        unrolled<Count>([&](auto k) HALLMARK_INLINE_LAMBDA { x[k] = x[k] - most[k / Vectors]; });
        not_below_vanishing<Set>(x);
    }
};

/// Σ exp(z) over rows first … last − 1, at most 64 of them, of Count samples, lane by lane: sums of eight sums of eight. All samples have
/// equally many rows. Lost with AVX-512, by spilling: two rows, or more samples, in one step.
template <class Set, std::size_t Count, class Prepare>
HALLMARK_INLINE void sum_rows(rows_of const* samples, row_layout const& rows, std::size_t first, std::size_t last, Prepare const& prepare,
                              typename Set::f32* sum, typename Set::u32& outside) noexcept {
    using f32                     = typename Set::f32;
    constexpr auto        width   = sizeof(f32) / sizeof(float);
    constexpr auto        vectors = lanes / width;  // of a row
    constexpr std::size_t all     = Count * vectors;
    f32                   whole[Count * vectors], part[Count * vectors], x[Count * vectors], scale[Count * vectors];
    unrolled<all>([&](auto k) HALLMARK_INLINE_LAMBDA { whole[k] = f32{}; });
    for (auto r = first; r < last;) {
        auto const stop = last - r < 8 ? last : r + 8;
        unrolled<all>([&](auto k) HALLMARK_INLINE_LAMBDA { part[k] = f32{}; });
        for (; r < stop; ++r) {
            load_row<Set, Count>(
                samples, rows, r, [](auto, f32& v) HALLMARK_INLINE_LAMBDA { v = f32{} + Prepare::none; }, x);
            prepare.template operator()<vectors>(x);
            exp_f32<Set>(x, scale, outside);
            unrolled<all>([&](auto k) HALLMARK_INLINE_LAMBDA { part[k] = part[k] + x[k] * scale[k]; });
        }
        unrolled<all>([&](auto k) HALLMARK_INLINE_LAMBDA { whole[k] = whole[k] + part[k]; });
    }
    unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA {
        for (auto half = vectors / 2; half > 0; half /= 2) {
            for (std::size_t k = 0; k < half; ++k) {
                whole[i * vectors + k] = whole[i * vectors + k] + whole[i * vectors + k + half];
            }
        }
        sum[i] = whole[i * vectors];
    });
}

/// Of Count samples the least and the largest logit of other classes in each lane, and the largest bit pattern of a magnitude.
template <class Set, std::size_t Count>
HALLMARK_INLINE void range_of_rows(rows_of const* samples, row_layout const& rows, typename Set::f32* least, typename Set::f32* most,
                                   typename Set::i32& worst) noexcept {
    using f32                     = typename Set::f32;
    constexpr auto        vectors = lanes * sizeof(float) / sizeof(f32);  // of a row
    constexpr std::size_t all     = Count * vectors;
    f32                   low[Count * vectors], high[Count * vectors], z[Count * vectors];
    typename Set::i32     word;
    auto const            seen = [&](auto k, f32& v) HALLMARK_INLINE_LAMBDA { v = low[k]; };
    load_row<Set, Count>(samples, rows, 0, seen, low);
    unrolled<all>([&](auto k) HALLMARK_INLINE_LAMBDA { high[k] = low[k]; });
    for (std::size_t r = 0; r <= rows.whole; ++r) {
        load_row<Set, Count>(samples, rows, r, seen, z);
        unrolled<all>([&](auto k) HALLMARK_INLINE_LAMBDA {
            low[k]  = z[k] < low[k] ? z[k] : low[k];
            high[k] = z[k] > high[k] ? z[k] : high[k];
            bits_of(word, z[k]);
            word  = word & 0x7fffffff;
            worst = word > worst ? word : worst;
        });
    }
    unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA {
        least[i] = low[i * vectors];
        most[i]  = high[i * vectors];
        unrolled<vectors - 1>([&](auto v) HALLMARK_INLINE_LAMBDA {
            constexpr auto k = i * vectors + v + 1;
            least[i]         = low[k] < least[i] ? low[k] : least[i];
            most[i]          = high[k] > most[i] ? high[k] : most[i];
        });
    });
}

}  // namespace hallmark::inline v0::detail::odds
