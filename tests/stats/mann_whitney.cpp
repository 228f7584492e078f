#include <hallmark/stats/mann_whitney.hpp>

#include <doctest/doctest.h>
#include <stats/enumerate.hpp>
#include <stats/two_sample_golden.hpp>
#include <support/close.hpp>
#include <support/golden.hpp>

#include <limits>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

// By hand: of the ten orders of 2 and 3 values, one has U = 6, one U = 5, two U = 4.
TEST_CASE("pinned p-values") {
    auto const b = values{1, 3, 5};
    CHECK(mann_whitney{}(values{6, 7}, b, alternative::greater).statistic == 6.0);
    CHECK(mann_whitney{}(values{6, 7}, b, alternative::greater).p_value == 0.1);
    CHECK(close(mann_whitney{}(values{4, 7}, b, alternative::greater).p_value, 0.2, 1e-15));
    CHECK(close(mann_whitney{}(values{4, 7}, b, alternative::two_sided).p_value, 0.4, 1e-15));
    CHECK(close(mann_whitney{}(values{4, 7}, b, alternative::less).p_value, 0.9, 1e-15));
    CHECK(close(mann_whitney{}(values{4, 6}, b, alternative::less).p_value, 0.9, 1e-15));
    CHECK(close(mann_whitney{}(values{2, 6}, b, alternative::greater).p_value, 0.4, 1e-15));
    CHECK(mann_whitney{}(values{4, 7}, b, alternative::less).n == 5);
    // scipy 1.10.1 mannwhitneyu, method exact: 10 and 12 values, 50 and 70 values.
    CHECK(close(detail::mann_whitney_cdf(10, 12, 37), 0.07011873575341068, 1e-12));
    CHECK(close(detail::mann_whitney_cdf(12, 10, 37), 0.07011873575341068, 1e-12));
    CHECK(close(detail::mann_whitney_cdf(50, 70, 1413), 0.03658950824664691, 1e-12));
    CHECK(close(detail::mann_whitney_cdf(50, 70, 50 * 70 - 1413), 0.9638387465154533, 1e-12));
    // The far end: one order of C(60, 30).
    auto low = values{}, high = values{};
    for (int i = 0; i < 30; ++i) {
        low.push_back(i);
        high.push_back(100 + i);
    }
    CHECK(close(mann_whitney{}(high, low, alternative::greater).p_value, 1.0 / 118264581564861424.0, 1e-12));
    CHECK(close(mann_whitney{}(low, high, alternative::less).p_value, 1.0 / 118264581564861424.0, 1e-12));
}

// Ties count one half and shrink the variance of the approximation. By hand: a = 1 2 2, b = 2 3
// gives U = 1, mean 3, variance 6/12·(6 - 24/20) = 2.4.
TEST_CASE("ties") {
    auto const a = values{1, 2, 2}, b = values{2, 3};
    CHECK(mann_whitney{}(a, b, alternative::less).statistic == 1.0);
    auto const normal = mann_whitney{.method = tail_method::asymptotic}, plain = mann_whitney{.method = tail_method::asymptotic, .continuity = false};
    CHECK(close(plain(a, b, alternative::less).p_value, detail::normal_upper(2.0 / std::sqrt(2.4)), 1e-14));
    CHECK(close(normal(a, b, alternative::less).p_value, detail::normal_upper(1.5 / std::sqrt(2.4)), 1e-14));
    CHECK(close(normal(a, b, alternative::greater).p_value, detail::normal_upper(-2.5 / std::sqrt(2.4)), 1e-14));
    CHECK(close(normal(a, b, alternative::two_sided).p_value, 2.0 * detail::normal_upper(1.5 / std::sqrt(2.4)), 1e-14));
    // Of the ten choices of three of 1 2 2 2 3, three have 2U = 2 (the 1 and two of the 2), none has less.
    CHECK(mann_whitney{}(a, b, alternative::less) == test_result{1.0, 0.3, 5, alternative::less});
    CHECK(mann_whitney{}(a, b, alternative::greater).p_value == 1.0);
    for (auto const alt : {alternative::less, alternative::greater, alternative::two_sided}) {
        CHECK(mann_whitney{}(values(7, 2.0), values(9, 2.0), alt) == test_result{31.5, 1.0, 16, alt});
        CHECK(normal(values(7, 2.0), values(9, 2.0), alt).p_value == 1.0);
        CHECK(plain(values(7, 2.0), values(9, 2.0), alt).p_value == 1.0);
    }
}

// Where automatic changes over, and that it does.
TEST_CASE("automatic is exact up to 10,000 pairs without ties") {
    auto a = values{}, b = values{};
    for (int i = 0; i < 100; ++i) {
        a.push_back(i + 0.5);
        b.push_back(i * 1.01 + 7.003);
    }
    auto const exact = mann_whitney{.method = tail_method::exact}, asymptotic = mann_whitney{.method = tail_method::asymptotic};
    CHECK(mann_whitney{}(a, b, alternative::less) == exact(a, b, alternative::less));
    b.push_back(1000.0);
    CHECK(mann_whitney{}(a, b, alternative::less) == asymptotic(a, b, alternative::less));
    CHECK(close(exact(a, b, alternative::less).p_value, asymptotic(a, b, alternative::less).p_value, 0.01));
    CHECK(exact(a, b, alternative::less).p_value != asymptotic(a, b, alternative::less).p_value);
}

TEST_CASE("automatic is exact up to 2,500 pairs with ties") {
    auto a = values(50, 1.0), b = values(50, 1.0);
    a[0] = a[1]      = 2.0;
    auto const exact = mann_whitney{.method = tail_method::exact}, asymptotic = mann_whitney{.method = tail_method::asymptotic};
    CHECK(mann_whitney{}(a, b, alternative::greater) == exact(a, b, alternative::greater));
    b.push_back(1.0);
    CHECK(mann_whitney{}(a, b, alternative::greater) == asymptotic(a, b, alternative::greater));
    CHECK(exact(a, b, alternative::greater).p_value != asymptotic(a, b, alternative::greater).p_value);
}

// The table is for the fewer values: 10,000 on one side would be a table of 800 MB, and an hour.
TEST_CASE("many values against one, with ties") {
    auto       many  = std::vector<double>(10'000);
    auto const exact = mann_whitney{tail_method::exact};
    for (std::size_t i = 0; i < many.size(); ++i) {
        many[i] = static_cast<double>(i / 2);
    }
    for (auto const one : {-1.0, 0.0, 2500.0, 4999.0}) {
        // `one` is any of the 10,001 values with the same chance.
        auto const lower = one < 0.0 ? 1.0 : 2.0 * one + 3.0, upper = one < 0.0 ? 10'001.0 : 10'001.0 - 2.0 * one;
        CHECK(exact(std::vector{one}, many, alternative::greater).p_value == upper / 10'001.0);
        CHECK(exact(std::vector{one}, many, alternative::less).p_value == lower / 10'001.0);
        CHECK(exact(many, std::vector{one}, alternative::less).p_value == upper / 10'001.0);
        CHECK(exact(many, std::vector{one}, alternative::greater).p_value == lower / 10'001.0);
    }
}

TEST_CASE("golden values") {
    HALLMARK_NEEDS_GOLDEN();
    auto const cases = two_sample_cases("mannwhitneyu");
    CHECK(cases.size() == 69);
    for (auto const& c : cases) {
        auto const test =
            mann_whitney{.method = c.method == "exact" ? tail_method::exact : tail_method::asymptotic, .continuity = c.method != "asymptotic_nocc"};
        auto const r = test(c.a, c.b, c.alt);
        INFO(c.data, " ", c.method);
        CHECK(r.statistic == c.statistic);
        // scipy's exact p is a unit of the last place off where the count is one of whole numbers; ours is not, as the enumeration below shows.
        auto const counted = c.method == "exact" && detail::choose(c.a.size() + c.b.size(), c.a.size()) <= detail::most_exact_count;
        CHECK(close(r.p_value, c.p_value, counted ? 2.3e-16 : 1e-12));
    }
}

// The promise: every order of the values is equally likely under the null.
TEST_CASE("the exact false-alarm rate is at most alpha, and the tails are those of the enumeration, to the last bit") {
    for (std::size_t n = 1; n <= 5; ++n) {
        for (std::size_t m = 1; m <= 5; ++m) {
            for (auto const& pool : pools(n + m)) {
                for (auto const alt : {alternative::less, alternative::greater, alternative::two_sided}) {
                    auto p = values{}, u = values{};
                    for_each_split(pool, n, [&](values const& a, values const& b) {
                        auto const r = mann_whitney{.method = tail_method::exact}(a, b, alt);
                        p.push_back(r.p_value);
                        u.push_back(r.statistic);
                    });
                    check_super_uniform(p);
                    for (std::size_t i = 0; i < p.size(); ++i) {
                        auto const below = static_cast<double>(std::count_if(u.begin(), u.end(), [&](double x) { return x <= u[i]; }));
                        auto const above = static_cast<double>(std::count_if(u.begin(), u.end(), [&](double x) { return x >= u[i]; }));
                        auto const all   = static_cast<double>(u.size());
                        CHECK(p[i] == detail::p_of_side(below / all, above / all, alt));
                    }
                }
            }
        }
    }
}

// The two ways to count must agree where both apply: 30 and 40 values, and every third of all U.
TEST_CASE("counting groups of one is the recursion without ties") {
    auto const single = std::vector<std::size_t>(70, 1);
    for (std::size_t u = 0; u <= 1200; u += 3) {
        CHECK(close(detail::u_tails_of(single, 30, 40, 2 * u).below, detail::mann_whitney_cdf(30, 40, u), 1e-11));
    }
}

// Ten values in each sample, all of them 0 or 1: U depends on the number of ones in a alone, which is hypergeometric.
TEST_CASE("two values only: the hypergeometric tail") {
    auto a = values(10, 0.0), b = values(10, 0.0);
    a[0] = a[1] = a[2] = a[3] = a[4] = 1.0;
    b[0]                             = 1.0;
    auto const all                   = detail::choose(20, 6);
    CHECK(mann_whitney{}(a, b, alternative::greater).p_value ==
          (detail::choose(10, 5) * detail::choose(10, 1) + detail::choose(10, 6) * detail::choose(10, 0)) / all);
}

TEST_CASE("what a caller can get wrong") {
    constexpr auto nan_  = std::numeric_limits<double>::quiet_NaN();
    auto const     exact = mann_whitney{.method = tail_method::exact};
    CHECK_THROWS_WITH_AS(mann_whitney{}(values{}, values{1}, alternative::less), "hallmark::mann_whitney: a is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(mann_whitney{}(values{1}, values{nan_}, alternative::less), "hallmark::mann_whitney: b[0] is NaN; allowed are finite numbers", error);
    CHECK_THROWS_WITH_AS(exact(values(101, 1.0), values(100, 2.0), alternative::less),
                         "hallmark::mann_whitney: method is exact for samples of 101 and 100 values with ties; allowed is a product up to 10000", error);
    auto a = values{}, b = values{};
    for (int i = 0; i < 201; ++i) {
        a.push_back(2.0 * i);
        b.push_back(2.0 * i + 1.0);
    }
    CHECK_THROWS_WITH_AS(exact(a, b, alternative::less),
                         "hallmark::mann_whitney: method is exact for samples of 201 and 201 values; allowed is a product up to 40000", error);
}

TEST_CASE("the logarithm of p") {
    auto low = values{}, high = values{};
    for (int i = 0; i < 2000; ++i) {
        low.push_back(i);
        high.push_back(i + 3000.5);
    }
    CHECK(mann_whitney{}(high, low, alternative::greater).p_value == 0.0);
    // U = 4e6 of mean 2e6 and variance 4e6·4001/12.
    CHECK(close(mann_whitney{}.log_p_value(high, low, alternative::greater), detail::log_normal_upper((2e6 - 0.5) / std::sqrt(4e6 * 4001.0 / 12.0)), 1e-13));
    CHECK(mann_whitney{}.log_p_value(high, low, alternative::less) == 0.0);
    CHECK(close(mann_whitney{}.log_p_value(values{6, 7}, values{1, 3, 5}, alternative::two_sided), std::log(0.2), 1e-15));
    CHECK_THROWS_AS(mann_whitney{}.log_p_value(values{}, low, alternative::less), error);
}
