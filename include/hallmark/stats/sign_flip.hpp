// The randomisation test of pairs: could lot have given the differences their signs?
#pragma once

#include <hallmark/stats/chacha_lanes.hpp>
#include <hallmark/stats/concept.hpp>
#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/moments.hpp>
#include <hallmark/stats/resampling.hpp>
#include <hallmark/stats/sign_sums.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace hallmark::inline v0 {

namespace detail {

/// Counts all sums of the values from `next` on with either sign, plus `sum`.
inline void count_flips(std::span<std::int64_t const> x, std::size_t next, std::int64_t sum, std::int64_t observed, std::int64_t slack, tail_counts& out) {
    if (next == x.size()) {
        out.add(sum, observed, slack);
        return;
    }
    count_flips(x, next + 1, sum + x[next], observed, slack, out);
    count_flips(x, next + 1, sum - x[next], observed, slack, out);
}

/// a - b pair by pair.
[[nodiscard]] inline auto differences_of(std::span<double const> a, std::span<double const> b) -> std::vector<double> {
    auto out = std::vector<double>(a.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        out[i] = a[i] - b[i];
    }
    return out;
}

/// How many ways n signs can be, or some number above most_arrangements where it is more than that.
[[nodiscard]] constexpr auto sign_ways(std::size_t n) noexcept -> std::uint64_t { return n <= 20 ? std::uint64_t{1} << n : most_arrangements + 1; }

/// Differences as whole numbers, with what sums of other signs are compared with. `largest`: see fixed_point.
struct flip_values {
    fixed_values fixed;
    std::int64_t observed = 0;
    double       mean;
};
[[nodiscard]] inline auto prepare_flips(std::span<double const> x, double largest, std::string_view function) -> flip_values {
    auto sum = compensated_sum{};
    for (auto const v : x) {
        sum.add(v);
    }
    auto out = flip_values{fixed_point(x, largest, function), 0, sum.value() / static_cast<double>(x.size())};
    for (auto const v : out.fixed.x) {
        out.observed += v;
    }
    return out;
}

}  // namespace detail

/// H0: each difference a - b is as likely with the other sign, independently of the other pairs.
/// `greater`: mean(a - b) is above 0; `less`: below; `two_sided`: either, at twice the smaller tail.
///
/// The statistic is mean(a - b) and n is the number of pairs. Exact, without any assumption on the size of the differences.
/// Up to 20 pairs all 2^n signs are tried, and the smallest possible p is 2^-n. Beyond, `draws` random ones are
/// counted, and the observed ones with them: the smallest p is 1/(draws + 1). Which ones are drawn depends on `seed` and nothing else
/// (stats/resampling.hpp says how); fix it before looking at the data. Cost O(2^n), or O(draws · n/8).
/// Throws errc::shape_mismatch, errc::empty_input, errc::not_a_number, errc::out_of_domain for sums that overflow, draws = 0, or
/// more than 20 pairs for `enumerate`. Source: Fisher 1935; Phipson & Smyth 2010 (Monte Carlo).
struct sign_flip_test {
    resampling    method = resampling::automatic;
    std::uint64_t draws  = 9999;
    std::uint64_t seed   = 0;

    [[nodiscard]] auto operator()(std::span<double const> a, std::span<double const> b, alternative alt) const -> test_result {
        detail::require_pairs(a, b, "hallmark::sign_flip_test");
        return result(detail::differences_of(a, b), detail::largest_rounded(a, b), alt);
    }

    /// The same for one sample, symmetric about 0 under H0.
    [[nodiscard]] auto operator()(std::span<double const> x, alternative alt) const -> test_result {
        detail::require_sample(x, "hallmark::sign_flip_test", "x");
        return result(x, 0.0, alt);
    }

private:
    [[nodiscard]] auto result(std::span<double const> x, double largest, alternative alt) const -> test_result {
        auto const all    = detail::enumerates(method, detail::sign_ways(x.size()), draws, "hallmark::sign_flip_test");
        auto const f      = detail::prepare_flips(x, largest, "hallmark::sign_flip_test");
        auto       counts = detail::tail_counts{};
        if (all) {
            detail::count_flips(f.fixed.x, 0, 0, f.observed, f.fixed.slack, counts);
        } else {
            counts = drawn_signs(f.fixed, f.observed);
        }
        return {f.mean, detail::p_of_counts(counts, alt), x.size(), alt};
    }

    [[nodiscard]] auto drawn_signs(detail::fixed_values const& fixed, std::int64_t observed) const -> detail::tail_counts {
        constexpr auto page   = detail::stream_pages::page;
        auto const     sum    = detail::sign_sums(fixed.x);
        auto           source = detail::stream_pages(detail::resampling_key(seed, 0, detail::sign_draws));
        auto           counts = detail::observed_arrangement();
        auto           rows   = std::vector<std::uint32_t>(sum.words() * page);  // as many draws as a page has words: they fill whole pages
        std::int64_t   sums[page];
        for (std::uint64_t first = 0; first < draws; first += page) {
            auto const now = static_cast<std::size_t>(draws - first < page ? draws - first : page);
            for (std::size_t at = 0; at < now * sum.words(); at += page) {
                source.next(rows.data() + at);
            }
            sum(rows.data(), std::span(sums, now));
            counts.add(std::span(sums, now), observed, fixed.slack);
        }
        return counts;
    }
};
static_assert(two_sample_test<sign_flip_test> && one_sample_test<sign_flip_test>);

}  // namespace hallmark::inline v0
