#include <hallmark/noise/perlin.hpp>
#include <hallmark/noise/plain_grid.hpp>
#include <hallmark/noise/uniform.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <vector>

using namespace hallmark;

// What every faster way is compared with: one field with rows, one without; the gaps of a wider picture stay as they were.
TEST_CASE("samples, gaps and range") {
    auto const check = [](auto const& field) {
        std::vector<lattice_coordinate> const xs = {5, 70'000, 70'001, 0xffffffffu}, ys = {9, 0x30000, 0x41234};
        std::vector<noise_sample>             out(5 * 3, 77);
        auto const                            range = detail::plain_grid(field, {xs.data(), 4, ys.data(), 3, out.data(), 5});
        auto                                  least = noise_one, greatest = -noise_one;
        for (std::size_t i = 0; i < out.size(); ++i) {
            if (i % 5 == 4) {
                CHECK(out[i] == 77);
                continue;
            }
            CHECK(out[i] == field(xs[i % 5], ys[i / 5]));
            least    = out[i] < least ? out[i] : least;
            greatest = out[i] > greatest ? out[i] : greatest;
        }
        CHECK(range == noise_range{least, greatest});
    };
    check(perlin(keyed_lattice(1, 2)));
    check(uniform_noise(keyed_lattice(1, 2)));
}
