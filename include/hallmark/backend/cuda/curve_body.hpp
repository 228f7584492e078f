// Part of the CUDA backend: kernels that write the ROC curve of two sorted samples, a point for each distinct score.
#pragma once

#include <hallmark/backend/cuda/block.hpp>
#include <hallmark/backend/cuda/groups.hpp>
#include <hallmark/backend/cuda/sorted_body.hpp>
#include <hallmark/config.hpp>
#include <hallmark/metric/roc.hpp>

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0::detail::device {

/// Both samples in one rising list: an element's place is what is below it in both, those of `a` first among equals.
struct merge_body {
    static constexpr unsigned threads = 256;

    std::uint64_t const* a;
    std::uint64_t const* b;
    std::uint64_t        n, m;
    std::uint64_t*       out;

    [[nodiscard]] auto shared_bytes() const noexcept -> std::size_t { return 0; }

    template <class Block>
    HALLMARK_HD void operator()(Block const& block) const {
        auto const mine = share_of(n + m, threads, block.index(), block.count());
        block.apart([&](unsigned t) {
            for (auto i = mine.first + t; i < mine.last; i += threads) {
                auto const in_a = i < n;
                auto const key  = in_a ? a[i] : b[i - n];
                auto const at   = in_a ? i + count_below(b, m, key, false) : i - n + count_below(a, n, key, true);
                out[at]         = key;
            }
        });
    }
};

/// A new score begins here.
[[nodiscard]] HALLMARK_HD constexpr auto is_head(std::uint64_t const* keys, std::uint64_t i) noexcept -> bool { return i == 0 || keys[i] != keys[i - 1]; }

/// Both kernels below cut the list alike: shares of whole tiles, in which a thread has a few neighbours.
struct heads {
    static constexpr unsigned      threads = 256;
    static constexpr std::uint64_t each = 8, tile = threads * each;
};

/// How many scores begin in each block's share.
struct head_body {
    static constexpr unsigned threads = heads::threads;

    std::uint64_t const* keys;
    std::uint64_t        n;
    std::uint64_t*       counts;

    [[nodiscard]] auto shared_bytes() const noexcept -> std::size_t { return threads / warp_size * sizeof(std::uint64_t); }

    template <class Block>
    HALLMARK_HD void operator()(Block const& block) const {
        auto const                                  mine = share_of(n, heads::tile, block.index(), block.count());
        typename Block::template own<std::uint64_t> found;
        block.apart([&](unsigned t) {
            found[t] = 0;
            for (auto i = mine.first + t; i < mine.last; i += threads) {
                found[t] += is_head(keys, i) ? 1u : 0u;
            }
        });
        auto const all = block.reduce(found, add_to{}, block.template shared<std::uint64_t>());
        block.apart([&](unsigned t) {
            if (t == 0) {
                counts[block.index()] = all;
            }
        });
    }
};

/// Writes the points, thresholds falling. The same number of blocks as `head_body` had.
struct curve_body {
    static constexpr unsigned threads = heads::threads;

    std::uint64_t const* keys;  // both samples
    std::uint64_t const* members;
    std::uint64_t        n, m;
    std::uint64_t const* counts;
    std::uint64_t        distinct;
    roc_point*           points;

    [[nodiscard]] auto shared_bytes() const noexcept -> std::size_t {
        return threads / warp_size * sizeof(std::uint64_t) + 2 * threads * sizeof(std::uint32_t);
    }

    template <class Block>
    HALLMARK_HD void operator()(Block const& block) const {
        auto* const room = block.template shared<std::uint64_t>();
        auto* const sums = block.template shared<std::uint32_t>(threads / warp_size * sizeof(std::uint64_t));

        typename Block::template own<std::uint64_t> before;
        block.apart([&](unsigned t) {
            before[t] = 0;
            for (auto i = std::uint64_t{t}; i < block.index(); i += threads) {
                before[t] += counts[i];
            }
        });
        auto       done = block.reduce(before, add_to{}, room);
        auto const mine = share_of(n + m, heads::tile, block.index(), block.count());
        for (auto first = mine.first; first < mine.last; first += heads::tile) {
            block.each([&](unsigned t) {
                sums[t] = 0;
                visit(first + t * heads::each, mine.last, [&](std::uint64_t) { ++sums[t]; });
            });
            unsigned from = 0;  // which half of `sums` is the latest
            for (unsigned step = 1; step < threads; step *= 2, from = threads - from) {
                block.each([&](unsigned t) { sums[threads - from + t] = sums[from + t] + (t >= step ? sums[from + t - step] : 0u); });
            }
            block.each([&](unsigned t) {
                auto at = done + (t > 0 ? sums[from + t - 1] : 0u);
                visit(first + t * heads::each, mine.last, [&](std::uint64_t i) { points[distinct - at++] = point(i); });
            });
            done += sums[from + threads - 1];
            block.each([](unsigned) {});  // the sums were read: the next tile may write them
        }
        block.apart([&](unsigned t) {
            if (t == 0 && block.index() == 0) {
                points[0] = {__builtin_bit_cast(double, std::uint64_t{0x7ff} << 52), 0, 0, 0.0, 0.0};  // at infinity
            }
        });
    }

private:
    template <class Use>
    HALLMARK_HD void visit(std::uint64_t first, std::uint64_t last, Use const& use) const {
        for (auto i = first; i < first + heads::each && i < last; ++i) {
            if (is_head(keys, i)) {
                use(i);
            }
        }
    }
    HALLMARK_HD auto point(std::uint64_t i) const noexcept -> roc_point {
        auto const below = count_below(members, n, keys[i], false);
        auto const tp = n - below, fp = m - (i - below);
        return {score_of_key(keys[i]), tp, fp, static_cast<double>(tp) / static_cast<double>(n), static_cast<double>(fp) / static_cast<double>(m)};
    }
};

}  // namespace hallmark::inline v0::detail::device
