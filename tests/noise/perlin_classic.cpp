#include <hallmark/noise/perlin_classic.hpp>

#include "field_laws.hpp"

using namespace hallmark;

namespace {
constexpr auto field = perlin_classic(laws::lattice);

auto reference(lattice_coordinate x, lattice_coordinate y) -> double {
    auto const fade = [](double t) { return t * t * (3 - 2 * t); };
    auto const fx = (x & 0xffffu) * 0x1p-16, fy = (y & 0xffffu) * 0x1p-16;
    double     sum = 0;
    for (std::uint32_t corner = 0; corner < 4; ++corner) {
        auto const right = corner & 1u, below = corner >> 1;
        auto const angle = (laws::lattice(((x >> 16) + right) & 0xffffu, ((y >> 16) + below) & 0xffffu) >> 16) * 0x1p-15 * 3.14159265358979323846;
        sum += (right ? fade(fx) : 1 - fade(fx)) * (below ? fade(fy) : 1 - fade(fy)) * (std::cos(angle) * (fx - right) + std::sin(angle) * (fy - below));
    }
    return std::sqrt(2.0) * sum;
}
}  // namespace

TEST_CASE("golden field") { CHECK(laws::fingerprint_of(field) == "8cdc0c4aa7daed8f7b05b8372325ec53494b27109d014a2b4c5ad03febccb6a1"); }

TEST_CASE("the formula, to 2^-9") {
    double worst = 0;
    for (auto const y : laws::positions()) {
        for (auto const x : laws::positions()) {
            worst = std::max(worst, std::abs(field(x, y) * 0x1p-30 - reference(x, y)));
        }
    }
    CHECK(worst < 0x1p-9);
}

TEST_CASE("laws") {
    laws::check_range(field);
    laws::check_row(field);
    laws::check_fill(field);
    laws::check_periodic(field);
    laws::check_continuous(field, 0.001);
    auto const m = laws::moments_of(field);
    CHECK(std::abs(m.mean) < 0.01);
    CHECK(m.deviation > 0.28);
    CHECK(laws::anisotropy(field) < 1.08);
    for (std::uint32_t i = 0; i < 65536; i += 257) {
        REQUIRE(std::abs(field(i << 16, 7u << 16)) <= noise_one >> 13);
    }
}

TEST_CASE("an octave is the noise on the lattice's octave; the field can be computed while compiling") {
    CHECK(field.octave(3) == perlin_classic(laws::lattice.octave(3)));
    static_assert(field(0x58000, 0x78000) != 0);
}
