#include <hallmark/stats/tied_ranks.hpp>

#include <doctest/doctest.h>

#include <utility>
#include <vector>

using namespace hallmark::detail;

TEST_CASE("midranks, doubled") {
    CHECK(doubled_midranks(std::vector<double>{3, 1, 3, 2, 3}) == std::vector<std::size_t>{8, 2, 8, 4, 8});
    CHECK(doubled_midranks(std::vector<double>{}).empty());
}

TEST_CASE("tie groups over both samples") { CHECK(tie_groups(std::vector<double>{2, 1, 2}, std::vector<double>{2, 5}) == std::vector<std::size_t>{1, 3, 1}); }

// All ways are counted once, whatever the ties: the counts add up to C(N, n). From either end, and by both ways to count.
TEST_CASE("the counts add up") {
    auto const groups = std::vector<std::size_t>{2, 1, 4, 3};
    for (std::size_t n = 0; n <= 10; ++n) {
        auto const ways = tied_u_ways(groups, n, 2 * n * (10 - n));
        CHECK(ways.below + ways.at == choose(10, n));
    }
    auto total = 0.0;
    for (std::size_t u = 0; u <= 42; ++u) {
        auto const ways = tied_u_ways(groups, 3, u);
        CHECK(ways.below == total);
        auto const tails = u_tails_of(groups, 3, 7, u);
        CHECK(tails.above == (120.0 - total) / 120.0);
        total += ways.at;
        CHECK(tails.below == total / 120.0);
    }
    CHECK(total == 120.0);
}

TEST_CASE("without ties the product counts what the groups of one do") {
    for (auto const& [n, m] : {std::pair<std::size_t, std::size_t>{1, 1}, {1, 9}, {2, 5}, {6, 6}, {4, 11}, {25, 25}}) {
        auto const single = std::vector<std::size_t>(n + m, 1);
        for (std::size_t u = 0; u <= n * m; u += 1 + n * m / 40) {
            auto const by_group = tied_u_ways(single, n, 2 * u), by_product = untied_u_ways(n, m, u);
            CHECK(by_product.below == by_group.below);
            CHECK(by_product.at == by_group.at);
        }
    }
}
