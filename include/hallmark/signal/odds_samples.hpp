// Part of the signals from logits: the sums of exponentials of samples with many classes.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/fold_lanes.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/model/concept.hpp>
#include <hallmark/signal/odds_lanes.hpp>
#include <hallmark/signal/odds_rows.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace hallmark::inline v0::detail::odds {

/// All samples: what is needed of them, and where it goes.
struct task {
    logit_matrix<float>          logits;
    std::span<std::size_t const> labels;
    float*                       room;   // sixteen floats for each class
    double*                      out;    // one score per sample
    bool                         log_p;  // log p_y instead of log(p_y / (1 − p_y))
};

/// As many samples as a vector has lanes: a sixteenth of a sample's classes in each lane, and then a sample in each lane.
template <class Set>
class samples_in_rows {
    using f32                      = typename Set::f32;
    static constexpr auto width    = sizeof(f32) / sizeof(float);
    static constexpr auto wide     = std::make_index_sequence<width>{};
    static constexpr auto together = width >= 4 ? width / 4 : 1;  // samples: four vectors of their rows

public:
    /// Samples first … first + count − 1, or fewer if a vector has fewer lanes; the lanes of no sample repeat the first one.
    HALLMARK_INLINE samples_in_rows(task const& t, std::size_t first, std::size_t count) noexcept
        : t_(t), rows_(layout_of(t.logits, width)), first_(first), count_(count) {}

    /// Their own logits, and Σ exp(z − most) over the others, `most` being 0 where that is no loss, and else the largest of them. False where one is not
    /// finite. `inside` tells what to try first: whether samples before these were inside the range of exp_f32.
    HALLMARK_INLINE auto score(float* own, float* most, double* sums, bool& inside) noexcept -> bool {
        take(as_they_are<Set>::none);
        std::copy(own_, own_ + width, own);
        std::fill(most, most + width, 0.0f);
        return (inside && sum_as_they_are(sums)) || score_in_their_range(most, sums, inside);
    }

private:
    // What vanished is then less than 1e-9 of the sum, for up to 2^24 classes, and no sum was too large for a float.
    HALLMARK_INLINE static auto is_sound(double sum) noexcept -> bool { return sum >= 0x1p-64 && sum < 0x1p128; }

    HALLMARK_INLINE void take(float none) noexcept {
        take_with([&](float const*, std::size_t) HALLMARK_INLINE_LAMBDA { return none; });
    }
    template <class InPlaceOfLabel>
    HALLMARK_INLINE void take_with(InPlaceOfLabel const& none) noexcept {
        auto const        m      = t_.logits;
        auto const* const labels = t_.labels.data();
        for (std::size_t i = 0; i < width; ++i) {
            auto const  n    = sample(i);
            auto const* data = m.data + static_cast<std::ptrdiff_t>(n) * m.sample_stride;
            if (m.class_stride != 1) {
                auto* room = t_.room + i * m.classes;
                for (std::size_t c = 0; c < m.classes; ++c) {
                    room[c] = data[static_cast<std::ptrdiff_t>(c) * m.class_stride];
                }
                data = room;
            }
            own_[i] = data[labels[n]];
            samples_[i].take(Set{}, data, labels[n], rows_, none(data, labels[n]));
        }
    }
    HALLMARK_INLINE auto sample(std::size_t lane) const noexcept -> std::size_t { return first_ + (lane < count_ ? lane : 0); }

    template <class PrepareFrom>
    HALLMARK_INLINE void sum(PrepareFrom const& prepare_from, double* sums, typename Set::u32& outside) noexcept {
        for (std::size_t i = 0; i < width; ++i) {
            sums[i] = 0.0;
        }
        for (std::size_t r = 0, all = rows_.whole + 1; r < all; r += 64) {
            auto const last = all - r < 64 ? all : r + 64;
            f32        x[width];
            for (std::size_t i = 0; i < width; i += together) {
                sum_rows<Set, together>(samples_ + i, rows_, r, last, prepare_from(i), x + i, outside);
            }
            fold_lanes(x, wide, [](f32& a, f32 const& b) HALLMARK_INLINE_LAMBDA { a = a + b; });
            float some[width];
            simd::store(x[0], some);
            for (std::size_t i = 0; i < width; ++i) {
                sums[i] += static_cast<double>(some[i]);
            }
        }
    }

    /// True if the sums stand for all samples.
    HALLMARK_INLINE auto sum_as_they_are(double* sums) noexcept -> bool {
        typename Set::u32 outside = {};
        sum([](std::size_t) HALLMARK_INLINE_LAMBDA { return as_they_are<Set>{}; }, sums, outside);
        std::uint32_t words[width];
        simd::store(outside, words);
        bool sound = true;
        for (std::size_t i = 0; i < width; ++i) {
            sound = sound && words[i] <= 255 && is_sound(sums[i]);
        }
        return sound;
    }

    /// With the largest logit taken out of those samples that need it; whether one does depends on no other, nor on `inside`. False where a logit is not
    /// finite.
    HALLMARK_INLINE auto score_in_their_range(float* most, double* sums, bool& inside) noexcept -> bool {
        float             least[width], largest[width];
        double            sums_less_it[width];
        typename Set::u32 outside = {};
        if (!range(least, largest)) {
            return false;
        }
        bool within[width], any_within = false;
        for (std::size_t i = 0; i < width; ++i) {
            within[i]  = is_inside(least[i]) && is_inside(largest[i]);
            any_within = any_within || within[i];
        }
        if (any_within && !inside) {
            take(as_they_are<Set>::none);
            sum_as_they_are(sums);
        }
        take(less_the_largest<Set>::none);
        sum([&](std::size_t i) HALLMARK_INLINE_LAMBDA { return less_the_largest<Set>{largest + i}; }, sums_less_it, outside);
        for (std::size_t i = 0; i < width; ++i) {
            if (!within[i] || !is_sound(sums[i])) {
                most[i] = largest[i];
                sums[i] = sums_less_it[i];
            }
        }
        inside = any_within;
        return true;
    }
    /// Whether exp_f32 knows z; then it knows all between two such numbers.
    HALLMARK_INLINE static auto is_inside(float z) noexcept -> bool {
        float         x[1]    = {z}, scale[1];
        std::uint32_t outside = 0;
        exp_f32<one_lane>(x, scale, outside);
        return outside <= 255;
    }
    HALLMARK_INLINE auto range(float* least, float* most) noexcept -> bool {
        f32               low[width], high[width];
        typename Set::i32 worst = {};
        take_with([](float const* z, std::size_t label)
                      HALLMARK_INLINE_LAMBDA { return z[label == 0 ? 1 : label - 1]; });  // what is seen twice changes no range
        for (std::size_t i = 0; i < width; i += together) {
            range_of_rows<Set, together>(samples_ + i, rows_, low + i, high + i, worst);
        }
        fold_lanes(low, wide, [](f32& a, f32 const& b) HALLMARK_INLINE_LAMBDA { a = b < a ? b : a; });
        fold_lanes(high, wide, [](f32& a, f32 const& b) HALLMARK_INLINE_LAMBDA { a = b > a ? b : a; });
        simd::store(low[0], least);
        simd::store(high[0], most);
        std::int32_t words[width];
        simd::store(worst, words);
        return *std::max_element(words, words + width) < 0x7f800000;
    }

    task const& t_;
    row_layout  rows_;
    std::size_t first_, count_;
    rows_of     samples_[width];
    float       own_[width];
};

/// Many classes. False where a logit of another class than the label is not finite.
template <class Set>
HALLMARK_INLINE auto one_by_one(task const& t, std::size_t first, std::size_t count, float* own, float* most, double* sums, bool& inside) noexcept -> bool {
    constexpr auto width  = sizeof(typename Set::f32) / sizeof(float);
    bool           finite = true;
    for (std::size_t i = 0; i < count; i += width) {
        finite = samples_in_rows<Set>(t, first + i, count - i).score(own + i, most + i, sums + i, inside) && finite;
    }
    return finite;
}

}  // namespace hallmark::inline v0::detail::odds
