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

/// What a marker asks for: draws the field's parameters from `draws` and writes one sample per pixel of
/// `plane`, a view of extents (1, 1, height, width) whose rows are dense. All channels of a picture share them.
template <class N>
concept noise_source = requires(N const n, stream& draws, tensor_view<noise_sample> plane) {
    n.fill(draws, plane);
};

}  // namespace hallmark::inline v0
