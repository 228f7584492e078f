#include <hallmark/noise/value_3d.hpp>

#include "volume_laws.hpp"

using namespace hallmark;

namespace {
constexpr auto field = value_3d(laws::lattice);

auto reference(lattice_coordinate x, lattice_coordinate y, lattice_coordinate z) -> double {
    lattice_coordinate const at[] = {x, y, z};
    double                   sum  = 0;
    for (std::uint32_t corner = 0; corner < 8; ++corner) {
        double        weight = 1;
        std::uint32_t cell[3];
        for (std::uint32_t a = 0; a < 3; ++a) {
            auto const far = corner >> a & 1u;
            auto const t = (at[a] & 0xffffu) * 0x1p-16, fade = t * t * t * (t * (6 * t - 15) + 10);
            weight *= far ? fade : 1 - fade;
            cell[a] = ((at[a] >> 16) + far) & 0xffffu;
        }
        sum += weight * static_cast<std::int32_t>(detail::hash3(laws::lattice, cell[0], cell[1], cell[2])) * 0x1p-31;
    }
    return sum;
}
}  // namespace

TEST_CASE("golden field") { CHECK(laws::volume_fingerprint(field) == "da0e5104f53cb1e2aa9a14f159d2e0e4729ab41e222d9778c823bff5bdbdd5ab"); }

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

TEST_CASE("laws") {
    laws::check_volume(field, 0.0005, 0.0);
    laws::check_periodic(slice_field(field, 0x12345));
    laws::check_balanced(slice_field(field, 0x12345), 0.02, 1.08);
    CHECK(field.octave(3) == value_3d(laws::lattice.octave(3)));
}

// A slice looks alike whichever way it is cut.
TEST_CASE("no direction is preferred, z no more than others") { laws::check_isotropic(value_3d(laws::lattice), 1.08); }
