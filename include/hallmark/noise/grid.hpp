// A field sampled at the pixels of a picture, and the picture's range of samples.
#pragma once

#include <hallmark/core/simd.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/plain_grid.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace hallmark::inline v0 {

/// The pixel of a field at which a plane or block begins: a piece of a larger picture equals that part of the whole.
struct noise_origin {
    std::int32_t x = 0, y = 0, z = 0;  ///< in pixels, to the right, down and from slice to slice; planes have no use for z
};

/// The largest size of a lattice cell in pixels. Beyond 65,536 several neighbours share a place, whose last bit moves a Perlin sample by less than 2^-13.
inline constexpr std::uint32_t noise_longest_period = 1'000'000;

namespace detail {
/// The places of pixels first, first + 1, ... on the lattice, rounded down to 2^-16 of a cell.
inline auto places(std::int32_t first, std::size_t count, std::uint32_t period) -> std::vector<lattice_coordinate> {
    std::vector<lattice_coordinate> out(count);
    auto const                      begin = std::int64_t{first} * 65536, rest_of_begin = begin % period;
    auto const                      below = rest_of_begin < 0 ? std::int64_t{period} : 0;  // division rounds towards 0, places down
    std::uint32_t const             step = 65536 / period, rest = 65536 % period;
    auto                            place = static_cast<std::uint32_t>((begin - below) / period);  // place + over / period
    auto                            over  = static_cast<std::uint32_t>(rest_of_begin + below);
    for (auto& p : out) {
        p = place;
        place += step;
        over += rest;
        if (over >= period) {
            ++place;
            over -= period;
        }
    }
    return out;
}

inline void require_plane(tensor_view<noise_sample> plane, std::string_view who) {
    require(plane.samples() == 1 && plane.channels() == 1, errc::shape_mismatch, who, ": the plane has ", plane.samples(), " samples and ", plane.channels(),
            " channels; allowed is one of each");
}
inline void require_period(std::uint32_t period) {
    require(period >= 1 && period <= noise_longest_period, errc::out_of_domain, "hallmark::fill: the period is ", period, " pixels; allowed is 1 to 1000000");
}
inline void require_grid(std::uint32_t period, tensor_view<noise_sample> plane) {
    require_period(period);
    require_plane(plane, "hallmark::fill");
}

/// `fill`, and what `range_of` says afterwards, of a plane with at least one pixel.
template <class F>
auto fill_and_range(F const& field, std::uint32_t period, tensor_view<noise_sample> plane, noise_origin origin = {}) -> noise_range {
    auto const                xs = places(origin.x, plane.width(), period), ys = places(origin.y, plane.height(), period);
    bool const                dense = plane.stride[3] == 1;
    std::vector<noise_sample> other(dense ? 0 : plane.width() * plane.height());
    auto const                g = noise_grid{
        xs.data(), xs.size(), ys.data(), ys.size(), dense ? plane.data : other.data(), dense ? plane.stride[2] : static_cast<std::ptrdiff_t>(xs.size())};
    auto const range = any_grid(field, g);
    for (std::size_t i = 0; i < other.size(); ++i) {
        plane.at(0, 0, i / xs.size(), i % xs.size()) = other[i];
    }
    return range;
}
}  // namespace detail

/// Writes field((column + origin.x) / period, (row + origin.y) / period) to every pixel of `plane`, a view of extents (1, 1, height,
/// width). `period` is the size of a lattice cell in pixels, in [1, 1000000]; pixel (0, 0) of the field sits on a lattice
/// point. Places are rounded down to 2^-16 of a cell.
template <noise_field F>
void fill(F const& field, std::uint32_t period, tensor_view<noise_sample> plane, noise_origin origin = {}) {
    detail::require_grid(period, plane);
    if (plane.size() != 0) {
        detail::fill_and_range(field, period, plane, origin);
    }
}

/// Of a plane with at least one pixel.
[[nodiscard]] inline auto range_of(tensor_view<noise_sample const> plane) noexcept -> noise_range {
    auto out = noise_range{plane.at(0, 0, 0, 0), plane.at(0, 0, 0, 0)};
    for (std::size_t h = 0; h < plane.height(); ++h) {
        auto const* row = plane.row(0, 0, h);
        for (std::size_t w = 0; w < plane.width(); w += plane.stride[3] == 1 ? plane.width() : 1) {
            detail::widen_range(row + static_cast<std::ptrdiff_t>(w) * plane.stride[3], plane.stride[3] == 1 ? plane.width() : 1, out);
        }
    }
    return out;
}

}  // namespace hallmark::inline v0
