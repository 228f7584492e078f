// ROC curves on two logarithmic axes, as SVG.
#pragma once

#include <hallmark/metric/roc.hpp>
#include <hallmark/report/chart.hpp>
#include <hallmark/stats/finite.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hallmark::inline v0 {

struct roc_series {
    std::string            label;
    std::vector<roc_point> points;  ///< as from roc_curve; only tpr and fpr are read, and neither may fall
};

struct roc_options {
    std::string title   = "Who would be accused, rightly and wrongly";
    std::string x_label = "false positive rate: nulls called members (logarithmic)";
    std::string y_label = "true positive rate: members called members (logarithmic)";
};

namespace detail {
/// A logarithmic axis for rates that also has a place for 0, left of the floor: an audit without a false alarm is the
/// best there is, and a plain logarithm would have nowhere to draw it.
struct rate_axis {
    double floor_decade;  ///< log10 of the least rate above 0 that is shown; -1 or less

    static constexpr double zero = 0.03, border = 0.065, first = 0.1;  // where 0 is, where the logarithm begins, and its floor

    [[nodiscard]] auto at(double rate) const noexcept -> double { return rate <= 0.0 ? zero : first + (1.0 - first) * (1.0 - std::log10(rate) / floor_decade); }
    [[nodiscard]] auto axis(std::string_view title) const -> chart_axis {
        auto       out  = chart_axis{std::string(title), {{zero, "0"}}};
        auto const step = std::max(1.0, std::ceil(-floor_decade / 6.0));
        for (auto t = 0.0; t >= floor_decade; t -= step) {
            auto const rate = std::pow(10.0, t);
            out.ticks.push_back({at(rate), t >= -5.0 ? percent(rate) : power_of_ten(static_cast<int>(t))});
        }
        return out;
    }
};

/// The decade at or below the least rate above 0.
[[nodiscard]] inline auto floor_decade(double least) noexcept -> double { return std::min(-1.0, std::floor(std::log10(least) + 1e-9)); }
}  // namespace detail

/// The curves as steps: at each false positive rate, the best true positive rate that a threshold reaches. Rates
/// of 0 have a place of their own at the left and bottom edge, apart from the logarithmic part; the dotted line is
/// what guessing gives. At most 8 series, each with a point at least. Returns one <svg> element as histogram_chart does. Linear time.
/// Throws errc::empty_input, errc::not_a_number, errc::out_of_domain.
/// Source: Carlini et al. 2022 (why the low end of the curve is what counts).
[[nodiscard]] inline auto roc_chart(std::vector<roc_series> const& series, roc_options const& options = {}) -> std::string {
    constexpr std::string_view who = "hallmark::roc_chart";
    detail::require(!series.empty(), errc::empty_input, who, ": series is empty; 1 to 8 series are needed");
    detail::require(series.size() <= 8, errc::out_of_domain, who, ": series has ", series.size(), " series; allowed are 1 to 8");
    double least_fpr = 1.0, least_tpr = 1.0;

    std::vector<detail::legend_entry> legend;
    std::string                       description = "ROC curves on logarithmic axes. ";
    for (std::size_t s = 0; s < series.size(); ++s) {
        auto const& points = series[s].points;
        detail::require(!points.empty(), errc::empty_input, who, ": series[", s, "].points is empty; 1 point is needed at least");
        double at_0 = 0.0;
        for (std::size_t i = 0; i < points.size(); ++i) {
            auto const name = detail::sentence("series[", s, "].points[", i, "]");
            detail::require_fraction(points[i].fpr, who, name + ".fpr");
            detail::require_fraction(points[i].tpr, who, name + ".tpr");
            detail::require(i == 0 || (points[i].fpr >= points[i - 1].fpr && points[i].tpr >= points[i - 1].tpr), errc::out_of_domain, who, ": ", name,
                            " lies below the point before it; allowed are curves that never fall, as roc_curve gives them");
            least_fpr = points[i].fpr > 0.0 ? std::min(least_fpr, points[i].fpr) : least_fpr;
            least_tpr = points[i].tpr > 0.0 ? std::min(least_tpr, points[i].tpr) : least_tpr;
            at_0      = points[i].fpr == 0.0 ? points[i].tpr : at_0;
        }
        legend.push_back({detail::legend_entry::swatch::line, s, series[s].label});
        description += series[s].label + ": true positive rate " + detail::percent(at_0) + " at no false positive. ";
    }
    legend.push_back({detail::legend_entry::swatch::rule, 0, "guessing"});

    auto const x   = detail::rate_axis{detail::floor_decade(least_fpr)};
    auto const y   = detail::rate_axis{detail::floor_decade(least_tpr)};
    auto       out = detail::chart(options.title, description, legend, x.axis(options.x_label), y.axis(options.y_label));
    auto const low = std::pow(10.0, std::max(x.floor_decade, y.floor_decade));
    out.drawing().line(out.at(x.at(low), y.at(low)), out.at(1, 1), {.stroke = "currentColor", .width = 1.5, .dash = "5 3"});
    constexpr auto border = detail::rate_axis::border;
    for (auto const& end : {out.at(border, 1), out.at(1, border)}) {
        out.drawing().line(out.at(border, border), end, {.stroke = "currentColor", .dash = "1 4", .stroke_opacity = 0.6});
    }
    for (std::size_t s = 0; s < series.size(); ++s) {
        std::vector<detail::svg_point> steps;
        auto const                     add = [&](double fpr, double tpr) {
            auto const p = out.at(x.at(fpr), y.at(tpr));
            // Thousands of points fall on one another at this size.
            if (steps.empty() || std::abs(p.x - steps.back().x) + std::abs(p.y - steps.back().y) >= 0.1) {
                steps.push_back(p);
            }
        };
        double reached = 0.0;
        for (auto const& p : series[s].points) {
            add(p.fpr, reached);
            add(p.fpr, p.tpr);
            reached = p.tpr;
        }
        add(1.0, reached);
        out.drawing().path(steps, {.stroke = detail::series_colour(s), .width = 2.5, .dash = detail::series_dash(s)}, false, series[s].label);
    }
    return out.str();
}

}  // namespace hallmark::inline v0
