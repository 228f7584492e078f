// A picture format of three letters, so that loading can be tested without a decoder: height, width, grey value.
#pragma once

#include <hallmark/core/image_batch.hpp>
#include <hallmark/error.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

struct toy_decoder {
    auto operator()(std::span<std::byte const> bytes) const -> hallmark::image_batch<std::uint8_t> {
        hallmark::detail::require(bytes.size() == 3, hallmark::errc::bad_format, "toy_decoder: not a toy picture");
        auto const digit  = [&](std::size_t i) { return static_cast<std::size_t>(std::to_integer<int>(bytes[i]) - '0'); };
        auto       pixels = std::vector<std::uint8_t>(digit(0) * digit(1), static_cast<std::uint8_t>(digit(2)));
        return {1, 1, digit(0), digit(1), std::move(pixels)};
    }
};

/// The elements in their order, as something that can be compared.
[[nodiscard]] inline auto pixels_of(hallmark::image_batch<std::uint8_t> const& batch) -> std::vector<std::uint8_t> {
    return {batch.elements().begin(), batch.elements().end()};
}
