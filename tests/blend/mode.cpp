#include <hallmark/blend/convex.hpp>
#include <hallmark/blend/mode.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>

using namespace hallmark;

namespace {
constexpr level deltas[]  = {0, 1, 32768, 8 << 16, -(8 << 16), level_white, -level_white};
constexpr level behinds[] = {0, 1, 64 << 16, level_white / 2, level_white / 2 + 1, 10477568, level_white};
constexpr float floats[]  = {0.0f, 1e-45f, 1e-7f, 0.1f, 1.0f / 3.0f, 0.499999f, 0.5f, 0.7f, 0.999f, 1.0f - 0x1p-24f, 1.0f};

// The definitions, white = 1.
struct real {
    static auto of(cover_mode, long double, long double o) -> long double { return o; }
    static auto of(multiply_mode, long double x, long double o) -> long double { return x * o; }
    static auto of(screen_mode, long double x, long double o) -> long double { return 1 - (1 - x) * (1 - o); }
    static auto of(overlay_mode, long double x, long double o) -> long double { return x < 0.5L ? 2 * x * o : 1 - 2 * (1 - x) * (1 - o); }
};
auto curve(long double u) -> long double { return u <= 0.04045L ? u / 12.92L : std::pow((u + 0.055L) / 1.055L, 2.4L); }
auto inverse(long double v) -> long double { return v <= 0.0031308L ? v * 12.92L : 1.055L * std::pow(v, 1 / 2.4L) - 0.055L; }

template <class Mode>
auto expected(light in, long double opacity, long double x, level delta, level behind) -> long double {
    auto const y = std::clamp(x + delta / (255.0L * 65536.0L), 0.0L, 1.0L);
    auto const o = behind / (255.0L * 65536.0L);
    if (in == light::encoded) {
        return (1 - opacity) * y + opacity * real::of(Mode{}, y, o);
    }
    return inverse((1 - opacity) * curve(y) + opacity * real::of(Mode{}, curve(y), curve(o)));
}
}  // namespace

TEST_CASE_TEMPLATE("all bytes and some floats, against the formula", Mode, cover_mode, multiply_mode, screen_mode, overlay_mode) {
    for (auto const in : {light::encoded, light::linear}) {
        for (auto const opacity : {0.0, 0.25, 0.5, 1.0}) {
            auto const b = layer<Mode>(opacity, in);
            for (auto const delta : deltas) {
                for (auto const behind : behinds) {
                    for (int p = 0; p < 256; ++p) {
                        auto const exact = 255.0L * expected<Mode>(in, opacity, p / 255.0L, delta, behind);
                        auto const got   = b(static_cast<std::uint8_t>(p), delta, behind);
                        // Rounded to nearest. The straight lines between the table's levels are up to 0.02 of a level off the curve.
                        REQUIRE(std::abs(got - exact) <= (in == light::encoded ? 0.500001L : 0.53L));
                        auto const same = b(detail::to_float(static_cast<std::uint8_t>(p)), delta, behind);
                        REQUIRE(std::abs(255.0L * same - got) <= 0.5001L);
                    }
                    for (auto const x : floats) {
                        auto const got = b(x, delta, behind);
                        REQUIRE(got >= 0.0f);
                        REQUIRE(got <= 1.0f);
                        REQUIRE(std::abs(got - expected<Mode>(in, opacity, x, delta, behind)) < (in == light::encoded ? 0x1p-22L : 2e-4L));
                    }
                }
            }
        }
    }
}

// Floats that lie between the levels of the computation must come back bit for bit too.
TEST_CASE_TEMPLATE("no opacity and no noise give the picture back", Mode, cover_mode, multiply_mode, screen_mode, overlay_mode) {
    for (auto const in : {light::encoded, light::linear}) {
        auto const b = layer<Mode>(0.0, in);
        for (auto const behind : behinds) {
            for (int p = 0; p < 256; ++p) {
                REQUIRE(b(static_cast<std::uint8_t>(p), 0, behind) == p);
            }
            for (auto const x : floats) {
                REQUIRE(b(x, 0, behind) == x);
            }
        }
    }
}

TEST_CASE("the pattern that changes nothing") {
    for (auto const in : {light::encoded, light::linear}) {
        for (int p = 0; p < 256; ++p) {
            auto const pixel = static_cast<std::uint8_t>(p);
            CHECK(multiply(1.0, in)(pixel, 0, level_white) == p);
            CHECK(screen(1.0, in)(pixel, 0, 0) == p);
            CHECK(cover(1.0, in)(pixel, 0, level{pixel} << 16) == p);
        }
    }
}

TEST_CASE("multiply is never brighter, screen never darker, overlay keeps black and white") {
    for (auto const in : {light::encoded, light::linear}) {
        for (auto const opacity : {0.3, 1.0}) {
            for (auto const behind : behinds) {
                for (int p = 0; p < 256; ++p) {
                    auto const pixel = static_cast<std::uint8_t>(p);
                    REQUIRE(multiply(opacity, in)(pixel, 0, behind) <= p);
                    REQUIRE(screen(opacity, in)(pixel, 0, behind) >= p);
                }
                CHECK(overlay(opacity, in)(std::uint8_t{0}, 0, behind) == 0);
                CHECK(overlay(opacity, in)(std::uint8_t{255}, 0, behind) == 255);
            }
        }
    }
}

TEST_CASE("cover in encoded values is the convex blend") {
    for (auto const opacity : {0.0, 0.25, 0.5, 1.0}) {
        for (auto const delta : deltas) {
            for (auto const behind : behinds) {
                for (int p = 0; p < 256; ++p) {
                    auto const pixel = static_cast<std::uint8_t>(p);
                    REQUIRE(cover(opacity)(pixel, delta, behind) == convex(1.0 - opacity)(pixel, delta, behind));
                }
            }
        }
    }
}

TEST_CASE("linear light is brighter where light and dark are mixed") {
    CHECK(cover(0.5)(std::uint8_t{0}, 0, level_white) == 128);
    CHECK(cover(0.5, light::linear)(std::uint8_t{0}, 0, level_white) == 188);  // 1.055 · 0.5^(1/2.4) − 0.055 = 0.7354
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(screen(1.5), "hallmark::layer: opacity is 1.5; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(cover(-0.5), "hallmark::layer: opacity is -0.5; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(overlay(std::numeric_limits<double>::quiet_NaN()), "hallmark::layer: opacity is nan; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(multiply(0.5, static_cast<light>(2)), "hallmark::layer: light is number 2; allowed is encoded or linear", error);
}
