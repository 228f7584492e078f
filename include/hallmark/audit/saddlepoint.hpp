// Internal to the power of audits: tails of the sum of many independent whole numbers that are distributed alike.
#pragma once

#include <hallmark/stats/tail.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace hallmark::inline v0::detail {

/// Of the numbers 0, 1, … with chances proportional to masses[j] e^(s j): the logarithm of the sum of those products, and central moments.
struct tilted_moments {
    double log_sum, mean, variance, third;
};
[[nodiscard]] inline auto tilt(std::vector<double> const& masses, double s) -> tilted_moments {
    // Powers fall from the end with the largest one, so that none overflows.
    auto const last = masses.size() - 1;
    auto const step = std::exp(-std::abs(s));
    double     sum = 0.0, first = 0.0, second = 0.0, third = 0.0, power = 1.0;
    auto const up = s < 0.0;
    for (std::size_t i = 0; i <= last && power > 0.0; ++i, power *= step) {
        auto const m = masses[up ? i : last - i] * power, d = static_cast<double>(i);
        sum += m;
        first += m * d;
        second += m * d * d;
        third += m * d * d * d;
    }
    auto const mean = first / sum, variance = second / sum - mean * mean;
    auto const skew = third / sum - 3.0 * mean * second / sum + 2.0 * mean * mean * mean;
    auto const end  = static_cast<double>(last);
    return up ? tilted_moments{std::log(sum), mean, variance, skew} : tilted_moments{std::log(sum) + s * end, end - mean, variance, -skew};
}

/// P(sum ≥ x) of `count` numbers that are j with chance masses[j]. The relative error is of the order of 1/count, in the far tail too, and less than that for
/// flat masses. O(masses) some ten times. Source: Lugannani & Rice 1980; Daniels 1987 (the correction for whole numbers).
[[nodiscard]] inline auto sum_upper(std::vector<double> const& masses, std::size_t count, std::size_t x) -> double {
    auto const k = static_cast<double>(count), target = static_cast<double>(x) / k;
    auto const top = (masses.size() - 1) * count;
    if (x == 0 || x >= top) {
        return x == 0 ? 1.0 : x == top ? std::pow(masses.back(), k) : 0.0;
    }
    // The tilt under which the sum's mean is x: Newton's steps, and halves of the bracket where one leads out of it.
    double low = -700.0, high = 700.0, s = 0.0;
    auto   m       = tilt(masses, s);
    auto   at_zero = m;
    for (int i = 0; i < 100; ++i) {
        (m.mean < target ? low : high) = s;
        auto const newton              = s + (target - m.mean) / m.variance;
        auto const next                = newton > low && newton < high ? newton : 0.5 * (low + high);
        auto const moved               = std::abs(next - s);
        s                              = next;
        m                              = tilt(masses, s);
        if (moved <= 1e-12 * (1.0 + std::abs(s))) {
            break;
        }
    }
    if (!(m.variance * k > 1e-12)) {  // as good as one number
        return at_zero.mean * k >= static_cast<double>(x) - 0.5 ? 1.0 : 0.0;
    }
    auto const w         = std::copysign(std::sqrt(std::max(0.0, 2.0 * k * (s * target - m.log_sum))), s);
    auto const deviation = std::sqrt(k * m.variance);
    auto const density   = 0.3989422804014327 * std::exp(-0.5 * w * w);
    // Next to the mean the difference of the reciprocals has no digits left, and a limit.
    auto const step =
        std::abs(w) < 1e-3 ? 0.5 / deviation - m.third / (6.0 * std::pow(m.variance, 1.5) * std::sqrt(k)) : 1.0 / (-std::expm1(-s) * deviation) - 1.0 / w;
    return std::clamp(normal_upper(w) + density * step, 0.0, 1.0);
}

}  // namespace hallmark::inline v0::detail
