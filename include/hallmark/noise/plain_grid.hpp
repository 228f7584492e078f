// A picture of a field, point by point or row by row: what every faster way must reproduce.
#pragma once

#include <hallmark/noise/concept.hpp>

#include <cstddef>

namespace hallmark::inline v0::detail {

/// Point by point or row by row. The field's own `grid` is faster, and gives the same.
template <class F>
auto plain_grid(F const& field, noise_grid const& g) -> noise_range {
    auto range = noise_range{noise_one, -noise_one};
    for (std::size_t h = 0; h < g.height; ++h) {
        auto* out = g.out + static_cast<std::ptrdiff_t>(h) * g.stride;
        if constexpr (row_noise_field<F>) {
            field.row(g.xs, g.width, g.ys[h], out);
        } else {
            for (std::size_t w = 0; w < g.width; ++w) {
                out[w] = field(g.xs[w], g.ys[h]);
            }
        }
        for (std::size_t w = 0; w < g.width; ++w) {
            range.least    = out[w] < range.least ? out[w] : range.least;
            range.greatest = out[w] > range.greatest ? out[w] : range.greatest;
        }
    }
    return range;
}

}  // namespace hallmark::inline v0::detail
