// The e-process for fair coins: may be looked at after each coin, and stopped as soon as it suffices.
#pragma once

#include <hallmark/stats/e_process.hpp>
#include <hallmark/stats/log_beta.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace hallmark::inline v0 {

namespace detail {
/// log of the integral of t^(a-1) (1-t)^(b-1) over 0 < t < 1/2, for a >= b > 0, so that it is the smaller half. It is
/// 2^-(a+b)/a times the sum over j of (a+b)_j/(a+1)_j 2^-j: positive terms that fall, so nothing cancels.
/// About 9 sqrt(a) + 60 terms at most. Source: Abramowitz & Stegun 1964, 26.5.4 and 15.3.3.
[[nodiscard]] inline auto log_smaller_half_beta(double a, double b) noexcept -> double {
    auto term = 1.0, sum = 1.0;
    for (auto j = 0.0;; ++j) {
        auto const ratio = 0.5 * (a + b + j) / (a + 1.0 + j);
        term *= ratio;
        sum += term;
        if (term < 0x1p-55 * (1.0 - ratio) * sum) {
            break;
        }
    }
    constexpr auto ln2 = 0.6931471805599453;
    return std::log(sum) - (a + b) * ln2 - std::log(a);
}

/// log of the same integral over 1/2 < t < 1, for any a, b > 0; the larger half is the whole less the smaller one.
[[nodiscard]] inline auto log_upper_half_beta(double a, double b) noexcept -> double {
    if (a <= b) {
        return log_smaller_half_beta(b, a);
    }
    auto const whole = log_beta(a, b);
    return whole + std::log1p(-std::exp(log_smaller_half_beta(a, b) - whole));
}
}  // namespace detail

/// Evidence against H0: each coin, given all before it, comes out as a win with chance at most 1/2. The
/// alternative is that wins are more likely. For twins (two versions of a picture, one published by a fair coin)
/// a win is "the published one scores higher"; leave tied pairs out.
///
/// e is the likelihood of the coins under a chance drawn from Beta(a, b) on [1/2, 1], divided by that under 1/2: in closed
/// form 2^n B_{>1/2}(a + wins, b + losses)/B_{>1/2}(a, b). Beta(1, 1), the default, favours no effect size. The order
/// of the coins does not matter for e, but it does for where one stops.
///
/// Pictures marked with one shared key are one coin, not many. O(sqrt(n)) for each coin, nothing stored.
/// Sources: Ville 1939; Robbins 1970 (mixtures); Howard, Ramdas, McAuliffe & Sekhon 2021.
class coin_process : public anytime_evidence {
public:
    using observation = bool;

    coin_process() : coin_process(1.0, 1.0) {}
    /// a and b are from 0.01 to 1e6; large values bet on one effect size, a/(a + b).
    /// Throws errc::out_of_domain, errc::not_a_number.
    coin_process(double a, double b) : a_(a), b_(b) {
        detail::require_finite(a, "hallmark::coin_process", "a");
        detail::require_finite(b, "hallmark::coin_process", "b");
        detail::require(a >= 0.01 && a <= 1e6, errc::out_of_domain, "hallmark::coin_process: a is ", a, "; allowed is 0.01 to 1e6");
        detail::require(b >= 0.01 && b <= 1e6, errc::out_of_domain, "hallmark::coin_process: b is ", b, "; allowed is 0.01 to 1e6");
        start_ = detail::log_upper_half_beta(a, b);
    }

    void push(bool win) noexcept {
        ++(win ? wins_ : losses_);
        record(log_e_of(wins_, losses_));
    }

    [[nodiscard]] auto wins() const noexcept -> std::size_t { return wins_; }
    [[nodiscard]] auto losses() const noexcept -> std::size_t { return losses_; }

    /// The log e that so many wins and losses give, in whatever order; nothing is recorded.
    [[nodiscard]] auto log_e_of(std::size_t wins, std::size_t losses) const noexcept -> double {
        constexpr auto ln2 = 0.6931471805599453;
        return static_cast<double>(wins + losses) * ln2 + detail::log_upper_half_beta(a_ + static_cast<double>(wins), b_ + static_cast<double>(losses)) -
               start_;
    }

private:
    double      a_, b_, start_ = 0.0;
    std::size_t wins_ = 0, losses_ = 0;
};
static_assert(e_process<coin_process>);

}  // namespace hallmark::inline v0
