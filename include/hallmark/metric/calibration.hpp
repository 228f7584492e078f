// Whether the p-values of a test are what they claim to be, judged by p-values of nulls.
#pragma once

#include <hallmark/metric/rate.hpp>
#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/kolmogorov.hpp>
#include <hallmark/stats/multiplicity.hpp>
#include <hallmark/stats/radix_sort.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace hallmark::inline v0 {

/// One step of the distribution function of p-values, for drawing.
struct calibration_point {
    double p;
    double share;  ///< of the p-values that are at most p; a valid test has share <= p but for chance

    friend auto operator==(calibration_point const&, calibration_point const&) -> bool = default;
};

/// How far the p-values of nulls are below where they may be.
struct calibration_result {
    std::size_t                    n;
    double                         excess;   ///< the largest share - p, at least 0: the test's largest overstatement
    double                         at;       ///< the p where that is; 1 where there is no excess
    double                         p_value;  ///< of "these p-values are valid", one-sided Kolmogorov–Smirnov, exact
    double                         band;     ///< excess up to this is chance, at the confidence asked for
    std::vector<calibration_point> curve;    ///< one point for each distinct p, rising
};

/// Tests H0: the p-values are valid, P(p <= a) <= a for every a. `p` are those of independent nulls, one at least, in [0, 1]. Only too small ones
/// count against it: p-values of exact tests on few nulls are lumpy and large, which is allowed. The curve share against p stays below the line p + band with
/// chance at least `confidence`, in (0, 1), if the test is valid (below 1/2 the band is that of 1/2).
/// O(n) for most data, but for the p-value: 0.1 µs for each of up to 2^17. Throws errc::empty_input, errc::not_a_number, errc::out_of_domain.
/// Sources: Birnbaum & Tingey 1951 (p-value); Massart 1990 (band).
[[nodiscard]] inline auto calibration(std::span<double const> p, double confidence = 0.95) -> calibration_result {
    detail::require_p_values(p, "hallmark::calibration");
    detail::require_open_fraction(confidence, "hallmark::calibration", "confidence");
    auto const keys = detail::sorted_keys(p);
    auto const size = static_cast<double>(p.size());
    auto       out  = calibration_result{p.size(), 0.0, 1.0, 1.0, std::sqrt(std::max(-std::log1p(-confidence), 0.6931471805599453) / (2.0 * size)), {}};
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (i + 1 < keys.size() && keys[i + 1] == keys[i]) {
            continue;
        }
        auto const here = calibration_point{detail::from_ordered_key(keys[i]), static_cast<double>(i + 1) / size};
        out.curve.push_back(here);
        if (here.share - here.p > out.excess) {
            out.excess = here.share - here.p;
            out.at     = here.p;
        }
    }
    if (out.excess > 0.0) {
        out.p_value = out.excess < 1.0 ? detail::kolmogorov_upper_one_sided(p.size(), out.excess) : 0.0;
    }
    return out;
}

/// How often the p-values of nulls are at most `alpha`, in [0, 1], with its Clopper–Pearson interval: a test is shown to be invalid at that level where
/// even the lower end is above alpha. The threshold is alpha. O(n). Errors as calibration.
[[nodiscard]] inline auto rejection_rate(std::span<double const> p, double alpha, double confidence = 0.95) -> rate {
    detail::require_p_values(p, "hallmark::rejection_rate");
    detail::require_fraction(alpha, "hallmark::rejection_rate", "alpha");
    detail::require_open_fraction(confidence, "hallmark::rejection_rate", "confidence");
    auto const hits = std::count_if(p.begin(), p.end(), [alpha](double x) { return x <= alpha; });
    return detail::rate_of(static_cast<std::size_t>(hits), p.size(), confidence, alpha);
}

}  // namespace hallmark::inline v0
