// What a pattern is: the out-of-distribution picture that a mark blends in, one per user.
#pragma once

#include <hallmark/core/tensor.hpp>
#include <hallmark/random/stream.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

/// An intensity in 8-bit levels, Q16: 0 is black, 255 · 65536 is white. Exact for every 8-bit value, and
/// what patterns and noise are added up in, whatever the scalar of the picture.
using level                        = std::int32_t;
inline constexpr level level_white = 255 << 16;

/// A picture of any size: `p(channel, channels, row, height, column, width)` is its intensity there, in
/// [0, level_white]. `channels` is 1 (grey) or 3 (red, green, blue).
template <class P>
concept pattern = requires(P const p, std::size_t i) {
    { p(i, i, i, i, i, i) }
    noexcept->std::same_as<level>;
};

/// A pattern whose rows are of one colour: `p.row_level(channel, channels, row, height)` is the intensity of every pixel of a row.
template <class P>
concept row_pattern = pattern<P> && requires(P const p, std::size_t i) {
    { p.row_level(i, i, i, i) }
    noexcept->std::same_as<level>;
};

/// What a marker asks for: `s.draw(draws)` draws one pattern.
template <class S>
concept pattern_source = requires(S const s, stream& draws) {
    { s.draw(draws) } -> pattern;
};

}  // namespace hallmark::inline v0
