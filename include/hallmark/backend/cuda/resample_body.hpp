// Part of the CUDA backend: the kernels of the Monte Carlo permutation tests, where a thread makes a draw by its address.
#pragma once

#include <hallmark/backend/cuda/block.hpp>
#include <hallmark/config.hpp>
#include <hallmark/random/stream.hpp>
#include <hallmark/stats/resampling.hpp>

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0::detail::device {

/// The draws of one address, as resampling_key has it.
[[nodiscard]] HALLMARK_HD constexpr auto open_draw(std::uint64_t seed, std::uint64_t draw, std::uint32_t what) noexcept -> stream {
    return stream(chacha_key{{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32), static_cast<std::uint32_t>(draw),
                              static_cast<std::uint32_t>(draw >> 32), what, 0, 0, 0}});
}

/// Sums at or below the observed one, and at or above it; ties, and what is within `slack`, count for both.
struct tails {
    std::uint64_t below, above;
};
struct add_tails {
    HALLMARK_HD constexpr void operator()(tails& a, tails const& b) const noexcept { a = {a.below + b.below, a.above + b.above}; }
};
HALLMARK_HD constexpr void count_tails(tails& c, std::int64_t sum, std::int64_t observed, std::int64_t slack) noexcept {
    c.below += sum <= observed + slack ? 1u : 0u;
    c.above += sum >= observed - slack ? 1u : 0u;
}
/// Adds what the threads counted to the totals.
template <class Block, class Own>
HALLMARK_HD void add_up(Block const& block, Own& found, tails* room, std::uint64_t* totals) {
    auto const all = block.reduce(found, add_tails{}, room);
    block.apart([&](unsigned t) {
        if (t == 0) {
            atomic_add(totals, all.below);
            atomic_add(totals + 1, all.above);
        }
    });
}

/// The words of a thread's row lie `threads` apart: neighbours in a warp touch neighbours in memory.
struct split_body {
    static constexpr unsigned threads = 128;

    std::int64_t const* values;
    std::uint32_t*      rows;  // a row of each thread, for each block; null where they fit into shared memory
    std::uint32_t       n, chosen;
    std::uint64_t       seed, draws;
    std::int64_t        observed, slack, total;
    bool                rest;  // the sum of what was not chosen is the statistic
    std::uint64_t*      totals;

    [[nodiscard]] static constexpr auto row_bytes(std::size_t n) noexcept -> std::size_t { return (n + 31) / 32 * sizeof(std::uint32_t) * threads; }
    [[nodiscard]] static constexpr auto bytes_for(std::size_t n) noexcept -> std::size_t { return room_bytes + n * sizeof(std::int64_t) + row_bytes(n); }
    [[nodiscard]] auto                  shared_bytes() const noexcept -> std::size_t { return rows == nullptr ? bytes_for(n) : room_bytes; }

    template <class Block>
    HALLMARK_HD void operator()(Block const& block) const {
        auto* const room  = block.template shared<tails>();
        auto const  split = split_draw(n, chosen);
        auto const* x     = values;
        auto*       at    = rows + block.index() * split.words() * threads;
        if (rows == nullptr) {
            auto* const here = block.template shared<std::int64_t>(room_bytes);
            at               = reinterpret_cast<std::uint32_t*>(here + n);
            block.each([&](unsigned t) {
                for (std::uint32_t i = t; i < n; i += threads) {
                    here[i] = values[i];
                }
            });
            x = here;
        }
        auto const                          mine = share_of(draws, threads, block.index(), block.count());
        typename Block::template own<tails> found;
        block.apart([&](unsigned t) {
            found[t] = {0, 0};
            for (auto d = mine.first + t; d < mine.last; d += threads) {
                auto const   row    = [at, t](std::uint32_t w) noexcept -> std::uint32_t& { return at[std::size_t{w} * threads + t]; };
                auto         source = open_draw(seed, d, split_draws);
                std::int64_t sum    = 0;
                if (split.sparse()) {
                    for (std::uint32_t w = 0; w < split.words(); ++w) {
                        row(w) = 0;
                    }
                    split.settle(source, row, 0, [&](std::uint32_t i, bool hit) { sum += hit ? x[i] : 0; });
                } else {
                    split(source, row);
                    for (std::uint32_t i = 0; i < n; ++i) {
                        sum += (row(i / 32) >> i % 32 & 1u) != 0 ? x[i] : 0;
                    }
                }
                count_tails(found[t], rest ? total - sum : sum, observed, slack);
            }
        });
        add_up(block, found, room, totals);
    }

private:
    static constexpr std::size_t room_bytes = threads / warp_size * sizeof(tails);
};

/// A thread makes a run of draws that follow one another, so that they share blocks of the cipher.
struct flip_body {
    static constexpr unsigned threads = 128;
    static constexpr unsigned run     = 16;

    std::int64_t const* table;  // signed_sums: sixteen sums for each nibble of a draw
    std::uint32_t       words;  // of a draw
    std::uint64_t       seed, draws;
    std::int64_t        observed, slack;
    std::uint64_t*      totals;
    bool                staged;  // the table is copied to shared memory

    [[nodiscard]] static constexpr auto table_bytes(std::size_t words) noexcept -> std::size_t { return words * 8 * 16 * sizeof(std::int64_t); }
    [[nodiscard]] static constexpr auto bytes_for(std::size_t words) noexcept -> std::size_t { return room_bytes + table_bytes(words); }
    [[nodiscard]] auto                  shared_bytes() const noexcept -> std::size_t { return staged ? bytes_for(words) : room_bytes; }

    template <class Block>
    HALLMARK_HD void operator()(Block const& block) const {
        auto const* sums = table;
        if (staged) {
            auto* const here = block.template shared<std::int64_t>(room_bytes);
            block.each([&](unsigned t) {
                for (std::uint32_t i = t; i < words * 128; i += threads) {
                    here[i] = table[i];
                }
            });
            sums = here;
        }
        auto const                          mine = share_of(draws, std::uint64_t{threads} * run, block.index(), block.count());
        typename Block::template own<tails> found;
        block.apart([&](unsigned t) {
            found[t] = {0, 0};
            for (auto first = mine.first + std::uint64_t{t} * run; first < mine.last; first += std::uint64_t{threads} * run) {
                auto       source = open_draw(seed, 0, sign_draws);
                auto const last   = first + run < mine.last ? first + run : mine.last;
                source.seek(first * words);
                for (auto d = first; d < last; ++d) {
                    std::int64_t sum = 0;
                    for (std::uint32_t w = 0; w < words; ++w) {
                        auto bits = source.bits();
                        for (unsigned nibble = 0; nibble < 8; ++nibble, bits >>= 4) {
                            sum += sums[(w * 8 + nibble) * 16 + (bits & 15u)];
                        }
                    }
                    count_tails(found[t], sum, observed, slack);
                }
            }
        });
        add_up(block, found, block.template shared<tails>(), totals);
    }

private:
    static constexpr std::size_t room_bytes = threads / warp_size * sizeof(tails);
};

}  // namespace hallmark::inline v0::detail::device
