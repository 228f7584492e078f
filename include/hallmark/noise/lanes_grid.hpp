// A picture of a field whose points are computed in vectors.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/plain_grid.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace hallmark::inline v0::detail {

/// A field that is computed in lanes, anywhere: `field.at(x, y, out)` is the field at the places (x, y), vectors both, or `y` one number for all.
#if HALLMARK_VECTORS
template <class F>
concept lanes_field = noise_field<F> && requires(F const f, simd::vectors<16>::u32 const& x, lattice_coordinate y, simd::vectors<16>::i32& out) {
    f.at(x, y, out);
    f.at(x, x, out);
};
#else
template <class F>
concept lanes_field = false;
#endif

/// `at`, or `at_with(set, …)` of a field that knows a better way where it is told the instruction set.
template <class F, class Set, class U, class Int>
HALLMARK_INLINE void lanes_at(F const& field, Set set, U const& x, lattice_coordinate y, Int& out) noexcept {
    if constexpr (requires { field.at_with(set, x, y, out); }) {
        field.at_with(set, x, y, out);
    } else {
        field.at(x, y, out);
    }
}

/// A picture of such a field, row by row.
template <class F>
auto lanes_grid(F const& field, noise_grid const& g) -> noise_range {
    constexpr std::size_t           most = 16;                              // lanes
    std::vector<lattice_coordinate> xs(g.width + most, g.xs[g.width - 1]);  // the last place again: no new extremes
    std::memcpy(xs.data(), g.xs, g.width * sizeof *g.xs);
    auto        range  = noise_range{noise_one, -noise_one};
    auto const* places = xs.data();
    bool const  done   = simd::run([&](auto set) HALLMARK_INLINE_LAMBDA {
        using u32                   = typename decltype(set)::u32;
        using i32                   = typename decltype(set)::i32;
        constexpr std::size_t lanes = decltype(set)::template count<noise_sample>;
        auto const            f     = field;
        i32                   least, greatest;
        decltype(set)::splat(least, range.least);
        decltype(set)::splat(greatest, range.greatest);
        for (std::size_t h = 0; h < g.height; ++h) {
            auto* out = g.out + static_cast<std::ptrdiff_t>(h) * g.stride;
            for (std::size_t w = 0; w < g.width; w += lanes) {
                u32 x;
                i32 v;
                simd::load(x, places + w);
                lanes_at(f, set, x, g.ys[h], v);
                least    = v < least ? v : least;
                greatest = v > greatest ? v : greatest;
                if (w + lanes <= g.width) {
                    simd::store(v, out + w);
                } else {
                    std::memcpy(out + w, &v, (g.width - w) * sizeof *out);
                }
            }
        }
        for (std::size_t i = 0; i < lanes; ++i) {
            range.least    = least[i] < range.least ? least[i] : range.least;
            range.greatest = greatest[i] > range.greatest ? greatest[i] : range.greatest;
        }
    });
    return done ? range : plain_grid(field, g);
}

}  // namespace hallmark::inline v0::detail
