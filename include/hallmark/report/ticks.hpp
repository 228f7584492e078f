// Axes: a range that is never empty, round ticks on it, and their labels.
#pragma once

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace hallmark::inline v0::detail {

// std::to_chars and not snprintf: a host program that set a locale would get decimal commas, which break SVG.
[[nodiscard]] inline auto formatted(double value, std::chars_format format, int precision) -> std::string {
    char       text[400];  // 1.8e308 in fixed form has 309 digits before the point
    auto const end = std::to_chars(text, text + sizeof text, value, format, std::min(precision, 17)).ptr;
    return {text, end};
}

/// A number for people: four significant digits, a real minus sign.
[[nodiscard]] inline auto readable(double value) -> std::string {
    auto text = formatted(value, std::chars_format::general, 4);
    if (text.front() == '-') {
        text.replace(0, 1, "−");
    }
    return text;
}

/// `fraction` in percent with three digits, rounded up or down and never to the nearest: "at most 0.19 %" must not be said of 0.1996 %.
[[nodiscard]] inline auto percent_bound(double fraction, bool up) -> std::string {
    auto const exact = 100.0 * fraction;
    if (exact <= 0.0) {
        return "0 %";
    }
    auto const unit    = std::pow(10.0, std::floor(std::log10(exact)) - 2.0);
    auto const nearest = std::round(exact / unit) * unit;
    auto const wrong   = up ? nearest < exact * (1.0 - 1e-12) : nearest > exact * (1.0 + 1e-12);
    return formatted(wrong ? nearest + (up ? unit : -unit) : nearest, std::chars_format::general, 3) + " %";
}

/// 0.05 is "5 %".
[[nodiscard]] inline auto percent(double fraction) -> std::string { return readable(100.0 * fraction) + " %"; }

struct axis_range {
    double lower;
    double upper;
};

// Halves, because upper - lower overflows for the largest doubles.
[[nodiscard]] inline auto half_length(axis_range r) noexcept -> double { return 0.5 * r.upper - 0.5 * r.lower; }

/// Where `value` lies between the ends: 0 at lower, 1 at upper.
[[nodiscard]] inline auto position(axis_range r, double value) noexcept -> double { return (0.5 * value - 0.5 * r.lower) / half_length(r); }

/// `r`, or a wider range around it where its ends are too close to be told apart by labels of nine digits.
[[nodiscard]] inline auto widened(axis_range r) noexcept -> axis_range {
    auto const most = std::max(std::abs(r.lower), std::abs(r.upper));
    if (most < 1e-290) {
        return {-0.5, 0.5};
    }
    if (half_length(r) > 1e-9 * most) {
        return r;
    }
    constexpr auto limit  = std::numeric_limits<double>::max();
    auto const     centre = 0.5 * r.lower + 0.5 * r.upper;
    return {std::max(centre - 0.05 * most, -limit), std::min(centre + 0.05 * most, limit)};
}

/// The least of 1, 2, 5, 10, 20, 50, … (and their decimal parts) that cuts the range into at most
/// `wanted` steps; four suffice where `wanted` is less and the range spans nearly all doubles.
[[nodiscard]] inline auto round_step(axis_range r, std::size_t wanted) noexcept -> double {
    auto const raw = half_length(r) / static_cast<double>(wanted) * 2.0;
    if (!(raw < 1e308)) {
        return 1e308;  // the range itself may be more than the largest double
    }
    auto const base = std::pow(10.0, std::floor(std::log10(raw)));
    for (double const factor : {1.0, 2.0, 5.0}) {
        if (raw <= factor * base * (1.0 + 1e-12)) {
            return factor * base;
        }
    }
    return 10.0 * base;
}

/// All multiples of `step` in the range.
[[nodiscard]] inline auto ticks(axis_range r, double step) -> std::vector<double> {
    std::vector<double> out;
    auto const          last = std::floor(r.upper / step + 1e-9);
    for (auto k = std::ceil(r.lower / step - 1e-9); k <= last; k += 1.0) {
        out.push_back(k == 0.0 ? 0.0 : k * step);  // never -0
    }
    return out;
}

[[nodiscard]] inline auto power_of_ten(int exponent) -> std::string {
    constexpr std::string_view digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    std::string                out      = "10";
    for (char const c : std::to_string(exponent)) {
        out += c == '-' ? std::string_view("⁻") : digits[c - '0'];
    }
    return out;
}

/// As many digits as the step needs and no more; `most` is the largest magnitude on the axis, so that all
/// labels of one axis take the same form.
[[nodiscard]] inline auto tick_label(double value, double step, double most) -> std::string {
    auto const sign      = value < 0.0 ? std::string("−") : std::string();
    auto const step_size = static_cast<int>(std::floor(std::log10(step) + 1e-9));
    if (most < 1e6 && step >= 0.99e-5) {
        return sign + formatted(std::abs(value), std::chars_format::fixed, std::max(0, -step_size));
    }
    if (value == 0.0) {
        return "0";
    }
    auto const size     = static_cast<int>(std::floor(std::log10(std::abs(value)) + 1e-9));
    auto const text     = formatted(std::abs(value), std::chars_format::scientific, std::max(0, size - step_size));
    auto const mark     = text.find('e');
    int        exponent = 0;
    std::from_chars(text.data() + mark + (text[mark + 1] == '+' ? 2 : 1), text.data() + text.size(), exponent);
    return sign + text.substr(0, mark) + "·" + power_of_ten(exponent);
}

}  // namespace hallmark::inline v0::detail
