// Exact confidence intervals for a rate: Clopper–Pearson, two-sided and upper.
#pragma once

#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/tail.hpp>

#include <cmath>
#include <cstddef>
#include <string_view>

namespace hallmark::inline v0 {

/// Closed: both ends belong to it. 0 <= lower <= upper <= 1 where it holds a rate.
struct interval {
    double lower;
    double upper;

    friend auto operator==(interval const&, interval const&) -> bool = default;
};

namespace detail {
inline void require_rate(std::size_t successes, std::size_t trials, double confidence, std::string_view function) {
    require_count(trials, function, "trials");
    require(successes <= trials, errc::out_of_domain, function, ": successes is ", successes, "; allowed is 0 to trials = ", trials);
    require_open_fraction(confidence, function, "confidence");
}

/// The rate at which `successes` or fewer have chance `tail`. All failures and all successes have closed forms.
[[nodiscard]] inline auto rate_upper(std::size_t successes, std::size_t trials, double tail) -> double {
    if (successes == trials) {
        return 1.0;
    }
    return successes == 0 ? -std::expm1(std::log(tail) / static_cast<double>(trials)) : binomial_lower_inverse(successes, trials, tail);
}

/// The rate at which `successes` or more have chance `tail`.
[[nodiscard]] inline auto rate_lower(std::size_t successes, std::size_t trials, double tail) -> double {
    if (successes == 0) {
        return 0.0;
    }
    return successes == trials ? std::exp(std::log(tail) / static_cast<double>(trials)) : binomial_upper_inverse(successes, trials, tail);
}
}  // namespace detail

/// The two-sided interval for the success rate behind `successes` of `trials` independent trials. It
/// holds the true rate with chance at least `confidence`, for every n and every rate; each side
/// misses with chance at most (1 - confidence)/2. `confidence` lies in (0, 1), for example 0.95.
/// Throws errc::empty_input for no trials, errc::out_of_domain and errc::not_a_number for the rest.
/// Source: Clopper & Pearson 1934.
[[nodiscard]] inline auto clopper_pearson(std::size_t successes, std::size_t trials, double confidence) -> interval {
    detail::require_rate(successes, trials, confidence, "hallmark::clopper_pearson");
    auto const tail = 0.5 * (1.0 - confidence);
    return {detail::rate_lower(successes, trials, tail), detail::rate_upper(successes, trials, tail)};
}

/// The one-sided bound: the true rate is at most this with chance at least `confidence`. No hit among
/// n bounds the rate by 1 - (1 - confidence)^(1/n): 6.0e-4 for n = 5000 at 0.95. Never report "0 %" without it.
/// Arguments and errors as clopper_pearson.
[[nodiscard]] inline auto clopper_pearson_upper(std::size_t successes, std::size_t trials, double confidence) -> double {
    detail::require_rate(successes, trials, confidence, "hallmark::clopper_pearson_upper");
    return detail::rate_upper(successes, trials, 1.0 - confidence);
}

}  // namespace hallmark::inline v0
