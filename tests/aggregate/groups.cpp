#include <hallmark/aggregate/extreme_mean.hpp>
#include <hallmark/aggregate/groups.hpp>
#include <hallmark/aggregate/log_ratio_sum.hpp>
#include <hallmark/aggregate/mean.hpp>
#include <hallmark/aggregate/quantile.hpp>
#include <hallmark/aggregate/trimmed.hpp>

#include <doctest/doctest.h>
#include <aggregate/laws.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

using namespace hallmark;
using values  = std::vector<double>;
using offsets = std::vector<std::size_t>;

namespace {
// Sets of every size from 1 on, with ties, both zeros, and scores too far apart for a sum in double.
auto ragged(std::size_t sets, values& scores) -> offsets {
    offsets out = {0};
    for (std::size_t g = 0; g < sets; ++g) {
        for (std::size_t i = 0; i < g % 71 + 1; ++i) {
            auto const x = std::sin(static_cast<double>(g * 977 + i * 131));
            scores.push_back(i % 7 == 3    ? 0.25
                             : i % 11 == 5 ? -0.0
                             : g % 5 == 1  ? x * 1e15
                             : g % 5 == 2  ? (i % 2 == 0 ? x * 1e100 : x * 1e-100)
                             : g % 5 == 3  ? std::floor(x * 4)
                                           : x);
        }
        out.push_back(scores.size());
    }
    return out;
}
template <class A>
void agrees(A const& empty, values const& scores, offsets const& o) {
    auto const together = aggregate_groups(empty, scores, o);
    REQUIRE(together.size() + 1 == o.size());
    for (std::size_t g = 0; g + 1 < o.size(); ++g) {
        INFO("set ", g);
        auto const set = values(scores.begin() + static_cast<std::ptrdiff_t>(o[g]), scores.begin() + static_cast<std::ptrdiff_t>(o[g + 1]));
        REQUIRE(laws::bits(together[g]) == laws::bits(laws::value(empty, set)));
    }
}
}  // namespace

TEST_CASE("pinned") {
    auto const scores = values{1, 2, 3, 10, -4, 5, 6};
    auto const o      = offsets{0, 3, 4, 7};
    CHECK(aggregate_groups(mean(), scores, o) == values{2, 10, 7.0 / 3});
    CHECK(aggregate_groups(median(), scores, o) == values{2, 10, 5});
    CHECK(aggregate_groups(highest_k_mean(1), scores, o) == values{3, 10, 6});
    CHECK(aggregate_groups(log_ratio_sum(), scores, o) == values{6, 10, 7});
}

// The quick ways to many sets at once must not differ from the slow one in a single bit: a published score would then
// depend on how many others were scored beside it.
TEST_CASE("the same bits as pushing one by one, for every aggregator and every size") {
    values     scores;
    auto const o = ragged(400, scores);
    agrees(mean(), scores, o);
    agrees(median(), scores, o);
    agrees(quantile(0.9), scores, o);
    agrees(trimmed_mean(0.2), scores, o);
    agrees(winsorised_mean(0.2), scores, o);
    agrees(lowest_k_mean(1), scores, o);
    agrees(log_ratio_sum(), scores, o);
}

TEST_CASE("sets of one size, and one set alone") {
    values scores;
    for (std::size_t i = 0; i < 25 * 37; ++i) {
        scores.push_back(std::sin(static_cast<double>(i * i)) * 3);
    }
    for (std::size_t const size : {1u, 25u, 37u, 925u}) {
        offsets o = {0};
        while (o.back() < scores.size()) {
            o.push_back(o.back() + size);
        }
        agrees(mean(), scores, o);
        agrees(median(), scores, o);
    }
}

TEST_CASE("what a caller can get wrong") {
    auto       scores = values{1, 2, 3, 4};
    auto const call   = [&](offsets const& o) { (void)aggregate_groups(mean(), scores, o); };
    CHECK_THROWS_WITH_AS(call({0}), "hallmark::aggregate_groups: there are 1 offsets; allowed is one more than rows, 2 or more", error);
    CHECK_THROWS_WITH_AS(call({1, 4}), "hallmark::aggregate_groups: the first offset is 1; allowed is 0", error);
    CHECK_THROWS_WITH_AS(call({0, 3, 2, 4}), "hallmark::aggregate_groups: offset 2 is 2, after 3; allowed is the same or more", error);
    CHECK_THROWS_WITH_AS(call({0, 2, 2, 4}), "hallmark::aggregate_groups: set 1 is empty; allowed is 1 or more scores", error);
    CHECK_THROWS_WITH_AS(call({0, 5}), "hallmark::aggregate_groups: the last offset is 5 and there are 4 scores; both must be the same", error);
    mean used;
    used.push(1);
    CHECK_THROWS_WITH_AS(aggregate_groups(used, scores, offsets{0, 4}), "hallmark::aggregate_groups: the aggregator holds 1 scores; allowed is none", error);
    CHECK_THROWS_WITH_AS(aggregate_groups(lowest_k_mean(3), scores, offsets{0, 3, 4}),
                         "hallmark::lowest_k_mean: k is 3 and the set has 1 scores; allowed is as many or fewer", error);
    for (std::size_t const bad : {0u, 2u, 3u}) {
        for (double const value : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
            auto const good = scores[bad];
            scores[bad]     = value;
            CHECK_THROWS_WITH_AS(call({0, 2, 4}),
                                 detail::sentence("hallmark::exact_sum: the number pushed is ", value, "; allowed is any finite number").c_str(), error);
            CHECK_THROWS_WITH_AS(aggregate_groups(median(), scores, offsets{0, 2, 4}),
                                 detail::sentence("hallmark::median: the score pushed is ", value, "; allowed is any finite number").c_str(), error);
            scores[bad] = good;
        }
    }
    auto const most = std::numeric_limits<double>::max();
    CHECK_THROWS_WITH_AS(aggregate_groups(mean(), values{1, most, most}, offsets{0, 1, 3}), "hallmark::mean: the sum of the 2 scores is too large for a double",
                         error);
}
