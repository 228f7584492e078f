#include <hallmark/noise/simplex_3d.hpp>

#include "volume_laws.hpp"

using namespace hallmark;

namespace {
constexpr auto field = simplex_3d(laws::lattice);

// Gustavson's construction in double, from the same hashes, for coordinates of some hundred cells.
auto reference(lattice_coordinate x, lattice_coordinate y, lattice_coordinate z) -> double {
    double const f = 21845.0 / 65536, g = f / (1 + 3 * f);
    double const p[3] = {x * 0x1p-16, y * 0x1p-16, z * 0x1p-16}, s = (p[0] + p[1] + p[2]) * f;
    double       cell[3], fraction[3];
    for (int a = 0; a < 3; ++a) {
        cell[a]     = std::floor(p[a] + s);
        fraction[a] = p[a] + s - cell[a];
    }
    int    step[3] = {};
    double sum     = 0;
    for (int corner = 0; corner < 4; ++corner) {
        auto const    steps = step[0] + step[1] + step[2];
        double        d[3], room = 0.5;
        std::uint32_t c[3];
        for (int a = 0; a < 3; ++a) {
            d[a] = fraction[a] - step[a] - (fraction[0] + fraction[1] + fraction[2] - steps) * g;
            room -= d[a] * d[a];
            c[a] = static_cast<std::uint32_t>(cell[a]) + static_cast<std::uint32_t>(step[a]);
        }
        auto const h    = detail::hash3(laws::lattice, (c[0] - c[1]) & 0xffffu, (c[1] - c[2]) & 0xffffu, (c[0] + c[1] + c[2]) % 131071u);
        auto const axis = (h & 0xffffu) * 3 >> 16;
        auto const one = d[axis == 0 ? 1 : 0], two = d[axis == 2 ? 1 : 2];
        sum += room > 0 ? std::pow(room, 4) * ((h >> 31 ? -one : one) + (h >> 30 & 1u ? -two : two)) : 0;
        // The next corner lies along the largest fraction that is left.
        int next = -1;
        for (int a = 0; a < 3; ++a) {
            next = step[a] == 0 && (next < 0 || fraction[a] > fraction[next]) ? a : next;
        }
        if (next >= 0) {
            step[next] = 1;
        }
    }
    return 76.88 * sum;
}
}  // namespace

TEST_CASE("golden field") { CHECK(laws::volume_fingerprint(field) == "bb092c528e9b1ffa840eae348327699635f8a2c8630b037c0b45be21f8cc9a67"); }

TEST_CASE("the formula, to 2^-7") {
    double worst = 0;
    for (std::uint32_t i = 0; i < 30; ++i) {
        for (std::uint32_t j = 0; j < 30; ++j) {
            for (std::uint32_t k = 0; k < 30; ++k) {
                worst = std::max(worst, std::abs(field(k * 54321u, j * 34567u, i * 76543u) * 0x1p-30 - reference(k * 54321u, j * 34567u, i * 76543u)));
            }
        }
    }
    CHECK(worst < 0x1p-7);
}

TEST_CASE("laws") {
    laws::check_volume(field, 0.003, 0.0);
    laws::check_periodic(slice_field(field, 0x12345));
    laws::check_balanced(slice_field(field, 0x12345), 0.01, 1.08);
    CHECK(field.octave(3) == simplex_3d(laws::lattice.octave(3)));
    CHECK(laws::moments_of(slice_field<simplex_3d>(field, 0x12345), 200).deviation > 0.2);
    CHECK(laws::anisotropy(slice_field<simplex_3d>(field, 0x12345), 0.3, 200) < 1.08);
}

// A wrong hash of a corner beyond the edge tears the field where it repeats.
TEST_CASE("it repeats after 65,536 cells without a seam") {
    for (std::uint32_t cell = 0; cell < 65536; cell += 331) {
        auto const along = cell << 16 | 0x4000u;
        for (auto const other : {0x1234u, 0x80001234u, 0xffff1234u}) {
            REQUIRE(std::abs(field(along, 0xffffffffu, other) - field(along, 0, other)) < noise_one / 500);
            REQUIRE(std::abs(field(0xffffffffu, along, other) - field(0, along, other)) < noise_one / 500);
            REQUIRE(std::abs(field(along, other, 0xffffffffu) - field(along, other, 0)) < noise_one / 500);
        }
    }
}

// A slice looks alike whichever way it is cut.
TEST_CASE("no direction is preferred, z no more than others") { laws::check_isotropic(simplex_3d(laws::lattice), 1.08); }
