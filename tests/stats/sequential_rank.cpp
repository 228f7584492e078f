#include <hallmark/stats/sequential_rank.hpp>

#include <doctest/doctest.h>
#include <stats/enumerate.hpp>

#include <algorithm>
#include <limits>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

namespace {
auto run(double observed, values const& nulls, std::size_t stop_hits, std::size_t most) -> rank_result {
    auto test = sequential_rank(observed, stop_hits, most);
    for (auto const null : nulls) {
        if (test.stopped()) {
            break;
        }
        test.push(null);
    }
    return test.result();
}
}  // namespace

TEST_CASE("pinned results") {
    CHECK(run(5.0, {1, 6, 7, 2, 3}, 2, 5) == rank_result{2.0 / 3.0, 2, 3, 1.0 / 6.0});  // stopped at the second hit
    CHECK(run(5.0, {1, 6, 4, 2, 3}, 2, 5) == rank_result{2.0 / 6.0, 1, 5, 1.0 / 6.0});  // ran to the end
    CHECK(run(5.0, {1, 2, 4, 2, 5}, 1, 5) == rank_result{1.0 / 5.0, 1, 5, 1.0 / 6.0});  // a tie is a hit, at the last null
    CHECK(run(5.0, {1, 2, 4, 2, 3}, 9, 5) == rank_test(5.0, values{1, 2, 4, 2, 3}));    // never stops early: the plain test
    CHECK(run(5.0, {1}, 1, 1) == rank_result{0.5, 0, 1, 0.5});
}

// All orders of n + 1 exchangeable scores, with and without ties; the first is the observed one. p = h/l looks as if it forgot the +1; it
// must not: stopping at a hit has paid for it.
TEST_CASE("the false-alarm rate is at most alpha over all orders") {
    for (std::size_t const most : {1u, 2u, 3u, 6u}) {
        for (std::size_t const stop_hits : {1u, 2u, 3u}) {
            for (auto pool : pools(most + 1)) {
                auto order = std::vector<std::size_t>{};
                for (std::size_t i = 0; i <= most; ++i) {
                    order.push_back(i);
                }
                auto p = values{};
                do {
                    auto nulls = values{};
                    for (std::size_t i = 1; i <= most; ++i) {
                        nulls.push_back(pool[order[i]]);
                    }
                    p.push_back(run(pool[order[0]], nulls, stop_hits, most).p_value);
                } while (std::next_permutation(order.begin(), order.end()));
                check_super_uniform(p);
            }
        }
    }
}

TEST_CASE("what a caller can get wrong") {
    constexpr auto nan_ = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH_AS(sequential_rank(nan_, 1, 1), "hallmark::sequential_rank: observed is NaN; allowed is a finite number", error);
    CHECK_THROWS_WITH_AS(sequential_rank(0.0, 0, 1), "hallmark::sequential_rank: stop_hits is 0; allowed is 1 or more", error);
    CHECK_THROWS_WITH_AS(sequential_rank(0.0, 1, 0), "hallmark::sequential_rank: most is 0; allowed is 1 or more", error);
    auto test = sequential_rank(0.0, 1, 9);
    CHECK_THROWS_WITH_AS(test.push(nan_), "hallmark::sequential_rank: null is NaN; allowed is a finite number", error);
    CHECK_THROWS_WITH_AS(test.result(), "hallmark::sequential_rank: it has not stopped after 0 nulls; allowed is a result at the end only", error);
    test.push(1.0);
    CHECK_THROWS_WITH_AS(test.push(1.0), "hallmark::sequential_rank: it has stopped after 1 nulls; no more are allowed", error);
}
