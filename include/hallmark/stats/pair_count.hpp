// How many of all pairs (a value of a, a value of b) have a on top: the count behind Mann–Whitney and AUC.
#pragma once

#include <hallmark/stats/pooled_order.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

namespace hallmark::inline v0::detail {

struct pair_counts {
    std::uint64_t doubled_wins;  // 2·#{a > b} + #{a = b}: an integer, so the count is exact
    double        tie_cubes;     // sum of t^3 - t over the groups of t equal values in both samples together
    std::size_t   distinct;      // how many groups there are
};

/// O(n) for most data, O(n log n) for the rest. Finite values; sizes whose product is below 2^62.
[[nodiscard]] inline auto count_pairs(std::span<double const> a, std::span<double const> b) -> pair_counts {
    auto        out  = pair_counts{0, 0.0, 0};
    std::size_t of_a = 0, of_b = 0;  // below the group
    pooled_order(a, b).sort_and_visit_up([&](std::span<value_group const> groups) {
        for (auto const& g : groups) {
            out.doubled_wins += std::uint64_t{g.first - of_a} * (std::uint64_t{g.second} + of_b);
            auto const t = static_cast<double>((g.first - of_a) + (g.second - of_b));
            out.tie_cubes += t * t * t - t;
            of_a = g.first;
            of_b = g.second;
        }
        out.distinct += groups.size();
    });
    return out;
}

}  // namespace hallmark::inline v0::detail
