// Permutation tests by full enumeration: difference of means of two samples, and sign flips of pairs.
#pragma once

#include <hallmark/stats/concept.hpp>
#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/moments.hpp>
#include <hallmark/stats/side.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace hallmark::inline v0 {

namespace detail {

inline constexpr auto most_arrangements = std::uint64_t{1} << 20;

/// C(n, k), or some number above most_arrangements where it is more than that.
[[nodiscard]] inline auto arrangements(std::size_t n, std::size_t k) noexcept -> std::uint64_t {
    auto const    steps = k < n - k ? k : n - k;
    std::uint64_t c     = 1;
    for (std::size_t i = 1; i <= steps && c <= most_arrangements; ++i) {
        c = c * (n - steps + i) / i;  // exact: a product of i successive numbers is divisible by i!
    }
    return c;
}

struct tail_counts {
    std::uint64_t below = 0, above = 0, all = 0;  // arrangements with a sum <= and >= the observed one; a tie is in both
};

// Equal sums come out a few roundings apart when added in another order. `slack` is an upper bound of
// that rounding, and a sum within it counts as tied, that is for both sides: p is never too small.

/// All sums of `left` of the values from `next` on, plus `sum`.
inline void count_subsets(std::span<double const> x, std::size_t next, std::size_t left, double sum, double observed, double slack, tail_counts& out) {
    if (left == 0) {
        out.below += sum <= observed + slack ? 1u : 0u;
        out.above += sum >= observed - slack ? 1u : 0u;
        out.all += 1;
        return;
    }
    for (auto i = next; i + left <= x.size(); ++i) {
        count_subsets(x, i + 1, left - 1, sum + x[i], observed, slack, out);
    }
}

/// All sums of the values from `next` on with either sign, plus `sum`.
inline void count_flips(std::span<double const> x, std::size_t next, double sum, double observed, double slack, tail_counts& out) {
    if (next == x.size()) {
        out.below += sum <= observed + slack ? 1u : 0u;
        out.above += sum >= observed - slack ? 1u : 0u;
        out.all += 1;
        return;
    }
    count_flips(x, next + 1, sum + x[next], observed, slack, out);
    count_flips(x, next + 1, sum - x[next], observed, slack, out);
}

[[nodiscard]] inline auto p_of_counts(tail_counts const& c, alternative alt) noexcept -> double {
    auto const all = static_cast<double>(c.all);
    return p_of_side(static_cast<double>(c.below) / all, static_cast<double>(c.above) / all, alt);
}

[[nodiscard]] inline auto rounding_slack(std::span<double const> x) noexcept -> double {
    auto sum = 0.0;
    for (auto const v : x) {
        sum += std::abs(v);
    }
    return 2.0 * (static_cast<double>(x.size()) + 2.0) * std::numeric_limits<double>::epsilon() * sum;
}

}  // namespace detail

/// H0: the values of both samples are exchangeable, as if one sample had been split by lot. `greater`:
/// mean(a) is above mean(b); `less`: below; `two_sided`: either, at twice the smaller tail.
///
/// The statistic is mean(a) - mean(b) and n is the number of values in both samples. Exact without
/// any assumption on the distribution: every way to split the values is tried, so there may be at
/// most 2^20 of them (20 values in two tens: 184,756). The smallest possible p is 1/C(n, |a|).
/// Throws errc::empty_input, errc::not_a_number, errc::out_of_domain for more splits or for sums that overflow.
/// Source: Pitman 1937.
struct permutation_test {
    [[nodiscard]] auto operator()(std::span<double const> a, std::span<double const> b, alternative alt) const -> test_result {
        detail::require_sample(a, "hallmark::permutation_test", "a");
        detail::require_sample(b, "hallmark::permutation_test", "b");
        auto const n = a.size() + b.size();
        detail::require(detail::arrangements(n, a.size()) <= detail::most_arrangements, errc::out_of_domain, "hallmark::permutation_test: samples of ",
                        a.size(), " and ", b.size(), " values can be split in more than ", detail::most_arrangements, " ways; allowed are fewer values");
        // Relative to one of the values, the sums are small and so is their rounding.
        auto x = std::vector<double>(a.begin(), a.end());
        x.insert(x.end(), b.begin(), b.end());
        auto const pivot = x.front();
        for (auto& v : x) {
            v -= pivot;
        }
        auto const slack = detail::rounding_slack(x);
        detail::require(detail::is_finite(slack), errc::out_of_domain,
                        "hallmark::permutation_test: the values are too large; allowed are values whose sum is finite");
        auto in_a = detail::compensated_sum{}, in_b = detail::compensated_sum{};
        for (std::size_t i = 0; i < n; ++i) {
            (i < a.size() ? in_a : in_b).add(x[i]);
        }
        // With the total fixed, the difference of the means grows with the sum of a alone.
        auto counts = detail::tail_counts{};
        detail::count_subsets(x, 0, a.size(), 0.0, in_a.value(), slack, counts);
        auto const difference = in_a.value() / static_cast<double>(a.size()) - in_b.value() / static_cast<double>(b.size());
        return {difference, detail::p_of_counts(counts, alt), n, alt};
    }
};
static_assert(two_sample_test<permutation_test>);

/// H0: each difference a - b is as likely with the other sign, independently of the other pairs.
/// `greater`: mean(a - b) is above 0; `less`: below; `two_sided`: either, at twice the smaller tail.
///
/// The statistic is mean(a - b) and n is the number of pairs, at most 20: all 2^n signs are tried. Exact,
/// without any assumption on the size of the differences. The smallest possible p is 2^-n.
/// Throws errc::shape_mismatch, errc::empty_input, errc::not_a_number, errc::out_of_domain for more
/// than 20 pairs or for sums that overflow. Source: Fisher 1935.
struct sign_flip_test {
    [[nodiscard]] auto operator()(std::span<double const> a, std::span<double const> b, alternative alt) const -> test_result {
        detail::require_pairs(a, b, "hallmark::sign_flip_test");
        auto differences = std::vector<double>(a.size());
        for (std::size_t i = 0; i < a.size(); ++i) {
            differences[i] = a[i] - b[i];
        }
        return result(differences, alt);
    }

    /// The same for one sample, symmetric about 0 under H0.
    [[nodiscard]] auto operator()(std::span<double const> x, alternative alt) const -> test_result {
        detail::require_sample(x, "hallmark::sign_flip_test", "x");
        return result(x, alt);
    }

private:
    static auto result(std::span<double const> x, alternative alt) -> test_result {
        detail::require(x.size() <= 20, errc::out_of_domain, "hallmark::sign_flip_test: ", x.size(), " pairs have more than ", detail::most_arrangements,
                        " combinations of signs; allowed are up to 20 pairs");
        auto const slack = detail::rounding_slack(x);
        detail::require(detail::is_finite(slack), errc::out_of_domain,
                        "hallmark::sign_flip_test: the values are too large; allowed are values whose sum is finite");
        auto sum = detail::compensated_sum{};
        for (auto const v : x) {
            sum.add(v);
        }
        auto counts = detail::tail_counts{};
        detail::count_flips(x, 0, 0.0, sum.value(), slack, counts);
        return {sum.value() / static_cast<double>(x.size()), detail::p_of_counts(counts, alt), x.size(), alt};
    }
};
static_assert(two_sample_test<sign_flip_test> && one_sample_test<sign_flip_test>);

}  // namespace hallmark::inline v0
