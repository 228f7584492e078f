// A plane of samples stretched to a given range or spread.
#pragma once

#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/fixed.hpp>
#include <hallmark/noise/grid.hpp>

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

/// Stretches a plane so that its least sample becomes -1 and its greatest 1, rounded to nearest. A plane whose samples are
/// all equal becomes 0. Extents (1, 1, height, width), samples in [-1, 1]. Two passes.
inline void normalise_range(tensor_view<noise_sample> plane) {
    detail::require_plane(plane, "hallmark::normalise_range");
    if (plane.size() == 0) {
        return;
    }
    auto const r     = range_of(plane);
    auto const width = std::int64_t{r.greatest} - r.least;
    for (std::size_t h = 0; h < plane.height(); ++h) {
        for (std::size_t w = 0; w < plane.width(); ++w) {
            auto& v = plane.at(0, 0, h, w);
            v       = width == 0 ? 0 : static_cast<noise_sample>((((std::int64_t{v} - r.least) << 31) + width / 2) / width - noise_one);
        }
    }
}

/// Moves the plane's mean to 0 and its standard deviation to `deviation`, in (0, 1], and cuts off at ±1. Within 2^-14. A plane whose
/// samples are all equal becomes 0. Extents (1, 1, height, width), at most 2^30 samples in [-1, 1]. Three passes.
inline void normalise_variance(double deviation, tensor_view<noise_sample> plane) {
    detail::require(detail::is_number(deviation) && deviation > 0.0 && deviation <= 1.0, errc::out_of_domain, "hallmark::normalise_variance: deviation is ",
                    deviation, "; allowed is more than 0, at most 1");
    detail::require_plane(plane, "hallmark::normalise_variance");
    auto const count = static_cast<std::int64_t>(plane.height() * plane.width());
    if (count == 0) {
        return;
    }
    auto const each = [&](auto f) {
        for (std::size_t h = 0; h < plane.height(); ++h) {
            for (std::size_t w = 0; w < plane.width(); ++w) {
                f(plane.at(0, 0, h, w));
            }
        }
    };
    std::int64_t sum = 0;
    each([&](noise_sample v) { sum += v; });
    auto const    mean    = sum / count;
    std::uint64_t squares = 0;  // Q.32: at most 2^34 each
    each([&](noise_sample v) {
        auto const d = (v - mean) >> 14;  // Q.16
        squares += static_cast<std::uint64_t>(d * d);
    });
    auto const spread = static_cast<std::int64_t>(detail::root64((squares / static_cast<std::uint64_t>(count)) << 28));  // Q.30
    auto const wanted = static_cast<std::int64_t>(deviation * 0x1p30);
    auto const factor = spread == 0 ? 0 : (wanted << 16) / spread;  // Q.16
    each([&](noise_sample& v) {
        auto const moved = std::int64_t{v} - mean;
        auto const most  = factor == 0 ? 0 : (std::int64_t{noise_one} << 16) / factor + 1;  // beyond this the product is cut off anyway
        auto const d     = moved > most ? most : (moved < -most ? -most : moved);
        auto const out   = (d * factor) >> 16;
        v                = static_cast<noise_sample>(out > noise_one ? noise_one : (out < -noise_one ? -noise_one : out));
    });
}

}  // namespace hallmark::inline v0
