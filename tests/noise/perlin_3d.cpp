#include <hallmark/noise/perlin_3d.hpp>

#include "volume_laws.hpp"

using namespace hallmark;

namespace {
constexpr auto field = perlin_3d(laws::lattice);

auto reference(lattice_coordinate x, lattice_coordinate y, lattice_coordinate z) -> double {
    lattice_coordinate const at[] = {x, y, z};
    double                   sum  = 0;
    for (std::uint32_t corner = 0; corner < 8; ++corner) {
        double        weight = 1, place[3] = {};
        std::uint32_t cell[3];
        for (std::uint32_t a = 0; a < 3; ++a) {
            auto const far = corner >> a & 1u;
            auto const t = (at[a] & 0xffffu) * 0x1p-16, fade = t * t * t * (t * (6 * t - 15) + 10);
            weight *= far ? fade : 1 - fade;
            place[a] = t - far;
            cell[a]  = ((at[a] >> 16) + far) & 0xffffu;
        }
        auto const h    = detail::hash3(laws::lattice, cell[0], cell[1], cell[2]);
        auto const axis = (h & 0xffffu) * 3 >> 16;
        auto const one = place[axis == 0 ? 1 : 0], two = place[axis == 2 ? 1 : 2];
        sum += weight * ((h >> 31 ? -one : one) + (h >> 30 & 1u ? -two : two));
    }
    return sum * 63150 / 65536;
}
}  // namespace

TEST_CASE("golden field") { CHECK(laws::volume_fingerprint(field) == "04d15add41a0cdb1d6040e3cc8f6b08e6ccea54b21722c211a94c594d5cffcd6"); }

TEST_CASE("the formula, to 2^-10") {
    double worst = 0;
    for (auto const z : laws::positions(30)) {
        for (auto const y : laws::positions(30)) {
            for (auto const x : laws::positions(30)) {
                worst = std::max(worst, std::abs(field(x, y, z) * 0x1p-30 - reference(x, y, z)));
            }
        }
    }
    CHECK(worst < 0x1p-10);
}

// Each of the twelve with a probability of 1 in 12: a gradient left out makes the noise thinner along one axis.
TEST_CASE("twelve gradients, equally often") {
    int count[3][4] = {};
    for (std::uint32_t h = 0; h < 1u << 16; ++h) {
        for (std::uint32_t sign = 0; sign < 4; ++sign) {
            auto const hash = h | sign << 30;
            auto const x = detail::edge_ramp(hash, 1, 0, 0), y = detail::edge_ramp(hash, 0, 1, 0), z = detail::edge_ramp(hash, 0, 0, 1);
            REQUIRE(x * x + y * y + z * z == 2);
            auto const axis = x == 0 ? 0 : (y == 0 ? 1 : 2);
            ++count[axis][(axis == 0 ? y < 0 : x < 0) + 2 * (axis == 2 ? y < 0 : z < 0)];
        }
    }
    for (auto const& axis : count) {
        for (auto const c : axis) {
            CHECK(std::abs(c - 21845) <= 1);
        }
    }
}

TEST_CASE("laws") {
    laws::check_volume(field, 0.0008, 0.0);
    laws::check_periodic(slice_field(field, 0x12345));
    laws::check_balanced(slice_field(field, 0x12345), 0.01, 1.08);
    CHECK(field.octave(3) == perlin_3d(laws::lattice.octave(3)));
    for (std::uint32_t i = 0; i < 65536; i += 4095) {
        REQUIRE(field(i << 16, i << 16, 7u << 16) == 0);
    }
}

// A slice looks alike whichever way it is cut.
TEST_CASE("no direction is preferred, z no more than others") { laws::check_isotropic(perlin_3d(laws::lattice), 1.08); }
