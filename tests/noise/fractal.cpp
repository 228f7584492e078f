#include <hallmark/noise/fractal.hpp>
#include <hallmark/noise/perlin.hpp>
#include <hallmark/noise/uniform.hpp>

#include "field_laws.hpp"

#include <doctest/doctest.h>
#include <support/fingerprint.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

using namespace hallmark;

namespace toy {
// The largest field there is, in every octave: shows what the sum can come to.
struct constant_field {
    noise_sample          value = 0;
    constexpr auto        operator()(lattice_coordinate, lattice_coordinate) const noexcept -> noise_sample { return value; }
    constexpr auto        octave(std::uint32_t) const noexcept -> constant_field { return *this; }
    friend constexpr auto operator==(constant_field const&, constant_field const&) -> bool = default;
};
}  // namespace toy

namespace {
constexpr auto lattice = keyed_lattice(0x12345678, 0x9abcdef0);

auto ramp(std::size_t count) -> std::vector<lattice_coordinate> {
    std::vector<lattice_coordinate> xs;
    for (std::size_t i = 0; i < count; ++i) {
        xs.push_back(static_cast<lattice_coordinate>((i << 16) / 37 + (i << 25)));
    }
    return xs;
}
}  // namespace

static_assert(row_noise_field<fractal<perlin>> && noise_field<fractal<uniform_noise>>);

// Fields of 1 to 16 octaves: pins gain, lacunarity and the lattice of every octave.
TEST_CASE("golden fields") {
    std::string const golden[16] = {
        "410fba57f24bde38f642a380fa30ac4bbbeb3f7f9cd5976036c1831f4beb4b78", "0a8b8d3b0c3c978d656ff6cbe135723695d6747bc21dd239a21f6cbc1551d8a3",
        "dea767fb0c3fe9dfcb58473b5fa2448f560f962a9e2204ce063b7defc2355272", "f3c47c468c3127089dbb4e7a4501e7f0bc94adcd0c0394ecad6ad956fd8f9e0f",
        "c25a282787faf59814697350537fe723051e4b731cc2c5e873e5ba7b4ce65f1d", "7eacd32229f7121540b9dd95ae88372d9a06a3429956db7b5fd4c563ecef4059",
        "97134b3278417fe09fa4a109413c413e5f834a6ab7517bb9934f57e33b8c975c", "bd447bcecbc916116fc232e5e51b11290105a1d152e13efc24f9eafe44e7ff6a",
        "6f46ca24963f5e46fa8281b0d57adf942c4fc35c3fc6126f46e566637dffc20d", "6e9fe47ae8ab7d30e06b6879ba79a6912590af72c852d5023d0a170381af0de2",
        "c0592dabd22ef141c6604308ad17bde1db43adf5e48d7c8f43a6cc2645ac74b9", "abefd74e8d1c52e5c3216b67ba4139407a66e2fcdb0ba2de9c322d2c7f973666",
        "4481c28aaf6c09a33e666da1376afa0fca35b750889fee79dc275ff4e6ef3957", "65c3bae2807a1a9daf20266174e7acbaa7fab63929681da234b2221cf8d2b358",
        "b22c6619e996022e19480103d021fd3d3e0058e7f5a116c56dd47cce07a35a65", "ff81fa46cd05c6f54e8565b2109083ce805677a0c4a34450a66a5235d095de9c",
    };
    for (std::uint32_t octaves = 1; octaves <= 16; ++octaves) {
        auto const                f = fractal(perlin(lattice), octaves);
        std::vector<noise_sample> samples;
        for (std::uint32_t y = 0; y < 48; ++y) {
            for (std::uint32_t x = 0; x < 48; ++x) {
                samples.push_back(f((x << 16) / 7 + (x << 26), (y << 16) / 5 - (y << 21)));
            }
        }
        CHECK(fingerprint(samples) == golden[octaves - 1]);
    }
}

TEST_CASE("the sum of the octaves, each twice as fine and half as high") {
    auto const field = perlin(lattice);
    for (std::uint32_t octaves = 1; octaves <= 16; ++octaves) {
        for (std::uint32_t i = 0; i < 200; ++i) {
            lattice_coordinate const x = i * 0x01234567u, y = ~i * 0x00abcdefu;
            noise_sample             sum   = 0;
            std::uint32_t            scale = 1;
            for (std::uint32_t o = 0; o < octaves; ++o, scale *= 2) {
                sum += field.octave(o)(x * scale, y * scale) >> (o + 1);
            }
            CHECK(fractal(field, octaves)(x, y) == sum);
        }
    }
}

// More octaves must not leave the range, or the marker's budget would be exceeded.
TEST_CASE("[-1, 1] for any number of octaves") {
    for (std::uint32_t octaves = 1; octaves <= 16; ++octaves) {
        CHECK(fractal(toy::constant_field{noise_one}, octaves)(0, 0) == noise_one - (noise_one >> octaves));
        CHECK(fractal(toy::constant_field{-noise_one}, octaves)(0, 0) == -noise_one + (noise_one >> octaves));
    }
}

// row() works in blocks of 64: what happens at their borders is seen by no picture narrower than 65.
TEST_CASE("a row is its points") {
    for (std::uint32_t const octaves : {1u, 2u, 5u, 16u}) {
        auto const f = fractal(perlin(lattice), octaves);
        for (std::size_t const count : {0u, 1u, 2u, 63u, 64u, 65u, 127u, 128u, 129u, 300u}) {
            auto const                xs = ramp(count);
            std::vector<noise_sample> row(count, 77), points;
            f.row(xs.data(), count, 0x7654321u, row.data());
            for (auto const x : xs) {
                points.push_back(f(x, 0x7654321u));
            }
            CHECK(row == points);
        }
    }
}

TEST_CASE("two fractals are equal if base and octaves are") {
    CHECK(fractal(perlin(lattice), 3) == fractal(perlin(lattice), 3));
    CHECK(fractal(perlin(lattice), 3) != fractal(perlin(lattice), 4));
    CHECK(fractal(perlin(lattice), 3) != fractal(perlin(lattice.octave(1)), 3));
}

TEST_CASE("laws of a sum: range, continuity, where it repeats, mean and directions") {
    auto const sum = fractal(perlin(laws::lattice), 4);
    laws::check_range(sum, 60);
    laws::check_continuous(sum, 0.001, 52);
    laws::check_periodic(sum);
    laws::check_periodic(fractal(perlin(laws::lattice), 16));
    laws::check_balanced(sum, 0.005, 1.08);
}

TEST_CASE("octaves are 1 to 16") {
    CHECK_THROWS_WITH_AS(fractal(perlin(laws::lattice), 0), "hallmark::fractal: octaves is 0; allowed is 1 to 16", error);
    CHECK_THROWS_WITH_AS(fractal(perlin(laws::lattice), 17), "hallmark::fractal: octaves is 17; allowed is 1 to 16", error);
}
