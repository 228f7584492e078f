// A stream of draws with an address: (key, user, version, purpose, sample), and the index of the draw.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/random/chacha20.hpp>

#include <cstdint>

namespace hallmark::inline v0 {

/// Draws number 0, 1, 2, … of one address. Draw i is word i mod 16 of ChaCha20 block i / 16, so any draw can
/// be had without the ones before it (`seek`).
class stream {
public:
    HALLMARK_HD explicit constexpr stream(chacha_key const& key) noexcept : key_(key) {}

    /// The next 32 uniform bits.
    [[nodiscard]] HALLMARK_HD constexpr auto bits() noexcept -> std::uint32_t {
        auto const block = index_ / 16;
        if (block != held_) {
            block_ = chacha20(key_, {{static_cast<std::uint32_t>(block), static_cast<std::uint32_t>(block >> 32), 0, 0}});
            held_  = block;
        }
        return block_.word[index_++ % 16];
    }

    /// The draw that `bits` returns next.
    HALLMARK_HD constexpr void seek(std::uint64_t index) noexcept { index_ = index; }
    /// How many draws came before.
    [[nodiscard]] HALLMARK_HD constexpr auto tell() const noexcept -> std::uint64_t { return index_; }

private:
    chacha_key    key_;
    chacha_block  block_ = {};
    std::uint64_t held_  = ~std::uint64_t{0};
    std::uint64_t index_ = 0;
};

}  // namespace hallmark::inline v0
