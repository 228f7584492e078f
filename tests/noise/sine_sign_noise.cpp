#include "filled.hpp"

#include <hallmark/noise/domain_warp.hpp>
#include <hallmark/noise/sign_noise.hpp>
#include <hallmark/noise/simplex.hpp>
#include <hallmark/noise/sine_sign_noise.hpp>
#include <hallmark/noise/value.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <vector>

using namespace hallmark;

TEST_CASE("of Perlin noise it is the noise of the published method") {
    CHECK(filled(sine_sign_noise<perlin>{}, 5, 33, 70) == filled(perlin_sign_noise{}, 5, 33, 70));
    CHECK(filled(sine_sign_noise<perlin>{{5, 9}, {3, 3}, {7, 8}}, 5, 21, 40) == filled(perlin_sign_noise{{5, 9}, {3, 3}, {7, 8}}, 5, 21, 40));
}

TEST_CASE("of any field, also a composed one, it is what its draws say") {
    auto const make  = [](keyed_lattice l) { return domain_warp(simplex(l), value_noise(l.octave(40)), 0.5); };
    using field      = decltype(make(keyed_lattice{}));
    auto const noise = sine_sign_noise<field, decltype(make)>{{9, 9}, {2, 2}, {5, 5}, make};
    auto       s     = draws(5);
    (void)detail::draw_waves(s, {9, 9}, {2, 2}, {5, 5}, "test");
    auto const                lattice = keyed_lattice::draw(s);
    std::vector<noise_sample> expected(24 * 31);
    auto const                plane = nchw(expected.data(), 1, 1, 24, 31);
    fill(fractal(make(lattice), 2), 9, plane);
    apply_sine_sign(5, plane);
    CHECK(filled(noise, 5, 24, 31) == expected);
    CHECK(filled(gabor_sign_noise{}, 5, 24, 31) != expected);
}

TEST_CASE("what a caller can get wrong") {
    auto       s       = draws(5);
    auto const falling = sine_sign_noise<simplex>{{9, 8}}, many = sine_sign_noise<simplex>{{8, 9}, {17, 17}};
    CHECK_THROWS_WITH_AS(falling.fill(s, {}), "hallmark::sine_sign_noise: period is 9 to 8; allowed are rising ranges", error);
    CHECK_THROWS_WITH_AS(many.fill(s, {}), "hallmark::sine_sign_noise: octaves is 17; allowed is 1 to 16", error);
}
