// ChaCha20 for sixteen addresses at once, for tests that draw millions of arrangements (internal). Same words as random/chacha20.hpp, lane by lane.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/core/unrolled.hpp>
#include <hallmark/random/chacha20.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace hallmark::inline v0::detail {

inline constexpr std::size_t chacha_lanes = 16;

/// What sixteen blocks are made from: word w of lane l is word[w][l] (the order of the words is that of random/chacha20.hpp).
struct chacha_start {
    alignas(64) std::uint32_t word[16][chacha_lanes];

    /// Every lane has this key, and address 0.
    explicit chacha_start(chacha_key const& key) noexcept {
        constexpr std::uint32_t constants[4] = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};
        for (std::size_t w = 0; w < 16; ++w) {
            for (auto& lane : word[w]) {
                lane = w < 4 ? constants[w] : w < 12 ? key.word[w - 4] : 0;
            }
        }
    }
    /// A 64-bit number that every lane has one more of: word w holds its lower half, word w + 1 the upper one.
    void count(std::size_t w, std::uint64_t first) noexcept {
        for (std::size_t l = 0; l < chacha_lanes; ++l) {
            number(w, l, first + l);
        }
    }
    /// The same for one lane.
    void number(std::size_t w, std::size_t l, std::uint64_t value) noexcept {
        word[w][l]     = static_cast<std::uint32_t>(value);
        word[w + 1][l] = static_cast<std::uint32_t>(value >> 32);
    }
};

/// A vector of one lane, where there are no others.
struct one_chacha_lane {
    using u32 = std::uint32_t;
};

template <unsigned Bits, class U32>
HALLMARK_INLINE void xor_and_turn(U32& a, U32 const& b) noexcept {
    U32 const mixed = a ^ b;
    a               = (mixed << Bits) | (mixed >> (32 - Bits));
}
template <class U32>
HALLMARK_INLINE void quarter_round_in_lanes(U32& a, U32& b, U32& c, U32& d) noexcept {
    a += b, xor_and_turn<16>(d, a);
    c += d, xor_and_turn<12>(b, c);
    a += b, xor_and_turn<8>(d, a);
    c += d, xor_and_turn<7>(b, c);
}

#if HALLMARK_VECTORS  // nvcc's front end does not expand a pack in this function of the compilers
/// The lanes of a and b in turns: the first half of each to `first`, the second to `second`.
template <class U32, std::size_t... Index>
HALLMARK_INLINE void interleave(U32 const& a, U32 const& b, U32& first, U32& second, std::index_sequence<Index...>) noexcept {
    constexpr auto width = sizeof...(Index);
    first                = __builtin_shufflevector(a, b, (Index / 2 + Index % 2 * width)...);
    second               = __builtin_shufflevector(a, b, (width / 2 + Index / 2 + Index % 2 * width)...);
}
#endif
/// Lane i of vector j to lane j of vector i. A shuffle like that of two halves of a pack of cards, once for each bit of an index.
template <std::size_t Width, class U32>
HALLMARK_INLINE void transpose_words(U32* x) noexcept {
    if constexpr (Width > 1) {
        for (std::size_t step = 1; step < Width; step *= 2) {
            U32 y[Width];
            unrolled<Width / 2>([&](auto i)
                                    HALLMARK_INLINE_LAMBDA { interleave(x[i], x[i + Width / 2], y[2 * i], y[2 * i + 1], std::make_index_sequence<Width>{}); });
            unrolled<Width>([&](auto i) HALLMARK_INLINE_LAMBDA { x[i] = y[i]; });
        }
    }
}

/// The blocks of the lanes from number l on, as many as a vector of `Set` holds: word w of each to x[w].
template <class Set>
HALLMARK_INLINE void chacha20_by_vectors(chacha_start const& start, std::size_t l, typename Set::u32* x) noexcept {
    unrolled<16>([&](auto w) HALLMARK_INLINE_LAMBDA { simd::load(x[w], start.word[w] + l); });
    for (int i = 0; i < 10; ++i) {
        unrolled<4>([&](auto c) HALLMARK_INLINE_LAMBDA { quarter_round_in_lanes(x[c], x[4 + c], x[8 + c], x[12 + c]); });
        unrolled<4>([&](auto c) HALLMARK_INLINE_LAMBDA { quarter_round_in_lanes(x[c], x[4 + (c + 1) % 4], x[8 + (c + 2) % 4], x[12 + (c + 3) % 4]); });
    }
    unrolled<16>([&](auto w) HALLMARK_INLINE_LAMBDA {
        typename Set::u32 begin;
        simd::load(begin, start.word[w] + l);
        x[w] += begin;
    });
}

/// The sixteen words of lane l to out + 16 l.
inline void chacha20_in_lanes(chacha_start const& start, std::uint32_t* out) noexcept {
    auto const make = [&](auto set) HALLMARK_INLINE_LAMBDA {
        using u32            = typename decltype(set)::u32;
        constexpr auto width = sizeof(u32) / sizeof(std::uint32_t);
        for (std::size_t l = 0; l < chacha_lanes; l += width) {
            u32 x[16];
            chacha20_by_vectors<decltype(set)>(start, l, x);
            unrolled<16 / width>([&](auto square) HALLMARK_INLINE_LAMBDA {
                transpose_words<width>(x + square * width);
                unrolled<width>([&](auto i) HALLMARK_INLINE_LAMBDA { simd::store(x[square * width + i], out + (l + i) * 16 + square * width); });
            });
        }
    };
    if (!simd::run(make)) {
        make(one_chacha_lane{});
    }
}

/// The words of one stream from its beginning, 256 at a time: `stream` with another speed.
class stream_pages {
public:
    static constexpr std::size_t page = 16 * chacha_lanes;

    explicit stream_pages(chacha_key const& key) noexcept : start_(key) {}

    void next(std::uint32_t* out) noexcept {
        start_.count(12, block_);
        chacha20_in_lanes(start_, out);
        block_ += chacha_lanes;
    }

private:
    chacha_start  start_;
    std::uint64_t block_ = 0;
};

/// Sixteen streams side by side: `lane(l)` reads one of them from its beginning. A block is made for all of them when one needs it.
class stream_lanes {
public:
    explicit stream_lanes(chacha_key const& key) noexcept : start_(key) {}

    /// Lane l has first + l in words w (lower half) and w + 1 of its key, and is at its beginning.
    void open(std::size_t w, std::uint64_t first) noexcept {
        start_.count(4 + w, first);
        made_ = 0;
    }

    class reader {
    public:
        reader(stream_lanes& all, std::size_t lane) noexcept : all_(&all), lane_(lane) {}
        [[nodiscard]] auto bits() noexcept -> std::uint32_t {
            if (at_ == end_) {
                at_  = all_->block(block_++) + lane_ * 16;
                end_ = at_ + 16;
            }
            return *at_++;
        }

    private:
        std::uint32_t const *at_ = nullptr, *end_ = nullptr;
        stream_lanes*        all_;
        std::size_t          lane_, block_ = 0;
    };
    [[nodiscard]] auto lane(std::size_t l) noexcept -> reader { return {*this, l}; }

private:
    // No part of the loops that draw: they need their registers.
    [[gnu::noinline]] auto block(std::size_t number) -> std::uint32_t const* {
        if (number == made_) {
            if (pages_.size() == made_) {
                pages_.emplace_back(stream_pages::page);
            }
            for (auto& lane : start_.word[12]) {
                lane = static_cast<std::uint32_t>(made_);
            }
            chacha20_in_lanes(start_, pages_[made_].data());
            ++made_;
        }
        return pages_[number].data();
    }

    chacha_start                            start_;
    std::vector<std::vector<std::uint32_t>> pages_;  // block b of all lanes; they stay where they are while readers look at them
    std::size_t                             made_ = 0;
};

}  // namespace hallmark::inline v0::detail
