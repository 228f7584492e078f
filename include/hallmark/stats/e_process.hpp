// What an e-process is: evidence that may be looked at after every observation, and its p-value.
//
// Under the null hypothesis an e-process starts at 1 and its expectation is at most 1 whenever somebody
// stops. By Ville's inequality the chance that it EVER reaches 1/alpha is at most alpha, so nobody has to
// say in advance how long he will look.
#pragma once

#include <hallmark/stats/finite.hpp>

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>

namespace hallmark::inline v0 {

/// What every e-process knows about itself. All on a log scale: ten thousand won coins are e = 10^3006.
class anytime_evidence {
public:
    /// The natural logarithm of the e-value now; 0 before the first observation.
    [[nodiscard]] auto log_e() const noexcept -> double { return log_e_; }
    /// The largest log_e so far.
    [[nodiscard]] auto highest_log_e() const noexcept -> double { return highest_; }
    /// How many observations there were.
    [[nodiscard]] auto count() const noexcept -> std::size_t { return count_; }
    /// min(1, 1/highest e): valid at every stopping time, P(p <= alpha, ever) <= alpha.
    [[nodiscard]] auto p_value() const noexcept -> double { return std::exp(-highest_); }
    /// Whether e has ever reached 1/alpha. Then the null hypothesis is rejected at level `alpha`, in (0, 1),
    /// and nothing observed later takes that back. Throws errc::out_of_domain, errc::not_a_number.
    [[nodiscard]] auto rejects(double alpha) const -> bool {
        detail::require_open_fraction(alpha, "hallmark::anytime_evidence::rejects", "alpha");
        return highest_ >= -std::log(alpha);
    }

protected:
    anytime_evidence() = default;
    void record(double log_e) noexcept {
        log_e_   = log_e;
        highest_ = std::max(highest_, log_e);
        ++count_;
    }

private:
    double      log_e_   = 0.0;
    double      highest_ = 0.0;
    std::size_t count_   = 0;
};

/// A type that takes observations one by one and is anytime_evidence.
template <class P>
concept e_process = std::copyable<P> && std::derived_from<P, anytime_evidence> && requires(P p, typename P::observation x) {
    p.push(x);
};

}  // namespace hallmark::inline v0
