// Where one score stands among scores from nothing: the rank test of a single target.
#pragma once

#include <hallmark/stats/finite.hpp>

#include <cstddef>
#include <span>

namespace hallmark::inline v0 {

struct rank_result {
    double      p_value;     ///< (1 + hits)/(nulls + 1)
    std::size_t hits;        ///< nulls at or above the observed score
    std::size_t nulls;       ///< how many there were
    double      smallest_p;  ///< 1/(nulls + 1): no observation can give less

    friend auto operator==(rank_result const&, rank_result const&) -> bool = default;
};

/// Tests whether `observed` is larger than nothing would make it; larger = member. H0: `observed` and
/// the nulls are exchangeable. Exact for every n and every distribution; a tie counts against the
/// auditor, so ties make the test conservative, never liberal. The observation counts as one of its
/// own nulls (the +1): without it p could be 0, and the test would reject too often.
///
/// Throws errc::empty_input without nulls, errc::not_a_number on NaN or infinity. O(n).
/// Source: Barnard 1963; Phipson & Smyth 2010 (why the +1).
[[nodiscard]] inline auto rank_test(double observed, std::span<double const> nulls) -> rank_result {
    detail::require_finite(observed, "hallmark::rank_test", "observed");
    detail::require_sample(nulls, "hallmark::rank_test", "nulls");
    std::size_t hits = 0;
    for (auto const null : nulls) {
        hits += null >= observed ? 1u : 0u;
    }
    auto const all = static_cast<double>(nulls.size()) + 1.0;
    return {(static_cast<double>(hits) + 1.0) / all, hits, nulls.size(), 1.0 / all};
}

}  // namespace hallmark::inline v0
