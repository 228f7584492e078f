#include <hallmark/stats/rank.hpp>

#include <doctest/doctest.h>
#include <stats/enumerate.hpp>

#include <limits>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

// Ties must count against the auditor; `>` for `>=` would pass every test on continuous scores.
TEST_CASE("pinned ranks") {
    CHECK(rank_test(2.0, values{1, 2, 3, 4}) == rank_result{0.8, 3, 4, 0.2});
    CHECK(rank_test(5.0, values{1, 2, 3, 4}) == rank_result{0.2, 0, 4, 0.2});
    CHECK(rank_test(0.0, values{1, 2, 3, 4}) == rank_result{1.0, 4, 4, 0.2});
    CHECK(rank_test(-0.0, values{0.0}) == rank_result{1.0, 1, 1, 0.5});
    CHECK(rank_test(1.0, values(999, 0.0)).p_value == 0.001);
}

// The promise: whichever of n + 1 exchangeable scores is the observed one, P(p <= alpha) <= alpha.
TEST_CASE("the false-alarm rate is at most alpha") {
    for (std::size_t const n : {1u, 2u, 9u, 19u, 99u, 999u}) {
        for (auto const& pool : pools(n + 1)) {
            auto p = values{};
            for (std::size_t i = 0; i < pool.size(); ++i) {
                auto nulls = pool;
                nulls.erase(nulls.begin() + static_cast<std::ptrdiff_t>(i));
                p.push_back(rank_test(pool[i], nulls).p_value);
            }
            check_super_uniform(p);
            CHECK(*std::min_element(p.begin(), p.end()) >= rank_test(0.0, values(n, 0.0)).smallest_p);
        }
    }
}

TEST_CASE("what a caller can get wrong") {
    constexpr auto nan_ = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH_AS(rank_test(1.0, {}), "hallmark::rank_test: nulls is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(rank_test(nan_, values{1}), "hallmark::rank_test: observed is NaN; allowed is a finite number", error);
    CHECK_THROWS_WITH_AS(rank_test(1.0, values{1, nan_}), "hallmark::rank_test: nulls[1] is NaN; allowed are finite numbers", error);
}
