#include <hallmark/noise/pnoise2.hpp>
#include <hallmark/random/sha256.hpp>

#include <doctest/doctest.h>
#include <support/golden.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

using namespace hallmark;

namespace {
struct grid {
    char const* file;
    double      period;
    int         octaves;
    std::size_t height, width;
};
// The division in double, each argument rounded to float: as the published program calls it. Rows are x.
auto at(grid const& g, std::size_t i) -> float {
    return pnoise2(static_cast<float>(static_cast<double>(i / g.width) / g.period), static_cast<float>(static_cast<double>(i % g.width) / g.period),
                   {.octaves = g.octaves});
}
}  // namespace

// The golden grids are not in the project; this digest is of the same numbers, so that a changed operation is seen without them.
TEST_CASE("a grid, pinned") {
    grid const    g{nullptr, 37.0, 4, 48, 80};
    sha256_stream hash;
    for (std::size_t i = 0; i < g.height * g.width; ++i) {
        auto const         bits    = std::bit_cast<std::uint32_t>(at(g, i));
        std::uint8_t const bytes[] = {static_cast<std::uint8_t>(bits), static_cast<std::uint8_t>(bits >> 8), static_cast<std::uint8_t>(bits >> 16),
                                      static_cast<std::uint8_t>(bits >> 24)};
        hash.update(bytes);
    }
    CHECK(to_hex(hash.finish()) == "01a37d96952fc9122986fe0224ba58a0bbf758040529d58d3e81c622b16bb58d");
    CHECK(pnoise2(3.0f, 7.0f) == 0.0f);  // a lattice point
}

TEST_CASE("bit for bit the grids of the published program") {
    HALLMARK_NEEDS_GOLDEN();
    for (grid const& g : {grid{"grid_p1.5_o6_32x32", 1.5, 6, 32, 32}, grid{"grid_p30_o1_64x64", 30, 1, 64, 64}, grid{"grid_p37_o2_64x64", 37, 2, 64, 64},
                          grid{"grid_p45_o3_64x64", 45, 3, 64, 64}, grid{"grid_p59_o4_64x64", 59, 4, 64, 64}, grid{"grid_p7_o4_48x80", 7, 4, 48, 80}}) {
        auto const  expected = golden::values<float>(std::string("pnoise/") + g.file + ".npy");
        std::size_t wrong    = 0;
        for (std::size_t i = 0; i < expected.size(); ++i) {
            wrong += at(g, i) != expected[i] ? 1u : 0u;
        }
        CAPTURE(g.file);
        CHECK(expected.size() == g.height * g.width);
        CHECK(wrong == 0);
    }
}

// Negative places, places beyond the repeat, other gains and lacunarities.
TEST_CASE("bit for bit at scattered points") {
    HALLMARK_NEEDS_GOLDEN();
    auto const xy = golden::values<float>("pnoise/points_xy.npy");
    struct line {
        char const*     file;
        pnoise2_options options;
    };
    for (line const& l : {line{"o1_pers0.5_lac2.0_rep1024", {1, 0.5f, 2.0f, 1024.0f}}, line{"o2_pers0.5_lac2.0_rep16", {2, 0.5f, 2.0f, 16.0f}},
                          line{"o3_pers0.7_lac2.5_rep1024", {3, 0.7f, 2.5f, 1024.0f}}, line{"o4_pers0.5_lac2.0_rep1024", {4, 0.5f, 2.0f, 1024.0f}}}) {
        auto const  expected = golden::values<float>(std::string("pnoise/points_") + l.file + ".npy");
        std::size_t wrong    = 0;
        for (std::size_t i = 0; i < expected.size(); ++i) {
            wrong += pnoise2(xy[2 * i], xy[2 * i + 1], l.options) != expected[i] ? 1u : 0u;
        }
        CAPTURE(l.file);
        CHECK(wrong == 0);
    }
}
