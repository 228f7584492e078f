// Part of the Gabor field: a tile of a picture, and the memory for the impulses that reach it.
#pragma once

#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/gabor_parts.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace hallmark::inline v0::detail {

/// The cell of a lattice, and how many impulses are in it.
struct gabor_cell {
    std::uint32_t x, y, hash, number;
};

/// A part of a picture that spans few cells, all impulses that reach it, and their factors. Places are repeated up to whole vectors.
struct gabor_tile {
    static constexpr std::size_t side = 64, rows = 8, padding = 16;  // rows: of a strip, whose sums are in registers

    lattice_coordinate               xs[side], ys[side];
    std::size_t                      width, height, number, words;
    std::vector<gabor_cell>          cells;
    std::size_t                      room = 0;                           // for so many impulses
    std::unique_ptr<std::uint32_t[]> x, y, across, down, phase, weight;  // of every impulse
    std::unique_ptr<std::int32_t[]>  columns;                            // the factors, cosine and sine: for a vector of columns, of every impulse
    std::unique_ptr<std::int32_t[]>  lines;                              // the same: for every impulse, of all rows
    std::vector<std::uint64_t>       column_reach, line_reach;           // one bit for every impulse: whether it acts on a vector of columns, on a strip

    void prepare(gabor_parameters const& p, noise_grid const& g, std::size_t left, std::size_t top) {
        std::copy(g.xs + left, g.xs + left + width, xs);
        std::copy(g.ys + top, g.ys + top + height, ys);
        std::fill(xs + width, xs + side, xs[width - 1]);
        std::fill(ys + height, ys + side, ys[height - 1]);
        auto const across_cells = span(xs, width), down_cells = span(ys, height);
        cells.clear();
        number = 0;
        for (std::uint32_t j = 0; j < down_cells; ++j) {
            for (std::uint32_t i = 0; i < across_cells; ++i) {
                auto const cx = ((xs[0] >> 16) + i - 1) & 0xffffu, cy = ((ys[0] >> 16) + j - 1) & 0xffffu;
                auto const hash = p.lattice(cx, cy);
                cells.push_back({cx, cy, hash, p.count(hash)});
                number += cells.back().number;
            }
        }
        words = (number + 63) / 64;
        make_room(number);
        column_reach.assign(words * (side / 4), 0);
        line_reach.assign(words * (side / rows), 0);
    }
    /// For this many impulses. Not set to 0, which would take longer than some tiles.
    void make_room(std::size_t n) {
        if (n <= room) {
            return;
        }
        room = n;
        for (auto* v : {&x, &y, &across, &down, &phase, &weight}) {
            *v = std::make_unique_for_overwrite<std::uint32_t[]>(room + padding);
        }
        columns = std::make_unique_for_overwrite<std::int32_t[]>(side * room);
        lines   = std::make_unique_for_overwrite<std::int32_t[]>(side * room);
    }
    /// How many of these places, from the first one on, span no more than four cells.
    static auto run(lattice_coordinate const* at, std::size_t count) noexcept -> std::size_t {
        std::size_t n = 1;
        while (n < count && n < side && (((at[n] >> 16) - (at[0] >> 16)) & 0xffffu) < 4) {
            ++n;
        }
        return n;
    }

    // The cells from the one before the places to the one after.
    static auto span(lattice_coordinate const* at, std::size_t count) noexcept -> std::uint32_t {
        std::uint32_t most = 0;
        for (std::size_t i = 0; i < count; ++i) {
            most = std::max(most, ((at[i] >> 16) - (at[0] >> 16)) & 0xffffu);
        }
        return most + 3;
    }
};

}  // namespace hallmark::inline v0::detail
