// The exact binomial test: how many of n independent trials with a known chance came out.
#pragma once

#include <hallmark/stats/concept.hpp>
#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/log_tail.hpp>
#include <hallmark/stats/tail.hpp>

#include <cmath>
#include <cstddef>
#include <limits>

namespace hallmark::inline v0 {

namespace detail {

/// The logarithm of the two-sided p below, for 0 < p0 < 1 and a k whose mass is far below 1.
[[nodiscard]] inline auto log_binomial_two_sided(std::size_t k, std::size_t n, double p0) -> double {
    auto const upwards = static_cast<double>(k) > p0 * static_cast<double>(n);
    auto const here    = upwards ? log_binomial_upper(k, n, p0) : log_binomial_lower(k, n, p0);
    // The other side's outcomes no more probable than the observed one: their masses rise or fall all the way from the mean, so the
    // first of them is found by bisection.
    auto const bar  = log_binomial_mass(k, n, p0) + 1e-7;
    auto const mode = static_cast<std::size_t>(p0 * static_cast<double>(n));
    auto       lo = upwards ? std::size_t{0} : mode + 1, hi = upwards ? mode + 1 : n + 1;
    while (lo < hi) {
        auto const middle = lo + (hi - lo) / 2;
        (log_binomial_mass(middle, n, p0) <= bar) == upwards ? lo = middle + 1 : hi = middle;
    }
    auto const impossible = upwards ? lo == 0 : lo > n;
    auto const there      = impossible ? -std::numeric_limits<double>::infinity() : upwards ? log_binomial_lower(lo - 1, n, p0) : log_binomial_upper(lo, n, p0);
    auto const most = here > there ? here : there, least = here > there ? there : here;
    return most + std::log1p(std::exp(least - most));
}

/// The two-sided p: the chance of all outcomes that are no more probable than the observed one. Equal
/// probabilities come out a few roundings apart, so "no more" has a relative slack of 1e-7 (scipy's and R's).
[[nodiscard]] inline auto binomial_two_sided(std::size_t k, std::size_t n, double p0) -> double {
    auto const mean = p0 * static_cast<double>(n);
    auto const seen = static_cast<double>(k);
    if (seen == mean) {
        return 1.0;
    }
    auto const mass = binomial_mass(k, n, p0);
    if (mass < least_tail && p0 > 0.0 && p0 < 1.0) {
        return std::exp(log_binomial_two_sided(k, n, p0));  // the bar below would be 0, or few digits
    }
    auto const bar     = mass * (1.0 + 1e-7);
    auto const at_most = [&](std::size_t i) { return binomial_mass(i, n, p0) <= bar; };
    auto       total   = 0.0;
    if (seen < mean) {
        // Above the mean the masses fall: find the first outcome there that is rare enough.
        auto lo = static_cast<std::size_t>(mean), hi = n + 1;
        lo += static_cast<double>(lo) < mean ? 1u : 0u;
        while (lo < hi) {
            auto const middle = lo + (hi - lo) / 2;
            at_most(middle) ? hi = middle : lo = middle + 1;
        }
        total = binomial_lower(k, n, p0) + binomial_upper(lo, n, p0);
    } else {
        // Below the mean they rise: count the outcomes there that are rare enough.
        auto lo = std::size_t{0}, hi = static_cast<std::size_t>(mean) + 1;
        while (lo < hi) {
            auto const middle = lo + (hi - lo) / 2;
            at_most(middle) ? lo = middle + 1 : hi = middle;
        }
        total = binomial_upper(k, n, p0) + (lo == 0 ? 0.0 : binomial_lower(lo - 1, n, p0));
    }
    return total < 1.0 ? total : 1.0;
}

}  // namespace detail

/// Tests H0: each of `trials` independent trials succeeds with chance `p0`, from the number that did.
/// `greater`: the chance is above p0 (the members' side); `less`: below; `two_sided`: either, by the
/// sum of the outcomes no more probable than the observed one. Exact for every n up to 2^53; relative accuracy 1e-10 up to
/// 10^6 trials, 1e-11 beyond.
///
/// The trials must be independent: pictures marked with one shared key are one trial, not many.
/// The result's statistic is `successes` and its n is `trials`. O(log n).
/// Throws errc::empty_input for no trials, errc::out_of_domain for more than 2^53 trials, successes > trials or p0 outside
/// [0, 1], errc::not_a_number for a p0 that is NaN or infinite. Source: Clopper & Pearson 1934.
[[nodiscard]] inline auto binomial_test(std::size_t successes, std::size_t trials, double p0, alternative alt) -> test_result {
    detail::require_count(trials, "hallmark::binomial_test", "trials");
    detail::require(successes <= trials, errc::out_of_domain, "hallmark::binomial_test: successes is ", successes, "; allowed is 0 to trials = ", trials);
    detail::require_fraction(p0, "hallmark::binomial_test", "p0");
    auto const p = alt == alternative::less      ? detail::binomial_lower(successes, trials, p0)
                   : alt == alternative::greater ? detail::binomial_upper(successes, trials, p0)
                                                 : detail::binomial_two_sided(successes, trials, p0);
    return {static_cast<double>(successes), p, trials, alt};
}

/// The natural logarithm of binomial_test's p, also where p itself is too small for a double; minus infinity where the outcome is
/// impossible under H0. Relative accuracy 1e-11. Two-sided O(log n) as there. Arguments and errors as
/// binomial_test.
[[nodiscard]] inline auto binomial_log_p_value(std::size_t successes, std::size_t trials, double p0, alternative alt) -> double {
    auto const p = binomial_test(successes, trials, p0, alt).p_value;
    if (alt == alternative::two_sided) {
        return p > detail::least_tail || p0 <= 0.0 || p0 >= 1.0 ? std::log(p) : detail::log_binomial_two_sided(successes, trials, p0);
    }
    return alt == alternative::less ? detail::log_binomial_lower(successes, trials, p0) : detail::log_binomial_upper(successes, trials, p0);
}

}  // namespace hallmark::inline v0
