#include <hallmark/stats/chacha_lanes.hpp>

#include <doctest/doctest.h>

using namespace hallmark;
using namespace hallmark::detail;

// Another word in one lane would be another draw, and another p-value on a machine that makes them one by one.
TEST_CASE("each lane has the words of its own stream") {
    chacha_key keys[chacha_lanes];
    for (std::uint32_t l = 0; l < chacha_lanes; ++l) {
        keys[l] = {{l, 2 * l, 3, 4, 5, 6, 7, 0x80000000u + l}};
    }
    auto lanes = stream_lanes(40);  // three blocks; the words beyond come from the stream itself
    lanes.make(keys);
    for (std::size_t l = 0; l < chacha_lanes; ++l) {
        auto one = stream(keys[l]);
        auto two = lanes.lane(l);
        auto bad = 0;
        for (int i = 0; i < 100; ++i) {
            bad += one.bits() != two.bits() ? 1 : 0;
        }
        CHECK(bad == 0);
    }
}

TEST_CASE("a fast stream is a stream") {
    auto const key = chacha_key{{1, 2, 3, 4, 5, 6, 7, 8}};
    auto       one = stream(key);
    auto       two = fast_stream(key);
    auto       bad = 0;
    for (int i = 0; i < 1000; ++i) {
        bad += one.bits() != two.bits() ? 1 : 0;
    }
    CHECK(bad == 0);
}
