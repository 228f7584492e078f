#include <hallmark/stats/conformal.hpp>

#include <doctest/doctest.h>
#include <stats/enumerate.hpp>
#include <support/close.hpp>

#include <limits>
#include <vector>

using namespace hallmark;
using values  = std::vector<double>;
using classes = std::vector<std::size_t>;

TEST_CASE("each score is a rank test") {
    auto const nulls = values{3, 1, 2, 2, 5}, scores = values{0, 1, 2, 2.5, 5, 6};
    auto const p = conformal_p_values(scores, nulls);
    CHECK(p == values{1.0, 1.0, 5.0 / 6.0, 3.0 / 6.0, 2.0 / 6.0, 1.0 / 6.0});
    for (std::size_t i = 0; i < scores.size(); ++i) {
        CHECK(p[i] == rank_test(scores[i], nulls).p_value);
    }
    CHECK(conformal_p_values(values{1}, values{0}) == values{0.5});
}

TEST_CASE("the false-alarm rate is at most alpha, and class by class") {
    for (std::size_t const n : {1u, 2u, 3u, 19u}) {
        for (auto const& pool : pools(n + 1)) {
            auto plain = values{}, mondrian = values{};
            for (std::size_t i = 0; i < pool.size(); ++i) {
                auto nulls = pool;
                nulls.erase(nulls.begin() + static_cast<std::ptrdiff_t>(i));
                plain.push_back(conformal_p_values(values{pool[i]}, nulls)[0]);
                // Class 4 is the pool; class 2 is far below, and would make every score of class 4 look like a member.
                auto of = classes(nulls.size(), 4);
                nulls.insert(nulls.begin(), 50, -1e9);
                of.insert(of.begin(), 50, 2);
                mondrian.push_back(mondrian_rank_test(pool[i], 4, nulls, of).p_value);
                CHECK(mondrian_p_values(values{pool[i], -2e9}, classes{4, 2}, nulls, of) == values{mondrian.back(), 1.0});
            }
            check_super_uniform(plain);
            CHECK(mondrian == plain);
        }
    }
}

// Smoothing: between the p-values with all ties lost and with all won, and uniform even where all scores are equal.
TEST_CASE("smoothed p-values") {
    auto const nulls = values{3, 1, 2, 2, 5};
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        auto const p = smoothed_conformal_p_values(values{2, 6}, nulls, seed);
        CHECK(p[0] > 2.0 / 6.0);
        CHECK(p[0] <= 5.0 / 6.0);
        CHECK(p[1] > 0.0);
        CHECK(p[1] <= 1.0 / 6.0);
        CHECK(p == smoothed_conformal_p_values(values{2, 6}, nulls, seed));
    }
    auto const     equal = smoothed_conformal_p_values(values(20'000, 1.0), values(3, 1.0), 7);
    constexpr auto n     = 20'000.0;
    for (double const alpha : {0.5, 0.1, 0.01}) {
        auto const below = static_cast<double>(std::count_if(equal.begin(), equal.end(), [&](double p) { return p <= alpha; }));
        CHECK(std::abs(below - alpha * n) < 6.0 * std::sqrt(alpha * (1.0 - alpha) * n));
    }
    CHECK(smoothed_conformal_p_values(values{2, 2}, nulls, 1)[0] != smoothed_conformal_p_values(values{2, 2}, nulls, 1)[1]);
    // The address: ChaCha20 with the key (seed, index, "CONF", 0, 0, 0), its first two words as 53 bits.
    auto const block = chacha20({{9, 0, 0, 0, 0x434f4e46u, 0, 0, 0}}, {{0, 0, 0, 0}});
    auto const u     = static_cast<double>((std::uint64_t{block.word[0]} << 32 | block.word[1]) >> 11) * 0x1p-53 + 0x1p-53;
    CHECK(smoothed_conformal_p_values(values{1}, values{0}, 9)[0] == u / 2.0);
}

// At gamma = 1 an RMIA score is the share of likelihood ratios below one's own, and its p the rank test of the ratio.
TEST_CASE("the p-value of an RMIA score") {
    CHECK(rmia_test(1.0, 4) == rank_result{0.2, 0, 4, 0.2});
    CHECK(rmia_test(0.0, 4).p_value == 1.0);
    CHECK(rmia_test(0.75, 4) == rank_test(3.5, values{1, 2, 3, 4}));
    CHECK(rmia_test(2.0 / 3.0, 3) == rank_result{0.5, 1, 3, 0.25});
    CHECK_THROWS_WITH_AS(rmia_test(0.5, 0), "hallmark::rmia_test: population is 0; allowed is 1 or more", error);
    CHECK_THROWS_WITH_AS(rmia_test(1.5, 4), "hallmark::rmia_test: score is 1.5; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(rmia_test(0.3, 4), "hallmark::rmia_test: score is 0.3; allowed are multiples of 1/population = 1/4", error);
}

TEST_CASE("what a caller can get wrong") {
    constexpr auto nan_ = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH_AS(conformal_p_values(values{}, values{1}), "hallmark::conformal_p_values: scores is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(conformal_p_values(values{1}, values{nan_}), "hallmark::conformal_p_values: calibration[0] is NaN; allowed are finite numbers", error);
    CHECK_THROWS_WITH_AS(smoothed_conformal_p_values(values{nan_}, values{1}, 0),
                         "hallmark::smoothed_conformal_p_values: scores[0] is NaN; allowed are finite numbers", error);
    CHECK_THROWS_WITH_AS(smoothed_conformal_p_values(values{1}, values{}, 0),
                         "hallmark::smoothed_conformal_p_values: calibration is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(mondrian_rank_test(nan_, 0, values{1}, classes{0}), "hallmark::mondrian_rank_test: observed is NaN; allowed is a finite number",
                         error);
    CHECK_THROWS_WITH_AS(mondrian_rank_test(1, 0, values{}, classes{}), "hallmark::mondrian_rank_test: nulls is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(mondrian_rank_test(1, 0, values{1, 2}, classes{0}),
                         "hallmark::mondrian_rank_test: there are 2 nulls and 1 classes of them; each null needs one", error);
    CHECK_THROWS_WITH_AS(mondrian_rank_test(1, 3, values{1, 2}, classes{0, 1}), "hallmark::mondrian_rank_test: no null is of class 3; 1 is needed at least",
                         error);
    CHECK_THROWS_WITH_AS(mondrian_p_values(values{1}, classes{3}, values{1, 2}, classes{0, 4}),
                         "hallmark::mondrian_p_values: no calibration score is of class 3; 1 is needed at least", error);
    CHECK_THROWS_WITH_AS(mondrian_p_values(values{1}, classes{}, values{1, 2}, classes{0, 1}),
                         "hallmark::mondrian_p_values: there are 1 and 2 scores and 0 and 2 classes of them; each score needs one", error);
}
