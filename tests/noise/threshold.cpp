#include <hallmark/noise/perlin_3d.hpp>
#include <hallmark/noise/rotate.hpp>
#include <hallmark/noise/simplex_3d.hpp>
#include <hallmark/noise/threshold.hpp>
#include <hallmark/noise/value.hpp>

#include "volume_laws.hpp"

#include <limits>

using namespace hallmark;

namespace {
auto const base = value_noise(laws::lattice);
}

static_assert(row_noise_field<threshold_field<value_noise>>);

TEST_CASE("the level itself is above") {
    auto const sign = threshold(base), quarter = threshold(base, 0.25);
    int        high = 0;
    for (auto const y : laws::positions(60)) {
        for (auto const x : laws::positions(60)) {
            auto const v = base(x, y);
            REQUIRE(sign(x, y) == (v < 0 ? -noise_one : noise_one));
            REQUIRE(quarter(x, y) == (v < noise_one / 4 ? -noise_one : noise_one));
            high += quarter(x, y) > 0 ? 1 : 0;
        }
    }
    CHECK(high > 100);
    auto const at = base(0x50000, 0x70000);
    CHECK(threshold(base, at * 0x1p-30)(0x50000, 0x70000) == noise_one);
    CHECK(threshold(base, (at + 1) * 0x1p-30)(0x50000, 0x70000) == -noise_one);
}

TEST_CASE("laws, octaves") {
    laws::check_row(threshold(base, 0.1), 200);
    laws::check_fill(threshold(base, -0.1));
    CHECK(threshold(base, 0.5).octave(4) == threshold(base.octave(4), 0.5));
}

TEST_CASE("in space: by the field's own planes, and in lanes anywhere") {
    auto const space = perlin_3d(laws::lattice);
    auto const cut   = threshold(space, 0.1);
    for (auto const z : laws::positions(20)) {
        for (auto const x : laws::positions(20)) {
            REQUIRE(cut(x, 0x89abcdefu, z) == (space(x, 0x89abcdefu, z) < 107374182 ? -noise_one : noise_one));
        }
    }
    static_assert(grid_volume_field<threshold_field<perlin_3d>>);
    laws::check_volume(threshold(space), 2.0, 0.0);
    laws::check_planes(cut);
    laws::check_planes(rotate(threshold(simplex_3d(laws::lattice), -0.1), 33.0));
    CHECK(threshold(space, 0.5).octave(4) == threshold(space.octave(4), 0.5));
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(threshold(base, 1.5), "hallmark::threshold: level is 1.5; allowed is -1 to 1", error);
    CHECK_THROWS_WITH_AS(threshold(base, -1.5), "hallmark::threshold: level is -1.5; allowed is -1 to 1", error);
    CHECK_THROWS_WITH_AS(threshold(base, std::numeric_limits<double>::quiet_NaN()), "hallmark::threshold: level is nan; allowed is -1 to 1", error);
}
