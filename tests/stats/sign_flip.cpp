#include <hallmark/stats/sign_flip.hpp>

#include <doctest/doctest.h>
#include <stats/enumerate.hpp>
#include <stats/two_sample_golden.hpp>
#include <support/close.hpp>
#include <support/golden.hpp>

#include <limits>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

namespace {
auto const alternatives = {alternative::less, alternative::greater, alternative::two_sided};

auto with_signs(values x, unsigned signs) -> values {
    for (std::size_t i = 0; i < x.size(); ++i) {
        x[i] = (signs >> i & 1u) != 0 ? x[i] : -x[i];
    }
    return x;
}
}  // namespace

TEST_CASE("pinned p-values") {
    CHECK(sign_flip_test{}(values{3, 5, 9}, values{1, 1, 1}, alternative::greater) == test_result{14.0 / 3.0, 0.125, 3, alternative::greater});
    CHECK(sign_flip_test{}(values{-2, 4, 8}, alternative::greater).p_value == 0.25);
    CHECK(sign_flip_test{}(values{-2, 4, 8}, alternative::two_sided).p_value == 0.5);
    CHECK(sign_flip_test{}(values{-2, 4, 8}, alternative::less).p_value == 0.875);
    CHECK(sign_flip_test{}(values(20, 1.0), alternative::greater).p_value == 0x1p-20);  // as many as are enumerated
    CHECK(sign_flip_test{}(values{0.1, 0.2, -0.3}, alternative::greater).p_value == 5.0 / 8.0);
    CHECK(sign_flip_test{}(values{-0.1, -0.2, 0.3}, alternative::greater).p_value == 5.0 / 8.0);
}

TEST_CASE("one, two and three pairs") {
    CHECK(sign_flip_test{}(values{1}, alternative::greater).p_value == 0.5);
    CHECK(sign_flip_test{}(values{1, 2}, alternative::greater).p_value == 0.25);
    CHECK(sign_flip_test{}(values{1, 2, 3}, alternative::two_sided).p_value == 0.25);
    CHECK(sign_flip_test{}(values{0, 0}, alternative::two_sided).p_value == 1.0);
}

TEST_CASE("golden values") {
    HALLMARK_NEEDS_GOLDEN();
    auto rows = 0;
    for (auto row : golden::csv("stats/permutation_exact.csv")) {
        if (row["type"] != "independent") {
            INFO(row["a"], ", ", row["alternative"]);
            auto const r = sign_flip_test{}(golden::numbers(row["a"]), golden::numbers(row["b"]), side_of(row["alternative"]));
            CHECK(close(r.statistic, golden::number(row["statistic"]), 1e-12));
            CHECK(r.p_value == golden::number(row["pvalue"]));
            CHECK(std::nearbyint(r.p_value * golden::number(row["enumerated"])) / golden::number(row["enumerated"]) == r.p_value);
            ++rows;
        }
    }
    CHECK(rows == 6);
}

TEST_CASE("the false-alarm rate is at most alpha over all signs") {
    for (auto const alt : alternatives) {
        for (std::size_t const n : {1u, 2u, 3u, 8u}) {
            for (auto const& pool : pools(n)) {
                auto p = values{};
                for (unsigned signs = 0; signs < 1u << n; ++signs) {
                    p.push_back(sign_flip_test{}(with_signs(pool, signs), alt).p_value);
                }
                check_super_uniform(p);
            }
        }
    }
}

TEST_CASE("Monte Carlo: the false-alarm rate over seeds and signs is at most alpha") {
    for (auto const alt : alternatives) {
        for (auto const& pool : pools(6)) {
            std::size_t trials = 0, rejected = 0;
            for (unsigned round = 0; round < 12'800; ++round) {
                auto const test = sign_flip_test{.method = resampling::monte_carlo, .draws = 19, .seed = round};
                rejected += test(with_signs(pool, round % 64), alt).p_value <= 0.1 ? 1u : 0u;
                ++trials;
            }
            auto const n = static_cast<double>(trials);
            CHECK(static_cast<double>(rejected) <= 0.1 * n + 6.0 * std::sqrt(0.09 * n));
        }
    }
}

// A sign that two pairs share, or one that is never flipped, would show here.
TEST_CASE("Monte Carlo comes close to the enumeration") {
    auto const x = values{0.3, -1.2, 2.5, 0.7, -0.4, 1.9, 3.1, -2.2, 0.9, 1.4, -0.8, 2.0};
    for (auto const alt : alternatives) {
        auto const exact = sign_flip_test{}(x, alt).p_value;
        auto const mc    = sign_flip_test{.method = resampling::monte_carlo, .draws = 40'000, .seed = 3}(x, alt).p_value;
        CHECK(std::abs(mc - exact) <= 6.0 * 2.0 * std::sqrt(0.25 / 40'000));
        CHECK(mc != exact);
    }
}

// 35 pairs take two words a draw, so draw d begins at word 2d of the one stream.
TEST_CASE("Monte Carlo draws are where the header says") {
    auto x = values{};
    for (int i = 0; i < 35; ++i) {
        x.push_back(i * i - 400.0);
    }
    auto counts = detail::tail_counts{1, 1, 1};
    auto total  = 0.0;
    for (auto const v : x) {
        total += v;
    }
    for (std::size_t d = 0; d < 300; ++d) {
        auto sum = 0.0;
        for (std::size_t i = 0; i < 35; ++i) {
            auto const word  = 2 * d + i / 32;
            auto const block = chacha20({{77, 0, 0, 0, 0x5349474eu, 0, 0, 0}}, {{static_cast<std::uint32_t>(word / 16), 0, 0, 0}});
            sum += (block.word[word % 16] >> (i % 32) & 1u) != 0 ? -x[i] : x[i];
        }
        counts.above += sum >= total ? 1u : 0u;
        counts.below += sum <= total ? 1u : 0u;
        counts.all += 1;
    }
    for (auto const alt : alternatives) {
        CHECK(sign_flip_test{.draws = 300, .seed = 77}(x, alt).p_value == detail::p_of_counts(counts, alt));
    }
    CHECK(sign_flip_test{.draws = 999}(values(300, 1.0), alternative::greater).p_value == 0.001);
}

TEST_CASE("what a caller can get wrong") {
    constexpr auto nan_ = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH_AS(sign_flip_test{}(values{1, 2}, values{1}, alternative::less),
                         "hallmark::sign_flip_test: a has 2 values and b has 1; pairs need equal lengths", error);
    CHECK_THROWS_WITH_AS(sign_flip_test{}(values{}, alternative::less), "hallmark::sign_flip_test: x is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(sign_flip_test{}(values{nan_}, alternative::less), "hallmark::sign_flip_test: x[0] is NaN; allowed are finite numbers", error);
    CHECK_THROWS_WITH_AS(sign_flip_test{}(values{1e308, 1e308}, alternative::less),
                         "hallmark::sign_flip_test: the values are too large; allowed are values whose sum is finite", error);
    CHECK_THROWS_WITH_AS(sign_flip_test{}(values{1e308}, values{-1e308}, alternative::less),
                         "hallmark::sign_flip_test: the values are too large; allowed are values whose sum is finite", error);
    CHECK_THROWS_WITH_AS(sign_flip_test{.draws = 0}(values{1}, alternative::less), "hallmark::sign_flip_test: draws is 0; allowed is 1 or more", error);
    CHECK_THROWS_WITH_AS(sign_flip_test{.method = resampling::enumerate}(values(21, 1.0), alternative::less),
                         "hallmark::sign_flip_test: method is enumerate for more than 1048576 arrangements; allowed are automatic and monte_carlo", error);
}
