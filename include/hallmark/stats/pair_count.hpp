// How many of all pairs (a value of a, a value of b) have a on top: the count behind Mann–Whitney and AUC.
#pragma once

#include <hallmark/stats/radix_sort.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace hallmark::inline v0::detail {

struct pair_counts {
    std::uint64_t doubled_wins;  // 2·#{a > b} + #{a = b}: an integer, so the count is exact
    double        tie_cubes;     // sum of t^3 - t over the groups of t equal values in both samples together
    std::size_t   distinct;      // how many groups there are
};

/// #{a > b}, or #{a >= b}, of two sorted lists. Which of two sorted lists has the smaller head is a coin flip, so there is no branch on it.
template <bool OrEqual>
[[nodiscard]] auto count_wins(std::span<std::uint64_t const> a, std::span<std::uint64_t const> b) noexcept -> std::uint64_t {
    std::uint64_t wins = 0;
    std::size_t   i = 0, j = 0;
    while (i < a.size() && j < b.size()) {
        auto const beaten = static_cast<std::size_t>(OrEqual ? b[j] <= a[i] : b[j] < a[i]);
        wins += j & (beaten - 1);  // a[i] beats all before b[j], once b[j] is not among them
        i += 1 - beaten;
        j += beaten;
    }
    return wins + static_cast<std::uint64_t>(a.size() - i) * b.size();
}

[[nodiscard]] inline auto has_equal_neighbours(std::span<std::uint64_t const> sorted) noexcept -> bool {
    std::size_t equal = 0;
    for (std::size_t i = 1; i < sorted.size(); ++i) {
        equal += sorted[i] == sorted[i - 1] ? 1u : 0u;
    }
    return equal > 0;
}

/// Adds tie_cubes and distinct, group by group.
inline void count_groups(std::span<std::uint64_t const> a, std::span<std::uint64_t const> b, pair_counts& out) noexcept {
    std::size_t i = 0, j = 0;
    while (i < a.size() || j < b.size()) {
        auto const value = j == b.size() || (i < a.size() && a[i] <= b[j]) ? a[i] : b[j];
        auto const from  = i + j;
        while (i < a.size() && a[i] == value) {
            ++i;
        }
        while (j < b.size() && b[j] == value) {
            ++j;
        }
        auto const t = static_cast<double>(i + j - from);
        out.tie_cubes += t * t * t - t;
        out.distinct += 1;
    }
}

/// O(n) for most data, O(n log n) for the rest. Finite values; sizes whose product is below 2^62.
[[nodiscard]] inline auto count_pairs(std::span<double const> a, std::span<double const> b) -> pair_counts {
    auto const sorted = sorted_keys(a, b);
    auto const wins = count_wins<false>(sorted.first, sorted.second), no_losses = count_wins<true>(sorted.first, sorted.second);
    auto       out = pair_counts{wins + no_losses, 0.0, 0};
    if (wins == no_losses && !has_equal_neighbours(sorted.first) && !has_equal_neighbours(sorted.second)) {
        out.distinct = a.size() + b.size();
    } else {
        count_groups(sorted.first, sorted.second, out);
    }
    return out;
}

}  // namespace hallmark::inline v0::detail
