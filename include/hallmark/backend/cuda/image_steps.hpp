// Part of the CUDA backend: the steps in which a device does a blend of whole pictures.
#pragma once

#include <hallmark/backend/cuda/mark_body.hpp>
#include <hallmark/blend/band_limited.hpp>
#include <hallmark/blend/change.hpp>
#include <hallmark/blend/convolution.hpp>
#include <hallmark/blend/image_blend.hpp>
#include <hallmark/blend/l2_bounded.hpp>
#include <hallmark/blend/masked.hpp>
#include <hallmark/blend/range_preserving.hpp>
#include <hallmark/config.hpp>
#include <hallmark/pattern/concept.hpp>

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0::detail::device {

/// What was found in a picture, or in one channel of it: whole numbers from 0 up, of which the greatest is kept, or the sum. So no order shows.
struct findings {
    std::uint64_t of[5];
};
/// A place in a channel of levels that were painted, and the filter, whose size comes before its weights.
struct level_place {
    level const*         plane;
    std::size_t          height, width, row, column;
    std::uint32_t const* filter;

    [[nodiscard]] HALLMARK_HD auto index() const noexcept -> std::size_t { return row * width + column; }
    [[nodiscard]] HALLMARK_HD auto here() const noexcept -> level { return plane[index()]; }
};

/// How a device does a blend; there is one for every blend that it can do. `by_pixel`: each pixel at once, `marks` says which. Otherwise `paint` makes a level
/// of each pixel; a kernel goes `looks` times through all of them and `look`s, for the channel or the picture (`by_channel`); then a pixel is made of itself,
/// the levels, and what was found. `by_block`: instead, changes go through the cosine transform.
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

template <blend Inner>
struct image_steps<l2_bounded<Inner>> {
    static constexpr bool             by_pixel = false, by_block = false, by_channel = false;
    static constexpr unsigned         looks = 2;
    HALLMARK_HD static constexpr auto sums(unsigned look) noexcept -> bool { return look == 1; }

    template <class Scalar, class Behind>
    HALLMARK_HD static auto paint(l2_bounded<Inner> const& b, Scalar x, level delta, Behind const& behind) noexcept -> level {
        return change_of(b.inner(), x, delta, behind());
    }
    template <class Scalar>
    HALLMARK_HD static void look(l2_bounded<Inner> const&, unsigned look, findings const& before, std::size_t count, Scalar, level_place const& at,
                                 findings& seen) noexcept {
        if (look == 0) {
            auto const e = distance(at.here());
            seen.of[0]   = e > seen.of[0] ? e : seen.of[0];
        } else {
            seen.of[1] += norm_above(before.of[0], count).square(at.here());
        }
    }
    template <class Scalar>
    HALLMARK_HD static auto ready(l2_bounded<Inner> const& b, findings const& found, std::size_t count) noexcept -> std::int64_t {
        return b.share_of(norm_above(found.of[0], count).root(found.of[1]));
    }
    template <class Scalar>
    HALLMARK_HD static auto finish(l2_bounded<Inner> const& b, std::int64_t share, Scalar x, level_place const& at) noexcept -> Scalar {
        return changed(x, fine_level{b.template scaled<Scalar>(at.here(), share)} << 16);
    }
};

template <blend Inner>
struct image_steps<range_preserving<Inner>> {
    static constexpr bool             by_pixel = false, by_block = false, by_channel = true;
    static constexpr unsigned         looks = 1;
    HALLMARK_HD static constexpr auto sums(unsigned) noexcept -> bool { return false; }

    template <class Scalar, class Behind>
    HALLMARK_HD static auto paint(range_preserving<Inner> const& b, Scalar x, level delta, Behind const& behind) noexcept -> level {
        return level_of(b.inner(), x, delta, behind());
    }
    template <class Scalar>
    HALLMARK_HD static void look(range_preserving<Inner> const&, unsigned, findings const&, std::size_t, Scalar x, level_place const& at,
                                 findings& seen) noexcept {
        auto const keep = [&](int which, std::uint64_t v) { seen.of[which] = v > seen.of[which] ? v : seen.of[which]; };
        keep(0, ~std::uint32_t{0} - key(x));
        keep(1, key(x));
        keep(2, static_cast<std::uint64_t>(level_white - at.here()));
        keep(3, static_cast<std::uint64_t>(at.here()));
        if (key(x) == 0) {
            keep(4, ~((std::uint64_t{at.index()} << 1) + negative(x)));
        }
    }
    template <class Scalar>
    HALLMARK_HD static auto ready(range_preserving<Inner> const&, findings const& found, std::size_t) noexcept -> range_stretch<Scalar> {
        auto const zero = ~found.of[4] & 1;
        return {static_cast<level>(level_white - static_cast<std::int64_t>(found.of[2])), static_cast<level>(found.of[3]),
                pixel_of_key<Scalar>(~std::uint32_t{0} - static_cast<std::uint32_t>(found.of[0]), zero),
                pixel_of_key<Scalar>(static_cast<std::uint32_t>(found.of[1]), zero)};
    }
    template <class Scalar>
    HALLMARK_HD static auto finish(range_preserving<Inner> const&, range_stretch<Scalar> const& line, Scalar x, level_place const& at) noexcept -> Scalar {
        return line(x, at.here());
    }

private:
    // In the order of the pixels. −0 is a 0, and where 0 is an end of the range the CPU keeps the first of them.
    HALLMARK_HD static auto key(std::uint8_t x) noexcept -> std::uint32_t { return x; }
    HALLMARK_HD static auto key(float x) noexcept -> std::uint32_t { return __builtin_bit_cast(std::uint32_t, x) & 0x7fffffffu; }
    HALLMARK_HD static auto negative(std::uint8_t) noexcept -> std::uint32_t { return 0; }
    HALLMARK_HD static auto negative(float x) noexcept -> std::uint32_t { return __builtin_bit_cast(std::uint32_t, x) >> 31; }
    template <class Scalar>
    HALLMARK_HD static auto pixel_of_key(std::uint32_t key, std::uint64_t zero) noexcept -> Scalar {
        if constexpr (sizeof(Scalar) == 1) {
            return static_cast<Scalar>(key);
        } else {
            return __builtin_bit_cast(Scalar, key == 0 && zero != 0 ? 0x80000000u : key);
        }
    }
};

template <>
struct image_steps<convolution> {
    static constexpr bool             by_pixel = false, by_block = false, by_channel = false;
    static constexpr unsigned         looks = 1;
    HALLMARK_HD static constexpr auto sums(unsigned) noexcept -> bool { return false; }

    template <class Scalar, class Behind>
    HALLMARK_HD static auto paint(convolution const& b, Scalar x, level delta, Behind const&) noexcept -> level {
        return b.noisy_level(x, delta);
    }
    template <class Scalar>
    HALLMARK_HD static void look(convolution const& b, unsigned, findings const&, std::size_t, Scalar, level_place const& at, findings& seen) noexcept {
        auto const bright = static_cast<std::uint64_t>(b.lit(at.here())), sum = sum_at(b, at);
        seen.of[0] = bright > seen.of[0] ? bright : seen.of[0];
        seen.of[1] = sum > seen.of[1] ? sum : seen.of[1];
    }
    template <class Scalar>
    HALLMARK_HD static auto ready(convolution const&, findings const& found, std::size_t) noexcept -> findings {
        return found;
    }
    // The sums are computed again: twice the multiplications instead of eight bytes a pixel.
    template <class Scalar>
    HALLMARK_HD static auto finish(convolution const& b, findings const& found, Scalar x, level_place const& at) noexcept -> Scalar {
        return b.convolved(x, at.here(), static_cast<level>(found.of[0]), sum_at(b, at), found.of[1]);
    }

private:
    struct lit_by {
        convolution const&             blend;
        [[nodiscard]] HALLMARK_HD auto operator()(level v) const noexcept -> level { return blend.lit(v); }
    };
    HALLMARK_HD static auto sum_at(convolution const& b, level_place const& at) noexcept -> std::uint64_t {
        return convolution::around(at.plane, at.height, at.width, at.row, at.column, at.filter + 1, at.filter[0], lit_by{b});
    }
};

template <blend Inner>
struct image_steps<band_limited<Inner>> {
    static constexpr bool     by_pixel = false, by_block = true, by_channel = true;
    static constexpr unsigned looks = 0;

    template <class Scalar, class Behind>
    HALLMARK_HD static auto paint(band_limited<Inner> const& b, Scalar x, level delta, Behind const& behind) noexcept -> level {
        return change_of(b.inner(), x, delta, behind());
    }
};

/// Of a blend, or of what was drawn of it: one for each pattern, or the same for all.
template <class Blend>
struct drawn_blends {
    Blend const* at;
    bool         each;

    [[nodiscard]] HALLMARK_HD auto operator[](std::uint32_t pattern) const noexcept -> Blend const& { return at[each ? pattern : 0]; }
};

/// A pixel that a blend can be given; what is no number in [0, 1] was noted when it was painted.
[[nodiscard]] HALLMARK_HD constexpr auto sound(std::uint8_t x) noexcept -> std::uint8_t { return x; }
[[nodiscard]] HALLMARK_HD constexpr auto sound(float x) noexcept -> float { return unit_pixel(x) ? x : 0.0f; }

/// The level that `paint` makes of it.
template <class Blend>
struct level_painted {
    static constexpr bool by_place = true;

    drawn_blends<Blend> blends;

    template <class Scalar, class Behind>
    [[nodiscard]] HALLMARK_HD auto at(std::uint32_t pattern, std::size_t, std::size_t, std::size_t, std::size_t, Scalar pixel, level delta,
                                      Behind const& behind) const noexcept -> level {
        return image_steps<Blend>::paint(blends[pattern], sound(pixel), delta, behind);
    }
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
