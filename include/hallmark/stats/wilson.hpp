// Wilson's confidence interval for a rate: shorter than Clopper–Pearson, and only nearly as sure.
#pragma once

#include <hallmark/stats/clopper_pearson.hpp>
#include <hallmark/stats/tail.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace hallmark::inline v0 {

/// The rates at which `successes` of `trials` independent trials is within the normal quantile of what is expected. It holds the true rate with
/// chance `confidence` on average over rates, for single rates less: instead of 0.95, for one trial 0.79 (at a rate just below 0.2065), for two 0.82, for
/// more 0.83 to 0.84, at rates near 0 or 1. Good for error bars; where a level has to be kept, take clopper_pearson, whose arguments and errors these are.
/// O(1). Source: Wilson 1927.
[[nodiscard]] inline auto wilson(std::size_t successes, std::size_t trials, double confidence) -> interval {
    detail::require_rate(successes, trials, confidence, "hallmark::wilson");
    auto const n      = static_cast<double>(trials);
    auto const rate   = static_cast<double>(successes) / n;
    auto const z      = detail::normal_upper_inverse(0.5 * (1.0 - confidence));
    auto const shrink = 1.0 / (1.0 + z * z / n);
    auto const middle = shrink * (rate + 0.5 * z * z / n);
    auto const half   = shrink * z * std::sqrt(rate * (1.0 - rate) / n + 0.25 * z * z / (n * n));
    return {successes == 0 ? 0.0 : std::max(0.0, middle - half), successes == trials ? 1.0 : std::min(1.0, middle + half)};
}

}  // namespace hallmark::inline v0
