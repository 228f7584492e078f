#include <hallmark/random/numpy_lanes.hpp>

#include <doctest/doctest.h>
#include <support/simd_levels.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

using namespace hallmark;
namespace simd = hallmark::detail::simd;

// 700 draws: those made from the first states, those after the 227th, and those after a refill.
TEST_CASE("each lane draws what numpy_stream draws from its seed") {
    for (auto const level : vector_levels()) {
        simd::forced_level const force(level);
        std::size_t              wrong = 0, streams = 0;
        simd::run([&](auto set) HALLMARK_INLINE_LAMBDA {
            using u32 = typename decltype(set)::u32;
            u32 seeds[4][2];
            streams = sizeof seeds / 16;
            std::vector<std::uint32_t> words(4 * streams), states(624 * streams);
            for (std::size_t i = 0; i < words.size(); ++i) {
                words[i] = static_cast<std::uint32_t>(i * i * 2654435761u);
            }
            std::memcpy(&seeds, words.data(), sizeof seeds);
            detail::seed_twisters<decltype(set)>(seeds, states.data());
            for (std::size_t s = 0; s < streams; ++s) {
                std::array<std::uint32_t, 4> const seed = {words[s], words[streams + s], words[2 * streams + s], words[3 * streams + s]};
                detail::numpy_lane                 lane(states.data() + s, streams, seed);
                numpy_stream                       one(seed);
                for (int i = 0; i < 700; ++i) {
                    wrong += lane.bits() != one.bits() ? 1u : 0u;
                }
                wrong += lane.seed() != seed ? 1u : 0u;
            }
        });
        CHECK(wrong == 0);
        CHECK(streams >= 8);
    }
}
