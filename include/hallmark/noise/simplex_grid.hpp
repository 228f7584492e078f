// Internal to noise/simplex.hpp: pictures, whose neighbours share their hashes.
//
// With AVX-512 gcc 12 builds two dozen constants anew for every vector, a fifth of the time (it does not with -mtune-ctrl=^inter_unit_moves_to_vec).
// Tried and left: that tuning as an attribute of the kernels, which makes Perlin and value noise slower by a twelfth.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/lanes_grid.hpp>
#include <hallmark/noise/lattice.hpp>
#include <hallmark/noise/plain_grid.hpp>
#include <hallmark/noise/simplex_parts.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace hallmark::inline v0::detail {

/// A cell of the lattice of squares.
struct simplex_cell {
    std::uint32_t i, j;

    HALLMARK_INLINE static auto of(lattice_coordinate x, lattice_coordinate y) noexcept -> simplex_cell {
        std::uint32_t shift = 0;
        simplex_noise::shift_of(x, y, shift);
        return {(x >> 16) + (shift >> 16) + (((x & 0xffffu) + (shift & 0xffffu)) >> 16),
                (y >> 16) + (shift >> 16) + (((y & 0xffffu) + (shift & 0xffffu)) >> 16)};
    }
};

/// A vector of pixels. If it covers no more than three cells to the right and three down, whatever the row: the gradients of the corners up to three to the
/// right and three down of its first cell, row by row.
struct simplex_stretch {
    bool          narrow;
    simplex_cell  cell{~0u, ~0u};  // none has these
    std::uint32_t gradients[16];
};

#if HALLMARK_VECTORS
/// For lanes_rows. A narrow vector of pixels needs sixteen hashes, and the rows below it need the same ones until its first pixel enters another cell; the
/// others, where cells are of some ten pixels or less, or x begins anew at 0, are left to the points.
template <class Field>
struct simplex_rows {
    Field                     field;
    keyed_lattice             lattice;
    lattice_coordinate const *xs, *ys;
    std::size_t               columns;
    std::uint32_t *           whole, *part;  // of every column: its cell, skewed, and the place in it, Q.16
    simplex_stretch*          stretches;     // one for every vector of columns
    lattice_coordinate        y       = 0;
    std::uint32_t             y_whole = 0, y_part = 0;

    template <class Set>
    HALLMARK_INLINE void begin() const noexcept {
        constexpr std::size_t lanes = Set::template count<std::uint32_t>;
        for (std::size_t w = 0; w < columns; w += lanes) {
            // How far the greater of the skewed coordinates moves, Q.16, but for the rounding of both ends. Places need not rise: an octave's wrap around.
            auto const         from = xs[w];
            lattice_coordinate far  = 0;
            bool               rise = true;
            for (std::size_t i = w; i < w + lanes; ++i) {
                rise = rise && xs[i] >= from;
                far  = xs[i] - from > far ? xs[i] - from : far;
            }
            stretches[w / lanes].narrow = rise && (std::uint64_t{far} * (65536 + simplex_noise::skew)) >> 16 < 2 * 65536 - 4;
            for (std::size_t i = w; i < w + lanes; ++i) {
                whole[i] = (xs[i] >> 16) * simplex_noise::skew;
                part[i]  = xs[i] & 0xffffu;
            }
        }
    }
    template <class Set>
    HALLMARK_INLINE void row(std::size_t h) noexcept {
        y       = ys[h];
        y_whole = (y >> 16) * simplex_noise::skew;
        y_part  = y & 0xffffu;
    }
    template <class Set>
    HALLMARK_INLINE void at(std::size_t w, typename Set::i32& out) const noexcept {
        using u32                   = typename Set::u32;
        using i32                   = typename Set::i32;
        using place                 = simplex_noise::packed_place<Set>;
        constexpr std::size_t lanes = Set::template count<std::uint32_t>;
        auto&                 here  = stretches[w / lanes];
        u32                   x, x_whole, x_part;
        simd::load(x, xs + w);
        if (!here.narrow) {
            field.at_with(Set{}, x, y, out);
            return;
        }
        auto const first = simplex_cell::of(xs[w], y);
        if (here.cell.i != first.i || here.cell.j != first.j) {
            hash<Set>(first, here);
        }
        // Relative to the first pixel's cell, Q.16, modulo the lattice.
        simd::load(x_whole, whole + w);
        simd::load(x_part, part + w);
        u32 const shift = x_whole + (((x_part + y_part) * (simplex_noise::skew / 4)) >> 14);
        u32 const right = x + shift + (y_whole - (first.i << 16));
        u32 const down  = shift + (y_whole + y - (first.j << 16));
        i32 const fi = (i32)(right & 0xffffu), fj = (i32)(down & 0xffffu);
        i32 const lower = (fj - fi) >> 31;
        u32 const near  = (right >> 16) + ((down >> 14) & 12u);
        place     p, q, r;
        simplex_noise::corners(fi, fj, lower, p, q, r);
        i32 one, two, three;
        bump<Set>(here, near, p, one);
        bump<Set>(here, u32(near + 4u + ((u32)lower & ~2u)), q, two);
        bump<Set>(here, u32(near + 5u), r, three);
        simplex_noise::sample(one, two, three, out);
    }

private:
    template <class Set, class Place>
    HALLMARK_INLINE static void bump(simplex_stretch const& stretch, typename Set::u32 const& corner, Place const& p, typename Set::i32& out) noexcept {
        typename Set::u32 gradient;
        typename Set::i32 fade, ramp;
        Set::pick16(gradient, stretch.gradients, corner);
        simplex_noise::faded(p, fade);
        p.along(gradient, ramp);
        Set::dot2(out, fade, ramp);  // fade has 15 bits, and ramp 16 with its sign: their product
    }
    template <class Set>
    HALLMARK_INLINE void hash(simplex_cell const& cell, simplex_stretch& out) const noexcept {
        auto near = cell.i + cell.j;
        simplex_noise::less(near);
        simplex_noise::less(near);
        for (std::uint32_t down = 0; down < 4; ++down) {
            for (std::uint32_t right = 0; right < 4; ++right) {
                auto          sum    = near + right + down;
                std::uint32_t corner = 0, h = 0;
                simplex_noise::less(sum);
                simplex_noise::corner_of(cell.i - cell.j + right - down, sum, corner);
                lattice.upper_bits(corner, h);
                simplex_noise::packed_place<Set>::gradient(h, out.gradients[4 * down + right]);
            }
        }
        out.cell = cell;
    }
};
#endif

/// A picture of simplex noise on a lattice.
template <class Field>
auto simplex_grid(keyed_lattice const& lattice, Field const& field, noise_grid const& g) -> noise_range {
#if HALLMARK_VECTORS
    constexpr std::size_t        fewest = 4;  // lanes
    auto const                   xs     = padded(g.xs, g.width);
    std::vector<std::uint32_t>   whole(xs.size()), part(xs.size());
    std::vector<simplex_stretch> stretches(g.width / fewest + 1);
    auto                         range = noise_range{noise_one, -noise_one};
    if (lanes_rows(simplex_rows<Field>{field, lattice, xs.data(), g.ys, g.width, whole.data(), part.data(), stretches.data()}, g, range)) {
        return range;
    }
#else
    static_cast<void>(lattice);
#endif
    return plain_grid(field, g);
}

}  // namespace hallmark::inline v0::detail
