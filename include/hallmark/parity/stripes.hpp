// The colour stripes of the published program, with its fault in pictures that are not square.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/error.hpp>
#include <hallmark/pattern/colour_stripes.hpp>
#include <hallmark/random/numpy_stream.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

namespace detail {
/// (c / 8 + 128) / 255, a table made by the compiler, which no flag can make divide otherwise.
struct soft_levels {
    double value[256];
    constexpr soft_levels() : value() {
        for (int c = 0; c < 256; ++c) {
            value[c] = (static_cast<double>(c) / 8.0 + 128.0) / 255.0;
        }
    }
};
inline constexpr soft_levels soft_level;
}  // namespace detail

/// Sixteen colours from the palette of `stripes`, from top to bottom. Their height comes from the picture's *width*: floor(width / 16) rows each. So
/// a picture higher than 16 floor(width / 16) rows ends in black, a lower one misses colours, and one less than 16
/// columns wide is all black. `stripes` in pattern/ covers every size; this form is for finding marks that were made so.
class parity_stripes {
public:
    static constexpr std::uint8_t none = 255;

    /// Palette indices, each less than 11.
    explicit parity_stripes(std::array<std::uint8_t, 16> const& colours) : colours_(colours) {
        for (std::size_t i = 0; i < colours_.size(); ++i) {
            detail::require(colours_[i] < 11, errc::out_of_domain, "hallmark::parity_stripes: colour ", i, " is ", static_cast<unsigned>(colours_[i]),
                            "; allowed is 0 to 10");
        }
    }
    /// Drawn as the published program draws them.
    explicit parity_stripes(numpy_stream draws) noexcept {
        for (auto& c : colours_) {
            c = static_cast<std::uint8_t>(draws.randint(0, 11));
        }
    }

    [[nodiscard]] auto colours() const noexcept -> std::array<std::uint8_t, 16> const& { return colours_; }

    /// Which of the sixteen stripes a row lies in, or 16 where the picture stays black.
    [[nodiscard]] HALLMARK_HD static constexpr auto stripe_at(std::size_t row, std::size_t width) noexcept -> std::size_t {
        auto const height = width / 16;
        return height > 0 && row < 16 * height ? row / height : 16;
    }
    /// The palette index of a row, or `none` where the picture stays black.
    [[nodiscard]] auto colour_at(std::size_t row, std::size_t width) const noexcept -> std::uint8_t {
        auto const stripe = stripe_at(row, width);
        return stripe < 16 ? colours_[stripe] : none;
    }
    /// The level of a palette index or `none`, where white is 1: (c / 8 + 128) / 255 of a colour's red, green or blue c, and 0 where there is no stripe.
    [[nodiscard]] static auto level_of(std::uint8_t colour, std::size_t channel) noexcept -> double {
        return colour == none ? 0.0 : detail::soft_level.value[stripes::palette[colour][channel]];
    }

    /// The level of a pixel of a row.
    [[nodiscard]] auto operator()(std::size_t channel, std::size_t row, std::size_t width) const noexcept -> double {
        return level_of(colour_at(row, width), channel);
    }

private:
    std::array<std::uint8_t, 16> colours_{};
};

}  // namespace hallmark::inline v0
