#include <hallmark/noise/blue_noise.hpp>

#include "field_laws.hpp"

#include <complex>

using namespace hallmark;

namespace {
constexpr auto field = blue_noise(laws::lattice);

auto white(std::uint32_t cx, std::uint32_t cy) -> double { return static_cast<std::int32_t>(laws::lattice(cx & 0xffffu, cy & 0xffffu)) * 0x1p-31; }
}  // namespace

TEST_CASE("golden field") { CHECK(laws::fingerprint_of(field) == "44b9b32f61cd8aa3648df6dd27c8f731b245a8d6a08e0e8cab1ff6325d6392ab"); }

TEST_CASE("white noise minus its blur, constant in a cell") {
    for (auto const y : laws::positions(60)) {
        for (auto const x : laws::positions(60)) {
            double blur = 0;
            for (std::uint32_t j = 0; j < 3; ++j) {
                for (std::uint32_t i = 0; i < 3; ++i) {
                    blur += (i == 1 ? 2 : 1) * (j == 1 ? 2 : 1) * white((x >> 16) + i - 1, (y >> 16) + j - 1) / 16;
                }
            }
            REQUIRE(std::abs(field(x, y) * 0x1p-30 - (white(x >> 16, y >> 16) - blur) * 2 / 3) < 1e-6);
            REQUIRE(field(x, y) == field(x | 0xffffu, y & 0xffff0000u));
        }
    }
}

// What the name promises: next to nothing at low frequencies, in any direction.
TEST_CASE("the spectrum is blue") {
    auto const power = [](double fx, double fy) {
        std::complex<double> sum = 0;
        for (std::uint32_t y = 0; y < 128; ++y) {
            for (std::uint32_t x = 0; x < 128; ++x) {
                sum += field(x << 16, y << 16) * 0x1p-30 * std::polar(1.0, 2 * 3.14159265358979 * (fx * x + fy * y) / 128);
            }
        }
        return std::norm(sum);
    };
    double low = 0, diagonal = 0, high = 0;
    for (int k = 0; k < 6; ++k) {
        low += power(4 + k, 2) + power(2, 4 + k);
        diagonal += 2 * power(4 + k, 4 + k);
        high += power(58 + k, 30 + k) + power(30 + k, 58 + k);
    }
    CHECK(low < high / 200);
    CHECK(diagonal < high / 50);
}

TEST_CASE("laws") {
    laws::check_range(field);
    laws::check_row(field);
    laws::check_fill(field);
    laws::check_periodic(field);
    auto const m = laws::moments_of(field);
    CHECK(std::abs(m.mean) < 0.001);
    CHECK(m.deviation == doctest::Approx(0.308).epsilon(0.02));
    CHECK(field.octave(3) == blue_noise(laws::lattice.octave(3)));
    static_assert(field(5, 5) == field(77, 77));
}
