// A ROC curve on two logarithmic axes, as numbers for any plotting program.
#pragma once

#include <hallmark/metric/roc.hpp>
#include <hallmark/stats/finite.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace hallmark::inline v0 {

/// Decimal logarithms of the two rates, 0 or less.
struct log_log_point {
    double fpr;
    double tpr;

    friend auto operator==(log_log_point const&, log_log_point const&) -> bool = default;
};

/// The curve from roc_curve with both rates as decimal logarithms, both rising. A rate below `floor`, 0 among them, is drawn at the floor, which lies in (0,
/// 1): 1/(2·nulls) keeps "none of the nulls" apart from "one of them". Points that fall together are given once. The low end is what counts: a curve that looks
/// good in the middle may accuse nobody at one false alarm in a thousand. O(points). Throws errc::empty_input, errc::out_of_domain, errc::not_a_number. Source:
/// Carlini et al. 2022.
[[nodiscard]] inline auto log_log_curve(std::span<roc_point const> curve, double floor) -> std::vector<log_log_point> {
    detail::require(!curve.empty(), errc::empty_input, "hallmark::log_log_curve: the curve is empty; allowed is one from roc_curve");
    detail::require_open_fraction(floor, "hallmark::log_log_curve", "floor");
    auto out = std::vector<log_log_point>();
    for (auto const& p : curve) {
        detail::require_fraction(p.fpr, "hallmark::log_log_curve", "fpr");
        detail::require_fraction(p.tpr, "hallmark::log_log_curve", "tpr");
        auto const here = log_log_point{std::log10(std::max(floor, p.fpr)), std::log10(std::max(floor, p.tpr))};
        if (out.empty() || here != out.back()) {
            out.push_back(here);
        }
    }
    return out;
}

}  // namespace hallmark::inline v0
