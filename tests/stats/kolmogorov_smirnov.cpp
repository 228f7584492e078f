#include <hallmark/stats/kolmogorov_smirnov.hpp>

#include <doctest/doctest.h>
#include <stats/enumerate.hpp>
#include <stats/two_sample_golden.hpp>
#include <support/close.hpp>
#include <support/golden.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

// By hand: a below b altogether is one of the ten orders, so p is 1/10, and 2/10 two-sided. The side
// is the functions': smaller values, higher function, `greater`.
TEST_CASE("pinned p-values") {
    auto const a = values{1, 2}, b = values{3, 4, 5};
    CHECK(kolmogorov_smirnov{}(a, b, alternative::greater).statistic == 1.0);
    CHECK(kolmogorov_smirnov{}(a, b, alternative::greater).p_value == 0.1);
    CHECK(close(kolmogorov_smirnov{}(a, b, alternative::two_sided).p_value, 0.2, 1e-15));
    CHECK(kolmogorov_smirnov{}(a, b, alternative::less) == test_result{0.0, 1.0, 5, alternative::less});
    CHECK(close(kolmogorov_smirnov{}(b, a, alternative::less).p_value, 0.1, 1e-15));
    // scipy 1.10.1 ks_2samp, 5 and 4 values with D = 1/2 (golden set n5_n4).
    auto const x = values{1, 2, 3, 4, 5}, y = values{2.5, 3.5, 8, 9};
    CHECK(close(kolmogorov_smirnov{}(x, y, alternative::two_sided).p_value, 0.5634920634920635, 1e-12));
    CHECK(close(kolmogorov_smirnov{}(x, y, alternative::greater).p_value, 0.2857142857142857, 1e-12));
    CHECK(kolmogorov_smirnov{}(x, y, alternative::less).p_value == 1.0);
    auto const asymptotic = kolmogorov_smirnov{.method = tail_method::asymptotic};
    CHECK(close(asymptotic(x, y, alternative::two_sided).p_value, 0.5, 1e-12));
    CHECK(close(asymptotic(x, y, alternative::greater).p_value, 0.20339760045860628, 1e-12));
    CHECK(close(asymptotic(y, x, alternative::less).p_value, 0.20339760045860628, 1e-12));
    CHECK(asymptotic(x, y, alternative::less).p_value == 1.0);
    auto low = values{}, high = values{};
    for (int i = 0; i < 30; ++i) {
        low.push_back(i);
        high.push_back(100 + i);
    }
    CHECK(close(kolmogorov_smirnov{}(low, high, alternative::two_sided).p_value, 2.0 / 118264581564861424.0, 1e-12));  // C(60, 30)
}

TEST_CASE("golden values") {
    HALLMARK_NEEDS_GOLDEN();
    auto const cases = two_sample_cases("ks_2samp");
    CHECK(cases.size() == 51);
    for (auto const& c : cases) {
        auto const r = kolmogorov_smirnov{.method = c.method == "exact" ? tail_method::exact : tail_method::asymptotic}(c.a, c.b, c.alt);
        INFO(c.data, " ", c.method, " ", static_cast<int>(c.alt));
        CHECK(close(r.statistic, c.statistic, 1e-12));
        if (c.data == "ties" && c.method == "exact") {  // scipy's exact distribution is that without ties
            CHECK(r.p_value < c.p_value);
        } else {
            CHECK(close(r.p_value, c.p_value, 1e-10));
        }
    }
}

// The promise, with ties too: the p-value is the share of orders with a difference as large.
TEST_CASE("the exact false-alarm rate is at most alpha, and the tails are those of the enumeration, to the last bit") {
    for (std::size_t n = 1; n <= 5; ++n) {
        for (std::size_t m = 1; m <= 5; ++m) {
            auto all = pools(n + m);
            all.push_back({});  // groups of 3, 1, 3, 1, ...: not the same from the other end
            all.push_back({});  // one large group below, one value above
            for (std::size_t i = 0; i < n + m; ++i) {
                all[all.size() - 2].push_back(static_cast<double>(i / 4 * 2 + i % 4 / 3));
                all.back().push_back(i + 1 < n + m ? 0.0 : 1.0);
            }
            for (auto const& pool : all) {
                for (auto const alt : {alternative::less, alternative::greater, alternative::two_sided}) {
                    auto p = values{}, d = values{};
                    for_each_split(pool, n, [&](values const& a, values const& b) {
                        auto const r = kolmogorov_smirnov{}(a, b, alt);
                        p.push_back(r.p_value);
                        d.push_back(r.statistic);
                    });
                    check_super_uniform(p);
                    auto wrong = std::size_t{0};
                    for (std::size_t i = 0; i < p.size(); ++i) {
                        auto const as_large = std::count_if(d.begin(), d.end(), [&](double x) { return x >= d[i]; });
                        wrong += p[i] != static_cast<double>(as_large) / static_cast<double>(d.size()) ? 1u : 0u;
                    }
                    CHECK(wrong == 0);
                }
            }
        }
    }
}

// Samples of zeros and ones: D depends on the number of ones in a alone, which is hypergeometric. 40 and 60 values: by chances, not by counts.
TEST_CASE("two values only, beyond whole numbers") {
    auto a = values(40, 0.0), b = values(60, 0.0);
    for (std::size_t i = 0; i < 20; ++i) {
        a[i]              = 1.0;  // 1/2 - 1/6 more ones
        b[i < 10 ? i : 0] = 1.0;
    }
    auto tail = 0.0;
    for (std::size_t k = 20; k <= 30; ++k) {
        tail += detail::choose(40, k) * detail::choose(60, 30 - k) / detail::choose(100, 30);
    }
    CHECK(close(kolmogorov_smirnov{}(a, b, alternative::less).p_value, tail, 1e-12));
    CHECK(close(kolmogorov_smirnov{}(b, a, alternative::greater).p_value, tail, 1e-12));
    CHECK(kolmogorov_smirnov{}(a, b, alternative::greater).p_value == 1.0);
    // As far on the other side: 1/3 fewer ones, 4 of a's 40 at most.
    auto other = 0.0;
    for (std::size_t k = 0; k <= 4; ++k) {
        other += detail::choose(40, k) * detail::choose(60, 30 - k) / detail::choose(100, 30);
    }
    CHECK(close(kolmogorov_smirnov{}(a, b, alternative::two_sided).p_value, tail + other, 1e-12));
}

// Where automatic changes over, and that it does.
TEST_CASE("automatic is exact up to ten million pairs") {
    auto a = values{}, b = values{};
    for (int i = 0; i < 2500; ++i) {
        a.push_back(i);
    }
    for (int i = 0; i < 4000; ++i) {
        b.push_back(i * 0.6 + 0.25);
    }
    auto const exact = kolmogorov_smirnov{.method = tail_method::exact}, asymptotic = kolmogorov_smirnov{.method = tail_method::asymptotic};
    CHECK(kolmogorov_smirnov{}(a, b, alternative::less) == exact(a, b, alternative::less));
    b.push_back(1e6);
    CHECK(kolmogorov_smirnov{}(a, b, alternative::less) == asymptotic(a, b, alternative::less));
    CHECK(close(exact(a, b, alternative::less).p_value, asymptotic(a, b, alternative::less).p_value, 0.05));
    CHECK(close(exact(a, b, alternative::two_sided).p_value, asymptotic(a, b, alternative::two_sided).p_value, 0.05));
}

TEST_CASE("what a caller can get wrong") {
    constexpr auto nan_ = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH_AS(kolmogorov_smirnov{}(values{}, values{1}, alternative::less), "hallmark::kolmogorov_smirnov: a is empty; 1 value is needed at least",
                         error);
    CHECK_THROWS_WITH_AS(kolmogorov_smirnov{}(values{1}, values{1, nan_}, alternative::less),
                         "hallmark::kolmogorov_smirnov: b[1] is NaN; allowed are finite numbers", error);
}

// Without the correction p is that of the limit: D = 1, nm/(n + m) = 6/5.
TEST_CASE("continuity off is the plain limit") {
    auto const plain = kolmogorov_smirnov{.method = tail_method::asymptotic, .continuity = false};
    auto const a = values{1, 2}, b = values{3, 4, 5};
    CHECK(close(plain(a, b, alternative::greater).p_value, std::exp(-2.4), 1e-14));
    CHECK(close(plain(a, b, alternative::two_sided).p_value, detail::kolmogorov_limit_upper(std::sqrt(1.2)), 1e-14));
    CHECK(plain(a, b, alternative::less).p_value == 1.0);
    CHECK(kolmogorov_smirnov{.continuity = false}(a, b, alternative::greater) == kolmogorov_smirnov{}(a, b, alternative::greater));
}

// Every pair of small samples of the values 0 to 2 in all sizes: the distance by counting. A group of ties in which one sample is used up must not
// end the search.
TEST_CASE("the distance with ties and unequal sizes, by brute force") {
    auto const share = [](values const& x, double at) {
        std::size_t below = 0;
        for (auto const v : x) {
            below += v <= at ? 1u : 0u;
        }
        return static_cast<double>(below) / static_cast<double>(x.size());
    };
    auto const sample = [](std::size_t code, std::size_t n) {
        values out;
        for (std::size_t i = 0; i < n; ++i, code /= 3) {
            out.push_back(static_cast<double>(code % 3));
        }
        return out;
    };
    std::size_t const codes[] = {1, 3, 9, 27, 81};
    for (std::size_t n = 1; n <= 3; ++n) {
        for (std::size_t m = 1; m <= 4; ++m) {
            for (std::size_t x = 0; x < codes[n]; ++x) {
                for (std::size_t y = 0; y < codes[m]; ++y) {
                    auto const a = sample(x, n), b = sample(y, m);
                    double     above = 0.0, below = 0.0;
                    for (double const at : {0.0, 1.0, 2.0}) {
                        above = std::max(above, share(a, at) - share(b, at));
                        below = std::max(below, share(b, at) - share(a, at));
                    }
                    REQUIRE(close(kolmogorov_smirnov{}(a, b, alternative::greater).statistic, above, 1e-12));
                    REQUIRE(close(kolmogorov_smirnov{}(a, b, alternative::less).statistic, below, 1e-12));
                    REQUIRE(close(kolmogorov_smirnov{}(a, b, alternative::two_sided).statistic, std::max(above, below), 1e-12));
                }
            }
        }
    }
}

TEST_CASE("one sample below the other has its exact p by every method, also where the limit says 0") {
    for (auto const method : {tail_method::exact, tail_method::asymptotic}) {
        auto const test = kolmogorov_smirnov{method};
        CHECK(test(std::vector{1.0}, std::vector{2.0}, alternative::two_sided).p_value == 1.0);
        CHECK(test(std::vector{1.0}, std::vector{2.0, 3.0, 4.0}, alternative::two_sided).p_value == 0.5);
        CHECK(test(std::vector{1.0, 2.0}, std::vector{3.0, 4.0}, alternative::greater).p_value == doctest::Approx(1.0 / 6.0).epsilon(1e-15));
    }
    std::vector<double> const many(10'000'001, 5.0);
    CHECK(kolmogorov_smirnov{}(std::vector{1.0}, many, alternative::two_sided).p_value == doctest::Approx(2.0 / 10'000'002.0).epsilon(1e-14));
}

// Two samples of n values: C(2n, n + g)/C(2n, n) for a distance of g/n or more on one side (Gnedenko & Korolyuk 1951), and so far out twice that on both.
TEST_CASE("the logarithm of p, where p itself is 0") {
    constexpr auto n   = 2000;
    auto           low = values{}, high = values{}, nearer = values{};
    for (int i = 0; i < n; ++i) {
        low.push_back(i);
        high.push_back(n + i);
        nearer.push_back(n - 600.5 + i);
    }
    auto const log_p = [](double g) { return 2.0 * std::lgamma(n + 1.0) - std::lgamma(n + g + 1.0) - std::lgamma(n - g + 1.0); };
    auto const test  = kolmogorov_smirnov{};
    CHECK(test(low, high, alternative::greater).p_value == 0.0);
    CHECK(close(test.log_p_value(low, high, alternative::greater), log_p(n), 1e-12));
    CHECK(close(test.log_p_value(high, low, alternative::less), log_p(n), 1e-12));
    CHECK(close(test.log_p_value(low, high, alternative::two_sided), log_p(n) + std::log(2.0), 1e-12));
    CHECK(test.log_p_value(low, high, alternative::less) == 0.0);
    CHECK(close(test.log_p_value(low, nearer, alternative::greater), log_p(1400.0), 1e-12));
    CHECK(close(test.log_p_value(nearer, low, alternative::two_sided), log_p(1400.0) + std::log(2.0), 1e-12));
    auto const asymptotic = kolmogorov_smirnov{.method = tail_method::asymptotic};
    CHECK(asymptotic(low, nearer, alternative::greater).p_value < 1e-300);
    CHECK(close(asymptotic.log_p_value(low, nearer, alternative::greater), -2.0 * 1000.0 * 0.49 - 0.7, 1e-13));
    CHECK(asymptotic.log_p_value(low, nearer, alternative::two_sided) < -900.0);
    auto const a = values{1, 2, 5, 5, 7}, b = values{3, 4, 5, 9};
    for (auto const alt : {alternative::less, alternative::greater, alternative::two_sided}) {
        for (auto const& t : {test, asymptotic}) {
            CHECK(t.log_p_value(a, b, alt) == std::log(t(a, b, alt).p_value));
        }
    }
    CHECK_THROWS_AS(test.log_p_value(values{}, b, alternative::less), error);
}
