// Colours of patterns: 8-bit red, green and blue, softened towards grey, as levels.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/error.hpp>
#include <hallmark/pattern/concept.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace hallmark::inline v0 {

/// Red, green and blue, 0 to 255 each.
struct rgb {
    std::uint8_t          red = 0, green = 0, blue = 0;
    friend constexpr auto operator==(rgb const&, rgb const&) -> bool = default;
};

/// Three channels' levels to one grey: 77, 150 and 29 parts in 256 (Rec. 601).
[[nodiscard]] HALLMARK_HD constexpr auto grey_of(level red, level green, level blue) noexcept -> level {
    return static_cast<level>((77 * std::int64_t{red} + 150 * std::int64_t{green} + 29 * std::int64_t{blue}) >> 8);
}

/// c → scale · c + offset, in 8-bit levels: what keeps a strong palette from covering the picture.
class softening {
public:
    softening() = default;  ///< leaves colours as they are

    /// `scale` and `offset` are rounded to the nearest multiple of 2^-16, the offset further down where white would be passed. All of [0, 255] must land in [0,
    /// 255]: scale is in [0, 1], offset in [0, 255 − 255 · scale]. The published softening is (1/8, 128).
    constexpr softening(double scale, double offset) {
        if (!detail::is_number(scale) || scale < 0.0 || scale > 1.0) {
            detail::fail(errc::out_of_domain, "hallmark::softening: scale is ", scale, "; allowed is 0 to 1");
        }
        scale_ = static_cast<std::int32_t>(scale * 65536.0 + 0.5);
        if (!detail::is_number(offset) || offset < 0.0 || offset > 255.0 - 255.0 * scale) {
            detail::fail(errc::out_of_domain, "hallmark::softening: offset is ", offset, " with a scale of ", scale, "; allowed is 0 to 255 - 255 * scale");
        }
        auto const most = level_white - 255 * scale_;
        offset_         = static_cast<level>(offset * 65536.0 + 0.5);
        offset_         = offset_ > most ? most : offset_;  // a scale that was rounded up leaves up to 128 units less
    }

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(std::uint8_t c) const noexcept -> level { return scale_ * std::int32_t{c} + offset_; }

    /// What is left of `scale` and `offset` after rounding: softening(s.scale(), s.offset()) is s.
    [[nodiscard]] constexpr auto scale() const noexcept -> double { return scale_ * 0x1p-16; }
    [[nodiscard]] constexpr auto offset() const noexcept -> double { return offset_ * 0x1p-16; }

    friend constexpr auto operator==(softening const&, softening const&) -> bool = default;

private:
    std::int32_t scale_  = 1 << 16;  // Q16
    level        offset_ = 0;
};

/// A softened colour in one of `channels` channels: 3 (red, green, blue) or 1 (grey).
[[nodiscard]] HALLMARK_HD constexpr auto level_of(rgb c, softening const& soft, std::size_t channel, std::size_t channels) noexcept -> level {
    if (channels == 1) {
        return grey_of(soft(c.red), soft(c.green), soft(c.blue));
    }
    return soft(channel == 0 ? c.red : (channel == 1 ? c.green : c.blue));
}

/// The palette of Chen & Pattabiraman (2025), in the published order; green is there twice, so a uniform draw takes it twice as often.
[[nodiscard]] inline auto published_palette() -> std::vector<rgb> {
    return {{255, 255, 255}, {255, 0, 0}, {0, 255, 0},     {255, 255, 0}, {0, 255, 0},    {255, 0, 255},
            {255, 165, 0},   {0, 0, 0},   {128, 128, 128}, {165, 42, 42}, {255, 192, 203}};
}

}  // namespace hallmark::inline v0
