// The cheaper Gabor noise of procedural adversarial noise (Co et al., CCS 2019): one small kernel stamped at random pixels.
#pragma once

#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/gabor_kernel.hpp>
#include <hallmark/noise/gabor_stamp.hpp>
#include <hallmark/noise/grid.hpp>
#include <hallmark/random/uniform.hpp>

#include <algorithm>
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
/// least half a kernel; impulses lie in it. Cost: a multiplication and an addition per
/// impulse and element of the kernel, and two passes.
inline void stamp_gabor(gabor_kernel const& kernel, std::span<gabor_impulse const> impulses, tensor_view<noise_sample> plane) {
    auto const height = plane.height(), width = plane.width(), half = static_cast<std::size_t>(kernel.size() / 2);
    detail::require(plane.samples() == 1 && plane.channels() == 1, errc::shape_mismatch, "hallmark::stamp_gabor: the plane has ", plane.samples(),
                    " samples and ", plane.channels(), " channels; allowed is one of each");
    detail::require(height > half && width > half, errc::shape_mismatch, "hallmark::stamp_gabor: the plane has ", height, " x ", width,
                    " pixels; allowed is more than half the kernel's size = ", half, " of each");
    std::vector<gabor_impulse> once(impulses.begin(), impulses.end());
    std::vector<std::uint64_t> seen((height * width + 63) / 64);
    bool                       twice = false;
    for (auto const& i : impulses) {
        detail::require(i.row < height && i.column < width, errc::out_of_domain, "hallmark::stamp_gabor: an impulse is at ", i.row, ", ", i.column,
                        "; allowed are pixels of the plane");
        auto const at  = i.row * width + i.column;
        auto const bit = std::uint64_t{1} << (at % 64);
        twice          = twice || (seen[at / 64] & bit) != 0;
        seen[at / 64] |= bit;
    }
    if (twice) {  // the last of those at one pixel
        auto const place = [](gabor_impulse const& i) { return std::uint64_t{i.row} << 32 | i.column; };
        std::stable_sort(once.begin(), once.end(), [&](auto const& a, auto const& b) { return place(a) < place(b); });
        std::size_t kept = 0;
        for (std::size_t i = 0; i < once.size(); ++i) {
            if (i + 1 == once.size() || place(once[i]) != place(once[i + 1])) {
                once[kept++] = once[i];
            }
        }
        once.resize(kept);
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
    // No sum in a row can pass the weights of all kernels that reach it.
    std::vector<std::int64_t>        ends(height + 1);
    std::vector<detail::gabor_stamp> stamps;
    stamps.reserve(once.size() + once.size() / 2);
    for (auto const& i : once) {
        std::ptrdiff_t rows[3], columns[3];
        auto const     row_count = images(i.row, height, rows), column_count = images(i.column, width, columns);
        auto const     size = std::int64_t{column_count} * (i.weight < 0 ? -std::int64_t{i.weight} : i.weight);
        for (std::uint32_t k = 0; k < row_count * column_count; ++k) {
            stamps.push_back({rows[k / column_count], columns[k % column_count], i.weight});
        }
        for (std::uint32_t k = 0; k < row_count; ++k) {
            auto const reach = static_cast<std::ptrdiff_t>(half), n = static_cast<std::ptrdiff_t>(height);
            ends[static_cast<std::size_t>(rows[k] - reach < 0 ? 0 : rows[k] - reach)] += size;
            ends[static_cast<std::size_t>(rows[k] + reach + 1 < n ? rows[k] + reach + 1 : n)] -= size;
        }
    }
    std::int64_t weight = 0, heaviest = 0;
    for (auto const end : ends) {
        weight += end;
        heaviest = weight > heaviest ? weight : heaviest;
    }
    auto sums = detail::gabor_sums(kernel, height, width, static_cast<double>(heaviest) * kernel.greatest());
    sums.add(stamps);
    auto range = noise_range{sums.row(0)[0], sums.row(0)[0]};
    for (std::size_t h = 0; h < height; ++h) {
        detail::widen_range(sums.row(h), width, range);
    }
    auto const                stretch = detail::gabor_stretch(range.least, range.greatest);
    std::vector<noise_sample> other(plane.stride[3] == 1 ? 0 : width);
    for (std::size_t h = 0; h < height; ++h) {
        auto* const out = plane.row(0, 0, h);
        stretch(sums.row(h), width, other.empty() ? out : other.data());
        for (std::size_t w = 0; w < other.size(); ++w) {
            out[static_cast<std::ptrdiff_t>(w) * plane.stride[3]] = other[w];
        }
    }
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
