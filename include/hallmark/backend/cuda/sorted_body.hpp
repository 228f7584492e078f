// Part of the CUDA backend: kernels over sorted scores, by searches, so that every score is on its own and every count is whole.
#pragma once

#include <hallmark/backend/cuda/block.hpp>
#include <hallmark/backend/cuda/groups.hpp>
#include <hallmark/config.hpp>

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0::detail::device {

/// How many of n rising keys are below `key` (or, at or below it).
[[nodiscard]] HALLMARK_HD constexpr auto count_below(std::uint64_t const* keys, std::uint64_t n, std::uint64_t key, bool or_equal) noexcept -> std::uint64_t {
    std::uint64_t first = 0;
    while (n > 0) {
        auto const half = n / 2;
        auto const k    = keys[first + half];
        if (k < key || (or_equal && k == key)) {
            first += half + 1;
            n -= half + 1;
        } else {
            n = half;
        }
    }
    return first;
}

/// Scores to keys, and a note of the first that is no number.
struct key_body {
    static constexpr unsigned threads = 256;

    double const*  scores;
    std::uint64_t  n;
    std::uint64_t* keys;
    std::uint64_t* bad;

    [[nodiscard]] auto shared_bytes() const noexcept -> std::size_t { return 0; }

    template <class Block>
    HALLMARK_HD void operator()(Block const& block) const {
        auto const mine = share_of(n, threads, block.index(), block.count());
        block.apart([&](unsigned t) {
            for (auto i = mine.first + t; i < mine.last; i += threads) {
                if (exponent_field(scores[i]) == 0x7ffu) {
                    atomic_least(bad, i);
                }
                keys[i] = score_key(scores[i]);
            }
        });
    }
};

/// What two sorted samples have to say together.
struct pair_sums {
    std::uint64_t doubled_wins;  ///< 2·#{a > b} + #{a = b}
    std::uint64_t a_above;       ///< the largest n·m·(F_a − F_b), at least 0
    std::uint64_t b_above;
    std::uint64_t distinct;  ///< different values in both samples
    std::uint64_t cubes[3];  ///< Σ t³ − t over the groups of t equal values, in 32-bit digits: the sum does not fit 64 bits
};

struct pair_body {
    static constexpr unsigned threads = 256;

    std::uint64_t const* a;
    std::uint64_t const* b;
    std::uint64_t        n, m;
    pair_sums*           out;

    [[nodiscard]] auto shared_bytes() const noexcept -> std::size_t { return threads / warp_size * sizeof(pair_sums); }

    struct join {
        HALLMARK_HD constexpr void operator()(pair_sums& x, pair_sums const& y) const noexcept {
            x.doubled_wins += y.doubled_wins;
            x.a_above = x.a_above < y.a_above ? y.a_above : x.a_above;
            x.b_above = x.b_above < y.b_above ? y.b_above : x.b_above;
            x.distinct += y.distinct;
            for (int i = 0; i < 3; ++i) {
                x.cubes[i] += y.cubes[i];
            }
        }
    };

    template <class Block>
    HALLMARK_HD void operator()(Block const& block) const {
        auto const                              mine = share_of(n + m, threads, block.index(), block.count());
        typename Block::template own<pair_sums> sums;
        block.apart([&](unsigned t) {
            sums[t] = {};
            for (auto i = mine.first + t; i < mine.last; i += threads) {
                meet(i, sums[t]);
            }
        });
        auto const all = block.reduce(sums, join{}, block.template shared<pair_sums>());
        block.apart([&](unsigned t) {
            if (t == 0) {
                atomic_add(&out->doubled_wins, all.doubled_wins);
                atomic_greatest(&out->a_above, all.a_above);
                atomic_greatest(&out->b_above, all.b_above);
                atomic_add(&out->distinct, all.distinct);
                for (int i = 0; i < 3; ++i) {
                    atomic_add(&out->cubes[i], all.cubes[i]);
                }
            }
        });
    }

private:
    // The first of equal values in a speaks for its group; the first in b where a has none.
    HALLMARK_HD void meet(std::uint64_t i, pair_sums& s) const noexcept {
        auto const in_a = i < n;
        auto const at   = in_a ? i : i - n;
        auto const key  = in_a ? a[at] : b[at];
        if (at > 0 && (in_a ? a[at - 1] : b[at - 1]) == key) {
            return;
        }
        auto const a_to = in_a ? at + count_below(a + at, n - at, key, true) : count_below(a, n, key, true);
        auto const b_to = in_a ? count_below(b, m, key, true) : at + count_below(b + at, m - at, key, true);
        if (!in_a && a_to > 0 && a[a_to - 1] == key) {
            return;
        }
        auto const a_from = in_a ? at : a_to;
        auto const b_from = in_a ? (b_to > 0 && b[b_to - 1] == key ? count_below(b, b_to, key, false) : b_to) : at;
        s.doubled_wins += (a_to - a_from) * (b_from + b_to);
        auto const left = a_to * m, right = b_to * n;
        s.a_above = left > right && left - right > s.a_above ? left - right : s.a_above;
        s.b_above = right > left && right - left > s.b_above ? right - left : s.b_above;
        s.distinct += 1;
        add_cube((a_to - a_from) + (b_to - b_from), s);
    }
    // t³ − t = (t − 1) t (t + 1), below 2^96 for t below 2^32, in digits.
    HALLMARK_HD static void add_cube(std::uint64_t t, pair_sums& s) noexcept {
        if (t < 2) {
            return;
        }
        auto const square = (t - 1) * t;  // below 2^64
        auto const low    = (square & 0xffffffffu) * (t + 1);
        auto const high   = (square >> 32) * (t + 1) + (low >> 32);
        s.cubes[0] += low & 0xffffffffu;
        s.cubes[1] += high & 0xffffffffu;
        s.cubes[2] += high >> 32;
    }
};

/// Of sorted keys: the one with `rank` others at or above it, and how many of the other sample are above it (or, at or above).
struct bar_body {
    static constexpr unsigned threads = 32;
    struct found {
        std::uint64_t bar, over, least;  // the key; how many; the key of the least of those
    };

    std::uint64_t const* ranked;
    std::uint64_t        n, rank;
    std::uint64_t const* counted;
    std::uint64_t        m;
    bool                 also_equal;
    found*               out;

    [[nodiscard]] auto shared_bytes() const noexcept -> std::size_t { return 0; }

    template <class Block>
    HALLMARK_HD void operator()(Block const& block) const {
        block.apart([&](unsigned t) {
            if (t == 0) {
                auto const bar   = ranked[n - 1 - rank];
                auto const below = count_below(counted, m, bar, !also_equal);
                *out             = {bar, m - below, below < m ? counted[below] : ~std::uint64_t{0}};
            }
        });
    }
};

}  // namespace hallmark::inline v0::detail::device
