// The exact sign test for pairs: how often was the first of two the larger?
#pragma once

#include <hallmark/stats/concept.hpp>
#include <hallmark/stats/finite.hpp>
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
        detail::require_pairs(a, b, "hallmark::sign_test");
        std::size_t above = 0, below = 0;
        for (std::size_t i = 0; i < a.size(); ++i) {
            above += a[i] > b[i] ? 1u : 0u;
            below += a[i] < b[i] ? 1u : 0u;
        }
        return result(above, below, alt);
    }

    [[nodiscard]] auto operator()(std::span<double const> x, alternative alt) const -> test_result {
        detail::require_sample(x, "hallmark::sign_test", "x");
        std::size_t above = 0, below = 0;
        for (auto const v : x) {
            above += v > 0.0 ? 1u : 0u;
            below += v < 0.0 ? 1u : 0u;
        }
        return result(above, below, alt);
    }

private:
    static auto result(std::size_t above, std::size_t below, alternative alt) -> test_result {
        auto const n = above + below;
        auto const p = detail::p_of_side(detail::binomial_lower(above, n, 0.5), detail::binomial_upper(above, n, 0.5), alt);
        return {static_cast<double>(above), p, n, alt};
    }
};
static_assert(two_sample_test<sign_test> && one_sample_test<sign_test>);

}  // namespace hallmark::inline v0
