// The permutation test within strata: lot may move values between the samples of one user only, never between users.
#pragma once

#include <hallmark/stats/chacha_lanes.hpp>
#include <hallmark/stats/concept.hpp>
#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/moments.hpp>
#include <hallmark/stats/permutation.hpp>
#include <hallmark/stats/resampling.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hallmark::inline v0 {

/// H0: within each stratum (a user, a class) the values of a and b are exchangeable. Strata may differ from each other in any way: a plain
/// permutation test would read a difference between users as one between a and b. `greater`: a is above b; `less`: below;
/// `two_sided`: either, at twice the smaller tail.
///
/// `strata_of_a[i]` is the stratum of a[i], any number; likewise b. A stratum without values of both samples says nothing and has no weight.
/// The statistic is the mean over strata of mean(a) - mean(b), weighted by |a||b|/(|a| + |b|) there; n is the number of
/// values in all strata. Exact. Up to 2^20 arrangements all are tried; beyond, `draws` random ones and the
/// observed one are counted, as in permutation_test. The strata are drawn one after the other, by rising number, from one stream of the draw.
/// Cost O(arrangements), or O(draws · n); O(n log n) to sort the strata.
/// Throws errc::shape_mismatch, errc::empty_input, errc::not_a_number, errc::out_of_domain as permutation_test, and where no stratum has both.
/// Source: Fisher 1935; Phipson & Smyth 2010 (Monte Carlo).
struct stratified_permutation_test {
    resampling    method = resampling::automatic;
    std::uint64_t draws  = 9999;
    std::uint64_t seed   = 0;

    [[nodiscard]] auto operator()(std::span<double const> a, std::span<std::size_t const> strata_of_a, std::span<double const> b,
                                  std::span<std::size_t const> strata_of_b, alternative alt) const -> test_result {
        detail::require_sample(a, "hallmark::stratified_permutation_test", "a");
        detail::require_sample(b, "hallmark::stratified_permutation_test", "b");
        detail::require(a.size() == strata_of_a.size() && b.size() == strata_of_b.size(), errc::shape_mismatch,
                        "hallmark::stratified_permutation_test: there are ", a.size(), " and ", b.size(), " values and ", strata_of_a.size(), " and ",
                        strata_of_b.size(), " strata of them; each value needs one");
        auto const n = a.size() + b.size();
        detail::require(n <= 0xffffffffu, errc::out_of_domain, "hallmark::stratified_permutation_test: there are ", n, " values; allowed are up to 4294967295");
        auto s = sorted(a, strata_of_a, b, strata_of_b);
        detail::require(s.weight > 0.0, errc::out_of_domain, "hallmark::stratified_permutation_test: no stratum has values of both samples");
        auto const   all      = detail::enumerates(method, s.arrangements, draws, "hallmark::stratified_permutation_test");
        auto const   fixed    = detail::fixed_point(s.x, detail::largest_rounded(a, b), "hallmark::stratified_permutation_test");
        std::int64_t observed = 0;
        for (auto const& t : s.strata) {
            for (std::size_t i = 0; i < t.in_a; ++i) {
                observed += fixed.x[t.begin + i];
            }
        }
        auto counts = detail::tail_counts{};
        if (all) {
            count(s.strata, fixed, 0, 0, observed, counts);
        } else {
            counts = drawn(s.strata, fixed, observed);
        }
        return {s.excess / s.weight, detail::p_of_counts(counts, alt), n, alt};
    }

private:
    struct stratum {
        std::size_t begin, size, in_a;  // of x; the values of a come first
    };
    struct arranged {
        std::vector<double>  x;  // by stratum, and less the stratum's first value
        std::vector<stratum> strata;
        double               excess = 0.0, weight = 0.0;  // sum of w·(mean(a) - mean(b)), and of w
        std::uint64_t        arrangements = 1;
    };

    static auto sorted(std::span<double const> a, std::span<std::size_t const> strata_of_a, std::span<double const> b, std::span<std::size_t const> strata_of_b)
        -> arranged {
        auto const n     = a.size() + b.size();
        auto const label = [&](std::size_t i) { return i < a.size() ? strata_of_a[i] : strata_of_b[i - a.size()]; };
        auto       order = std::vector<std::size_t>(n);
        for (std::size_t i = 0; i < n; ++i) {
            order[i] = i;
        }
        std::stable_sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) { return label(i) < label(j); });
        auto out = arranged{};
        out.x.resize(n);
        auto excess = detail::compensated_sum{};
        for (std::size_t begin = 0; begin < n;) {
            auto t     = stratum{begin, 0, 0};
            auto pivot = 0.0;
            auto sum_a = detail::compensated_sum{}, sum_b = detail::compensated_sum{};
            while (begin + t.size < n && label(order[begin + t.size]) == label(order[begin])) {
                auto const i = order[begin + t.size];
                auto const v = i < a.size() ? a[i] : b[i - a.size()];
                pivot        = t.size == 0 ? v : pivot;
                (i < a.size() ? sum_a : sum_b).add(v - pivot);
                t.in_a += i < a.size() ? 1u : 0u;
                out.x[begin + t.size++] = v - pivot;
            }
            begin += t.size;
            auto const size = static_cast<double>(t.size), in_a = static_cast<double>(t.in_a);
            // w·(mean(a) - mean(b)) with w = |a||b|/(|a| + |b|): grows with the sum of a alone.
            if (t.in_a != 0 && t.in_a != t.size) {
                excess.add(sum_a.value() * ((size - in_a) / size) - sum_b.value() * (in_a / size));
                out.weight += in_a * (size - in_a) / size;
                out.strata.push_back(t);
                auto const ways = detail::arrangements(t.size, t.in_a);
                out.arrangements =
                    out.arrangements > detail::most_arrangements || ways > detail::most_arrangements ? detail::most_arrangements + 1 : out.arrangements * ways;
            } else {
                auto const end = out.x.begin() + static_cast<std::ptrdiff_t>(begin);
                std::fill(end - static_cast<std::ptrdiff_t>(t.size), end, 0.0);  // no weight, and no share in the slack
            }
        }
        out.excess = excess.value();
        return out;
    }

    // Counts all sums of the strata from number k on; choose() goes through the values of one stratum.
    static void count(std::span<stratum const> strata, detail::fixed_values const& fixed, std::size_t k, std::int64_t sum, std::int64_t observed,
                      detail::tail_counts& out) {
        if (k == strata.size()) {
            out.add(sum, observed, fixed.slack);
            return;
        }
        choose(strata, fixed, k, 0, strata[k].in_a, sum, observed, out);
    }
    static void choose(std::span<stratum const> strata, detail::fixed_values const& fixed, std::size_t k, std::size_t next, std::size_t left, std::int64_t sum,
                       std::int64_t observed, detail::tail_counts& out) {
        if (left == 0) {
            count(strata, fixed, k + 1, sum, observed, out);
            return;
        }
        for (auto i = next; i + left <= strata[k].size; ++i) {
            choose(strata, fixed, k, i + 1, left - 1, sum + fixed.x[strata[k].begin + i], observed, out);
        }
    }

    [[nodiscard]] auto drawn(std::span<stratum const> strata, detail::fixed_values const& fixed, std::int64_t observed) const -> detail::tail_counts {
        auto counts = detail::observed_arrangement();
        auto lanes  = detail::stream_lanes(detail::resampling_key(seed, 0, detail::split_draws));
        auto row    = std::vector<std::uint32_t>((fixed.x.size() + 31) / 32);
        for (std::uint64_t d = 0; d < draws; ++d) {
            if (d % detail::chacha_lanes == 0) {
                lanes.open(detail::draw_words, d);
            }
            auto         source = lanes.lane(d % detail::chacha_lanes);
            std::int64_t sum    = 0;
            for (auto const& t : strata) {
                sum += drawn_sum(std::span(fixed.x).subspan(t.begin, t.size), t.in_a, source, row);
            }
            counts.add(sum, observed, fixed.slack);
        }
        return counts;
    }

    // The sum of `in_a` of the values.
    template <class S>
    static auto drawn_sum(std::span<std::int64_t const> x, std::size_t in_a, S& source, std::vector<std::uint32_t>& row) noexcept -> std::int64_t {
        auto const in_b  = x.size() - in_a;
        auto const split = detail::split_draw(static_cast<std::uint32_t>(x.size()), static_cast<std::uint32_t>(in_a <= in_b ? in_a : in_b));
        split(source, [&row](std::uint32_t w) noexcept -> std::uint32_t& { return row[w]; });
        std::int64_t sum = 0;
        for (std::size_t i = 0; i < x.size(); ++i) {
            auto const chosen = (row[i / 32] >> i % 32 & 1u) != 0;
            sum += chosen == (in_a <= in_b) ? x[i] : 0;  // the smaller part was drawn
        }
        return sum;
    }
};

}  // namespace hallmark::inline v0
