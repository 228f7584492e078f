#include <hallmark/noise/domain_warp.hpp>
#include <hallmark/noise/fractal_sum.hpp>
#include <hallmark/noise/normalise.hpp>
#include <hallmark/noise/scale.hpp>
#include <hallmark/noise/sparse_gabor_field.hpp>
#include <hallmark/noise/threshold.hpp>

#include "field_laws.hpp"

#include <algorithm>
#include <vector>

using namespace hallmark;

namespace {
double const pi = 3.14159265358979323846;

auto const wave = gabor_kernel({11, 2.5, 31.0, 6.0, 0.8, 1});
auto const base = sparse_gabor_field(laws::lattice, wave, 7, 2);

/// What the header says, in double: the sum of the kernels over the scale.
auto defined(keyed_lattice lattice, gabor_kernel const& kernel, int grid, std::uint32_t per_cell, int px, int py) -> double {
    auto const half = static_cast<int>(kernel.size() / 2);
    double     sum = 0, squares = 0;
    for (int cy = (py - half) / grid - 1; cy <= (py + half) / grid + 1; ++cy) {
        for (int cx = (px - half) / grid - 1; cx <= (px + half) / grid + 1; ++cx) {
            auto const cell = lattice(static_cast<std::uint32_t>(cx) & 0xffffu, static_cast<std::uint32_t>(cy) & 0xffffu);
            for (std::uint32_t k = 0; k < per_cell; ++k) {
                std::uint32_t row = 0, column = 0, weight = 0;
                detail::gabor_draw(cell, 3 * k, row);
                detail::gabor_draw(cell, 3 * k + 1, column);
                detail::gabor_draw(cell, 3 * k + 2, weight);
                auto const r = py - cy * grid - static_cast<int>(row * 0x1p-32 * grid) + half,
                           c = px - cx * grid - static_cast<int>(column * 0x1p-32 * grid) + half;
                if (std::clamp(r, 0, 2 * half) == r && std::clamp(c, 0, 2 * half) == c) {
                    sum += static_cast<std::int32_t>(weight) * 0x1p-31 * kernel.row(static_cast<std::size_t>(r))[c] * 0x1p-24;
                }
            }
        }
    }
    for (std::size_t r = 0; r < kernel.size(); ++r) {
        for (std::size_t c = 0; c < kernel.size(); ++c) {
            squares += std::pow(kernel.row(r)[c] * 0x1p-24, 2);
        }
    }
    return std::clamp(sum / std::max(std::sqrt(3.0 * per_cell * squares) / grid, kernel.greatest() * 0x1p-24), -1.0, 1.0);
}

auto filled(sparse_gabor_field const& field, std::uint32_t period, std::size_t height, std::size_t width) -> std::vector<noise_sample> {
    std::vector<noise_sample> out(height * width);
    fill(field, period, nchw(out.data(), 1, 1, height, width));
    return out;
}
}  // namespace

TEST_CASE("the sum of kernels at impulses, by its definition: one pixel of the kernel for each of the picture where period is grid") {
    struct shape {
        std::uint32_t size, grid, per_cell, sides;
    };
    for (auto const& s : {shape{11, 7, 2, 1}, {23, 13, 1, 1}, {3, 1, 1, 1}, {9, 3, 5, 4}, {15, 60, 1, 2}}) {
        auto const kernel = gabor_kernel({s.size, 2.5, 31.0, 6.0, 0.8, s.sides});
        auto const field  = filled(sparse_gabor_field(laws::lattice, kernel, s.grid, s.per_cell), s.grid, 41, 67);
        for (int i = 0; i < 41 * 67; ++i) {
            REQUIRE(std::abs(field[static_cast<std::size_t>(i)] * 0x1p-30 -
                             defined(laws::lattice, kernel, static_cast<int>(s.grid), s.per_cell, i % 67, i / 67)) < 1e-5);
        }
    }
}

// A picture of other sizes of cells is the same field, with pixels repeated or skipped.
TEST_CASE("other periods repeat and skip pixels") {
    auto const one = filled(base, 7, 30, 40), twice = filled(base, 14, 60, 80), third = filled(sparse_gabor_field(laws::lattice, wave, 21, 2), 7, 10, 12),
               all = filled(sparse_gabor_field(laws::lattice, wave, 21, 2), 21, 30, 36);
    for (std::size_t h = 0; h < 60; ++h) {
        for (std::size_t w = 0; w < 80; ++w) {
            REQUIRE(base(laws::place_of(static_cast<std::int64_t>(w), 14), laws::place_of(static_cast<std::int64_t>(h), 14)) == twice[h * 80 + w]);
        }
    }
    int same = 0;
    for (std::size_t h = 0; h < 30; ++h) {
        for (std::size_t w = 0; w < 40; ++w) {
            same += one[h * 40 + w] == twice[2 * h * 80 + 2 * w] ? 1 : 0;
        }
    }
    CHECK(same == 1200);
    for (std::size_t h = 0; h < 10; ++h) {
        for (std::size_t w = 0; w < 12; ++w) {
            REQUIRE(third[h * 12 + w] == all[3 * h * 36 + 3 * w]);
        }
    }
}

TEST_CASE("laws, octaves, composition") {
    laws::check_range(base, 40);
    laws::check_range(sparse_gabor_field(laws::lattice, gabor_kernel({9, 4.0, 0.0, 9.0, 1.0, 36}), 2, 3), 30);
    laws::check_fill(base);
    laws::check_periodic(base);
    laws::check_levels(base, false);
    laws::check_levels(sparse_gabor_field(laws::lattice, gabor_kernel({3, 1.0, 0.0, 3.0, 1.0, 1}), 1, 1), false);
    laws::check_levels(sparse_gabor_field(laws::lattice, gabor_kernel({23, 4.0, 20.0, 8.0, 0.5, 2}), 59, 3), false);
    laws::check_levels(threshold(scale(base, 1.7), 0.1), false);
    laws::check_fill(fbm(base, {2, 2.0, 0.5}));
    laws::check_fill(domain_warp(base, base, 0.3));
    CHECK(base.octave(3) == sparse_gabor_field(laws::lattice.octave(3), wave, 7, 2));
    CHECK(base != sparse_gabor_field(laws::lattice, wave, 7, 3));
    CHECK(base != sparse_gabor_field(laws::lattice, gabor_kernel({11, 2.5, 31.0, 6.0, 0.8, 2}), 7, 2));
    CHECK(sparse_gabor_field() != base);
    CHECK(sparse_gabor_field()(77, 0xabcde) == 0);
    CHECK(filled(sparse_gabor_field(), 5, 3, 3) == std::vector<noise_sample>(9, 0));
    CHECK(laws::fingerprint_of(base, 60) == "5e0f905947b525c0e69258af94a5d957b7757604ae10c65e00ec414ac2a6734b");
}

TEST_CASE("sums beyond three deviations are cut off, alike in vectors and at points") {
    auto const                field = sparse_gabor_field(laws::lattice, gabor_kernel({9, 2.5, 31.0, 6.0, 0.8, 4}), 3, 5);
    std::vector<noise_sample> points;
    for (int i = 0; i < 61 * 61; ++i) {
        points.push_back(field(laws::place_of(i % 61, 3), laws::place_of(i / 61, 3)));
    }
    CHECK(std::count(points.begin(), points.end(), noise_one) > 0);
    CHECK(std::count(points.begin(), points.end(), -noise_one) > 0);
    for (auto const level : all_levels()) {
        detail::simd::forced_level const force(level);
        CHECK(filled(field, 3, 61, 61) == points);
    }
}

// The scale is known without a picture: three deviations, by the closed form.
TEST_CASE("mean 0, deviation 1/3; a lone impulse is not cut off") {
    auto const many = laws::moments_of(sparse_gabor_field(laws::lattice, wave, 7, 20), 300);
    CHECK(std::abs(many.mean) < 0.005);
    CHECK(many.deviation == doctest::Approx(1.0 / 3).epsilon(0.02));
    auto const lone = filled(sparse_gabor_field(laws::lattice, wave, 60, 1), 60, 400, 400);
    auto const most = *std::max_element(lone.begin(), lone.end());
    CHECK(most > noise_one / 10 * 9);
    CHECK(most < noise_one);
}

TEST_CASE("the spectrum peaks at the kernel's wave, in its direction; a ring of directions has none") {
    auto const plane = filled(sparse_gabor_field(laws::lattice, gabor_kernel({23, 4.0, 0.0, 8.0, 1.0, 1}), 13, 1), 13, 128, 128);
    auto const power = [&](double fx, double fy) {
        double re = 0, im = 0;
        for (std::size_t y = 0; y < 128; ++y) {
            for (std::size_t x = 0; x < 128; ++x) {
                auto const turn = 2 * pi * (fx * static_cast<double>(x) + fy * static_cast<double>(y));
                re += plane[y * 128 + x] * 0x1p-30 * std::cos(turn);
                im += plane[y * 128 + x] * 0x1p-30 * std::sin(turn);
            }
        }
        return re * re + im * im;
    };
    auto const near = [&](double fx, double fy) {
        double sum = 0;
        for (int a = -2; a <= 2; ++a) {
            for (int b = -2; b <= 2; ++b) {
                sum += power(fx + a / 128.0, fy + b / 128.0);
            }
        }
        return sum;
    };
    auto const peak = near(1 / 8.0, 0);
    CHECK(peak > 3 * near(1 / 5.0, 0));
    CHECK(peak > 3 * near(1 / 16.0, 0));
    CHECK(peak > 3 * near(0, 1 / 8.0));
    CHECK(laws::anisotropy(sparse_gabor_field(laws::lattice, gabor_kernel({23, 4.0, 0.0, 8.0, 1.0, 12}), 13, 4), 0.3, 150) < 1.08);
    CHECK(laws::anisotropy(sparse_gabor_field(laws::lattice, gabor_kernel(), 13, 4), 0.3, 150) > 2.0);
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(sparse_gabor_field(laws::lattice, wave, 0, 1), "hallmark::sparse_gabor_field: grid is 0; allowed is 1 to 65535", error);
    CHECK_THROWS_WITH_AS(sparse_gabor_field(laws::lattice, wave, 65536, 1), "hallmark::sparse_gabor_field: grid is 65536; allowed is 1 to 65535", error);
    CHECK_THROWS_WITH_AS(sparse_gabor_field(laws::lattice, wave, 13, 0), "hallmark::sparse_gabor_field: per_cell is 0; allowed is 1 to 64", error);
    CHECK_THROWS_WITH_AS(sparse_gabor_field(laws::lattice, wave, 13, 65), "hallmark::sparse_gabor_field: per_cell is 65; allowed is 1 to 64", error);
}
