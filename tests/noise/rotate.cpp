#include <hallmark/noise/fractal_sum.hpp>
#include <hallmark/noise/rotate.hpp>
#include <hallmark/noise/simplex_3d.hpp>
#include <hallmark/noise/value.hpp>
#include <hallmark/noise/value_3d.hpp>

#include "volume_laws.hpp"

#include <limits>

using namespace hallmark;

namespace {
auto const base = value_noise(laws::lattice);
}

static_assert(noise_field<rotated_field<value_noise>>);

// Every mark with a rotated field depends on these bits; no mathematical library may have a say in them.
TEST_CASE("cosine and sine to 2^-27, all around, both ways") {
    for (int i = -3600; i <= 3600; ++i) {
        auto const d     = detail::direction_of(i / 10.0);
        auto const angle = i / 1800.0 * 3.14159265358979323846;
        REQUIRE(std::abs(d.cosine - 0x1p30 * std::cos(angle)) <= 8.0);
        REQUIRE(std::abs(d.sine - 0x1p30 * std::sin(angle)) <= 8.0);
    }
    CHECK(detail::direction_of(0.0).cosine == noise_one);
    CHECK(detail::direction_of(90.0).sine == noise_one);
    CHECK(detail::direction_of(180.0).cosine == -noise_one);
    CHECK(detail::direction_of(90.0).cosine == 0);
}

// Clockwise: what was to the right of the corner is below it.
TEST_CASE("a quarter turn") {
    auto const quarter = rotate(base, 90.0);
    for (auto const y : laws::positions(40)) {
        for (auto const x : laws::positions(40)) {
            REQUIRE(quarter(x, y) == base(y, 0u - x));
        }
    }
    CHECK(rotate(base, 0.0)(77, 0xabcde) == base(77, 0xabcde));
    CHECK(rotated_field<value_noise>()(77, 0xabcde) == value_noise()(77, 0xabcde));
    // 30°: the place (cos 30°, sin 30°) · 8 cells shows what was at (8, 0) cells, whose height is a lattice point's.
    CHECK(std::abs(rotate(base, 30.0)(454047, 262144) - base(8u << 16, 0)) < noise_one / 1000);
}

TEST_CASE("laws, octaves") {
    laws::check_fill(rotate(base, 33.0));
    laws::check_range(rotate(base, -77.0), 60);
    CHECK(rotate(base, 30.0).octave(4) == rotate(base.octave(4), 30.0));
    CHECK(laws::fingerprint_of(rotate(base, 12.5), 60) == "6eba3a91a968233968312ca98456b4e1c5e2c8f69fe4df7476cec64778ccf76c");
}

TEST_CASE("in space, every slice is turned, and none is moved") {
    auto const space   = value_3d(laws::lattice);
    auto const quarter = rotate(space, 90.0);
    for (auto const z : laws::positions(16)) {
        for (auto const y : laws::positions(16)) {
            for (auto const x : laws::positions(16)) {
                REQUIRE(quarter(x, y, z) == space(y, 0u - x, z));
            }
        }
        auto const turned = rotate(slice_field(space, z), 33.0);
        REQUIRE(rotate(space, 33.0)(0x1234567u, 0x89abcdefu, z) == turned(0x1234567u, 0x89abcdefu));
    }
    static_assert(grid_volume_field<rotated_field<simplex_3d>> && !grid_volume_field<rotated_field<value_3d>>);
    laws::check_volume(quarter, 0.01, 0.0);
    laws::check_planes(rotate(space, 33.0));
    laws::check_planes(rotate(simplex_3d(laws::lattice), 33.0));
    laws::check_planes(rotate(rotate(fbm(simplex_3d(laws::lattice), {3, 1.9, 0.6}), 33.0), -71.0));
    CHECK(rotate(space, 30.0).octave(4) == rotate(space.octave(4), 30.0));
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(rotate(base, 361.0), "hallmark::rotate: degrees is 361; allowed is -360 to 360", error);
    CHECK_THROWS_WITH_AS(rotate(base, -361.0), "hallmark::rotate: degrees is -361; allowed is -360 to 360", error);
    CHECK_THROWS_WITH_AS(rotate(base, std::numeric_limits<double>::quiet_NaN()), "hallmark::rotate: degrees is nan; allowed is -360 to 360", error);
}
