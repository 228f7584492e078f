// What all charts share: title, legend, two axes with ticks and grid, and the place where the data go. Part of the charts, which test it.
#pragma once

#include <hallmark/report/svg.hpp>
#include <hallmark/report/ticks.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

/// One value that a chart points at, and what it is.
struct chart_marker {
    double      value;
    std::string label;
};

namespace detail {

struct legend_entry {
    enum class swatch { area, line, pointer, rule };
    swatch      kind;
    std::size_t series;
    std::string label;
};

struct chart_axis {
    struct tick {
        double      at;  ///< 0 at the lower end of the axis, 1 at the upper
        std::string label;
    };
    std::string       title;
    std::vector<tick> ticks;
};

/// Round ticks on `range`, at most about `wanted` and no more than fit into `room` pixels side by side.
[[nodiscard]] inline auto linear_axis(std::string_view title, axis_range range, std::size_t wanted, double least_step = 0.0, bool in_percent = false,
                                      double room = 1e9) -> chart_axis {
    auto const unit = in_percent ? 100.0 : 1.0;
    auto const most = unit * std::max(std::abs(range.lower), std::abs(range.upper));
    for (;; --wanted) {
        auto       out   = chart_axis{std::string(title), {}};
        auto const step  = std::max(least_step, round_step(range, wanted));
        double     width = 0.0;
        for (auto const t : ticks(range, step)) {
            out.ticks.push_back({position(range, t), tick_label(unit * t, unit * step, most) + (in_percent ? " %" : "")});
            width += text_width(out.ticks.back().label) + 14.0;
        }
        if (width <= room || wanted <= 1) {
            return out;
        }
    }
}

class chart {
public:
    static constexpr double width = 620.0, plot_height = 250.0, right = 20.0, edge = 2.0;

    chart(std::string_view title, std::string_view description, std::vector<legend_entry> const& legend, chart_axis const& x, chart_axis const& y)
        : left_(left_of(y)),
          top_(top_of(title, legend)),
          drawing_(width, top_ + plot_height + 54.0, title.empty() ? std::string_view("Chart") : title, description) {
        using anchor = svg_drawing::anchor;
        if (!title.empty()) {
            drawing_.text({edge, 20}, shortened(title, width - 24, 16), anchor::start, 16, true);
        }
        place(title, legend, [&](double px, double py, legend_entry const& e) { entry(px, py, e); });
        drawing_.text({edge, top_ - 12}, shortened(y.title, width - 24));
        for (auto const& t : y.ticks) {
            auto const p = at(0, t.at);
            drawing_.line(p, at(1, t.at), {.stroke = "currentColor", .stroke_opacity = 0.2});
            drawing_.text({p.x - 8, p.y + 4.5}, t.label, anchor::end);
        }
        for (auto const& t : x.ticks) {
            auto const p = at(t.at, 0);
            drawing_.line(p, {p.x, p.y + 5}, {.stroke = "currentColor"});
            auto const half = 0.5 * text_width(t.label);
            drawing_.text({std::min(p.x, width - 4 - half), p.y + 20}, t.label, anchor::middle);
        }
        drawing_.line(at(0, 0), at(1, 0), {.stroke = "currentColor"});
        drawing_.text({0.5 * (left_ + width - right), top_ + plot_height + 42}, shortened(x.title, width - 24), anchor::middle);
    }

    /// Fractions of the two axes, 0 to 1, as a place in the drawing.
    [[nodiscard]] auto at(double x, double y) const noexcept -> svg_point { return {left_ + x * (width - right - left_), top_ + (1.0 - y) * plot_height}; }
    [[nodiscard]] auto top() const noexcept -> double { return top_; }
    [[nodiscard]] auto drawing() noexcept -> svg_drawing& { return drawing_; }
    [[nodiscard]] auto str() const -> std::string { return drawing_.str(); }

    /// A downward pointer whose tip is at `tip`.
    void pointer(svg_point tip, std::size_t series, std::string_view hint = {}) {
        drawing_.path({{tip.x, tip.y}, {tip.x - 5, tip.y - 11}, {tip.x + 5, tip.y - 11}},
                      {.stroke = series_colour(series), .width = 1.5, .fill = series_colour(series), .fill_opacity = 0.5}, true, hint);
    }

    /// A dashed line from top to bottom at `x`, its label beside it, `lines_down` lines below the top.
    void rule(double x, std::string_view label, std::size_t lines_down) {
        auto const a    = at(x, 1);
        auto const flip = x > 0.6;
        auto const room = (flip ? a.x - left_ : width - right - a.x) - 6;
        drawing_.line(a, at(x, 0), {.stroke = "currentColor", .width = 1.5, .dash = "5 3"});
        drawing_.text({a.x + (flip ? -6 : 6), a.y + 12 + 16 * static_cast<double>(lines_down)}, shortened(label, room),
                      flip ? svg_drawing::anchor::end : svg_drawing::anchor::start);
    }

private:
    [[nodiscard]] static auto left_of(chart_axis const& y) -> double {
        double most = 0.0;
        for (auto const& t : y.ticks) {
            most = std::max(most, text_width(t.label));
        }
        return most + edge + 8.0;
    }

    // One entry after the other, in as many rows as they need. Returns the baseline of the last row.
    template <class Draw>
    static auto place(std::string_view title, std::vector<legend_entry> const& legend, Draw draw) -> double {
        double x = edge, y = (title.empty() ? -4 : 20) + (legend.empty() ? 0 : 24);
        for (auto const& e : legend) {
            auto const needed = 30 + std::min(text_width(e.label), width - 60) + 18;
            if (x > edge && x + needed > width) {
                x = edge;
                y += 20;
            }
            draw(x, y, e);
            x += needed;
        }
        return y;
    }
    [[nodiscard]] static auto top_of(std::string_view title, std::vector<legend_entry> const& legend) -> double {
        return place(title, legend, [](double, double, legend_entry const&) {}) + 42;
    }

    void entry(double x, double y, legend_entry const& e) {
        auto const colour = series_colour(e.series);
        switch (e.kind) {
            case legend_entry::swatch::area:
                drawing_.rectangle({x, y - 11}, 22, 12, {.stroke = colour, .width = 1.5, .fill = colour, .fill_opacity = 0.3});
                break;
            case legend_entry::swatch::line:
                drawing_.line({x, y - 4}, {x + 24, y - 4}, {.stroke = colour, .width = 2.5, .dash = series_dash(e.series)});
                break;
            case legend_entry::swatch::pointer:
                pointer({x + 12, y + 1}, e.series);
                break;
            case legend_entry::swatch::rule:
                drawing_.line({x, y - 4}, {x + 24, y - 4}, {.stroke = "currentColor", .width = 1.5, .dash = "5 3"});
                break;
        }
        drawing_.text({x + 30, y}, shortened(e.label, width - 60));
    }

    double      left_;
    double      top_;
    svg_drawing drawing_;
};

}  // namespace detail
}  // namespace hallmark::inline v0
