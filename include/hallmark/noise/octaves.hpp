// What fractal sums and warps ask of a field, in the plane or in space: unrelated copies of itself; and rows and pictures of their sums.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/plain_grid.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace hallmark::inline v0::detail {

/// `f.octave(o)`: the same kind of field, unrelated for each o. Fields forward it to their lattice.
template <class F>
concept has_octaves = std::regular<F> && requires(F const f, std::uint32_t o) {
    { f.octave(o) }
    noexcept->std::same_as<F>;
};

/// A row of Σ_o part(octave o of `base` at place(·, o), o): in blocks, each octave by the field's own rows.
template <class Field, class Place, class Part>
HALLMARK_HD constexpr void row_of_octaves(Field const& base, std::uint32_t octaves, lattice_coordinate const* xs, std::size_t count, lattice_coordinate y,
                                          noise_sample* out, Place place, Part part) noexcept {
    constexpr std::size_t block = 64;  // small enough for the stack of a kernel
    lattice_coordinate    at[block];
    noise_sample          one[block];
    for (std::size_t first = 0; first < count; first += block) {
        auto const n = count - first < block ? count - first : block;
        for (std::size_t i = 0; i < n; ++i) {
            out[first + i] = 0;
        }
        for (std::uint32_t o = 0; o < octaves; ++o) {
            for (std::size_t i = 0; i < n; ++i) {
                at[i] = place(xs[first + i], o);
            }
            base.octave(o).row(at, n, place(y, o), one);
            for (std::size_t i = 0; i < n; ++i) {
                noise_sample v{};
                part(one[i], o, v);
                out[first + i] += v;
            }
        }
    }
}

/// A picture of the same sum where there are vectors: each octave by `octave(o, g)`, its own fastest way, and added up in lanes. In tiles, so that
/// an octave is still in the cache when it is added.
template <class Octave, class Place, class Part>
auto grid_of_octaves(std::uint32_t octaves, noise_grid const& g, Octave const& octave, Place const& place, Part const& part) -> noise_range {
    constexpr std::size_t           columns = 256, rows = 64;
    std::vector<lattice_coordinate> xs(columns), ys(rows);
    std::vector<noise_sample>       one(columns * rows);
    auto                            range = noise_range{noise_one, -noise_one};
    for (std::size_t top = 0; top < g.height; top += rows) {
        for (std::size_t left = 0; left < g.width; left += columns) {
            auto const  width = g.width - left < columns ? g.width - left : columns, height = g.height - top < rows ? g.height - top : rows;
            auto* const out = g.out + static_cast<std::ptrdiff_t>(top) * g.stride + static_cast<std::ptrdiff_t>(left);
            for (std::uint32_t o = 0; o < octaves; ++o) {
                for (std::size_t i = 0; i < width; ++i) {
                    xs[i] = place(g.xs[left + i], o);
                }
                for (std::size_t i = 0; i < height; ++i) {
                    ys[i] = place(g.ys[top + i], o);
                }
                octave(o, noise_grid{xs.data(), width, ys.data(), height, one.data(), static_cast<std::ptrdiff_t>(width)});
                simd::run([&](auto set) HALLMARK_INLINE_LAMBDA {
                    using i32                   = typename decltype(set)::i32;
                    constexpr std::size_t lanes = decltype(set)::template count<noise_sample>;
                    for (std::size_t h = 0; h < height; ++h) {
                        auto const* from = one.data() + h * width;
                        auto*       to   = out + static_cast<std::ptrdiff_t>(h) * g.stride;
                        std::size_t w    = 0;
                        for (; w + lanes <= width; w += lanes) {
                            i32 n, v, sum = {};
                            simd::load(n, from + w);
                            part(n, o, v);
                            if (o != 0) {
                                simd::load(sum, to + w);
                            }
                            simd::store(i32(sum + v), to + w);
                        }
                        for (; w < width; ++w) {
                            noise_sample v{};
                            part(from[w], o, v);
                            to[w] = o == 0 ? v : to[w] + v;
                        }
                    }
                });
            }
            for (std::size_t h = 0; h < height; ++h) {
                widen_range(out + static_cast<std::ptrdiff_t>(h) * g.stride, width, range);
            }
        }
    }
    return range;
}

}  // namespace hallmark::inline v0::detail
