#include <hallmark/blend/bounded.hpp>
#include <hallmark/blend/convex.hpp>
#include <hallmark/blend/mode.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>

using namespace hallmark;

namespace {
constexpr level  deltas[]  = {0, 1, 8 << 16, -(8 << 16), level_white, -level_white};
constexpr level  behinds[] = {0, 64 << 16, 10477568, level_white};
constexpr float  floats[]  = {0.0f, 1e-45f, 1e-7f, 0.1f, 0.5f, 0.7f, 0.999f, 1.0f};
constexpr double budgets[] = {0.0, 0.5 / 255, 8.0 / 255.0, 8.9 / 255, 0.3, 1.0};

template <class Blend>
void check(Blend const& inner) {
    for (auto const budget : budgets) {
        auto const b     = bounded(inner, budget);
        auto const whole = static_cast<int>(std::lround(budget * level_white) >> 16);
        for (auto const delta : deltas) {
            for (auto const behind : behinds) {
                for (int p = 0; p < 256; ++p) {
                    auto const pixel = static_cast<std::uint8_t>(p);
                    REQUIRE(b(pixel, delta, behind) == std::clamp<int>(inner(pixel, delta, behind), p - whole, p + whole));
                }
                for (auto const x : floats) {
                    auto const got = b(x, delta, behind), free = inner(x, delta, behind);
                    REQUIRE(std::abs(static_cast<double>(got) - static_cast<double>(x)) <= budget + 0x1p-24);
                    if (std::abs(static_cast<double>(free) - static_cast<double>(x)) < budget - 0x1p-24) {
                        REQUIRE(got == free);
                    }
                    REQUIRE(got >= 0.0f);
                    REQUIRE(got <= 1.0f);
                }
            }
        }
    }
}
}  // namespace

TEST_CASE("the budget is kept, and nothing else is changed") {
    check(additive(0.5));
    check(convex(0.3));
    check(screen(0.7, light::linear));
}

TEST_CASE("8/255 is eight levels, and no budget leaves the picture") {
    auto const b = bounded(additive(0.0), 8.0 / 255.0);
    CHECK(b(std::uint8_t{100}, 9 << 16, 0) == 108);
    CHECK(b(std::uint8_t{100}, -(9 << 16), 0) == 92);
    CHECK(b(std::uint8_t{250}, 9 << 16, 0) == 255);
    for (auto const x : floats) {
        CHECK(bounded(convex(0.0), 0.0)(x, 0, level_white) == x);
    }
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(bounded(additive(0.5), 8), "hallmark::bounded: budget is 8; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(bounded(additive(0.5), -0.5), "hallmark::bounded: budget is -0.5; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(bounded(additive(0.5), std::numeric_limits<double>::quiet_NaN()), "hallmark::bounded: budget is nan; allowed is 0 to 1", error);
}
