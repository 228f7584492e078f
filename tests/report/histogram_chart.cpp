#include <hallmark/report/histogram_chart.hpp>

#include <doctest/doctest.h>
#include <hallmark/report/svg_check.hpp>
#include <report/well_formed.hpp>

#include <limits>
#include <string>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

namespace {
constexpr auto nan_ = std::numeric_limits<double>::quiet_NaN();
constexpr auto huge = std::numeric_limits<double>::max();
}  // namespace

// A value lost at an edge, or counted twice, shows nowhere in the picture.
TEST_CASE("every value lies in exactly one bin, and inside its edges") {
    for (auto const& v : {values{1, 2, 3}, values{0.1, 0.2, 0.3, 0.30000001}, values{-1, 0, 1}, values{5}, values{-huge, huge, 0}, values{1e9, 1e9 + 1}}) {
        for (std::size_t const wanted : {0u, 1u, 7u, 200u}) {
            auto const bins   = detail::bins_for({{"", v}}, wanted);
            auto const counts = bins.counts(v);
            CHECK(bins.count <= (wanted == 0 ? 50 : wanted) + 3);
            std::size_t total = 0;
            for (std::size_t i = 0; i < bins.count; ++i) {
                total += counts[i];
                std::size_t inside = 0;
                for (auto const x : v) {
                    auto const last = i + 1 == bins.count;
                    inside += x >= bins.edge(i) && (x < bins.edge(i + 1) || (last && x == bins.edge(i + 1))) ? 1u : 0u;
                }
                CHECK(counts[i] == inside);
            }
            CHECK(total == v.size());
        }
    }
}

TEST_CASE("pinned bins") {
    auto const bins = detail::bins_for({{"a", {0, 0.5, 1, 9.99}}, {"b", {10}}}, 5);
    CHECK(bins.step == 2);
    CHECK(bins.count == 6);
    CHECK(bins.edge(0) == 0);
    CHECK(bins.edge(6) == 12);
    CHECK(bins.counts(values{0, 0.5, 1, 9.99}) == std::vector<std::size_t>{3, 0, 0, 0, 1, 0});
    CHECK(bins.counts(values{10}) == std::vector<std::size_t>{0, 0, 0, 0, 0, 1});
    CHECK(detail::bins_for({{"", values(1000, 1)}}, 0).count <= 30);
}

// Bins of heights 1, 3 and 1, where they must be: the plot is 250 high and 3 is its top. A bin is a third of 18.1 to 600 wide.
TEST_CASE("pinned outlines") {
    histogram_options o;
    o.bins           = 2;
    auto const chart = histogram_chart({{"a", {0.5, 1.5, 1.5, 1.6, 2.0}}}, o);
    CAPTURE(chart);
    CHECK(count_of(chart, "<title>a (n = 5)</title></path>") == 1);
    auto const at = chart.find("<path d=\"M");
    CHECK(chart.substr(at, chart.find(" Z", at) - at) == "<path d=\"M18.1 336 L18.1 252.7 L212 252.7 L212 86 L406 86 L406 252.7 L600 252.7 L600 336");
}

TEST_CASE("members lie over nulls, with their sizes") {
    auto const chart = histogram_chart(values{3, 4}, values{1, 2, 2});
    CHECK(contains(chart, ">nulls (n = 3)<"));
    CHECK(contains(chart, ">members (n = 2)<"));
    CHECK(chart.find("nulls (n = 3)</title>") < chart.find("members (n = 2)</title>"));
    CHECK(contains(chart, "<desc>A histogram. nulls (n = 3): 1 to 2. members (n = 2): 3 to 4. </desc>"));
    CHECK(contains(chart, "role=\"img\""));
    CHECK(contains(chart, "<title>Scores</title>"));
    CHECK(contains(chart, ">number of values<"));
}

TEST_CASE("lines and points are drawn, even far from the bins") {
    histogram_options o;
    o.lines          = {{100, "threshold"}, {-100, "other"}};
    o.points         = {{50, "user 1"}, {-50, "user 2"}, {60, ""}};
    o.points_label   = "users";
    o.y_label        = "how many";
    auto const chart = histogram_chart({{"a", {1, 2}}}, o);
    CHECK(contains(chart, ">threshold</text>"));
    CHECK(contains(chart, ">other</text>"));
    CHECK(contains(chart, "<title>user 1</title>"));
    CHECK(contains(chart, ">users (n = 3)<"));
    CHECK(contains(chart, ">how many<"));
    CHECK(count_of(chart, "stroke-dasharray=\"5 3\"") == 2);
    CHECK(fault_of(chart) == "");
}

TEST_CASE("shares are of each sample") {
    histogram_options o;
    o.shares         = true;
    auto const chart = histogram_chart({{"a", values(10, 1.0)}, {"b", values(1000, 1.0)}}, o);
    CHECK(contains(chart, ">100 %<"));
    CHECK(contains(chart, ">share of each sample<"));
    CHECK(count_of(chart, "<path") == 2);
    CHECK(count_of(chart, " 86 L") == 4);  // both bars reach the top, 100 %, exactly
}

TEST_CASE("any finite data give a plain, well-formed chart") {
    for (auto const& v :
         {values{0}, values{5, 5, 5}, values{-huge, huge}, values{huge}, values{1e-320}, values{1, 1 + 1e-15}, values{1e300, -1}, values{-0.0}}) {
        for (auto const marker : {0.0, -huge, huge, 1e-300}) {
            histogram_options o;
            o.lines          = {{marker, "m"}};
            auto const chart = histogram_chart({{"v", v}}, o);
            CHECK(fault_of(chart) == "");
            CHECK(detail::is_plain_svg(chart));
            CHECK(!contains(chart, "nan"));
            CHECK(!contains(chart, "inf"));
        }
    }
}

TEST_CASE("texts are escaped") {
    histogram_options o;
    o.title = o.x_label = o.y_label = o.points_label = attack;
    o.lines = o.points = {{1, attack}};
    auto const chart   = histogram_chart({{attack, {1}}}, o);
    CHECK(fault_of(chart) == "");
    CHECK(detail::is_plain_svg(chart));
    CHECK(contains(chart, "&lt;script&gt;"));
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(histogram_chart(std::vector<histogram_sample>{}), "hallmark::histogram_chart: samples is empty; 1 to 4 samples are needed", error);
    CHECK_THROWS_WITH_AS(histogram_chart(std::vector<histogram_sample>(5, {"", {1}})), "hallmark::histogram_chart: samples has 5 samples; allowed are 1 to 4",
                         error);
    CHECK_THROWS_WITH_AS(histogram_chart({{"a", {1}}, {"b", {}}}), "hallmark::histogram_chart: samples[1] is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(histogram_chart({{"a", {1, nan_}}}), "hallmark::histogram_chart: samples[0][1] is NaN; allowed are finite numbers", error);
    CHECK_THROWS_WITH_AS(histogram_chart(values{}, values{1}), "hallmark::histogram_chart: members is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(histogram_chart(values{1}, values{1, -HUGE_VAL}), "hallmark::histogram_chart: nulls[1] is -infinity; allowed are finite numbers",
                         error);
    histogram_options o;
    o.bins = 201;
    CHECK_THROWS_WITH_AS(histogram_chart({{"a", {1}}}, o), "hallmark::histogram_chart: bins is 201; allowed is 0 to 200", error);
    o       = {};
    o.lines = {{1, ""}, {nan_, ""}};
    CHECK_THROWS_WITH_AS(histogram_chart({{"a", {1}}}, o), "hallmark::histogram_chart: lines[1].value is NaN; allowed is a finite number", error);
    o        = {};
    o.points = {{HUGE_VAL, ""}};
    CHECK_THROWS_WITH_AS(histogram_chart({{"a", {1}}}, o), "hallmark::histogram_chart: points[0].value is infinity; allowed is a finite number", error);
}
