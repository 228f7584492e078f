// Sixteen random splits at once, in lanes (internal): the rows that split_draw makes one by one.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/core/unrolled.hpp>
#include <hallmark/stats/chacha_lanes.hpp>
#include <hallmark/stats/resampling.hpp>

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0::detail {

/// Splits of few values: a place in a row is found by looking at all of the row's words, which costs less than to look one up in each lane up to here.
[[nodiscard]] constexpr auto fits_lanes(split_draw const& split) noexcept -> bool { return !split.sparse() && split.n <= 1024; }

/// The words of as many streams as a vector has lanes, side by side.
template <class Set>
class lane_words {
public:
    using u32 = typename Set::u32;

    /// Lanes l … of `start`, from block 0 on.
    HALLMARK_INLINE lane_words(chacha_start& start, std::size_t l) noexcept : start_(&start), lane_(l) {}

    HALLMARK_INLINE void next(u32& out) noexcept {
        if (at_ == 16) {
            constexpr auto width = sizeof(u32) / sizeof(std::uint32_t);
            for (std::size_t i = 0; i < width; ++i) {
                start_->word[12][lane_ + i] = block_;
            }
            chacha20_by_vectors<Set>(*start_, lane_, words_);
            ++block_;
            at_ = 0;
        }
        out = words_[at_++];
    }

private:
    u32           words_[16];
    chacha_start* start_;
    std::size_t   lane_, at_ = 16;
    std::uint32_t block_ = 0;
};

/// The set bits of each lane, added to `count`.
template <class U32>
HALLMARK_INLINE void count_ones(U32 const& word, U32& count) noexcept {
    U32 v = word - (word >> 1 & 0x55555555u);
    v     = (v & 0x33333333u) + (v >> 2 & 0x33333333u);
    v     = (v + (v >> 4)) & 0x0f0f0f0fu;
    v     = v + (v >> 8);
    count += (v + (v >> 16)) & 0x3fu;
}

template <class U32>
[[nodiscard]] HALLMARK_INLINE auto any_lane(U32 const& v) noexcept -> bool {
    std::uint64_t words[sizeof(U32) / 8];
    simd::store(v, words);
    std::uint64_t any = 0;
    for (auto const w : words) {
        any |= w;
    }
    return any != 0;
}

/// f(w) for the words of a row: where there are few, each w is a constant, and the words stay in registers.
template <std::size_t Most, class F>
HALLMARK_INLINE void each_word(std::uint32_t words, F const& f) noexcept {
    if constexpr (Most <= 8) {
        unrolled<Most>(f);
    } else {
        for (std::uint32_t w = 0; w < words; ++w) {
            f(w);
        }
    }
}

/// Lanes l …: split_draw, step by step, with the same words, for rows of up to `Most` of them. Word w of lane l goes to rows[w][l].
template <class Set, std::size_t Most>
HALLMARK_INLINE void draw_in_lanes(split_draw const& split, chacha_start& start, std::size_t l, std::uint32_t (*rows)[chacha_lanes]) noexcept {
    using u32             = typename Set::u32;
    auto const      words = split.words();
    lane_words<Set> source(start, l);
    u32 open[Most], count = {}, lot;  // `open`: what may still change, the values that are chosen where there are too many, and the others elsewhere
    each_word<Most>(words, [&](auto w) HALLMARK_INLINE_LAMBDA {
        open[w] = u32{};
        if (w < words) {
            for (auto digit = split.lowest_digit(); digit < 16; digit *= 2) {
                source.next(lot);
                open[w] = (split.sixteenths & digit) != 0 ? open[w] | lot : open[w] & lot;
            }
            open[w] = open[w] & split.inside(w);
            count_ones(open[w], count);
        }
    });
    u32 const more = (u32)(count < split.chosen), off = count - split.chosen;
    u32       left = (off ^ more) - more;  // |count − chosen|
    each_word<Most>(words, [&](auto w) HALLMARK_INLINE_LAMBDA { open[w] ^= more; });
    while (any_lane(left)) {
        source.next(lot);
        unrolled<2>([&](auto half) HALLMARK_INLINE_LAMBDA {
            u32 const product = (half == 0 ? lot & 0xffffu : lot >> 16) * split.n;
            u32 const place   = product >> 16;
            u32 const counts  = (u32)((product & 0xffffu) >= split.redrawn) & (u32)(left != 0u);
            u32 const bit     = ((u32{} + 1u) << (place & 31u)) & counts;
            u32 const word    = place >> 5;
            u32       hit     = {};
            each_word<Most>(words, [&](auto w) HALLMARK_INLINE_LAMBDA {
                u32 const here = open[w] & bit & (u32)(word == static_cast<std::uint32_t>(w));
                open[w] ^= here;
                hit |= here;
            });
            left += (u32)(hit != 0u);  // minus one
        });
    }
    each_word<Most>(words, [&](auto w) HALLMARK_INLINE_LAMBDA {
        open[w] ^= more;
        simd::store(open[w], rows[w] + l);
    });
}

/// Draws first … first + 15 of a split that fits: the row of draw first + i to rows + i · words. False, and nothing done, where there are no vectors.
[[nodiscard]] inline auto draw_rows(split_draw const& split, chacha_start& start, std::uint64_t first, std::uint32_t* rows) noexcept -> bool {
#if HALLMARK_VECTORS
    alignas(64) std::uint32_t side_by_side[32][chacha_lanes];
    std::size_t const         words = split.words();
    start.count(4 + draw_words, first);
    auto const done = simd::run([&](auto set) HALLMARK_INLINE_LAMBDA {
        constexpr auto width = sizeof(typename decltype(set)::u32) / sizeof(std::uint32_t);
        for (std::size_t l = 0; l < chacha_lanes; l += width) {
            words <= 8 ? draw_in_lanes<decltype(set), 8>(split, start, l, side_by_side) : draw_in_lanes<decltype(set), 32>(split, start, l, side_by_side);
        }
    });
    for (std::size_t w = 0; done && w < words; ++w) {
        for (std::size_t i = 0; i < chacha_lanes; ++i) {
            rows[i * words + w] = side_by_side[w][i];
        }
    }
    return done;
#else
    return false;
#endif
}

}  // namespace hallmark::inline v0::detail
