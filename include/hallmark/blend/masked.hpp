// A blend on some pixels only, and the isotopes of Wenger et al.: x[M] = α t + (1 − α) x[M].
#pragma once

#include <hallmark/blend/concept.hpp>
#include <hallmark/blend/convex.hpp>
#include <hallmark/blend/image_blend.hpp>
#include <hallmark/blend/mask.hpp>
#include <hallmark/config.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/pattern/concept.hpp>
#include <hallmark/random/stream.hpp>

#include <cstddef>
#include <utility>

namespace hallmark::inline v0 {

/// The inner blend where the mask is; the picture, untouched by pattern and noise, elsewhere.
template <pixel_mask Mask, blend Blend>
class masked {
public:
    constexpr masked(Mask mask, Blend inner) : mask_(std::move(mask)), inner_(std::move(inner)) {}

    template <class Scalar, pattern Pattern>
    void operator()(tensor_view<Scalar> out, tensor_view<Scalar const> in, tensor_view<level const> delta, Pattern const& behind) const {
        detail::require_one_picture(out, in, delta, "hallmark::masked");
        detail::for_each_pixel(out, in, delta, [&](Scalar& to, Scalar from, level d, std::size_t c, std::size_t h, std::size_t w) {
            to = mask_(h, in.height(), w, in.width()) ? inner_(from, d, behind(c, in.channels(), h, in.height(), w, in.width())) : from;
        });
    }

    [[nodiscard]] HALLMARK_HD constexpr auto mask() const noexcept -> Mask const& { return mask_; }
    [[nodiscard]] HALLMARK_HD constexpr auto inner() const noexcept -> Blend const& { return inner_; }

private:
    Mask  mask_;
    Blend inner_;
};
static_assert(image_blend<masked<whole_picture, convex>>);

/// Draws the mask and blends with any pixel blend: what an `image_marker` asks for.
template <mask_source Source, blend Blend>
struct drawn_mask {
    Source source;
    Blend  inner;

    [[nodiscard]] auto draw(stream& draws) const { return masked(source.draw(draws), inner); }
};

/// The isotopes of Wenger, Li, Zhao & Shmatikov (2022): on the mask, x' = alpha · t + (1 − alpha) · x with the pattern as t. Their alpha is about 0.5; small
/// marks like random pixels stand more than a whole picture.
template <mask_source Source>
[[nodiscard]] auto isotope(Source source, double alpha) -> drawn_mask<Source, convex> {
    detail::require(detail::is_number(alpha) && alpha >= 0.0 && alpha <= 1.0, errc::out_of_domain, "hallmark::isotope: alpha is ", alpha,
                    "; allowed is 0 to 1");
    return {std::move(source), convex(1.0 - alpha)};
}

}  // namespace hallmark::inline v0
