#include <hallmark/aggregate/extreme_mean.hpp>

#include <doctest/doctest.h>
#include <aggregate/laws.hpp>

#include <limits>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

TEST_CASE("pinned") {
    auto const xs = values{8, -1, 16, 2, 4};
    CHECK(laws::value(lowest_k_mean(1), xs) == -1);
    CHECK(laws::value(lowest_k_mean(2), xs) == 0.5);
    CHECK(laws::value(lowest_k_mean(5), xs) == 5.8);
    CHECK(laws::value(highest_k_mean(1), xs) == 16);
    CHECK(laws::value(highest_k_mean(2), xs) == 12);
    CHECK(laws::value(highest_k_mean(5), xs) == 5.8);
    CHECK(lowest_k_mean().k() == 1);
    CHECK(highest_k_mean().k() == 1);
}

TEST_CASE("larger means member: both go with their scores, and only with their end") {
    auto const xs = values{1, 2, 3, 4}, ys = values{1, 2.5, 3, 4}, zs = values{1, 2, 3.5, 4};
    CHECK(laws::value(lowest_k_mean(2), ys) > laws::value(lowest_k_mean(2), xs));
    CHECK(laws::value(lowest_k_mean(2), zs) == laws::value(lowest_k_mean(2), xs));
    CHECK(laws::value(highest_k_mean(2), zs) > laws::value(highest_k_mean(2), xs));
    CHECK(laws::value(highest_k_mean(2), ys) == laws::value(highest_k_mean(2), xs));
}

TEST_CASE("any order and any split") {
    for (std::size_t const k : {1u, 3u, 6u}) {
        laws::order_and_split(lowest_k_mean(k));
        laws::order_and_split(highest_k_mean(k));
    }
}

TEST_CASE("what a caller can get wrong") {
    laws::refusals(lowest_k_mean(2), "hallmark::lowest_k_mean: the set is empty, so it has no mean", "hallmark::lowest_k_mean: the score pushed");
    laws::refusals(highest_k_mean(2), "hallmark::highest_k_mean: the set is empty, so it has no mean", "hallmark::highest_k_mean: the score pushed");
    CHECK_THROWS_WITH_AS(lowest_k_mean(0), "hallmark::lowest_k_mean: k is 0; allowed is 1 or more", error);
    CHECK_THROWS_WITH_AS(highest_k_mean(0), "hallmark::highest_k_mean: k is 0; allowed is 1 or more", error);
    CHECK_THROWS_WITH_AS(laws::value(lowest_k_mean(3), {1, 2}), "hallmark::lowest_k_mean: k is 3 and the set has 2 scores; allowed is as many or fewer", error);
    auto l = lowest_k_mean(3);
    CHECK_THROWS_WITH_AS(l.merge(lowest_k_mean(4)), "hallmark::lowest_k_mean: k is 3 here and 4 there; only equal ones merge", error);
    auto h = highest_k_mean(3);
    CHECK_THROWS_WITH_AS(h.merge(highest_k_mean(4)), "hallmark::highest_k_mean: k is 3 here and 4 there; only equal ones merge", error);
    auto const most = std::numeric_limits<double>::max();
    CHECK_THROWS_WITH_AS(laws::value(highest_k_mean(2), {most, 0, most}), "hallmark::highest_k_mean: the sum of 2 scores is too large for a double", error);
}
