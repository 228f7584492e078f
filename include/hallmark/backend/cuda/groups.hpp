// One number for each of many sets of scores in device memory: exact means, medians, extremes, over ragged rows.
#pragma once

#include <hallmark/backend/cuda/block.hpp>
#include <hallmark/backend/cuda/fixed_sum.hpp>
#include <hallmark/backend/cuda/memory.hpp>
#include <hallmark/error.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hallmark::inline v0 {

/// What a set's scores become. `mean` and `median` are the aggregators of these names, to the last bit.
enum class cuda_aggregate : std::uint8_t { mean, median, least, largest };

/// What `cuda_aggregate_groups` met that it could not use: the least index of each, on the device.
struct cuda_group_report {
    std::uint64_t bad_offset;  ///< a set that is empty, or goes beyond the scores
    std::uint64_t bad_score;   ///< a score that is NaN or infinite
    std::uint64_t bad_sum;     ///< a set whose sum is too large for a double
};

namespace detail::device {

/// x < y if and only if key(x) < key(y); −0 and 0 have the same key.
[[nodiscard]] HALLMARK_HD constexpr auto score_key(double x) noexcept -> std::uint64_t {
    constexpr auto sign = std::uint64_t{1} << 63;
    auto const     bits = __builtin_bit_cast(std::uint64_t, x);
    return bits < sign ? bits | sign : bits == sign ? sign : ~bits;
}
[[nodiscard]] HALLMARK_HD constexpr auto score_of_key(std::uint64_t key) noexcept -> double {
    constexpr auto sign = std::uint64_t{1} << 63;
    return __builtin_bit_cast(double, key >= sign ? key & ~sign : ~key);
}
[[nodiscard]] HALLMARK_HD constexpr auto exponent_field(double x) noexcept -> std::uint32_t {
    return static_cast<std::uint32_t>(__builtin_bit_cast(std::uint64_t, x) >> 52 & 0x7ffu);
}
/// Half the sum of two numbers in order, as std::midpoint has it.
[[nodiscard]] HALLMARK_HD constexpr auto middle_of(double low, double high) noexcept -> double {
    auto const big   = [](double v) { return v > 0x1p1022 || v < -0x1p1022; };
    auto const small = [](double v) { return v < 0x1p-1021 && v > -0x1p-1021; };
    if (!big(low) && !big(high)) {
        return (low + high) / 2;
    }
    return small(low) ? low + high / 2 : small(high) ? low / 2 + high : low / 2 + high / 2;
}

/// The key of rank `wanted` (0: the least) among a row's scores, bit by bit from the top: the largest number that no more than so many keys are below.
/// A warp for each row; `row(t)` is the row of thread t, with `data` and `size`.
template <class Block, class Row, class Own>
HALLMARK_HD void key_of_rank(Block const& block, Row const& row, Own& wanted, Own& found) {
    typename Block::template own<std::uint64_t> below;
    block.apart([&](unsigned t) { found[t] = 0; });
    for (int bit = 63; bit >= 0; --bit) {
        block.apart([&](unsigned t) {
            auto const r     = row(t);
            auto const guess = found[t] | std::uint64_t{1} << bit;
            below[t]         = 0;
            for (auto i = std::uint64_t{t % warp_size}; i < r.size; i += warp_size) {
                below[t] += score_key(r.data[i]) < guess ? 1u : 0u;
            }
        });
        block.reduce_warps(below, add_to{});
        block.apart([&](unsigned t) { found[t] |= below[t] <= wanted[t] ? std::uint64_t{1} << bit : 0; });
    }
}
/// The two keys in the middle of a row, which are one where its size is odd.
template <class Block, class Row, class Own>
HALLMARK_HD void middle_keys(Block const& block, Row const& row, Own& low, Own& high) {
    typename Block::template own<std::uint64_t> wanted, below;
    block.apart([&](unsigned t) { wanted[t] = row(t).size / 2; });
    key_of_rank(block, row, wanted, high);
    block.apart([&](unsigned t) {
        auto const r = row(t);
        low[t] = below[t] = 0;
        for (auto i = std::uint64_t{t % warp_size}; i < r.size; i += warp_size) {
            auto const key = score_key(r.data[i]);
            if (key < high[t]) {
                low[t] = key > low[t] ? key : low[t];
                ++below[t];
            }
        }
    });
    block.reduce_warps(low, larger_of{});
    block.reduce_warps(below, add_to{});
    // The largest key below is the one before, but where fewer are below than come before: there the two are equal.
    block.apart([&](unsigned t) { low[t] = row(t).size % 2 == 1 || below[t] < wanted[t] ? high[t] : low[t]; });
}

struct merge_windows {
    HALLMARK_HD void operator()(window_sum& a, window_sum const& b) const noexcept { a.merge(b); }
};

/// A warp for each set.
struct group_body {
    static constexpr unsigned threads = 128;
    static constexpr unsigned at_once = threads / warp_size;

    double const*        scores;
    std::uint64_t        count;
    std::uint64_t const* offsets;
    std::uint64_t        groups;
    double*              out;
    cuda_group_report*   report;
    cuda_aggregate       what;

    [[nodiscard]] auto shared_bytes() const noexcept -> std::size_t { return 0; }

    template <class Block>
    HALLMARK_HD void operator()(Block const& block) const {
        auto const mine = share_of(groups, at_once, block.index(), block.count());
        for (auto first = mine.first; first < mine.last; first += at_once) {
            if (what == cuda_aggregate::mean) {
                means(block, first, mine.last);
            } else {
                ordered(block, first, mine.last);
            }
        }
    }

private:
    struct row {
        std::uint64_t first, last;
    };
    // The scores of a thread's set, none where there is no such set.
    [[nodiscard]] HALLMARK_HD auto row_of(std::uint64_t first, std::uint64_t last, unsigned t) const noexcept -> row {
        auto const g = first + t / warp_size;
        if (g >= last) {
            return {0, 0};
        }
        auto const r = row{offsets[g], offsets[g + 1]};
        if (r.first >= r.last || r.last > count) {
            if (t % warp_size == 0) {
                atomic_least(&report->bad_offset, g);
                out[g] = 0.0;
            }
            return {0, 0};
        }
        return r;
    }

    template <class Block>
    HALLMARK_HD void means(Block const& block, std::uint64_t first, std::uint64_t last) const {
        typename Block::template own<std::uint32_t> top, inexact;
        typename Block::template own<window_sum>    sum;
        block.apart([&](unsigned t) {
            auto const r = row_of(first, last, t);
            top[t]       = 1;
            for (auto i = r.first + t % warp_size; i < r.last; i += warp_size) {
                auto const e = exponent_field(scores[i]);
                if (e == 0x7ffu) {
                    atomic_least(&report->bad_score, i);
                } else {
                    top[t] = e > top[t] ? e : top[t];
                }
            }
        });
        block.reduce_warps(top, larger_of{});
        block.apart([&](unsigned t) {
            auto const r    = row_of(first, last, t);
            auto const base = static_cast<int>(top[t]) - 1075 - window_below;
            sum[t]          = window_sum{};
            inexact[t]      = 0;
            for (auto i = r.first + t % warp_size; i < r.last; i += warp_size) {
                if (exponent_field(scores[i]) != 0x7ffu && !sum[t].add(scores[i], base)) {
                    inexact[t] = 1;
                }
            }
        });
        block.reduce_warps(sum, merge_windows{});
        block.reduce_warps(inexact, larger_of{});
        block.apart([&](unsigned t) {
            auto const r = row_of(first, last, t);
            if (t % warp_size != 0 || r.first == r.last) {
                return;
            }
            auto const g   = first + t / warp_size;
            auto const all = inexact[t] == 0 ? sum[t].value(static_cast<int>(top[t]) - 1075 - window_below) : slowly(r);
            if (exponent_field(all) == 0x7ffu) {
                atomic_least(&report->bad_sum, g);
            }
            out[g] = all / static_cast<double>(r.last - r.first);
        });
    }
    // Sizes that differ by more than a window holds are rare: one thread adds them up.
    [[nodiscard]] HALLMARK_HD auto slowly(row r) const noexcept -> double {
        any_sum sum{};
        for (auto i = r.first; i < r.last; ++i) {
            if (exponent_field(scores[i]) != 0x7ffu) {
                sum.add(scores[i], any_base);
            }
        }
        return sum.value(any_base);
    }

    template <class Block>
    HALLMARK_HD void ordered(Block const& block, std::uint64_t first, std::uint64_t last) const {
        struct part {
            double const* data;
            std::uint64_t size;
        };
        typename Block::template own<std::uint64_t> low, high;
        auto const                                  rows = [&](unsigned t) {
            auto const r = row_of(first, last, t);
            return part{scores + r.first, r.last - r.first};
        };
        block.apart([&](unsigned t) {
            auto const r = row_of(first, last, t);
            for (auto i = r.first + t % warp_size; i < r.last; i += warp_size) {
                if (exponent_field(scores[i]) == 0x7ffu) {
                    atomic_least(&report->bad_score, i);
                }
            }
        });
        if (what == cuda_aggregate::median) {
            middle_keys(block, rows, low, high);
        } else {
            block.apart([&](unsigned t) { low[t] = what == cuda_aggregate::least || rows(t).size == 0 ? 0 : rows(t).size - 1; });
            key_of_rank(block, rows, low, high);
            block.apart([&](unsigned t) { low[t] = high[t]; });
        }
        block.apart([&](unsigned t) {
            auto const r = row_of(first, last, t);
            if (t % warp_size == 0 && r.first < r.last) {
                out[first + t / warp_size] = low[t] == high[t] ? score_of_key(high[t]) : middle_of(score_of_key(low[t]), score_of_key(high[t]));
            }
        });
    }
};

}  // namespace detail::device

/// Writes one number for each set to `out`: set g is the scores from offsets[g] up to offsets[g + 1] (compressed sparse row), one offset more than sets.
/// The mean is the exact sum, rounded once, divided by the count, as `mean` has it; the median is `median`'s: the same bits in any order of the
/// scores. `report` is cleared first; `cuda_require_groups` reads it. Cost: two reads of the scores for a mean, 66 (from caches) for a median.
template <class Device>
void cuda_aggregate_groups(Device const& device, cuda_aggregate what, cuda_span<double const> scores, cuda_span<std::uint64_t const> offsets,
                           cuda_span<double> out, cuda_group_report* report) {
    using namespace detail::device;
    constexpr std::string_view who = "hallmark::cuda_aggregate_groups";
    device.require_ready(who);
    require_span(device, scores, who, "scores");
    require_span(device, offsets, who, "offsets");
    require_span(device, out, who, "out");
    require_length(out.size, offsets.size - 1, who, "out");
    auto const noted = named(cuda_span<cuda_group_report>{report, 1}, "report");
    require_bytes(device, noted.bytes, alignof(cuda_group_report), who, noted.name);
    require_apart(named(out, "out"), {named(scores, "scores"), named(offsets, "offsets")}, who);
    require_apart(noted, {named(out, "out"), named(scores, "scores"), named(offsets, "offsets")}, who);
    device.fill(report, 0xff, sizeof *report);
    device.launch(group_body{scores.data, scores.size, offsets.data, out.size, out.data, report, what},
                  blocks_for(out.size, group_body::at_once, device.most_blocks()));
}

/// Waits for the stream, and throws the sentence about the first set or score that could not be used.
template <class Device>
void cuda_require_groups(Device const& device, cuda_group_report const* report) {
    constexpr std::string_view who  = "hallmark::cuda_aggregate_groups";
    constexpr auto             none = ~std::uint64_t{0};
    cuda_group_report          seen{};
    device.copy_to_host(&seen, report, sizeof seen);
    detail::require(seen.bad_offset == none, errc::out_of_domain, who, ": set ", seen.bad_offset,
                    " is empty or ends beyond the scores; allowed are offsets that rise up to the number of scores");
    detail::require(seen.bad_score == none, errc::not_a_number, who, ": score ", seen.bad_score, " is no number; allowed is any finite number");
    detail::require(seen.bad_sum == none, errc::out_of_domain, who, ": the sum of the scores of set ", seen.bad_sum, " is too large for a double");
}

}  // namespace hallmark::inline v0
