// Part of the CUDA backend: means and variances by compensated sums, in an order that does not change from run to run.
#pragma once

#include <hallmark/config.hpp>

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0::detail::device {

/// A sum and what was lost in rounding it (Neumaier 1974; Knuth's two-sum), as compensated_sum on the host has it.
struct twofold {
    double sum, carry;

    HALLMARK_HD void add(double x) noexcept {
        auto const t    = sum + x;
        auto const back = t - sum;
        carry += (sum - (t - back)) + (x - back);
        sum = t;
    }
    [[nodiscard]] HALLMARK_HD auto value() const noexcept -> double { return sum + carry; }
};
struct join_twofold {
    HALLMARK_HD void operator()(twofold& a, twofold const& b) const noexcept {
        // By size, so that both sides of an exchange compute the same.
        auto const mine = a.sum > b.sum || (a.sum == b.sum && a.carry >= b.carry);
        auto       out  = mine ? a : b;
        out.add(mine ? b.sum : a.sum);
        out.carry += mine ? b.carry : a.carry;
        a = out;
    }
};

/// Rounded by itself, whatever follows: not fused with an addition.
[[nodiscard]] HALLMARK_HD inline auto square_of(double d) noexcept -> double {
#if defined(__CUDA_ARCH__)
    return __dmul_rn(d, d);
#else
    return d * d;
#endif
}

struct mean_and_variance {
    double mean;      // of x − pivot
    double variance;  // divided by n − 1
};

/// Of x[0], …, x[n − 1] for the thread's part of the block: `lanes` threads together, of which t is one, and the row they read may differ. Every thread
/// gets its row's result. `reduce(own)` combines the threads that belong together.
template <class Block, class Row, class Reduce, class Own>
HALLMARK_HD void moments_of(Block const& block, unsigned lanes, Row const& row, Reduce const& reduce, Own& out) {
    typename Block::template own<twofold> sum;
    block.apart([&](unsigned t) {
        auto const r = row(t);
        sum[t]       = {0.0, 0.0};
        for (auto i = std::uint64_t{t % lanes}; i < r.size; i += lanes) {
            sum[t].add(r.data[i] - r.pivot);
        }
    });
    reduce(sum);
    block.apart([&](unsigned t) {
        auto const r = row(t);
        out[t].mean  = r.size == 0 ? 0.0 : sum[t].value() / static_cast<double>(r.size);
        sum[t]       = {0.0, 0.0};
        for (auto i = std::uint64_t{t % lanes}; i < r.size; i += lanes) {
            sum[t].add(square_of((r.data[i] - r.pivot) - out[t].mean));
        }
    });
    reduce(sum);
    block.apart([&](unsigned t) {
        auto const r    = row(t);
        out[t].variance = r.size < 2 ? 0.0 : sum[t].value() / (static_cast<double>(r.size) - 1.0);
    });
}

/// A row of numbers, and the one that the others are taken relative to.
struct pivot_row {
    double const* data;
    std::uint64_t size;
    double        pivot;
};

}  // namespace hallmark::inline v0::detail::device
