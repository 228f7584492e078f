// What a noise field is: a pure function from the plane to [-1, 1], in integers.
//
// A mark must come out the same, bit for bit, on the machine that made it and on the machine that audits it
// years later. Floating-point interpolation does not give that: `a + t * (b - a)` may or may not become one
// fused instruction, depending on flags the library does not control. So a field is computed in fixed point.
#pragma once

#include <hallmark/core/tensor.hpp>
#include <hallmark/random/stream.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

/// One sample of a field, Q1.30: the real value is sample / 2^30 and lies in [-1, 1].
using noise_sample                      = std::int32_t;
inline constexpr noise_sample noise_one = noise_sample{1} << 30;

/// A position in units of lattice cells, Q16.16. The lattice repeats after 65,536 cells.
using lattice_coordinate = std::uint32_t;

/// `f(x, y)`: x to the right, y down.
template <class F>
concept noise_field = std::regular<F> && requires(F const f, lattice_coordinate x, lattice_coordinate y) {
    { f(x, y) }
    noexcept->std::same_as<noise_sample>;
};

/// A field that knows a faster way to compute a whole row: `f.row(xs, count, y, out)` writes f(xs[i], y) to
/// out[i]. `xs` rises from pixel to pixel, so neighbours are often in the same cell; after the last cell it wraps to 0.
template <class F>
concept row_noise_field = noise_field<F> && requires(F const f, lattice_coordinate const* xs, std::size_t count, lattice_coordinate y, noise_sample* out) {
    { f.row(xs, count, y, out) }
    noexcept;
};

/// The least and the greatest sample of a plane.
struct noise_range {
    noise_sample          least, greatest;
    friend constexpr auto operator==(noise_range const&, noise_range const&) -> bool = default;
};

/// Where the pixels of a picture lie on the lattice, and where their samples go: sample (x, y) belongs to (xs[x], ys[y]) and is
/// written to out[y * stride + x]. Not empty.
struct noise_grid {
    lattice_coordinate const* xs;
    std::size_t               width;
    lattice_coordinate const* ys;
    std::size_t               height;
    noise_sample*             out;
    std::ptrdiff_t            stride;
};

/// A field that knows a faster way to compute a whole picture: `f.grid(g)` writes what `f(x, y)` gives, bit for bit, and
/// returns the least and the greatest of it.
template <class F>
concept grid_noise_field = noise_field<F> && requires(F const f, noise_grid const& g) {
    { f.grid(g) } -> std::same_as<noise_range>;
};

/// What a marker asks for: draws the field's parameters from `draws` and writes one sample per pixel of
/// `plane`, a view of extents (1, 1, height, width) whose rows are dense. All channels of a picture share them.
template <class N>
concept noise_source = requires(N const n, stream& draws, tensor_view<noise_sample> plane) {
    n.fill(draws, plane);
};

/// A noise source whose samples are all ±1, and that can write them as bytes: `n.fill_signs(draws, plane, signs)` draws what `fill` draws and
/// writes one byte for each pixel of `plane`, row by row: 0 for +1, 255 for −1. What is in `plane` afterwards has no meaning.
template <class N>
concept sign_noise_source = noise_source<N> && requires(N const n, stream& draws, tensor_view<noise_sample> plane, std::uint8_t* signs) {
    n.fill_signs(draws, plane, signs);
};

}  // namespace hallmark::inline v0
