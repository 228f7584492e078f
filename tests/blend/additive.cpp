#include <hallmark/blend/additive.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

using namespace hallmark;

namespace {
constexpr level deltas[]  = {0, 1, -1, 32768, -32768, 8 << 16, -(8 << 16), level_white, -level_white};
constexpr level behinds[] = {0, 1, 64 << 16, level_white / 2, 10477568, level_white};
}  // namespace

TEST_CASE("all bytes, exactly: rounded to nearest, ties up") {
    for (auto const gain : {0.0, 0.1, 0.5, 1.0}) {
        auto const b = additive(gain);
        auto const g = std::llround(gain * 65536.0);
        for (auto const delta : deltas) {
            for (auto const behind : behinds) {
                for (std::int64_t p = 0; p < 256; ++p) {
                    // levels, Q32
                    auto const v        = (p << 32) + (std::int64_t{delta} * 65536) + g * (behind - level_white / 2);
                    auto const expected = std::floor(static_cast<long double>(v) / 0x1p32L + 0.5L);
                    REQUIRE(b(static_cast<std::uint8_t>(p), delta, behind) == std::clamp(expected, 0.0L, 255.0L));
                    auto const f = b(detail::to_float(static_cast<std::uint8_t>(p)), delta, behind);
                    REQUIRE(std::abs(static_cast<long double>(f) - std::clamp(static_cast<long double>(v) / 0x1p32L / 255.0L, 0.0L, 1.0L)) < 0x1p-23L);
                }
            }
        }
    }
}

TEST_CASE("no gain and no noise, or middle grey, give the picture back") {
    for (float const x : {0.0f, 1e-45f, 0.1f, 0.7f, 1.0f - 0x1p-24f, 1.0f}) {
        CHECK(additive(0.0)(x, 0, level_white) == x);
        CHECK(additive(1.0)(x, 0, level_white / 2) == x);
    }
    for (int p = 0; p < 256; ++p) {
        CHECK(additive(0.0)(static_cast<std::uint8_t>(p), 0, 0) == p);
        CHECK(additive(1.0)(static_cast<std::uint8_t>(p), 0, level_white / 2) == p);
    }
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(additive(1.5), "hallmark::additive: gain is 1.5; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(additive(-0.5), "hallmark::additive: gain is -0.5; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(additive(std::numeric_limits<double>::quiet_NaN()), "hallmark::additive: gain is nan; allowed is 0 to 1", error);
}
