#include <hallmark/stats/tied_ranks.hpp>

#include <doctest/doctest.h>

#include <vector>

using namespace hallmark::detail;

TEST_CASE("midranks, doubled") {
    CHECK(doubled_midranks(std::vector<double>{3, 1, 3, 2, 3}) == std::vector<std::size_t>{8, 2, 8, 4, 8});
    CHECK(doubled_midranks(std::vector<double>{}).empty());
}

TEST_CASE("tie groups over both samples") { CHECK(tie_groups(std::vector<double>{2, 1, 2}, std::vector<double>{2, 5}) == std::vector<std::size_t>{1, 3, 1}); }

// All ways are counted once, whatever the ties: the count at the largest 2U is C(N, n).
TEST_CASE("the counts add up") {
    auto const groups = std::vector<std::size_t>{2, 1, 4, 3};
    for (std::size_t n = 0; n <= 10; ++n) {
        CHECK(tied_u_count(groups, n, 2 * n * (10 - n)) == choose(10, n));
    }
    CHECK(tied_u_cdf(groups, 3, 7, 42) == 1.0);
    // Both ends: from below, and from above where the complement is counted.
    for (std::size_t u = 0; u < 42; ++u) {
        CHECK(tied_u_cdf(groups, 3, 7, u) == tied_u_count(groups, 3, u) / 120.0);
    }
}
