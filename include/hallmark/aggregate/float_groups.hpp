// Part of the mean: exact sums of many short sets of floats, in lanes.
#pragma once

#include <hallmark/aggregate/exact_groups.hpp>
#include <hallmark/config.hpp>
#include <hallmark/core/fold_lanes.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/core/unrolled.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

namespace hallmark::inline v0::detail {

#if HALLMARK_VECTORS
/// Whether sums of up to `count` of these floats are exact in double, in any order: no number is 2^(30 - s) times as large as another that is not 0, if
/// count < 2^s, for then all partial sums are multiples of the smallest one's last bit and below 2^53 of it. False where one is not finite.
template <class Set>
HALLMARK_INLINE void sums_are_exact(float const* x, std::size_t size, std::size_t count, bool& exact) noexcept {
    using u32            = typename Set::u32;
    constexpr auto width = sizeof(u32) / sizeof(float);
    u32            most = {}, least = u32{} - 1u;  // of magnitudes' bits, and of these less 1, so that 0 is the largest
    std::size_t    i    = 0;
    auto const     look = [&](float const* from) HALLMARK_INLINE_LAMBDA {
        u32 word;
        std::memcpy(&word, from, sizeof word);
        word  = word & 0x7fffffffu;
        most  = word > most ? word : most;
        word  = word - 1u;
        least = word < least ? word : least;
    };
    for (; i + width <= size; i += width) {
        look(x + i);
    }
    if (i < size) {
        float rest[width] = {};
        std::copy(x + i, x + size, rest);
        look(rest);
    }
    std::uint32_t large[width], small[width];
    std::memcpy(large, &most, sizeof large);
    std::memcpy(small, &least, sizeof small);
    auto const highest = *std::max_element(large, large + width), lowest = *std::min_element(small, small + width) + 1u;
    exact = highest < 0x7f800000u && count < (1u << 29) && (highest >> 23) - (lowest >> 23) + static_cast<std::uint32_t>(std::bit_width(count)) <= 29;
}

/// Σ of as many sets as a vector has lanes, where additions are exact. Lost: the last numbers copied one by one, three times as slow.
template <class Set>
HALLMARK_INLINE void sum_floats(float const* scores, std::size_t const* offsets, double* out) noexcept {
    using f64                            = typename Set::f64;
    constexpr auto                width  = sizeof(f64) / sizeof(double);
    static constexpr std::int64_t kept[] = {0, 0, 0, 0, 0, 0, 0, 0, -1, -1, -1, -1, -1, -1, -1, -1};  // from kept + 8 - width + n on: the last n lanes
    typename Set::i64             word, mask;
    f64                           sums[width];
    unrolled<width>([&](auto l) HALLMARK_INLINE_LAMBDA {
        auto const* x     = scores + offsets[l];
        auto const  count = offsets[l + 1] - offsets[l];
        f64         sum   = {}, v;
        std::size_t i     = 0;
        for (; i + width <= count; i += width) {
            __builtin_prefetch(reinterpret_cast<void const*>(reinterpret_cast<std::uintptr_t>(x + i) + at_once * sizeof(float)));
            Set::load_wide(v, x + i);
            sum = sum + v;
        }
        if (i < count) {
            float        few[width];
            float const* from = few;
            if (count >= width) {
                from = x + count - width;  // once more the numbers before, as zeros
            } else {
                std::copy(x, x + count, std::fill_n(few, width - count, 0.0f));
            }
            Set::load_wide(v, from);
            std::memcpy(&word, &v, sizeof word);
            std::memcpy(&mask, kept + 8 - width + (count - i), sizeof mask);
            word = word & mask;
            std::memcpy(&v, &word, sizeof v);
            sum = sum + v;
        }
        sums[l] = sum;
    });
    fold_lanes(sums, std::make_index_sequence<width>{}, [](f64& a, f64 const& b) HALLMARK_INLINE_LAMBDA { a = a + b; });
    std::memcpy(out, &sums[0], sizeof sums[0]);
}

/// exact_sums_in_lanes of the same numbers as doubles.
template <class Set>
HALLMARK_INLINE auto float_sums_in_lanes(std::span<float const> scores, std::span<std::size_t const> offsets, std::span<double> out) -> bool {
    constexpr auto           width = sizeof(typename Set::f64) / sizeof(double);
    auto const               sets  = offsets.size() - 1;
    std::vector<double>      wide;
    std::vector<std::size_t> from_zero;
    for (std::size_t g = 0, last = 0; g < sets; g = last) {
        std::size_t most = 0;
        for (; last < sets && (last - g < width || offsets[last + 1] - offsets[g] <= at_once); ++last) {
            most = std::max(most, offsets[last + 1] - offsets[last]);
        }
        last             = last - g >= width ? last - (last - g) % width : last;
        auto const some  = scores.subspan(offsets[g], offsets[last] - offsets[g]);
        bool       exact = false;
        if (last - g >= width) {
            sums_are_exact<Set>(some.data(), some.size(), most, exact);
        }
        for (auto s = g; exact && s < last; s += width) {
            sum_floats<Set>(scores.data(), offsets.data() + s, out.data() + s);
        }
        if (!exact) {
            wide.assign(some.begin(), some.end());
            from_zero.assign(offsets.begin() + static_cast<std::ptrdiff_t>(g), offsets.begin() + static_cast<std::ptrdiff_t>(last + 1));
            for (auto& o : from_zero) {
                o -= offsets[g];
            }
            if (!exact_sums_in_lanes<Set>(wide, from_zero, out.subspan(g, last - g))) {
                return false;
            }
        }
    }
    return true;
}
#endif

/// exact_means of the same numbers as doubles.
[[nodiscard]] inline auto exact_means([[maybe_unused]] std::span<float const> scores, [[maybe_unused]] std::span<std::size_t const> offsets,
                                      [[maybe_unused]] std::span<double> out) -> bool {
    bool finite = false;
#if HALLMARK_VECTORS
    simd::run([&](auto set) HALLMARK_INLINE_LAMBDA {
        finite = float_sums_in_lanes<decltype(set)>(scores, offsets, out);
        if (finite) {
            sums_to_means<decltype(set)>(offsets, out, finite);
        }
    });
#endif
    return finite;
}

}  // namespace hallmark::inline v0::detail
