// Part of the mean and of the log-ratio sum: exact sums of many short sets, in lanes.
#pragma once

#include <hallmark/aggregate/exact_sum.hpp>
#include <hallmark/config.hpp>
#include <hallmark/core/fold_lanes.hpp>
#include <hallmark/core/prefetch.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/core/unrolled.hpp>

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <utility>

namespace hallmark::inline v0::detail {

/// The largest bit pattern of a magnitude: 0x7ff0000000000000 or more where a number is not finite. `Set` names the
/// vector types.
template <class Set>
HALLMARK_INLINE void largest_magnitude(double const* x, std::size_t count, std::uint64_t& worst) noexcept {
    constexpr auto         width   = sizeof(typename Set::f64) / sizeof(double);
    constexpr std::int64_t sign    = 0x7fffffffffffffff;
    typename Set::i64      most[4] = {}, word;
    std::size_t            i       = 0;
    auto const             look    = [&](std::size_t k) HALLMARK_INLINE_LAMBDA {
        std::memcpy(&word, x + i + k * width, sizeof word);
        word    = word & sign;
        most[k] = word > most[k] ? word : most[k];
    };
    for (; i + 4 * width <= count; i += 4 * width) {  // four at a time, that do not wait for each other
        unrolled<4>(look);
    }
    for (; i + width <= count; i += width) {
        look(0);
    }
    unrolled<3>([&](auto k) HALLMARK_INLINE_LAMBDA { most[0] = most[k + 1] > most[0] ? most[k + 1] : most[0]; });
    std::int64_t words[width];
    std::memcpy(words, &most[0], sizeof words);
    for (auto const w : words) {
        worst = static_cast<std::uint64_t>(w) > worst ? static_cast<std::uint64_t>(w) : worst;
    }
    for (; i < count; ++i) {
        auto const last = std::bit_cast<std::uint64_t>(x[i]) & static_cast<std::uint64_t>(sign);
        worst           = last > worst ? last : worst;
    }
}

/// Two grids to cut numbers by. Added to 1.5 · 2^k, a number is rounded to a multiple of 2^(k − 52); subtracted again,
/// that multiple is left.
struct cut {
    double coarse = 0.0, fine = 0.0;  // 1.5 · 2^k; 0 where there is none
    double doubt = 0.0;               // more than the rounding errors of any sum of rests
};

/// Σ x by exact_sum, number by number; all are finite.
[[nodiscard]] inline auto exact_total(std::span<double const> xs) -> double {
    exact_sum sum;
    for (auto const x : xs) {
        sum.push(x);
    }
    return sum.value();
}

/// The grids for sets of at most `count` numbers below 2^e in size: the sums of the coarse parts and of the rests both
/// fit in a double, without any rounding, if the rests are multiples of the fine grid. `worst` is a magnitude's bits.
[[nodiscard]] inline auto cut_for(std::uint64_t worst, std::size_t count) noexcept -> cut {
    auto const e      = static_cast<int>(worst >> 52) - 1022;
    auto const spread = static_cast<int>(std::bit_width(count));  // count < 2^spread
    auto const k      = e + spread + 1;                           // |x| < 2^(k − 1), and Σ |coarse part| < 2^k
    auto const fine   = k - 53 + spread;                          // |rest| ≤ 2^(k − 53), and Σ |rest| ≤ 2^fine
    if (worst >= 0x7ff0000000000000u || k > 1022 || fine < -960) {
        return {};
    }
    auto const power = [](int exponent) { return std::bit_cast<double>(static_cast<std::uint64_t>(exponent + 1023) << 52); };
    // n rests have n roundings of 2^-53 of at most n · 2^(k − 53): less than 2^(2 spread + k − 106), and here four times that.
    return {1.5 * power(k), 1.5 * power(fine), power(2 * spread + k - 104)};
}

/// high + low = Σ x without any rounding, if `exact` comes back true. Lanes change nothing: no sum here is rounded.
template <class Set>
HALLMARK_INLINE void sum_in_two(double const* x, std::size_t count, cut const& grid, double& high, double& low, bool& exact) noexcept {
    using f64            = typename Set::f64;
    using i64            = typename Set::i64;
    constexpr auto width = sizeof(f64) / sizeof(double);
    f64            highs = {}, lows = {};
    i64            off = {};
    std::size_t    i   = 0;
    for (; i + width <= count; i += width) {
        f64 v, part, rest, again;
        std::memcpy(&v, x + i, sizeof v);
        part = v + grid.coarse;
        Set::rounded(part);  // or -ffast-math would take the addition and the subtraction together
        part = part - grid.coarse;
        Set::rounded(part);
        rest = v - part;
        Set::rounded(rest);
        again = rest + grid.fine;
        Set::rounded(again);
        again = again - grid.fine;
        off   = off | (i64)(again != rest);
        highs = highs + part;
        lows  = lows + rest;
    }
    double       parts[width], rests[width];
    std::int64_t flags[width];
    std::memcpy(parts, &highs, sizeof parts);
    std::memcpy(rests, &lows, sizeof rests);
    std::memcpy(flags, &off, sizeof flags);
    for (std::size_t half = width / 2; half > 0; half /= 2) {
        for (std::size_t l = 0; l < half; ++l) {
            parts[l] += parts[l + half], rests[l] += rests[l + half], flags[l] |= flags[l + half];
        }
    }
    high = parts[0], low = rests[0], exact = flags[0] == 0;
    for (; i < count; ++i) {
        auto const part = rounded(rounded(x[i] + grid.coarse) - grid.coarse);
        auto const rest = rounded(x[i] - part);
        exact           = exact && rounded(rest + grid.fine) - grid.fine == rest;
        high += part, low += rest;
    }
}

inline constexpr std::size_t at_once = 2048;  // scores of sets that share their grids: still in the nearest cache when they are added

/// Memory fetches the scores whose turn is next, be there some or not, while these are added. Lost: fewer at once instead, which hides less and cuts more
/// grids; coarse parts added as integers, an instruction more and no unit less busy. Four additions for each number are what is left.
HALLMARK_INLINE void ask_for_later(double const* x) noexcept { prefetch(x, at_once * sizeof(double)); }

/// Σ of several sets at once, as many as a vector has lanes: out[l] is right where sure[l] is not 0.
///
/// A sum that starts at 1.5 · 2^k stays between 2^k and 2^(k + 1), so each number added to it is rounded to the coarse grid, and what that leaves out can be
/// seen exactly. Those rests are added as they come, which is off by less than `doubt`; where the whole sum rounds to the same double with that much more
/// and that much less, it rounds to that double.
template <class Set>
HALLMARK_INLINE void sum_side_by_side(double const* const* sets, std::size_t const* counts, cut const& grid, double* out, std::int64_t* sure) noexcept {
    using f64                            = typename Set::f64;
    using i64                            = typename Set::i64;
    constexpr auto                width  = sizeof(f64) / sizeof(double);
    constexpr auto                lanes  = std::make_index_sequence<width>{};
    static constexpr std::int64_t kept[] = {0, 0, 0, 0, 0, 0, 0, 0, -1, -1, -1, -1, -1, -1, -1, -1};  // from kept + 8 − width + n on: the last n lanes
    i64                           mask;
    f64                           highs[width], lows[width];
    f64 const                     coarse = f64{} + grid.coarse;
    unrolled<width>([&](auto l) HALLMARK_INLINE_LAMBDA {
        auto const* x     = sets[l];
        auto const  count = counts[l];
        f64         high  = coarse;
        f64         low   = {};
        auto const  add   = [&](f64 const& v) HALLMARK_INLINE_LAMBDA {
            f64 next = high + v;
            Set::rounded(next);  // or -ffast-math would take the addition and the subtraction together
            f64 part = next - high;
            Set::rounded(part);
            f64 rest = v - part;
            Set::rounded(rest);
            low  = low + rest;
            high = next;
        };
        std::size_t i = 0;
        for (; i + width <= count; i += width) {
            f64 v;
            std::memcpy(&v, x + i, sizeof v);
            ask_for_later(x + i);
            add(v);
        }
        if (i < count) {
            f64    v;
            i64    word;
            double few[width] = {};
            if (count >= width) {  // once more the numbers before, as zeros
                std::memcpy(&word, x + count - width, sizeof word);
            } else {
                for (std::size_t k = 0; k < count; ++k) {
                    few[width - count + k] = x[k];
                }
                std::memcpy(&word, few, sizeof word);
            }
            std::memcpy(&mask, kept + 8 - width + (count - i), sizeof mask);
            word = word & mask;
            std::memcpy(&v, &word, sizeof v);
            add(v);
        }
        highs[l] = high - coarse, lows[l] = low;
    });
    fold_lanes(highs, lanes, [](f64& a, f64 const& b) HALLMARK_INLINE_LAMBDA { a = a + b; });
    fold_lanes(lows, lanes, [](f64& a, f64 const& b) HALLMARK_INLINE_LAMBDA { a = a + b; });
    f64 more = lows[0] + grid.doubt, less = lows[0] - grid.doubt;
    Set::rounded(highs[0]);
    Set::rounded(more);
    Set::rounded(less);
    more           = highs[0] + more;
    less           = highs[0] + less;
    i64 const same = (i64)(more == less);
    std::memcpy(out, &more, sizeof more);
    std::memcpy(sure, &same, sizeof same);
}

/// Σ of each set to out, rounded once: the bits of exact_sum. False, and nothing of meaning in `out`, where a score is
/// not finite. Sets of at most 1024 scores; what does not fit the grids takes the long way by itself.
template <class Set>
HALLMARK_INLINE auto exact_sums_in_lanes(std::span<double const> scores, std::span<std::size_t const> offsets, std::span<double> out) noexcept -> bool {
    constexpr auto width = sizeof(typename Set::f64) / sizeof(double);
    auto const     sets  = offsets.size() - 1;
    auto const     slow  = [&](std::size_t g, cut const& grid) {
        auto const* x     = scores.data() + offsets[g];
        auto const  count = offsets[g + 1] - offsets[g];
        double      high = 0.0, low = 0.0;
        bool        exact = false;
        if (grid.coarse > 0.0 && count <= 1024) {
            sum_in_two<Set>(x, count, grid, high, low, exact);
        }
        out[g] = exact ? high + low : exact_total({x, count});
    };
    for (std::size_t g = 0; g < sets;) {
        auto        last = g + 1;  // sets g … last − 1 share their grids: some thousand scores, still in the nearest cache
        std::size_t most = offsets[last] - offsets[g];
        for (; last < sets && offsets[last + 1] - offsets[g] <= at_once; ++last) {
            auto const size = offsets[last + 1] - offsets[last];
            most            = size > most ? size : most;
        }
        std::uint64_t worst = 0;
        largest_magnitude<Set>(scores.data() + offsets[g], offsets[last] - offsets[g], worst);
        if (worst >= 0x7ff0000000000000u) {
            return false;
        }
        auto const grid = cut_for(worst, most);
        for (; most <= 1024 && grid.coarse > 0.0 && g + width <= last; g += width) {
            double const* at[width];
            std::size_t   counts[width];
            std::int64_t  sure[width];
            for (std::size_t l = 0; l < width; ++l) {
                at[l] = scores.data() + offsets[g + l], counts[l] = offsets[g + l + 1] - offsets[g + l];
            }
            sum_side_by_side<Set>(at, counts, grid, out.data() + g, sure);
            std::int64_t all = -1;
            for (auto const s : sure) {
                all &= s;
            }
            for (std::size_t l = 0; all == 0 && l < width; ++l) {
                if (sure[l] == 0) {
                    slow(g + l, grid);
                }
            }
        }
        for (; g < last; ++g) {
            slow(g, grid);
        }
    }
    return true;
}

/// Divides the sum of each set by the number of its scores; `finite` becomes false where a sum is infinite. `Set` names the vector types.
template <class Set>
HALLMARK_INLINE void sums_to_means(std::span<std::size_t const> offsets, std::span<double> sums, bool& finite) noexcept {
    using f64                    = typename Set::f64;
    using i64                    = typename Set::i64;
    constexpr auto         width = sizeof(f64) / sizeof(double);
    constexpr std::int64_t whole = 0x4330000000000000, number = 0x7ff0000000000000;  // 2^52, in whose lowest bits an integer stands
    i64                    not_one = {};
    std::size_t            g       = 0;
    for (; g + width <= sums.size(); g += width) {
        i64 size, before, word;
        f64 count, sum;
        std::memcpy(&before, offsets.data() + g, sizeof before);
        std::memcpy(&size, offsets.data() + g + 1, sizeof size);
        std::memcpy(&sum, sums.data() + g, sizeof sum);
        std::memcpy(&word, &sum, sizeof word);
        not_one = not_one | (i64)((word & number) == number);
        size    = (size - before) + whole;
        std::memcpy(&count, &size, sizeof count);
        Set::rounded(count);
        sum = sum / (count - 0x1p52);
        std::memcpy(sums.data() + g, &sum, sizeof sum);
    }
    std::int64_t words[width];
    std::memcpy(words, &not_one, sizeof words);
    for (auto const w : words) {
        finite = finite && w == 0;
    }
    for (; g < sums.size(); ++g) {
        finite = finite && is_number(sums[g]);
        sums[g] /= static_cast<double>(offsets[g + 1] - offsets[g]);
    }
}

/// exact_sums_in_lanes, in whatever instructions there are.
[[nodiscard]] inline auto exact_sums([[maybe_unused]] std::span<double const> scores, [[maybe_unused]] std::span<std::size_t const> offsets,
                                     [[maybe_unused]] std::span<double> out) -> bool {
    bool done = false;
#if HALLMARK_VECTORS
    simd::run([&](auto set) HALLMARK_INLINE_LAMBDA { done = exact_sums_in_lanes<decltype(set)>(scores, offsets, out); });
#endif
    return done;
}

/// The means of the sets, from exact sums; false, and nothing of meaning in `out`, where a score or a sum is not finite.
[[nodiscard]] inline auto exact_means(std::span<double const> scores, std::span<std::size_t const> offsets, std::span<double> out) -> bool {
    bool finite = exact_sums(scores, offsets, out);
#if HALLMARK_VECTORS
    if (finite) {
        simd::run([&](auto set) HALLMARK_INLINE_LAMBDA { sums_to_means<decltype(set)>(offsets, out, finite); });
    }
#endif
    return finite;
}

}  // namespace hallmark::inline v0::detail
