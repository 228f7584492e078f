#include <hallmark/noise/fractal_sum.hpp>
#include <hallmark/noise/gabor.hpp>
#include <hallmark/noise/perlin.hpp>
#include <hallmark/noise/threshold.hpp>
#include <hallmark/noise/uniform.hpp>
#include <hallmark/pattern/field.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>

using namespace hallmark;

namespace {
auto draws() -> stream { return stream(chacha_key{{1, 2, 3, 4, 5, 6, 7, 8}}); }

struct constant {
    noise_sample value = 0;
    auto         operator()(lattice_coordinate, lattice_coordinate) const noexcept -> noise_sample { return value; }
    auto         operator==(constant const&) const -> bool = default;
};
// Says where it was asked.
struct place {
    bool across = false;
    auto operator()(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample { return static_cast<noise_sample>((across ? x : y) >> 4); }
    auto operator==(place const&) const -> bool = default;
};
}  // namespace

TEST_CASE("-1 is the low colour, 1 the high one, 0 half-way") {
    auto const low = rgb{10, 20, 30}, high = rgb{110, 220, 10};
    CHECK(field_pattern(constant{-noise_one}, 1, low, high)(0, 3, 0, 1, 0, 1) == 10 << 16);
    CHECK(field_pattern(constant{noise_one}, 1, low, high)(1, 3, 0, 1, 0, 1) == 220 << 16);
    CHECK(field_pattern(constant{0}, 1, low, high)(2, 3, 0, 1, 0, 1) == 20 << 16);
    CHECK(field_pattern(constant{noise_one}, 1)(0, 1, 0, 1, 0, 1) == level_white);
    CHECK(field_pattern(constant{noise_one}, 1, low, high, {0.5, 0})(1, 3, 0, 1, 0, 1) == 110 << 16);
    for (noise_sample v = -noise_one; v <= noise_one - 12345678; v += 12345678) {
        auto const got   = field_pattern(constant{v}, 1, high, low)(0, 3, 0, 1, 0, 1);
        auto const exact = (110.0 - 100.0 * (v * 0x1p-30 + 1.0) / 2.0) * 65536.0;
        CHECK(got <= exact);
        CHECK(got > exact - 1.0);
    }
}

// Stretched by the longer side in both directions: otherwise cells would not be square.
TEST_CASE("cells lie along the longer side") {
    auto const at = [](bool across, std::size_t r, std::size_t h, std::size_t c, std::size_t w) {
        // low = 0 and high = white turn the sample s back into (s + 2^30) · white / 2^31
        return field_pattern(place{across}, 8)(0, 1, r, h, c, w);
    };
    auto const level_of_cell = [](std::uint64_t q16) {
        return static_cast<level>((std::int64_t{level_white} * static_cast<std::int64_t>((q16 >> 4) + (1u << 30))) >> 31);
    };
    for (std::size_t i = 0; i < 20; ++i) {
        CHECK(at(false, i, 20, 3, 40) == level_of_cell((i * 8 << 16) / 40));
        CHECK(at(true, 3, 20, 2 * i, 40) == level_of_cell((2 * i * 8 << 16) / 40));
        CHECK(at(false, i, 50, 3, 5) == level_of_cell((i * 8 << 16) / 50));
    }
}

TEST_CASE("draws a field from a keyed lattice, and shows it") {
    auto       s = draws(), again = draws();
    auto const p      = field_patterns<perlin>{.cells = 4}.draw(s);
    auto const field  = perlin(keyed_lattice::draw(again));
    bool       varies = false;
    for (std::size_t i = 0; i < 32; ++i) {
        auto const v     = std::int64_t{field(static_cast<lattice_coordinate>((i * 4 << 16) / 32), (7 * 4 << 16) / 32)} + noise_one;
        auto const black = level{128} << 16, white = (level{255} << 13) + (128 << 16);
        CHECK(p(0, 3, 7, 32, i, 32) == black + static_cast<level>((std::int64_t{white - black} * v) >> 31));
        varies = varies || p(0, 3, 7, 32, i, 32) != p(0, 3, 7, 32, 0, 32);
    }
    CHECK(varies);
    CHECK(s.tell() == 2);
    static_assert(pattern_source<field_patterns<uniform_noise>>);
}

TEST_CASE("draws any field that is composed of its lattice") {
    auto       s = draws(), again = draws();
    auto const make    = [octaves = std::uint32_t{3}](keyed_lattice l) { return fbm(threshold(perlin(l), 0.1), {octaves, 2.0, 0.5}); };
    auto       clouds  = field_patterns_of(make);
    clouds.cells       = 4;
    clouds.soft        = {};
    auto const p       = clouds.draw(s);
    auto const by_hand = field_pattern(make(keyed_lattice::draw(again)), 4);
    for (std::size_t i = 0; i < 32; ++i) {
        CHECK(p(1, 3, 7, 32, i, 32) == by_hand(1, 3, 7, 32, i, 32));
    }
    auto       t         = draws();
    auto const impulses  = field_patterns<gabor, gabor_from_lattice>{.cells = 3, .make = {}}.draw(t);
    bool       different = false;
    for (std::size_t i = 0; i < 32; ++i) {
        different = different || impulses(1, 3, 7, 32, i, 32) != impulses(1, 3, 7, 32, 0, 32);
    }
    CHECK(different);
    static_assert(pattern_source<decltype(clouds)>);
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(field_pattern(constant{}, 0), "hallmark::field_pattern: cells is 0; allowed is 1 to 65535", error);
    CHECK_THROWS_WITH_AS(field_pattern(constant{}, 65536), "hallmark::field_pattern: cells is 65536; allowed is 1 to 65535", error);
    auto s = draws();
    CHECK_THROWS_WITH_AS(field_patterns<perlin>{.cells = 0}.draw(s), "hallmark::field_patterns: cells is 0; allowed is 1 to 65535", error);
    CHECK(s.tell() == 0);
}
