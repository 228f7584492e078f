#include <hallmark/random/stream.hpp>
#include <hallmark/stats/chacha_lanes.hpp>

#include <doctest/doctest.h>
#include <support/simd_levels.hpp>

#include <vector>

using namespace hallmark;
using namespace hallmark::detail;

// Another word in one lane would be another draw, and another p-value on a machine that makes them one by one.
TEST_CASE("each lane has the words of its own stream, at every instruction set") {
    for (auto const level : all_levels()) {
        simd::forced_level const forced(level);
        auto                     lanes = stream_lanes(chacha_key{{1, 2, 3, 4, 5, 6, 7, 0x80000000u}});
        for (std::uint64_t const first : {std::uint64_t{0}, std::uint64_t{0xfffffffa}, std::uint64_t{1} << 40}) {  // across a carry into the upper word
            lanes.open(2, first);
            for (std::uint64_t l = 0; l < chacha_lanes; ++l) {
                auto const number = first + l;
                auto       one = stream(chacha_key{{1, 2, static_cast<std::uint32_t>(number), static_cast<std::uint32_t>(number >> 32), 5, 6, 7, 0x80000000u}});
                auto       two = lanes.lane(l);
                auto       bad = 0;
                for (int i = 0; i < 100; ++i) {
                    bad += one.bits() != two.bits() ? 1 : 0;
                }
                CHECK(bad == 0);
            }
        }
    }
}

TEST_CASE("the pages of a stream are the stream, at every instruction set") {
    for (auto const level : all_levels()) {
        simd::forced_level const   forced(level);
        auto const                 key = chacha_key{{1, 2, 3, 4, 5, 6, 7, 8}};
        auto                       one = stream(key);
        auto                       two = stream_pages(key);
        std::vector<std::uint32_t> page(stream_pages::page);
        auto                       bad = 0;
        for (int i = 0; i < 4; ++i) {
            two.next(page.data());
            for (auto const word : page) {
                bad += one.bits() != word ? 1 : 0;
            }
        }
        CHECK(bad == 0);
    }
}
