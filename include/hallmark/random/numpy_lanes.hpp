// numpy's legacy RandomState for many seeds at once, each in a lane, for their first few draws.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/core/unrolled.hpp>
#include <hallmark/random/numpy_stream.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace hallmark::inline v0::detail {

/// The draws of one lane. A state word is made when it is drawn; after the 227 that the first states suffice for, `numpy_stream` goes on.
class numpy_lane {
public:
    /// `states` holds the 624 words of this lane, `stride` apart; `seed` is what they were made of.
    numpy_lane(std::uint32_t const* states, std::size_t stride, std::array<std::uint32_t, 4> const& seed) noexcept
        : states_(states), stride_(stride), seed_(seed) {}

    [[nodiscard]] auto seed() const noexcept -> std::array<std::uint32_t, 4> const& { return seed_; }
    [[nodiscard]] auto bits() noexcept -> std::uint32_t {
        if (next_ < 624 - 397) {
            auto const word = [&](std::size_t i) { return states_[i * stride_]; };
            auto const i    = next_++;
            return tempered(twisted(word(i), word(i + 1), word(i + 397)));
        }
        if (!more_) {
            more_.emplace(seed_);
            for (std::size_t i = 0; i < next_; ++i) {
                (void)more_->bits();
            }
        }
        return more_->bits();
    }
    [[nodiscard]] auto randint(std::uint32_t low, std::uint32_t high) noexcept -> std::uint32_t { return numpy_randint(*this, low, high); }

private:
    std::uint32_t const*         states_;
    std::size_t                  stride_;
    std::array<std::uint32_t, 4> seed_;
    std::size_t                  next_ = 0;
    std::optional<numpy_stream>  more_{};
};

#if HALLMARK_VECTORS
/// States of `Vectors` vectors of generators, seeded with four words each: seeds[word][vector] to words [624][vector], in memory for vectors.
template <class Set, std::size_t Vectors>
HALLMARK_INLINE void seed_twisters(typename Set::u32 const (&seeds)[4][Vectors], std::uint32_t* states) noexcept {
    using u32            = typename Set::u32;
    constexpr auto lanes = Set::template count<std::uint32_t>;
    u32            last[Vectors];
    auto const     place = [&](std::size_t i, std::size_t v) HALLMARK_INLINE_LAMBDA { return states + (i * Vectors + v) * lanes; };
    for (auto& l : last) {
        Set::splat(l, twister_first.word[0]);
    }
    auto const first = [&](std::size_t i, std::size_t j, bool again) HALLMARK_INLINE_LAMBDA {
        unrolled<Vectors>([&](auto v) HALLMARK_INLINE_LAMBDA {
            u32 own;
            if (again) {
                simd::load(own, place(i, v));
            } else {
                Set::splat(own, twister_first.word[i]);
            }
            last[v] = (own ^ ((last[v] ^ (last[v] >> 30)) * 1664525u)) + seeds[j][v] + static_cast<std::uint32_t>(j);
            simd::store(last[v], place(i, v));
        });
    };
    auto const second = [&](std::size_t i) HALLMARK_INLINE_LAMBDA {
        unrolled<Vectors>([&](auto v) HALLMARK_INLINE_LAMBDA {
            u32 own;
            simd::load(own, place(i, v));
            last[v] = (own ^ ((last[v] ^ (last[v] >> 30)) * 1566083941u)) - static_cast<std::uint32_t>(i);
            simd::store(last[v], place(i, v));
        });
    };
    for (std::size_t i = 1; i < 624; ++i) {
        first(i, (i - 1) % 4, false);
    }
    first(1, 623 % 4, true);
    for (std::size_t i = 2; i < 624; ++i) {
        second(i);
    }
    second(1);
    for (std::size_t v = 0; v < Vectors; ++v) {
        Set::splat(last[v], 0x80000000u);
        simd::store(last[v], place(0, v));
    }
}
#endif

}  // namespace hallmark::inline v0::detail
