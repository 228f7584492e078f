#include <hallmark/aggregate/log_ratio_sum.hpp>

#include <doctest/doctest.h>
#include <aggregate/laws.hpp>

#include <limits>
#include <vector>

using namespace hallmark;

TEST_CASE("pinned") {
    CHECK(laws::value(log_ratio_sum(), {0.5, -2, 4}) == 2.5);
    CHECK(laws::value(log_ratio_sum(), {-3}) == -3);
    CHECK(laws::value(log_ratio_sum(), {1e16, 1, -1e16}) == 1);
    CHECK(laws::value(log_ratio_sum(), std::vector<double>(10, 0.1)) == 1.0);  // ten tenths as doubles, exactly, round to 1
}

TEST_CASE("larger means member: more evidence for it is larger") {
    CHECK(laws::value(log_ratio_sum(), {1, 2}) > laws::value(log_ratio_sum(), {1, 1.5}));
    CHECK(laws::value(log_ratio_sum(), {1, 2}) > laws::value(log_ratio_sum(), {1}));
    CHECK(laws::value(log_ratio_sum(), {-1, -2}) < 0);
}

TEST_CASE("any order and any split") { laws::order_and_split(log_ratio_sum()); }

TEST_CASE("what a caller can get wrong") {
    laws::refusals(log_ratio_sum(), "hallmark::log_ratio_sum: the set is empty, so it is no evidence", "hallmark::exact_sum: the number pushed");
    auto const most = std::numeric_limits<double>::max();
    CHECK_THROWS_WITH_AS(laws::value(log_ratio_sum(), {most, most}), "hallmark::log_ratio_sum: the sum of the 2 scores is too large for a double", error);
}
