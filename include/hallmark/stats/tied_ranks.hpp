// Midranks, and the exact conditional distribution of U when some values are tied (internal to the rank tests).
#pragma once

#include <hallmark/stats/choose.hpp>
#include <hallmark/stats/pooled_order.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

namespace hallmark::inline v0::detail {

/// The sizes of the groups of equal values in both samples together, by rising value. O(n) for most data.
[[nodiscard]] inline auto tie_groups(std::span<double const> a, std::span<double const> b) -> std::vector<std::size_t> {
    auto        out  = std::vector<std::size_t>{};
    std::size_t seen = 0;
    pooled_order(a, b).sort_and_visit_up([&](std::span<value_group const> groups) {
        for (auto const& g : groups) {
            out.push_back(g.first + g.second - seen);
            seen = g.first + g.second;
        }
    });
    return out;
}

/// In how many of the C(N, n) ways to choose n of the N values is 2U <= doubled_u? 2U counts, for each chosen value, two for each value below it that is not
/// chosen and one for each equal one: a whole number, ties or not. Group by group: j of its t values can be chosen in C(t, j) ways, and that adds
/// j(2·(unchosen before) + t - j), never less than 0. Sums of whole numbers: exact while C(N, n) <= 2^53.
/// O(N·n·doubled_u) time, O(n·doubled_u) space.
[[nodiscard]] inline auto tied_u_count(std::span<std::size_t const> groups, std::size_t n, std::size_t doubled_u) -> double {
    auto const width   = doubled_u + 1;
    auto       ways    = std::vector<double>((n + 1) * width);  // row i: of choosing i of the values so far
    ways[0]            = 1.0;
    std::size_t before = 0;
    for (auto const t : groups) {
        for (auto chosen = std::min(n, before + t); chosen > 0; --chosen) {  // downwards: the rows below must still be those before this group
            auto* const to = ways.data() + chosen * width;
            for (std::size_t j = 1; j <= std::min(t, chosen); ++j) {
                auto const earlier = chosen - j;
                if (earlier > before) {
                    continue;
                }
                auto const adds = j * (2 * (before - earlier) + t - j);
                auto const many = choose(t, j);
                auto const from = ways.data() + earlier * width;
                for (auto v = adds; v < width; ++v) {
                    to[v] += many * from[v - adds];
                }
            }
        }
        before += t;
    }
    auto sum = 0.0;
    for (std::size_t v = 0; v < width; ++v) {
        sum += ways[n * width + v];
    }
    return sum;
}

/// P(2U <= doubled_u) when every choice of n of the values is equally likely.
[[nodiscard]] inline auto tied_u_cdf(std::span<std::size_t const> groups, std::size_t n, std::size_t m, std::size_t doubled_u) -> double {
    auto const most = 2 * n * m;
    auto const ways = choose(n + m, n);
    if (doubled_u >= most) {
        return 1.0;
    }
    if (doubled_u < n * m) {
        return tied_u_count(groups, n, doubled_u) / ways;
    }
    // From the other end of the values, 2U is 2nm less the same.
    auto const reversed = std::vector<std::size_t>(groups.rbegin(), groups.rend());
    return (ways - tied_u_count(reversed, n, most - doubled_u - 1)) / ways;
}

/// Twice the midrank of each value of x (from 1 on), so that halves are whole numbers. O(n log n).
[[nodiscard]] inline auto doubled_midranks(std::span<double const> x) -> std::vector<std::size_t> {
    auto order = std::vector<std::size_t>(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
        order[i] = i;
    }
    std::sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) { return x[i] < x[j]; });
    auto out = std::vector<std::size_t>(x.size());
    for (std::size_t begin = 0, end = 0; begin < x.size(); begin = end) {
        while (end < x.size() && x[order[end]] == x[order[begin]]) {
            ++end;
        }
        for (auto i = begin; i < end; ++i) {
            out[order[i]] = begin + 1 + end;  // first rank begin + 1, last rank end
        }
    }
    return out;
}

}  // namespace hallmark::inline v0::detail
