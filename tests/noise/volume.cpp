#include <hallmark/noise/volume.hpp>

#include <hallmark/noise/domain_warp.hpp>
#include <hallmark/noise/fractal_sum.hpp>
#include <hallmark/noise/rotate.hpp>
#include <hallmark/noise/scale.hpp>
#include <hallmark/noise/simplex.hpp>
#include <hallmark/noise/simplex_3d.hpp>
#include <hallmark/noise/threshold.hpp>
#include <hallmark/noise/value_3d.hpp>

#include "volume_laws.hpp"

using namespace hallmark;

namespace toy {
// Shows which coordinates it was asked for, and has no row.
struct coordinates_field {
    auto operator()(lattice_coordinate x, lattice_coordinate y, lattice_coordinate z) const noexcept -> noise_sample {
        return static_cast<noise_sample>(x + 3 * y + 7 * z);
    }
    friend auto operator==(coordinates_field const&, coordinates_field const&) -> bool = default;
};
}  // namespace toy

using toy::coordinates_field;

static_assert(volume_field<coordinates_field> && !row_volume_field<coordinates_field> && !noise_field<coordinates_field>);
static_assert(noise_field<slice_field<coordinates_field>> && !row_noise_field<slice_field<coordinates_field>>);

TEST_CASE("element (d, h, w) is at (w, h, d) / period, rows or not") {
    std::vector<noise_sample> memory(2 * 3 * 400);
    fill_volume(coordinates_field{}, 7, nchw(memory.data(), 1, 2, 3, 400));
    for (std::uint32_t i = 0; i < 2400; ++i) {
        auto const at = [](std::uint32_t p) { return (p << 16) / 7; };
        REQUIRE(static_cast<std::uint32_t>(memory[i]) == at(i % 400) + 3 * at(i / 400 % 3) + 7 * at(i / 1200));
    }
}

TEST_CASE("fractal sums fill blocks; their slices are fields of the plane") {
    auto const                field = fbm(value_3d(laws::lattice), {3, 2.0, 0.5});
    std::vector<noise_sample> block(4 * 9 * 11), plane(9 * 11);
    fill_volume(field, 5, nchw(block.data(), 1, 4, 9, 11));
    fill(slice_field<fractal_sum<value_3d, plain_fold>>(field, (3u << 16) / 5), 5, nchw(plane.data(), 1, 1, 9, 11));
    CHECK(std::vector<noise_sample>(block.begin() + 3 * 99, block.end()) == plane);
    auto const one = slice_field<value_3d>(value_3d(laws::lattice), 77);
    CHECK(one.octave(2) == slice_field<value_3d>(value_3d(laws::lattice.octave(2)), 77));
    CHECK(ridged(one, {2, 2.0, 0.5})(77, 77) != 0);
}

// Combinators of the plane must not take fields in space for fields of the plane, nor mix the two.
TEST_CASE("a block of everything at once: what combinators make of fields in space are fields in space") {
    static_assert(detail::plane_or_space<simplex> && detail::plane_or_space<simplex_3d> && detail::plane_or_space<simplex_3d, value_3d>);
    static_assert(!detail::plane_or_space<simplex, simplex_3d> && !detail::plane_or_space<int>);
    static_assert(detail::lanes_field<slice_field<simplex_3d>> && !detail::lanes_field<slice_field<value_3d>>);
    auto const warped = domain_warp(rotate(fbm(simplex_3d(laws::lattice), {3, 2.0, 0.5}), 20.0), value_3d(laws::lattice.octave(20)), 0.5);
    auto const field  = threshold(scale(warped, 1.7), 0.05);
    laws::check_planes(field);
    std::vector<noise_sample> block(4 * 9 * 11), plane(9 * 11);
    fill_volume(field, 5, nchw(block.data(), 1, 4, 9, 11));
    fill(slice_field(field, (3u << 16) / 5), 5, nchw(plane.data(), 1, 1, 9, 11));
    CHECK(std::vector<noise_sample>(block.begin() + 3 * 99, block.end()) == plane);
}

TEST_CASE("what a caller can get wrong") {
    std::vector<noise_sample> memory(8, 1);
    CHECK_THROWS_WITH_AS(fill_volume(coordinates_field{}, 0, nchw(memory.data(), 1, 2, 2, 2)),
                         "hallmark::fill_volume: the period is 0 pixels; allowed is 1 to 1000000", error);
    CHECK_THROWS_WITH_AS(fill_volume(coordinates_field{}, 1000001, nchw(memory.data(), 1, 2, 2, 2)),
                         "hallmark::fill_volume: the period is 1000001 pixels; allowed is 1 to 1000000", error);
    CHECK_THROWS_WITH_AS(fill_volume(coordinates_field{}, 5, nchw(memory.data(), 2, 1, 2, 2)), "hallmark::fill_volume: the block has 2 samples; allowed is one",
                         error);
    CHECK(memory == std::vector<noise_sample>(8, 1));
    fill_volume(coordinates_field{}, 5, nchw(static_cast<noise_sample*>(nullptr), 1, 0, 2, 2));
}
