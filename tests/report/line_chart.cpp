#include <hallmark/report/line_chart.hpp>

#include <doctest/doctest.h>
#include <hallmark/report/svg_check.hpp>
#include <report/well_formed.hpp>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

namespace {
constexpr auto nan_ = std::numeric_limits<double>::quiet_NaN();
constexpr auto huge = std::numeric_limits<double>::max();

auto first_path(std::string const& chart) -> std::string {
    auto const at = chart.find("<path d=\"") + 9;
    return chart.substr(at, chart.find('"', at) - at);
}
}  // namespace

// Plot: x from 34.2 (three characters of label) to 600, y from 312 up to 62 without title. 1 lies at the top.
TEST_CASE("pinned curves") {
    CHECK(first_path(line_chart({{"a", {1, 0, 0.5}}}, {})) == "M34.2 62 L317.1 312 L600 187");
    CHECK(first_path(line_chart({{"a", {1, 0, 0.5}, {0, 1, 4}}}, {})) == "M34.2 62 L175.6 312 L600 187");
    line_options o;
    o.y_log = true;
    CHECK(first_path(line_chart({{"a", {1, 10, 100}}}, o)) == "M34.2 312 L317.1 187 L600 62");
    o          = {};
    o.y_from_0 = false;
    CHECK(first_path(line_chart({{"a", {10, 15}}}, o)) == "M26.1 312 L600 62");
}

TEST_CASE("two models over the epochs") {
    line_options o;
    o.title          = "Training";
    o.y_label        = "accuracy";
    o.y_percent      = true;
    auto const chart = line_chart({{"suspect", {0.25, 0.5, 1.0}}, {"innocent", {0.2, 0.4, 0.9}}}, o);
    CHECK(contains(chart, "<title>Training</title>"));
    CHECK(contains(chart, ">accuracy<"));
    CHECK(contains(chart, ">epoch<"));
    CHECK(contains(chart, ">100 %<"));
    CHECK(!contains(chart, ">1.5<"));  // there is no epoch 1.5
    CHECK(contains(chart, "suspect: from 0.25 to 1. innocent: from 0.2 to 0.9. "));
    CHECK(count_of(chart, "<path") == 2);
    CHECK(count_of(chart, "<circle") == 6);
}

TEST_CASE("long series have no dots and are thinned") {
    auto const chart = line_chart({{"a", values(100000, 1.0)}}, {});
    CHECK(count_of(chart, "<circle") == 0);
    CHECK(chart.size() < 40000);
}

TEST_CASE("any finite data give a plain, well-formed chart") {
    for (auto const& v : {values{1}, values{0, 0}, values{-huge, huge}, values{huge, huge}, values{1e-320, 2e-320}, values{-1, -2}, values{1e9, 1e9 + 1}}) {
        for (auto const from_0 : {true, false}) {
            line_options o;
            o.y_from_0       = from_0;
            auto const chart = line_chart({{"v", v}, {"x", v, v}}, o);
            CAPTURE(chart);
            CHECK(fault_of(chart) == "");
            CHECK(detail::is_plain_svg(chart));
            CHECK(!contains(chart, "nan"));
            CHECK(!contains(chart, "inf"));
        }
    }
    line_options o;
    o.y_log = o.y_percent = true;
    CHECK(fault_of(line_chart({{"v", {1e-320, huge}}}, o)) == "");
    CHECK(contains(line_chart({{"v", {0.01, 1}}}, o), ">10 %<"));
    CHECK(fault_of(line_chart({{"v", {1, 1}}}, o)) == "");
}

TEST_CASE("texts are escaped") {
    line_options o;
    o.title = o.x_label = o.y_label = attack;
    auto const chart                = line_chart({{attack, {1, 2}}}, o);
    CHECK(fault_of(chart) == "");
    CHECK(detail::is_plain_svg(chart));
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(line_chart({}, {}), "hallmark::line_chart: series is empty; 1 to 16 series are needed", error);
    CHECK_THROWS_WITH_AS(line_chart(std::vector<line_series>(17, {"", {1}}), {}), "hallmark::line_chart: series has 17 series; allowed are 1 to 16", error);
    CHECK_THROWS_WITH_AS(line_chart({{"a", {}}}, {}), "hallmark::line_chart: series[0].y is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(line_chart({{"a", {1}}, {"b", {1, nan_}}}, {}), "hallmark::line_chart: series[1].y[1] is NaN; allowed are finite numbers", error);
    CHECK_THROWS_WITH_AS(line_chart({{"a", {1}, {HUGE_VAL}}}, {}), "hallmark::line_chart: series[0].x[0] is infinity; allowed are finite numbers", error);
    CHECK_THROWS_WITH_AS(line_chart({{"a", {1, 2}, {1}}}, {}), "hallmark::line_chart: series[0] has 1 x and 2 y; allowed is one x for each y, or no x", error);
    line_options o;
    o.y_log = true;
    CHECK_THROWS_WITH_AS(line_chart({{"a", {1, 0}}}, o), "hallmark::line_chart: series[0].y[1] is 0; allowed on a logarithmic axis is more than 0", error);
}
