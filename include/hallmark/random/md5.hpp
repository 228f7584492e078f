// MD5 (RFC 1321), for one purpose: to reproduce the seeds of the published program. It protects nothing.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace hallmark::inline v0 {

using md5_digest = std::array<std::uint8_t, 16>;

namespace detail {
/// floor(2^32 |sin(i + 1)|), from RFC 1321.
inline constexpr std::uint32_t md5_sine[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501, 0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122,
    0xfd987193, 0xa679438e, 0x49b40821, 0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8, 0x21e1cde6, 0xc33707d6,
    0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a, 0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60,
    0xbebfbc70, 0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665, 0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039,
    0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1, 0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391};
inline constexpr int md5_turn[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};

inline void md5_block(std::uint32_t (&state)[4], std::uint8_t const* bytes) noexcept {
    std::uint32_t m[16];
    for (int i = 0; i < 16; ++i) {
        auto const* b = bytes + 4 * i;
        m[i]          = std::uint32_t{b[0]} | std::uint32_t{b[1]} << 8 | std::uint32_t{b[2]} << 16 | std::uint32_t{b[3]} << 24;
    }
    auto a = state[0], b = state[1], c = state[2], d = state[3];
    for (int i = 0; i < 64; ++i) {
        std::uint32_t mixed = 0;
        int           word  = 0;
        switch (i / 16) {
            case 0:
                mixed = (b & c) | (~b & d), word = i;
                break;
            case 1:
                mixed = (d & b) | (~d & c), word = (5 * i + 1) % 16;
                break;
            case 2:
                mixed = b ^ c ^ d, word = (3 * i + 5) % 16;
                break;
            default:
                mixed = c ^ (b | ~d), word = 7 * i % 16;
                break;
        }
        auto const next = b + std::rotl(a + mixed + md5_sine[i] + m[word], md5_turn[i / 16][i % 4]);
        a = d, d = c, c = b, b = next;
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d;
}
}  // namespace detail

[[nodiscard]] inline auto md5(std::span<std::uint8_t const> bytes) noexcept -> md5_digest {
    std::uint32_t state[4] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
    std::size_t   at       = 0;
    for (; bytes.size() - at >= 64; at += 64) {
        detail::md5_block(state, bytes.data() + at);
    }
    // The rest, a one bit, zeros, and the length in bits: one block or two.
    std::uint8_t tail[128] = {};
    auto const   rest      = bytes.size() - at;
    for (std::size_t i = 0; i < rest; ++i) {
        tail[i] = bytes[at + i];
    }
    tail[rest]      = 0x80;
    auto const size = rest < 56 ? std::size_t{64} : std::size_t{128};
    auto const bits = std::uint64_t{bytes.size()} * 8;
    for (std::size_t i = 0; i < 8; ++i) {
        tail[size - 8 + i] = static_cast<std::uint8_t>(bits >> (8 * i));
    }
    for (std::size_t i = 0; i < size; i += 64) {
        detail::md5_block(state, tail + i);
    }
    md5_digest out{};
    for (std::size_t i = 0; i < 16; ++i) {
        out[i] = static_cast<std::uint8_t>(state[i / 4] >> (8 * (i % 4)));
    }
    return out;
}

}  // namespace hallmark::inline v0
