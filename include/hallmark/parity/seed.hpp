// How the published program turns pictures into seeds: the MD5 of their pixels as float32.
#pragma once

#include <hallmark/core/image_batch.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/parity/lanes_seed.hpp>
#include <hallmark/parity/noise.hpp>
#include <hallmark/random/numpy_stream.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace hallmark::inline v0 {
namespace detail {
/// k / 255, rounded to float. A table made by the compiler, which no flag can make divide otherwise.
struct unit_levels {
    float value[256];
    constexpr unit_levels() : value() {
        for (int k = 0; k < 256; ++k) {
            value[k] = static_cast<float>(k) / 255.0f;
        }
    }
};
inline constexpr unit_levels unit_level;
}  // namespace detail

/// In which order the pixels of a picture are hashed.
enum class parity_order : std::uint8_t { channel_first, channel_last };

namespace detail {
/// What the published program seeds with one picture (sample 0 of `picture`).
[[nodiscard]] inline auto parity_words(tensor_view<float const> picture, parity_order order) -> std::array<std::uint32_t, 4> {
    std::vector<std::uint8_t> bytes(4 * picture.channels() * picture.height() * picture.width());
    auto*                     to  = bytes.data();
    auto const                put = [&](std::size_t c, std::size_t h, std::size_t w) {
        auto const bits = std::bit_cast<std::uint32_t>(picture.at(0, c, h, w));
        for (int shift : {0, 8, 16, 24}) {
            *to++ = static_cast<std::uint8_t>(bits >> shift);
        }
    };
    auto const plane = [&](std::size_t c) {
        for (std::size_t h = 0; h < picture.height(); ++h) {
            for (std::size_t w = 0; w < picture.width(); ++w) {
                put(c, h, w);
            }
        }
    };
    for (std::size_t c = 0; order == parity_order::channel_first && c < picture.channels(); ++c) {
        plane(c);
    }
    for (std::size_t h = 0; order == parity_order::channel_last && h < picture.height(); ++h) {
        for (std::size_t w = 0; w < picture.width(); ++w) {
            for (std::size_t c = 0; c < picture.channels(); ++c) {
                put(c, h, w);
            }
        }
    }
    return md5_words(bytes);
}
}  // namespace detail

/// The generator that the published program seeds with one picture (sample 0 of `picture`): channel first for the noise of this picture,
/// channel last for the stripes of a user.
[[nodiscard]] inline auto parity_stream(tensor_view<float const> picture, parity_order order) -> numpy_stream {
    return numpy_stream(detail::parity_words(picture, order));
}

/// The pixels as the published program reads them: float32, level / 255.
[[nodiscard]] inline auto parity_pixels(tensor_view<std::uint8_t const> pictures) -> image_batch<float> {
    image_batch<float> out(pictures.samples(), pictures.channels(), pictures.height(), pictures.width());
    auto const         to = out.view();
    for (std::size_t n = 0; n < pictures.samples(); ++n) {
        for (std::size_t c = 0; c < pictures.channels(); ++c) {
            for (std::size_t h = 0; h < pictures.height(); ++h) {
                for (std::size_t w = 0; w < pictures.width(); ++w) {
                    to.at(n, c, h, w) = detail::unit_level.value[pictures.at(n, c, h, w)];
                }
            }
        }
    }
    return out;
}

/// The sum of a user's pictures, added up in float32 in their order: what the stripes are seeded with. Another order may round to
/// another sum, and then gives other stripes.
[[nodiscard]] inline auto parity_sum(tensor_view<std::uint8_t const> pictures) -> image_batch<float> {
    auto       sum = parity_pixels(pictures.slice(0, pictures.samples() == 0 ? 0 : 1));
    auto const to  = sum.view();
    if (detail::add_levels(pictures, sum.elements())) {
        return sum;
    }
    for (std::size_t n = 1; n < pictures.samples(); ++n) {
        for (std::size_t c = 0; c < pictures.channels(); ++c) {
            for (std::size_t h = 0; h < pictures.height(); ++h) {
                for (std::size_t w = 0; w < pictures.width(); ++w) {
                    auto& v = to.at(0, c, h, w);
                    v       = detail::rounded(v + detail::unit_level.value[pictures.at(n, c, h, w)]);
                }
            }
        }
    }
    return sum;
}

/// The draws for the noise of one picture, in the published order, from its `numpy_stream`.
template <class Draws>
[[nodiscard]] auto draw_parity_field(Draws& draws) noexcept -> parity_field {
    auto const period    = static_cast<float>(draws.randint(30, 60));
    auto const octaves   = draws.randint(1, 5);
    auto const frequency = draws.randint(20, 60);
    return {period, octaves, frequency};
}

}  // namespace hallmark::inline v0
