// Any pixel blend held inside a band of frequencies of the 8 × 8 cosine transform.
#pragma once

#include <hallmark/blend/change.hpp>
#include <hallmark/blend/concept.hpp>
#include <hallmark/blend/convex.hpp>
#include <hallmark/blend/dct.hpp>
#include <hallmark/blend/image_blend.hpp>
#include <hallmark/config.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/pattern/concept.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace hallmark::inline v0 {

/// x' = x + the part of (the inner blend's pixel − x) whose coefficients (u, v) in 8 × 8 blocks have first ≤ u + v ≤ last.
///
/// Low bands survive JPEG and resizing, high ones are harder to see; without band 0 the mean of each block stays, so the picture's brightness does. [0, 14] is
/// the inner blend, within one level. Blocks begin at the top left corner, as JPEG's do; at the other edges the change is continued by its last row and column.
/// All in integers, one rounding at the end; the result is clamped to black and white, which may add a little of other bands there. Blends of encoded values
/// only: coefficients of light mean nothing to a codec. Cost: two transforms of 1,024 multiplications a block and channel.
template <blend Blend>
class band_limited {
public:
    /// 0 ≤ first ≤ last ≤ 14.
    constexpr band_limited(Blend inner, std::uint32_t first, std::uint32_t last) : inner_(std::move(inner)), first_(first), last_(last) {
        if (first > last || last > 14) {
            detail::fail(errc::out_of_domain, "hallmark::band_limited: the band is ", first, " to ", last, "; allowed is a range within 0 to 14");
        }
    }

    template <class Scalar, pattern Pattern>
    void operator()(tensor_view<Scalar> out, tensor_view<Scalar const> in, tensor_view<level const> delta, Pattern const& behind) const {
        detail::require_one_picture(out, in, delta, "hallmark::band_limited");
        auto       change = detail::changes(inner_, in, delta, behind);
        auto const height = in.height(), width = in.width();
        for (std::size_t c = 0; c < in.channels(); ++c) {
            auto* plane = change.data() + c * height * width;
            for (std::size_t top = 0; top < height; top += 8) {
                for (std::size_t left = 0; left < width; left += 8) {
                    filter(plane, height, width, top, left);
                }
            }
        }
        detail::apply_changes(out, in, change);
    }

    [[nodiscard]] HALLMARK_HD constexpr auto inner() const noexcept -> Blend const& { return inner_; }
    /// Coefficients (u, v) with this sum?
    [[nodiscard]] HALLMARK_HD constexpr auto keeps(std::size_t sum) const noexcept -> bool { return sum >= first_ && sum <= last_; }

private:
    void filter(level* plane, std::size_t height, std::size_t width, std::size_t top, std::size_t left) const noexcept {
        auto const inside = [](std::size_t i, std::size_t extent) { return i < extent ? i : extent - 1; };
        block8     block;
        for (std::size_t r = 0; r < 8; ++r) {
            for (std::size_t c = 0; c < 8; ++c) {
                block.v[r][c] = plane[inside(top + r, height) * width + inside(left + c, width)];
            }
        }
        block = dct8(block);
        for (std::size_t u = 0; u < 8; ++u) {
            for (std::size_t v = 0; v < 8; ++v) {
                block.v[u][v] = keeps(u + v) ? block.v[u][v] : 0;
            }
        }
        block = inverse_dct8(block);
        for (std::size_t r = 0; r < 8 && top + r < height; ++r) {
            for (std::size_t c = 0; c < 8 && left + c < width; ++c) {
                plane[(top + r) * width + left + c] = static_cast<level>(block.v[r][c]);
            }
        }
    }

    Blend         inner_;
    std::uint32_t first_, last_;
};
static_assert(image_blend<band_limited<convex>>);

}  // namespace hallmark::inline v0
