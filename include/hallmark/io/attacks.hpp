// Attacks that need a codec or a resizer: JPEG, another size and back, a crop.
#pragma once

#include <hallmark/core/image_batch.hpp>
#include <hallmark/core/pixels.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/io/image.hpp>
#include <hallmark/io/resize.hpp>
#include <hallmark/mark/attack.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hallmark::inline v0 {
namespace detail {
/// The side of `share` of `extent` pixels, at least one.
[[nodiscard]] inline auto part_of(std::size_t extent, double share) -> std::size_t {
    return std::max<std::size_t>(1, static_cast<std::size_t>(static_cast<double>(extent) * share + 0.5));
}
inline void require_share(double share, std::string_view who) {
    require(is_number(share) && share > 0.0 && share <= 1.0, errc::out_of_domain, who, ": share is ", share, "; allowed is more than 0 and at most 1");
}
}  // namespace detail

/// Through a JPEG file of `quality` 1 to 100 and back.
struct jpeg_attack {
    int quality = 75;

    [[nodiscard]] auto operator()(tensor_view<std::uint8_t const> pictures) const -> image_batch<std::uint8_t> {
        detail::require_pictures(pictures, "hallmark::jpeg_attack");
        image_batch<std::uint8_t> out(pictures.samples(), pictures.channels(), pictures.height(), pictures.width());
        auto                      to = out.elements().begin();
        for (std::size_t n = 0; n < pictures.samples(); ++n) {
            auto const one = decode_image(encode_jpeg(pictures.slice(n, 1), quality), pictures.channels());
            to             = std::copy(one.elements().begin(), one.elements().end(), to);
        }
        return out;
    }
};

/// Down to `share` of the height and width, in (0, 1], and back.
struct resize_attack {
    double share = 0.5;

    [[nodiscard]] auto operator()(tensor_view<std::uint8_t const> pictures) const -> image_batch<std::uint8_t> {
        constexpr std::string_view who = "hallmark::resize_attack";
        detail::require_pictures(pictures, who);
        detail::require_share(share, who);
        auto const less = resize(pictures, detail::part_of(pictures.height(), share), detail::part_of(pictures.width(), share));
        return resize(less.view(), pictures.height(), pictures.width());
    }
};

/// The middle `share` of the height and width, in (0, 1], resized to the whole: the mark is not where it was.
struct crop_attack {
    double share = 0.9;

    [[nodiscard]] auto operator()(tensor_view<std::uint8_t const> pictures) const -> image_batch<std::uint8_t> {
        constexpr std::string_view who = "hallmark::crop_attack";
        detail::require_pictures(pictures, who);
        detail::require_share(share, who);
        auto       part = pictures;
        auto const h = detail::part_of(pictures.height(), share), w = detail::part_of(pictures.width(), share);
        part.data += static_cast<std::ptrdiff_t>((pictures.height() - h) / 2) * part.stride[2] +
                     static_cast<std::ptrdiff_t>((pictures.width() - w) / 2) * part.stride[3];
        part.extent[2] = h;
        part.extent[3] = w;
        return resize(part, pictures.height(), pictures.width());
    }
};

static_assert(attack<jpeg_attack> && attack<resize_attack> && attack<crop_attack>);

}  // namespace hallmark::inline v0
