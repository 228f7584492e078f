#include <hallmark/noise/scale.hpp>
#include <hallmark/noise/uniform.hpp>
#include <hallmark/noise/value.hpp>

#include "field_laws.hpp"

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

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(scale(base, 0.0), "hallmark::scale: factor is 0; allowed is 1/1024 to 1024", error);
    CHECK_THROWS_WITH_AS(scale(base, 1025.0), "hallmark::scale: factor is 1025; allowed is 1/1024 to 1024", error);
    CHECK_THROWS_WITH_AS(scale(base, std::numeric_limits<double>::quiet_NaN()), "hallmark::scale: factor is nan; allowed is 1/1024 to 1024", error);
}
