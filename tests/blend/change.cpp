#include <hallmark/blend/change.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

using namespace hallmark;

// If a byte did not come back, a blend that leaves the picture would not.
TEST_CASE("bytes to levels, to floats, and back") {
    for (int p = 0; p < 256; ++p) {
        auto const pixel = static_cast<std::uint8_t>(p);
        CHECK(detail::to_level(pixel) == p << 16);
        CHECK(detail::to_level(detail::to_float(pixel)) == p << 16);
        CHECK(detail::to_float(pixel) == static_cast<float>(p / 255.0));
    }
    CHECK(detail::to_level(1.0f) == level_white);
    CHECK(detail::to_level(0.0f) == 0);
    CHECK(detail::to_level(-0.0f) == 0);
    CHECK(detail::to_level(1.0f - 0x1p-24f) == level_white - 1);  // 255 · 65536 · (1 − 2^-24) = white − 0.996
    CHECK(detail::to_level(1e-45f) == 0);
}

TEST_CASE("a byte moves by rounding to nearest, ties up, and stops at black and white") {
    auto const half = fine_level{1} << 31;
    for (int p = 0; p < 256; ++p) {
        auto const pixel = static_cast<std::uint8_t>(p);
        for (int by = -600; by <= 600; ++by) {
            auto const at = p + by < 0 ? 0 : (p + by > 255 ? 255 : p + by);
            auto const up = p + by + 1 < 0 ? 0 : (p + by + 1 > 255 ? 255 : p + by + 1);
            REQUIRE(detail::changed(pixel, fine_level{by} * (fine_level{1} << 32)) == at);
            REQUIRE(detail::changed(pixel, fine_level{by} * (fine_level{1} << 32) + half - 1) == at);
            REQUIRE(detail::changed(pixel, fine_level{by} * (fine_level{1} << 32) + half) == up);
        }
    }
}

TEST_CASE("a float moves by one rounding, stops at black and white, and stays where nothing changes") {
    for (float const x : {0.0f, 1e-45f, 1e-7f, 0.1f, 0.3f, 0.5f, 0.999f, 1.0f - 0x1p-24f, 1.0f}) {
        CHECK(detail::changed(x, 0) == x);
        for (fine_level change = -(fine_level{300} << 32); change <= fine_level{300} << 32; change += 123456789012) {
            auto const exact = static_cast<long double>(x) + static_cast<long double>(change) / (255.0L * 0x1p32L);
            auto const held  = exact < 0 ? 0.0L : (exact > 1 ? 1.0L : exact);
            auto const got   = detail::changed(x, change);
            REQUIRE(std::abs(static_cast<long double>(got) - held) <= 0x1p-25L + 0x1p-44L);
        }
    }
    CHECK(std::signbit(detail::changed(-0.0f, 0)));  // the very bits
}

TEST_CASE("a share is rounded to the nearest multiple of 2^-16") {
    CHECK(detail::to_share(0.0, "f", "x") == 0);
    CHECK(detail::to_share(1.0, "f", "x") == 65536);
    CHECK(detail::to_share(0.7, "f", "x") == 45875);
    CHECK_THROWS_WITH_AS(detail::to_share(1.5, "f", "x"), "f: x is 1.5; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(detail::to_share(-0.5, "f", "x"), "f: x is -0.5; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(detail::to_share(std::numeric_limits<double>::quiet_NaN(), "f", "x"), "f: x is nan; allowed is 0 to 1", error);
}
