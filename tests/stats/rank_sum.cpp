#include <hallmark/stats/rank_sum.hpp>

#include <doctest/doctest.h>
#include <stats/enumerate.hpp>
#include <support/close.hpp>

#include <cmath>
#include <vector>

using namespace hallmark;
using ranks = std::vector<std::size_t>;

namespace {
/// Calls f(tuple) for every tuple of `items` numbers in 0 ... top.
template <class F>
void for_each_tuple(std::size_t items, std::size_t top, F&& f) {
    auto t = ranks(items, 0);
    for (;;) {
        f(t);
        auto i = std::size_t{0};
        while (i < items && t[i] == top) {
            t[i++] = 0;
        }
        if (i == items) {
            return;
        }
        ++t[i];
    }
}
auto sum(ranks const& t) -> std::size_t {
    auto s = std::size_t{0};
    for (auto const x : t) {
        s += x;
    }
    return s;
}
}  // namespace

// By hand: of 100 pairs of ranks, one sums to 18, three to 17 or more, 55 to 9 or more.
TEST_CASE("pinned tails") {
    CHECK(rank_sum_test(ranks{9, 9}, 9) == rank_sum_result{18, 0.01, 2, 9, 0.01});
    CHECK(rank_sum_test(ranks{9, 9}, 9).p_value == 0.01);
    CHECK(rank_sum_test(ranks{8, 9}, 9).p_value == 0.03);
    CHECK(rank_sum_test(ranks{9, 0}, 9).p_value == 0.55);
    CHECK(rank_sum_test(ranks{0, 0}, 9).p_value == 1.0);
    CHECK(rank_sum_test(ranks{7}, 9).p_value == 0.3);                  // one item: the rank test
    CHECK(rank_sum_test(ranks{1, 1, 0, 1}, 1).p_value == 5.0 / 16.0);  // one withheld version: coins
    // Exact rationals, python: fractions.Fraction over integer convolutions, 25 items of 200 versions, 100 of 1000.
    CHECK(close(rank_sum_test(ranks(25, 150), 199).p_value, 2.843491742273403e-06, 1e-12));
    CHECK(close(rank_sum_test(ranks(100, 700), 999).p_value, 5.457224036513203e-13, 1e-12));
    CHECK(close(rank_sum_test(ranks(100, 990), 999).p_value, 6.385051192630513e-161, 1e-11));
    CHECK(close(rank_sum_test(ranks(40, 90), 199).p_value, 0.8507240940253405, 1e-12));
}

// The convolution against counting every tuple, for every statistic. Whole numbers divided once: the last bit is right, too.
TEST_CASE("tails agree with enumeration") {
    for (std::size_t items = 1; items <= 6; ++items) {
        for (std::size_t withheld = 1; withheld <= 5; ++withheld) {
            auto sums = std::vector<double>(items * withheld + 1);
            auto all  = 0.0;
            for_each_tuple(items, withheld, [&](ranks const& t) {
                sums[sum(t)] += 1.0;
                all += 1.0;
            });
            for_each_tuple(items, withheld, [&](ranks const& t) {
                auto above = 0.0;
                for (auto s = sum(t); s < sums.size(); ++s) {
                    above += sums[s];
                }
                auto const r = rank_sum_test(t, withheld);
                if (r.p_value != above / all || r.statistic != sum(t)) {
                    FAIL_CHECK("items ", items, ", withheld ", withheld, ", sum ", sum(t), ": ", r.p_value, " for ", above / all);
                }
            });
        }
    }
}

// The promise, over all tuples of published versions: with distinct scores the rank is the version's
// place; with tied scores it is lower, and the test may only become more careful.
TEST_CASE("the false-alarm rate is at most alpha") {
    for (std::size_t items = 1; items <= 5; ++items) {
        for (std::size_t withheld = 1; withheld <= 5; ++withheld) {
            for (auto const& scores : pools(withheld + 1)) {
                auto p = std::vector<double>{};
                for_each_tuple(items, withheld, [&](ranks const& published) {
                    auto below = ranks{};
                    for (auto const v : published) {
                        auto b = std::size_t{0};
                        for (auto const s : scores) {
                            b += s < scores[v] ? 1u : 0u;
                        }
                        below.push_back(b);
                    }
                    p.push_back(rank_sum_test(below, withheld).p_value);
                });
                check_super_uniform(p);
            }
        }
    }
}

// A p of 0 is a claim no finite experiment can make.
TEST_CASE("p never underflows to 0 and never passes the design's smallest") {
    auto const r = rank_sum_test(ranks(200, 999), 999);
    CHECK(r.p_value == 2.2250738585072014e-308);
    CHECK(r.smallest_p == r.p_value);
    for (std::size_t const items : {1u, 7u, 30u, 90u}) {
        for (std::size_t const withheld : {1u, 2u, 6u, 99u, 999u}) {
            auto const best = rank_sum_test(ranks(items, withheld), withheld);
            CHECK(best.p_value >= best.smallest_p);
            CHECK(close(best.p_value, best.smallest_p, 1e-13));
            CHECK(close(best.smallest_p, std::pow(static_cast<double>(withheld) + 1.0, -static_cast<double>(items)), 1e-12));
        }
    }
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(rank_sum_test({}, 9), "hallmark::rank_sum_test: below is empty; 1 item is needed at least", error);
    CHECK_THROWS_WITH_AS(rank_sum_test(ranks{0}, 0), "hallmark::rank_sum_test: withheld is 0; allowed is 1 or more", error);
    CHECK_THROWS_WITH_AS(rank_sum_test(ranks{3, 10}, 9), "hallmark::rank_sum_test: below[1] is 10; allowed is 0 to withheld = 9", error);
    CHECK_THROWS_WITH_AS(rank_sum_test(ranks{1, 1}, std::size_t{1} << 26),
                         "hallmark::rank_sum_test: 2 items with 67108864 withheld versions each were given; allowed is a product up to 67108864", error);
}
