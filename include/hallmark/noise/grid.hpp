// A field sampled at the pixels of a picture, and the picture's range of samples.
#pragma once

#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/noise/concept.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace hallmark::inline v0 {

/// Writes field(column / period, row / period) to every pixel of `plane`, a view of extents (1, 1, height,
/// width). `period` is the size of a lattice cell in pixels, in [1, 65535]; pixel (0, 0) sits on a lattice
/// point. Positions are rounded down to 2^-16 of a cell.
template <noise_field F>
void fill(F const& field, std::uint32_t period, tensor_view<noise_sample> plane) {
    detail::require(period >= 1 && period <= 65535, errc::out_of_domain, "hallmark::fill: the period is ", period, " pixels; allowed is 1 to 65535");
    detail::require(plane.samples() == 1 && plane.channels() == 1, errc::shape_mismatch, "hallmark::fill: the plane has ", plane.samples(), " samples and ",
                    plane.channels(), " channels; allowed is one of each");
    auto const position = [period](std::size_t pixel) { return static_cast<lattice_coordinate>((static_cast<std::uint64_t>(pixel) << 16) / period); };

    auto                            width = plane.width();
    std::vector<lattice_coordinate> xs(width);
    for (std::size_t w = 0; w < width; ++w) {
        xs[w] = position(w);
    }
    bool const                dense = plane.stride[3] == 1;
    std::vector<noise_sample> buffer(dense ? 0 : width);
    for (std::size_t h = 0; h < plane.height(); ++h) {
        auto const y   = position(h);
        auto*      out = dense ? plane.row(0, 0, h) : buffer.data();
        if constexpr (row_noise_field<F>) {
            field.row(xs.data(), width, y, out);
        } else {
            for (std::size_t w = 0; w < width; ++w) {
                out[w] = field(xs[w], y);
            }
        }
        for (std::size_t w = 0; !dense && w < width; ++w) {
            plane.at(0, 0, h, w) = buffer[w];
        }
    }
}

/// The least and the greatest sample of a plane.
struct noise_range {
    noise_sample least, greatest;
};

/// Of a plane with at least one pixel.
[[nodiscard]] inline auto range_of(tensor_view<noise_sample const> plane) noexcept -> noise_range {
    auto out = noise_range{plane.at(0, 0, 0, 0), plane.at(0, 0, 0, 0)};
    for (std::size_t h = 0; h < plane.height(); ++h) {
        for (std::size_t w = 0; w < plane.width(); ++w) {
            auto const v = plane.at(0, 0, h, w);
            out.least    = v < out.least ? v : out.least;
            out.greatest = v > out.greatest ? v : out.greatest;
        }
    }
    return out;
}

}  // namespace hallmark::inline v0
