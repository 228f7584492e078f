// The betting e-process for the mean of bounded numbers: no distribution is assumed, and every look is allowed.
#pragma once

#include <hallmark/stats/e_process.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>

namespace hallmark::inline v0 {

namespace detail {
/// Mean and variance of numbers in [0, 1] so far, drawn towards 1/2 and 1/4 by one imagined observation, so that a bet can be
/// made before the first. What comes next never enters them. Waudby-Smith & Ramdas 2024, section 3.
class past_moments {
public:
    [[nodiscard]] auto mean() const noexcept -> double { return sum_ / n_; }
    [[nodiscard]] auto variance() const noexcept -> double { return squares_ / n_; }
    [[nodiscard]] auto next() const noexcept -> double { return n_; }  // the number of the coming observation, from 1

    void push(double x) noexcept {
        n_ += 1.0;
        sum_ += x;
        auto const d = x - mean();
        squares_ += d * d;
    }

private:
    double n_ = 1.0, sum_ = 0.5, squares_ = 0.25;
};

/// A bet may lose at most this share of the capital at once, so one surprise never ends the game.
inline constexpr auto largest_stake = 0.75;

/// x, checked to lie in [lower, upper], moved to [0, 1].
[[nodiscard]] inline auto to_unit(double x, double lower, double upper, std::string_view function) -> double {
    require_finite(x, function, "x");
    require(x >= lower && x <= upper, errc::out_of_domain, function, ": x is ", x, "; allowed is lower = ", lower, " to upper = ", upper);
    return std::clamp((x - lower) / (upper - lower), 0.0, 1.0);
}

inline void require_bounds(double lower, double upper, std::string_view function) {
    require_finite(lower, function, "lower");
    require_finite(upper, function, "upper");
    require(lower < upper, errc::out_of_domain, function, ": upper is ", upper, "; allowed is more than lower = ", lower);
    require_finite(upper - lower, function, "upper - lower");
}
}  // namespace detail

/// Evidence against H0: each number, given all before it, has a mean of at most `mean`. The alternative is
/// that the numbers are larger. For the other side push the negatives. The numbers lie in [lower, upper] and may be of any
/// distribution, which may change from one to the next; they need not be independent.
///
/// e is the capital of a gambler who starts with 1 and stakes on "larger": it is multiplied by 1 + s (x - mean) at each
/// number, where s is chosen from the past alone (approximate growth-rate adaptive: s = (m - mean)/(v + (m - mean)²) with the past
/// mean m and variance v). O(1) for each number, nothing stored.
/// Source: Waudby-Smith & Ramdas 2024, "Estimating means of bounded random variables by betting".
class betting_process : public anytime_evidence {
public:
    using observation = double;

    /// `mean` is more than `lower` and less than `upper`. Throws errc::out_of_domain, errc::not_a_number.
    explicit betting_process(double mean, double lower = 0.0, double upper = 1.0) : lower_(lower), upper_(upper) {
        detail::require_bounds(lower, upper, "hallmark::betting_process");
        detail::require_finite(mean, "hallmark::betting_process", "mean");
        detail::require(mean > lower && mean < upper, errc::out_of_domain, "hallmark::betting_process: mean is ", mean,
                        "; allowed is more than lower = ", lower, " and less than upper = ", upper);
        mean_ = (mean - lower) / (upper - lower);
    }

    /// `x` is in [lower, upper]. Throws errc::out_of_domain, errc::not_a_number, and then nothing has changed.
    void push(double x) {
        auto const unit  = detail::to_unit(x, lower_, upper_, "hallmark::betting_process::push");
        auto const ahead = past_.mean() - mean_;
        auto const stake = std::clamp(ahead / (past_.variance() + ahead * ahead), 0.0, detail::largest_stake / mean_);
        record(log_e() + std::log1p(stake * (unit - mean_)));
        past_.push(unit);
    }

private:
    double               lower_, upper_, mean_ = 0.0;
    detail::past_moments past_{};
};
static_assert(e_process<betting_process>);

}  // namespace hallmark::inline v0
