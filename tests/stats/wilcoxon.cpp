#include <hallmark/stats/wilcoxon.hpp>

#include <doctest/doctest.h>
#include <stats/enumerate.hpp>
#include <support/close.hpp>

#include <algorithm>
#include <limits>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

namespace {
auto const alternatives = {alternative::less, alternative::greater, alternative::two_sided};
auto const exact        = wilcoxon_test{.method = tail_method::exact};

auto with_signs(values x, unsigned signs) -> values {
    for (std::size_t i = 0; i < x.size(); ++i) {
        x[i] = (signs >> i & 1u) != 0 ? x[i] : -x[i];
    }
    return x;
}
}  // namespace

// By hand: of the 16 signs of the ranks 1 2 3 4, one gives 10, one 9, one 8, two 7.
TEST_CASE("pinned p-values") {
    CHECK(wilcoxon_test{}(values{1, 2, 3, 4}, alternative::greater) == test_result{10.0, 1.0 / 16.0, 4, alternative::greater});
    CHECK(wilcoxon_test{}(values{-1, 20, 30, 40}, alternative::greater).p_value == 2.0 / 16.0);
    CHECK(wilcoxon_test{}(values{1, 2, -3, 4}, alternative::greater).p_value == 5.0 / 16.0);
    CHECK(wilcoxon_test{}(values{1, 2, -3, 4}, alternative::less).p_value == 13.0 / 16.0);
    CHECK(wilcoxon_test{}(values{1, 2, -3, 4}, alternative::two_sided).p_value == 10.0 / 16.0);
    CHECK(wilcoxon_test{}(values{5, 4, 4}, values{1, 1, 2}, alternative::greater) == test_result{6.0, 0.125, 3, alternative::greater});
    CHECK(wilcoxon_test{}(values(200, 1.0), alternative::greater).p_value == 0x1p-200);
    CHECK(exact(values(1000, 1.0), alternative::greater).p_value == 0x1p-1000);
}

TEST_CASE("one, two and three pairs") {
    CHECK(wilcoxon_test{}(values{3}, alternative::greater).p_value == 0.5);
    CHECK(wilcoxon_test{}(values{3}, alternative::two_sided).p_value == 1.0);
    CHECK(wilcoxon_test{}(values{3, -4}, alternative::greater).p_value == 0.75);
    CHECK(wilcoxon_test{}(values{1, 2, 3}, alternative::two_sided).p_value == 0.25);
}

// Zeros: dropped, or ranked and then dropped. By hand: sizes 0 0 1 2 with ranks 1.5 1.5 3 4.
TEST_CASE("zeros and ties") {
    auto const x = values{0, 0, 1, -2};
    CHECK(wilcoxon_test{}(x, alternative::greater) == test_result{1.0, 0.75, 2, alternative::greater});
    CHECK(wilcoxon_test{.rank_zeros = true}(x, alternative::greater) == test_result{3.0, 0.75, 2, alternative::greater});
    CHECK(wilcoxon_test{}(values{2, 2, -2, 5}, alternative::greater).statistic == 8.0);
    CHECK(wilcoxon_test{}(values{2, 2, -2, 5}, alternative::greater).p_value == 4.0 / 16.0);
    for (auto const alt : alternatives) {
        CHECK(wilcoxon_test{}(values{0, 0}, alt) == test_result{0.0, 1.0, 0, alt});
        CHECK(wilcoxon_test{.method = tail_method::asymptotic}(values{0, 0}, alt).p_value == 1.0);
    }
}

TEST_CASE("the false-alarm rate is at most alpha over all signs, and p is that of the enumeration, to the last bit") {
    for (auto const alt : alternatives) {
        for (bool const rank_zeros : {false, true}) {
            for (std::size_t n = 1; n <= 9; ++n) {
                for (auto pool : pools(n)) {
                    pool[0] = n % 2 == 0 ? 0.0 : pool[0];
                    auto p = values{}, w = values{};
                    for (unsigned signs = 0; signs < 1u << n; ++signs) {
                        auto const r = wilcoxon_test{.rank_zeros = rank_zeros}(with_signs(pool, signs), alt);
                        p.push_back(r.p_value);
                        w.push_back(r.statistic);
                    }
                    check_super_uniform(p);
                    for (std::size_t i = 0; i < p.size(); ++i) {
                        auto const below = static_cast<double>(std::count_if(w.begin(), w.end(), [&](double v) { return v <= w[i]; }));
                        auto const above = static_cast<double>(std::count_if(w.begin(), w.end(), [&](double v) { return v >= w[i]; }));
                        auto const all   = static_cast<double>(w.size());
                        CHECK(p[i] == detail::p_of_side(below / all, above / all, alt));
                    }
                }
            }
        }
    }
}

// By hand: ranks 1.5 1.5 3 4 have mean 5 and variance (2.25 + 2.25 + 9 + 16)/4 = 7.375; W+ = 8.5.
TEST_CASE("the normal approximation") {
    auto const x  = values{1, -1, 2, 3};
    auto const sd = std::sqrt(7.375);
    CHECK(close(wilcoxon_test{.method = tail_method::asymptotic}(x, alternative::greater).p_value, detail::normal_upper(3.0 / sd), 1e-14));
    CHECK(close(wilcoxon_test{.method = tail_method::asymptotic}(x, alternative::less).p_value, detail::normal_upper(-4.0 / sd), 1e-14));
    CHECK(close(wilcoxon_test{.method = tail_method::asymptotic, .continuity = false}(x, alternative::two_sided).p_value, 2.0 * detail::normal_upper(3.5 / sd),
                1e-14));
    // Near the exact one, and taken from 201 pairs on.
    auto y = values{};
    for (int i = 0; i < 200; ++i) {
        y.push_back((i % 5 < 3 ? 1.0 : -1.0) * (i + 1));
    }
    CHECK(close(exact(y, alternative::greater).p_value, wilcoxon_test{.method = tail_method::asymptotic}(y, alternative::greater).p_value, 0.02));
    CHECK(wilcoxon_test{}(y, alternative::greater) == exact(y, alternative::greater));
    y.push_back(0.5);
    CHECK(wilcoxon_test{}(y, alternative::greater) == wilcoxon_test{.method = tail_method::asymptotic}(y, alternative::greater));
}

TEST_CASE("what a caller can get wrong") {
    constexpr auto nan_ = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH_AS(wilcoxon_test{}(values{1, 2}, values{1}, alternative::less),
                         "hallmark::wilcoxon_test: a has 2 values and b has 1; pairs need equal lengths", error);
    CHECK_THROWS_WITH_AS(wilcoxon_test{}(values{}, values{}, alternative::less), "hallmark::wilcoxon_test: a is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(wilcoxon_test{}(values{nan_}, alternative::less), "hallmark::wilcoxon_test: x[0] is NaN; allowed are finite numbers", error);
    CHECK_THROWS_WITH_AS(wilcoxon_test{}(values{1, 1e308}, values{1, -1e308}, alternative::less),
                         "hallmark::wilcoxon_test: a[1] - b[1] is too large; allowed are values whose differences are finite", error);
    CHECK_THROWS_WITH_AS(exact(values(1001, 1.0), alternative::less),
                         "hallmark::wilcoxon_test: method is exact for 1001 pairs that differ; allowed are up to 1000", error);
}

TEST_CASE("the logarithm of p") {
    auto const x = values(3000, 1.0);
    CHECK(wilcoxon_test{}(x, alternative::greater).p_value == 0.0);
    // W+ is the mean of 3000·1500.5/2 ± that; variance 3000·1500.5²/4.
    auto const z = (3000 * 1500.5 / 2 - 0.5) / std::sqrt(3000 * 1500.5 * 1500.5 / 4);
    CHECK(close(wilcoxon_test{}.log_p_value(x, alternative::greater), detail::log_normal_upper(z), 1e-13));
    CHECK(close(wilcoxon_test{}.log_p_value(values(3000, 0.0), x, alternative::less), detail::log_normal_upper(z), 1e-13));
    CHECK(wilcoxon_test{}.log_p_value(values{1, 2, 3}, alternative::greater) == std::log(0.125));
    CHECK_THROWS_AS(wilcoxon_test{}.log_p_value(values{}, alternative::less), error);
}
