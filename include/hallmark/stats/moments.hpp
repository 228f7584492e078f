// Mean and variance of a sample, accurate where all values are large and nearly equal.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/stats/moment_lanes.hpp>

#include <cmath>
#include <cstddef>
#include <span>

namespace hallmark::inline v0::detail {

/// Neumaier 1974: carries the rounding of each addition along, so the error does not grow with n.
class compensated_sum {
public:
    void add(double x) noexcept {
        auto const t = sum_ + x;
        carry_ += std::abs(sum_) >= std::abs(x) ? (sum_ - t) + x : (x - t) + sum_;
        sum_ = t;
    }
    [[nodiscard]] auto value() const noexcept -> double { return sum_ + carry_; }

private:
    double sum_ = 0.0, carry_ = 0.0;
};

/// A smaller variance is of values that are equal to 1e-152: so small squares are not what they should be, and t and its like have no meaning.
inline constexpr auto least_variance = 1e-304;

struct moments {
    double mean;      // of x - pivot
    double variance;  // unbiased: divided by n - 1
};

/// Sums over some values: of x - pivot, and of the squared distances from the mean.
struct spread {
    double count, sum, squares;
};

/// Of two samples together (Chan, Golub & LeVeque 1983).
[[nodiscard]] inline auto joined(spread const& a, spread const& b) noexcept -> spread {
    auto const count = a.count + b.count;
    auto const apart = a.sum / a.count - b.sum / b.count;
    return {count, a.sum + b.sum, a.squares + b.squares + rounded(apart * apart) * (a.count * b.count / count)};
}

/// So many values are added up in lanes, in one go; they stay in the nearest cache for the second pass.
inline constexpr std::size_t most_in_lanes = 1024;

/// By halves, so that the error grows with the logarithm of n. Each value is read from memory once.
template <class Scalar>
[[nodiscard]] auto spread_about(std::span<Scalar const> xs, double pivot) noexcept -> spread {
    if (xs.size() <= most_in_lanes) {
        spread out{static_cast<double>(xs.size()), 0.0, 0.0};
        spread_of_rows(xs.data(), xs.size(), 1, &pivot, &out.sum, &out.squares);
        return out;
    }
    auto const half = (xs.size() / most_in_lanes + 1) / 2 * most_in_lanes;
    auto const low  = spread_about(xs.first(half), pivot);  // first, as memory likes to be read: gcc would take the second argument of a call first
    auto const high = spread_about(xs.subspan(half), pivot);
    return joined(low, high);
}

/// The mean is taken, and returned, relative to `pivot`. Losses near 1e8 that differ by 1 have means
/// whose difference is only right to 1e-8 once each is rounded to a double: scipy's Welch t is off by
/// that much. x - pivot is small and exact there. At least two values; NaN and infinity, and sums that are too large, give no finite variance.
template <class Scalar>
[[nodiscard]] auto moments_about(std::span<Scalar const> xs, double pivot) noexcept -> moments {
    auto const s = spread_about(xs, pivot);
    return {s.sum / s.count, s.squares / (s.count - 1.0)};
}
[[nodiscard]] inline auto moments_about(std::span<double const> xs, double pivot) noexcept -> moments { return moments_about<double>(xs, pivot); }

}  // namespace hallmark::inline v0::detail
