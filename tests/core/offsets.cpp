#include <hallmark/core/offsets.hpp>

#include <doctest/doctest.h>

#include <cstddef>
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
