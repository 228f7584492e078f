#include <hallmark/noise/domain_warp.hpp>
#include <hallmark/noise/fractal_sum.hpp>
#include <hallmark/noise/scale.hpp>
#include <hallmark/noise/simplex.hpp>
#include <hallmark/noise/simplex_3d.hpp>
#include <hallmark/noise/value.hpp>
#include <hallmark/noise/value_3d.hpp>

#include "volume_laws.hpp"

#include <limits>

using namespace hallmark;

namespace {
auto const base  = value_noise(laws::lattice);
auto const other = simplex(laws::lattice.octave(40));
}  // namespace

static_assert(noise_field<warped_field<value_noise, simplex>>);

TEST_CASE("the places are moved by two unrelated octaves") {
    auto const field = domain_warp(base, other, 1.5);
    for (auto const y : laws::positions(60)) {
        for (auto const x : laws::positions(60)) {
            auto const move = [](noise_sample n) { return static_cast<std::uint32_t>(static_cast<std::int32_t>(std::floor(n * 0x1p-30 * 1.5 * 65536))); };
            REQUIRE(field(x, y) == base(x + move(other.octave(16)(x, y)), y + move(other.octave(17)(x, y))));
        }
    }
    CHECK(domain_warp(base, other, 0.0)(77, 0xabcde) == base(77, 0xabcde));
    CHECK(warped_field<value_noise, simplex>()(77, 0xabcde) == value_noise()(77, 0xabcde));
}

TEST_CASE("laws, octaves, composition") {
    auto const field = domain_warp(fbm(base, {3, 2.0, 0.5}), other, 0.8);
    laws::check_range(field, 60);
    laws::check_fill(field);
    laws::check_continuous(field, 0.02, 52);
    CHECK(laws::fingerprint_of(field, 60) == "9f08c971aa565c7d1c9fa20dc93e1699aae4919f003be7ac5a5efebbb1d66ed8");
    auto const octave = domain_warp(base, other, 0.8).octave(3);
    CHECK(octave != domain_warp(base, other, 0.8));
    CHECK(octave != domain_warp(base.octave(3), other, 0.8));
    CHECK(laws::fingerprint_of(octave, 60) == "80942ac0190082915557f19074d8779cd84643977aa71d6f4856585f705af582");
    laws::check_range(ridged(domain_warp(base, other, 0.8), {2, 2.0, 0.5}), 30);
}

TEST_CASE("in space, the places are moved by three unrelated octaves") {
    auto const space = value_3d(laws::lattice);
    auto const by    = simplex_3d(laws::lattice.octave(40));
    auto const field = domain_warp(space, by, 1.5);
    for (auto const z : laws::positions(16)) {
        for (auto const y : laws::positions(16)) {
            for (auto const x : laws::positions(16)) {
                auto const move = [&](std::uint32_t o) {
                    return static_cast<std::uint32_t>(static_cast<std::int32_t>(std::floor(by.octave(o)(x, y, z) * 0x1p-30 * 1.5 * 65536)));
                };
                REQUIRE(field(x, y, z) == space(x + move(16), y + move(17), z + move(48)));
            }
        }
    }
    static_assert(volume_field<warped_field<value_3d, simplex_3d>> && !grid_volume_field<warped_field<value_3d, simplex_3d>>);
    static_assert(grid_volume_field<warped_field<simplex_3d, simplex_3d>> && !detail::plane_or_space<value_3d, simplex>);
    laws::check_volume(domain_warp(space, by, 0.8), 0.02, 0.0);
    laws::check_planes(field);
    laws::check_planes(domain_warp(simplex_3d(laws::lattice), by, 0.8));
    laws::check_planes(domain_warp(scale(fbm(simplex_3d(laws::lattice), {2, 2.0, 0.5}), 1.3), domain_warp(by, by, 0.4), 0.8));
    auto const octave = domain_warp(space, by, 0.8).octave(3);
    CHECK(octave != domain_warp(space.octave(3), by, 0.8));
    CHECK(octave(77, 0xabcde, 0x12345) != domain_warp(space, by, 0.8)(77, 0xabcde, 0x12345));
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(domain_warp(base, other, -0.5), "hallmark::domain_warp: amount is -0.5; allowed is 0 to 64", error);
    CHECK_THROWS_WITH_AS(domain_warp(base, other, 65.0), "hallmark::domain_warp: amount is 65; allowed is 0 to 64", error);
    CHECK_THROWS_WITH_AS(domain_warp(base, other, std::numeric_limits<double>::quiet_NaN()), "hallmark::domain_warp: amount is nan; allowed is 0 to 64", error);
}
