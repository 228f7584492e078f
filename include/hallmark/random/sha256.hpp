// SHA-256 (FIPS 180-4): the hash behind key commitments, user names and manifests.
//
// A well-kept library would do, but the commitment belongs to the key, the key belongs to the core, and the
// core needs the standard library alone. The tests compare it with NIST's vectors and with libsodium.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace hallmark::inline v0 {

using digest = std::array<std::uint8_t, 32>;

/// Feeds bytes in pieces; the digest does not depend on where the cuts are.
class sha256_stream {
public:
    void update(std::span<std::uint8_t const> bytes) noexcept {
        length_ += bytes.size();
        for (auto b : bytes) {
            block_[fill_++] = b;
            if (fill_ == 64) {
                compress();
                fill_ = 0;
            }
        }
    }
    void update(std::string_view text) noexcept { update({reinterpret_cast<std::uint8_t const*>(text.data()), text.size()}); }

    /// The digest of everything fed so far. The stream is used up.
    [[nodiscard]] auto finish() noexcept -> digest {
        auto const             bits = length_ * 8;
        constexpr std::uint8_t one  = 0x80;
        constexpr std::uint8_t zero = 0;
        update({&one, 1});
        while (fill_ != 56) {
            update({&zero, 1});
        }
        for (unsigned i = 0; i < 8; ++i) {
            auto const b = static_cast<std::uint8_t>(bits >> (56 - 8 * i));
            update({&b, 1});
        }
        digest out{};
        for (std::size_t i = 0; i < 32; ++i) {
            out[i] = static_cast<std::uint8_t>(state_[i / 4] >> (24 - 8 * (i % 4)));
        }
        return out;
    }

private:
    void compress() noexcept {
        std::uint32_t w[64];
        for (std::size_t i = 0; i < 16; ++i) {
            w[i] = std::uint32_t{block_[4 * i]} << 24 | std::uint32_t{block_[4 * i + 1]} << 16 | std::uint32_t{block_[4 * i + 2]} << 8 | block_[4 * i + 3];
        }
        for (std::size_t i = 16; i < 64; ++i) {
            auto const s0 = std::rotr(w[i - 15], 7) ^ std::rotr(w[i - 15], 18) ^ (w[i - 15] >> 3);
            auto const s1 = std::rotr(w[i - 2], 17) ^ std::rotr(w[i - 2], 19) ^ (w[i - 2] >> 10);
            w[i]          = w[i - 16] + s0 + w[i - 7] + s1;
        }
        auto s = state_;
        for (std::size_t i = 0; i < 64; ++i) {
            auto const s1 = std::rotr(s[4], 6) ^ std::rotr(s[4], 11) ^ std::rotr(s[4], 25);
            auto const t1 = s[7] + s1 + ((s[4] & s[5]) ^ (~s[4] & s[6])) + round_constant[i] + w[i];
            auto const s0 = std::rotr(s[0], 2) ^ std::rotr(s[0], 13) ^ std::rotr(s[0], 22);
            auto const t2 = s0 + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
            s             = {t1 + t2, s[0], s[1], s[2], s[3] + t1, s[4], s[5], s[6]};
        }
        for (std::size_t i = 0; i < 8; ++i) {
            state_[i] += s[i];
        }
    }

    static constexpr std::array<std::uint32_t, 64> round_constant = {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
        0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
        0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
        0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
        0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
        0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

    std::array<std::uint32_t, 8> state_  = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::array<std::uint8_t, 64> block_  = {};
    std::size_t                  fill_   = 0;
    std::uint64_t                length_ = 0;
};

[[nodiscard]] inline auto sha256(std::span<std::uint8_t const> bytes) noexcept -> digest {
    sha256_stream s;
    s.update(bytes);
    return s.finish();
}
[[nodiscard]] inline auto sha256(std::string_view text) noexcept -> digest {
    sha256_stream s;
    s.update(text);
    return s.finish();
}

/// Lowercase hexadecimal, two digits a byte, in the order of the bytes.
[[nodiscard]] inline auto to_hex(std::span<std::uint8_t const> bytes) -> std::string {
    constexpr char digits[] = "0123456789abcdef";
    std::string    out;
    out.reserve(2 * bytes.size());
    for (auto b : bytes) {
        out += digits[b >> 4];
        out += digits[b & 15];
    }
    return out;
}

}  // namespace hallmark::inline v0
