#include <hallmark/metric/rate.hpp>

#include <doctest/doctest.h>
#include <support/simd_levels.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

constexpr auto infinity_ = std::numeric_limits<double>::infinity();

// Each rate, its count, its interval and its threshold.
TEST_CASE("pinned rates") {
    auto const members = values{9, 8, 5, 3}, nulls = values{7, 4, 2, 1, 0};
    CHECK(tpr_at_fpr(members, nulls, 0.0) == rate{0.5, 2, 4, clopper_pearson(2, 4, 0.95), 8.0});
    CHECK(tpr_at_fpr(members, nulls, 0.19) == rate{0.5, 2, 4, clopper_pearson(2, 4, 0.95), 8.0});
    CHECK(tpr_at_fpr(members, nulls, 0.2) == rate{0.75, 3, 4, clopper_pearson(3, 4, 0.95), 5.0});
    CHECK(tpr_at_fpr(members, nulls, 0.4, 0.9) == rate{1.0, 4, 4, clopper_pearson(4, 4, 0.9), 3.0});
    CHECK(tpr_at_fpr(members, nulls, 1.0) == rate{1.0, 4, 4, clopper_pearson(4, 4, 0.95), 3.0});  // the strictest of equals
    CHECK(fpr_at_tpr(members, nulls, 1.0) == rate{0.4, 2, 5, clopper_pearson(2, 5, 0.95), 3.0});
    CHECK(fpr_at_tpr(members, nulls, 0.51) == rate{0.2, 1, 5, clopper_pearson(1, 5, 0.95), 5.0});
    CHECK(fpr_at_tpr(members, nulls, 0.5, 0.9) == rate{0.0, 0, 5, clopper_pearson(0, 5, 0.9), 8.0});
    CHECK(fpr_at_tpr(members, nulls, 0.0) == rate{0.0, 0, 5, clopper_pearson(0, 5, 0.95), infinity_});
    // A null on top, or tied with the best member: nothing may be called a member.
    CHECK(tpr_at_fpr(values{9, 8}, values{9, 1}, 0.0) == rate{0.0, 0, 2, clopper_pearson(0, 2, 0.95), infinity_});
}

// The sample that says where to look comes at regular places. Here it meets only small values, so it is wrong, and only the
// second way finds the answer.
TEST_CASE("scores that mislead the sample") {
    auto nulls = values(65'536, 0.0);
    for (std::size_t i = 1; i < nulls.size(); i += 2) {
        nulls[i] = static_cast<double>(i);  // the sample takes every 16th, from 0
    }
    auto const members = values{65'535.5, 65'534.0, 0.5, -1.0};
    CHECK(tpr_at_fpr(members, nulls, 0.0).hits == 1);
    CHECK(tpr_at_fpr(members, nulls, 1.0 / 65'536.0).hits == 2);
    CHECK(tpr_at_fpr(members, nulls, 0.5).hits == 3);
    for (std::size_t i = 0; i < nulls.size(); ++i) {  // and large values where it looks
        nulls[i] = i % 16 == 0 ? static_cast<double>(i) : 0.0;
    }
    CHECK(tpr_at_fpr(values{65'520.5, 65'519.0}, nulls, 0.0).hits == 1);
    CHECK(tpr_at_fpr(values{65'520.5, 65'519.0}, nulls, 0.001).hits == 2);
}

// Lanes of any width, and what is left before the first and after the last of them: counts and thresholds must be those of a plain loop.
TEST_CASE("the same rates with every instruction set, wherever the scores begin in memory") {
    auto scores = values();
    for (std::uint64_t i = 0; i < 40'009; ++i) {
        scores.push_back(static_cast<double>(i * 2654435761u % 4099) - 2000.0);
    }
    for (std::size_t first = 0; first < 9; ++first) {
        auto const members = std::span<double const>(scores).subspan(first, 20'001), nulls = std::span<double const>(scores).subspan(first, 40'000);
        for (double const f : {0.0, 0.001, 0.01, 0.3, 1.0}) {
            auto sorted = values(nulls.begin(), nulls.end());
            std::sort(sorted.rbegin(), sorted.rend());
            auto const  allowed = detail::most_hits(f, nulls.size());
            std::size_t hits    = 0;
            auto        least   = infinity_;
            for (auto const x : members) {
                if (allowed == nulls.size() || x > sorted[allowed]) {
                    ++hits;
                    least = std::min(least, x);
                }
            }
            std::size_t false_hits = 0;
            auto        up         = values(members.begin(), members.end());
            std::sort(up.rbegin(), up.rend());
            auto const needed = detail::least_hits(f, members.size());
            for (auto const x : nulls) {
                false_hits += needed > 0 && x >= up[needed - 1] ? 1u : 0u;
            }
            for (auto const level : all_levels()) {
                detail::simd::forced_level const forced(level);
                auto const                       tpr = tpr_at_fpr(members, nulls, f);
                REQUIRE(tpr.hits == hits);
                REQUIRE(tpr.threshold == least);
                REQUIRE(fpr_at_tpr(members, nulls, f).hits == false_hits);
            }
        }
    }
}

// A share is what a division says it is: 3/10 is above the double 0.3 times 10 or below, depending on how it is computed.
TEST_CASE("a threshold of zero is 0, whichever zeros the scores are") {
    for (auto const n : {std::size_t{1}, std::size_t{2}, std::size_t{33}, std::size_t{200}}) {
        for (std::size_t const other : {std::size_t{0}, n / 2, n - 1}) {
            auto members   = values(n, -0.0);
            members[other] = n == 1 ? -0.0 : 0.0;
            for (auto const level : all_levels()) {
                detail::simd::forced_level const force(level);
                CHECK(std::signbit(tpr_at_fpr(members, values{-1.0, 1.0}, 0.5).threshold) == false);
                CHECK(std::signbit(tpr_at_fpr(members, values{-1.0}, 1.0).threshold) == false);
                CHECK(std::signbit(fpr_at_tpr(members, values{-1.0, 1.0}, 1.0).threshold) == false);
            }
        }
    }
}

TEST_CASE("shares and counts fit together for every count") {
    for (std::size_t n = 1; n < 300; ++n) {
        for (std::size_t k = 0; k <= n; ++k) {
            auto const share = static_cast<double>(k) / static_cast<double>(n);
            CHECK(detail::most_hits(share, n) == k);
            CHECK(detail::least_hits(share, n) == k);
            CHECK(detail::least_hits(std::nextafter(share, 2.0), n) == (k < n ? k + 1 : n + 1));
        }
    }
}

TEST_CASE("what a caller can get wrong") {
    constexpr auto nan_ = std::numeric_limits<double>::quiet_NaN();
    auto const     one  = values{1};
    CHECK_THROWS_WITH_AS(tpr_at_fpr(one, one, 1.5), "hallmark::tpr_at_fpr: most_fpr is 1.5; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(tpr_at_fpr(one, one, nan_), "hallmark::tpr_at_fpr: most_fpr is NaN; allowed is a finite number", error);
    CHECK_THROWS_WITH_AS(tpr_at_fpr(one, one, 0.1, 0.0), "hallmark::tpr_at_fpr: confidence is 0; allowed is more than 0 and less than 1", error);
    CHECK_THROWS_WITH_AS(tpr_at_fpr({}, one, 0.1), "hallmark::tpr_at_fpr: members is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(fpr_at_tpr(one, one, -0.5), "hallmark::fpr_at_tpr: least_tpr is -0.5; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(fpr_at_tpr(one, one, 0.5, 1.0), "hallmark::fpr_at_tpr: confidence is 1; allowed is more than 0 and less than 1", error);
    CHECK_THROWS_WITH_AS(fpr_at_tpr(one, values{nan_}, 0.5), "hallmark::fpr_at_tpr: nulls[0] is NaN; allowed are finite numbers", error);
    // NaN and infinity are found wherever they lie, on the fast path, too.
    for (std::size_t const at : {0u, 1u, 2047u, 2048u, 30'000u, 39'999u}) {
        auto many = values(40'000, 0.25);
        many[at]  = infinity_;
        CHECK_THROWS_AS(tpr_at_fpr(one, many, 0.001), error);
        CHECK_THROWS_AS(tpr_at_fpr(many, one, 0.001), error);
        CHECK_THROWS_AS(tpr_at_fpr(one, many, 1.0), error);
        many[at] = nan_;
        CHECK_THROWS_AS(tpr_at_fpr(one, many, 0.001), error);
        CHECK_THROWS_AS(fpr_at_tpr(many, one, 0.001), error);
        CHECK_THROWS_AS(fpr_at_tpr(one, many, 0.5), error);
        CHECK_THROWS_AS(fpr_at_tpr(one, many, 0.0), error);
        many[at] = -infinity_;
        CHECK_THROWS_AS(fpr_at_tpr(many, one, 0.0), error);
    }
}
