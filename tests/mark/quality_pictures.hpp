// Pictures that a few lines of any language can make again, for golden numbers of other programs.
#pragma once

#include <hallmark/core/image_batch.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

/// Bits 24 to 31 of a linear congruential generator, channel by channel.
inline auto noisy_picture(std::size_t c, std::size_t h, std::size_t w, std::uint32_t state) -> hallmark::image_batch<std::uint8_t> {
    hallmark::image_batch<std::uint8_t> out(1, c, h, w);
    for (auto& e : out.elements()) {
        state = state * 1664525u + 1013904223u;
        e     = static_cast<std::uint8_t>(state >> 24);
    }
    return out;
}

/// 20 + 5 row + 3 column + 30 channel + (row · column) mod 7, at most 255.
inline auto smooth_picture(std::size_t c, std::size_t h, std::size_t w) -> hallmark::image_batch<std::uint8_t> {
    hallmark::image_batch<std::uint8_t> out(1, c, h, w);
    auto                                to = out.elements().begin();
    for (std::size_t k = 0; k < c; ++k) {
        for (std::size_t y = 0; y < h; ++y) {
            for (std::size_t x = 0; x < w; ++x) {
                *to++ = static_cast<std::uint8_t>(std::min<std::size_t>(255, 20 + 5 * y + 3 * x + 30 * k + x * y % 7));
            }
        }
    }
    return out;
}

/// The smooth picture with noise of up to 8 levels.
inline auto marked_picture(std::size_t c, std::size_t h, std::size_t w) -> hallmark::image_batch<std::uint8_t> {
    auto       out   = smooth_picture(c, h, w);
    auto const noise = noisy_picture(c, h, w, 5);
    for (std::size_t i = 0; i < out.elements().size(); ++i) {
        out.elements()[i] = static_cast<std::uint8_t>(std::clamp(out.elements()[i] + noise.elements()[i] / 16 - 8, 0, 255));
    }
    return out;
}
