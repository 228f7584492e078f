// The binomial distribution of very many trials, where an incomplete beta function loses digits (internal).
//
// A tail is the mass at its end times the sum of the masses behind it, each over that first one. Far out the sum is a continued fraction of a few terms. Near
// the mean the masses are points of a smooth curve, and few of them, with the curve's slope at the end, say what all of them sum up to.
#pragma once

#include <hallmark/stats/log_gamma.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace hallmark::inline v0::detail {

/// A count of trials and of hits, 0 < p < 1, for all that follows. Counts are whole numbers up to 2^53.
struct binomial_point {
    double hit, miss, p, q;
    double over;  // hits beyond the mean, rounded once

    [[nodiscard]] static auto of(std::size_t k, std::size_t n, double p) noexcept -> binomial_point {
        auto const hit = static_cast<double>(k), all = static_cast<double>(n);
        return {hit, static_cast<double>(n - k), p, 1.0 - p, std::fma(-all, p, hit)};
    }
    /// Misses for hits.
    [[nodiscard]] auto mirrored() const noexcept -> binomial_point { return {miss, hit, q, p, -over}; }
    /// The same trials with so many more hits.
    [[nodiscard]] auto moved(double by) const noexcept -> binomial_point { return {hit + by, miss - by, p, q, over + by}; }
};

/// log P(X = hit), less what does not depend on it; also between whole numbers. hit, miss > 0. Relative accuracy 1e-12 also where the terms of the usual form
/// are 1e13 times their sum. Source: Loader 2000.
[[nodiscard]] inline auto log_mass_shape(binomial_point const& x) noexcept -> double {
    auto const all = x.hit + x.miss;
    return -stirling_error(x.hit) - stirling_error(x.miss) - deviance(x.hit, all * x.p, -x.over) - deviance(x.miss, all * x.q, x.over);
}

/// log P(X = hit).
[[nodiscard]] inline auto log_binomial_mass(binomial_point const& x) noexcept -> double {
    auto const all = x.hit + x.miss;
    if (x.hit == 0.0 || x.miss == 0.0) {
        auto const p = x.hit == 0.0 ? x.q : x.p, not_p = x.hit == 0.0 ? x.p : x.q;
        return all * (p < 0.5 ? std::log(p) : std::log1p(-not_p));
    }
    return stirling_error(all) + log_mass_shape(x);
}
[[nodiscard]] inline auto log_binomial_mass(std::size_t k, std::size_t n, double p) noexcept -> double {
    return log_binomial_mass(binomial_point::of(k, n, p));
}

/// P(X >= hit)/P(X = hit), the end of the tail above the mean, as a continued fraction: no more than a few terms far out, about a hundred where the tail
/// falls by a hundredth a hit. Source: DiDonato & Morris 1992, equation 9, by Lentz's rule.
[[nodiscard]] inline auto tail_by_fraction(binomial_point const& x) noexcept -> double {
    auto const a = x.hit, b = x.miss + 1.0, excess = x.over - x.p;  // a q - b p, above 0
    auto       fraction = a * (excess + 1.0) / (a + 1.0), c = fraction, d = 0.0;
    for (auto m = 1.0, step = 0.0; !(std::abs(step - 1.0) < 0x1p-51); ++m) {
        auto const up   = (a + m - 1.0) / (a + 2.0 * m - 1.0) * x.p;
        auto const left = m * (b - m) * x.p / (a + 2.0 * m - 1.0);
        auto const top  = up * left * (a + b + m - 1.0);  // 0 at m = b, where the fraction ends
        auto const base = m + left + (a + m) / (a + 2.0 * m + 1.0) * (excess + 1.0 + m * (1.0 + x.q));
        d               = 1.0 / (base + top * d);
        c               = base + top / c;
        step            = c * d;
        fraction *= step;
    }
    return a * x.q / fraction;
}

/// The same where the masses fall slowly: every h-th of them, and Euler's corrections at the end of the tail, which are the same for every h but 1.
/// h is a 64th of `length`, over which they fall; what is left out is h^6/30240 times a fifth derivative. Source: Euler 1732; Maclaurin 1742.
[[nodiscard]] inline auto tail_by_steps(binomial_point const& x, double length) noexcept -> double {
    auto const h = length / 64.0, first = log_mass_shape(x);
    auto       sum = 0.5;
    for (auto i = 1.0;; ++i) {
        auto const term = std::exp(log_mass_shape(x.moved(i * h)) - first);
        sum += term;
        if (term < 0x1p-60 * sum) {
            break;
        }
    }
    auto const slope = std::log1p(-x.over / (x.hit * x.q)) + 0.5 / x.miss - 0.5 / x.hit, bend = -1.0 / x.hit - 1.0 / x.miss;  // of the logarithm
    auto const third = slope * (slope * slope + 3.0 * bend) + 1.0 / (x.hit * x.hit) - 1.0 / (x.miss * x.miss);                // of the curve
    return h * sum + 0.5 + (h * h - 1.0) * slope / 12.0 - (h * h * h * h - 1.0) * third / 720.0;
}

/// P(X >= hit)/P(X = hit) from the mean on, hit > 0.
[[nodiscard]] inline auto tail_over_mass(binomial_point const& x) noexcept -> double {
    constexpr auto slow = 64.0;
    if (x.miss <= 0.0) {
        return 1.0;
    }
    auto const spread = std::sqrt((x.hit + x.miss) * x.p * x.q);
    auto const length = std::min(spread, spread * spread / std::max(x.over, 1e-300));
    return length < slow || x.hit < slow || x.miss < 16.0 * spread ? tail_by_fraction(x) : tail_by_steps(x, length);
}

/// log P(X >= hit) from the mean on, hit > 0.
[[nodiscard]] inline auto log_far_tail(binomial_point const& x) noexcept -> double { return log_binomial_mass(x) + std::log(tail_over_mass(x)); }

/// P(X >= hit), and its logarithm; hit > 0. Below the mean one less all other outcomes.
[[nodiscard]] inline auto upper_of_many(binomial_point const& x) noexcept -> double {
    return x.over >= 1.0 ? std::exp(log_far_tail(x)) : -std::expm1(log_far_tail(x.moved(-1.0).mirrored()));
}
[[nodiscard]] inline auto log_upper_of_many(binomial_point const& x) noexcept -> double {
    return x.over >= 1.0 ? log_far_tail(x) : std::log1p(-std::exp(log_far_tail(x.moved(-1.0).mirrored())));
}

/// The p at which P(X >= k) = tail, or P(X <= k) if `lower`: Newton's steps on the logarithm, within what is known to hold it.
[[nodiscard]] inline auto tail_of_many_inverse(std::size_t k, std::size_t n, double tail, bool lower) noexcept -> double {
    auto const all = static_cast<double>(n), rate = static_cast<double>(k) / all, goal = std::log(tail);
    auto       low = 0.0, high = 1.0, p = std::clamp(rate, 1.0 / all, 1.0 - 1.0 / all);
    for (int i = 0; i < 200 && low < high; ++i) {
        auto const here = binomial_point::of(k, n, p), x = lower ? here.mirrored() : here;
        auto const excess = log_upper_of_many(x) - goal;  // falls with p if `lower`, else rises
        (excess > 0.0) == lower ? low = p : high = p;
        // d/dp P(X >= k) = k/p P(X = k), and of P(X <= k) it is -(n - k)/(1 - p) P(X = k).
        auto const slope = (lower ? -here.miss / here.q : here.hit / here.p) * std::exp(log_binomial_mass(here) - goal - excess);
        auto const next  = p - excess / slope;
        if (std::abs(next - p) <= 0x1p-52 * p) {
            return next;
        }
        p = next > low && next < high ? next : low + 0.5 * (high - low);
    }
    return p;
}

}  // namespace hallmark::inline v0::detail
