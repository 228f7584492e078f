#include <hallmark/noise/gradient.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>

using namespace hallmark;

// All 65,536 places. The range of the noise rests on these bounds: weights that sum to 1, slopes that sum to 1/2 at most.
TEST_CASE("weights and slopes of every place in a cell") {
    std::uint32_t before = 0;
    for (std::uint32_t t = 0; t < 65536; ++t) {
        detail::gradient_noise::ends<std::uint32_t> e{};
        detail::gradient_noise::ends_at(t, e);
        double const x    = t * 0x1p-16;
        double const fade = x * x * x * (x * (6 * x - 15) + 10);
        REQUIRE(std::abs(e.far_weight * 0x1p-14 - fade) < 0x1p-14);
        REQUIRE(e.near_weight + e.far_weight == 16384);
        REQUIRE(e.near_slope + e.far_slope <= 16384);
        REQUIRE(std::abs(e.near_slope * 0x1p-15 - (1 - fade) * x) < 0x1p-13);
        REQUIRE(std::abs(e.far_slope * 0x1p-15 - fade * (1 - x)) < 0x1p-13);
        REQUIRE(e.far_weight >= before);
        before = e.far_weight;
    }
}

// Sixteen codes: each diagonal twice, each axis twice, so that all eight are equally likely.
TEST_CASE("the eight gradients are equally likely") {
    int count[3][3] = {};
    for (std::uint32_t code = 0; code < 16; ++code) {
        detail::gradient_noise::gradient<std::uint32_t, std::int32_t> g{};
        detail::gradient_noise::gradient_of(code << 28, g);
        ++count[g.x + 1][g.y + 1];
    }
    for (int x = 0; x < 3; ++x) {
        for (int y = 0; y < 3; ++y) {
            CHECK(count[x][y] == (x == 1 && y == 1 ? 0 : 2));
        }
    }
}
