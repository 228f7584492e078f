#include <hallmark/stats/resampling.hpp>

#include <hallmark/random/stream.hpp>

#include <doctest/doctest.h>
#include <support/simd_levels.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

// The unit: small enough to keep every digit of a double that matters, large enough that no sum overflows.
TEST_CASE("fixed-point values") {
    for (double const scale : {1.0, 1e-310, 1e300}) {
        auto const x = values{1.0 * scale, -2.0 * scale, 5.0 * scale};
        auto const f = detail::fixed_point(x, 0.0, "f");
        CHECK(static_cast<double>(f.x[2]) / static_cast<double>(f.x[0]) == doctest::Approx(5.0));
        CHECK(f.x[0] - f.x[1] + f.x[2] <= std::int64_t{1} << 60);
        CHECK(f.x[0] - f.x[1] + f.x[2] >= (std::int64_t{1} << 59) - 3);
        CHECK(f.slack < 1 << 13);
    }
    auto const zero = detail::fixed_point(values{0.0, -0.0}, 0.0, "f");
    CHECK(zero.x == std::vector<std::int64_t>{0, 0});
    CHECK(zero.slack == 0);
    CHECK_THROWS_WITH_AS((void)detail::fixed_point(values{1e308, -1e308}, 0.0, "f"), "f: the values are too large; allowed are values whose sum is finite",
                         error);
}

TEST_CASE("a sum within the slack counts for both sides") {
    auto c = detail::observed_arrangement();
    c.add(10, 12, 2);
    c.add(9, 12, 2);
    c.add(14, 12, 2);
    c.add(15, 12, 2);
    CHECK(c.below == 1 + 3);
    CHECK(c.above == 1 + 3);
    CHECK(c.all == 1 + 4);
    CHECK(detail::p_of_counts(c, alternative::greater) == 0.8);
}

TEST_CASE("what is enumerated") {
    CHECK(detail::enumerates(resampling::automatic, 1u << 20, 1, "f"));
    CHECK(!detail::enumerates(resampling::automatic, (1u << 20) + 1, 1, "f"));
    CHECK(!detail::enumerates(resampling::monte_carlo, 2, 1, "f"));
}

namespace {
// Words from a list, then zeros.
struct given_words {
    std::vector<std::uint32_t> words;
    std::size_t                at = 0;
    auto                       bits() noexcept -> std::uint32_t { return at < words.size() ? words[at++] : 0u; }
};
template <class S>
auto row_of(detail::split_draw const& split, S& source) -> std::vector<std::uint32_t> {
    auto       row  = std::vector<std::uint32_t>(split.words(), 0xdeadbeefu);
    auto const word = [&row](std::uint32_t w) noexcept -> std::uint32_t& { return row[w]; };
    split(source, word);
    return row;
}
}  // namespace

// The words of a stream that a draw takes, and what it does with them, written out: a draw can be made again from this by anyone.
TEST_CASE("a split, word by word") {
    // Half of six: one word, of which 0b101111 are values; two too many. Places 1, 1 again, 4 (6/65536 of a half, rounded down), from the lower half first.
    auto s = given_words{{0xffffffefu, 0x4000u | 0x4000u << 16, 0xffffu}};
    CHECK(row_of(detail::split_draw(6, 3), s) == std::vector<std::uint32_t>{0b001101});  // place 5 went last, and the word's other half was not needed
    CHECK(s.at == 3);
    // 5 of 16 values: five sixteenths, binary 0101: the first word as it is, "and", "or", "and" leave 0x300f, one too many; then place 0.
    s = given_words{{0x00ffu, 0x0f0fu, 0x3000u, 0xf01fu}};
    CHECK(detail::split_draw(16, 5).sixteenths == 5);
    CHECK(row_of(detail::split_draw(16, 5), s) == std::vector<std::uint32_t>{0x300e});
    // 1 of 40 is sparse; places below 65536 mod 40 = 16 in the lower bits are drawn again.
    s = given_words{{0u, 0x8001u << 16}};
    CHECK(row_of(detail::split_draw(40, 1), s) == std::vector<std::uint32_t>{1u << 20, 0});
    // More than 4096 values: uniform_below.
    s = given_words{{0x80000000u}};
    CHECK(row_of(detail::split_draw(8192, 1), s)[128] == 1u);
}

// A biased draw is a wrong p-value. Every set must be as likely as any other: more and fewer than chance gave, one and several words of chance, none.
TEST_CASE("every split is as likely as every other") {
    for (auto const& split : {detail::split_draw(4, 2), detail::split_draw(6, 3), detail::split_draw(7, 2), detail::split_draw(9, 3), detail::split_draw(9, 4),
                              detail::split_draw(10, 1), detail::split_draw(20, 1)}) {
        std::map<std::uint32_t, std::size_t> seen;
        constexpr std::size_t                draws = 60'000;
        for (std::uint64_t d = 0; d < draws; ++d) {
            auto source = stream(detail::resampling_key(11, d, detail::split_draws));
            ++seen[row_of(split, source)[0]];
        }
        INFO(split.chosen, " of ", split.n);
        CHECK(seen.size() == detail::arrangements(split.n, split.chosen));
        auto const each = static_cast<double>(draws) / static_cast<double>(seen.size());
        auto       chi2 = 0.0;
        for (auto const& [row, count] : seen) {
            chi2 += (static_cast<double>(count) - each) * (static_cast<double>(count) - each) / each;
        }
        auto const df = static_cast<double>(seen.size()) - 1.0;
        CHECK(std::abs(chi2 - df) <= 5.0 * std::sqrt(2.0 * df));
    }
}

// Rows of several words, and places drawn from whole words: every value as often as every other.
TEST_CASE("every value is chosen as often as every other") {
    for (auto const& [n, chosen, draws] :
         std::vector<std::tuple<std::uint32_t, std::uint32_t, std::size_t>>{{70, 30, 20'000}, {100, 9, 20'000}, {5000, 2400, 400}}) {
        auto const          split = detail::split_draw(n, chosen);
        std::vector<double> times(n);
        for (std::uint64_t d = 0; d < draws; ++d) {
            auto        source = stream(detail::resampling_key(12, d, detail::split_draws));
            auto const  row    = row_of(split, source);
            std::size_t count  = 0;
            for (std::uint32_t i = 0; i < 32 * split.words(); ++i) {
                auto const in = (row[i / 32] >> i % 32 & 1u) != 0;
                count += in ? 1u : 0u;
                times[i < n ? i : 0] += in && i < n ? 1.0 : 0.0;  // one outside is one too few inside
            }
            REQUIRE(count == chosen);
        }
        auto const p = static_cast<double>(chosen) / n, all = static_cast<double>(draws);
        auto       chi2 = 0.0;
        for (auto const t : times) {
            chi2 += (t - all * p) * (t - all * p) / (all * p * (1.0 - p));
        }
        CHECK(std::abs(chi2 - n) <= 5.0 * std::sqrt(2.0 * n));
    }
}

// The edges of a tie, at every place of a vector: a sum that counts on the wrong side moves a p-value.
TEST_CASE("many sums are counted as one by one, at every instruction set") {
    constexpr std::int64_t observed = -7, slack = 3;
    for (auto const level : all_levels()) {
        detail::simd::forced_level const forced(level);
        for (std::size_t const size : {0u, 1u, 2u, 7u, 8u, 9u, 40u}) {
            for (std::size_t at = 0; at < std::max(size, std::size_t{1}); ++at) {
                for (std::int64_t const edge : {observed - slack - 1, observed - slack, observed, observed + slack, observed + slack + 1, std::int64_t{1} << 61,
                                                -(std::int64_t{1} << 61)}) {
                    auto sums = std::vector<std::int64_t>(size, 100);
                    if (at < size) {
                        sums[at] = edge;
                    }
                    auto together = detail::observed_arrangement(), alone = together;
                    together.add(sums, observed, slack);
                    for (auto const sum : sums) {
                        alone.add(sum, observed, slack);
                    }
                    CHECK(together.below == alone.below);
                    CHECK(together.above == alone.above);
                    CHECK(together.all == alone.all);
                }
            }
        }
    }
}
