// Part of the median: the medians of many short sets at once, one set in each lane of a sorting network.
#pragma once

#include <hallmark/aggregate/exact_groups.hpp>
#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

namespace hallmark::inline v0::detail {

/// Pairs of places (i, j), i < j, to put in order one after the other.
using comparators = std::vector<std::pair<std::uint8_t, std::uint8_t>>;

/// The comparators that bring the scores of rank `first` to `last` of n ≤ 255 to their places: Batcher's odd-even
/// merge sort (1968), less the comparators on which those places do not depend, and those within blocks of eight,
/// which take_in has sorted.
[[nodiscard]] inline auto selection_network(std::size_t n, std::size_t first, std::size_t last) -> comparators {
    auto const  sorted = n / 8 * 8;
    comparators all;
    for (std::size_t p = 1; p < n; p *= 2) {
        for (std::size_t k = p; k >= 1; k /= 2) {
            for (std::size_t j = k % p; j + k < n; j += 2 * k) {
                for (std::size_t i = j; i < j + k && i + k < n; ++i) {
                    if (i / (2 * p) == (i + k) / (2 * p) && (p >= 8 || i >= sorted)) {
                        all.emplace_back(static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(i + k));
                    }
                }
            }
        }
    }
    std::vector<bool> needed(n);
    for (auto r = first; r <= last; ++r) {
        needed[r] = true;
    }
    comparators used;
    for (auto c = all.rbegin(); c != all.rend(); ++c) {
        if (needed[c->first] || needed[c->second]) {
            needed[c->first] = needed[c->second] = true;
            used.push_back(*c);
        }
    }
    return comparators(used.rbegin(), used.rend());
}

inline constexpr std::size_t most_in_network = 64;

/// One network for each size of set that came up, and which places it fills.
struct networks {
    comparators by_size[most_in_network + 1];
    bool        ready[most_in_network + 1] = {};
    bool        whole[most_in_network + 1] = {};  // sorts everything, for sets of several sizes together

    void prepare(std::size_t n, bool sort_all) {
        if (!ready[n] || (sort_all && !whole[n])) {
            by_size[n] = sort_all ? selection_network(n, 0, n - 1) : selection_network(n, (n - 1) / 2, n / 2);
            whole[n]   = sort_all;
            ready[n]   = true;
        }
    }
};

/// Batcher's network for eight.
inline constexpr std::uint8_t eight[19][2] = {{0, 1}, {2, 3}, {4, 5}, {6, 7}, {0, 2}, {1, 3}, {4, 6}, {5, 7}, {1, 2}, {5, 6},
                                              {0, 4}, {1, 5}, {2, 6}, {3, 7}, {2, 4}, {3, 5}, {1, 2}, {3, 4}, {5, 6}};

template <class F64>
HALLMARK_INLINE void in_order(F64& low, F64& high) noexcept {
    F64 const less = high < low ? high : low;
    F64 const more = high > low ? high : low;  // asked anew, for this is an instruction of its own; equal scores have equal bits
    low = less, high = more;
}
template <class F64, std::size_t... Index>
HALLMARK_INLINE void sort_eight(F64* v, std::index_sequence<Index...>) noexcept {
    (in_order(v[eight[Index][0]], v[eight[Index][1]]), ...);
}

#if HALLMARK_VECTORS
/// A square of scores, from rows to columns, in registers: vectors that were stored number by number load slowly.
template <class Set>
HALLMARK_INLINE void transpose(double const* const* rows, std::size_t at, double* columns) noexcept {
    using f64            = typename Set::f64;
    constexpr auto width = sizeof(f64) / sizeof(double);
    static_assert(width == 2 || width == 4);
    f64 r[width], c[width];
    for (std::size_t l = 0; l < width; ++l) {
        std::memcpy(&r[l], rows[l] + at, sizeof r[l]);
    }
    if constexpr (width == 2) {
        c[0] = __builtin_shufflevector(r[0], r[1], 0, 2);
        c[1] = __builtin_shufflevector(r[0], r[1], 1, 3);
    } else {
        f64 const even = __builtin_shufflevector(r[0], r[1], 0, 4, 2, 6), odd = __builtin_shufflevector(r[0], r[1], 1, 5, 3, 7);
        f64 const even2 = __builtin_shufflevector(r[2], r[3], 0, 4, 2, 6), odd2 = __builtin_shufflevector(r[2], r[3], 1, 5, 3, 7);
        c[0] = __builtin_shufflevector(even, even2, 0, 1, 4, 5);
        c[1] = __builtin_shufflevector(odd, odd2, 0, 1, 4, 5);
        c[2] = __builtin_shufflevector(even, even2, 2, 3, 6, 7);
        c[3] = __builtin_shufflevector(odd, odd2, 2, 3, 6, 7);
    }
    for (std::size_t i = 0; i < width; ++i) {
        std::memcpy(columns + i * width, &c[i], sizeof c[i]);
    }
}
#endif

/// Scores as they came, in columns: −0 becomes 0, as in kept_scores; blocks of eight are sorted, in registers; `worst`
/// is the largest bit pattern of a magnitude.
template <class Set>
HALLMARK_INLINE void take_in(double* columns, std::size_t count, std::uint64_t& worst) noexcept {
    using f64            = typename Set::f64;
    using i64            = typename Set::i64;
    constexpr auto width = sizeof(f64) / sizeof(double);
    i64            most  = {};
    auto const     read  = [&](f64& v, std::size_t i) HALLMARK_INLINE_LAMBDA {
        i64 word;
        std::memcpy(&v, columns + i * width, sizeof v);
        std::memcpy(&word, &v, sizeof word);
        word = word & 0x7fffffffffffffff;
        most = word > most ? word : most;
        v    = v + 0.0;
    };
    auto const  write = [&](f64 const& v, std::size_t i) HALLMARK_INLINE_LAMBDA { std::memcpy(columns + i * width, &v, sizeof v); };
    std::size_t i     = 0;
    for (; i + 8 <= count; i += 8) {
        f64 v[8];
        read(v[0], i), read(v[1], i + 1), read(v[2], i + 2), read(v[3], i + 3);
        read(v[4], i + 4), read(v[5], i + 5), read(v[6], i + 6), read(v[7], i + 7);
        sort_eight(v, std::make_index_sequence<19>{});
        write(v[0], i), write(v[1], i + 1), write(v[2], i + 2), write(v[3], i + 3);
        write(v[4], i + 4), write(v[5], i + 5), write(v[6], i + 6), write(v[7], i + 7);
    }
    for (; i < count; ++i) {
        f64 v;
        read(v, i);
        write(v, i);
    }
    std::int64_t words[width];
    std::memcpy(words, &most, sizeof words);
    for (auto const w : words) {
        worst = static_cast<std::uint64_t>(w) > worst ? static_cast<std::uint64_t>(w) : worst;
    }
}

template <class Set>
HALLMARK_INLINE void put_in_order(double* columns, comparators const& network) noexcept {
    using f64            = typename Set::f64;
    constexpr auto width = sizeof(f64) / sizeof(double);
    for (auto const& c : network) {
        f64         a, b;
        auto* const low  = columns + c.first * width;
        auto* const high = columns + c.second * width;
        std::memcpy(&a, low, sizeof a);
        std::memcpy(&b, high, sizeof b);
        in_order(a, b);
        std::memcpy(low, &a, sizeof a);
        std::memcpy(high, &b, sizeof b);
    }
}

#if HALLMARK_VECTORS
/// The median of each set to out; `by_hand(scores)` does those that are too long. False where a score is not finite.
template <class Set, class Long>
HALLMARK_INLINE auto medians_in_lanes(std::span<double const> scores, std::span<std::size_t const> offsets, std::span<double> out, networks& nets,
                                      Long const& by_hand) -> bool {
    constexpr auto     width = sizeof(typename Set::f64) / sizeof(double);
    alignas(64) double columns[most_in_network * width];
    auto const         sets = out.size();
    std::size_t        held[width], count = 0;  // the sets in the lanes
    for (std::size_t g = 0; g <= sets; ++g) {
        auto const size = g < sets ? offsets[g + 1] - offsets[g] : 0;
        if (g < sets && size <= most_in_network) {
            held[count++] = g;
        } else if (g < sets) {
            std::uint64_t worst = 0;
            largest_magnitude<Set>(scores.data() + offsets[g], size, worst);
            if (worst >= 0x7ff0000000000000u) {
                return false;
            }
            out[g] = by_hand(scores.subspan(offsets[g], size));
        }
        if (count == width || (g == sets && count > 0)) {
            std::size_t   least = most_in_network, most = 0;
            std::uint64_t worst = 0;
            for (std::size_t l = 0; l < count; ++l) {
                auto const n = offsets[held[l] + 1] - offsets[held[l]];
                least        = n < least ? n : least;
                most         = n > most ? n : most;
            }
            double const* rows[width];
            for (std::size_t l = 0; l < width; ++l) {
                rows[l] = scores.data() + offsets[held[l < count ? l : 0]];
            }
            std::size_t const whole = least / width * width;  // places that all sets have, in squares
            for (std::size_t i = 0; i < whole; i += width) {
                transpose<Set>(rows, i, columns + i * width);
            }
            for (std::size_t l = 0; l < width; ++l) {
                auto const set = held[l < count ? l : 0];
                auto const n   = offsets[set + 1] - offsets[set];
                for (std::size_t i = whole; i < most; ++i) {
                    columns[i * width + l] = i < n ? rows[l][i] : std::numeric_limits<double>::max();  // behind all scores
                }
            }
            take_in<Set>(columns, most, worst);
            if (worst >= 0x7ff0000000000000u) {
                return false;
            }
            nets.prepare(most, least != most);
            put_in_order<Set>(columns, nets.by_size[most]);
            for (std::size_t l = 0; l < count; ++l) {
                auto const n = offsets[held[l] + 1] - offsets[held[l]];
                auto const a = columns[(n - 1) / 2 * width + l], b = columns[n / 2 * width + l];
                out[held[l]] = n % 2 == 1 ? a : std::midpoint(a, b);
            }
            count = 0;
        }
    }
    return true;
}

/// Vectors of 64 bytes take two cycles a store where the machine works in halves, and the network stores twice a
/// comparator: half the width was 1.7 times as fast on Zen 4.
template <class Set>
struct narrow_lanes {
    using type = Set;
};
template <class Set>
    requires(Set::bytes > 32)
struct narrow_lanes<Set> {
    using type = simd::vectors<32>;
};
#endif

template <class Long>
[[nodiscard]] auto medians([[maybe_unused]] std::span<double const> scores, [[maybe_unused]] std::span<std::size_t const> offsets,
                           [[maybe_unused]] std::span<double> out, [[maybe_unused]] Long const& by_hand) -> bool {
    bool done = false;
#if HALLMARK_VECTORS
    networks nets;
    simd::run([&](auto set)
                  HALLMARK_INLINE_LAMBDA { done = medians_in_lanes<typename narrow_lanes<decltype(set)>::type>(scores, offsets, out, nets, by_hand); });
#endif
    return done;
}

}  // namespace hallmark::inline v0::detail
