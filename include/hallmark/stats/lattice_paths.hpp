// How likely a random order of two samples is to pull their distribution functions far apart: paths in a lattice (internal).
//
// An order of n values of a and m of b is a path from (0, 0) to (n, m), one step for each value. All paths are equally likely under the null, given which
// values are equal: the functions are compared at the ends of groups of equal values alone, so only after those steps does a path's place count.
// Places after the same number of steps do not depend on each other, and are done in lanes; places that are too far count as they are,
// so only the strip between them is walked.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/stats/choose.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hallmark::inline v0::detail {

/// The question: does a path have i·m - j·n >= gap (or, on both sides, <= -gap) after one of the numbers of steps in `ends`? Those rise; n + m is the last.
struct far_path {
    std::size_t                  n, m;
    std::int64_t                 gap;
    bool                         both_sides;
    std::span<std::size_t const> ends;

    [[nodiscard]] auto too_high(std::size_t i, std::size_t steps) const noexcept -> bool { return height(i, steps) >= gap; }
    [[nodiscard]] auto too_low(std::size_t i, std::size_t steps) const noexcept -> bool { return both_sides && -height(i, steps) >= gap; }

private:
    [[nodiscard]] auto height(std::size_t i, std::size_t steps) const noexcept -> std::int64_t {
        return static_cast<std::int64_t>(i * (n + m)) - static_cast<std::int64_t>(steps * n);
    }
};

/// How many of the C(n + m, n) paths, which are at most 2^53. A whole number. O(nm) time.
[[nodiscard]] inline auto paths_that_reach(far_path const& q) -> double {
    auto const size  = q.n + 1;
    auto       paths = std::vector<double>(size), reach = std::vector<double>(size);  // to the places after so many steps, by i
    paths[0] = 1.0;
    reach[0] = q.gap <= 0 ? 1.0 : 0.0;
    auto end = q.ends.begin();
    for (std::size_t steps = 1; steps <= q.n + q.m; ++steps) {
        auto const counts = *end == steps;
        end += counts ? 1 : 0;
        auto const least = steps > q.m ? steps - q.m : 0;
        for (auto i = std::min(steps, q.n) + 1; i-- > least;) {
            paths[i] += i > 0 ? paths[i - 1] : 0.0;
            reach[i] += i > 0 ? reach[i - 1] : 0.0;
            if (counts && (q.too_high(i, steps) || q.too_low(i, steps))) {
                reach[i] = paths[i];
            }
        }
    }
    return reach[q.n];
}

/// The chances of the places i = low ... end - 1 after so many steps, from those one step before, in place: (i·at[i - 1] + (steps - i)·at[i])/steps.
HALLMARK_INLINE void next_chances(double* at, std::size_t low, std::size_t end, std::size_t steps) noexcept {
    auto const all = static_cast<double>(steps);
    for (auto i = end; i-- > low;) {  // downwards: the lower ones must still be those before
        auto const by_a = rounded(static_cast<double>(i) * at[static_cast<std::ptrdiff_t>(i) - 1]);
        auto const by_b = rounded((all - static_cast<double>(i)) * at[i]);
        at[i]           = (by_a + by_b) / all;
    }
}
template <class Set>
HALLMARK_INLINE void next_chances(double* at, std::size_t low, std::size_t end, std::size_t steps) noexcept {
    using f64            = typename Set::f64;
    constexpr auto lanes = Set::template count<double>;
    auto const     all   = static_cast<double>(steps);
    f64            steps_here, first;
    Set::splat(steps_here, all);
    for (std::size_t k = 0; k < lanes; ++k) {
        first[k] = static_cast<double>(k);
    }
    auto i = end;
    for (; i >= low + lanes; i -= lanes) {
        f64 from_a, from_b, index;
        simd::load(from_a, at + i - lanes - 1);
        simd::load(from_b, at + i - lanes);
        Set::splat(index, static_cast<double>(i - lanes));
        index += first;
        f64 by_a = index * from_a, by_b = (steps_here - index) * from_b;
        Set::rounded(by_a);
        Set::rounded(by_b);
        f64 const chance = (by_a + by_b) / steps_here;
        simd::store(chance, at + i - lanes);
    }
    next_chances(at, low, i, steps);
}

/// Walks the strip of places that no path has reached so far, step by step: `next(low, end, steps)` finds the chances of the places low ... end - 1 after so
/// many steps, `reached(i)` sets that of a place that is too far to 1.
template <class Next, class Reached>
HALLMARK_INLINE void walk_strip(far_path const& q, Next next, Reached reached) {
    auto        end = q.ends.begin();
    std::size_t low = 0, high = 0;  // the strip; outside every path has reached it: 1
    for (std::size_t steps = 1; steps <= q.n + q.m; ++steps) {
        low  = std::max(low, steps > q.m ? steps - q.m : 0);
        high = std::min(high + 1, q.n);
        next(low, high + 1, steps);
        if (*end == steps) {
            ++end;
            while (low <= high && q.too_high(high, steps)) {
                reached(high);
                if (high-- == 0) {
                    return;
                }
            }
            while (low <= high && q.too_low(low, steps)) {
                reached(low++);
            }
            if (low > high) {
                return;
            }
        }
    }
}

/// P(a path reaches it). at[i] is the chance that a path through the place i steps of a and the rest of b has reached it on its way: a mean of the two places
/// it can come from. Only positive terms, so the far tail keeps its relative accuracy (Hodges 1957 counts the paths that stay inside, and then subtracts).
/// O(nm) time at most, O(n) space.
[[nodiscard]] inline auto path_reaches(far_path const& q) -> double {
    auto const total = choose(q.n + q.m, q.n);
    if (total <= most_exact_count) {
        return paths_that_reach(q) / total;
    }
    if (q.gap <= 0) {
        return 1.0;
    }
    auto       chances = std::vector<double>(q.n + 3, 1.0);
    auto const at      = chances.data() + 1;  // at[-1] and at[n + 1] are there, and count 0 times
    at[0]              = 0.0;
    auto const reached = [at](std::size_t i) HALLMARK_INLINE_LAMBDA { at[i] = 1.0; };
    if (!simd::run([&](auto set) HALLMARK_INLINE_LAMBDA {
            walk_strip(
                q, [at](std::size_t low, std::size_t end, std::size_t steps) HALLMARK_INLINE_LAMBDA { next_chances<decltype(set)>(at, low, end, steps); },
                reached);
        })) {
        walk_strip(
            q, [at](std::size_t low, std::size_t end, std::size_t steps) { next_chances(at, low, end, steps); }, reached);
    }
    return at[q.n];
}

/// value · 2^(-400·level), value in [2^-400, 1], or 0: what a double is too small for.
struct small_chance {
    double value = 1.0;
    int    level = 0;
};

/// (w·a + v·b)/(w + v), w and v whole numbers, not both 0.
[[nodiscard]] inline auto mean_chance(double w, small_chance a, double v, small_chance b) noexcept -> small_chance {
    if (w == 0.0 || v == 0.0 || a.value == 0.0 || b.value == 0.0) {
        auto const one = v == 0.0 || b.value == 0.0 ? small_chance{w * a.value / (w + v), a.level} : small_chance{v * b.value / (w + v), b.level};
        return one.value > 0.0 && one.value < 0x1p-400 ? small_chance{one.value * 0x1p400, one.level + 1} : one;
    }
    auto const level = std::min(a.level, b.level);
    auto const at    = [level](small_chance c) { return c.level == level ? c.value : c.level == level + 1 ? c.value * 0x1p-400 : 0.0; };
    auto const mean  = (w * at(a) + v * at(b)) / (w + v);
    return mean < 0x1p-400 ? small_chance{mean * 0x1p400, level + 1} : small_chance{mean, level};
}

/// log of path_reaches, also where that is too small for a double; minus infinity for 0. Walks twice in that case, the second time with wider exponents.
[[nodiscard]] inline auto log_path_reaches(far_path const& q) -> double {
    auto const p = path_reaches(q);
    if (p > 1e-290 || choose(q.n + q.m, q.n) <= most_exact_count) {
        return std::log(p);
    }
    auto at = std::vector<small_chance>(q.n + 1);
    at[0]   = {0.0, 0};
    walk_strip(
        q,
        [&](std::size_t low, std::size_t end, std::size_t steps) {
            for (auto i = end; i-- > low;) {
                auto const by_a = static_cast<double>(i), by_b = static_cast<double>(steps - i);
                at[i] = mean_chance(by_a, i > 0 ? at[i - 1] : small_chance{}, by_b, at[i]);
            }
        },
        [&](std::size_t i) { at[i] = {}; });
    constexpr auto log_of_level = 400.0 * 0.6931471805599453;
    return std::log(at[q.n].value) - log_of_level * at[q.n].level;
}

}  // namespace hallmark::inline v0::detail
