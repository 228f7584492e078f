// One or more curves over a common axis, as SVG: losses and accuracies by epoch.
#pragma once

#include <hallmark/report/chart.hpp>
#include <hallmark/stats/finite.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hallmark::inline v0 {

struct line_series {
    std::string         label;
    std::vector<double> y;
    std::vector<double> x{};  ///< empty: 1, 2, 3, …
};

struct line_options {
    std::string title;
    std::string x_label   = "epoch";
    std::string y_label   = "";
    bool        y_percent = false;  ///< labels 0.25 as 25 %
    bool        y_from_0  = true;   ///< the axis holds 0; false where only differences matter
    bool        y_log     = false;  ///< decades; every y must be more than 0
};

namespace detail {
/// Decades around `range` in log10 units; a tick for each, or for every second, third, … where there are many.
[[nodiscard]] inline auto log_axis(std::string_view title, axis_range decades, bool in_percent) -> chart_axis {
    auto       out  = chart_axis{std::string(title), {}};
    auto const step = std::max(1.0, round_step(decades, 8));
    for (auto const t : ticks(decades, step)) {
        auto const value = std::pow(10.0, t);
        auto const label =
            std::abs(t) <= 5 ? (in_percent ? percent(value) : tick_label(value, std::min(1.0, value), value)) : power_of_ten(static_cast<int>(t));
        out.ticks.push_back({position(decades, t), label});
    }
    return out;
}
}  // namespace detail

/// The series as lines of different colour and dash, at most 16, each with a value at least; short ones (20 values or
/// fewer) with a dot on each value. Returns one <svg> element as histogram_chart does. Linear time.
/// Throws errc::empty_input, errc::shape_mismatch, errc::not_a_number, errc::out_of_domain.
[[nodiscard]] inline auto line_chart(std::vector<line_series> const& series, line_options const& options) -> std::string {
    constexpr std::string_view who = "hallmark::line_chart";
    detail::require(!series.empty(), errc::empty_input, who, ": series is empty; 1 to 16 series are needed");
    detail::require(series.size() <= 16, errc::out_of_domain, who, ": series has ", series.size(), " series; allowed are 1 to 16");
    auto const to_scale = [&](double y) { return options.y_log ? std::log10(y) : y; };
    auto const x_of     = [&](line_series const& s, std::size_t i) { return s.x.empty() ? static_cast<double>(i + 1) : s.x[i]; };

    detail::axis_range                x{}, y{};
    std::vector<detail::legend_entry> legend;
    std::string                       description = "A line chart. ";
    for (std::size_t s = 0; s < series.size(); ++s) {
        auto const& one  = series[s];
        auto const  name = detail::sentence("series[", s, "]");
        detail::require_sample(one.y, who, name + ".y");
        if (!one.x.empty()) {
            detail::require_sample(one.x, who, name + ".x");
        }
        detail::require(one.x.empty() || one.x.size() == one.y.size(), errc::shape_mismatch, who, ": ", name, " has ", one.x.size(), " x and ", one.y.size(),
                        " y; allowed is one x for each y, or no x");
        for (std::size_t i = 0; i < one.y.size(); ++i) {
            detail::require(!options.y_log || one.y[i] > 0.0, errc::out_of_domain, who, ": ", name, ".y[", i, "] is ", one.y[i],
                            "; allowed on a logarithmic axis is more than 0");
            auto const px = x_of(one, i), py = to_scale(one.y[i]);
            x = s + i == 0 ? detail::axis_range{px, px} : detail::axis_range{std::min(x.lower, px), std::max(x.upper, px)};
            y = s + i == 0 ? detail::axis_range{py, py} : detail::axis_range{std::min(y.lower, py), std::max(y.upper, py)};
        }
        legend.push_back({detail::legend_entry::swatch::line, s, one.label});
        description += one.label + ": from " + detail::readable(one.y.front()) + " to " + detail::readable(one.y.back()) + ". ";
    }
    x = detail::widened(x);
    if (options.y_log) {
        y = {std::floor(y.lower), std::max(std::ceil(y.upper), std::floor(y.lower) + 1.0)};
    } else {
        if (options.y_from_0) {
            y = {std::min(0.0, y.lower), std::max(0.0, y.upper)};
        }
        y = detail::widened(y);
        // Out to the next round tick, so that no curve runs along the upper edge.
        auto const step  = detail::round_step(y, 5);
        auto const upper = std::ceil(y.upper / step - 1e-9) * step, lower = std::floor(y.lower / step + 1e-9) * step;
        y = {detail::is_finite(lower) ? lower : y.lower, detail::is_finite(upper) ? upper : y.upper};
    }
    auto const whole_x = std::all_of(series.begin(), series.end(), [](line_series const& s) { return s.x.empty(); });
    auto       out     = detail::chart(
                  options.title, description, legend, detail::linear_axis(options.x_label, x, 10, whole_x ? 1.0 : 0.0, false, 560.0),
        options.y_log ? detail::log_axis(options.y_label, y, options.y_percent) : detail::linear_axis(options.y_label, y, 5, 0.0, options.y_percent));
    for (std::size_t s = 0; s < series.size(); ++s) {
        std::vector<detail::svg_point> points;
        for (std::size_t i = 0; i < series[s].y.size(); ++i) {
            points.push_back(out.at(detail::position(x, x_of(series[s], i)), detail::position(y, to_scale(series[s].y[i]))));
        }
        auto const colour = detail::series_colour(s);
        if (points.size() > 1) {
            out.drawing().path(detail::thinned(points), {.stroke = colour, .width = 2, .dash = detail::series_dash(s)}, false, series[s].label);
        }
        for (auto const& p : points.size() <= 20 ? points : std::vector<detail::svg_point>{}) {
            out.drawing().circle(p, 3, {.fill = colour});
        }
    }
    return out.str();
}

}  // namespace hallmark::inline v0
