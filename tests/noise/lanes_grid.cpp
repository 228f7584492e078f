#include <hallmark/noise/cellular.hpp>
#include <hallmark/noise/domain_warp.hpp>
#include <hallmark/noise/fractal.hpp>
#include <hallmark/noise/fractal_sum.hpp>
#include <hallmark/noise/lanes_grid.hpp>
#include <hallmark/noise/perlin.hpp>
#include <hallmark/noise/perlin_3d.hpp>
#include <hallmark/noise/rotate.hpp>
#include <hallmark/noise/scale.hpp>
#include <hallmark/noise/simplex.hpp>
#include <hallmark/noise/simplex_3d.hpp>
#include <hallmark/noise/threshold.hpp>
#include <hallmark/noise/uniform.hpp>
#include <hallmark/noise/value.hpp>
#include <hallmark/noise/volume.hpp>

#include "field_laws.hpp"

using namespace hallmark;

// What vectors compute is written a second time, or with other tests for signs and borders; rows longer than the lattice wrap around.
TEST_CASE("at every level, a picture is its points, and its range is theirs") {
    laws::check_levels(uniform_noise(laws::lattice));
    laws::check_levels(simplex(laws::lattice));
}

TEST_CASE("at every level, a plane of space is its points, and its range is theirs") {
    for (auto const z : {0u, 0x12345678u, 0xffffffffu}) {
        laws::check_levels(slice_field(simplex_3d(laws::lattice), z), false);
        laws::check_levels(slice_field(ridged(perlin_3d(laws::lattice), {3, 1.9, 0.5}), z), false);
    }
    laws::check_levels(fbm(slice_field(simplex_3d(laws::lattice), 77), {2, 2.0, 0.5}), false);
}

// Composed fields: their places are moved in lanes, or their parts are pictures of their own; the sums are those of their points.
TEST_CASE("at every level, a picture of a composed field is its points") {
    auto const waves = simplex(laws::lattice);
    laws::check_levels(fractal(waves, 3), false);
    laws::check_levels(fractal(cellular(laws::lattice), 2), false);
    laws::check_levels(fbm(perlin(laws::lattice), {5, 1.9, 0.7}), false);
    laws::check_levels(ridged(waves, {16, 2.0, 0.5}), false);
    laws::check_levels(billow(value_noise(laws::lattice), {3, 3.5, 0.5}), false);
    laws::check_levels(ping_pong(waves, {2, 2.0, 0.5}, 2.7), false);
    laws::check_levels(scale(waves, 1.7), false);
    laws::check_levels(scale(fractal(perlin(laws::lattice), 3), 0.01), false);
    laws::check_levels(threshold(waves, 0.2), false);
    laws::check_levels(rotate(waves, 33.0), false);
    laws::check_levels(rotate(scale(cellular(laws::lattice), 3.3), -211.0), false);
    laws::check_levels(rotate(threshold(perlin(laws::lattice), -0.1), 90.0), false);
    laws::check_levels(rotate(uniform_noise(laws::lattice), 180.0), false);
    laws::check_levels(domain_warp(waves, value_noise(laws::lattice.octave(20)), 1.3), false);
    laws::check_levels(domain_warp(rotate(ping_pong(waves, {2, 2.0, 0.5}), 12.0), ridged(waves, {2, 1.5, 0.5}), 64.0), false);
    laws::check_levels(fractal(domain_warp(perlin(laws::lattice), waves, 0.4), 2), false);
}

// An octave of a sum lies where its lacunarity takes it, modulo the lattice: the places of neighbours may wrap around between the ends of a vector.
TEST_CASE("at every level, octaves whose places wrap around within a vector") {
    for (double const lacunarity : {2.9, 3.7, 4.0}) {
        for (std::uint32_t const period : {1u, 5u, 30u}) {
            auto const                field = fbm(simplex(laws::lattice), {16, lacunarity, 0.9});
            std::vector<noise_sample> points(512);
            for (std::size_t i = 0; i < points.size(); ++i) {
                points[i] = field(laws::place_of(static_cast<std::int64_t>(i), period), 0);
            }
            for (auto const level : all_levels()) {
                detail::simd::forced_level const force(level);
                std::vector<noise_sample>        plane(points.size(), 77);
                fill(field, period, nchw(plane.data(), 1, 1, 1, plane.size()));
                REQUIRE(plane == points);
            }
        }
    }
}
