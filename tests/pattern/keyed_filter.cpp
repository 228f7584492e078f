#include <hallmark/pattern/keyed_filter.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

using namespace hallmark;

namespace {
auto draws() -> stream { return stream(chacha_key{{1, 2, 3, 4, 5, 6, 7, 8}}); }
}  // namespace

TEST_CASE("as drawn: uniform entries, then one tap of 1") {
    for (std::uint32_t const size : {1u, 3u, 5u, 15u}) {
        for (auto const bound : {0.0, 0.3, 1.0}) {
            auto       s = draws(), again = draws();
            auto const most   = static_cast<std::uint32_t>(bound * 65536.0 + 0.5);
            auto       expect = std::vector<std::uint32_t>(size * size);
            for (auto& w : expect) {
                w = uniform_between(again, 0, most);
            }
            auto const tap = uniform_below(again, size * size);
            expect[tap]    = keyed_filter::one;
            auto const f   = keyed_filters{size, bound}.draw(s);
            CHECK(f.weights() == expect);
            CHECK(f.size() == size);
            CHECK(s.tell() == again.tell());
            CHECK(f.weight(tap / size, tap % size) == 65536);
        }
    }
    CHECK(keyed_filters{}.size == 3);
    CHECK(keyed_filters{}.bound == 0.3);
}

// These weights are a class's mark: if they change, classes marked before cannot be found.
TEST_CASE("golden draw") {
    auto s = draws();
    CHECK(keyed_filters{}.draw(s).weights() == std::vector<std::uint32_t>{10488, 12430, 6483, 19092, 1427, 9597, 12193, 13495, 65536});
}

TEST_CASE("as a picture it shows its weights, 1 as white") {
    auto const f = keyed_filter(3, {0, 1, 2, 3, 65536, 5, 6, 7, 8});
    for (std::size_t r = 0; r < 10; ++r) {
        for (std::size_t c = 0; c < 20; ++c) {
            CHECK(f(1, 3, r, 10, c, 20) == static_cast<level>(255 * f.weight(r * 3 / 10, c * 3 / 20)));
        }
    }
    CHECK(f(0, 1, 1, 3, 1, 3) == level_white);
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(keyed_filter(2, {1, 1, 1, 1}), "hallmark::keyed_filter: size is 2; allowed is an odd number from 1 to 15", error);
    CHECK_THROWS_WITH_AS(keyed_filter(17, {}), "hallmark::keyed_filter: size is 17; allowed is an odd number from 1 to 15", error);
    CHECK_THROWS_WITH_AS(keyed_filter(3, {1, 2}), "hallmark::keyed_filter: 2 weights were given for a size of 3", error);
    CHECK_THROWS_WITH_AS(keyed_filter(1, {65537}), "hallmark::keyed_filter: weight 0 is 65537; allowed is 0 to 65536 (1)", error);
    CHECK_THROWS_WITH_AS(keyed_filter(1, {0}), "hallmark::keyed_filter: all weights are 0; at least one must not be", error);
    auto       s   = draws();
    auto const nan = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH_AS((keyed_filters{4, 0.3}.draw(s)), "hallmark::keyed_filters: size is 4; allowed is an odd number from 1 to 15", error);
    CHECK_THROWS_WITH_AS((keyed_filters{3, 1.5}.draw(s)), "hallmark::keyed_filters: bound is 1.5; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS((keyed_filters{3, nan}.draw(s)), "hallmark::keyed_filters: bound is nan; allowed is 0 to 1", error);
    CHECK(s.tell() == 0);
}
