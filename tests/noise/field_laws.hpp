// What holds for every field, whatever it looks like. A field's own test says with what tolerances.
#pragma once

#include <hallmark/noise/grid.hpp>
#include <hallmark/noise/lattice.hpp>

#include <doctest/doctest.h>
#include <support/fingerprint.hpp>
#include <support/simd_levels.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string>
#include <vector>

namespace laws {
using namespace hallmark;

inline constexpr auto lattice = keyed_lattice(0x12345678, 0x9abcdef0);

/// Places that use every bit of a coordinate, some of them in the last cells before the lattice repeats.
inline auto positions(std::uint32_t count = 200) -> std::vector<lattice_coordinate> {
    std::vector<lattice_coordinate> out = {0, 1, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffeffff, 0xffff0000, 0xffffffff};
    for (std::uint32_t i = 0; i < count / 2; ++i) {
        out.push_back(i * 0x01234567u + (i << 7));
        out.push_back(0u - 1u - i * 977u);
    }
    return out;
}

template <class Field>
auto fingerprint_of(Field const& field, std::uint32_t count = 150) -> std::string {
    std::vector<noise_sample> samples;
    for (auto const y : positions(count)) {
        for (auto const x : positions(count)) {
            samples.push_back(field(x, y));
        }
    }
    return fingerprint(samples);
}

template <class Field>
void check_range(Field const& field, std::uint32_t count = 200) {
    for (auto const y : positions(count)) {
        for (auto const x : positions(count)) {
            auto const v = field(x, y);
            REQUIRE(v >= -noise_one);
            REQUIRE(v <= noise_one);
        }
    }
}

/// A step of 2^-14 of a cell, anywhere, and where the lattice repeats, moves a sample by at most `step` (1 is 2^30).
template <class Field>
void check_continuous(Field const& field, double step, std::uint32_t stride = 4) {
    auto const most = static_cast<std::int64_t>(step * 0x1p30);
    for (auto const other : {0u, 0x8000u, 0x12345678u, 0xfffffffcu}) {
        for (std::uint32_t i = 0; i < 4 * 65536; i += stride) {
            auto const at = i - 2 * 65536u;  // from two cells before 0 to two cells after
            auto const x0 = field(at, other), x1 = field(at + 4, other), y0 = field(other, at), y1 = field(other, at + 4);
            REQUIRE(std::abs(std::int64_t{x1} - x0) <= most);
            REQUIRE(std::abs(std::int64_t{y1} - y0) <= most);
        }
    }
}

/// Mean and standard deviation over many cells, taken at places that fall everywhere in a cell.
struct moments {
    double mean, deviation;
};
template <class Field>
auto moments_of(Field const& field, std::uint32_t side = 400) -> moments {
    double sum = 0, squares = 0;
    for (std::uint32_t i = 0; i < side; ++i) {
        for (std::uint32_t j = 0; j < side; ++j) {
            auto const v = field(j * 48271u, i * 69621u) * 0x1p-30;
            sum += v;
            squares += v * v;
        }
    }
    auto const n = static_cast<double>(side) * side;
    return {sum / n, std::sqrt(squares / n - sum / n * (sum / n))};
}

/// The mean square difference over a short way, in eight directions: the largest over the smallest. 1 is isotropic.
template <class Field>
auto anisotropy(Field const& field, double way = 0.3, std::uint32_t side = 250) -> double {
    double least = 1e9, greatest = 0;
    for (int direction = 0; direction < 8; ++direction) {
        auto const angle = direction * 3.14159265358979 / 8;
        auto const dx    = static_cast<std::uint32_t>(static_cast<std::int32_t>(std::lround(65536 * way * std::cos(angle))));
        auto const dy    = static_cast<std::uint32_t>(static_cast<std::int32_t>(std::lround(65536 * way * std::sin(angle))));
        double     sum   = 0;
        for (std::uint32_t i = 0; i < side; ++i) {
            for (std::uint32_t j = 0; j < side; ++j) {
                auto const x = j * 48271u + i * 7919u, y = i * 69621u;
                auto const d = (field(x + dx, y + dy) - static_cast<double>(field(x, y))) * 0x1p-30;
                sum += d * d;
            }
        }
        least    = std::min(least, sum);
        greatest = std::max(greatest, sum);
    }
    return greatest / least;
}

/// `row` gives the points, bit for bit: runs inside a cell, one pixel to many cells, over the end of the lattice, and out of order.
template <class Field>
void check_row(Field const& field, std::size_t longest = 700) {
    std::vector<lattice_coordinate> fine, coarse;
    for (std::uint32_t i = 0; i < longest; ++i) {
        fine.push_back(0xfffd0000u + i * 0x2ffu);
        coarse.push_back(0xff800000u + i * 0x1fffbu);
    }
    for (auto const& xs : {positions(60), fine, coarse, std::vector<lattice_coordinate>{5}, std::vector<lattice_coordinate>{}}) {
        for (auto const y : {0u, 0xffffu, 0xffffffffu, 0x89abcdefu}) {
            std::vector<noise_sample> row(xs.size()), points;
            field.row(xs.data(), xs.size(), y, row.data());
            for (auto const x : xs) {
                points.push_back(field(x, y));
            }
            REQUIRE(row == points);
        }
    }
}

/// The place of a pixel of a field with cells of `period` pixels.
inline auto place_of(std::int64_t pixel, std::uint32_t period) -> lattice_coordinate {
    auto const p = pixel * 65536;
    return static_cast<lattice_coordinate>(p >= 0 ? p / period : -((-p + period - 1) / period));
}

/// `fill` gives the points, for odd sizes, for periods from one end to the other, and from the first pixel to the last.
template <class Field>
void check_fill(Field const& field) {
    struct size {
        std::size_t height, width;
    };
    for (auto const s : {size{1, 1}, size{1, 7}, size{5, 1}, size{3, 65}, size{257, 3}, size{31, 33}}) {
        for (std::uint32_t const period : {1u, 2u, 13u, 640u, 65535u, 65536u, 1'000'000u}) {
            auto const last = std::numeric_limits<std::int32_t>::max(), first = std::numeric_limits<std::int32_t>::min();
            for (auto const o : {noise_origin{}, noise_origin{last - 3, first}}) {
                if (o.x != 0 && (period == 2 || s.height == 257)) {
                    continue;  // enough is enough
                }
                std::vector<noise_sample> memory(s.height * s.width, 77);
                fill(field, period, nchw(memory.data(), 1, 1, s.height, s.width), o);
                for (std::size_t h = 0; h < s.height; ++h) {
                    for (std::size_t w = 0; w < s.width; ++w) {
                        auto const x = place_of(o.x + static_cast<std::int64_t>(w), period), y = place_of(o.y + static_cast<std::int64_t>(h), period);
                        REQUIRE(memory[h * s.width + w] == field(x, y));
                    }
                }
            }
        }
    }
}

/// A picture is the same one lattice on, to the right and down. Not for fields that say otherwise: rotations, scales and lacunarities that are no whole
/// numbers.
template <class Field>
void check_periodic(Field const& field) {
    for (std::int32_t const period : {1, 7, 32767}) {
        auto const                lattice_on = period * 65536;
        std::vector<noise_sample> here(9 * 21), there(9 * 21);
        fill(field, static_cast<std::uint32_t>(period), nchw(here.data(), 1, 1, 9, 21), {-4, -3});
        fill(field, static_cast<std::uint32_t>(period), nchw(there.data(), 1, 1, 9, 21), {lattice_on - 4, lattice_on - 3});
        REQUIRE(here == there);
    }
}

/// Mean 0 within `mean`, and isotropic within a factor of `ratio`, over 40,000 places.
template <class Field>
void check_balanced(Field const& field, double mean, double ratio) {
    CHECK(std::abs(moments_of(field, 200).mean) < mean);
    CHECK(anisotropy(field, 0.3, 150) < ratio);
}

/// At every level, a picture is its points and its range is theirs, also of a field whose places lie at the ends of the lattice.
template <class Field>
void check_levels(Field const& field, bool long_rows = true) {
    static_assert(grid_noise_field<Field>);
    struct shape {
        std::size_t   height, width;
        std::uint32_t period;
    };
    for (auto const& s :
         {shape{1, 1, 1}, {1, 67, 3}, {67, 3, 41}, {3, 31, 7}, {5, 32, 65535}, {3, 40, 1'000'000}, {2, 33, 1}, {70, 300, 59}, {2, 200'000, 3}}) {
        if (s.width > 1000 && !long_rows) {
            continue;
        }
        auto const                o = s.width == 31 ? noise_origin{std::numeric_limits<std::int32_t>::max() - 20, -2} : noise_origin{};
        std::vector<noise_sample> points(s.height * s.width);
        noise_range               range{noise_one, -noise_one};
        for (std::size_t i = 0; i < points.size(); ++i) {
            points[i] =
                field(place_of(o.x + static_cast<std::int64_t>(i % s.width), s.period), place_of(o.y + static_cast<std::int64_t>(i / s.width), s.period));
            range.least    = std::min(range.least, points[i]);
            range.greatest = std::max(range.greatest, points[i]);
        }
        for (auto const level : all_levels()) {
            detail::simd::forced_level const force(level);
            std::vector<noise_sample>        plane(points.size(), 77);
            REQUIRE(detail::fill_and_range(field, s.period, nchw(plane.data(), 1, 1, s.height, s.width), o) == range);
            REQUIRE(plane == points);
        }
    }
}

}  // namespace laws
