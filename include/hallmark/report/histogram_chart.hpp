// A histogram of one or more samples over each other, as SVG.
#pragma once

#include <hallmark/report/chart.hpp>
#include <hallmark/stats/finite.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hallmark::inline v0 {

struct histogram_sample {
    std::string         label;
    std::vector<double> values;
};

struct histogram_options {
    std::string               title   = "Scores";
    std::string               x_label = "score (larger = member)";
    std::string               y_label = "";                    ///< empty: "number of values" or "share of each sample"
    bool                      shares  = false;                 ///< heights are shares of each sample and not counts, for samples of very different size
    std::size_t               bins    = 0;                     ///< about how many over the whole range, at most 200; 0: chosen from the sample sizes
    std::vector<chart_marker> lines{};                         ///< dashed lines from top to bottom with their labels: thresholds
    std::vector<chart_marker> points{};                        ///< single values, each a pointer on the axis; the label shows under the mouse
    std::string               points_label = "single values";  ///< what the pointers are, for the legend
};

namespace detail {
/// Bins of equal, round width on multiples of that width, the same for all samples.
struct histogram_bins {
    double      step;
    double      first;  ///< lower edge of the first bin, in steps
    std::size_t count;

    [[nodiscard]] auto edge(std::size_t i) const noexcept -> double {
        constexpr auto limit = std::numeric_limits<double>::max();
        return std::clamp((first + static_cast<double>(i)) * step, -limit, limit);
    }
    [[nodiscard]] auto counts(std::span<double const> values) const -> std::vector<std::size_t> {
        auto out = std::vector<std::size_t>(count);
        for (auto const v : values) {
            auto const i = std::clamp(std::floor(v / step) - first, 0.0, static_cast<double>(count - 1));
            ++out[static_cast<std::size_t>(i)];
        }
        return out;
    }
};

[[nodiscard]] inline auto bins_for(std::vector<histogram_sample> const& samples, std::size_t wanted) -> histogram_bins {
    auto        range   = axis_range{samples[0].values[0], samples[0].values[0]};
    std::size_t largest = 0;
    for (auto const& s : samples) {
        auto const [low, high] = std::minmax_element(s.values.begin(), s.values.end());
        range                  = {std::min(range.lower, *low), std::max(range.upper, *high)};
        largest                = std::max(largest, s.values.size());
    }
    range = widened(range);
    if (wanted == 0) {
        // Rice's rule is 2 n^(1/3); half as many again, because rounding the width loses some. Held between what still shows
        // a shape and what can still be seen at this size.
        wanted = static_cast<std::size_t>(std::clamp(std::ceil(3.0 * std::cbrt(static_cast<double>(largest))), 10.0, 50.0));
    }
    auto const step  = round_step(range, wanted);
    auto const first = std::floor(range.lower / step);
    return {step, first, static_cast<std::size_t>(std::floor(range.upper / step) - first) + 1};
}

inline void require_markers(std::vector<chart_marker> const& markers, std::string_view name) {
    for (std::size_t i = 0; i < markers.size(); ++i) {
        require_finite(markers[i].value, "hallmark::histogram_chart", sentence(name, "[", i, "].value"));
    }
}
}  // namespace detail

/// The samples as overlaid outlines over the same bins, in the order given (the last lies on top), with the
/// size of each in the legend. One to four samples; each needs a value at least. Returns one <svg> element,
/// readable on light and dark pages, with no reference to anything outside it. Linear time.
/// Throws errc::empty_input, errc::not_a_number, errc::out_of_domain.
[[nodiscard]] inline auto histogram_chart(std::vector<histogram_sample> const& samples, histogram_options const& options = {}) -> std::string {
    constexpr std::string_view who = "hallmark::histogram_chart";
    using swatch                   = detail::legend_entry::swatch;
    detail::require(!samples.empty(), errc::empty_input, who, ": samples is empty; 1 to 4 samples are needed");
    detail::require(samples.size() <= 4, errc::out_of_domain, who, ": samples has ", samples.size(), " samples; allowed are 1 to 4");
    detail::require(options.bins <= 200, errc::out_of_domain, who, ": bins is ", options.bins, "; allowed is 0 to 200");
    for (std::size_t i = 0; i < samples.size(); ++i) {
        detail::require_sample(samples[i].values, who, detail::sentence("samples[", i, "]"));
    }
    detail::require_markers(options.lines, "lines");
    detail::require_markers(options.points, "points");

    auto const bins   = detail::bins_for(samples, options.bins);
    auto       x      = detail::axis_range{bins.edge(0), bins.edge(bins.count)};
    auto const before = x;
    for (auto const* markers : {&options.lines, &options.points}) {
        for (auto const& m : *markers) {
            x = {std::min(x.lower, m.value), std::max(x.upper, m.value)};
        }
    }
    // A marker beyond the bins must not stand on the very edge, where its label has no room.
    auto const     margin = std::min(0.08 * detail::half_length(x), 0.01 * std::numeric_limits<double>::max());
    constexpr auto limit  = std::numeric_limits<double>::max();
    x = {x.lower < before.lower ? std::max(x.lower - margin, -limit) : x.lower, x.upper > before.upper ? std::min(x.upper + margin, limit) : x.upper};

    std::vector<std::vector<double>>  heights;
    std::vector<detail::legend_entry> legend;
    std::string                       description = "A histogram. ";
    double                            most        = 0.0;
    for (auto const& s : samples) {
        auto const n = static_cast<double>(s.values.size());
        auto&      h = heights.emplace_back();
        for (auto const c : bins.counts(s.values)) {
            h.push_back(options.shares ? static_cast<double>(c) / n : static_cast<double>(c));
            most = std::max(most, h.back());
        }
        auto const [low, high] = std::minmax_element(s.values.begin(), s.values.end());
        auto const label       = detail::sentence(s.label, " (n = ", s.values.size(), ")");
        description += label + ": " + detail::readable(*low) + " to " + detail::readable(*high) + ". ";
        legend.push_back({swatch::area, heights.size() - 1, label});
    }
    if (!options.points.empty()) {
        legend.push_back({swatch::pointer, samples.size(), detail::sentence(options.points_label, " (n = ", options.points.size(), ")")});
    }

    auto const y_step  = std::max(options.shares ? 0.0 : 1.0, detail::round_step({0.0, most}, 5));
    auto const y       = detail::axis_range{0.0, std::ceil(most / y_step - 1e-9) * y_step};
    auto const y_title = !options.y_label.empty() ? options.y_label : std::string(options.shares ? "share of each sample" : "number of values");
    auto       out     = detail::chart(options.title, description, legend, detail::linear_axis(options.x_label, x, 8, 0.0, false, 560.0),
                                       detail::linear_axis(y_title, y, 5, options.shares ? 0.0 : 1.0, options.shares));
    for (std::size_t s = 0; s < samples.size(); ++s) {
        auto const colour = detail::series_colour(s);
        // One outline for each run of bins that hold something; an outline along the empty ones would hide the axis.
        for (std::size_t i = 0; i < bins.count; ++i) {
            auto outline = std::vector<detail::svg_point>{out.at(detail::position(x, bins.edge(i)), 0.0)};
            for (; i < bins.count && heights[s][i] > 0.0; ++i) {
                auto const height = detail::position(y, heights[s][i]);
                outline.push_back(out.at(detail::position(x, bins.edge(i)), height));
                outline.push_back(out.at(detail::position(x, bins.edge(i + 1)), height));
            }
            if (outline.size() > 1) {
                outline.push_back(out.at(detail::position(x, bins.edge(i)), 0.0));
                out.drawing().path(outline, {.stroke = colour, .width = 1.5, .fill = colour, .fill_opacity = 0.3}, true, legend[s].label);
            }
        }
    }
    for (auto const& p : options.points) {
        out.pointer(out.at(detail::position(x, p.value), 0.0), samples.size(), p.label);
    }
    for (std::size_t i = 0; i < options.lines.size(); ++i) {
        out.rule(detail::position(x, options.lines[i].value), options.lines[i].label, i % 12);
    }
    return out.str();
}

/// Members over nulls, the picture of an audit: a model that was trained on the members moves them to the right.
[[nodiscard]] inline auto histogram_chart(std::span<double const> members, std::span<double const> nulls, histogram_options const& options = {})
    -> std::string {
    detail::require_sample(members, "hallmark::histogram_chart", "members");
    detail::require_sample(nulls, "hallmark::histogram_chart", "nulls");
    return histogram_chart({{"nulls", {nulls.begin(), nulls.end()}}, {"members", {members.begin(), members.end()}}}, options);
}

}  // namespace hallmark::inline v0
