#include <hallmark/noise/volume_lattice.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

using namespace hallmark;

namespace {
constexpr auto lattice = keyed_lattice(0x12345678, 0x9abcdef0);
}

// Slices that were shifts of one another would pass every test of a single slice.
TEST_CASE("neighbours in all three directions differ in half of their bits") {
    double flips[3] = {};
    for (std::uint32_t i = 0; i < 1000; ++i) {
        auto const x = i * 77u & 0xffffu, y = i * 991u & 0xffffu, z = i * 13u & 0xffffu;
        auto const h = detail::hash3(lattice, x, y, z);
        flips[0] += std::popcount(h ^ detail::hash3(lattice, (x + 1) & 0xffffu, y, z));
        flips[1] += std::popcount(h ^ detail::hash3(lattice, x, (y + 1) & 0xffffu, z));
        flips[2] += std::popcount(h ^ detail::hash3(lattice, x, y, z + 1));
    }
    for (auto const f : flips) {
        CHECK(std::abs(f / 1000 - 16) < 0.6);  // six standard deviations
    }
}

TEST_CASE("no two points of a block share a hash more often than chance has it") {
    std::vector<std::uint32_t> seen;
    for (std::uint32_t i = 0; i < 1u << 16; ++i) {
        seen.push_back(detail::hash3(lattice, i & 31u, i >> 5 & 31u, i >> 10));
    }
    std::sort(seen.begin(), seen.end());
    auto const distinct = std::unique(seen.begin(), seen.end()) - seen.begin();
    CHECK(distinct >= (1 << 16) - 5);  // half a pair is expected
}
