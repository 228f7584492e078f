// Part of the CUDA backend: the steps in which a device does a blend of whole pictures.
#pragma once

#include <hallmark/blend/image_blend.hpp>
#include <hallmark/blend/masked.hpp>
#include <hallmark/config.hpp>
#include <hallmark/pattern/concept.hpp>

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0::detail::device {

/// How a device does a blend; there is one for every blend that it can do. `by_pixel`: each pixel at once, `marks` says which.
template <class Blend>
struct image_steps;

template <blend Inner>
struct image_steps<pixelwise<Inner>> {
    static constexpr bool by_pixel = true;

    HALLMARK_HD static constexpr auto marks(pixelwise<Inner> const&, std::size_t, std::size_t, std::size_t, std::size_t) noexcept -> bool { return true; }
};
template <pixel_mask Mask, blend Inner>
struct image_steps<masked<Mask, Inner>> {
    static constexpr bool by_pixel = true;

    HALLMARK_HD static constexpr auto marks(masked<Mask, Inner> const& b, std::size_t row, std::size_t height, std::size_t column, std::size_t width) noexcept
        -> bool {
        return b.mask()(row, height, column, width);
    }
};

/// Of a blend, or of what was drawn of it: one for each pattern, or the same for all.
template <class Blend>
struct drawn_blends {
    Blend const* at;
    bool         each;

    [[nodiscard]] HALLMARK_HD auto operator[](std::uint32_t pattern) const noexcept -> Blend const& { return at[each ? pattern : 0]; }
};

/// The marked pixel at once.
template <class Blend>
struct pixel_of {
    static constexpr bool by_place = true;

    drawn_blends<Blend> blends;

    template <class Scalar, class Behind>
    [[nodiscard]] HALLMARK_HD auto at(std::uint32_t pattern, std::size_t row, std::size_t height, std::size_t column, std::size_t width, Scalar pixel,
                                      level delta, Behind const& behind) const noexcept -> Scalar {
        auto const& b = blends[pattern];
        return image_steps<Blend>::marks(b, row, height, column, width) ? b.inner()(pixel, delta, behind()) : pixel;
    }
};

}  // namespace hallmark::inline v0::detail::device
