#include <hallmark/random/stream.hpp>
#include <hallmark/stats/stratified_permutation.hpp>

#include <doctest/doctest.h>
#include <stats/enumerate.hpp>
#include <support/close.hpp>

#include <limits>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;
using strata = std::vector<std::size_t>;

namespace {
auto const alternatives = {alternative::less, alternative::greater, alternative::two_sided};
}

// By hand: user 7 can put 5, 1 or 2 into a, user 3 either of 100 and 103: of the six sums 105 108 101 104 102 105 only 108 is as large as the observed one.
TEST_CASE("pinned p-values") {
    auto const a = values{5, 103}, b = values{1, 100, 2};
    auto const sa = strata{7, 3}, sb = strata{7, 3, 7};
    auto const r = stratified_permutation_test{}(a, sa, b, sb, alternative::greater);
    CHECK(r.p_value == 1.0 / 6.0);
    CHECK(r.n == 5);
    // Weights 1·2/3 and 1·1/2; differences of the means 5 - 1.5 and 3.
    CHECK(close(r.statistic, (2.0 / 3.0 * 3.5 + 0.5 * 3.0) / (2.0 / 3.0 + 0.5), 1e-15));
    CHECK(stratified_permutation_test{}(a, sa, b, sb, alternative::less).p_value == 1.0);
    CHECK(stratified_permutation_test{}(a, sa, b, sb, alternative::two_sided).p_value == 2.0 / 6.0);
}

TEST_CASE("one stratum is the plain test") {
    auto const a = values{1, 4, 2.5}, b = values{3, 0.5, 2, 1.5};
    for (auto const alt : alternatives) {
        auto const plain = permutation_test{}(a, b, alt), one = stratified_permutation_test{}(a, strata(3, 1), b, strata(4, 1), alt);
        CHECK(one.p_value == plain.p_value);
        CHECK(close(one.statistic, plain.statistic, 1e-14));
    }
}

// A user of whom there is no value to compare with must not move the statistic, nor the tolerance for ties, however large his values are.
TEST_CASE("a stratum with one sample only has no weight") {
    auto const alone = stratified_permutation_test{}(values{2, 1, 5}, strata{0, 0, 0}, values{0, 3}, strata{0, 0}, alternative::greater);
    auto other = stratified_permutation_test{}(values{2, 1, 1e12, 3e12, 5}, strata{0, 0, 9, 9, 0}, values{0, 3, -1e13}, strata{0, 0, 4}, alternative::greater);
    CHECK(other.n == 8);
    CHECK(other.p_value == alone.p_value);
    CHECK(other.statistic == alone.statistic);
}

// The reason for strata: users differ, and all large values come from the users of a.
TEST_CASE("a difference between users is none between samples") {
    auto const a = values{1, 3, 101, 103, 102, 104}, b = values{2, 4, 1.5, 2.5, 102.5};
    auto const sa = strata{0, 0, 1, 1, 1, 1}, sb = strata{0, 0, 0, 0, 1};
    CHECK(stratified_permutation_test{}(a, sa, b, sb, alternative::greater).p_value > 0.5);
    CHECK(permutation_test{}(a, b, alternative::greater).p_value < 0.15);
}

TEST_CASE("the false-alarm rate is at most alpha over all splits within strata") {
    for (auto const alt : alternatives) {
        for (auto const& first : pools(5)) {
            for (auto const& second : pools(4)) {
                auto p = values{}, drawn = values{};
                for_each_split(first, 2, [&](values const& a1, values const& b1) {
                    for_each_split(second, 1, [&](values const& a2, values const& b2) {
                        auto a = a1, b = b1;
                        a.insert(a.end(), a2.begin(), a2.end());
                        b.insert(b.end(), b2.begin(), b2.end());
                        p.push_back(stratified_permutation_test{}(a, strata{0, 0, 1}, b, strata{0, 0, 0, 1, 1, 1}, alt).p_value);
                    });
                });
                CHECK(p.size() == 40);
                check_super_uniform(p);
            }
        }
    }
}

TEST_CASE("Monte Carlo comes close to the enumeration, and takes over beyond 2^20 arrangements") {
    auto const a = values{1, 4, 2.5, 12, 13.5}, b = values{3, 0.5, 2, 1.5, 11, 12.5, 10};
    auto const sa = strata{0, 0, 0, 1, 1}, sb = strata{0, 0, 0, 0, 1, 1, 1};
    for (auto const alt : alternatives) {
        auto const exact = stratified_permutation_test{}(a, sa, b, sb, alt).p_value;
        auto const mc    = stratified_permutation_test{.method = resampling::monte_carlo, .draws = 40'000, .seed = 3}(a, sa, b, sb, alt).p_value;
        CHECK(std::abs(mc - exact) <= 6.0 * 2.0 * std::sqrt(0.25 / 40'000));
        CHECK(mc != exact);
    }
    values x, y;
    strata s;
    for (std::size_t i = 0; i < 30; ++i) {  // thirty pairs: 2^30 arrangements
        x.push_back(static_cast<double>(1000 * i) + 1.0);
        y.push_back(static_cast<double>(1000 * i));
        s.push_back(i);
    }
    CHECK(stratified_permutation_test{.draws = 999}(x, s, y, s, alternative::greater) == test_result{1.0, 0.001, 60, alternative::greater});
}

// The strata are drawn one after the other, by rising number, from the one stream of a draw.
TEST_CASE("Monte Carlo draws are where the header says") {
    auto const a = values{5, 1, 4, 9, 2, 8}, b = values{2, 8, 7, 1.5, 6};
    auto const sa = strata{3, 1, 1, 1, 3, 1}, sb = strata{1, 3, 3, 1, 3};
    // By stratum, a's values first: 1: 1 4 9 8 | 2 1.5; 3: 5 2 | 8 7 6.
    auto const            first = values{1, 4, 9, 8, 2, 1.5}, second = values{5, 2, 8, 7, 6};
    auto                  counts = detail::tail_counts{1, 1, 1};
    constexpr std::size_t draws  = 200;
    for (std::uint32_t d = 0; d < draws; ++d) {
        auto          source = stream(chacha_key{{9, 0, d, 0, 0x53504c54u, 0, 0, 0}});
        std::uint32_t row[2] = {};
        detail::split_draw(6, 2)(source, [&row](std::uint32_t) noexcept -> std::uint32_t& { return row[0]; });  // of six, b's two are drawn
        detail::split_draw(5, 2)(source, [&row](std::uint32_t) noexcept -> std::uint32_t& { return row[1]; });
        auto sum = 0.0;
        for (std::size_t i = 0; i < 6; ++i) {
            sum += (row[0] >> i & 1u) == 0 ? first[i] : 0.0;
            sum += i < 5 && (row[1] >> i & 1u) != 0 ? second[i] : 0.0;
        }
        counts.above += sum >= 29.0 ? 1u : 0u;
        counts.below += sum <= 29.0 ? 1u : 0u;
        counts.all += 1;
    }
    for (auto const alt : alternatives) {
        CHECK(stratified_permutation_test{.method = resampling::monte_carlo, .draws = draws, .seed = 9}(a, sa, b, sb, alt).p_value ==
              detail::p_of_counts(counts, alt));
    }
}

TEST_CASE("what a caller can get wrong") {
    constexpr auto nan_ = std::numeric_limits<double>::quiet_NaN();
    auto const     test = stratified_permutation_test{};
    CHECK_THROWS_WITH_AS(test(values{}, strata{}, values{1}, strata{0}, alternative::less),
                         "hallmark::stratified_permutation_test: a is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(test(values{1}, strata{0}, values{nan_}, strata{0}, alternative::less),
                         "hallmark::stratified_permutation_test: b[0] is NaN; allowed are finite numbers", error);
    CHECK_THROWS_WITH_AS(test(values{1}, strata{0}, values{1, 2}, strata{0}, alternative::less),
                         "hallmark::stratified_permutation_test: there are 1 and 2 values and 1 and 1 strata of them; each value needs one", error);
    CHECK_THROWS_WITH_AS(test(values{1}, strata{0}, values{1}, strata{1}, alternative::less),
                         "hallmark::stratified_permutation_test: no stratum has values of both samples", error);
    CHECK_THROWS_WITH_AS(test(values{1e308, -1e308}, strata{0, 0}, values{0}, strata{0}, alternative::less),
                         "hallmark::stratified_permutation_test: the values are too large; allowed are values whose sum is finite", error);
    CHECK_THROWS_WITH_AS(stratified_permutation_test{.draws = 0}(values{1}, strata{0}, values{1}, strata{0}, alternative::less),
                         "hallmark::stratified_permutation_test: draws is 0; allowed is 1 or more", error);
    CHECK_THROWS_WITH_AS(
        stratified_permutation_test{.method = resampling::enumerate}(values(11, 1.0), strata(11, 0), values(12, 1.0), strata(12, 0), alternative::less),
        "hallmark::stratified_permutation_test: method is enumerate for more than 1048576 arrangements; allowed are automatic and monte_carlo", error);
}
