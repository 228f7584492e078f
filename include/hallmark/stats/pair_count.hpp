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
    constexpr auto few  = std::uint64_t{1} << 17;
    auto           out  = pair_counts{0, 0.0, 0};
    std::uint64_t  of_a = 0, of_b = 0;  // below the group
    pooled_order(a, b).sort_and_visit_up([&](std::span<value_group const> groups) {
        auto below_a = of_a, below_b = of_b, wins = std::uint64_t{0}, cubes = std::uint64_t{0};  // integers: no addition waits long for the one before
        for (auto const& g : groups) {
            auto const t = (g.first - below_a) + (g.second - below_b);
            wins += (g.first - below_a) * (g.second + below_b);
            if (t < few) {
                cubes += t * t * t - t;
            } else {
                auto const many = static_cast<double>(t);
                out.tie_cubes += rounded((many - 1.0) * many * (many + 1.0));
            }
            below_a = g.first;
            below_b = g.second;
        }
        of_a = below_a;
        of_b = below_b;
        out.doubled_wins += wins;
        out.tie_cubes += static_cast<double>(cubes);
        out.distinct += groups.size();
    });
    return out;
}

}  // namespace hallmark::inline v0::detail
