// From the two tails of a statistic to the p-value of an alternative.
#pragma once

#include <hallmark/stats/concept.hpp>

namespace hallmark::inline v0::detail {

/// `below` is P(S <= s), `above` is P(S >= s). Two-sided is twice the smaller one, at most 1: valid
/// for any distribution, symmetric or not.
[[nodiscard]] constexpr auto p_of_side(double below, double above, alternative alt) noexcept -> double {
    switch (alt) {
        case alternative::less:
            return below < 1.0 ? below : 1.0;
        case alternative::greater:
            return above < 1.0 ? above : 1.0;
        case alternative::two_sided:
            break;
    }
    auto const twice = 2.0 * (below < above ? below : above);
    return twice < 1.0 ? twice : 1.0;
}

}  // namespace hallmark::inline v0::detail
