// numpy's legacy RandomState (MT19937), for one purpose: to reproduce the draws of the published program.
#pragma once

#include <hallmark/random/md5.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace hallmark::inline v0 {

namespace detail {
/// The state that `init_by_array` starts from, whatever the seed (Matsumoto & Nishimura 1998: init_genrand(19650218)).
struct twister_start {
    std::uint32_t word[624];
    constexpr twister_start() : word() {
        word[0] = 19650218u;
        for (std::uint32_t i = 1; i < 624; ++i) {
            word[i] = 1812433253u * (word[i - 1] ^ word[i - 1] >> 30) + i;
        }
    }
};
inline constexpr twister_start twister_first;

/// The next state word, from the one it replaces, the one after that, and the one 397 places on.
[[nodiscard]] constexpr auto twisted(std::uint32_t own, std::uint32_t after, std::uint32_t far) noexcept -> std::uint32_t {
    auto const y = (own & 0x80000000u) | (after & 0x7fffffffu);
    return far ^ y >> 1 ^ (y & 1u ? 0x9908b0dfu : 0u);
}
/// What is given out for a state word.
[[nodiscard]] constexpr auto tempered(std::uint32_t y) noexcept -> std::uint32_t {
    y ^= y >> 11;
    y ^= y << 7 & 0x9d2c5680u;
    y ^= y << 15 & 0xefc60000u;
    return y ^ y >> 18;
}

/// The MD5 of some bytes, as four little-endian words.
[[nodiscard]] inline auto md5_words(std::span<std::uint8_t const> bytes) noexcept -> std::array<std::uint32_t, 4> {
    auto const                   hash = md5(bytes);
    std::array<std::uint32_t, 4> words{};
    for (std::size_t i = 0; i < 16; ++i) {
        words[i / 4] |= std::uint32_t{hash[i]} << (8 * (i % 4));
    }
    return words;
}

/// `randint(low, high)` of a generator with `bits()`: in [low, high), `low` < `high`. The lowest bits that can hold the range, drawn
/// again while they exceed it.
template <class Bits>
[[nodiscard]] auto numpy_randint(Bits& draws, std::uint32_t low, std::uint32_t high) noexcept(noexcept(draws.bits())) -> std::uint32_t {
    auto const most = high - low - 1;
    if (most == 0) {
        return low;  // without a draw
    }
    auto mask = most;
    for (auto shift : {1, 2, 4, 8, 16}) {
        mask |= mask >> shift;
    }
    auto v = draws.bits() & mask;
    while (v > most) {
        v = draws.bits() & mask;
    }
    return low + v;
}
}  // namespace detail

/// The 32-bit words of `numpy.random.RandomState(array)` (Matsumoto & Nishimura 1998, init_by_array). Marks made
/// from a secret use `stream` instead: this generator's state can be read off its output.
class numpy_stream {
public:
    explicit numpy_stream(std::span<std::uint32_t const> seed) noexcept {
        for (std::uint32_t i = 0; i < size; ++i) {
            state_[i] = detail::twister_first.word[i];
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
    [[nodiscard]] static auto from_bytes(std::span<std::uint8_t const> bytes) noexcept -> numpy_stream { return numpy_stream(detail::md5_words(bytes)); }

    [[nodiscard]] auto bits() noexcept -> std::uint32_t {
        if (next_ == size) {
            refill();
        }
        return detail::tempered(state_[next_++]);
    }

    /// `randint(low, high)`: in [low, high), `low` < `high`. The lowest bits that can hold the range, drawn
    /// again while they exceed it.
    [[nodiscard]] auto randint(std::uint32_t low, std::uint32_t high) noexcept -> std::uint32_t { return detail::numpy_randint(*this, low, high); }

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
            state_[i] = detail::twisted(state_[i], state_[(i + 1) % size], state_[(i + 397) % size]);
        }
        next_ = 0;
    }

    std::uint32_t state_[size] = {};
    std::uint32_t next_        = size;
};

}  // namespace hallmark::inline v0
