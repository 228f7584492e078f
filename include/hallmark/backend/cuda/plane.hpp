// Part of the CUDA backend: the noise of a picture, or of a tile of one, in a block's shared memory, and its extremes.
#pragma once

#include <hallmark/backend/cuda/block.hpp>
#include <hallmark/backend/cuda/noise_draw.hpp>
#include <hallmark/config.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/gradient.hpp>
#include <hallmark/noise/perlin.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0::detail::device {

/// Columns [x, x + width) and rows [y, y + height) of a picture.
struct tile {
    std::uint32_t x, y, width, height;
};

struct wider {
    HALLMARK_HD constexpr void operator()(noise_range& a, noise_range const& b) const noexcept {
        a.least    = b.least < a.least ? b.least : a.least;
        a.greatest = b.greatest > a.greatest ? b.greatest : a.greatest;
    }
};
HALLMARK_HD constexpr void widen(noise_range& r, noise_sample n) noexcept { wider{}(r, noise_range{n, n}); }

/// What both ways of filling need: room for the tile's samples, the places of its columns, and four words for each row.
[[nodiscard]] HALLMARK_HD constexpr auto plane_bytes(tile t) noexcept -> std::size_t {
    return sizeof(std::uint32_t) * (std::size_t{t.width} * t.height + t.width + std::size_t{5} * t.height);
}

/// Point by point: any field. Writes sample (x, y) of the tile to plane[y · width + x], and the thread's extremes to `range`.
template <class Block, class Draw, class Ranges>
HALLMARK_HD void fill_plane(Block const& block, Draw const& draw, tile const& at, std::uint32_t* memory, Ranges& range) {
    auto* const plane = reinterpret_cast<noise_sample*>(memory);
    auto* const xs    = memory + std::size_t{at.width} * at.height;
    auto* const ys    = xs + at.width;
    block.each([&](unsigned t) {
        for (std::uint32_t i = t; i < at.width; i += Block::threads) {
            xs[i] = place_of_pixel(std::uint64_t{at.x} + i, draw.period);
        }
        for (std::uint32_t i = t; i < at.height; i += Block::threads) {
            ys[i] = place_of_pixel(std::uint64_t{at.y} + i, draw.period);
        }
    });
    block.each([&](unsigned t) {
        range[t] = {noise_one, -noise_one};
        for (std::uint32_t i = t; i < at.width * at.height; i += Block::threads) {
            plane[i] = draw.sample(xs[i % at.width], ys[i / at.width]);
            widen(range[t], plane[i]);
        }
    });
}

/// Perlin noise, octave by octave, as noise/gradient.hpp arranges it: a thread goes down a column, and between two lines of the lattice
/// a sample costs four multiplications. Where there are more threads than columns, a column is cut into runs of rows.
template <class Block, std::derived_from<octaves_draw<perlin>> Draw, class Ranges>
HALLMARK_HD void fill_plane(Block const& block, Draw const& draw, tile const& at, std::uint32_t* memory, Ranges& range) {
    using places      = gradient_noise::ends<std::uint32_t>;
    auto* const plane = reinterpret_cast<noise_sample*>(memory);
    auto* const rows  = reinterpret_cast<places*>(memory + std::size_t{at.width} * at.height + at.width);
    auto* const lines = memory + std::size_t{at.width} * at.height + at.width + std::size_t{4} * at.height;
    auto const  cuts  = Block::threads <= at.width ? 1u : Block::threads / at.width < at.height ? Block::threads / at.width : at.height;
    auto const  run   = (at.height + cuts - 1) / cuts;
    for (std::uint32_t o = 0; o < draw.octaves; ++o) {
        auto const lattice = draw.lattice.octave(o);
        block.each([&](unsigned t) {
            for (std::uint32_t h = t; h < at.height; h += Block::threads) {
                auto const y = place_of_pixel(std::uint64_t{at.y} + h, draw.period) << o;
                gradient_noise::ends_at(y & 0xffffu, rows[h]);
                lines[h] = y >> 16;
            }
        });
        block.each([&](unsigned t) {
            auto seen = noise_range{noise_one, -noise_one};
            for (std::uint32_t item = t; item < at.width * cuts; item += Block::threads) {
                auto const column = item % at.width;
                auto const first  = item / at.width * run;
                auto const last   = first + run < at.height ? first + run : at.height;
                auto const x      = place_of_pixel(std::uint64_t{at.x} + column, draw.period) << o;
                auto const left   = x >> 16;
                places     e{};
                gradient_noise::ends_at(x & 0xffffu, e);
                std::int32_t  top_a = 0, top_b = 0, low_a = 0, low_b = 0;
                std::uint32_t held = 0;
                for (auto h = first; h < last; ++h) {
                    auto const line = lines[h];
                    if (h == first || line != held) {
                        gradient_noise::line_at(e, lattice(left, line), lattice(left + 1, line), top_a, top_b);
                        gradient_noise::line_at(e, lattice(left, line + 1), lattice(left + 1, line + 1), low_a, low_b);
                        held = line;
                    }
                    auto const row    = rows[h];
                    auto const n      = 2 * (top_a * static_cast<std::int32_t>(row.near_weight) + top_b * static_cast<std::int32_t>(row.near_slope) +
                                        low_a * static_cast<std::int32_t>(row.far_weight) - low_b * static_cast<std::int32_t>(row.far_slope));
                    auto&      sample = plane[std::size_t{h} * at.width + column];
                    sample            = (o == 0 ? 0 : sample) + (n >> (o + 1));
                    widen(seen, sample);
                }
            }
            range[t] = seen;  // that of the last octave stays
        });
    }
}

}  // namespace hallmark::inline v0::detail::device
