#include <hallmark/aggregate/extreme_mean.hpp>
#include <hallmark/aggregate/groups.hpp>
#include <hallmark/aggregate/log_ratio_sum.hpp>
#include <hallmark/aggregate/mean.hpp>
#include <hallmark/aggregate/quantile.hpp>
#include <hallmark/aggregate/trimmed.hpp>
#include <hallmark/core/simd.hpp>

#include <doctest/doctest.h>
#include <aggregate/laws.hpp>
#include <support/simd_levels.hpp>

#include <bit>
#include <cfenv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

using namespace hallmark;
using values  = std::vector<double>;
using offsets = std::vector<std::size_t>;

namespace {
// Sets of every size from 1 on, with ties, both zeros, and scores too far apart for a sum in double.
auto ragged(std::size_t sets, values& scores) -> offsets {
    offsets out = {0};
    for (std::size_t g = 0; g < sets; ++g) {
        for (std::size_t i = 0; i < g % 71 + 1; ++i) {
            auto const x = std::sin(static_cast<double>(g * 977 + i * 131));
            scores.push_back(i % 7 == 3    ? 0.25
                             : i % 11 == 5 ? -0.0
                             : g % 5 == 1  ? x * 1e15
                             : g % 5 == 2  ? (i % 2 == 0 ? x * 1e100 : x * 1e-100)
                             : g % 5 == 3  ? std::floor(x * 4)
                                           : x);
        }
        out.push_back(scores.size());
    }
    return out;
}
template <class A>
void agrees(A const& empty, values const& scores, offsets const& o, detail::simd::level level = detail::simd::level::avx512) {
    detail::simd::forced_level const forced(level);
    auto const                       together = aggregate_groups(empty, scores, o);
    REQUIRE(together.size() + 1 == o.size());
    for (std::size_t g = 0; g + 1 < o.size(); ++g) {
        INFO("set ", g);
        auto const set = values(scores.begin() + static_cast<std::ptrdiff_t>(o[g]), scores.begin() + static_cast<std::ptrdiff_t>(o[g + 1]));
        REQUIRE(laws::bits(together[g]) == laws::bits(laws::value(empty, set)));
    }
}
}  // namespace

TEST_CASE("pinned") {
    auto const scores = values{1, 2, 3, 10, -4, 5, 6};
    auto const o      = offsets{0, 3, 4, 7};
    CHECK(aggregate_groups(mean(), scores, o) == values{2, 10, 7.0 / 3});
    CHECK(aggregate_groups(median(), scores, o) == values{2, 10, 5});
    CHECK(aggregate_groups(highest_k_mean(1), scores, o) == values{3, 10, 6});
    CHECK(aggregate_groups(log_ratio_sum(), scores, o) == values{6, 10, 7});
}

// The quick ways to many sets at once must not differ from the slow one in a single bit: a published score would then
// depend on how many others were scored beside it.
TEST_CASE("the same bits as pushing one by one, for every aggregator and every size") {
    values     scores;
    auto const o = ragged(400, scores);
    for (auto const level : {detail::simd::level::scalar, detail::simd::level::baseline, detail::simd::level::avx2, detail::simd::level::avx512}) {
        agrees(mean(), scores, o, level);
        agrees(median(), scores, o, level);
        agrees(log_ratio_sum(), scores, o, level);
    }
    agrees(quantile(0.9), scores, o);
    agrees(trimmed_mean(0.2), scores, o);
    agrees(winsorised_mean(0.2), scores, o);
    agrees(lowest_k_mean(1), scores, o);
}

// Cut by the grids of exact_groups.hpp, these leave nothing over, or just something; the second kind must be noticed.
TEST_CASE("sums at the edge of what two doubles hold") {
    for (int const gap : {40, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 60, 90, 104, 105, 106, 107, 120, 1000}) {
        for (int const top : {0, 1000, -100, -900}) {
            if (top - gap < -1070) {
                continue;
            }
            auto const large = std::ldexp(1.0 + 0x1p-52, top), small = std::ldexp(1.0 + 0x1p-52, top - gap);
            INFO("gap ", gap, ", top ", top);
            agrees(mean(), {large, small, -large}, {0, 3});
            agrees(mean(), {large, small, large, large, -small, small, small}, {0, 1, 7});
            agrees(mean(), {large, -large, small, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, small}, {0, 18});
        }
    }
    agrees(mean(), {5e-324, 5e-324, -5e-324, 1e-310}, {0, 4});
    agrees(mean(), {1.7e308, 1e-5, -1.7e308}, {0, 3});
    agrees(log_ratio_sum(), {0.0, -0.0, -0.0}, {0, 1, 3});
}

// Sets side by side, of lengths that end in any lane: some round to even, one unit in the last place of a rest away from a tie, or cancel to nothing. Only
// those that are sure of their last bit may go the quick way.
TEST_CASE("many sets at once, at the edge of a rounding") {
    values  scores;
    offsets o = {0};
    for (std::size_t n = 1; n <= 70; ++n) {
        for (int const kind : {0, 1, 2, 3, 4}) {
            for (std::size_t i = 0; i + 3 < n; ++i) {
                scores.push_back(kind == 4 ? 0.0 : std::ldexp(1.0 + static_cast<double>(i * i % 11) * 0x1p-52, -static_cast<int>(i % 7)));
            }
            auto const tie = 0x1p-53;
            for (double const x : {1.0 + 0x1p-52,
                                   kind == 0   ? tie
                                   : kind == 1 ? tie * (1 + 0x1p-52)
                                   : kind == 2 ? -tie * (1 - 0x1p-53)
                                               : 0.0,
                                   kind == 3   ? -1.0 - 0x1p-52
                                   : kind == 4 ? -0x1p-1060
                                               : 0x1p-110}) {
                if (scores.size() < o.back() + n) {
                    scores.push_back(x);
                }
            }
            o.push_back(scores.size());
        }
    }
    for (auto const level : {detail::simd::level::scalar, detail::simd::level::baseline, detail::simd::level::avx2, detail::simd::level::avx512}) {
        agrees(mean(), scores, o, level);
        agrees(log_ratio_sum(), scores, o, level);
    }
}

// Were the quick way never taken, nothing else here would notice.
TEST_CASE("scores as they are take the quick way") {
#if HALLMARK_VECTORS
    values scores, out(40);
    for (std::size_t i = 0; i < 1000; ++i) {
        scores.push_back(-std::log1p(std::exp(-20 * std::sin(static_cast<double>(i)))));
    }
    offsets o = {0};
    while (o.back() < scores.size()) {
        o.push_back(o.back() + 25);
    }
    CHECK(detail::exact_sums(scores, o, out));
    CHECK(median::values_of(scores, o, out));
    auto const grid = detail::cut_for(std::bit_cast<std::uint64_t>(20.0), 25);
    double     high = 0, low = 0;
    bool       exact = false;
    detail::simd::run([&](auto set) { detail::sum_in_two<decltype(set)>(scores.data(), 25, grid, high, low, exact); });
    CHECK(exact);
    detail::simd::run([&](auto set) {
        constexpr auto width = sizeof(typename decltype(set)::f64) / sizeof(double);
        double const*  at[width];
        std::size_t    counts[width];
        double         sums[width];
        std::int64_t   sure[width];
        for (std::size_t l = 0; l < width; ++l) {
            at[l] = scores.data() + 25 * l, counts[l] = 25;
        }
        detail::sum_side_by_side<decltype(set)>(at, counts, grid, sums, sure);
        for (std::size_t l = 0; l < width; ++l) {
            CHECK(sure[l] != 0);
            CHECK(sums[l] == detail::exact_total(std::span(scores).subspan(25 * l, 25)));
        }
    });
#endif
}

TEST_CASE("long sets, and sets of many sizes") {
    values scores;
    for (std::size_t i = 0; i < 20'000; ++i) {
        scores.push_back(std::sin(static_cast<double>(i * i)) * 3);
    }
    for (auto const& o : {offsets{0, 20'000}, offsets{0, 1024, 2049, 2050, 9000, 20'000}, offsets{0, 64, 129, 130, 19'990, 20'000}}) {
        agrees(mean(), scores, o);
        agrees(median(), scores, o);
    }
}

TEST_CASE("sets of one size, and one set alone") {
    values scores;
    for (std::size_t i = 0; i < 25 * 37; ++i) {
        scores.push_back(std::sin(static_cast<double>(i * i)) * 3);
    }
    for (std::size_t const size : {1u, 25u, 37u, 925u}) {
        offsets o = {0};
        while (o.back() < scores.size()) {
            o.push_back(o.back() + size);
        }
        agrees(mean(), scores, o);
        agrees(median(), scores, o);
    }
}

// Floats take a shorter way where no addition rounds: up to 24 binades apart in sets of 25. At its edge, beyond it, and for zeros, subnormals and the
// largest.
TEST_CASE("floats are the same numbers as doubles") {
    auto const same = [](std::vector<float> const& x, std::vector<std::size_t> const& o) {
        auto const wide = values(x.begin(), x.end());
        auto const one  = [&](std::size_t g) {
            mean m;
            for (auto i = o[g]; i < o[g + 1]; ++i) {
                m.push(wide[i]);
            }
            return m.value();
        };
        for (auto const level : all_levels()) {
            detail::simd::forced_level const forced(level);
            auto const                       means = aggregate_groups(mean{}, x, o);
            REQUIRE(means.size() + 1 == o.size());
            for (std::size_t g = 0; g < means.size(); ++g) {
                INFO("set ", g, " of ", means.size());
                CHECK(std::bit_cast<std::uint64_t>(means[g]) == std::bit_cast<std::uint64_t>(one(g)));
            }
            CHECK(aggregate_groups(median{}, x, o) == aggregate_groups(median{}, wide, o));
        }
    };
    std::uint32_t s    = 5;
    auto const    next = [&] { return s = s * 1664525u + 1013904223u; };
    for (std::size_t const sets : {1u, 2u, 7u, 8u, 9u, 100u, 211u}) {
        for (int const binades : {0, 20, 23, 24, 25, 26, 40, 140}) {
            for (int const lowest : {-149, -126, -20}) {
                std::vector<std::size_t> even = {0}, uneven = {0};
                std::vector<float>       x(25 * sets);
                for (auto& v : x) {
                    auto const size = std::ldexp(1.0f + static_cast<float>(next() >> 9) * 0x1p-23f, lowest + static_cast<int>((next() >> 8) % 2) * binades);
                    v               = next() >> 28 == 0 ? -0.0f : next() >> 31 == 0 ? size : -size;
                }
                for (std::size_t g = 1; g <= sets; ++g) {
                    even.push_back(25 * g);
                    uneven.push_back(g == sets ? 25 * sets : 25 * g - (next() >> 8) % 24);
                }
                same(x, even);
                same(x, uneven);
            }
        }
    }
    for (int const binades : {24, 25, 26, 27}) {  // sums of 53 bits, which a double holds, and of more
        std::vector<std::size_t> sets_of_31 = {0};
        std::vector<float>       x;
        while (sets_of_31.size() <= 64) {
            for (int i = 0; i < 31; ++i) {
                auto const r = static_cast<float>((next() >> 12) % 1024) * 0x1p-23f;
                x.push_back(i % 3 == 0 ? 1.0f + 2.0f * r + 0x1p-23f : std::ldexp(2.0f - r - 0x1p-23f, binades));
            }
            sets_of_31.push_back(x.size());
        }
        same(x, sets_of_31);
    }
    for (std::size_t size = 1; size <= 20; ++size) {  // of one size, which takes a way of its own, but for one set
        std::vector<std::size_t> equal, but_one;
        std::vector<float>       x(size * 32);
        for (std::size_t g = 0; g <= 32; ++g) {
            equal.push_back(size * g);
            but_one.push_back(size * g - (g == 13 ? size / 2 : 0));
        }
        for (auto& v : x) {
            v = static_cast<float>(next() >> 8) * (next() >> 31 == 0 ? 0x1p-24f : -0x1p-24f);
        }
        same(x, equal);
        same(x, but_one);
    }
    same(std::vector<float>(400, -0.0f), {0, 50, 100, 150, 200, 250, 300, 350, 400});
    same(std::vector<float>(25 * 16, std::numeric_limits<float>::max()), {0, 25, 50, 75, 100, 125, 150, 175, 200, 225, 250, 275, 300, 325, 350, 375, 400});
    std::vector<float> long_set(5000, 0.1f);
    long_set[17] = 3e7f;
    same(long_set, {0, 1, 4000, 5000});
    for (float const bad : {std::numeric_limits<float>::quiet_NaN(), HUGE_VALF}) {
        for (std::size_t const at : {0u, 30u, 399u}) {
            std::vector<float>       x(400, 1.0f);
            std::vector<std::size_t> o;
            for (std::size_t i = 0; i <= 400; i += 25) {
                o.push_back(i);
            }
            x[at] = bad;
            for (auto const level : all_levels()) {
                detail::simd::forced_level const forced(level);
                CHECK_THROWS_WITH_AS(aggregate_groups(mean{}, x, o),
                                     std::isnan(bad) ? "hallmark::exact_sum: the number pushed is nan; allowed is any finite number"
                                                     : "hallmark::exact_sum: the number pushed is inf; allowed is any finite number",
                                     error);
            }
        }
    }
    // Whether an addition rounded is read from the processor's flag, which belongs to the caller.
    for (bool const before : {false, true}) {
        std::feclearexcept(FE_ALL_EXCEPT);
        if (before) {
            std::feraiseexcept(FE_INEXACT);
        }
        CHECK(aggregate_groups(mean{}, std::vector<float>(4000, 0.5f), std::vector<std::size_t>{0, 1000, 2000, 3000, 4000}) == values(4, 0.5));
        CHECK((std::fetestexcept(FE_INEXACT) != 0) == before);
    }
    auto used = mean{};
    used.push(1.0);
    CHECK_THROWS_WITH_AS(aggregate_groups(used, std::vector<float>{1}, std::vector<std::size_t>{0, 1}),
                         "hallmark::aggregate_groups: the aggregator holds 1 scores; allowed is none", error);
}

TEST_CASE("what a caller can get wrong") {
    auto       scores = values{1, 2, 3, 4};
    auto const call   = [&](offsets const& o) { (void)aggregate_groups(mean(), scores, o); };
    CHECK_THROWS_WITH_AS(call({0}), "hallmark::aggregate_groups: there are 1 offsets; allowed is one more than rows, 2 or more", error);
    CHECK_THROWS_WITH_AS(call({1, 4}), "hallmark::aggregate_groups: the first offset is 1; allowed is 0", error);
    CHECK_THROWS_WITH_AS(call({0, 3, 2, 4}), "hallmark::aggregate_groups: offset 2 is 2, after 3; allowed is the same or more", error);
    CHECK_THROWS_WITH_AS(call({0, 2, 2, 4}), "hallmark::aggregate_groups: set 1 is empty; allowed is 1 or more scores", error);
    CHECK_THROWS_WITH_AS(call({0, 5}), "hallmark::aggregate_groups: the last offset is 5 and there are 4 scores; both must be the same", error);
    mean used;
    used.push(1);
    CHECK_THROWS_WITH_AS(aggregate_groups(used, scores, offsets{0, 4}), "hallmark::aggregate_groups: the aggregator holds 1 scores; allowed is none", error);
    CHECK_THROWS_WITH_AS(aggregate_groups(lowest_k_mean(3), scores, offsets{0, 3, 4}),
                         "hallmark::lowest_k_mean: k is 3 and the set has 1 scores; allowed is as many or fewer", error);
    for (std::size_t const bad : {0u, 2u, 3u}) {
        for (double const value : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
            auto const good = scores[bad];
            scores[bad]     = value;
            CHECK_THROWS_WITH_AS(call({0, 2, 4}),
                                 detail::sentence("hallmark::exact_sum: the number pushed is ", value, "; allowed is any finite number").c_str(), error);
            CHECK_THROWS_WITH_AS(aggregate_groups(median(), scores, offsets{0, 2, 4}),
                                 detail::sentence("hallmark::median: the score pushed is ", value, "; allowed is any finite number").c_str(), error);
            scores[bad] = good;
        }
    }
    auto const most = std::numeric_limits<double>::max();
    CHECK_THROWS_WITH_AS(aggregate_groups(mean(), values{1, most, most}, offsets{0, 1, 3}), "hallmark::mean: the sum of the 2 scores is too large for a double",
                         error);
}
