// A blend whose result uses the same range of levels as the picture did.
#pragma once

#include <hallmark/blend/change.hpp>
#include <hallmark/blend/concept.hpp>
#include <hallmark/blend/convex.hpp>
#include <hallmark/blend/image_blend.hpp>
#include <hallmark/config.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/pattern/concept.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

namespace detail {
/// The line v → least + (v − low) · (greatest − least) / (high − low), rounded down to Q32. A plain channel stays where it is.
template <class Scalar>
class range_stretch {
public:
    /// Of blended levels between `low` and `high`, and a picture between `least` and `greatest`.
    HALLMARK_HD constexpr range_stretch(level low, level high, Scalar least, Scalar greatest) noexcept
        : low_(low), high_(high), least_(least), greatest_(greatest) {}

    /// What becomes of the pixel x, whose blended level is v.
    [[nodiscard]] HALLMARK_HD constexpr auto operator()(Scalar x, level v) const noexcept -> Scalar {
        auto const change = on_line(v) - (fine_level{to_level(x)} << 16);
        if (change != 0 && low_ < high_ && (v == low_ || v == high_)) {
            return v == low_ ? least_ : greatest_;
        }
        auto const moved = changed(x, change);
        return moved < least_ ? least_ : (moved > greatest_ ? greatest_ : moved);  // a float's rounding could step over
    }

private:
    [[nodiscard]] HALLMARK_HD constexpr auto on_line(level v) const noexcept -> fine_level {
        if (high_ <= low_) {
            return fine_level{v} << 16;
        }
        // 24 + 24 bits are divided first, so that 16 more fit.
        auto const least   = to_level(least_);
        auto const product = fine_level{v - low_} * (to_level(greatest_) - least);
        auto const whole = product / (high_ - low_), rest = product % (high_ - low_);
        return (fine_level{least} << 16) + (whole << 16) + (rest << 16) / (high_ - low_);
    }

    level  low_, high_;
    Scalar least_, greatest_;
};
}  // namespace detail

/// The published mark brings every pixel to between 0.15 and 0.91, so a look at a picture's darkest and brightest pixel finds it. This blend hides that: the
/// blended picture is stretched, channel by channel, by the one straight line that takes its least level to the picture's least and its greatest to the
/// picture's greatest. So the histogram of each channel begins and ends where it did: exactly for 8-bit pictures, to 2^-24 for floats. The order of pixels that
/// the inner blend made stays.
///
/// 8-bit pictures are blended as floats and rounded once, after the stretch: stretched whole levels would leave holes in the histogram, which show as well. A
/// channel that the inner blend made plain is held inside the picture's range. Cost: two passes and a copy of one channel.
template <blend Blend>
class range_preserving {
public:
    explicit constexpr range_preserving(Blend inner) : inner_(std::move(inner)) {}

    template <class Scalar, pattern Pattern>
    void operator()(tensor_view<Scalar> out, tensor_view<Scalar const> in, tensor_view<level const> delta, Pattern const& behind) const {
        detail::require_one_picture(out, in, delta, "hallmark::range_preserving");
        auto const         height = in.height(), width = in.width();
        std::vector<level> blended(height * width);
        for (std::size_t c = 0; c < in.channels(); ++c) {
            Scalar least = in.at(0, c, 0, 0), greatest = least;
            level  low = level_white, high = 0;
            for (std::size_t h = 0; h < height; ++h) {
                for (std::size_t w = 0; w < width; ++w) {
                    auto const x           = in.at(0, c, h, w);
                    auto const v           = detail::level_of(inner_, x, delta.at(0, 0, h, w), behind(c, in.channels(), h, height, w, width));
                    blended[h * width + w] = v;
                    least                  = x < least ? x : least;
                    greatest               = x > greatest ? x : greatest;
                    low                    = v < low ? v : low;
                    high                   = v > high ? v : high;
                }
            }
            auto const line = detail::range_stretch<Scalar>(low, high, least, greatest);
            for (std::size_t h = 0; h < height; ++h) {
                for (std::size_t w = 0; w < width; ++w) {
                    out.at(0, c, h, w) = line(in.at(0, c, h, w), blended[h * width + w]);
                }
            }
        }
    }

    [[nodiscard]] HALLMARK_HD constexpr auto inner() const noexcept -> Blend const& { return inner_; }

private:
    Blend inner_;
};
static_assert(image_blend<range_preserving<convex>>);

}  // namespace hallmark::inline v0
