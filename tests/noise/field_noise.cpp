#include "filled.hpp"

#include <hallmark/noise/domain_warp.hpp>
#include <hallmark/noise/field_noise.hpp>
#include <hallmark/noise/simplex.hpp>
#include <hallmark/noise/sine_sign_noise.hpp>
#include <hallmark/noise/value.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <vector>

using namespace hallmark;

TEST_CASE("a field is its fractal, with draws of a period, octaves and a lattice") {
    auto                      s = draws(5);
    auto const                p = uniform_between(s, 30u, 59u), o = uniform_between(s, 1u, 4u);
    std::vector<noise_sample> expected(24 * 31);
    fill(fractal(simplex(keyed_lattice::draw(s)), o), p, nchw(expected.data(), 1, 1, 24, 31));
    CHECK(filled(field_noise<simplex>{}, 5, 24, 31) == expected);
}

// Signs that differ would be draws in another order; a wave of 0 has the sign of the half wave that begins there.
TEST_CASE("a sine has the signs of sine_sign_noise, and samples between") {
    auto const make = [](keyed_lattice l) { return domain_warp(simplex(l), value_noise(l.octave(40)), 0.5); };
    using field     = decltype(make(keyed_lattice{}));
    auto const same = [](std::vector<noise_sample> const& waves, std::vector<noise_sample> const& signs) {
        std::size_t between = 0;
        for (std::size_t i = 0; i < waves.size(); ++i) {
            CHECK((waves[i] == 0 || (waves[i] < 0) == (signs[i] < 0)));
            between += waves[i] > -noise_one && waves[i] < noise_one ? 1u : 0u;
        }
        CHECK(between > waves.size() / 2);
    };
    same(filled(sine_noise<perlin>{}, 5, 33, 70), filled(perlin_sign_noise{}, 5, 33, 70));
    same(filled(sine_noise<field, decltype(make)>{{9, 9}, {2, 2}, {5, 5}, make}, 5, 24, 31),
         filled(sine_sign_noise<field, decltype(make)>{{9, 9}, {2, 2}, {5, 5}, make}, 5, 24, 31));

    auto s = draws(5);
    (void)detail::draw_waves(s, {9, 9}, {2, 2}, {5, 5}, "test");
    std::vector<noise_sample> expected(24 * 31);
    auto const                plane = nchw(expected.data(), 1, 1, 24, 31);
    fill(fractal(value_noise(keyed_lattice::draw(s)), 2), 9, plane);
    apply_sine(5, plane);
    CHECK(filled(sine_noise<value_noise>{{9, 9}, {2, 2}, {5, 5}}, 5, 24, 31) == expected);
}

TEST_CASE("what a caller can get wrong") {
    auto                      s = draws(5);
    std::vector<noise_sample> room(4);
    auto const                plane = nchw(room.data(), 1, 1, 2, 2);
    CHECK_THROWS_WITH_AS((field_noise<simplex>{{9, 8}}.fill(s, plane)), "hallmark::field_noise: period is 9 to 8; allowed are rising ranges", error);
    CHECK_THROWS_WITH_AS((field_noise<simplex>{{8, 9}, {17, 17}}.fill(s, plane)), "hallmark::field_noise: octaves is 17; allowed is 1 to 16", error);
    CHECK_THROWS_WITH_AS((sine_noise<simplex>{{8, 9}, {4, 3}}.fill(s, plane)), "hallmark::sine_noise: octaves is 4 to 3; allowed are rising ranges", error);
    CHECK_THROWS_WITH_AS((sine_noise<simplex>{{8, 9}, {1, 1}, {0, 0}}.fill(s, plane)), "hallmark::sine_noise: half_cycles is 0; allowed is 1 to 65535", error);
    CHECK_THROWS_WITH_AS((sine_noise<simplex>{{0, 0}}.fill(s, plane)), "hallmark::fill: the period is 0 pixels; allowed is 1 to 1000000", error);
    sine_noise<simplex>{}.fill(s, nchw(room.data(), 1, 1, 0, 2));  // nothing to fill
}
