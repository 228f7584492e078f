#include <hallmark/random/md5_lanes.hpp>

#include <doctest/doctest.h>
#include <support/simd_levels.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

using namespace hallmark;
namespace simd = hallmark::detail::simd;

// Two blocks of another message in each lane, against the blocks one by one.
TEST_CASE("each lane has the state of its own message") {
    for (auto const level : vector_levels()) {
        simd::forced_level const force(level);
        std::size_t              wrong = 0, streams = 0;
        simd::run([&](auto set) HALLMARK_INLINE_LAMBDA {
            using lanes_t = detail::md5_lanes<decltype(set)>;
            using u32     = typename lanes_t::u32;
            streams       = lanes_t::streams;
            std::vector<std::uint32_t> words(2 * 16 * streams);
            std::uint32_t              v = 1;
            for (auto& w : words) {
                w = v = v * 1664525u + 1013904223u;
            }
            lanes_t hash;
            u32     block[16][lanes_t::vectors];
            for (std::size_t b = 0; b < 2; ++b) {
                std::memcpy(&block, words.data() + b * 16 * streams, sizeof block);
                hash.block(block);
            }
            std::vector<std::uint32_t> made(4 * streams);
            std::memcpy(made.data(), &hash.state, sizeof hash.state);
            for (std::size_t s = 0; s < streams; ++s) {
                std::uint32_t state[4] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
                for (std::size_t b = 0; b < 2; ++b) {
                    std::uint8_t bytes[64];
                    for (std::size_t i = 0; i < 64; ++i) {
                        bytes[i] = static_cast<std::uint8_t>(words[(b * 16 + i / 4) * streams + s] >> (8 * (i % 4)));
                    }
                    detail::md5_block(state, bytes);
                }
                for (std::size_t i = 0; i < 4; ++i) {
                    wrong += made[i * streams + s] != state[i] ? 1u : 0u;
                }
            }
        });
        CHECK(wrong == 0);
        CHECK(streams >= 8);
    }
}
