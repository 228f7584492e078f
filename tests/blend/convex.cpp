#include <hallmark/blend/convex.hpp>

#include <doctest/doctest.h>
#include <support/simd_levels.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

using namespace hallmark;

namespace {
constexpr double ratios[]  = {0.0, 0x1p-14, 0.3, 0.5, 0.7, 0.99999, 1.0};
constexpr level  deltas[]  = {0, 1, -1, 32767, -32768, 8 << 16, -(8 << 16), 524289, 255 << 16, -(255 << 16), 100 << 16, -(200 << 16) + 7};
constexpr level  behinds[] = {0, 1, 65535, 128 << 16, 10477568, 9740288, 8732671, level_white - 1, level_white};

auto q14(double ratio) -> std::int64_t { return std::lround(ratio * 16384.0); }

// x' in levels, as a fraction over 2^30, from the definition: r·clamp(x + δ) + (1 − r)·o.
auto exact_levels(std::int64_t r, std::int64_t pixel_q16, level delta, level behind) -> std::int64_t {
    auto const noisy = std::clamp<std::int64_t>(pixel_q16 + delta, 0, level_white);
    return r * noisy + (16384 - r) * behind;
}

// Neighbouring floats have neighbouring numbers.
auto ordered(float v) -> std::int64_t {
    std::int32_t bits;
    std::memcpy(&bits, &v, 4);
    return bits < 0 ? -std::int64_t{bits & 0x7fffffff} : bits;
}

auto pixels() -> std::vector<float> {
    std::vector<float> out = {0.0f, -0.0f, 1e-45f, 1e-38f, 1e-7f, 0.1f, 1.0f / 3.0f, 0.5f, 0.7f, 0.999f, 1.0f - 0x1p-24f, 1.0f};
    for (int i = 0; i < 256; ++i) {
        out.push_back(static_cast<float>(i) / 255.0f);
        out.push_back(static_cast<float>(i) / 256.0f);
    }
    return out;
}
}  // namespace

// The bytes of a marked picture are pinned elsewhere; here, that they are the right ones. All pixels, exact fractions.
TEST_CASE("8-bit: the exact value, rounded to nearest, ties up") {
    for (auto const ratio : ratios) {
        auto const b = convex(ratio);
        for (auto const delta : deltas) {
            for (auto const behind : behinds) {
                for (int pixel = 0; pixel < 256; ++pixel) {
                    auto const levels   = exact_levels(q14(ratio), std::int64_t{pixel} << 16, delta, behind);
                    auto const whole    = levels / (std::int64_t{1} << 30);
                    auto const rest     = levels % (std::int64_t{1} << 30);
                    auto const expected = whole + (2 * rest >= std::int64_t{1} << 30 ? 1 : 0);
                    REQUIRE(b(static_cast<std::uint8_t>(pixel), delta, behind) == expected);
                }
            }
        }
    }
}

TEST_CASE("8-bit: a tie goes up") {
    // 0.5 · 101 + 0.5 · 100 = 100.5
    CHECK(convex(0.5)(std::uint8_t{101}, 0, 100 << 16) == 101);
    CHECK(convex(0.5)(std::uint8_t{101}, -1, 100 << 16) == 100);
    CHECK(convex(0.5)(std::uint8_t{255}, 0, 254 << 16) == 255);
}

// The published program computes in float32 with a noisy pixel of up to 263; ours stops at 255. Below that they agree
// to within the rounding of r: floor((56 x' + 24 v + 40) / 80), which is 0.7 x' + 0.3 v rounded.
TEST_CASE("8-bit: the published result where it does not leave the range, to one level") {
    auto const b         = convex(0.7);
    int        different = 0;
    for (int noisy = 0; noisy < 256; ++noisy) {
        for (int const v : {0, 42, 128, 165, 192, 203, 255}) {
            auto const behind    = (v << 13) + (128 << 16);  // v/8 + 128 levels
            auto const published = (56 * noisy * 8 + 24 * (v + 1024) + 40 * 8) / (80 * 8);
            auto const ours      = int{b(static_cast<std::uint8_t>(noisy), 0, behind)};
            REQUIRE(std::abs(ours - published) <= 1);
            different += ours != published ? 1 : 0;
        }
    }
    CHECK(different < 256 * 7 / 40);  // only ties, which 0.70001 decides the other way
}

TEST_CASE("float: within one unit of the last place of the exact value") {
    for (auto const ratio : ratios) {
        auto const b = convex(ratio);
        for (auto const delta : deltas) {
            for (auto const behind : behinds) {
                for (auto const pixel : pixels()) {
                    auto const r        = static_cast<long double>(q14(ratio)) / 16384.0L;
                    auto const noisy    = std::clamp(static_cast<long double>(pixel) + delta / (65536.0L * 255.0L), 0.0L, 1.0L);
                    auto const expected = r * noisy + (1.0L - r) * (behind / (65536.0L * 255.0L));
                    auto const got      = b(pixel, delta, behind);
                    // The mark's part is a multiple of 2^-45: relative accuracy where that is nothing, absolute below.
                    auto const near = std::abs(ordered(got) - ordered(static_cast<float>(expected))) <= 1 || std::abs(got - expected) <= 0x1p-44L;
                    REQUIRE(near);
                    REQUIRE(got >= 0.0f);
                    REQUIRE(got <= 1.0f);
                }
            }
        }
    }
}

// Clamped after blending instead of before, a bright pixel would be brighter than the mark allows.
TEST_CASE("float: the noisy pixel stops at black and at white before it is blended") {
    auto const b = convex(0.5);
    CHECK(b(1.0f, 255 << 16, 0) == 0.5f);
    CHECK(b(0.9f, 255 << 16, level_white) == 1.0f);
    CHECK(b(0.0f, -1, level_white) == 0.5f);
    CHECK(b(0.25f, -(255 << 16), 0) == 0.0f);
    CHECK(convex(1.0)(0.9f, 100 << 16, 0) == 1.0f);
    CHECK(convex(1.0)(0.1f, -(100 << 16), level_white) == 0.0f);
}

TEST_CASE("r = 1 without noise gives the picture back, r = 0 the pattern") {
    for (auto const pixel : pixels()) {
        CHECK(convex(1.0)(pixel, 0, 10477568) == pixel);
        for (auto const delta : deltas) {
            CHECK(convex(0.0)(pixel, delta, level_white) == 1.0f);
            CHECK(convex(0.0)(pixel, delta, 0) == 0.0f);
            CHECK(convex(0.0)(pixel, delta, 51 << 16) == 0.2f);
        }
    }
    for (int pixel = 0; pixel < 256; ++pixel) {
        auto const p = static_cast<std::uint8_t>(pixel);
        CHECK(convex(1.0)(p, 0, 10477568) == pixel);
        for (auto const delta : deltas) {
            CHECK(convex(0.0)(p, delta, 77 << 16) == 77);
        }
    }
}

// A brighter pixel, more noise or a brighter pattern never makes the result darker.
TEST_CASE("monotone in the pixel, the noise and the pattern") {
    auto all = pixels();
    std::sort(all.begin(), all.end());
    auto noise = std::vector<level>(std::begin(deltas), std::end(deltas));
    std::sort(noise.begin(), noise.end());
    for (auto const ratio : ratios) {
        auto const b = convex(ratio);
        for (auto const behind : behinds) {
            for (std::size_t d = 0; d < noise.size(); ++d) {
                for (std::size_t i = 1; i < all.size(); ++i) {
                    REQUIRE(b(all[i - 1], noise[d], behind) <= b(all[i], noise[d], behind));
                }
                for (int pixel = 1; pixel < 256; ++pixel) {
                    REQUIRE(b(static_cast<std::uint8_t>(pixel - 1), noise[d], behind) <= b(static_cast<std::uint8_t>(pixel), noise[d], behind));
                }
                for (auto const pixel : all) {
                    REQUIRE((d == 0 || b(pixel, noise[d - 1], behind) <= b(pixel, noise[d], behind)));
                    REQUIRE((behind == 0 || b(pixel, noise[d], behind - 1) <= b(pixel, noise[d], behind)));
                }
            }
        }
    }
}

// The marker blends by rows. All pixels with both signs; lengths on both sides of a vector, out of place and in place.
TEST_CASE("at every level, a row is its pixels") {
    std::vector<std::uint8_t> bytes, signs;
    std::vector<float>        floats;
    for (int i = 0; i < 512 + 37; ++i) {
        bytes.push_back(static_cast<std::uint8_t>(i));
        signs.push_back(i / 256 % 2 == 0 ? 0 : 255);
        floats.push_back(static_cast<float>(i % 256) / 255.0f);
    }
    auto const check = [&](convex const& b, auto const& pixels, level height, level behind, std::size_t count) {
        auto expected = pixels, out = pixels, in_place = pixels;
        for (std::size_t i = 0; i < count; ++i) {
            expected[i] = b(pixels[i], signs[i] == 0 ? height : -height, behind);
        }
        b.row(pixels.data(), signs.data(), height, behind, count, out.data());
        b.row(in_place.data(), signs.data(), height, behind, count, in_place.data());
        REQUIRE(out == expected);
        REQUIRE(in_place == expected);
    };
    for (auto const level : all_levels()) {
        detail::simd::forced_level const force(level);
        for (auto const ratio : ratios) {
            for (auto const delta : deltas) {
                for (auto const behind : behinds) {
                    check(convex(ratio), bytes, std::abs(delta), behind, bytes.size());
                    check(convex(ratio), floats, std::abs(delta), behind, bytes.size());
                }
            }
        }
        for (std::size_t count = 0; count < 140; ++count) {
            check(convex(0.7), bytes, 8 << 16, 128 << 16, count);
            check(convex(0.7), floats, 8 << 16, 128 << 16, count);
        }
    }
}

// Floats of every size, and those about the places where a result is rounded the other way: one unit of the last place is a difference.
TEST_CASE("at every level, a row of floats is its pixels to the last bit") {
    std::vector<float> floats(4099);
    std::uint32_t      state = 1;
    for (std::size_t i = 0; i < floats.size(); ++i) {
        state           = state * 1664525u + 1013904223u;
        auto const bits = i % 3 == 0 ? state % 0x3f800001u : 0x3f800000u - (state >> (i % 24));
        std::memcpy(&floats[i], &bits, 4);
        floats[i] = floats[i] >= 0.0f && floats[i] <= 1.0f ? floats[i] : 0.5f;
    }
    std::vector<std::uint8_t> signs(floats.size());
    for (std::size_t i = 0; i < signs.size(); ++i) {
        signs[i] = i * 7 % 5 < 2 ? 255 : 0;
    }
    for (auto const level : all_levels()) {
        detail::simd::forced_level const force(level);
        for (auto const ratio : ratios) {
            for (auto const behind : behinds) {
                auto const         b = convex(ratio);
                std::vector<float> out(floats.size());
                b.row(floats.data(), signs.data(), 524289, behind, floats.size(), out.data());
                for (std::size_t i = 0; i < floats.size(); ++i) {
                    REQUIRE(ordered(out[i]) == ordered(b(floats[i], signs[i] == 0 ? 524289 : -524289, behind)));
                }
            }
        }
    }
}

// All 65,536 pairs of bytes, at every level; the pictures are one pixel longer than any vector.
TEST_CASE("two pictures mixed: exact, rounded to nearest, ties up") {
    std::vector<std::uint8_t> a, b;
    std::vector<float>        x, y;
    for (int i = 0; i <= 65536; ++i) {
        a.push_back(static_cast<std::uint8_t>(i >> 8));
        b.push_back(static_cast<std::uint8_t>(i));
        x.push_back(static_cast<float>(a.back()) / 255.0f);
        y.push_back(static_cast<float>(b.back()) / 255.0f);
    }
    for (auto const level : all_levels()) {
        detail::simd::forced_level const force(level);
        for (auto const ratio : ratios) {
            auto const                r = static_cast<int>(q14(ratio));
            std::vector<std::uint8_t> bytes(a.size()), from_floats(a.size());
            std::vector<float>        floats(a.size());
            convex(ratio).mix(a.data(), b.data(), a.size(), bytes.data());
            convex(ratio).mix(x.data(), y.data(), x.size(), from_floats.data());
            convex(ratio).mix(x.data(), y.data(), x.size(), floats.data());
            for (std::size_t i = 0; i < a.size(); ++i) {
                REQUIRE(bytes[i] == (r * a[i] + (16384 - r) * b[i] + 8192) / 16384);
                REQUIRE(from_floats[i] == bytes[i]);  // whole levels are multiples of 1/128
                auto const exact = (r * static_cast<double>(x[i]) + (16384 - r) * static_cast<double>(y[i])) / 16384.0;
                REQUIRE(std::abs(static_cast<double>(floats[i]) - exact) <= 0x1p-23);
                auto const first = static_cast<float>(static_cast<float>(r) * 0x1p-14f) * x[i], second = static_cast<float>(16384 - r) * 0x1p-14f * y[i];
                REQUIRE(floats[i] == detail::rounded(first) + detail::rounded(second));
            }
        }
    }
}

// Between whole levels: within 1/128 of a level of the exact value, and a half for the rounding.
TEST_CASE("floats mixed to 8 bits") {
    std::vector<float> x, y;
    for (int i = 0; i < 4099; ++i) {
        x.push_back(static_cast<float>(i * 37 % 4099) / 4098.0f);
        y.push_back(static_cast<float>(i) / 4098.0f);
    }
    std::vector<std::uint8_t> plain;
    for (auto const level : all_levels()) {
        detail::simd::forced_level const force(level);
        std::vector<std::uint8_t>        out(x.size());
        convex(0.3).mix(x.data(), y.data(), x.size(), out.data());
        if (plain.empty()) {
            plain = out;
        }
        CHECK(out == plain);
        for (std::size_t i = 0; i < x.size(); ++i) {
            auto const exact = 255.0 * (static_cast<double>(q14(0.3)) / 16384.0 * x[i] + (1.0 - static_cast<double>(q14(0.3)) / 16384.0) * y[i]);
            REQUIRE(std::abs(out[i] - exact) <= 0.5 + 1.0 / 128.0);
        }
    }
}

TEST_CASE("the ratio is rounded to the nearest multiple of 2^-14") {
    // With the pattern black and the pixel white, the result is the ratio.
    CHECK(convex(0.7)(1.0f, 0, 0) == 11469.0f / 16384.0f);
    CHECK(convex(0x1.8p-15)(1.0f, 0, 0) == 0x1p-14f);
    CHECK(convex(0x1p-16)(1.0f, 0, 0) == 0.0f);
    static_assert(convex(0.5)(std::uint8_t{100}, 0, 0) == 50);
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(convex(1.5), "hallmark::convex: ratio is 1.5; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(convex(-0.25), "hallmark::convex: ratio is -0.25; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(convex(std::numeric_limits<double>::quiet_NaN()), "hallmark::convex: ratio is nan; allowed is 0 to 1", error);
}
