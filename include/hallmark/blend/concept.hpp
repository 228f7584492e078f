// What a blend is: how one pixel, the noise on it and the pattern behind it become the marked pixel.
#pragma once

#include <hallmark/pattern/concept.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

/// `b(pixel, delta, behind)`: `delta` is the noise in levels (Q16, may be negative), `behind` the pattern's
/// level. For 8-bit pixels the result is an 8-bit pixel; for float pixels in [0, 1] it is in [0, 1].
template <class B, class Scalar>
concept blend_of = requires(B const b, Scalar pixel, level delta, level behind) {
    { b(pixel, delta, behind) }
    noexcept->std::same_as<Scalar>;
};

template <class B>
concept blend = blend_of<B, std::uint8_t> && blend_of<B, float>;

/// A blend that knows a faster way to do a row whose noise is ±1 and whose pattern is one colour: `b.row(pixels, signs, height, behind, count, out)`
/// writes b(pixels[i], signs[i] == 0 ? height : -height, behind) to out[i], bit for bit. A sign is 0 or 255; `out` may be `pixels`.
template <class B, class Scalar>
concept row_blend_of = blend_of<B, Scalar> &&
    requires(B const b, Scalar const* pixels, std::uint8_t const* signs, level height, level behind, std::size_t count, Scalar* out) {
    { b.row(pixels, signs, height, behind, count, out) }
    noexcept;
};

}  // namespace hallmark::inline v0
