// The permutation test of two samples: could lot have put the larger values into the first?
#pragma once

#include <hallmark/random/uniform.hpp>
#include <hallmark/stats/chacha_lanes.hpp>
#include <hallmark/stats/concept.hpp>
#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/moments.hpp>
#include <hallmark/stats/resampling.hpp>
#include <hallmark/stats/sign_flip.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace hallmark::inline v0 {

namespace detail {

/// Counts all sums of `left` of the values from `next` on, plus `sum`.
inline void count_subsets(std::span<std::int64_t const> x, std::size_t next, std::size_t left, std::int64_t sum, std::int64_t observed, std::int64_t slack,
                          tail_counts& out) {
    if (left == 0) {
        out.add(sum, observed, slack);
        return;
    }
    for (auto i = next; i + left <= x.size(); ++i) {
        count_subsets(x, i + 1, left - 1, sum + x[i], observed, slack, out);
    }
}

/// The sum of `chosen` of the values, drawn without replacement: the first steps of a Fisher-Yates shuffle of `work`, which holds the
/// same values as x before and after. `changed` is room for the places that a step wrote to. O(chosen).
template <class S>
[[nodiscard]] auto drawn_sum(std::span<std::int64_t const> x, std::span<std::int64_t> work, std::size_t chosen, S& source,
                             std::span<std::uint32_t> changed) noexcept -> std::int64_t {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < chosen; ++i) {
        auto const taken = i + uniform_below(source, static_cast<std::uint32_t>(x.size() - i));
        sum += work[taken];
        work[taken] = work[i];  // half a swap: place i is not looked at again
        changed[i]  = static_cast<std::uint32_t>(taken);
    }
    for (std::size_t i = 0; i < chosen; ++i) {
        work[changed[i]] = x[changed[i]];
    }
    return sum;
}

/// Two samples as whole numbers, a first, with what the splits are compared with. Relative to one of the values, so that the sums and their rounding are small.
struct split_values {
    fixed_values fixed;
    std::int64_t observed = 0, total = 0;  ///< the sum of a, and of all
    double       difference;               ///< mean(a) - mean(b)
};
[[nodiscard]] inline auto prepare_split(std::span<double const> a, std::span<double const> b, std::string_view function) -> split_values {
    auto x = std::vector<double>(a.begin(), a.end());
    x.insert(x.end(), b.begin(), b.end());
    auto const pivot = x.front();
    auto       in_a = compensated_sum{}, in_b = compensated_sum{};
    for (std::size_t i = 0; i < x.size(); ++i) {
        x[i] -= pivot;
        (i < a.size() ? in_a : in_b).add(x[i]);
    }
    auto out = split_values{fixed_point(x, function), 0, 0, in_a.value() / static_cast<double>(a.size()) - in_b.value() / static_cast<double>(b.size())};
    for (std::size_t i = 0; i < x.size(); ++i) {
        out.observed += i < a.size() ? out.fixed.x[i] : 0;
        out.total += out.fixed.x[i];
    }
    return out;
}

}  // namespace detail

/// H0: the values of both samples are exchangeable, as if one sample had been split by lot. `greater`:
/// mean(a) is above mean(b); `less`: below; `two_sided`: either, at twice the smaller tail.
///
/// The statistic is mean(a) - mean(b) and n is the number of values in both samples, below 2^32. Exact without
/// any assumption on the distribution. Up to 2^20 splits (20 values in two tens: 184,756) all are tried, and
/// the smallest possible p is 1/C(n, |a|). Beyond, `draws` random splits are counted, and the observed one with them: the smallest p is 1/(draws + 1).
/// Which ones are drawn depends on `seed` and nothing else (stats/resampling.hpp says how); fix it before looking at the data.
/// Cost O(splits), or O(draws · min(|a|, |b|)).
/// Throws errc::empty_input, errc::not_a_number, errc::out_of_domain for sums that overflow, draws = 0, or too many splits for `enumerate`.
/// Source: Pitman 1937; Phipson & Smyth 2010 (Monte Carlo).
struct permutation_test {
    resampling    method = resampling::automatic;
    std::uint64_t draws  = 9999;
    std::uint64_t seed   = 0;

    [[nodiscard]] auto operator()(std::span<double const> a, std::span<double const> b, alternative alt) const -> test_result {
        detail::require_sample(a, "hallmark::permutation_test", "a");
        detail::require_sample(b, "hallmark::permutation_test", "b");
        auto const n = a.size() + b.size();
        detail::require(n <= 0xffffffffu, errc::out_of_domain, "hallmark::permutation_test: there are ", n, " values; allowed are up to 4294967295");
        auto const all = detail::enumerates(method, detail::arrangements(n, a.size()), draws, "hallmark::permutation_test");
        auto const s   = detail::prepare_split(a, b, "hallmark::permutation_test");
        // With the total fixed, the difference of the means grows with the sum of a alone.
        auto const counts = all ? every_split(s.fixed, a.size(), s.observed) : drawn_splits(s.fixed, a.size(), s.observed, s.total);
        return {s.difference, detail::p_of_counts(counts, alt), n, alt};
    }

private:
    static auto every_split(detail::fixed_values const& fixed, std::size_t chosen, std::int64_t observed) -> detail::tail_counts {
        auto counts = detail::tail_counts{};
        detail::count_subsets(fixed.x, 0, chosen, 0, observed, fixed.slack, counts);
        return counts;
    }

    [[nodiscard]] auto drawn_splits(detail::fixed_values const& fixed, std::size_t in_a, std::int64_t observed, std::int64_t total) const
        -> detail::tail_counts {
        auto const in_b   = fixed.x.size() - in_a;
        auto const chosen = in_a < in_b ? in_a : in_b;  // the smaller sample is drawn; the sum of the other one is the rest
        auto       room   = std::vector<std::uint32_t>(chosen);
        auto       work   = fixed.x;
        auto       counts = detail::observed_arrangement();
        auto       lanes  = detail::stream_lanes(chosen);
        for (std::uint64_t first = 0; first < draws; first += detail::chacha_lanes) {
            chacha_key keys[detail::chacha_lanes];
            for (std::size_t l = 0; l < detail::chacha_lanes; ++l) {
                keys[l] = detail::resampling_key(seed, first + l, detail::split_draws);
            }
            lanes.make(keys);
            for (std::size_t l = 0; l < detail::chacha_lanes && l < draws - first; ++l) {
                auto       source = lanes.lane(l);
                auto const sum    = detail::drawn_sum(fixed.x, work, chosen, source, room);
                counts.add(in_a < in_b ? sum : total - sum, observed, fixed.slack);
            }
        }
        return counts;
    }
};
static_assert(two_sample_test<permutation_test>);

}  // namespace hallmark::inline v0
