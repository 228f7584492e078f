// Midranks, and the exact conditional distribution of U when some values are tied (internal to the rank tests).
#pragma once

#include <hallmark/stats/choose.hpp>
#include <hallmark/stats/pooled_order.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
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

/// In how many of the C(N, n) ways to choose n of the N values is 2U < doubled_u, and = doubled_u? 2U counts, for each chosen value, two for each value below
/// it that is not chosen and one for each equal one: a whole number, ties or not. Sums of whole numbers: exact while C(N, n) <= 2^53.
struct u_ways {
    double below, at;
};

/// Group by group: j of its t values can be chosen in C(t, j) ways, and that adds j(2·(unchosen before) + t - j), never less than 0.
/// O(N·n·doubled_u) time, O(n·doubled_u) space.
[[nodiscard]] inline auto tied_u_ways(std::span<std::size_t const> groups, std::size_t n, std::size_t doubled_u) -> u_ways {
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
                auto const end  = std::min(width, adds + 2 * earlier * (before - earlier) + 1);  // there is no way to a larger one
                for (auto v = adds; v < end; ++v) {
                    to[v] += many * from[v - adds];
                }
            }
        }
        before += t;
    }
    auto out = u_ways{0.0, ways[n * width + doubled_u]};
    for (std::size_t v = 0; v < doubled_u; ++v) {
        out.below += ways[n * width + v];
    }
    return out;
}

/// The same where no values are equal, by U: its generating function is the product over i <= n of (1 - q^(m + i))/(1 - q^i), and every partial product
/// has coefficients that are counts themselves. Whole numbers: C(n + m, n) <= 2^53. O(n·u) time, O(u) space. Source: Mann & Whitney 1947; Andrews 1976.
[[nodiscard]] inline auto untied_u_ways(std::size_t n, std::size_t m, std::size_t u) -> u_ways {
    auto ways = std::vector<std::uint64_t>(u + 1), next = ways;
    std::fill_n(ways.begin(), std::min(u, m) + 1, std::uint64_t{1});  // one value of the first sample
    for (std::size_t i = 2; i <= n; ++i) {
        // One factor: next[v] = next[v - i] + ways[v] - ways[v - (m + i)]. In steps of i the sum stays in a register; it may wrap, and comes back.
        for (std::size_t first = 0; first < i; ++first) {
            std::uint64_t sum = 0;
            auto          v   = first;
            for (; v <= u && v < m + i; v += i) {
                sum += ways[v];
                next[v] = sum;
            }
            for (; v <= u; v += i) {
                sum += ways[v] - ways[v - (m + i)];
                next[v] = sum;
            }
        }
        ways.swap(next);
    }
    std::uint64_t below = 0;
    for (std::size_t v = 0; v < u; ++v) {
        below += ways[v];
    }
    return {static_cast<double>(below), static_cast<double>(ways[u])};
}

/// P(2U <= doubled_u) and P(2U >= doubled_u) when every choice of n of the n + m values is equally likely.
struct u_tails {
    double below, above;
};
[[nodiscard]] inline auto u_tails_of(std::span<std::size_t const> groups, std::size_t n, std::size_t m, std::size_t doubled_u) -> u_tails {
    auto const all  = choose(n + m, n);
    auto const most = 2 * n * m;
    if (n > m) {  // the fewer are chosen: the others, read from the other end, where 2U is the same
        return u_tails_of(std::vector<std::size_t>(groups.rbegin(), groups.rend()), m, n, doubled_u);
    }
    if (doubled_u > most / 2) {  // from the other end of the values, 2U is 2nm less the same
        auto const reversed = std::vector<std::size_t>(groups.rbegin(), groups.rend());
        auto const other    = u_tails_of(reversed, n, m, most - doubled_u);
        return {other.above, other.below};
    }
    auto const untied = groups.size() == n + m && all <= most_exact_count;
    auto const ways   = untied ? untied_u_ways(std::min(n, m), std::max(n, m), doubled_u / 2) : tied_u_ways(groups, n, doubled_u);
    return {(ways.below + ways.at) / all, (all - ways.below) / all};
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
