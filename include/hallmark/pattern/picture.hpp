// Another picture as the pattern, stretched to any size by exact bilinear interpolation.
#pragma once

#include <hallmark/core/image_batch.hpp>
#include <hallmark/core/pixels.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/pattern/colour.hpp>
#include <hallmark/pattern/concept.hpp>
#include <hallmark/random/sha256.hpp>
#include <hallmark/random/uniform.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

namespace detail {

/// Between which two source pixels a target pixel lies, and how far: `part` of 2^16 on the way to `second`. Centres lie on centres:
/// target pixel i of `to` is at (2i + 1) · from / (2 · to) − 1/2, held inside the source. The position is rounded down to 2^-16.
struct between {
    std::size_t  first, second;
    std::int64_t part;

    constexpr between(std::size_t i, std::size_t to, std::size_t from) noexcept {
        auto const twice = static_cast<std::int64_t>((2 * i + 1) * from) - static_cast<std::int64_t>(to);  // position · 2 · to
        auto const at    = twice <= 0 ? 0 : ((twice << 15) / static_cast<std::int64_t>(to));               // Q16
        first            = static_cast<std::size_t>(at >> 16);
        part             = at & 0xffff;
        second           = first + 1 < from ? first + 1 : first;
    }
};
}  // namespace detail

/// One 8-bit picture, stretched over whatever is marked. Copies share the pixels.
///
/// Bilinear, in integers: the same bytes everywhere, and a picture of the same size is itself. It looks at four pixels, so a picture that is shrunk to
/// less than half loses pixels in between; `resize` (io/resize.hpp), which averages, makes it smaller beforehand. Grey shows as grey in three channels;
/// colour in one channel is weighted by Rec. 601.
class picture_pattern {
public:
    /// Sample `n` of `pictures`: 1 or 3 channels, extents up to 65535.
    explicit picture_pattern(tensor_view<std::uint8_t const> pictures, std::size_t n = 0) {
        detail::require_pictures(pictures, "hallmark::picture_pattern");
        detail::require(n < pictures.samples(), errc::out_of_domain, "hallmark::picture_pattern: picture ", n, " was asked for in a batch of ",
                        pictures.samples());
        detail::require(pictures.height() <= 65535 && pictures.width() <= 65535, errc::out_of_domain, "hallmark::picture_pattern: the picture has ",
                        pictures.height(), " x ", pictures.width(), " pixels; allowed are extents of 1 to 65535");
        channels_ = pictures.channels(), height_ = pictures.height(), width_ = pictures.width();
        std::vector<std::uint8_t> pixels;
        pixels.reserve(channels_ * height_ * width_);
        for (std::size_t c = 0; c < channels_; ++c) {
            for (std::size_t h = 0; h < height_; ++h) {
                for (std::size_t w = 0; w < width_; ++w) {
                    pixels.push_back(pictures.at(n, c, h, w));
                }
            }
        }
        pixels_ = std::make_shared<std::vector<std::uint8_t> const>(std::move(pixels));
    }

    /// `height` and `width` up to 65535.
    [[nodiscard]] auto operator()(std::size_t channel, std::size_t channels, std::size_t row, std::size_t height, std::size_t column,
                                  std::size_t width) const noexcept -> level {
        auto const down   = detail::between(row, height, height_);
        auto const across = detail::between(column, width, width_);
        if (channels_ == 1) {
            return at(0, down, across);
        }
        return channels == 1 ? grey_of(at(0, down, across), at(1, down, across), at(2, down, across)) : at(channel, down, across);
    }

    /// SHA-256 of the picture: channels, height and width, each as two bytes, the more significant first, then the pixels channel by channel and row by row.
    [[nodiscard]] auto sha256() const -> digest {
        std::uint8_t  head[6];
        std::size_t   at = 0;
        sha256_stream hash;
        for (auto const extent : {channels_, height_, width_}) {
            head[at++] = static_cast<std::uint8_t>(extent >> 8);
            head[at++] = static_cast<std::uint8_t>(extent & 0xff);
        }
        hash.update(head);
        hash.update(*pixels_);
        return hash.finish();
    }

private:
    // Q32 after the second weighting, rounded to nearest Q16.
    [[nodiscard]] auto at(std::size_t c, detail::between down, detail::between across) const noexcept -> level {
        auto const* plane = pixels_->data() + c * height_ * width_;
        auto const  row   = [&](std::size_t r) {
            std::int64_t const a = plane[r * width_ + across.first], b = plane[r * width_ + across.second];
            return (a << 16) + (b - a) * across.part;
        };
        auto const a = row(down.first), b = row(down.second);
        return static_cast<level>(a + (((b - a) * down.part + (1 << 15)) >> 16));
    }

    std::size_t                                      channels_ = 0, height_ = 0, width_ = 0;
    std::shared_ptr<std::vector<std::uint8_t> const> pixels_;
};
static_assert(pattern<picture_pattern>);

/// Draws one of the pictures of a batch. A user's mark is then one of as many as there are pictures: an audit's p-value cannot be smaller than
/// one in that number, so give many.
class picture_patterns {
public:
    /// Every sample of `pictures`, under the same conditions as `picture_pattern`.
    explicit picture_patterns(tensor_view<std::uint8_t const> pictures) {
        detail::require_pictures(pictures, "hallmark::picture_patterns");
        for (std::size_t n = 0; n < pictures.samples(); ++n) {
            all_.emplace_back(pictures, n);
        }
    }

    [[nodiscard]] auto size() const noexcept -> std::size_t { return all_.size(); }
    [[nodiscard]] auto draw(stream& draws) const -> picture_pattern { return all_[uniform_below(draws, static_cast<std::uint32_t>(all_.size()))]; }

private:
    std::vector<picture_pattern> all_;
};
static_assert(pattern_source<picture_patterns>);

}  // namespace hallmark::inline v0
