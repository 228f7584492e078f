// numpy's legacy RandomState (MT19937), for one purpose: to reproduce the draws of the published program.
#pragma once

#include <hallmark/random/md5.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

namespace hallmark::inline v0 {

/// The 32-bit words of `numpy.random.RandomState(array)` (Matsumoto & Nishimura 1998, init_by_array). Marks made
/// from a secret use `stream` instead: this generator's state can be read off its output.
class numpy_stream {
public:
    explicit numpy_stream(std::span<std::uint32_t const> seed) noexcept {
        state_[0] = 19650218u;
        for (std::uint32_t i = 1; i < size; ++i) {
            state_[i] = 1812433253u * mixed(i - 1) + i;
        }
        std::uint32_t i = 1;
        std::size_t   j = 0;
        for (auto k = seed.size() > size ? seed.size() : std::size_t{size}; k != 0; --k) {
            state_[i] = (state_[i] ^ mixed(i - 1) * 1664525u) + seed[j] + static_cast<std::uint32_t>(j);
            step(i);
            j = j + 1 == seed.size() ? 0 : j + 1;
        }
        for (auto k = size - 1; k != 0; --k) {
            state_[i] = (state_[i] ^ mixed(i - 1) * 1566083941u) - i;
            step(i);
        }
        state_[0] = 0x80000000u;
    }

    /// As the published program seeds: the MD5 of some bytes, as four little-endian words.
    [[nodiscard]] static auto from_bytes(std::span<std::uint8_t const> bytes) noexcept -> numpy_stream {
        auto const    hash = md5(bytes);
        std::uint32_t seed[4];
        for (std::size_t i = 0; i < 4; ++i) {
            seed[i] =
                std::uint32_t{hash[4 * i]} | std::uint32_t{hash[4 * i + 1]} << 8 | std::uint32_t{hash[4 * i + 2]} << 16 | std::uint32_t{hash[4 * i + 3]} << 24;
        }
        return numpy_stream(seed);
    }

    [[nodiscard]] auto bits() noexcept -> std::uint32_t {
        if (next_ == size) {
            refill();
        }
        auto y = state_[next_++];
        y ^= y >> 11;
        y ^= y << 7 & 0x9d2c5680u;
        y ^= y << 15 & 0xefc60000u;
        return y ^ y >> 18;
    }

    /// `randint(low, high)`: in [low, high), `low` < `high`. The lowest bits that can hold the range, drawn
    /// again while they exceed it.
    [[nodiscard]] auto randint(std::uint32_t low, std::uint32_t high) noexcept -> std::uint32_t {
        auto const most = high - low - 1;
        if (most == 0) {
            return low;  // without a draw
        }
        auto mask = most;
        for (auto shift : {1, 2, 4, 8, 16}) {
            mask |= mask >> shift;
        }
        auto v = bits() & mask;
        while (v > most) {
            v = bits() & mask;
        }
        return low + v;
    }

    /// `random_sample()`: 53 bits in [0, 1).
    [[nodiscard]] auto random_sample() noexcept -> double {
        auto const a = std::uint64_t{bits() >> 5};
        auto const b = bits() >> 6;
        return static_cast<double>(a << 26 | b) * 0x1p-53;
    }

private:
    static constexpr std::uint32_t size = 624;

    [[nodiscard]] auto mixed(std::uint32_t i) const noexcept -> std::uint32_t { return state_[i] ^ state_[i] >> 30; }
    void               step(std::uint32_t& i) noexcept {
                      if (++i == size) {
                          state_[0] = state_[size - 1];
                          i         = 1;
        }
    }
    void refill() noexcept {
        for (std::uint32_t i = 0; i < size; ++i) {
            auto const y = (state_[i] & 0x80000000u) | (state_[(i + 1) % size] & 0x7fffffffu);
            state_[i]    = state_[(i + 397) % size] ^ y >> 1 ^ (y & 1u ? 0x9908b0dfu : 0u);
        }
        next_ = 0;
    }

    std::uint32_t state_[size] = {};
    std::uint32_t next_        = size;
};

}  // namespace hallmark::inline v0
