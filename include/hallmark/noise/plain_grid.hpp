// A picture of a field, point by point or row by row: what every faster way must reproduce; and by the field's own way, where it has one.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>
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

/// Makes the range as wide as these samples need it, in lanes.
inline void widen_range(noise_sample const* samples, std::size_t count, noise_range& range) noexcept {
    std::size_t done = 0;
    simd::run([&](auto set) HALLMARK_INLINE_LAMBDA {
        using i32                   = typename decltype(set)::i32;
        constexpr std::size_t lanes = decltype(set)::template count<noise_sample>;
        i32                   least, greatest, v;
        decltype(set)::splat(least, range.least);
        decltype(set)::splat(greatest, range.greatest);
        for (; done + lanes <= count; done += lanes) {
            simd::load(v, samples + done);
            least    = v < least ? v : least;
            greatest = v > greatest ? v : greatest;
        }
        for (std::size_t i = 0; i < lanes; ++i) {
            range.least    = least[i] < range.least ? least[i] : range.least;
            range.greatest = greatest[i] > range.greatest ? greatest[i] : range.greatest;
        }
    });
    for (; done < count; ++done) {
        range.least    = samples[done] < range.least ? samples[done] : range.least;
        range.greatest = samples[done] > range.greatest ? samples[done] : range.greatest;
    }
}

/// The field's own `grid`, or else the plain one.
template <class F>
auto any_grid(F const& field, noise_grid const& g) -> noise_range {
    if constexpr (grid_noise_field<F>) {
        return field.grid(g);
    } else {
        return plain_grid(field, g);
    }
}

}  // namespace hallmark::inline v0::detail
