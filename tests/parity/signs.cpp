#include <hallmark/parity/signs.hpp>

#include <doctest/doctest.h>
#include <support/simd_levels.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>

using namespace hallmark;
namespace simd = hallmark::detail::simd;

// Every period and octave that is drawn, some frequencies; sizes that are and are not whole vectors, and such as need the sine everywhere (a
// few pixels, one column). That a frequency beyond 64 takes the sine is seen at 1000.
TEST_CASE("the signs are those of the map") {
    struct shape {
        std::size_t h, w;
    };
    for (shape const s : {shape{32, 32}, shape{19, 61}, shape{4, 5}, shape{40, 1}}) {
        for (std::uint32_t period = 30; period < 60; ++period) {
            for (std::uint32_t octaves = 1; octaves < 5; ++octaves) {
                auto const         frequency = period == 33 ? 1000u : 20 + (7 * period + 3 * octaves) % 40;
                parity_field const f         = {static_cast<float>(period), octaves, frequency};
                auto const         expected  = [&] {
                    simd::forced_level const force(simd::level::scalar);
                    return detail::signs_of_map(f, s.h, s.w);
                }();
                for (auto const level : vector_levels()) {
                    simd::forced_level const force(level);
                    CAPTURE(s.w);
                    CAPTURE(period);
                    CAPTURE(octaves);
                    REQUIRE(detail::parity_signs(f, s.h, s.w) == expected);
                }
            }
        }
    }
}

TEST_CASE("the signs of a large map") {
    for (parity_field const f : {parity_field{30, 4, 59}, parity_field{59, 1, 20}, parity_field{41, 3, 33}}) {
        auto const expected = detail::signs_of_map(f, 224, 200);
        for (auto const level : all_levels()) {
            simd::forced_level const force(level);
            CHECK(detail::parity_signs(f, 224, 200) == expected);
        }
    }
}

// The least distance that is told from the furthest pixels: nearer than 0.4 all pixels take the sine.
TEST_CASE("limits of the half waves") {
    detail::half_waves w;
    w.farthest[0] = std::bit_cast<std::int32_t>(0.5f);
    w.farthest[1] = std::bit_cast<std::int32_t>(0.39f);
    CHECK(!w.set_limits());
    w.farthest[1] = std::bit_cast<std::int32_t>(0.4f);
    CHECK(w.set_limits());
    CHECK(std::bit_cast<float>(w.middle) == doctest::Approx(0.01252).epsilon(1e-4));
    CHECK(std::bit_cast<float>(w.top[0]) == doctest::Approx(0.49975));
    CHECK(std::bit_cast<float>(w.top[1]) == doctest::Approx(0.39975));
}
