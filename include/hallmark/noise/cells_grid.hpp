// A picture of a field whose cost lies in its cells: what a row needs of them is computed for a vector of cells at a time, then met by each cell's pixels.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/fixed.hpp>
#include <hallmark/noise/lanes_grid.hpp>
#include <hallmark/noise/plain_grid.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace hallmark::inline v0::detail {

/// `cells` says it in three functions: `of(cell, y, n)` gives the `numbers` numbers of each of the cells in column `cell` of the lattice, on row y;
/// `column(x, out)` what a place x keeps of itself, once a picture; `meet<Set>(n, stride, column, out)` the samples of a vector of columns in one cell, whose
/// numbers are n[0], n[stride], n[2 · stride], … Pixels are met a vector at a time from the first of their cell on; the next cell writes over what was too
/// much. So cells of a few pixels waste lanes: those of less than half a vector are left to `lanes_grid`, where the field is one for it.
template <class Cells>
struct cells_rows {
    Cells                     cells;
    noise_grid                g;
    lattice_coordinate const* lattice;  // of every run of pixels in one cell: the cell's column, and
    std::size_t const*        first;    // the run's first pixel
    std::size_t               runs, stride;
    lattice_coordinate*       columns;
    std::int32_t *            of, *met;

    template <class Set>
    HALLMARK_INLINE void begin() const noexcept {
        constexpr std::size_t lanes = Set::template count<noise_sample>;
        for (std::size_t w = 0; w < g.width + lanes; w += lanes) {  // the last cell's vector begins at any of its columns
            typename Set::u32 x, column;
            simd::load(x, columns + w);
            cells.column(x, column);
            simd::store(column, columns + w);
        }
    }
    template <class Set>
    HALLMARK_INLINE void row(std::size_t h) const noexcept {
        constexpr std::size_t lanes = Set::template count<noise_sample>;
        typename Set::i32     v;
        for (std::size_t r = 0; r < runs; r += lanes) {
            typename Set::u32 cell;
            typename Set::i32 n[Cells::numbers];
            simd::load(cell, lattice + r);
            cells.of(cell, g.ys[h], n);
            for (std::size_t k = 0; k < Cells::numbers; ++k) {
                simd::store(n[k], of + k * stride + r);
            }
        }
        for (std::size_t r = 0; r < runs; ++r) {
            for (auto w = first[r], end = first[r + 1]; w < end; w += lanes) {
                typename Set::i32 column;
                simd::load(column, columns + w);
                cells.template meet<Set>(of + r, stride, column, v);
                simd::store(v, met + w);
            }
        }
        Set::splat(v, met[g.width - 1]);  // the last pixel again: no new extremes
        simd::store(v, met + g.width);
    }
    template <class Set>
    HALLMARK_INLINE void at(std::size_t w, typename Set::i32& out) const noexcept {
        simd::load(out, met + w);
    }
};
template <class Cells, class Field>
auto cells_grid(Cells const& cells, Field const& field, noise_grid const& g) -> noise_range {
    constexpr std::size_t           most    = 16;  // lanes
    auto                            columns = padded(g.xs, g.width);
    std::vector<lattice_coordinate> lattice;
    std::vector<std::size_t>        first;
    for (std::size_t w = 0; w < g.width; ++w) {
        if (w == 0 || g.xs[w] >> 16 != lattice.back()) {
            lattice.push_back(g.xs[w] >> 16);
            first.push_back(w);
        }
    }
    auto const runs = first.size(), stride = runs + most;
    if constexpr (lanes_field<Field>) {
        auto const level = simd::current();
        if (g.width < runs * (level == simd::level::avx512 ? 8 : (level == simd::level::avx2 ? 4 : 2))) {
            return lanes_grid(field, g);
        }
    }
    first.push_back(g.width);
    lattice.resize(stride);
    std::vector<std::int32_t> numbers(Cells::numbers * stride), row(g.width + 2 * most);
    auto const                rows  = cells_rows<Cells>{cells, g, lattice.data(), first.data(), runs, stride, columns.data(), numbers.data(), row.data()};
    auto                      range = noise_range{noise_one, -noise_one};
    return lanes_rows(rows, g, range) ? range : plain_grid(field, g);
}

/// Cells of few numbers: `between(n, column, out)` is a sample, or a vector of them, of the numbers of its cell.
template <class Cells, std::size_t Numbers>
struct few_numbers {
    static constexpr std::size_t numbers = Numbers;

    template <class Set, class Int>
    HALLMARK_INLINE static void meet(std::int32_t const* n, std::size_t stride, Int const& column, Int& out) noexcept {
        Int of[Numbers];
        for (std::size_t k = 0; k < Numbers; ++k) {
            Set::splat(of[k], n[k * stride]);
        }
        Cells::between(of, column, out);
    }
};
/// Each end of a cell contributes a height to a row; a fade blends them.
struct height_cells : few_numbers<height_cells, 2> {
    template <class U>
    HALLMARK_HD HALLMARK_INLINE static constexpr void column(U const& x, U& out) noexcept {
        quintic_fade(U((x & 0xffffu) >> 2), out);
    }
    template <class Int>
    HALLMARK_HD HALLMARK_INLINE static constexpr void between(Int const* n, Int const& fade, Int& out) noexcept {
        lerp14(n[0], n[1], fade, out);
        out = out * (1 << 15);
    }
};
/// Each end of a cell contributes a straight line to a row, slope · t + offset, both Q.14; a fade blends them.
template <bool Cubic, std::int32_t Scale>
struct line_cells : few_numbers<line_cells<Cubic, Scale>, 4> {  // slope and offset of the left end, of the right one
    template <class U>
    HALLMARK_HD HALLMARK_INLINE static constexpr void column(U const& x, U& out) noexcept {  // the fade, and the place below it
        U const t = (x & 0xffffu) >> 2;
        if constexpr (Cubic) {
            cubic_fade(t, out);
        } else {
            quintic_fade(t, out);
        }
        out = (out << 16) | t;
    }
    template <class Int>
    HALLMARK_HD HALLMARK_INLINE static constexpr void between(Int const* n, Int const& column, Int& out) noexcept {
        Int const t     = column & 0xffff;
        Int const left  = ((n[0] * t) >> q14_bits) + n[1];
        Int const right = ((n[2] * (t - q14_one)) >> q14_bits) + n[3];
        lerp14(left, right, Int(column >> 16), out);
        out = out * Scale;
    }
};

/// A row of a field with cells of few numbers, which are computed once for all pixels of a cell; also a single point.
template <class Cells>
HALLMARK_HD constexpr void cells_row(Cells const& cells, lattice_coordinate const* xs, std::size_t count, lattice_coordinate y, noise_sample* out) noexcept {
    for (std::size_t i = 0; i < count;) {
        auto const   cell = xs[i] >> 16;
        std::int32_t n[Cells::numbers]{};
        cells.of(cell, y, n);
        for (; i < count && xs[i] >> 16 == cell; ++i) {
            std::uint32_t column = 0;
            cells.column(xs[i], column);
            cells.between(n, static_cast<std::int32_t>(column), out[i]);
        }
    }
}

}  // namespace hallmark::inline v0::detail
