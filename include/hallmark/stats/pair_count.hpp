// How many of all pairs (a value of a, a value of b) have a on top: the count behind Mann–Whitney and AUC.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hallmark::inline v0::detail {

struct pair_counts {
    std::uint64_t doubled_wins;  // 2·#{a > b} + #{a = b}: an integer, so the count is exact
    double        tie_cubes;     // sum of t^3 - t over the groups of t equal values in both samples together
    std::size_t   distinct;      // how many groups there are
};

/// O(n log n). Finite values; sizes whose product is below 2^62.
[[nodiscard]] inline auto count_pairs(std::span<double const> a, std::span<double const> b) -> pair_counts {
    auto sa = std::vector<double>(a.begin(), a.end());
    auto sb = std::vector<double>(b.begin(), b.end());
    std::sort(sa.begin(), sa.end());
    std::sort(sb.begin(), sb.end());

    auto        out = pair_counts{0, 0.0, 0};
    std::size_t i = 0, j = 0;
    while (i < sa.size() || j < sb.size()) {
        auto const  value  = j == sb.size() || (i < sa.size() && sa[i] <= sb[j]) ? sa[i] : sb[j];
        auto const  before = j;  // values of b below this one
        std::size_t in_a = 0, in_b = 0;
        for (; i < sa.size() && sa[i] == value; ++i) {
            ++in_a;
        }
        for (; j < sb.size() && sb[j] == value; ++j) {
            ++in_b;
        }
        out.doubled_wins += static_cast<std::uint64_t>(in_a) * (2 * before + in_b);
        auto const t = static_cast<double>(in_a + in_b);
        out.tie_cubes += t * t * t - t;
        out.distinct += 1;
    }
    return out;
}

}  // namespace hallmark::inline v0::detail
