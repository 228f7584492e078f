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

/// The loop that every picture in lanes shares. `rows` says the rest, for an instruction set each: `begin<Set>()`, once; `row<Set>(h)`, before each row;
/// `at<Set>(w, v)`, the samples of columns w, w + 1, ..., of which those beyond the picture repeat one of its own. Widens `range` by what it wrote.
/// False, and nothing written, at level scalar.
template <class Rows>
auto lanes_rows(Rows const& all, noise_grid const& g, noise_range& range) -> bool {
    return simd::run([&](auto set) HALLMARK_INLINE_LAMBDA {
        using Set                   = decltype(set);
        constexpr std::size_t lanes = Set::template count<noise_sample>;
        auto                  rows  = all;  // a copy of this loop's own, so that no store can be one to it
        typename Set::i32     least, greatest, v;
        Set::splat(least, range.least);
        Set::splat(greatest, range.greatest);
        rows.template begin<Set>();
        for (std::size_t h = 0; h < g.height; ++h) {
            auto* const out = g.out + static_cast<std::ptrdiff_t>(h) * g.stride;
            rows.template row<Set>(h);
            for (std::size_t w = 0; w < g.width; w += lanes) {
                rows.template at<Set>(w, v);
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
}

/// Numbers of the columns and, after the last, two vectors of the last again: what is read beyond it makes no new extremes.
inline auto padded(lattice_coordinate const* columns, std::size_t width) -> std::vector<lattice_coordinate> {
    constexpr std::size_t           most = 16;  // lanes
    std::vector<lattice_coordinate> out(columns, columns + width);
    out.resize(width + 2 * most, columns[width - 1]);
    return out;
}

template <class F>
struct lanes_points {
    F                         field;
    lattice_coordinate const *xs, *ys;
    lattice_coordinate        y = 0;

    template <class Set>
    HALLMARK_INLINE static void begin() noexcept {}
    template <class Set>
    HALLMARK_INLINE void row(std::size_t h) noexcept {
        y = ys[h];
    }
    template <class Set>
    HALLMARK_INLINE void at(std::size_t w, typename Set::i32& out) const noexcept {
        typename Set::u32 x;
        simd::load(x, xs + w);
        lanes_at(field, Set{}, x, y, out);
    }
};
/// A picture of such a field, row by row.
template <class F>
auto lanes_grid(F const& field, noise_grid const& g) -> noise_range {
    auto const xs    = padded(g.xs, g.width);
    auto       range = noise_range{noise_one, -noise_one};
    return lanes_rows(lanes_points<F>{field, xs.data(), g.ys}, g, range) ? range : plain_grid(field, g);
}

}  // namespace hallmark::inline v0::detail
