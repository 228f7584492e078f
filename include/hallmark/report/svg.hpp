// Drawing in SVG: shapes and text in, one element that needs nothing outside itself out.
#pragma once

#include <hallmark/report/escape.hpp>
#include <hallmark/report/ticks.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hallmark::inline v0::detail {

/// Blue, vermillion, bluish green and reddish purple stay apart for colour-blind readers, and each has a contrast
/// of 3 or more against white and against black. Source: Okabe & Ito 2008.
[[nodiscard]] inline auto series_colour(std::size_t i) -> std::string_view {
    constexpr std::string_view colours[] = {"#0072b2", "#d55e00", "#009e73", "#b8588f"};
    return colours[i % 4];
}

/// Paired with the colour so that lines also differ in black and white, and 16 lines differ from one another.
[[nodiscard]] inline auto series_dash(std::size_t i) -> std::string_view {
    constexpr std::string_view dashes[] = {"", "7 4", "2 3", "9 3 2 3"};
    return dashes[(i + i / 4) % 4];
}

struct svg_point {
    double x;
    double y;
};

/// Units are pixels at natural size, x to the right and y down.
class svg_drawing {
public:
    /// `title` names the picture and `description` says in words what it shows, for readers who do not see it.
    svg_drawing(double width, double height, std::string_view title, std::string_view description) {
        // The colour of text and axes is inherited from the page. Where there is no page, this grey is equally readable
        // on white and on black; as a presentation attribute it gives way to any style sheet.
        out_ = "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" class=\"chart\" width=\"" + number(width) + "\" height=\"" + number(height) +
               "\" viewBox=\"0 0 " + number(width) + " " + number(height) +
               "\" color=\"#767676\" fill=\"none\" font-family=\"system-ui, sans-serif\">\n<title>" + escaped(title) + "</title>\n<desc>" +
               escaped(description) + "</desc>\n";
    }

    /// What every shape may have. Empty texts leave the attribute out.
    struct look {
        std::string_view stroke{};
        double           width = 1.0;
        std::string_view dash{};
        std::string_view fill{};
        double           fill_opacity   = 1.0;
        double           stroke_opacity = 1.0;
    };

    void line(svg_point a, svg_point b, look const& l) {
        out_ += "<line x1=\"" + number(a.x) + "\" y1=\"" + number(a.y) + "\" x2=\"" + number(b.x) + "\" y2=\"" + number(b.y) + "\"" + attributes(l) + "/>\n";
    }

    void rectangle(svg_point corner, double width, double height, look const& l) {
        out_ += "<rect x=\"" + number(corner.x) + "\" y=\"" + number(corner.y) + "\" width=\"" + number(width) + "\" height=\"" + number(height) + "\"" +
                attributes(l) + "/>\n";
    }

    void circle(svg_point centre, double radius, look const& l) {
        out_ += "<circle cx=\"" + number(centre.x) + "\" cy=\"" + number(centre.y) + "\" r=\"" + number(radius) + "\"" + attributes(l) + "/>\n";
    }

    /// Straight lines through `points`; `hint` is shown when the pointer rests on it.
    void path(std::vector<svg_point> const& points, look const& l, bool closed = false, std::string_view hint = {}) {
        out_ += "<path d=\"";
        for (std::size_t i = 0; i < points.size(); ++i) {
            out_ += i == 0 ? "M" : " L";
            out_ += number(points[i].x) + " " + number(points[i].y);
        }
        out_ += closed ? " Z\"" : "\"";
        out_ += attributes(l);
        out_ += hint.empty() ? "/>\n" : "><title>" + escaped(hint) + "</title></path>\n";
    }

    enum class anchor { start, middle, end };

    /// `at` is the left end, the middle or the right end of the baseline.
    void text(svg_point at, std::string_view what, anchor where = anchor::start, double size = 13.0, bool bold = false) {
        out_ += "<text x=\"" + number(at.x) + "\" y=\"" + number(at.y) + "\" font-size=\"" + number(size) + "\" fill=\"currentColor\"";
        out_ += where == anchor::middle ? " text-anchor=\"middle\"" : where == anchor::end ? " text-anchor=\"end\"" : "";
        out_ += bold ? " font-weight=\"600\">" : ">";
        out_ += escaped(what) + "</text>\n";
    }

    [[nodiscard]] auto str() const -> std::string { return out_ + "</svg>\n"; }

    /// Tenths of a pixel: finer steps nobody sees, and a curve of a thousand points stays small.
    [[nodiscard]] static auto number(double value) -> std::string {
        auto text = formatted(value, std::chars_format::fixed, 1);
        if (text.ends_with(".0")) {
            text.resize(text.size() - 2);
        }
        return text == "-0" ? "0" : text;
    }

private:
    [[nodiscard]] static auto attribute(std::string_view name, std::string_view value) -> std::string {
        return value.empty() ? std::string() : " " + std::string(name) + "=\"" + std::string(value) + "\"";
    }
    [[nodiscard]] static auto attributes(look const& l) -> std::string {
        auto out = attribute("stroke", l.stroke) + attribute("stroke-dasharray", l.dash) + attribute("fill", l.fill);
        if (!l.stroke.empty() && l.width != 1.0) {
            out += attribute("stroke-width", number(l.width));
        }
        if (l.fill_opacity != 1.0) {
            out += attribute("fill-opacity", number(l.fill_opacity));
        }
        if (l.stroke_opacity != 1.0) {
            out += attribute("stroke-opacity", number(l.stroke_opacity));
        }
        return out;
    }

    std::string out_;
};

/// The width of `text` in the fonts a reader is likely to have. Only SVG viewers know the true one.
[[nodiscard]] inline auto text_width(std::string_view text, double size = 13.0) noexcept -> double {
    return 0.62 * size * static_cast<double>(characters(text));
}

/// `text`, cut with an ellipsis where it is wider than `room`.
[[nodiscard]] inline auto shortened(std::string_view text, double room, double size = 13.0) -> std::string {
    if (text_width(text, size) <= room) {
        return std::string(text);
    }
    std::string out;
    while (!text.empty() && text_width(out, size) + 1.24 * size <= room) {
        auto const length = std::max(std::size_t{1}, utf8_length(text));
        out += text.substr(0, length);
        text.remove_prefix(length);
    }
    return out + "…";
}

/// The line through `points` with at most four of those that share a half pixel of width: the first, the lowest, the
/// highest and the last. A million points draw the same picture with a few thousand.
[[nodiscard]] inline auto thinned(std::vector<svg_point> const& points) -> std::vector<svg_point> {
    std::vector<svg_point> out;
    for (std::size_t i = 0; i < points.size();) {
        auto const column = std::floor(2.0 * points[i].x);
        auto       low = i, high = i, end = i + 1;
        for (; end < points.size() && std::floor(2.0 * points[end].x) == column; ++end) {
            low  = points[end].y < points[low].y ? end : low;
            high = points[end].y > points[high].y ? end : high;
        }
        std::size_t const kept[] = {i, std::min(low, high), std::max(low, high), end - 1};
        for (std::size_t k = 0; k < 4; ++k) {
            if (k == 0 || kept[k] != kept[k - 1]) {
                out.push_back(points[kept[k]]);
            }
        }
        i = end;
    }
    return out;
}

}  // namespace hallmark::inline v0::detail
