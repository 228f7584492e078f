#include <hallmark/noise/value.hpp>

#include "field_laws.hpp"

using namespace hallmark;

namespace {
constexpr auto field = value_noise(laws::lattice);

// The formula in double, from the same hashes.
auto reference(lattice_coordinate x, lattice_coordinate y) -> double {
    auto const fade = [](double t) { return t * t * t * (t * (6 * t - 15) + 10); };
    auto const u = fade((x & 0xffffu) * 0x1p-16), v = fade((y & 0xffffu) * 0x1p-16);
    double     sum = 0;
    for (std::uint32_t corner = 0; corner < 4; ++corner) {
        auto const right = corner & 1u, below = corner >> 1;
        auto const h = static_cast<std::int32_t>(laws::lattice(((x >> 16) + right) & 0xffffu, ((y >> 16) + below) & 0xffffu)) * 0x1p-31;
        sum += h * (right ? u : 1 - u) * (below ? v : 1 - v);
    }
    return sum;
}
}  // namespace

// Any change of a bit here makes every mark published before impossible to find.
TEST_CASE("golden field") { CHECK(laws::fingerprint_of(field) == "f4f7e3cda8656d9a9eabad766a76cfcb4ae54727b81e28de2046a05b873b7e4b"); }

TEST_CASE("the formula, to 2^-10") {
    double worst = 0;
    for (auto const y : laws::positions()) {
        for (auto const x : laws::positions()) {
            worst = std::max(worst, std::abs(field(x, y) * 0x1p-30 - reference(x, y)));
        }
    }
    CHECK(worst < 0x1p-10);
}

TEST_CASE("laws") {
    laws::check_range(field);
    laws::check_row(field);
    laws::check_fill(field);
    laws::check_periodic(field);
    laws::check_continuous(field, 0.0005);  // the slope is below 2 · 15/8, so a step below 2^-12; and rounding
    auto const m = laws::moments_of(field);
    CHECK(std::abs(m.mean) < 0.01);
    CHECK(m.deviation == doctest::Approx(0.577 * 0.693).epsilon(0.05));  // uniform, times the mean square of the weights
    CHECK(laws::anisotropy(field) < 1.08);                               // the eye sees squares, which second moments do not
}

TEST_CASE("an octave is value noise on the lattice's octave; the field can be computed while compiling") {
    CHECK(field.octave(3) == value_noise(laws::lattice.octave(3)));
    static_assert(field(0x50000, 0x70000) == static_cast<std::int32_t>(laws::lattice(5, 7)) >> 16 << 15);
}
