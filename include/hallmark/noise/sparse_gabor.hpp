// The cheaper Gabor noise of procedural adversarial noise (Co et al., CCS 2019): one small kernel stamped at random pixels.
#pragma once

#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/gabor_kernel.hpp>
#include <hallmark/noise/grid.hpp>
#include <hallmark/noise/normalise.hpp>
#include <hallmark/random/uniform.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hallmark::inline v0 {

/// One kernel of height `weight`, Q1.30, with its middle at a pixel.
struct gabor_impulse {
    std::uint32_t row, column;
    noise_sample  weight;
};

/// Adds the kernel at every impulse and stretches the plane to [-1, 1]. Of two impulses at one pixel the later replaces the earlier, and at the edges the
/// picture of impulses is mirrored without repeating the edge, both as in the published program. `plane` has extents (1, 1, height, width) of at
/// least half a kernel; impulses lie in it. Cost: one addition per impulse and element of the kernel.
inline void stamp_gabor(gabor_kernel const& kernel, std::span<gabor_impulse const> impulses, tensor_view<noise_sample> plane) {
    auto const height = plane.height(), width = plane.width(), half = static_cast<std::size_t>(kernel.size() / 2);
    detail::require(plane.samples() == 1 && plane.channels() == 1, errc::shape_mismatch, "hallmark::stamp_gabor: the plane has ", plane.samples(),
                    " samples and ", plane.channels(), " channels; allowed is one of each");
    detail::require(height > half && width > half, errc::shape_mismatch, "hallmark::stamp_gabor: the plane has ", height, " x ", width,
                    " pixels; allowed is more than half the kernel's size = ", half, " of each");
    std::vector<std::int32_t> weights(height * width);
    for (auto const& i : impulses) {
        detail::require(i.row < height && i.column < width, errc::out_of_domain, "hallmark::stamp_gabor: an impulse is at ", i.row, ", ", i.column,
                        "; allowed are pixels of the plane");
        weights[i.row * width + i.column] = i.weight >> 8;  // Q.22
    }
    // Where an impulse at `at` acts along one axis of `length` pixels: itself, and its mirror images at both ends.
    auto const images = [half](std::size_t at, std::size_t length, std::ptrdiff_t* out) {
        auto const    p = static_cast<std::ptrdiff_t>(at), last = static_cast<std::ptrdiff_t>(length) - 1;
        std::uint32_t n = 0;
        out[n++]        = p;
        if (at != 0 && at <= half) {
            out[n++] = -p;
        }
        if (p != last && static_cast<std::size_t>(last - p) <= half) {
            out[n++] = 2 * last - p;
        }
        return n;
    };
    std::vector<std::int64_t> sum(height * width);
    auto const                reach = static_cast<std::ptrdiff_t>(half);
    for (std::size_t at = 0; at < weights.size(); ++at) {
        if (weights[at] == 0) {
            continue;
        }
        std::ptrdiff_t rows[3], columns[3];
        auto const     row_count = images(at / width, height, rows), column_count = images(at % width, width, columns);
        for (std::uint32_t i = 0; i < row_count * column_count; ++i) {
            auto const r = rows[i / column_count], c = columns[i % column_count];
            auto const first_row = r - reach < 0 ? 0 : r - reach,
                       last_row  = r + reach < static_cast<std::ptrdiff_t>(height) ? r + reach : static_cast<std::ptrdiff_t>(height) - 1;
            auto const first     = c - reach < 0 ? 0 : c - reach,
                       last      = c + reach < static_cast<std::ptrdiff_t>(width) ? c + reach : static_cast<std::ptrdiff_t>(width) - 1;
            for (auto h = first_row; h <= last_row; ++h) {
                auto const* elements = kernel.row(static_cast<std::size_t>(r - h + reach));
                auto*       out      = sum.data() + h * static_cast<std::ptrdiff_t>(width);
                for (auto w = first; w <= last; ++w) {
                    out[w] += std::int64_t{weights[at]} * elements[c - w + reach];
                }
            }
        }
    }
    // Q.46 sums, brought into 31 bits by their own range, so that small ones keep their digits.
    std::int64_t least = sum.empty() ? 0 : sum[0], greatest = least;
    for (auto const v : sum) {
        least    = v < least ? v : least;
        greatest = v > greatest ? v : greatest;
    }
    std::uint32_t shift = 0;
    while (((greatest - least) >> shift) >= std::int64_t{1} << 31) {
        ++shift;
    }
    for (std::size_t i = 0; i < sum.size(); ++i) {
        plane.at(0, 0, i / width, i % width) = static_cast<noise_sample>(((sum[i] - least) >> shift) - noise_one);
    }
    normalise_range(plane);
}

/// A noise source: `per_cell` impulses of uniform weight at uniform pixels in every square of `grid` pixels, stamped. Draws per square and impulse,
/// row by row: row, column, weight.
struct sparse_gabor {
    gabor_kernel  kernel{};
    std::uint32_t grid     = 13;  ///< 1 to 65535 pixels
    std::uint32_t per_cell = 1;   ///< 1 to 64

    void fill(stream& draws, tensor_view<noise_sample> plane) const {
        detail::require(grid >= 1 && grid <= 65535, errc::out_of_domain, "hallmark::sparse_gabor: grid is ", grid, "; allowed is 1 to 65535");
        detail::require(per_cell >= 1 && per_cell <= 64, errc::out_of_domain, "hallmark::sparse_gabor: per_cell is ", per_cell, "; allowed is 1 to 64");
        std::vector<gabor_impulse> impulses;
        for (std::size_t top = 0; top < plane.height(); top += grid) {
            for (std::size_t left = 0; left < plane.width(); left += grid) {
                for (std::uint32_t k = 0; k < per_cell; ++k) {
                    auto const row    = top + uniform_below(draws, grid);
                    auto const column = left + uniform_below(draws, grid);
                    auto const weight = static_cast<noise_sample>(draws.bits()) >> 1;
                    if (row < plane.height() && column < plane.width()) {  // squares at the right and the lower edge may stick out
                        impulses.push_back({static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(column), weight});
                    }
                }
            }
        }
        stamp_gabor(kernel, impulses, plane);
    }
};
static_assert(noise_source<sparse_gabor>);

}  // namespace hallmark::inline v0
