// Exact false-alarm rates: p-values of all equally likely outcomes, and the share of them at or below a level.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <vector>

/// P(p <= alpha) <= alpha, each entry of `p` being one equally likely outcome under the null.
inline void check_super_uniform(std::vector<double> const& p) {
    for (double const alpha : {0.5, 0.1, 0.05, 0.01, 0.001}) {
        auto const rejected = std::count_if(p.begin(), p.end(), [alpha](double x) { return x <= alpha; });
        INFO("alpha = ", alpha, ", rejected ", rejected, " of ", p.size());
        CHECK(static_cast<double>(rejected) <= alpha * static_cast<double>(p.size()) * (1.0 + 1e-12));
    }
    // Every p that occurs is a level somebody could choose.
    auto sorted = p;
    std::sort(sorted.begin(), sorted.end());
    auto bad = std::size_t{0};
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        bad += static_cast<double>(i + 1) > sorted[i] * static_cast<double>(p.size()) * (1.0 + 1e-12) ? 1u : 0u;
    }
    CHECK(bad == 0);
}

/// Calls f(a, b) for every way to split `pool` into a sample of n and the rest, in the pool's order.
template <class F>
void for_each_split(std::vector<double> const& pool, std::size_t n, F&& f) {
    auto in_a = std::vector<bool>(pool.size(), false);
    std::fill(in_a.end() - static_cast<std::ptrdiff_t>(n), in_a.end(), true);
    do {
        std::vector<double> a, b;
        for (std::size_t i = 0; i < pool.size(); ++i) {
            (in_a[i] ? a : b).push_back(pool[i]);
        }
        f(a, b);
    } while (std::next_permutation(in_a.begin(), in_a.end()));
}

/// Pools for enumeration: all different, some tied, all tied.
inline auto pools(std::size_t n) -> std::vector<std::vector<double>> {
    std::vector<double> different, tied, equal;
    for (std::size_t i = 0; i < n; ++i) {
        different.push_back(static_cast<double>(i * i) + 0.1);
        tied.push_back(static_cast<double>(i / 2));
        equal.push_back(3.0);
    }
    return {different, tied, equal};
}
