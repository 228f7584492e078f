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
/// merge sort (1968), less the comparators on which those places do not depend.
[[nodiscard]] inline auto selection_network(std::size_t n, std::size_t first, std::size_t last) -> comparators {
    comparators all;
    for (std::size_t p = 1; p < n; p *= 2) {
        for (std::size_t k = p; k >= 1; k /= 2) {
            for (std::size_t j = k % p; j + k < n; j += 2 * k) {
                for (std::size_t i = j; i < j + k && i + k < n; ++i) {
                    if (i / (2 * p) == (i + k) / (2 * p)) {
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
    bool        whole[most_in_network + 1] = {};  // sorts everything, for sets of several sizes together

    void prepare(std::size_t n, bool sort_all) {
        if (n > 1 && (by_size[n].empty() || (sort_all && !whole[n]))) {
            by_size[n] = sort_all ? selection_network(n, 0, n - 1) : selection_network(n, (n - 1) / 2, n / 2);
            whole[n]   = sort_all;
        }
    }
};

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
        f64 const less = b < a ? b : a;
        f64 const more = b < a ? a : b;
        std::memcpy(low, &less, sizeof less);
        std::memcpy(high, &more, sizeof more);
    }
}

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
            for (std::size_t l = 0; l < width; ++l) {
                auto const  set = held[l < count ? l : 0];
                auto const  n   = offsets[set + 1] - offsets[set];
                auto const* x   = scores.data() + offsets[set];
                for (std::size_t i = 0; i < n; ++i) {
                    columns[i * width + l] = x[i] + 0.0;  // −0 becomes 0, as in kept_scores
                }
                for (std::size_t i = n; i < most; ++i) {
                    columns[i * width + l] = std::numeric_limits<double>::infinity();
                }
                if (l < count) {
                    largest_magnitude<Set>(x, n, worst);
                }
            }
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

#if HALLMARK_VECTORS
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
[[nodiscard]] auto medians(std::span<double const> scores, std::span<std::size_t const> offsets, std::span<double> out, Long const& by_hand) -> bool {
    bool done = false;
#if HALLMARK_VECTORS
    networks nets;
    simd::run([&](auto set)
                  HALLMARK_INLINE_LAMBDA { done = medians_in_lanes<typename narrow_lanes<decltype(set)>::type>(scores, offsets, out, nets, by_hand); });
#endif
    return done;
}

}  // namespace hallmark::inline v0::detail
