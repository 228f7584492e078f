// The exact sign test for pairs: how often was the first of two the larger?
#pragma once

#include <hallmark/stats/concept.hpp>
#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/log_tail.hpp>
#include <hallmark/stats/side.hpp>
#include <hallmark/stats/tail.hpp>

#include <cstddef>
#include <span>

namespace hallmark::inline v0 {

/// H0: of each pair that differs, either value is the larger with chance 1/2, independently of the
/// other pairs. `greater`: a tends to be above b (for one sample: above 0); `less`: below; `two_sided`: either.
///
/// The statistic is the number of pairs with a > b, and n the number of pairs that differ: ties say
/// nothing about the side and are dropped. All tied gives n = 0 and p = 1. Exact for every n. O(n).
/// Throws errc::shape_mismatch, errc::empty_input, errc::not_a_number. Source: Arbuthnot 1710.
struct sign_test {
    [[nodiscard]] auto operator()(std::span<double const> a, std::span<double const> b, alternative alt) const -> test_result {
        return result(count(a, b), alt);
    }

    [[nodiscard]] auto operator()(std::span<double const> x, alternative alt) const -> test_result { return result(count(x), alt); }

    /// The natural logarithm of p, also where p itself is too small for a double (from 1024 wins of as many on). Errors as above.
    [[nodiscard]] auto log_p_value(std::span<double const> a, std::span<double const> b, alternative alt) const -> double {
        return log_result(count(a, b), alt);
    }
    [[nodiscard]] auto log_p_value(std::span<double const> x, alternative alt) const -> double { return log_result(count(x), alt); }

private:
    struct signs {
        std::size_t above = 0, below = 0;
    };
    static auto count(std::span<double const> a, std::span<double const> b) -> signs {
        detail::require_pairs(a, b, "hallmark::sign_test");
        auto out = signs{};
        for (std::size_t i = 0; i < a.size(); ++i) {
            out.above += a[i] > b[i] ? 1u : 0u;
            out.below += a[i] < b[i] ? 1u : 0u;
        }
        return out;
    }
    static auto count(std::span<double const> x) -> signs {
        detail::require_sample(x, "hallmark::sign_test", "x");
        auto out = signs{};
        for (auto const v : x) {
            out.above += v > 0.0 ? 1u : 0u;
            out.below += v < 0.0 ? 1u : 0u;
        }
        return out;
    }

    static auto result(signs s, alternative alt) -> test_result {
        auto const n = s.above + s.below;
        auto const p = detail::p_of_side(detail::binomial_lower(s.above, n, 0.5), detail::binomial_upper(s.above, n, 0.5), alt);
        return {static_cast<double>(s.above), p, n, alt};
    }
    static auto log_result(signs s, alternative alt) -> double {
        auto const n = s.above + s.below;
        return detail::log_p_of_side(detail::log_binomial_lower(s.above, n, 0.5), detail::log_binomial_upper(s.above, n, 0.5), alt);
    }
};
static_assert(two_sample_test<sign_test> && one_sample_test<sign_test>);

}  // namespace hallmark::inline v0
