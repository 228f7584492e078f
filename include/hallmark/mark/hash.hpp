// Perceptual hashes: 64 bits that stay when a picture is resized, recompressed or brightened, and differ between pictures.
#pragma once

#include <hallmark/core/pixels.hpp>
#include <hallmark/core/tensor.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace hallmark::inline v0 {
namespace detail {
/// Grey levels of one picture in whole numbers, 256 times the level: 77, 150 and 29 parts of red, green and blue (Rec. 601).
[[nodiscard]] inline auto grey_levels(tensor_view<std::uint8_t const> picture) -> std::vector<std::uint32_t> {
    std::vector<std::uint32_t> out;
    out.reserve(picture.height() * picture.width());
    for (std::size_t h = 0; h < picture.height(); ++h) {
        for (std::size_t w = 0; w < picture.width(); ++w) {
            auto const at = [&](std::size_t c) { return std::uint32_t{picture.at(0, c, h, w)}; };
            out.push_back(picture.channels() == 1 ? 256u * at(0) : 77u * at(0) + 150u * at(1) + 29u * at(2));
        }
    }
    return out;
}

/// The mean grey level of each cell of a `rows` x `columns` grid over the picture, times an unknown constant. A pixel that lies in several cells counts in
/// each by its share: in whole numbers, so that equal cells are equal.
[[nodiscard]] inline auto grid_means(tensor_view<std::uint8_t const> picture, std::size_t rows, std::size_t columns) -> std::vector<double> {
    auto const grey = grey_levels(picture);
    auto const h = picture.height(), w = picture.width();
    // Cell i covers [i · from, (i + 1) · from) where pixel k covers [k · to, (k + 1) · to).
    auto const overlap = [](std::size_t cell, std::size_t pixel, std::size_t from, std::size_t to) {
        return std::min((cell + 1) * from, (pixel + 1) * to) - std::max(cell * from, pixel * to);
    };
    std::vector<double> out;
    for (std::size_t r = 0; r < rows; ++r) {
        for (std::size_t c = 0; c < columns; ++c) {
            std::uint64_t sum = 0;
            for (auto y = r * h / rows; y * rows < (r + 1) * h; ++y) {
                std::uint64_t line = 0;
                for (auto x = c * w / columns; x * columns < (c + 1) * w; ++x) {
                    line += grey[y * w + x] * overlap(c, x, w, columns);
                }
                sum += line * overlap(r, y, h, rows);
            }
            out.push_back(static_cast<double>(sum));
        }
    }
    return out;
}
}  // namespace detail

/// dHash (Krawetz 2013): whether each of 8 x 8 grey cells is darker than its right neighbour, of 9 in a row. Bit 63 is the upper left.
[[nodiscard]] inline auto difference_hash(tensor_view<std::uint8_t const> picture) -> std::uint64_t {
    detail::require_pictures(picture, "hallmark::difference_hash");
    auto const    mean = detail::grid_means(picture, 8, 9);
    std::uint64_t bits = 0;
    for (std::size_t r = 0; r < 8; ++r) {
        for (std::size_t c = 0; c < 8; ++c) {
            bits = bits << 1 | (mean[9 * r + c + 1] > mean[9 * r + c] ? 1u : 0u);
        }
    }
    return bits;
}

/// pHash (Zauner 2010): the signs, about their median, of the 8 x 8 lowest frequencies of the cosine transform of 32 x 32 grey cells. Bit 63 is the
/// mean, then come the horizontal frequencies.
[[nodiscard]] inline auto perceptual_hash(tensor_view<std::uint8_t const> picture) -> std::uint64_t {
    detail::require_pictures(picture, "hallmark::perceptual_hash");
    auto const          mean = detail::grid_means(picture, 32, 32);
    std::vector<double> across(32 * 8), low;
    auto const          wave = [](std::size_t k, std::size_t i) { return std::cos(3.14159265358979323846 * static_cast<double>(k * (2 * i + 1)) / 64.0); };
    for (std::size_t r = 0; r < 32; ++r) {
        for (std::size_t k = 0; k < 8; ++k) {
            for (std::size_t i = 0; i < 32; ++i) {
                across[8 * r + k] += mean[32 * r + i] * wave(k, i);
            }
        }
    }
    for (std::size_t v = 0; v < 8; ++v) {
        for (std::size_t k = 0; k < 8; ++k) {
            double sum = 0.0;
            for (std::size_t r = 0; r < 32; ++r) {
                sum += across[8 * r + k] * wave(v, r);
            }
            low.push_back(sum);
        }
    }
    auto sorted = low;
    std::sort(sorted.begin(), sorted.end());
    auto const    middle = 0.5 * (sorted[31] + sorted[32]);
    std::uint64_t bits   = 0;
    for (auto const v : low) {
        bits = bits << 1 | (v > middle ? 1u : 0u);
    }
    return bits;
}

/// How many of the 64 bits differ. Up to about 10 is commonly taken as the same picture.
[[nodiscard]] constexpr auto hash_distance(std::uint64_t a, std::uint64_t b) noexcept -> int { return std::popcount(a ^ b); }

}  // namespace hallmark::inline v0
