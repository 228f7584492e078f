#include <hallmark/core/offsets.hpp>
#include <hallmark/core/simd.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <limits>
#include <vector>

using namespace hallmark;

namespace {
void check(std::vector<std::size_t> const& offsets, std::size_t elements) { detail::require_offsets(offsets, elements, "hallmark::f", "set", "scores"); }
}  // namespace

TEST_CASE("offsets of ragged rows") {
    CHECK_NOTHROW(check({0, 3}, 3));
    CHECK_NOTHROW(check({0, 1, 3, 7}, 7));
}

// Any of these read behind the end, or score a set by the samples of another.
TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(check({}, 0), "hallmark::f: there are 0 offsets; allowed is one more than rows, 2 or more", error);
    CHECK_THROWS_WITH_AS(check({0}, 0), "hallmark::f: there are 1 offsets; allowed is one more than rows, 2 or more", error);
    CHECK_THROWS_WITH_AS(check({1, 3}, 3), "hallmark::f: the first offset is 1; allowed is 0", error);
    CHECK_THROWS_WITH_AS(check({0, 3, 2, 4}, 4), "hallmark::f: offset 2 is 2, after 3; allowed is the same or more", error);
    CHECK_THROWS_WITH_AS(check({0, 2, 2, 4}, 4), "hallmark::f: set 1 is empty; allowed is 1 or more scores", error);
    CHECK_THROWS_WITH_AS(check({0, 2, 4}, 5), "hallmark::f: the last offset is 4 and there are 5 scores; both must be the same", error);
    CHECK_THROWS_WITH_AS(check({0, 2, 4}, 3), "hallmark::f: the last offset is 4 and there are 3 scores; both must be the same", error);
}

// All steps are looked at together, some at a time: each place must count, and steps so large that a difference wraps around.
TEST_CASE("a wrong step is found wherever it is") {
    constexpr auto huge = std::numeric_limits<std::size_t>::max() / 2;
    for (std::size_t const size : {2u, 3u, 9u, 17u, 40u}) {
        for (std::size_t at = 1; at < size; ++at) {
            std::vector<std::size_t> good(size);
            for (std::size_t g = 0; g < size; ++g) {
                good[g] = 3 * g;
            }
            for (auto const level : {detail::simd::level::scalar, detail::simd::level::baseline, detail::simd::level::avx2, detail::simd::level::avx512}) {
                detail::simd::forced_level const forced(level);
                CHECK_NOTHROW(check(good, good.back()));
                auto empty = good;
                for (auto g = at; g < size; ++g) {
                    empty[g] -= 3;
                }
                auto const at_empty = detail::sentence("hallmark::f: set ", at - 1, " is empty; allowed is 1 or more scores");
                CHECK_THROWS_WITH_AS(check(empty, empty.back()), at_empty.c_str(), error);
                if (at + 1 == size) {
                    continue;
                }
                for (auto const step : {good[at + 1] + 1, huge, huge + 1, huge + 5, 2 * huge + 1}) {
                    auto down = good;
                    down[at]  = step;
                    auto const at_down =
                        detail::sentence("hallmark::f: offset ", at + 1, " is ", good[at + 1], ", after ", step, "; allowed is the same or more");
                    CHECK_THROWS_WITH_AS(check(down, down.back()), at_down.c_str(), error);
                }
            }
        }
    }
    CHECK_NOTHROW(check({0, huge + 5}, huge + 5));
    for (std::size_t const before : {0u, 5u, 20u}) {  // three steps that each seem to go up, and come around
        std::vector<std::size_t> around(before + 1);
        for (std::size_t g = 0; g <= before; ++g) {
            around[g] = g;
        }
        around.insert(around.end(), {huge + 1, 2 * huge + 1, 5});
        auto const text = detail::sentence("hallmark::f: offset ", before + 3, " is 5, after ", 2 * huge + 1, "; allowed is the same or more");
        CHECK_THROWS_WITH_AS(check(around, 5), text.c_str(), error);
    }
}
