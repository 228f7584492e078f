#include <hallmark/blend/light.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>

using namespace hallmark;

namespace {
auto curve(long double u) -> long double { return u <= 0.04045L ? u / 12.92L : std::pow((u + 0.055L) / 1.055L, 2.4L); }
}  // namespace

// The table was made by another program (Python's decimal, 60 digits); the formula is here.
TEST_CASE("the table is the sRGB curve, rounded to nearest") {
    for (int c = 0; c < 256; ++c) {
        CHECK(detail::srgb_to_linear.at[c] == std::llround(curve(c / 255.0L) * 255.0L * 65536.0L));
    }
}

TEST_CASE("whole levels go there and come back") {
    for (level c = 0; c < 256; ++c) {
        CHECK(to_linear(c << 16) == detail::srgb_to_linear.at[c]);
        CHECK(to_encoded(detail::srgb_to_linear.at[c]) == fine_level{c} << 32);
    }
    static_assert(to_linear(level_white) == level_white && to_encoded(level_white) == fine_level{level_white} << 16);
}

// A step back would exchange the order of two pixels; a step off the line would show as an edge in a gradient.
TEST_CASE("in between: monotone, close to the curve, and the two are inverse") {
    level before = -1;
    for (level e = 0; e <= level_white; e += 61) {
        auto const lit = to_linear(e);
        REQUIRE(lit >= before);
        REQUIRE(lit <= level_white);
        before = lit;
        REQUIRE(std::abs(static_cast<double>(lit) / level_white - static_cast<double>(curve(static_cast<long double>(e) / level_white))) < 1.1e-5);
        // The curve is flattest at black, where a unit of light is 13 of the encoded value.
        auto const back = to_encoded(lit);
        REQUIRE(std::abs(back - (fine_level{e} << 16)) <= fine_level{7} << 16);
    }
    fine_level last = -1;
    for (level l = 0; l <= level_white; l += 57) {
        auto const e = to_encoded(l);
        REQUIRE(e > last);
        last = e;
        REQUIRE(to_linear(static_cast<level>((e + 32768) >> 16)) - l <= 2);
        REQUIRE(to_linear(static_cast<level>((e + 32768) >> 16)) - l >= -2);
    }
}
