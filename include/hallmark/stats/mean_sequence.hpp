// A confidence sequence for the mean of bounded numbers: an interval that may be read after every number.
#pragma once

#include <hallmark/stats/betting_process.hpp>
#include <hallmark/stats/clopper_pearson.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace hallmark::inline v0 {

/// With chance at least `confidence`, ALL intervals it ever gives hold the mean, so one may stop when the interval
/// is short enough. The numbers lie in [lower, upper] and have, each given those before it, the same mean; nothing else is assumed.
///
/// For each candidate mean two gamblers bet, one on "larger" and one on "smaller"; candidates against which one of them
/// has made 2/(1 - confidence) are out. Both stake the predictable plug-in of the source, at most 3/4 of the capital.
/// push is O(1) and keeps the number; interval is O(n).
/// Source: Waudby-Smith & Ramdas 2024 (hedged capital, Theorem 3).
class mean_sequence {
public:
    /// `confidence` is in (0, 1). Throws errc::out_of_domain, errc::not_a_number.
    explicit mean_sequence(double confidence, double lower = 0.0, double upper = 1.0) : lower_(lower), upper_(upper) {
        detail::require_open_fraction(confidence, "hallmark::mean_sequence", "confidence");
        detail::require_bounds(lower, upper, "hallmark::mean_sequence");
        log_goal_ = std::log(2.0) - std::log1p(-confidence);
    }

    /// `x` is in [lower, upper]. Throws errc::out_of_domain, errc::not_a_number, and then nothing has changed.
    void push(double x) {
        auto const unit = detail::to_unit(x, lower_, upper_, "hallmark::mean_sequence::push");
        auto const n    = past_.next();
        bets_.push_back({unit, std::sqrt(2.0 * log_goal_ / (past_.variance() * n * std::log(n + 1.0)))});
        past_.push(unit);
    }

    /// The interval now, [lower, upper] before the first number. The common part of all intervals read so far holds the
    /// mean with the same confidence.
    [[nodiscard]] auto interval() const -> hallmark::interval {
        auto const width = upper_ - lower_;
        return {lower_ + least_mean(false) * width, upper_ - least_mean(true) * width};  // each from its own bound, which it may be
    }

    [[nodiscard]] auto count() const noexcept -> std::size_t { return bets_.size(); }

private:
    struct bet {
        double x, stake;
    };

    /// log of the capital made on "larger than m" by numbers x, or 1 - x where mirrored. It falls with m.
    [[nodiscard]] auto log_capital(double m, bool mirrored) const noexcept -> double {
        auto sum = 0.0;
        for (auto const& b : bets_) {
            auto const x     = mirrored ? 1.0 - b.x : b.x;
            auto const stake = b.stake * m > detail::largest_stake ? detail::largest_stake / m : b.stake;
            sum += std::log1p(stake * (x - m));
        }
        return sum;
    }

    /// The end of the interval by bisection, rounded outwards.
    [[nodiscard]] auto least_mean(bool mirrored) const noexcept -> double {
        auto out = 0.0, in = 1.0;
        if (log_capital(out, mirrored) < log_goal_) {
            return 0.0;
        }
        while (in - out > 0x1p-40) {
            auto const middle                                      = 0.5 * (out + in);
            (log_capital(middle, mirrored) < log_goal_ ? in : out) = middle;
        }
        return out;
    }

    double               lower_, upper_, log_goal_ = 0.0;
    detail::past_moments past_{};
    std::vector<bet>     bets_{};
};

}  // namespace hallmark::inline v0
