// Part of the Gabor field: it on all pixels of a picture, every impulse as one factor for each column and one for each row.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/gabor_lanes.hpp>
#include <hallmark/noise/gabor_parts.hpp>
#include <hallmark/noise/gabor_tile.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0::detail {

/// For each tile its impulses are drawn, then turned into factors, then added up in strips. Memory that is kept for all tiles and not set to 0 made this
/// a quarter faster. In tiles of at most 64 pixels and four cells each way, so that the factors stay in the cache.
inline auto gabor_grid(gabor_parameters const& p, noise_grid const& g) -> noise_range {
    auto       range = noise_range{noise_one, -noise_one};
    gabor_tile t;
    auto const spanned = [](lattice_coordinate const* at, std::size_t count) {
        std::uint32_t most = 0;
        for (std::size_t i = 0, n = 0; i < count; i += n) {
            n    = gabor_tile::run(at + i, count - i);
            most = std::max(most, gabor_tile::span(at + i, n));
        }
        return std::size_t{most};
    };
    t.make_room(spanned(g.xs, g.width) * spanned(g.ys, g.height) * p.impulses);
    for (std::size_t top = 0; top < g.height; top += t.height) {
        t.height = gabor_tile::run(g.ys + top, g.height - top);
        for (std::size_t left = 0; left < g.width; left += t.width) {
            t.width = gabor_tile::run(g.xs + left, g.width - left);
            t.prepare(p, g, left, top);
            auto* const out = g.out + static_cast<std::ptrdiff_t>(top) * g.stride + static_cast<std::ptrdiff_t>(left);
            simd::run([&](auto set) HALLMARK_INLINE_LAMBDA { gabor_lanes<decltype(set)>::tile(p, t, out, g.stride, range); });
        }
    }
    return range;
}

}  // namespace hallmark::inline v0::detail
