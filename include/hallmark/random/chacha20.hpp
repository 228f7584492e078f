// The ChaCha20 block function (Bernstein 2008; RFC 8439), the one source of randomness in hallmark.
#pragma once

#include <hallmark/config.hpp>

#include <cstdint>

namespace hallmark::inline v0 {

/// 256 bits, as eight little-endian words.
struct chacha_key {
    std::uint32_t word[8];
};
/// 128 bits of address: RFC 8439's block counter (word 0) and nonce (words 1 to 3).
struct chacha_input {
    std::uint32_t word[4];
};
/// 512 bits that look uniform and independent to anyone who does not have the key.
struct chacha_block {
    std::uint32_t word[16];
};

namespace detail {
HALLMARK_HD constexpr auto rotate_left(std::uint32_t v, unsigned bits) noexcept -> std::uint32_t { return (v << bits) | (v >> (32u - bits)); }

HALLMARK_HD constexpr void quarter_round(std::uint32_t& a, std::uint32_t& b, std::uint32_t& c, std::uint32_t& d) noexcept {
    a += b, d = rotate_left(d ^ a, 16);
    c += d, b = rotate_left(b ^ c, 12);
    a += b, d = rotate_left(d ^ a, 8);
    c += d, b = rotate_left(b ^ c, 7);
}
}  // namespace detail

/// A pure function of key and address: this is what makes every draw in hallmark independent of the order,
/// the thread and the machine it is made on.
[[nodiscard]] HALLMARK_HD constexpr auto chacha20(chacha_key const& key, chacha_input const& in) noexcept -> chacha_block {
    chacha_block const start = {{0x61707865, 0x3320646e, 0x79622d32, 0x6b206574,                                                          //
                                 key.word[0], key.word[1], key.word[2], key.word[3], key.word[4], key.word[5], key.word[6], key.word[7],  //
                                 in.word[0], in.word[1], in.word[2], in.word[3]}};
    auto               x     = start;
    for (int i = 0; i < 10; ++i) {
        detail::quarter_round(x.word[0], x.word[4], x.word[8], x.word[12]);
        detail::quarter_round(x.word[1], x.word[5], x.word[9], x.word[13]);
        detail::quarter_round(x.word[2], x.word[6], x.word[10], x.word[14]);
        detail::quarter_round(x.word[3], x.word[7], x.word[11], x.word[15]);
        detail::quarter_round(x.word[0], x.word[5], x.word[10], x.word[15]);
        detail::quarter_round(x.word[1], x.word[6], x.word[11], x.word[12]);
        detail::quarter_round(x.word[2], x.word[7], x.word[8], x.word[13]);
        detail::quarter_round(x.word[3], x.word[4], x.word[9], x.word[14]);
    }
    for (int i = 0; i < 16; ++i) {
        x.word[i] += start.word[i];
    }
    return x;
}

}  // namespace hallmark::inline v0
