#include <hallmark/pattern/colour.hpp>
#include <hallmark/pattern/colour_stripes.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <limits>

using namespace hallmark;

// Every level of every softening must be one that a pattern may show: rounding scale and offset apart could pass white.
TEST_CASE("softened colours lie between black and white, whatever the softening") {
    for (int s = 0; s <= 1000; s += 8) {
        auto const scale = s / 1000.0;
        for (auto const offset : {0.0, 127.5 * (1.0 - scale), 255.0 - 255.0 * scale}) {
            auto const soft = softening(scale, offset);
            for (int c = 0; c < 256; ++c) {
                auto const v = soft(static_cast<std::uint8_t>(c));
                REQUIRE(v >= 0);
                REQUIRE(v <= level_white);
                auto const exact = (scale * c + offset) * 65536.0;
                REQUIRE(v >= exact - 0.5 * 255 - 0.5);  // half a unit of the scale for each level, and what the offset gave up for it
                REQUIRE(v <= exact + 0.5 * c + 0.5);
            }
        }
    }
    for (int c = 0; c < 256; ++c) {
        CHECK(softening()(static_cast<std::uint8_t>(c)) == c << 16);
        CHECK(softening(0.125, 128)(static_cast<std::uint8_t>(c)) == (c << 13) + (128 << 16));
    }
}

// A manifest holds the two numbers: what comes back must be the same softening.
TEST_CASE("a softening comes back from its scale and its offset") {
    for (double const scale : {0.0, 0.125, 1.0 / 3.0, 0.7, 0.999999, 1.0}) {
        for (double const share : {0.0, 0.3, 1.0}) {
            auto const s = softening(scale, share * (255.0 - 255.0 * scale));
            CHECK(softening(s.scale(), s.offset()) == s);
        }
    }
    CHECK(softening(0.125, 128.0).scale() == 0.125);
    CHECK(softening(0.125, 128.0).offset() == 128.0);
    CHECK(!(softening(0.125, 128.0) == softening(0.125, 127.0)));
    CHECK(!(softening(0.125, 120.0) == softening(0.25, 120.0)));
}

TEST_CASE("grey is 77, 150 and 29 parts of 256; grey of grey is itself") {
    CHECK(grey_of(256, 0, 0) == 77);
    CHECK(grey_of(0, 256, 0) == 150);
    CHECK(grey_of(0, 0, 256) == 29);
    for (level v = 0; v <= level_white; v += 9973) {
        REQUIRE(grey_of(v, v, v) == v);
    }
    CHECK(grey_of(level_white, level_white, level_white) == level_white);
}

TEST_CASE("a colour's channels are red, green and blue") {
    constexpr auto c = rgb{10, 20, 30};
    static_assert(level_of(c, {}, 0, 3) == 10 << 16 && level_of(c, {}, 1, 3) == 20 << 16 && level_of(c, {}, 2, 3) == 30 << 16);
    CHECK(level_of(c, {}, 0, 1) == grey_of(10 << 16, 20 << 16, 30 << 16));
    CHECK(level_of(c, {0.5, 100}, 2, 3) == 115 << 16);
}

TEST_CASE("the published palette is the one of stripes") {
    auto const palette = published_palette();
    REQUIRE(palette.size() == 11);
    for (std::size_t i = 0; i < 11; ++i) {
        CHECK(palette[i] == rgb{stripes::palette[i][0], stripes::palette[i][1], stripes::palette[i][2]});
    }
}

TEST_CASE("what a caller can get wrong") {
    auto const nan = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH_AS(softening(1.5, 0), "hallmark::softening: scale is 1.5; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(softening(-0.5, 0), "hallmark::softening: scale is -0.5; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(softening(nan, 0), "hallmark::softening: scale is nan; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(softening(0.5, 128), "hallmark::softening: offset is 128 with a scale of 0.5; allowed is 0 to 255 - 255 * scale", error);
    CHECK_THROWS_WITH_AS(softening(0.5, -1), "hallmark::softening: offset is -1 with a scale of 0.5; allowed is 0 to 255 - 255 * scale", error);
    CHECK_THROWS_WITH_AS(softening(0.5, nan), "hallmark::softening: offset is nan with a scale of 0.5; allowed is 0 to 255 - 255 * scale", error);
    CHECK_NOTHROW(softening(0.5, 127.5));
}
