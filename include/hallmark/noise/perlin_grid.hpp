// Perlin noise, and sums of its octaves, on all pixels of a picture: see noise/gradient.hpp for the formula.
//
// Tried and left: 16-bit products rounded one by one (as fast, and less exact than pairs summed in 32 bits), and hashes once a cell with their
// gradients spread over its pixels (the hashes are a third of the time at four octaves, but short cells then need a second path).
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/gradient.hpp>
#include <hallmark/noise/lattice.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

namespace hallmark::inline v0::detail {

/// One octave's tables for a tile of a picture.
struct perlin_octave {
    keyed_lattice  lattice;
    std::uint32_t *cells, *near_weight, *far_weight, *near_slope, *far_slope;  // of every column
    std::uint32_t *top, *low;                                                  // A and B of every column on the lattice's lines above and below the row
    std::uint32_t *lines, *upper, *lower;                                      // of every row: the line above it, and what it multiplies `top` and `low` by
    std::uint32_t  held  = 0;                                                  // the line that `top` is for
    bool           empty = true;
};

template <class Set>
struct perlin_kernel;
#if HALLMARK_VECTORS
/// The kernel. Tables are 32-bit words, two 16-bit numbers in each, which one multiplication takes at once.
template <class Set>
struct perlin_kernel {
    using u32                          = typename Set::u32;
    using i32                          = typename Set::i32;
    static constexpr std::size_t lanes = Set::template count<std::uint32_t>;

    // A row is computed two vectors at a time, so the tables of its columns must end no sooner.
    HALLMARK_INLINE static auto whole(std::size_t count) noexcept -> std::size_t { return (count + 2 * lanes - 1) / (2 * lanes) * (2 * lanes); }

    HALLMARK_INLINE static void pack(u32& out, u32 const& low, u32 const& high) noexcept { out = (low & 0xffffu) | (high << 16); }

    HALLMARK_INLINE static void columns(perlin_octave const t, lattice_coordinate const* xs, std::size_t count, std::uint32_t o) noexcept {
        for (std::size_t i = 0; i < whole(count); i += lanes) {
            u32 x;
            simd::load(x, xs + i);
            x = x << o;
            gradient_noise::ends<u32> e;
            gradient_noise::ends_at(u32(x & 0xffffu), e);
            simd::store(u32(x >> 16), t.cells + i);
            simd::store(e.near_weight, t.near_weight + i);
            simd::store(e.far_weight, t.far_weight + i);
            simd::store(e.near_slope, t.near_slope + i);
            simd::store(e.far_slope, t.far_slope + i);
        }
    }
    HALLMARK_INLINE static void rows(perlin_octave const t, lattice_coordinate const* ys, std::size_t count, std::uint32_t o) noexcept {
        for (std::size_t i = 0; i < count; i += lanes) {
            u32 y, upper, lower;
            simd::load(y, ys + i);
            y = y << o;
            gradient_noise::ends<u32> e;
            gradient_noise::ends_at(u32(y & 0xffffu), e);
            pack(upper, e.near_weight, e.near_slope);
            pack(lower, e.far_weight, u32(0u - e.far_slope));
            simd::store(u32(y >> 16), t.lines + i);
            simd::store(upper, t.upper + i);
            simd::store(lower, t.lower + i);
        }
    }
    /// A and B of every column on one line of the lattice.
    HALLMARK_INLINE static void line(perlin_octave const t, std::uint32_t cy, std::size_t count, std::uint32_t* out) noexcept {
        for (std::size_t i = 0; i < whole(count); i += lanes) {
            u32                       cell, left, right, packed;
            i32                       a, b;
            gradient_noise::ends<u32> e;
            simd::load(cell, t.cells + i);
            simd::load(e.near_weight, t.near_weight + i);
            simd::load(e.far_weight, t.far_weight + i);
            simd::load(e.near_slope, t.near_slope + i);
            simd::load(e.far_slope, t.far_slope + i);
            t.lattice.line(cell, cy, left);
            t.lattice.line(u32(cell + 1u), cy, right);
            gradient_noise::line_at(e, left, right, a, b);
            pack(packed, (u32)a, (u32)b);
            simd::store(packed, out + i);
        }
    }
    /// The octaves' sum on one row, and its extremes.
    HALLMARK_INLINE static void row(perlin_octave const* t, std::uint32_t octaves, std::size_t h, int doubled, std::size_t width, std::uint32_t* spare,
                                    noise_sample* out, i32& least, i32& greatest) noexcept {
        for (std::size_t i = 0; i < width; i += 2 * lanes) {
            i32 sum0 = {}, sum1 = {};
            for (std::uint32_t o = 0; o < octaves; ++o) {
                i32 upper, lower, table, above, below;
                Set::splat(upper, (std::int32_t)t[o].upper[h]);
                Set::splat(lower, (std::int32_t)t[o].lower[h]);
                simd::load(table, t[o].top + i);
                Set::dot2(above, table, upper);
                simd::load(table, t[o].low + i);
                Set::dot2(below, table, lower);
                sum0 += (above + below) >> (int)o;
                simd::load(table, t[o].top + i + lanes);
                Set::dot2(above, table, upper);
                simd::load(table, t[o].low + i + lanes);
                Set::dot2(below, table, lower);
                sum1 += (above + below) >> (int)o;
            }
            sum0     = sum0 << doubled;
            sum1     = sum1 << doubled;
            least    = sum0 < least ? sum0 : least;
            least    = sum1 < least ? sum1 : least;
            greatest = sum0 > greatest ? sum0 : greatest;
            greatest = sum1 > greatest ? sum1 : greatest;
            if (i + 2 * lanes <= width) {
                simd::store(sum0, out + i);
                simd::store(sum1, out + i + lanes);
            } else {
                simd::store(sum0, spare);
                simd::store(sum1, spare + lanes);
                std::memcpy(out + i, spare, (width - i) * sizeof *out);
            }
        }
    }
    HALLMARK_INLINE static void tile(perlin_octave* t, std::uint32_t octaves, int doubled, noise_grid const& g, lattice_coordinate const* xs,
                                     lattice_coordinate const* ys, std::uint32_t* spare, noise_range& range) noexcept {
        for (std::uint32_t o = 0; o < octaves; ++o) {
            columns(t[o], xs, g.width, o);
            rows(t[o], ys, g.height, o);
        }
        i32 least, greatest;
        Set::splat(least, range.least);
        Set::splat(greatest, range.greatest);
        for (std::size_t h = 0; h < g.height; ++h) {
            for (std::uint32_t o = 0; o < octaves; ++o) {
                auto const cy = t[o].lines[h];
                if (t[o].empty || cy != t[o].held) {
                    if (!t[o].empty && cy == ((t[o].held + 1u) & 0xffffu)) {
                        std::swap(t[o].top, t[o].low);
                    } else {
                        line(t[o], cy, g.width, t[o].top);
                    }
                    line(t[o], cy + 1u, g.width, t[o].low);
                    t[o].held  = cy;
                    t[o].empty = false;
                }
            }
            row(t, octaves, h, doubled, g.width, spare, g.out + static_cast<std::ptrdiff_t>(h) * g.stride, least, greatest);
        }
        for (std::size_t i = 0; i < lanes; ++i) {
            range.least    = least[i] < range.least ? least[i] : range.least;
            range.greatest = greatest[i] > range.greatest ? greatest[i] : range.greatest;
        }
    }
};
#endif

/// The sum of `octaves` octaves, octave o at 2^o times the frequency and 2^-(o+1) times the height, all of it times 2^doubled.
/// In tiles, so that the tables stay in the cache: 7 words for a column and 3 for a row, for each octave.
inline auto perlin_grid(keyed_lattice lattice, std::uint32_t octaves, int doubled, noise_grid const& g) -> noise_range {
    constexpr std::size_t side = 256, padding = 32;  // padding: what two vectors of 64 bytes may go beyond the end
    auto const            room    = [](std::size_t n) { return (n < side ? n : side) + padding; };
    auto const            columns = room(g.width), rows = room(g.height);

    std::vector<std::uint32_t> memory(octaves * (7 * columns + 3 * rows) + columns + rows + padding);
    std::vector<perlin_octave> tables(octaves);
    auto*                      next = memory.data();
    auto const                 take = [&](std::size_t n) { return std::exchange(next, next + n); };
    for (std::uint32_t o = 0; o < octaves; ++o) {
        auto& t   = tables[o];
        t.lattice = lattice.octave(o);
        for (auto* table : {&t.cells, &t.near_weight, &t.far_weight, &t.near_slope, &t.far_slope, &t.top, &t.low}) {
            *table = take(columns);
        }
        for (auto* table : {&t.lines, &t.upper, &t.lower}) {
            *table = take(rows);
        }
    }
    auto* const xs    = take(columns);
    auto* const ys    = take(rows);
    auto* const spare = take(padding);
    auto const  copy  = [](lattice_coordinate const* from, std::size_t n, std::uint32_t* to) {  // and repeat the last one: no new extremes
        std::memcpy(to, from, n * sizeof *to);
        for (std::size_t i = 0; i < padding; ++i) {
              to[n + i] = from[n - 1];
        }
    };

    auto range = noise_range{noise_one, -noise_one};
    for (std::size_t x = 0; x < g.width; x += side) {
        for (std::size_t y = 0; y < g.height; y += side) {
            auto const part = noise_grid{g.xs + x,
                                         g.width - x < side ? g.width - x : side,
                                         g.ys + y,
                                         g.height - y < side ? g.height - y : side,
                                         g.out + static_cast<std::ptrdiff_t>(y) * g.stride + x,
                                         g.stride};
            copy(part.xs, part.width, xs);
            copy(part.ys, part.height, ys);
            for (auto& t : tables) {
                t.empty = true;
            }
            simd::run([&](auto set)
                          HALLMARK_INLINE_LAMBDA { perlin_kernel<decltype(set)>::tile(tables.data(), octaves, doubled, part, xs, ys, spare, range); });
        }
    }
    return range;
}

}  // namespace hallmark::inline v0::detail
