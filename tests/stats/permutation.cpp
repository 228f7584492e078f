#include <hallmark/stats/permutation.hpp>
#include <hallmark/stats/sign_flip.hpp>

#include <doctest/doctest.h>
#include <stats/enumerate.hpp>
#include <stats/two_sample_golden.hpp>
#include <support/close.hpp>
#include <support/golden.hpp>
#include <support/simd_levels.hpp>

#include <hallmark/random/stream.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

namespace {
auto const alternatives = {alternative::less, alternative::greater, alternative::two_sided};
}

// By hand: of the ten splits of 1 2 3 4 10, one has a sum of 14 for two values, two have 13 or more.
TEST_CASE("pinned p-values") {
    CHECK(permutation_test{}(values{10, 4}, values{1, 2, 3}, alternative::greater) == test_result{5.0, 0.1, 5, alternative::greater});
    CHECK(permutation_test{}(values{3, 10}, values{1, 2, 4}, alternative::greater).p_value == 0.2);
    CHECK(permutation_test{}(values{3, 10}, values{1, 2, 4}, alternative::two_sided).p_value == 0.4);
    CHECK(permutation_test{}(values{3, 10}, values{1, 2, 4}, alternative::less).p_value == 0.9);
    CHECK(permutation_test{}(values{1, 2}, values{3, 4, 10}, alternative::less).p_value == 0.1);
    // Near to as many as there may be: 9 of 22 values.
    CHECK(permutation_test{}(values(9, 1.0), values(13, 0.0), alternative::greater).p_value == 1.0 / 497420.0);
}

// The least there can be: one split, two, three.
TEST_CASE("one, two and three values") {
    CHECK(permutation_test{}(values{1}, values{0}, alternative::greater) == test_result{1.0, 0.5, 2, alternative::greater});
    CHECK(permutation_test{}(values{1}, values{0}, alternative::two_sided).p_value == 1.0);
    CHECK(permutation_test{}(values{2}, values{0, 1}, alternative::greater).p_value == 1.0 / 3.0);
    CHECK(permutation_test{}(values{0}, values{0}, alternative::less).p_value == 1.0);
}

// 0.1 + 0.2 and 0.3 are one number to the owner of the data and two to a double. Counted as different, p
// would be half of what it is.
TEST_CASE("sums that differ by rounding are ties") {
    CHECK(permutation_test{}(values{0.1, 0.2}, values{0.3, 0.0}, alternative::greater).p_value == 4.0 / 6.0);
    CHECK(permutation_test{}(values{0.3, 0.0}, values{0.1, 0.2}, alternative::greater).p_value == 4.0 / 6.0);
}

// The slack for rounding must not swallow real differences of large values, nor the unit those of small ones.
TEST_CASE("large and small values that differ a little") {
    CHECK(permutation_test{}(values{1e15 + 10, 1e15 + 4}, values{1e15 + 1, 1e15 + 2, 1e15 + 3}, alternative::greater) ==
          test_result{5.0, 0.1, 5, alternative::greater});
    CHECK(permutation_test{}(values{10e-300, 4e-300}, values{1e-300, 2e-300, 3e-300}, alternative::greater).p_value == 0.1);
    CHECK(permutation_test{}(values{10 * 0x1p-1074, 4 * 0x1p-1074}, values{0x1p-1074, 2 * 0x1p-1074, 3 * 0x1p-1074}, alternative::greater).p_value == 0.1);
    CHECK(permutation_test{}(values{10e300, 4e300}, values{1e300, 2e300, 3e300}, alternative::greater).p_value == 0.1);
}

TEST_CASE("golden values") {
    HALLMARK_NEEDS_GOLDEN();
    auto rows = 0;
    for (auto row : golden::csv("stats/permutation_exact.csv")) {
        if (row["type"] == "independent") {
            INFO(row["a"], ", ", row["alternative"]);
            auto const r = permutation_test{}(golden::numbers(row["a"]), golden::numbers(row["b"]), side_of(row["alternative"]));
            CHECK(close(r.statistic, golden::number(row["statistic"]), 1e-12));
            CHECK(r.p_value == golden::number(row["pvalue"]));
            CHECK(std::nearbyint(r.p_value * golden::number(row["enumerated"])) / golden::number(row["enumerated"]) == r.p_value);
            ++rows;
        }
    }
    CHECK(rows == 9);
}

TEST_CASE("the false-alarm rate is at most alpha over all splits") {
    for (auto const alt : alternatives) {
        for (std::size_t n = 1; n <= 5; ++n) {
            for (std::size_t m = 1; m <= 5; ++m) {
                for (auto const& pool : pools(n + m)) {
                    auto p = values{};
                    for_each_split(pool, n, [&](values const& a, values const& b) { p.push_back(permutation_test{}(a, b, alt).p_value); });
                    check_super_uniform(p);
                }
            }
        }
    }
}

// Without the +1, p would be 0 for the best split in most seeds, and a level-0.05 test with 19 draws would reject far more often.
TEST_CASE("Monte Carlo: the false-alarm rate over seeds and splits is at most alpha") {
    for (auto const alt : alternatives) {
        for (auto const& pool : pools(7)) {
            std::size_t trials = 0, rejected = 0, seed = 0;
            for (auto round = 0; round < 300; ++round) {
                for_each_split(pool, 3, [&](values const& a, values const& b) {
                    auto const test = permutation_test{.method = resampling::monte_carlo, .draws = 19, .seed = ++seed};
                    rejected += test(a, b, alt).p_value <= 0.1 ? 1u : 0u;
                    ++trials;
                });
            }
            auto const n = static_cast<double>(trials);
            CHECK(static_cast<double>(rejected) <= 0.1 * n + 6.0 * std::sqrt(0.09 * n));
            CHECK((alt == alternative::two_sided || pool[0] == pool[1] || static_cast<double>(rejected) >= 0.1 * n - 6.0 * std::sqrt(0.09 * n)));
        }
    }
}

// Many draws must find the p of the enumeration; a biased shuffle would not.
TEST_CASE("Monte Carlo comes close to the enumeration") {
    auto const a = values{0.2, 1.7, 3.3, 2.9, 8.0, 4.4, 5.1, 6.6}, b = values{0.1, 1.1, 2.2, 3.0, 4.0, 5.0, 0.5};
    for (auto const alt : alternatives) {
        auto const exact = permutation_test{.method = resampling::enumerate}(a, b, alt);
        auto const mc    = permutation_test{.method = resampling::monte_carlo, .draws = 40'000, .seed = 5}(a, b, alt);
        auto const back =
            permutation_test{.method = resampling::monte_carlo, .draws = 40'000, .seed = 6}(b, a,
                                                                                            alt == alternative::less      ? alternative::greater
                                                                                            : alt == alternative::greater ? alternative::less
                                                                                                                          : alternative::two_sided);
        CHECK(mc.statistic == exact.statistic);
        CHECK(std::abs(mc.p_value - exact.p_value) <= 6.0 * 2.0 * std::sqrt(0.25 / 40'000));
        CHECK(std::abs(back.p_value - exact.p_value) <= 6.0 * 2.0 * std::sqrt(0.25 / 40'000));
        CHECK(mc.p_value != exact.p_value);
        CHECK(mc != permutation_test{.method = resampling::monte_carlo, .draws = 40'000, .seed = 7}(a, b, alt));
    }
}

// The address of a draw is part of the interface: a GPU has to make the same ones. Here they are made by the words of the header's text.
TEST_CASE("Monte Carlo draws are where the header says, at every instruction set") {
    auto const seed = 0x0123456789abcdefu;
    // In lanes, beyond lanes, and sparse; the first sample smaller, as large, larger.
    for (auto const& [n, m] : std::vector<std::pair<std::size_t, std::size_t>>{{3, 5}, {40, 40}, {61, 40}, {700, 500}, {2, 60}, {60, 2}}) {
        auto a = values(n), b = values(m), x = values();
        for (std::size_t i = 0; i < n + m; ++i) {
            (i < n ? a[i] : b[i - n]) = static_cast<double>(i * 37 % 101);
        }
        x = a;
        x.insert(x.end(), b.begin(), b.end());
        auto observed = 0.0, total = 0.0;
        for (std::size_t i = 0; i < n + m; ++i) {
            observed += i < n ? x[i] : 0.0;
            total += x[i];
        }
        constexpr std::size_t draws  = 300;
        auto                  counts = detail::tail_counts{1, 1, 1};
        auto const            split  = detail::split_draw(static_cast<std::uint32_t>(n + m), static_cast<std::uint32_t>(std::min(n, m)));
        for (std::uint32_t d = 0; d < draws; ++d) {
            auto source = stream(chacha_key{{0x89abcdefu, 0x01234567u, d, 0, 0x53504c54u, 0, 0, 0}});
            auto row    = std::vector<std::uint32_t>(split.words());
            split(source, [&row](std::uint32_t w) noexcept -> std::uint32_t& { return row[w]; });
            auto sum = 0.0;
            for (std::size_t i = 0; i < n + m; ++i) {
                sum += (row[i / 32] >> i % 32 & 1u) != 0 ? x[i] : 0.0;
            }
            sum = n <= m ? sum : total - sum;
            counts.above += sum >= observed ? 1u : 0u;
            counts.below += sum <= observed ? 1u : 0u;
            counts.all += 1;
        }
        for (auto const level : all_levels()) {
            detail::simd::forced_level const forced(level);
            for (auto const alt : alternatives) {
                INFO(a.size(), " + ", b.size(), ", level ", static_cast<int>(level));
                CHECK(permutation_test{.method = resampling::monte_carlo, .draws = draws, .seed = seed}(a, b, alt).p_value == detail::p_of_counts(counts, alt));
            }
        }
    }
}

TEST_CASE("automatic enumerates up to 2^20 splits and draws beyond") {
    auto const few = values{10, 4}, more = values{1, 2, 3};
    CHECK(permutation_test{.draws = 3}(few, more, alternative::greater) == permutation_test{.method = resampling::enumerate}(few, more, alternative::greater));
    auto a = values(40, 0.0), b = values(60, 0.0);
    for (std::size_t i = 0; i < 40; ++i) {
        a[i] = 10.0 + static_cast<double>(i);
    }
    CHECK(permutation_test{.draws = 999}(a, b, alternative::greater) == test_result{29.5, 0.001, 100, alternative::greater});
    CHECK(permutation_test{.draws = 999}(b, a, alternative::less) == test_result{-29.5, 0.001, 100, alternative::less});
    CHECK(permutation_test{.draws = 999}(a, b, alternative::less).p_value == 1.0);
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
    CHECK_THROWS_WITH_AS(permutation_test{}(values{1e308, -1e308}, values{0}, alternative::less),
                         "hallmark::permutation_test: the values are too large; allowed are values whose sum is finite", error);
    CHECK_THROWS_WITH_AS((permutation_test{.draws = 0}(values{1}, values{2}, alternative::less)),
                         "hallmark::permutation_test: draws is 0; allowed is 1 or more", error);
    CHECK_THROWS_WITH_AS((permutation_test{.method = resampling::enumerate}(values(11, 1.0), values(12, 1.0), alternative::less)),
                         "hallmark::permutation_test: method is enumerate for more than 1048576 arrangements; allowed are automatic and monte_carlo", error);
}

// The digits that somebody wrote down, read as doubles and less one of them, carry the rounding of the whole values: the p-value must be that of the same
// digits as whole numbers, or above.
TEST_CASE("far from 0, sums of rounded values that are equal on paper are ties") {
    std::uint32_t state = 12345;
    auto const    digit = [&] {
        state = state * 1664525u + 1013904223u;
        return static_cast<double>(state >> 29);
    };
    for (int trial = 0; trial < 500; ++trial) {
        values a, b, whole_a, whole_b;
        for (int i = 0; i < 4; ++i) {
            whole_a.push_back(1000000.0 + digit());
            whole_b.push_back(1000000.0 + digit());
            a.push_back(whole_a.back() / 10.0);
            b.push_back(whole_b.back() / 10.0);
        }
        for (auto const alt : {alternative::greater, alternative::less, alternative::two_sided}) {
            REQUIRE(permutation_test{}(a, b, alt).p_value == permutation_test{}(whole_a, whole_b, alt).p_value);
            REQUIRE(sign_flip_test{}(a, b, alt).p_value == sign_flip_test{}(whole_a, whole_b, alt).p_value);
        }
    }
}
