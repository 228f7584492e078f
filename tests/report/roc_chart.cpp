#include <hallmark/report/roc_chart.hpp>

#include <doctest/doctest.h>
#include <hallmark/report/svg_check.hpp>
#include <report/well_formed.hpp>

#include <limits>
#include <string>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

namespace {
auto point(double fpr, double tpr) -> roc_point { return {0.0, 0, 0, tpr, fpr}; }

auto first_path(std::string const& chart) -> std::string {
    auto const at = chart.find("<path d=\"") + 9;
    return chart.substr(at, chart.find('"', at) - at);
}
}  // namespace

// A rate of 0 has no logarithm. Drawn at the floor it would look like a false alarm that never happened.
TEST_CASE("zero has its own place, below the floor") {
    auto const axis = detail::rate_axis{-3};
    CHECK(axis.at(1) == 1);
    CHECK(axis.at(1e-3) == doctest::Approx(0.1));
    CHECK(axis.at(0) < detail::rate_axis::border);
    CHECK(axis.at(1e-3) > detail::rate_axis::border);
    CHECK(axis.at(0.1) - axis.at(0.01) == doctest::Approx(0.3));
    CHECK(detail::floor_decade(1) == -1);
    CHECK(detail::floor_decade(0.1) == -1);
    CHECK(detail::floor_decade(0.002) == -3);
    CHECK(detail::floor_decade(0.001) == -3);
    auto const ticks = axis.axis("x").ticks;
    CHECK(ticks.size() == 5);
    CHECK(ticks[0].label == "0");
    CHECK(ticks[1].label == "100 %");
    CHECK(ticks[4].label == "0.1 %");
    CHECK(detail::rate_axis{-300}.axis("").ticks.size() <= 8);
}

// Steps: between two points the earlier rate holds. A straight line would promise rates that no threshold reaches.
TEST_CASE("pinned curve") {
    auto const chart = roc_chart({{"a", {point(0, 0), point(0, 0.1), point(0.1, 1), point(1, 1)}}});
    // x from 50.3 to 600 and y from 336 up to 86: 0 at 3 %, the floor of 10 % at 10 %, 100 % at the end.
    CHECK(first_path(chart) == "M66.8 328.5 L66.8 311 L105.3 311 L105.3 86 L600 86");
}

TEST_CASE("curves of real scores") {
    auto const members = values{3, 4, 5, 2}, nulls = values{0, 1, 2, -1, -2};
    auto const chart = roc_chart({{"good", roc_curve(members, nulls)}, {"bad", roc_curve(nulls, members)}});
    CHECK(fault_of(chart) == "");
    CHECK(contains(chart, "good: true positive rate 75 % at no false positive. bad: true positive rate 0 % at no false positive."));
    CHECK(contains(chart, ">guessing<"));
    CHECK(count_of(chart, "<path") == 2);
    values many;
    for (int i = 0; i < 20000; ++i) {
        many.push_back(i);
    }
    CHECK(roc_chart({{"many", roc_curve(many, many)}}).size() < 60000);
}

TEST_CASE("any curve gives a plain, well-formed chart") {
    for (auto const& points : {std::vector{point(1, 1)}, std::vector{point(0, 0)}, std::vector{point(0, 1)}, std::vector{point(0.5, 0)},
                               std::vector{point(1e-300, 1e-320), point(1, 1)}}) {
        auto const chart = roc_chart({{"p", points}});
        CAPTURE(chart);
        CHECK(fault_of(chart) == "");
        CHECK(detail::is_plain_svg(chart));
        CHECK(!contains(chart, "nan"));
        CHECK(!contains(chart, "inf"));
    }
}

TEST_CASE("texts are escaped") {
    auto const chart = roc_chart({{attack, {point(0, 1)}}}, {attack, attack, attack});
    CHECK(fault_of(chart) == "");
    CHECK(detail::is_plain_svg(chart));
}

TEST_CASE("what a caller can get wrong") {
    constexpr auto nan_ = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH_AS(roc_chart({}), "hallmark::roc_chart: series is empty; 1 to 8 series are needed", error);
    CHECK_THROWS_WITH_AS(roc_chart(std::vector<roc_series>(9)), "hallmark::roc_chart: series has 9 series; allowed are 1 to 8", error);
    CHECK_THROWS_WITH_AS(roc_chart({{"a", {}}}), "hallmark::roc_chart: series[0].points is empty; 1 point is needed at least", error);
    CHECK_THROWS_WITH_AS(roc_chart({{"a", {point(nan_, 1)}}}), "hallmark::roc_chart: series[0].points[0].fpr is NaN; allowed is a finite number", error);
    CHECK_THROWS_WITH_AS(roc_chart({{"a", {point(0, 1.5)}}}), "hallmark::roc_chart: series[0].points[0].tpr is 1.5; allowed is 0 to 1", error);
    for (auto const& second : {point(0.4, 0.6), point(0.6, 0.4)}) {
        CHECK_THROWS_WITH_AS(
            roc_chart({{"a", {point(0.5, 0.5), second}}}),
            "hallmark::roc_chart: series[0].points[1] lies below the point before it; allowed are curves that never fall, as roc_curve gives them", error);
    }
}
