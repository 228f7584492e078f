#include <hallmark/noise/perlin.hpp>

#include "field_laws.hpp"

#include <doctest/doctest.h>
#include <support/fingerprint.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

using namespace hallmark;

namespace {
constexpr auto lattice = keyed_lattice(0x12345678, 0x9abcdef0);
constexpr auto field   = perlin(lattice);

// Perlin's formula in double, from the same hashes: what the fixed-point code must be near.
auto reference(lattice_coordinate x, lattice_coordinate y) -> double {
    auto const fade = [](double t) { return t * t * t * (t * (6 * t - 15) + 10); };
    auto const fx = (x & 0xffffu) * 0x1p-16, fy = (y & 0xffffu) * 0x1p-16;
    double     sum = 0;
    for (std::uint32_t corner = 0; corner < 4; ++corner) {
        auto const right = corner & 1u, below = corner >> 1;
        // Bits 31 and 30 are the signs; 29 says axis or diagonal; 28 says which axis.
        auto const   h  = lattice(((x >> 16) + right) & 0xffffu, ((y >> 16) + below) & 0xffffu);
        auto const   is = [h](int bit) { return (h >> bit & 1u) != 0; };
        double const gx = is(29) && is(28) ? 0 : (is(31) ? -1 : 1);
        double const gy = is(29) && !is(28) ? 0 : (is(30) ? -1 : 1);
        auto const   w  = (right ? fade(fx) : 1 - fade(fx)) * (below ? fade(fy) : 1 - fade(fy));
        sum += w * (gx * (fx - right) + gy * (fy - below));
    }
    return sum;
}

// Positions that use every bit of a coordinate, some of them in the last cell before the lattice repeats.
auto positions() -> std::vector<lattice_coordinate> {
    std::vector<lattice_coordinate> out;
    for (std::uint32_t i = 0; i < 300; ++i) {
        out.push_back(i * 0x01234567u + (i << 7));
        out.push_back(0u - 1u - i * 977u);
    }
    return out;
}
}  // namespace

// Any change of a bit here makes every mark published before impossible to find.
TEST_CASE("golden field") {
    std::vector<noise_sample> samples;
    for (auto const y : positions()) {
        for (auto const x : positions()) {
            samples.push_back(field(x, y));
        }
    }
    CHECK(fingerprint(samples) == "b961e58989dd3e3b72a70eb72f9b22d7cc7ff7ce5162d837d6e3c3f0c2700dcc");
}

// The golden field says that nothing changed; this says that it was Perlin noise to begin with.
TEST_CASE("Perlin's formula, to 2^-12") {
    double worst = 0;
    for (auto const y : positions()) {
        for (auto const x : positions()) {
            worst = std::max(worst, std::abs(field(x, y) * 0x1p-30 - reference(x, y)));
        }
    }
    CHECK(worst < 0x1p-12);
    CHECK(worst > 0);
}

TEST_CASE("zero at every lattice point") {
    for (std::uint32_t y = 0; y < 65536; y += 1021) {
        for (std::uint32_t x = 0; x < 65536; x += 13) {
            REQUIRE(field(x << 16, y << 16) == 0);
        }
    }
    CHECK(field(0xffff0000u, 0xffff0000u) == 0);
}

// Rounding could leave [-1, 1] only where the ideal value is ±1: in the middle of a cell whose four gradients all
// point there, or all away from it. These two lattices have such a cell at (0, 0).
TEST_CASE("the range is [-1, 1], and both ends are reached") {
    noise_sample least = 0, greatest = 0;
    for (auto const& extreme : {keyed_lattice(1121, 12345), keyed_lattice(7105, 12345)}) {
        auto const f = perlin(extreme);
        for (std::uint32_t y = 0x7000; y < 0x9000; y += 4) {
            for (std::uint32_t x = 0x7f00; x < 0x8100; x += 1) {
                least    = std::min(least, f(x, y));
                greatest = std::max(greatest, f(x, y));
            }
        }
    }
    CHECK(least == -noise_one);
    CHECK(greatest == noise_one);
}

// A wrong corner at a cell's border, or at the end of the lattice, is a visible crease. The slope of the field is
// below 4 per cell, a step of the position is 2^-14 of a cell, and rounding adds less than four units of 2^-14.
TEST_CASE("no jump anywhere, nor where the lattice repeats") {
    for (auto const other : {0u, 0x8000u, 0x12345678u, 0xfffffffcu}) {
        for (std::uint32_t i = 0; i < 4 * 65536; i += 4) {
            auto const at = i - 2 * 65536u;  // from two cells before 0 to two cells after
            REQUIRE(std::abs(field(at, other) - field(at + 4, other)) <= 8 << 16);
            REQUIRE(std::abs(field(other, at) - field(other, at + 4)) <= 8 << 16);
        }
    }
}

// row() hashes once per cell; a cell too few or too many shows only at borders.
TEST_CASE("a row is its points") {
    std::vector<lattice_coordinate> ascending;
    for (std::uint32_t i = 0; i < 1000; ++i) {
        ascending.push_back(0xffe00000u + i * 0x1fffu);  // runs over the end of the lattice
    }
    for (auto const& xs : {positions(), ascending, std::vector<lattice_coordinate>{5}, std::vector<lattice_coordinate>{}}) {
        for (auto const y : {0u, 0xffffu, 0x10000u, 0xffffffffu, 0x89abcdefu}) {
            std::vector<noise_sample> row(xs.size());
            field.row(xs.data(), xs.size(), y, row.data());
            std::vector<noise_sample> points;
            for (auto const x : xs) {
                points.push_back(field(x, y));
            }
            CHECK(row == points);
        }
    }
}

TEST_CASE("it repeats, its mean is 0, and no direction is preferred") {
    laws::check_periodic(field);
    laws::check_balanced(field, 0.005, 1.06);
}

TEST_CASE("an octave is Perlin noise on the lattice's octave") {
    CHECK(field.octave(3) == perlin(lattice.octave(3)));
    CHECK(field.octave(0) == field);
}

TEST_CASE("the field can be computed while compiling") { static_assert(field(0x50000, 0x70000) == 0); }
