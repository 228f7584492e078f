#include <hallmark/noise/uniform.hpp>

#include <doctest/doctest.h>
#include <support/fingerprint.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

using namespace hallmark;

namespace {
constexpr auto lattice = keyed_lattice(0x12345678, 0x9abcdef0);
constexpr auto field   = uniform_noise(lattice);
}  // namespace

TEST_CASE("golden field") {
    std::vector<noise_sample> samples;
    for (std::uint32_t y = 0; y < 64; ++y) {
        for (std::uint32_t x = 0; x < 64; ++x) {
            samples.push_back(field(x * 0x0400ffffu, y * 0x03010000u));
        }
    }
    CHECK(fingerprint(samples) == "b88a647f5d820f5d3afcfd774ae598503aa2c3ef7970bb970b8ba09ff11faf39");
}

// The sample is the hash read as a signed number: the same for the whole cell, whatever the fraction.
TEST_CASE("constant inside a cell") {
    for (std::uint32_t cell = 0; cell < 65536; cell += 4369) {
        auto const corner = field(cell << 16, 7u << 16);
        CHECK(corner == static_cast<noise_sample>(lattice(cell, 7)) >> 1);
        for (auto const fraction : {1u, 0x8000u, 0xffffu}) {
            CHECK(field(cell << 16 | fraction, 7u << 16) == corner);
            CHECK(field(cell << 16, 7u << 16 | fraction) == corner);
        }
    }
}

// Without the shift the samples would run over ±1; with one too many the noise would be half as high.
TEST_CASE("the range is [-1, 1), filled to both ends and balanced") {
    noise_sample least = 0, greatest = 0;
    int          negative = 0;
    for (std::uint32_t cell = 0; cell < 1u << 20; ++cell) {
        auto const v = field((cell & 1023u) << 16, (cell >> 10) << 16);
        least        = std::min(least, v);
        greatest     = std::max(greatest, v);
        negative += v < 0 ? 1 : 0;
    }
    CHECK(least >= -noise_one);
    CHECK(greatest < noise_one);
    CHECK(least < -noise_one + (noise_one >> 16));
    CHECK(greatest > noise_one - (noise_one >> 16));
    CHECK(std::abs(negative - (1 << 19)) < 3072);  // six standard deviations of a fair coin
}

TEST_CASE("an octave is uniform noise on the lattice's octave") { CHECK(field.octave(3) == uniform_noise(lattice.octave(3))); }
