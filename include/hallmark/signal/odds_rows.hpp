// Part of the signals from logits: the largest logit and the sum of exponentials where there are many classes.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/fold_lanes.hpp>
#include <hallmark/model/concept.hpp>
#include <hallmark/signal/odds_lanes.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>

namespace hallmark::inline v0::detail::odds {

inline constexpr std::size_t lanes = 16;

/// All samples: what is needed of them, and where it goes.
struct task {
    logit_matrix<float>          logits;
    std::span<std::size_t const> labels;
    float*                       room;   // sixteen floats for each class
    double*                      out;    // one score per sample
    bool                         log_p;  // log p_y instead of log(p_y / (1 − p_y))
};

/// One of two without a branch, which a processor would guess wrongly.
template <class T>
HALLMARK_INLINE auto select_unpredictably(bool first, T a, T b) noexcept -> T {
    return __builtin_expect_with_probability(first, true, 0.5) ? a : b;
}

/// Many classes: the logits of a sample as rows of sixteen. The last row ends with the last class, and has nothing where it begins in the row before; nor has
/// the row with the label there.
class rows_of {
public:
    /// `room` is needed where the classes do not lie side by side.
    template <class Set>
    HALLMARK_INLINE void take(Set const&, logit_matrix<float> const& m, std::size_t n, std::size_t label, std::size_t next, float* room) noexcept {
        auto const* row = m.data + static_cast<std::ptrdiff_t>(n) * m.sample_stride;
        next_           = m.data + static_cast<std::ptrdiff_t>(next < m.samples ? next : n) * m.sample_stride;
        own_            = row[static_cast<std::ptrdiff_t>(label) * m.class_stride];
        data_           = m.class_stride == 1 ? row : room;
        for (std::size_t c = 0; m.class_stride != 1 && c < m.classes; ++c) {
            room[c] = row[static_cast<std::ptrdiff_t>(c) * m.class_stride];
        }
        whole_             = (m.classes - 1) / lanes;
        with_label_        = label / lanes;
        auto const start   = m.classes - lanes;  // of the last row
        auto const overlap = whole_ * lanes - start;
        auto const last    = with_label_ == whole_;
        blank<Set>(data_ + start, overlap, lanes, last_);
        blank<Set>(last ? last_ : data_ + with_label_ * lanes, 0, label % lanes + (last ? overlap : 0), without_label_);
    }
    HALLMARK_INLINE auto own() const noexcept -> float { return own_; }
    /// Rows before the last.
    HALLMARK_INLINE auto whole() const noexcept -> std::size_t { return whole_; }
    HALLMARK_INLINE auto operator[](std::size_t r) const noexcept -> float const* {
        return select_unpredictably(r == with_label_, static_cast<float const*>(without_label_), r == whole_ ? last_ : data_ + r * lanes);
    }

    /// The same row of the sample that comes next in this place: memory works while the arithmetic does.
    HALLMARK_INLINE void ask_for_next([[maybe_unused]] std::size_t r) const noexcept {
#if HALLMARK_VECTORS
        __builtin_prefetch(next_ + r * lanes);
#endif
    }

private:
    // A row without its first `skip` numbers and number `without`.
    template <class Set>
    HALLMARK_INLINE static void blank(float const* from, std::size_t skip, std::size_t without, float* to) noexcept {
        using i32                                 = typename Set::i32;
        constexpr auto                width       = sizeof(i32) / sizeof(float);
        static constexpr std::int32_t numbers[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
        for (std::size_t l = 0; l < lanes; l += width) {
            typename Set::f32 z;
            i32               lane;
            simd::load(z, from + l);
            simd::load(lane, numbers + l);
            auto const none = typename Set::f32{} + std::numeric_limits<float>::lowest();
            z               = lane < static_cast<std::int32_t>(skip) ? none : z;
            z               = lane == static_cast<std::int32_t>(without) ? none : z;
            simd::store(z, to + l);
        }
    }

    alignas(64) float last_[lanes];
    alignas(64) float without_label_[lanes];
    float const* data_;
    float const* next_;
    std::size_t  whole_, with_label_;
    float        own_;
};

/// Σ exp(z − shift) over rows first … last − 1, at most 64 of them, of Count samples, lane by lane: sums of eight sums of eight. All samples have
/// equally many rows. Lost with AVX-512, by spilling: two rows, or more samples, in one step.
template <class Set, std::size_t Count>
HALLMARK_INLINE void sum_rows(rows_of const* rows, std::size_t first, std::size_t last, float const* shift, typename Set::f32* sum) noexcept {
    using f32                     = typename Set::f32;
    constexpr auto        width   = sizeof(f32) / sizeof(float);
    constexpr auto        vectors = lanes / width;  // of a row
    constexpr std::size_t all     = Count * vectors;
    f32                   from[Count], whole[Count * vectors], part[Count * vectors], x[Count * vectors], scale[Count * vectors];
    unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA { from[i] = f32{} + shift[i]; });
    unrolled<all>([&](auto k) HALLMARK_INLINE_LAMBDA { whole[k] = f32{}; });
    for (auto r = first; r < last;) {
        auto const stop = last - r < 8 ? last : r + 8;
        unrolled<all>([&](auto k) HALLMARK_INLINE_LAMBDA { part[k] = f32{}; });
        for (; r < stop; ++r) {
            unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA { rows[i].ask_for_next(r); });
            unrolled<all>([&](auto k) HALLMARK_INLINE_LAMBDA {
                simd::load(x[k], rows[k / vectors][r] + k % vectors * width);
                x[k] = x[k] - from[k / vectors];
            });
            exp_f32<Set>(x, scale);
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

/// Of Count samples the largest logit of other classes in each lane, and the largest bit pattern of a magnitude.
template <class Set, std::size_t Count>
HALLMARK_INLINE void largest_of_rows(rows_of const* rows, typename Set::f32* most, typename Set::i32& worst) noexcept {
    using f32                     = typename Set::f32;
    constexpr auto        width   = sizeof(f32) / sizeof(float);
    constexpr auto        vectors = lanes / width;  // of a row
    constexpr std::size_t all     = Count * vectors;
    f32                   top[Count * vectors];
    unrolled<all>([&](auto k) HALLMARK_INLINE_LAMBDA { top[k] = f32{} + std::numeric_limits<float>::lowest(); });
    for (std::size_t r = 0; r <= rows[0].whole(); ++r) {
        unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA {
            auto const* at = rows[i][r];
            unrolled<vectors>([&](auto k) HALLMARK_INLINE_LAMBDA {
                f32               z;
                typename Set::i32 word;
                simd::load(z, at + k * width);
                bits_of(word, z);
                word                 = word & 0x7fffffff;
                worst                = word > worst ? word : worst;
                auto& most_in_vector = top[i * vectors + k];
                most_in_vector       = z > most_in_vector ? z : most_in_vector;
            });
        });
    }
    unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA {
        most[i] = top[i * vectors];
        unrolled<vectors - 1>([&](auto k) HALLMARK_INLINE_LAMBDA { most[i] = top[i * vectors + k + 1] > most[i] ? top[i * vectors + k + 1] : most[i]; });
    });
}

/// Many classes: a sixteenth of a sample's classes in each lane, and then a sample in each lane.
template <class Set>
HALLMARK_INLINE void one_by_one(task const& t, std::size_t first, std::size_t count, float* own, float* most, double* sums, std::int32_t& worst) noexcept {
    using f32                  = typename Set::f32;
    constexpr auto    width    = sizeof(f32) / sizeof(float);
    constexpr auto    wide     = std::make_index_sequence<width>{};
    constexpr auto    together = width >= 4 ? width / 4 : 1;  // samples: four vectors of their rows
    typename Set::i32 bad      = {};
    for (std::size_t begin = 0; begin < count; begin += width) {
        rows_of rows[width];
        f32     x[width];
        for (std::size_t i = 0; i < width; ++i) {
            auto const at = begin + i < count ? begin + i : begin;
            rows[i].take(Set{}, t.logits, first + at, t.labels[first + at], first + at + width, t.room + i * t.logits.classes);
            own[begin + i] = rows[i].own();
        }
        for (std::size_t i = 0; i < width; i += together) {
            largest_of_rows<Set, together>(rows + i, x + i, bad);
        }
        fold_lanes(x, wide, [](f32& a, f32 const& b) HALLMARK_INLINE_LAMBDA { a = b > a ? b : a; });
        simd::store(x[0], most + begin);
        for (std::size_t r = 0, all = rows[0].whole() + 1; r < all; r += 64) {
            auto const last = all - r < 64 ? all : r + 64;
            for (std::size_t i = 0; i < width; i += together) {
                sum_rows<Set, together>(rows + i, r, last, most + begin + i, x + i);
            }
            fold_lanes(x, wide, [](f32& a, f32 const& b) HALLMARK_INLINE_LAMBDA { a = a + b; });
            float some[width];
            simd::store(x[0], some);
            for (std::size_t i = 0; i < width; ++i) {
                sums[begin + i] += static_cast<double>(some[i]);
            }
        }
    }
    std::int32_t words[width];
    simd::store(bad, words);
    for (auto const w : words) {
        worst = w > worst ? w : worst;
    }
}

}  // namespace hallmark::inline v0::detail::odds
