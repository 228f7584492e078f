#include <hallmark/noise/fractal.hpp>
#include <hallmark/noise/perlin.hpp>
#include <hallmark/noise/uniform.hpp>

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
        "35ffe24ece83435fa6037beb2d48137eeffe444d33044bdaa219fc569cc9ab98", "c8fea6e771a08f749f0b2a9ba31e3af3463889aabd2a3ae5e0ce769487c81dd7",
        "cbd64a0c85a926b75adcacffb65220c499b54d4bca88ac67a54ee0c691e83f00", "8b36de7f8d22490ccfcf5376d414164faa944dff6b11d1694419daa4fcf8767f",
        "8a41cce41914f87ba5b43ed4a9c2ef931d26145fcff9503e83f08f0267d54819", "a2c59c9f32dff664310a9b994bff7e5c7cebe2c9b8aa2c93e29568c28e6f1b5c",
        "1968b0b16064b3339f7251bf9fcf51ca3c5c732f063ff3db59ea0a3c237c2d5c", "8bf5430c6d999f8708b8e4e02847b450c92737b3d5098754ff5bf3813618d08c",
        "5f8313edf6143c513be9cf70b198dd6c17b2a8c77fc03a6817cb8a06ed0a5c67", "a240a6a145ab76abd0cb6a4b24b56a0afef903fe868eea80707b26f4d48cdfb3",
        "a62f02abb4c7195d42145f3769d725a4ce94a469e7138e65a59ba7d1e53d3629", "2fa19e6297ffbba33356ef3854dea8de47f12178fb55f7e69746c7f16d6c6eb2",
        "e43c04f476e857921d699b4f7ebe1dd539047c661e4ab3f4d0b031b2caddab43", "39edd2f5fc2e9f2737bc4f293bb2fe843594b95a0648e903050d3ef1bafacfbb",
        "b3c22a079eef392295326851cb9d997692262de39698c0ea620d736f755b7962", "108840e84d1e605fd422a170a07ebba8a07b09be1bb0bcf22b3588273cd811e2",
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
