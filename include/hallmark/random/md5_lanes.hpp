// MD5 of many messages at once, a message in each lane.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/core/unrolled.hpp>
#include <hallmark/random/md5.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

#if HALLMARK_VECTORS
namespace hallmark::inline v0::detail {

/// MD5 states of two vectors of messages: a step waits for the one before it, and two take turns.
template <class Set>
struct md5_lanes {
    using u32                            = typename Set::u32;
    static constexpr std::size_t lanes   = Set::template count<std::uint32_t>;
    static constexpr std::size_t vectors = 2;
    static constexpr std::size_t streams = vectors * lanes;

    u32 state[4][vectors];

    HALLMARK_INLINE md5_lanes() noexcept : state() {
        constexpr std::uint32_t start[4] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
        for (std::size_t i = 0; i < 4; ++i) {
            for (auto& s : state[i]) {
                Set::splat(s, start[i]);
            }
        }
    }

    /// One block of each message: sixteen words, those of all messages side by side.
    HALLMARK_INLINE void block(u32 const (&words)[16][vectors]) noexcept {
        u32 a[vectors], b[vectors], c[vectors], d[vectors];
        unrolled<vectors>([&](auto v) HALLMARK_INLINE_LAMBDA { a[v] = state[0][v], b[v] = state[1][v], c[v] = state[2][v], d[v] = state[3][v]; });
        steps(std::make_index_sequence<16>{}, a, b, c, d, words);
        unrolled<vectors>([&](auto v) HALLMARK_INLINE_LAMBDA { state[0][v] += a[v], state[1][v] += b[v], state[2][v] += c[v], state[3][v] += d[v]; });
    }

private:
    // Four steps at a time, so that the parts of the state change their names and not their places.
    template <std::size_t... Four>
    HALLMARK_INLINE static void steps(std::index_sequence<Four...>, u32 (&a)[vectors], u32 (&b)[vectors], u32 (&c)[vectors], u32 (&d)[vectors],
                                      u32 const (&words)[16][vectors]) noexcept {
        ((step<4 * Four>(a, b, c, d, words), step<4 * Four + 1>(d, a, b, c, words), step<4 * Four + 2>(c, d, a, b, words),
          step<4 * Four + 3>(b, c, d, a, words)),
         ...);
    }
    template <std::size_t Int>
    HALLMARK_INLINE static void step(u32 (&a)[vectors], u32 const (&b)[vectors], u32 const (&c)[vectors], u32 const (&d)[vectors],
                                     u32 const (&words)[16][vectors]) noexcept {
        constexpr auto round = Int / 16;
        constexpr auto word  = round == 0 ? Int : round == 1 ? (5 * Int + 1) % 16 : round == 2 ? (3 * Int + 5) % 16 : 7 * Int % 16;
        constexpr auto turn  = md5_turn[round][Int % 4];
        unrolled<vectors>([&](auto v) HALLMARK_INLINE_LAMBDA {
            u32 mixed;
            if constexpr (round == 0) {
                mixed = d[v] ^ (b[v] & (c[v] ^ d[v]));
            } else if constexpr (round == 1) {
                mixed = c[v] ^ (d[v] & (b[v] ^ c[v]));
            } else if constexpr (round == 2) {
                mixed = b[v] ^ c[v] ^ d[v];
            } else {
                mixed = c[v] ^ (b[v] | ~d[v]);
            }
            u32 const sum = (a[v] + words[word][v] + md5_sine[Int]) + mixed;
            a[v]          = b[v] + ((sum << turn) | (sum >> (32 - turn)));
        });
    }
};

}  // namespace hallmark::inline v0::detail
#endif
