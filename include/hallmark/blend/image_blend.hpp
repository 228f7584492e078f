// What an image blend is: a blend that needs more than one pixel, from a whole picture to a whole picture.
#pragma once

#include <hallmark/blend/change.hpp>
#include <hallmark/blend/concept.hpp>
#include <hallmark/blend/convex.hpp>
#include <hallmark/config.hpp>
#include <hallmark/core/pixels.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/pattern/concept.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

/// `b(out, in, delta, behind)` writes the marked picture. `in` and `out` are one picture, extents (1, C, H, W), 8-bit or float in [0, 1], any strides; they may
/// be the very same memory. `delta` is the noise in levels, extents (1, 1, H, W); `behind` the pattern.
template <class B, class Scalar, class Pattern>
concept image_blend_of = pattern<Pattern> &&
    requires(B const b, tensor_view<Scalar> out, tensor_view<Scalar const> in, tensor_view<level const> delta, Pattern const behind) {
    b(out, in, delta, behind);
};

/// For 8-bit and for float pictures, with patterns of this type.
template <class B, class Pattern>
concept image_blend_with = image_blend_of<B, std::uint8_t, Pattern> && image_blend_of<B, float, Pattern>;

namespace detail {
/// The least that a pattern can be; stands for any pattern in the checks of image blends.
struct plain_pattern {
    constexpr auto operator()(std::size_t, std::size_t, std::size_t, std::size_t, std::size_t, std::size_t) const noexcept -> level { return 0; }
};
}  // namespace detail

/// With patterns of every type.
template <class B>
concept image_blend = image_blend_with<B, detail::plain_pattern>;

namespace detail {
/// The shapes that an image blend is promised.
template <class To, class From>
void require_one_picture(tensor_view<To> out, tensor_view<From> in, tensor_view<level const> delta, std::string_view who) {
    require_pictures(in, who);
    require(in.samples() == 1 && same_extents(out, in), errc::shape_mismatch, who, ": in has extents (", in.samples(), ", ", in.channels(), ", ", in.height(),
            ", ", in.width(), "), out (", out.samples(), ", ", out.channels(), ", ", out.height(), ", ", out.width(),
            "); allowed is one picture, and the same for both");
    require(delta.samples() == 1 && delta.channels() == 1 && delta.height() == in.height() && delta.width() == in.width(), errc::shape_mismatch, who,
            ": the noise has extents (", delta.samples(), ", ", delta.channels(), ", ", delta.height(), ", ", delta.width(), ") for a picture of ", in.height(),
            " x ", in.width(), " pixels");
}

/// `f(to, from, delta, channel, row, column)` for every pixel, row by row.
template <class Scalar, class F>
void for_each_pixel(tensor_view<Scalar> out, tensor_view<Scalar const> in, tensor_view<level const> delta, F&& f) {
    for (std::size_t c = 0; c < in.channels(); ++c) {
        for (std::size_t h = 0; h < in.height(); ++h) {
            for (std::size_t w = 0; w < in.width(); ++w) {
                f(out.at(0, c, h, w), in.at(0, c, h, w), delta.at(0, 0, h, w), c, h, w);
            }
        }
    }
}

/// The level that a pixel blend gives a pixel, rounded to nearest. 8-bit pixels are blended as floats, so that nothing is rounded to whole levels yet.
template <blend Blend, class Scalar>
[[nodiscard]] HALLMARK_HD constexpr auto level_of(Blend const& blend, Scalar pixel, level delta, level behind) noexcept -> level {
    return to_level(blend(to_float(pixel), delta, behind));
}
/// How far it would move the pixel.
template <blend Blend, class Scalar>
[[nodiscard]] HALLMARK_HD constexpr auto change_of(Blend const& blend, Scalar pixel, level delta, level behind) noexcept -> level {
    return level_of(blend, pixel, delta, behind) - to_level(pixel);
}
/// The change of each pixel, channel by channel and row by row.
template <blend Blend, class Scalar, pattern Pattern>
[[nodiscard]] auto changes(Blend const& blend, tensor_view<Scalar const> in, tensor_view<level const> delta, Pattern const& behind) -> std::vector<level> {
    std::vector<level> out;
    out.reserve(in.size());
    for (std::size_t c = 0; c < in.channels(); ++c) {
        for (std::size_t h = 0; h < in.height(); ++h) {
            for (std::size_t w = 0; w < in.width(); ++w) {
                out.push_back(change_of(blend, in.at(0, c, h, w), delta.at(0, 0, h, w), behind(c, in.channels(), h, in.height(), w, in.width())));
            }
        }
    }
    return out;
}

/// Moves every pixel by its change.
template <class Scalar>
void apply_changes(tensor_view<Scalar> out, tensor_view<Scalar const> in, std::vector<level> const& change) {
    std::size_t i = 0;
    for (std::size_t c = 0; c < in.channels(); ++c) {
        for (std::size_t h = 0; h < in.height(); ++h) {
            for (std::size_t w = 0; w < in.width(); ++w) {
                out.at(0, c, h, w) = changed(in.at(0, c, h, w), fine_level{change[i++]} << 16);
            }
        }
    }
}
}  // namespace detail

/// A pixel blend as an image blend: the same bytes as `basic_marker` makes with it.
template <blend Blend>
class pixelwise {
public:
    explicit constexpr pixelwise(Blend inner) : inner_(std::move(inner)) {}

    template <class Scalar, pattern Pattern>
    void operator()(tensor_view<Scalar> out, tensor_view<Scalar const> in, tensor_view<level const> delta, Pattern const& behind) const {
        detail::require_one_picture(out, in, delta, "hallmark::pixelwise");
        detail::for_each_pixel(out, in, delta, [&](Scalar& to, Scalar from, level d, std::size_t c, std::size_t h, std::size_t w) {
            to = inner_(from, d, behind(c, in.channels(), h, in.height(), w, in.width()));
        });
    }

    [[nodiscard]] HALLMARK_HD constexpr auto inner() const noexcept -> Blend const& { return inner_; }

private:
    Blend inner_;
};
static_assert(image_blend<pixelwise<convex>>);

}  // namespace hallmark::inline v0
