#include <hallmark/noise/cellular.hpp>
#include <hallmark/noise/grid.hpp>
#include <hallmark/noise/simplex.hpp>
#include <hallmark/noise/uniform.hpp>
#include <hallmark/noise/value.hpp>

#include <doctest/doctest.h>
#include <support/simd_levels.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

using namespace hallmark;

namespace {
constexpr auto lattice = keyed_lattice(0x12345678, 0x9abcdef0);

template <class Field>
void check(Field const& field) {
    static_assert(grid_noise_field<Field>);
    struct shape {
        std::size_t   height, width;
        std::uint32_t period;
    };
    for (auto const& s :
         {shape{1, 1, 1}, {1, 67, 3}, {67, 3, 41}, {3, 31, 7}, {5, 32, 65535}, {3, 40, 1'000'000}, {2, 33, 1}, {40, 200, 59}, {2, 200'000, 3}}) {
        std::vector<noise_sample> points(s.height * s.width);
        noise_range               range{noise_one, -noise_one};
        auto const                place = [&](std::size_t pixel) { return static_cast<lattice_coordinate>((std::uint64_t{pixel} << 16) / s.period); };
        for (std::size_t i = 0; i < points.size(); ++i) {
            points[i]      = field(place(i % s.width), place(i / s.width));
            range.least    = points[i] < range.least ? points[i] : range.least;
            range.greatest = points[i] > range.greatest ? points[i] : range.greatest;
        }
        for (auto const level : vector_levels()) {
            detail::simd::forced_level const force(level);
            std::vector<noise_sample>        plane(points.size(), 77);
            REQUIRE(detail::fill_and_range(field, s.period, nchw(plane.data(), 1, 1, s.height, s.width)) == range);
            REQUIRE(plane == points);
        }
    }
}
}  // namespace

// What vectors compute is written a second time, or with other tests for signs and borders; rows longer than the lattice wrap around.
TEST_CASE("at every level, a picture is its points, and its range is theirs") {
    check(uniform_noise(lattice));
    check(value_noise(lattice));
    check(simplex(lattice));
    check(cellular<cellular_value::f1, cellular_metric::euclidean>(lattice));
    check(cellular<cellular_value::f2, cellular_metric::chebyshev>(lattice));
    check(cellular<cellular_value::f2_minus_f1, cellular_metric::manhattan>(lattice));
    check(cellular<cellular_value::f2_minus_f1, cellular_metric::euclidean>(lattice));
}
