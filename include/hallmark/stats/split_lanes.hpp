// Sixteen random splits at once, in lanes (internal): the rows that split_draw makes one by one.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/core/unrolled.hpp>
#include <hallmark/stats/chacha_lanes.hpp>
#include <hallmark/stats/resampling.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace hallmark::inline v0::detail {

/// Splits of few values: a place in a row is found by looking at all of the row's words, which costs less than to look one up in each lane up to here.
[[nodiscard]] constexpr auto fits_lanes(split_draw const& split) noexcept -> bool { return !split.sparse() && split.n <= 1024; }

/// The words of as many streams as a vector has lanes, side by side.
template <class Set>
class lane_words {
public:
    using u32 = typename Set::u32;

    /// Lanes l … of `start`, from a block on.
    HALLMARK_INLINE lane_words(chacha_start& start, std::size_t l, std::uint32_t block) noexcept : start_(&start), lane_(l), block_(block) {}

    /// No word of a block is left.
    [[nodiscard]] HALLMARK_INLINE auto between_blocks() const noexcept -> bool { return at_ == 16; }

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
    std::uint32_t block_;
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

/// Rows of up to `Most` words, as many as a vector has lanes: split_draw, step by step, with the same words.
template <class Set, std::size_t Most>
class rows_in_lanes {
    using u32 = typename Set::u32;

public:
    /// Word w of lane l is, or goes to, rows[w][l].
    HALLMARK_INLINE explicit rows_in_lanes(split_draw const& split) noexcept : split_(split), words_(split.words()) {}

    HALLMARK_INLINE void begin(lane_words<Set>& source) noexcept {
        u32 lot;
        each_word<Most>(words_, [&](auto w) HALLMARK_INLINE_LAMBDA {
            row_[w] = u32{};
            if (w < words_) {
                for (auto digit = split_.lowest_digit(); digit < 16; digit *= 2) {
                    source.next(lot);
                    row_[w] = (split_.sixteenths & digit) != 0 ? row_[w] | lot : row_[w] & lot;
                }
                row_[w] = row_[w] & split_.inside(w);
            }
        });
    }
    HALLMARK_INLINE void load(std::uint32_t const (*rows)[chacha_lanes], std::size_t l) noexcept {
        each_word<Most>(words_, [&](auto w) HALLMARK_INLINE_LAMBDA {
            row_[w] = u32{};
            if (w < words_) {
                simd::load(row_[w], rows[w] + l);
            }
        });
    }
    HALLMARK_INLINE void store(std::uint32_t (*rows)[chacha_lanes], std::size_t l) const noexcept {
        each_word<Most>(words_, [&](auto w) HALLMARK_INLINE_LAMBDA { simd::store(row_[w], rows[w] + l); });
    }

    /// `left`: how many values of each lane are still to change. With `pause` it returns with some left where a block of words is used up.
    HALLMARK_INLINE void settle(lane_words<Set>& source, bool pause, u32& left) noexcept {
        u32 open[Most], count = {}, lot;  // `open`: what may still change, the values that are chosen where there are too many, and the others elsewhere
        each_word<Most>(words_, [&](auto w) HALLMARK_INLINE_LAMBDA { count_ones(row_[w], count); });
        u32 const more = (u32)(count < split_.chosen), off = count - split_.chosen;
        left = (off ^ more) - more;  // |count − chosen|
        each_word<Most>(words_, [&](auto w) HALLMARK_INLINE_LAMBDA { open[w] = row_[w] ^ more; });
        while (any_lane(left)) {
            source.next(lot);
            unrolled<2>([&](auto half) HALLMARK_INLINE_LAMBDA {
                u32 const product = (half == 0 ? lot & 0xffffu : lot >> 16) * split_.n;
                u32 const place   = product >> 16;
                u32 const counts  = (u32)((product & 0xffffu) >= split_.redrawn) & (u32)(left != 0u);
                u32 const bit     = ((u32{} + 1u) << (place & 31u)) & counts;
                u32 const word    = place >> 5;
                u32       hit     = {};
                each_word<Most>(words_, [&](auto w) HALLMARK_INLINE_LAMBDA {
                    u32 const here = open[w] & bit & (u32)(word == static_cast<std::uint32_t>(w));
                    open[w] ^= here;
                    hit |= here;
                });
                left += (u32)(hit != 0u);  // minus one
            });
            if (pause && source.between_blocks()) {
                break;
            }
        }
        each_word<Most>(words_, [&](auto w) HALLMARK_INLINE_LAMBDA { row_[w] = open[w] ^ more; });
    }

private:
    split_draw const& split_;
    std::uint32_t     words_;
    u32               row_[Most];
};

/// The block of words after the one in which a draw changes its first place.
[[nodiscard]] constexpr auto next_block(split_draw const& split) noexcept -> std::uint32_t {
    std::uint32_t begun = 0;  // words by which all values were chosen for themselves
    for (auto digit = split.lowest_digit(); digit < 16; digit *= 2) {
        begun += split.words();
    }
    return begun / 16 + 1;
}

/// Draws first, first + 1, … of a split that fits, `count` of them, a multiple of 16: the row of draw first + i to rows + i · words. False, and nothing
/// done, where there are no vectors. Draws that have used up a block of words wait until there are sixteen of them: 1.3 times as fast for 100 of 200 values.
[[nodiscard]] inline auto draw_rows([[maybe_unused]] split_draw const& split, [[maybe_unused]] chacha_start& start, [[maybe_unused]] std::uint64_t first,
                                    [[maybe_unused]] std::size_t count, [[maybe_unused]] std::uint32_t* rows) -> bool {
    auto done = false;
#if HALLMARK_VECTORS
    alignas(64) std::uint32_t side_by_side[32][chacha_lanes], left[chacha_lanes];
    std::size_t const         words = split.words();
    std::vector<std::size_t>  waiting;
    auto const                in_lanes = [&](auto set, auto most, bool goes_on) HALLMARK_INLINE_LAMBDA {
        using u32 = typename decltype(set)::u32;
        for (std::size_t l = 0; l < chacha_lanes; l += sizeof(u32) / sizeof(std::uint32_t)) {
            auto row    = rows_in_lanes<decltype(set), most>(split);
            auto source = lane_words<decltype(set)>(start, l, goes_on ? next_block(split) : 0);
            u32  left_here;
            goes_on ? row.load(side_by_side, l) : row.begin(source);
            row.settle(source, !goes_on, left_here);
            row.store(side_by_side, l);
            simd::store(left_here, left + l);
        }
    };
    auto const sixteen = [&](bool goes_on) {
        return simd::run([&](auto set) HALLMARK_INLINE_LAMBDA {
            words <= 8 ? in_lanes(set, std::integral_constant<std::size_t, 8>{}, goes_on) : in_lanes(set, std::integral_constant<std::size_t, 32>{}, goes_on);
        });
    };
    for (std::size_t d = 0; d < count; d += chacha_lanes) {
        start.count(4 + draw_words, first + d);
        done = sixteen(false);
        for (std::size_t i = 0; done && i < chacha_lanes; ++i) {
            for (std::size_t w = 0; w < words; ++w) {
                rows[(d + i) * words + w] = side_by_side[w][i];
            }
            if (left[i] != 0) {
                waiting.push_back(d + i);
            }
        }
    }
    for (std::size_t begin = 0; begin < waiting.size(); begin += chacha_lanes) {
        auto const of = [&](std::size_t i) { return waiting[std::min(begin + i, waiting.size() - 1)]; };  // the last lanes may do the last draw again
        for (std::size_t i = 0; i < chacha_lanes; ++i) {
            start.number(4 + draw_words, i, first + of(i));
            for (std::size_t w = 0; w < words; ++w) {
                side_by_side[w][i] = rows[of(i) * words + w];
            }
        }
        static_cast<void>(sixteen(true));
        for (std::size_t i = 0; i < chacha_lanes; ++i) {
            for (std::size_t w = 0; w < words; ++w) {
                rows[of(i) * words + w] = side_by_side[w][i];
            }
        }
    }
#endif
    return done;
}

}  // namespace hallmark::inline v0::detail
