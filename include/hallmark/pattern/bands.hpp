// Stripes of any count, palette, orientation and softening.
#pragma once

#include <hallmark/error.hpp>
#include <hallmark/pattern/colour.hpp>
#include <hallmark/pattern/concept.hpp>
#include <hallmark/random/uniform.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

/// How stripes lie. Horizontal ones follow one another from top to bottom, vertical ones from left to right, diagonal ones from the top left to
/// the bottom right corner (each runs parallel to the other diagonal of the picture, whatever its shape).
enum class orientation : std::uint8_t { horizontal, vertical, diagonal };

/// One user's stripes. Every pixel has its stripe at any size of the picture, and stripes differ in width by one pixel at most.
/// `bands(colours, orientation::horizontal, {1.0 / 8, 128})` with the published palette is what `stripes` shows.
class bands {
public:
    /// `colours` in order, 1 to 65536 of them.
    explicit bands(std::vector<rgb> colours, orientation lie = orientation::horizontal, softening soft = {})
        : colours_(std::move(colours)), lie_(lie), soft_(soft) {
        detail::require(!colours_.empty() && colours_.size() <= 65536, errc::out_of_domain, "hallmark::bands: there are ", colours_.size(),
                        " colours; allowed is 1 to 65536");
        detail::require(lie == orientation::horizontal || lie == orientation::vertical || lie == orientation::diagonal, errc::out_of_domain,
                        "hallmark::bands: orientation is number ", static_cast<unsigned>(lie), "; allowed is horizontal, vertical or diagonal");
    }

    [[nodiscard]] auto colours() const& noexcept -> std::vector<rgb> const& { return colours_; }
    /// Of a pattern that is about to go: by value, so that nothing dangles.
    [[nodiscard]] auto colours() && noexcept -> std::vector<rgb> { return std::move(colours_); }

    /// Row r of h rows shows stripe floor(r · count / h); columns likewise; the diagonal one is floor((r/h + c/w) · count / 2), in whole numbers.
    [[nodiscard]] auto operator()(std::size_t channel, std::size_t channels, std::size_t row, std::size_t height, std::size_t column,
                                  std::size_t width) const noexcept -> level {
        auto const  count = colours_.size();
        std::size_t which = 0;
        switch (lie_) {
            case orientation::horizontal:
                which = row * count / height;
                break;
            case orientation::vertical:
                which = column * count / width;
                break;
            case orientation::diagonal:
                which = (row * width + column * height) * count / (2 * height * width);
                break;
        }
        return level_of(colours_[which], soft_, channel, channels);
    }

private:
    std::vector<rgb> colours_;
    orientation      lie_;
    softening        soft_;
};
static_assert(pattern<bands>);

/// Draws `count` colours, each uniform over the palette's entries, in the order of the stripes.
struct colour_bands {
    std::uint32_t    count   = 16;                       ///< 1 to 65536
    std::vector<rgb> palette = published_palette();      ///< 1 entry or more
    orientation      lie     = orientation::horizontal;  ///< not drawn: the same for every user
    softening        soft    = {0.125, 128.0};

    [[nodiscard]] auto draw(stream& draws) const -> bands {
        detail::require(!palette.empty(), errc::empty_input, "hallmark::colour_bands: the palette is empty; allowed is 1 colour or more");
        detail::require(count >= 1 && count <= 65536, errc::out_of_domain, "hallmark::colour_bands: count is ", count, "; allowed is 1 to 65536");
        std::vector<rgb> colours(count);
        for (auto& c : colours) {
            c = palette[uniform_below(draws, static_cast<std::uint32_t>(palette.size()))];
        }
        return bands(std::move(colours), lie, soft);
    }
    friend auto operator==(colour_bands const&, colour_bands const&) -> bool = default;
};
static_assert(pattern_source<colour_bands>);

}  // namespace hallmark::inline v0
