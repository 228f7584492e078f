#include <hallmark/noise/simplex.hpp>

#include "field_laws.hpp"

using namespace hallmark;

namespace {
constexpr auto field = simplex(laws::lattice);

// Gustavson's construction in double, from the same hashes, for coordinates of some hundred cells.
auto reference(lattice_coordinate x, lattice_coordinate y) -> double {
    double const f = 23988.0 / 65536, g = f / (1 + 2 * f), pi = 3.14159265358979323846;
    double const px = x * 0x1p-16, py = y * 0x1p-16, s = (px + py) * f;
    auto const   i = std::floor(px + s), j = std::floor(py + s);
    auto const   x0 = px - i + (i + j) * g, y0 = py - j + (i + j) * g;
    bool const   lower = x0 > y0;
    double       sum   = 0;
    for (int corner = 0; corner < 3; ++corner) {
        auto const di = corner == 0 ? 0 : (corner == 2 || lower ? 1 : 0), dj = corner == 0 ? 0 : (corner == 2 || !lower ? 1 : 0);
        auto const dx = x0 - di + (di + dj) * g, dy = y0 - dj + (di + dj) * g, t = 0.5 - dx * dx - dy * dy;
        auto const ci = static_cast<std::uint32_t>(i) + static_cast<std::uint32_t>(di), cj = static_cast<std::uint32_t>(j) + static_cast<std::uint32_t>(dj);
        auto const h     = laws::lattice((ci - cj) & 0xffffu, ((ci + cj) % 113512u) >> 1);
        auto const major = h >> 31 ? dx : dy, minor = h >> 31 ? dy : dx;
        auto const ramp = std::cos(pi / 8) * (h & 0x40000000u ? -major : major) + std::sin(pi / 8) * (h & 0x20000000u ? -minor : minor);
        sum += t > 0 ? t * t * t * t * ramp : 0;
    }
    return 99.2035 * sum;
}
}  // namespace

TEST_CASE("golden field") { CHECK(laws::fingerprint_of(field) == "19dec0742264692295da24aeef2705ebceaeadbcfbabc0c5a3727e1040dbb940"); }

TEST_CASE("the formula, to 2^-8") {
    double worst = 0;
    for (std::uint32_t i = 0; i < 300; ++i) {
        for (std::uint32_t j = 0; j < 300; ++j) {
            auto const x = j * 54321u, y = i * 34567u;
            worst = std::max(worst, std::abs(field(x, y) * 0x1p-30 - reference(x, y)));
        }
    }
    CHECK(worst < 0x1p-8);
}

TEST_CASE("laws") {
    laws::check_range(field);
    laws::check_row(field);
    laws::check_fill(field);
    laws::check_periodic(field);
    laws::check_continuous(field, 0.002);
    auto const m = laws::moments_of(field);
    CHECK(std::abs(m.mean) < 0.01);
    CHECK(m.deviation > 0.25);
    CHECK(laws::anisotropy(field) < 1.08);
}

// The triangles are an affine image of squares; a wrong hash of a corner beyond the edge tears the field there. Walks the edges, all corners of
// cells along them included, and compares with the field one period on, which the type of a coordinate makes the same place.
TEST_CASE("it repeats after 65,536 cells without a seam") {
    for (std::uint32_t cell = 0; cell < 65536; cell += 61) {
        for (auto const fraction : {0u, 0x4000u, 0xc000u}) {
            auto const along = cell << 16 | fraction;
            REQUIRE(std::abs(field(along, 0xffffffffu) - field(along, 0)) < noise_one / 500);
            REQUIRE(std::abs(field(0xffffffffu, along) - field(0, along)) < noise_one / 500);
        }
    }
}

TEST_CASE("it repeats after half of that to the right and down") {
    for (auto const y : laws::positions(40)) {
        for (auto const x : laws::positions(40)) {
            REQUIRE(std::abs(field(x + 0x80000000u, y + 0x80000000u) - field(x, y)) < noise_one / 500);
        }
    }
}

TEST_CASE("the range is nearly reached") {
    noise_sample most = 0;
    for (std::uint32_t y = 0; y < 700; ++y) {
        for (std::uint32_t x = 0; x < 700; ++x) {
            most = std::max(most, std::abs(field(x * 9001u, y * 9001u)));
        }
    }
    CHECK(most > noise_one / 100 * 90);
}

TEST_CASE("an octave is simplex noise on the lattice's octave; the field can be computed while compiling") {
    CHECK(field.octave(3) == simplex(laws::lattice.octave(3)));
    static_assert(field(0, 0) == 0);
}

// Vectors of pixels that cover few cells share their hashes with the rows above; which ones do depends on the size of the cells and on the lanes.
TEST_CASE("at every level, cells of every size; also where x begins anew within a vector") {
    constexpr std::size_t height = 40, width = 61;
    for (std::uint32_t period = 1; period <= 24; ++period) {
        auto const across = static_cast<std::int32_t>(65536 * period);  // where x begins anew
        for (auto const o : {noise_origin{-7, 12}, noise_origin{across - 29, across - 13}}) {
            std::vector<noise_sample> points;
            for (std::int32_t h = 0; h < static_cast<std::int32_t>(height); ++h) {
                for (std::int32_t w = 0; w < static_cast<std::int32_t>(width); ++w) {
                    points.push_back(field(laws::place_of(o.x + w, period), laws::place_of(o.y + h, period)));
                }
            }
            for (auto const level : all_levels()) {
                detail::simd::forced_level const force(level);
                std::vector<noise_sample>        plane(points.size(), 77);
                fill(field, period, nchw(plane.data(), 1, 1, height, width), o);
                REQUIRE(plane == points);
            }
        }
    }
}
