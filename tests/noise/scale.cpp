#include <hallmark/noise/rotate.hpp>
#include <hallmark/noise/scale.hpp>
#include <hallmark/noise/simplex_3d.hpp>
#include <hallmark/noise/uniform.hpp>
#include <hallmark/noise/value.hpp>
#include <hallmark/noise/value_3d.hpp>

#include "volume_laws.hpp"

#include <limits>

using namespace hallmark;

namespace {
auto const base = value_noise(laws::lattice);
}

static_assert(row_noise_field<scaled_field<value_noise>> && noise_field<scaled_field<uniform_noise>> && !row_noise_field<scaled_field<uniform_noise>>);

TEST_CASE("the place is multiplied, rounded down") {
    auto const half = scale(base, 0.5), twice = scale(base, 2.0), odd = scale(base, 1.3);
    for (auto const y : laws::positions(40)) {
        for (auto const x : laws::positions(40)) {
            REQUIRE(half(x, y) == base(x / 2, y / 2));
            REQUIRE(twice(x, y) == base(2 * x, 2 * y));
            REQUIRE(odd(x, y) == base(static_cast<std::uint32_t>(x * 85197ull >> 16), static_cast<std::uint32_t>(y * 85197ull >> 16)));
        }
    }
    CHECK(scale(base, 1.0)(77, 0xabcde) == base(77, 0xabcde));
    CHECK(scaled_field<value_noise>()(77, 0xabcde) == value_noise()(77, 0xabcde));
}

TEST_CASE("laws, octaves") {
    laws::check_row(scale(base, 1.7), 200);
    laws::check_fill(scale(base, 0.3));
    CHECK(scale(base, 3.0).octave(4) == scale(base.octave(4), 3.0));
}

// Every slice has its place multiplied, too: a volume is not a pile of scaled pictures.
TEST_CASE("in space, all three places are multiplied") {
    auto const space = value_3d(laws::lattice);
    auto const odd   = scale(space, 1.3);
    auto const at    = [](lattice_coordinate p) { return static_cast<lattice_coordinate>(p * 85197ull >> 16); };
    for (auto const z : laws::positions(20)) {
        for (auto const x : laws::positions(20)) {
            REQUIRE(odd(x, 0x89abcdefu, z) == space(at(x), at(0x89abcdefu), at(z)));
        }
    }
    static_assert(grid_volume_field<scaled_field<value_3d>> && !detail::lanes_volume_field<scaled_field<value_3d>>);
    laws::check_volume(scale(space, 2.0), 0.01, 0.0);
    laws::check_planes(odd);
    laws::check_planes(scale(simplex_3d(laws::lattice), 0.7));
    laws::check_levels(rotated_field(slice_field(scale(simplex_3d(laws::lattice), 0.7), 0x12345), 929887697, 536870912), false);  // in lanes, by `at`
    CHECK(scale(space, 3.0).octave(4) == scale(space.octave(4), 3.0));
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(scale(base, 0.0), "hallmark::scale: factor is 0; allowed is 1/1024 to 1024", error);
    CHECK_THROWS_WITH_AS(scale(base, 1025.0), "hallmark::scale: factor is 1025; allowed is 1/1024 to 1024", error);
    CHECK_THROWS_WITH_AS(scale(base, std::numeric_limits<double>::quiet_NaN()), "hallmark::scale: factor is nan; allowed is 1/1024 to 1024", error);
}
