#include <hallmark/noise/gabor.hpp>

#include "field_laws.hpp"

#include <support/simd_levels.hpp>

#include <complex>
#include <limits>
#include <vector>

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
auto bell(double t) -> double {
    auto const u = t * t;
    return u < 1 ? std::pow((1 - u) * (1 + u * (-10344 + u * 19416) / 16384), 2) : 0;
}
auto reference(lattice_coordinate x, lattice_coordinate y, gabor_options const& o) -> double {
    double sum = 0;
    for (int j = -1; j <= 1; ++j) {
        for (int i = -1; i <= 1; ++i) {
            auto const cell = laws::lattice(((x >> 16) + static_cast<std::uint32_t>(i)) & 0xffffu, ((y >> 16) + static_cast<std::uint32_t>(j)) & 0xffffu);
            for (std::uint32_t k = 0; k < o.impulses; ++k) {
                auto const place = draw(cell, 3 * k), wave = draw(cell, 3 * k + 1), weigh = draw(cell, 3 * k + 2);
                auto const dx = (x & 0xffffu) * 0x1p-16 - i - (place >> 16) * 0x1p-16, dy = (y & 0xffffu) * 0x1p-16 - j - (place & 0xffffu) * 0x1p-16;
                auto const angle  = o.isotropic ? (wave & 0xffffu) * 0x1p-15 * pi : o.orientation / 180 * pi;
                auto const weight = o.signs ? (weigh >> 31 ? -1.0 : 1.0) : static_cast<std::int32_t>(weigh) * 0x1p-31;
                auto const turn   = o.frequency * (dx * std::cos(angle) + dy * std::sin(angle)) + (wave >> 16) * 0x1p-16;
                sum += weight * bell(dx) * bell(dy) * std::cos(2 * pi * turn);
            }
        }
    }
    double integral = 0;  // of the squared bell
    for (int i = -1000; i < 1000; ++i) {
        integral += bell((i + 0.5) / 1000) * bell((i + 0.5) / 1000) / 1000;
    }
    auto const variance = o.impulses * (o.signs ? 1.0 : 1.0 / 3) * integral * integral / 2;
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
    CHECK(laws::fingerprint_of(gabor(laws::lattice, 3u << 16, 16384, 0, 16, true, false, false), 40) ==
          "7ce23bfa41e7f83f3127e1ad6262d87029be948eb935d82460bad586170ed521");
    CHECK(laws::fingerprint_of(made(2.5, 30.0, false, 8), 40) == "2bd61f437a82ca0853876c69d662d56082f2cd3fd4c255d76e8713ea80bc5a9d");
    CHECK(laws::fingerprint_of(made(4.0, 0.0, true, 5, true), 40) == "063ffb01962d7909cb1af2db0cc6cc27a3becae74a02719ec3cd8f79d98024d5");
    CHECK(laws::fingerprint_of(made(0.7, -120.0, false, 3, true, true), 40) == "7bfa68a230d52940dc3c8157080b85edaec980da2f567d65e255c48fc99f1e03");
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

// Impulses with directions of their own: a ring, as high near one axis as near the other.
TEST_CASE("the spectrum of isotropic noise is a ring") {
    auto const          field = made(2.0, 0.0, true, 8);
    constexpr int       side  = 96;  // 8 to a cell, 12 cells
    std::vector<double> plane;
    for (std::uint32_t i = 0; i < side * side; ++i) {
        plane.push_back(field(i % side << 13, i / side << 13) * 0x1p-30);
    }
    // Mean power in twelve directions within 45 degrees of an axis.
    auto const around = [&](double frequency, double axis) {
        double sum = 0;
        for (int direction = 0; direction < 12; ++direction) {
            auto const           angle = axis + (direction - 5.5) / 12 * pi / 2;
            std::complex<double> at    = 0;
            for (int i = 0; i < side * side; ++i) {
                at += plane[static_cast<std::size_t>(i)] * std::polar(1.0, 2 * pi * frequency / 8 * (i % side * std::cos(angle) + i / side * std::sin(angle)));
            }
            sum += std::norm(at) / 12;
        }
        return sum;
    };
    for (double const other : {0.25, 1.0, 3.0, 3.5}) {
        INFO("frequency ", other);
        CHECK(around(2.0, 0) > 4 * around(other, 0));
        CHECK(around(2.0, pi / 2) > 4 * around(other, pi / 2));
    }
    CHECK(around(2.0, 0) < 2 * around(2.0, pi / 2));
    CHECK(around(2.0, pi / 2) < 2 * around(2.0, 0));
}

TEST_CASE("laws") {
    auto const isotropic = made(2.0, 0.0, true, 6);
    laws::check_range(isotropic, 50);
    laws::check_row(isotropic, 150);
    laws::check_periodic(isotropic);
    laws::check_row(made(2.0, 20.0, false, 3, true), 100);
    for (auto const level : all_levels()) {
        detail::simd::forced_level const force(level);
        laws::check_fill(made(2.0, 20.0, false, 2));
    }
    laws::check_continuous(isotropic, 0.006, 52);
    CHECK(laws::anisotropy(isotropic, 0.1, 100) < 1.08);
    CHECK(isotropic.octave(3) == make_gabor(laws::lattice.octave(3), {2.0, 0.0, true, 6, false, false}));
    CHECK(gabor() == make_gabor(keyed_lattice(), {}));
    static_assert(gabor()(5, 5) == gabor()(5, 5));
}

// A Gaussian's product is round; what it is lowered by to end in 0 must not show.
TEST_CASE("the bell is exp(-3 t^2), and smooth at its end") {
    double worst = 0;
    for (std::uint32_t t = 0; t <= 0x10000; t += 14) {
        auto const v = detail::gabor_bell(t) * 0x1p-15;
        REQUIRE(detail::gabor_bell(0u - t) == detail::gabor_bell(t));
        REQUIRE(std::abs(v - bell(t * 0x1p-16)) < 0x1p-11);
        worst = t < 0xd99au ? std::max(worst, std::abs(v - std::exp(-3 * std::pow(t * 0x1p-16, 2)))) : worst;
    }
    CHECK(worst < 0.02);
    CHECK(detail::gabor_bell(0xffffu) == 0);
    CHECK(detail::gabor_bell(0x12345678u) == 0);
    CHECK(detail::gabor_bell(0x80000000u) == 0);
}

TEST_CASE("the wave is a cosine") {
    double worst = 0;
    for (std::uint32_t turn = 0; turn < 0x10000u; ++turn) {
        worst = std::max(worst, std::abs(detail::gabor_wave(turn << 16) * 0x1p-15 - std::cos(2 * pi * (turn + 0.5) / 65536)));
    }
    CHECK(worst < 9 * 0x1p-15);
}

// Tiles end at 64 pixels and at four cells, strips at eight rows, vectors anywhere; a cell may hold up to 64 impulses, more than a machine word has bits for.
TEST_CASE("the grid is the points, of every kind of field, over tiles and the end of the lattice") {
    for (auto const& f :
         {made(3.0, 0.0, true, 16), made(64.0, 200.0, false, 64, false, true), made(1.3, 10.0, false, 3, true, true), made(0.0, 0.0, true, 1)}) {
        struct pattern {
            std::size_t   width, height;
            std::uint32_t from, step;
        };
        for (auto const& p :
             {pattern{83, 9, 0xfffd1234u, 0x0b00u}, pattern{5, 70, 0x80000000u, 0x1234u}, pattern{19, 18, 0xfff00000u, 0x23456u}, pattern{33, 1, 77, 0}}) {
            std::vector<lattice_coordinate> xs, ys;
            for (std::size_t i = 0; i < p.width; ++i) {
                xs.push_back(p.from + static_cast<std::uint32_t>(i) * p.step);
            }
            for (std::size_t i = 0; i < p.height; ++i) {
                ys.push_back(3 * p.from - static_cast<std::uint32_t>(i) * p.step);
            }
            std::vector<noise_sample> points;
            for (auto const y : ys) {
                for (auto const x : xs) {
                    points.push_back(f(x, y));
                }
            }
            auto const [least, greatest] = std::minmax_element(points.begin(), points.end());
            for (auto const level : all_levels()) {
                detail::simd::forced_level const force(level);
                std::vector<noise_sample>        wide((p.width + 3) * p.height, 77), grid;
                auto const range = f.grid({xs.data(), p.width, ys.data(), p.height, wide.data(), static_cast<std::ptrdiff_t>(p.width + 3)});
                for (std::size_t i = 0; i < wide.size(); ++i) {
                    if (i % (p.width + 3) < p.width) {
                        grid.push_back(wide[i]);
                    } else {
                        REQUIRE(wide[i] == 77);
                    }
                }
                REQUIRE(grid == points);
                CHECK(range == noise_range{*least, *greatest});
            }
        }
    }
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
