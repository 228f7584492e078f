// Pictures of another size, the same bytes on every machine.
#pragma once

#include <hallmark/core/image_batch.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace hallmark::inline v0 {
namespace detail {

inline constexpr std::size_t resize_max_extent = 65535;  // keeps every product below in 64 bits

/// For each of `to` pixels, which of `from` pixels it is made of: `first`, and their weights, which sum to 2^30 exactly
/// so that a plain area keeps its value. Weight = a triangle around the pixel's centre, as wide as two pixels
/// of the coarser of both grids. Centres are (2i + 1) / 2; multiplied out, all is whole numbers.
struct resize_taps {
    std::vector<std::size_t>                first;
    std::vector<std::vector<std::uint64_t>> weight;

    resize_taps(std::size_t from, std::size_t to) : first(to), weight(to) {
        auto const reach = static_cast<std::int64_t>(2 * std::max(from, to));
        for (std::size_t i = 0; i < to; ++i) {
            auto const centre = static_cast<std::int64_t>((2 * i + 1) * from);
            auto const height = [&](std::size_t k) {
                auto const d = static_cast<std::int64_t>((2 * k + 1) * to) - centre;
                return static_cast<std::uint64_t>(std::max<std::int64_t>(0, reach - (d < 0 ? -d : d)));
            };
            auto const    nearest = static_cast<std::size_t>(centre) / (2 * to);
            auto          begin   = nearest;
            auto          end     = nearest + 1;
            std::uint64_t sum     = height(nearest);
            while (begin > 0 && height(begin - 1) > 0) {
                sum += height(--begin);
            }
            while (end < from && height(end) > 0) {
                sum += height(end++);
            }
            first[i]             = begin;
            std::uint64_t so_far = 0, given = 0;
            for (auto k = begin; k < end; ++k) {  // each weight is a difference of rounded partial sums
                so_far += height(k);
                auto const rounded = ((so_far << 30) + sum / 2) / sum;
                weight[i].push_back(rounded - given);
                given = rounded;
            }
        }
    }
};
}  // namespace detail

/// Every sample of `pictures` with `height` rows and `width` columns: linear interpolation when growing, an average under a
/// triangle when shrinking (so that no pixel is skipped), edges as they are. Integer arithmetic throughout; the
/// same size returns the same pixels. All extents lie in 1 to 65535.
[[nodiscard]] inline auto resize(tensor_view<std::uint8_t const> pictures, std::size_t height, std::size_t width) -> image_batch<std::uint8_t> {
    for (auto extent : {pictures.height(), pictures.width(), height, width}) {
        detail::require(extent >= 1 && extent <= detail::resize_max_extent, errc::out_of_domain, "hallmark::resize: from ", pictures.height(), " x ",
                        pictures.width(), " to ", height, " x ", width, "; allowed are extents of 1 to ", detail::resize_max_extent);
    }
    auto const across = detail::resize_taps(pictures.width(), width);
    auto const down   = detail::resize_taps(pictures.height(), height);

    auto                       result = image_batch<std::uint8_t>(pictures.samples(), pictures.channels(), height, width);
    auto const                 out    = result.view();
    std::vector<std::uint64_t> narrow(pictures.height() * width);  // a plane with all rows and the new columns, in 1/256
    for (std::size_t n = 0; n < pictures.samples(); ++n) {
        for (std::size_t c = 0; c < pictures.channels(); ++c) {
            for (std::size_t y = 0; y < pictures.height(); ++y) {
                for (std::size_t x = 0; x < width; ++x) {
                    std::uint64_t sum = std::uint64_t{1} << 21;
                    for (std::size_t k = 0; k < across.weight[x].size(); ++k) {
                        sum += across.weight[x][k] * pictures.at(n, c, y, across.first[x] + k);
                    }
                    narrow[y * width + x] = sum >> 22;
                }
            }
            for (std::size_t y = 0; y < height; ++y) {
                for (std::size_t x = 0; x < width; ++x) {
                    std::uint64_t sum = std::uint64_t{1} << 37;
                    for (std::size_t k = 0; k < down.weight[y].size(); ++k) {
                        sum += down.weight[y][k] * narrow[(down.first[y] + k) * width + x];
                    }
                    out.at(n, c, y, x) = static_cast<std::uint8_t>(sum >> 38);
                }
            }
        }
    }
    return result;
}

}  // namespace hallmark::inline v0
