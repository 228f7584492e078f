#include <hallmark/noise/perlin.hpp>
#include <hallmark/noise/perlin_grid.hpp>

#include <doctest/doctest.h>
#include <support/simd_levels.hpp>

#include <cstddef>
#include <vector>

using namespace hallmark;

// fill() asks for rising places that begin at 0; a grid may have any: backwards, repeated, and across the end of the lattice.
TEST_CASE("at every level, places in any order") {
    constexpr auto                  lattice = keyed_lattice(0x12345678, 0x9abcdef0);
    std::vector<lattice_coordinate> xs, ys;
    for (std::uint32_t i = 0; i < 270; ++i) {
        xs.push_back(0u - i * 0x01234567u);
        ys.push_back(i < 100 ? i / 3 * 0x5000u : 0xfffe0000u + i * 0x400u);
    }
    for (auto const level : vector_levels()) {
        detail::simd::forced_level const force(level);
        std::vector<noise_sample>        out(xs.size() * ys.size());
        (void)perlin(lattice).grid({xs.data(), xs.size(), ys.data(), ys.size(), out.data(), static_cast<std::ptrdiff_t>(xs.size())});
        for (std::size_t i = 0; i < out.size(); ++i) {
            REQUIRE(out[i] == perlin(lattice)(xs[i % xs.size()], ys[i / xs.size()]));
        }
    }
}
