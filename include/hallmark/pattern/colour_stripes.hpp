// Horizontal stripes of softened colours (Chen & Pattabiraman 2025), for pictures of any size.
#pragma once

#include <hallmark/error.hpp>
#include <hallmark/pattern/concept.hpp>
#include <hallmark/random/uniform.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

/// One user's stripes.
class stripes {
public:
    /// Red, green and blue, 0 to 255, in the published order; green is there twice, so it comes up twice as often.
    static constexpr std::uint8_t palette[11][3] = {{255, 255, 255}, {255, 0, 0}, {0, 255, 0},     {255, 255, 0}, {0, 255, 0},    {255, 0, 255},
                                                    {255, 165, 0},   {0, 0, 0},   {128, 128, 128}, {165, 42, 42}, {255, 192, 203}};

    /// Indices into the palette from top to bottom; at least one, each less than 11.
    explicit stripes(std::vector<std::uint8_t> colours) : colours_(std::move(colours)) {
        detail::require(!colours_.empty(), errc::empty_input, "hallmark::stripes: there are no colours; allowed is 1 or more");
        for (std::size_t i = 0; i < colours_.size(); ++i) {
            detail::require(colours_[i] < 11, errc::out_of_domain, "hallmark::stripes: colour ", i, " is ", static_cast<unsigned>(colours_[i]),
                            "; allowed is 0 to 10");
        }
    }

    [[nodiscard]] auto colours() const noexcept -> std::vector<std::uint8_t> const& { return colours_; }

    /// Row r of `height` rows shows stripe floor(r · count / height): heights that are no multiple of the
    /// count get stripes that differ by one row, never black ones. A colour c is softened to c/8 + 128, exact
    /// in Q16. Grey is 77, 150 and 29 parts in 256 of red, green and blue (Rec. 601).
    [[nodiscard]] auto operator()(std::size_t channel, std::size_t channels, std::size_t row, std::size_t height, std::size_t, std::size_t) const noexcept
        -> level {
        return row_level(channel, channels, row, height);
    }
    [[nodiscard]] auto row_level(std::size_t channel, std::size_t channels, std::size_t row, std::size_t height) const noexcept -> level {
        auto const* rgb    = palette[colours_[row * colours_.size() / height]];
        auto const  soften = [](std::uint32_t c) { return (c << 13) + (128u << 16); };
        if (channels == 1) {
            return static_cast<level>((77u * soften(rgb[0]) + 150u * soften(rgb[1]) + 29u * soften(rgb[2])) >> 8);
        }
        return static_cast<level>(soften(rgb[channel]));
    }

private:
    std::vector<std::uint8_t> colours_;
};
static_assert(row_pattern<stripes>);

/// Draws `count` colours, each uniform over the palette's eleven entries, from top to bottom.
struct colour_stripes {
    std::uint32_t count = 16;  ///< at least 1

    [[nodiscard]] auto draw(stream& draws) const -> stripes {
        std::vector<std::uint8_t> colours(count);
        for (auto& c : colours) {
            c = static_cast<std::uint8_t>(uniform_below(draws, 11));
        }
        return stripes(std::move(colours));
    }
};
static_assert(pattern_source<colour_stripes>);

}  // namespace hallmark::inline v0
