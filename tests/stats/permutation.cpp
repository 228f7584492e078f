#include <hallmark/stats/permutation.hpp>

#include <doctest/doctest.h>
#include <stats/enumerate.hpp>
#include <stats/two_sample_golden.hpp>
#include <support/close.hpp>
#include <support/golden.hpp>

#include <limits>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

// By hand: of the ten splits of 1 2 3 4 10, one has a sum of 14 for two values, two have 13 or more.
TEST_CASE("pinned p-values") {
    CHECK(permutation_test{}(values{10, 4}, values{1, 2, 3}, alternative::greater) == test_result{5.0, 0.1, 5, alternative::greater});
    CHECK(permutation_test{}(values{3, 10}, values{1, 2, 4}, alternative::greater).p_value == 0.2);
    CHECK(permutation_test{}(values{3, 10}, values{1, 2, 4}, alternative::two_sided).p_value == 0.4);
    CHECK(permutation_test{}(values{3, 10}, values{1, 2, 4}, alternative::less).p_value == 0.9);
    CHECK(permutation_test{}(values{1, 2}, values{3, 4, 10}, alternative::less).p_value == 0.1);
    CHECK(sign_flip_test{}(values{3, 5, 9}, values{1, 1, 1}, alternative::greater) == test_result{14.0 / 3.0, 0.125, 3, alternative::greater});
    CHECK(sign_flip_test{}(values{-2, 4, 8}, alternative::greater).p_value == 0.25);
    CHECK(sign_flip_test{}(values{-2, 4, 8}, alternative::two_sided).p_value == 0.5);
    CHECK(sign_flip_test{}(values{-2, 4, 8}, alternative::less).p_value == 0.875);
    // As many as there may be: 2^20 signs, and near to it, 9 of 22 values.
    CHECK(sign_flip_test{}(values(20, 1.0), alternative::greater).p_value == 0x1p-20);
    CHECK(permutation_test{}(values(9, 1.0), values(13, 0.0), alternative::greater).p_value == 1.0 / 497420.0);
}

// 0.1 + 0.2 and 0.3 are one number to the owner of the data and two to a double. Counted as different, p
// would be half of what it is.
TEST_CASE("sums that differ by rounding are ties") {
    CHECK(permutation_test{}(values{0.1, 0.2}, values{0.3, 0.0}, alternative::greater).p_value == 4.0 / 6.0);
    CHECK(permutation_test{}(values{0.3, 0.0}, values{0.1, 0.2}, alternative::greater).p_value == 4.0 / 6.0);
    CHECK(sign_flip_test{}(values{0.1, 0.2, -0.3}, alternative::greater).p_value == 5.0 / 8.0);
    CHECK(sign_flip_test{}(values{-0.1, -0.2, 0.3}, alternative::greater).p_value == 5.0 / 8.0);
}

// The slack for rounding must not swallow real differences of large values.
TEST_CASE("large values that differ a little") {
    CHECK(permutation_test{}(values{1e15 + 10, 1e15 + 4}, values{1e15 + 1, 1e15 + 2, 1e15 + 3}, alternative::greater) ==
          test_result{5.0, 0.1, 5, alternative::greater});
}

TEST_CASE("golden values") {
    HALLMARK_NEEDS_GOLDEN();
    auto const rows = golden::csv("stats/permutation_exact.csv");
    CHECK(rows.size() == 15);
    for (auto row : rows) {
        INFO(row["type"], " ", row["a"], ", ", row["alternative"]);
        auto const a = golden::numbers(row["a"]), b = golden::numbers(row["b"]);
        auto const r =
            row["type"] == "independent" ? permutation_test{}(a, b, side_of(row["alternative"])) : sign_flip_test{}(a, b, side_of(row["alternative"]));
        CHECK(close(r.statistic, golden::number(row["statistic"]), 1e-12));
        CHECK(close(r.p_value, golden::number(row["pvalue"]), 1e-12));
    }
}

TEST_CASE("the false-alarm rate is at most alpha over all arrangements") {
    for (auto const alt : {alternative::less, alternative::greater, alternative::two_sided}) {
        for (std::size_t n = 1; n <= 5; ++n) {
            for (std::size_t m = 1; m <= 5; ++m) {
                for (auto const& pool : pools(n + m)) {
                    auto p = values{};
                    for_each_split(pool, n, [&](values const& a, values const& b) { p.push_back(permutation_test{}(a, b, alt).p_value); });
                    check_super_uniform(p);
                }
            }
        }
        for (auto const& pool : pools(8)) {
            auto p = values{};
            for (unsigned signs = 0; signs < 256; ++signs) {
                auto x = pool;
                for (std::size_t i = 0; i < 8; ++i) {
                    x[i] = (signs >> i & 1u) != 0 ? x[i] : -x[i];
                }
                p.push_back(sign_flip_test{}(x, alt).p_value);
            }
            check_super_uniform(p);
        }
    }
}

TEST_CASE("how many arrangements there are") {
    CHECK(detail::arrangements(5, 2) == 10);
    CHECK(detail::arrangements(22, 11) == 705432);
    CHECK(detail::arrangements(23, 11) > detail::most_arrangements);
    CHECK(detail::arrangements(1000000, 1) == 1000000);
    CHECK(detail::arrangements(std::size_t{1} << 40, std::size_t{1} << 39) > detail::most_arrangements);
}

TEST_CASE("what a caller can get wrong") {
    constexpr auto nan_ = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH_AS(permutation_test{}(values{}, values{1}, alternative::less), "hallmark::permutation_test: a is empty; 1 value is needed at least",
                         error);
    CHECK_THROWS_WITH_AS(permutation_test{}(values{1}, values{nan_}, alternative::less), "hallmark::permutation_test: b[0] is NaN; allowed are finite numbers",
                         error);
    CHECK_THROWS_WITH_AS(permutation_test{}(values(11, 1.0), values(12, 1.0), alternative::less),
                         "hallmark::permutation_test: samples of 11 and 12 values can be split in more than 1048576 ways; allowed are fewer values", error);
    CHECK_THROWS_WITH_AS(permutation_test{}(values{1e308, -1e308}, values{1}, alternative::less),
                         "hallmark::permutation_test: the values are too large; allowed are values whose sum is finite", error);
    CHECK_THROWS_WITH_AS(sign_flip_test{}(values{1, 2}, values{1}, alternative::less),
                         "hallmark::sign_flip_test: a has 2 values and b has 1; pairs need equal lengths", error);
    CHECK_THROWS_WITH_AS(sign_flip_test{}(values{nan_}, alternative::less), "hallmark::sign_flip_test: x[0] is NaN; allowed are finite numbers", error);
    CHECK_THROWS_WITH_AS(sign_flip_test{}(values(21, 1.0), alternative::less),
                         "hallmark::sign_flip_test: 21 pairs have more than 1048576 combinations of signs; allowed are up to 20 pairs", error);
    CHECK_THROWS_WITH_AS(sign_flip_test{}(values{1e308}, values{-1e308}, alternative::less),
                         "hallmark::sign_flip_test: the values are too large; allowed are values whose sum is finite", error);
}
