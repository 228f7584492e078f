#include <hallmark/noise/gabor.hpp>

#include "field_laws.hpp"

#include <complex>
#include <limits>

using namespace hallmark;

namespace {
double const pi = 3.14159265358979323846;

auto made(double frequency, double orientation, bool isotropic, std::uint32_t impulses = 16, bool poisson = false, bool signs = false) -> gabor {
    return make_gabor(laws::lattice, {frequency, orientation, isotropic, impulses, poisson, signs});
}

// The draws of a cell, as documented in the header's code, and the sum in double.
auto draw(std::uint32_t cell, std::uint32_t number) -> std::uint32_t {
    auto h = cell + number * 0x9e3779b9u;
    h      = (h ^ (h >> 16)) * 0x85ebca6bu;
    h      = (h ^ (h >> 13)) * 0xc2b2ae35u;
    return h ^ (h >> 16);
}
auto reference(lattice_coordinate x, lattice_coordinate y, gabor_options const& o) -> double {
    double sum = 0;
    for (int j = -1; j <= 1; ++j) {
        for (int i = -1; i <= 1; ++i) {
            auto const cell = laws::lattice(((x >> 16) + static_cast<std::uint32_t>(i)) & 0xffffu, ((y >> 16) + static_cast<std::uint32_t>(j)) & 0xffffu);
            for (std::uint32_t k = 0; k < o.impulses; ++k) {
                auto const place = draw(cell, 3 * k), wave = draw(cell, 3 * k + 1), weigh = draw(cell, 3 * k + 2);
                auto const dx = (x & 0xffffu) * 0x1p-16 - i - (place >> 18) * 0x1p-14, dy = (y & 0xffffu) * 0x1p-16 - j - (place & 0x3fffu) * 0x1p-14;
                auto const u = dx * dx + dy * dy;
                if (u >= 1) {
                    continue;
                }
                auto const angle  = o.isotropic ? (wave & 0xffffu) * 0x1p-15 * pi : o.orientation / 180 * pi;
                auto const weight = o.signs ? (weigh >> 31 ? -1.0 : 1.0) : static_cast<std::int32_t>(weigh) * 0x1p-31;
                auto const turn   = o.frequency * (dx * std::cos(angle) + dy * std::sin(angle)) + (wave >> 16) * 0x1p-16;
                sum += weight * (std::exp(-3 * u) - std::exp(-3)) / (1 - std::exp(-3)) * std::cos(2 * pi * turn);
            }
        }
    }
    auto const c        = std::exp(-3);
    auto const integral = pi / ((1 - c) * (1 - c)) * ((1 - c * c) / 6 - 2 * c * (1 - c) / 3 + c * c);  // of the squared bell over its disc
    auto const variance = o.impulses * (o.signs ? 1.0 : 1.0 / 3) * integral / 2;
    return std::clamp(sum / (3 * std::sqrt(variance)), -1.0, 1.0);
}

// Mean power at a frequency along the rows, or along the columns.
auto power(gabor const& field, double frequency, bool columns) -> double {
    double sum = 0;
    for (std::uint32_t line = 0; line < 24; ++line) {
        std::complex<double> at = 0;
        for (std::uint32_t i = 0; i < 1024; ++i) {  // 16 to a cell, 64 cells
            auto const along = i << 12, across = line * 201001u;
            at += field(columns ? across : along, columns ? along : across) * 0x1p-30 * std::polar(1.0, 2 * pi * frequency * i / 16);
        }
        sum += std::norm(at);
    }
    return sum;
}
}  // namespace

TEST_CASE("golden fields") {
    CHECK(laws::fingerprint_of(gabor(laws::lattice, 3u << 16, 16384, 0, 16, true, false, false), 40) == "cf25157aeef9c755013caf05d497ce90e75d7c748b14f3c2660bf8e74292823c");
    CHECK(laws::fingerprint_of(made(2.5, 30.0, false, 8), 40) == "bd6ec0ac06feaec700ebb7567f6289b5b06315ff86261ba178762fd27d66a276");
    CHECK(laws::fingerprint_of(made(4.0, 0.0, true, 5, true), 40) == "2690674f1acbaa0999ecbe803b9e8e83a1be90133469d2b291036707c3e5d05c");
    CHECK(laws::fingerprint_of(made(0.7, -120.0, false, 3, true, true), 40) == "1bcfd3180b38b52a9e24c78a92be0799f9e641646c7cb0220cdb7bcffa678deb");
}

TEST_CASE("the sum, by its definition, and normalised by the closed form of its variance") {
    for (auto const& o : {gabor_options{3.0, 0.0, true, 16, false, false}, gabor_options{2.0, 77.0, false, 4, false, true},
                          gabor_options{9.5, -30.0, false, 1, false, false}, gabor_options{0.0, 0.0, true, 64, false, true}}) {
        auto const field = make_gabor(laws::lattice, o);
        double     worst = 0;
        for (auto const y : laws::positions(30)) {
            for (auto const x : laws::positions(30)) {
                worst = std::max(worst, std::abs(field(x, y) * 0x1p-30 - reference(x, y, o)));
            }
        }
        INFO("frequency ", o.frequency);
        CHECK(worst < 0.004);
    }
}

// 1/3 but for the samples that were cut off. With Poisson counts this also says that their mean is right.
TEST_CASE("the standard deviation is a third") {
    CHECK(laws::moments_of(made(3.0, 0.0, true, 16), 150).deviation == doctest::Approx(0.332).epsilon(0.02));
    CHECK(laws::moments_of(made(3.0, 0.0, true, 16, true), 150).deviation == doctest::Approx(0.332).epsilon(0.02));
    CHECK(laws::moments_of(made(0.0, 0.0, true, 8, false, true), 200).deviation == doctest::Approx(0.332).epsilon(0.03));
    CHECK(laws::moments_of(made(5.0, 40.0, false, 4, true, true), 200).deviation == doctest::Approx(0.33).epsilon(0.03));
    CHECK(std::abs(laws::moments_of(made(3.0, 0.0, true, 16), 150).mean) < 0.01);
}

TEST_CASE("the spectrum peaks at the frequency, in the direction that was asked for") {
    auto const right = made(3.0, 0.0, false, 8), down = made(3.0, 90.0, false, 8);
    for (double const other : {0.0, 1.0, 2.0, 4.0, 5.0, 7.0}) {
        INFO("frequency ", other);
        CHECK(power(right, 3.0, false) > 2 * power(right, other, false));
        CHECK(power(down, 3.0, true) > 2 * power(down, other, true));
    }
    CHECK(power(right, 3.0, false) > 20 * power(right, 3.0, true));
    CHECK(power(down, 3.0, true) > 20 * power(down, 3.0, false));
    // The half plane of directions that a turn the wrong way would swap: 45° is where x and y grow together.
    double     along = 0, against = 0;
    auto const slanted = made(3.0, 45.0, false, 8);
    for (std::uint32_t i = 0; i < 4000; ++i) {
        auto const   x = i * 48271u, y = i * 69621u, step = 7723u;  // half a wave of 1 / 3 cells: 1/6 · cos 45° in each direction
        double const v = slanted(x, y) * 0x1p-30;
        along += v * slanted(x + step, y + step);
        against += v * slanted(x + step, y - step);
    }
    CHECK(along < 0);
    CHECK(against > 0);
}

TEST_CASE("laws") {
    auto const isotropic = made(2.0, 0.0, true, 6);
    laws::check_range(isotropic, 50);
    laws::check_row(isotropic, 150);
    laws::check_row(made(2.0, 20.0, false, 3, true), 100);
    laws::check_fill(made(2.0, 20.0, false, 2));
    laws::check_continuous(isotropic, 0.006, 52);
    CHECK(laws::anisotropy(isotropic, 0.1, 100) < 1.15);
    CHECK(isotropic.octave(3) == make_gabor(laws::lattice.octave(3), {2.0, 0.0, true, 6, false, false}));
    CHECK(gabor() == make_gabor(keyed_lattice(), {}));
    static_assert(gabor()(5, 5) == gabor()(5, 5));
}

TEST_CASE("what a caller can get wrong") {
    auto const nan = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH_AS(made(-1.0, 0.0, true), "hallmark::make_gabor: frequency is -1; allowed is 0 to 64", error);
    CHECK_THROWS_WITH_AS(made(65.0, 0.0, true), "hallmark::make_gabor: frequency is 65; allowed is 0 to 64", error);
    CHECK_THROWS_WITH_AS(made(nan, 0.0, true), "hallmark::make_gabor: frequency is nan; allowed is 0 to 64", error);
    CHECK_THROWS_WITH_AS(made(3.0, nan, false), "hallmark::make_gabor: orientation is nan; allowed is -360 to 360", error);
    CHECK_THROWS_WITH_AS(made(3.0, 400.0, false), "hallmark::make_gabor: orientation is 400; allowed is -360 to 360", error);
    CHECK_THROWS_WITH_AS(made(3.0, 0.0, true, 0), "hallmark::make_gabor: impulses is 0; allowed is 1 to 64", error);
    CHECK_THROWS_WITH_AS(made(3.0, 0.0, true, 65), "hallmark::make_gabor: impulses is 65; allowed is 1 to 64", error);
}
