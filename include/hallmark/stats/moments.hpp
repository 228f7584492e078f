// Mean and variance of a sample, accurate where all values are large and nearly equal.
#pragma once

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

struct moments {
    double mean;      // of x - pivot
    double variance;  // unbiased: divided by n - 1
};

/// The mean is taken, and returned, relative to `pivot`. Losses near 1e8 that differ by 1 have means
/// whose difference is only right to 1e-8 once each is rounded to a double: scipy's Welch t is off by
/// that much. x - pivot is small and exact there. At least two values.
[[nodiscard]] inline auto moments_about(std::span<double const> xs, double pivot) noexcept -> moments {
    auto const n   = static_cast<double>(xs.size());
    auto       sum = compensated_sum{};
    for (auto const x : xs) {
        sum.add(x - pivot);
    }
    auto const mean    = sum.value() / n;
    auto       squares = compensated_sum{};
    for (auto const x : xs) {
        auto const d = (x - pivot) - mean;
        squares.add(d * d);
    }
    return {mean, squares.value() / (n - 1.0)};
}

}  // namespace hallmark::inline v0::detail
