#include <hallmark/stats/friedman.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>

#include <cmath>
#include <limits>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

// Two degrees of freedom: the tail is exp(-x / 2), so the p-values below need no table.
TEST_CASE("pinned statistics") {
    // Columns always in the same order: n (k - 1) = 8 for 4 rows of 3.
    auto const same = friedman_test(values{1, 2, 3, 4, 5, 6, 0, 1, 9, -3, -2, -1}, 3);
    CHECK(close(same.statistic, 8.0, 1e-14));
    CHECK(close(same.p_value, std::exp(-4.0), 1e-12));
    CHECK(same.rows == 4);
    CHECK(same.columns == 3);
    // Each column once first, second and third: nothing to see.
    auto const latin = friedman_test(values{1, 2, 3, 2, 3, 1, 3, 1, 2}, 3);
    CHECK(latin.statistic == 0.0);
    CHECK(latin.p_value == 1.0);
    // By hand: rank sums 7, 6, 5 of 3 rows; 12 / (3 * 3 * 4) * (49 + 36 + 25) - 36 = 2/3.
    CHECK(close(friedman_test(values{3, 2, 1, 3, 1, 2, 1, 3, 2}, 3).statistic, 2.0 / 3.0, 1e-13));
}

// Without the correction, ties make the statistic too small and the check too mild.
TEST_CASE("ties share their mean rank, and the variance is corrected") {
    // Rows {1, 1, 2}: ranks 1.5, 1.5, 3 in 4 rows. Sums 6, 6, 12, centre 8: away 24. Spread: 4 (2.25 + 2.25 + 9) - 48 = 6, so 2 * 24 / 6 = 8.
    auto const r = friedman_test(values{1, 1, 2, 1, 1, 2, 1, 1, 2, 1, 1, 2}, 3);
    CHECK(close(r.statistic, 8.0, 1e-14));
    CHECK(friedman_test(values(12, 5.0), 3).p_value == 1.0);
}

// The test looks at order alone, row by row.
TEST_CASE("any increasing change of a row leaves the result as it is") {
    auto const a = values{0.3, 2.0, -1.0, 7.0, 5.0, 6.0, 1.0, 3.0, 2.0, 8.0, 0.0, 4.0};
    auto       b = a;
    for (std::size_t i = 0; i < b.size(); ++i) {
        b[i] = std::exp(b[i]) * static_cast<double>(i / 4 + 1);
    }
    CHECK(friedman_test(a, 4) == friedman_test(b, 4));
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(friedman_test(values{1, 2}, 1), "hallmark::friedman_test: columns is 1; allowed is 2 or more", error);
    CHECK_THROWS_WITH_AS(friedman_test(values{}, 2), "hallmark::friedman_test: values is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(friedman_test(values{1, 2, 3}, 2), "hallmark::friedman_test: there are 3 values, which is not a multiple of the 2 columns", error);
    CHECK_THROWS_WITH_AS(friedman_test(values{1, 2}, 2), "hallmark::friedman_test: there is 1 row; allowed is 2 or more", error);
    CHECK_THROWS_WITH_AS(friedman_test(values{1, std::numeric_limits<double>::quiet_NaN()}, 2),
                         "hallmark::friedman_test: values[1] is NaN; allowed are finite numbers", error);
}
