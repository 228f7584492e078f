#include <hallmark/report/svg.hpp>

#include <doctest/doctest.h>
#include <report/well_formed.hpp>

#include <cmath>
#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace hallmark;
using detail::svg_drawing;

// The whole element, byte for byte: a swapped x and y would pass every check of form.
TEST_CASE("a pinned drawing") {
    auto d = svg_drawing(100, 50, "T & t", "says <what>");
    d.line({1, 2}, {3, 4.25}, {.stroke = "red", .width = 2, .dash = "5 3"});
    d.rectangle({1, 2}, 30, 40, {.fill = "blue", .fill_opacity = 0.3});
    d.circle({5, 6}, 7, {.fill = "green"});
    d.path({{0, 1}, {2, 3}}, {.stroke = "black", .stroke_opacity = 0.5}, true, "hint <1>");
    d.path({{0, 1}, {2, 3}}, {.stroke = "black"});
    d.text({8, 9}, "a < b", svg_drawing::anchor::end, 16, true);
    d.text({8, 9}, "mid", svg_drawing::anchor::middle);
    CHECK(d.str() ==
          "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" class=\"chart\" width=\"100\" height=\"50\" viewBox=\"0 0 100 50\" color=\"#767676\" "
          "fill=\"none\" font-family=\"system-ui, sans-serif\">\n<title>T &amp; t</title>\n<desc>says &lt;what&gt;</desc>\n"
          "<line x1=\"1\" y1=\"2\" x2=\"3\" y2=\"4.2\" stroke=\"red\" stroke-dasharray=\"5 3\" stroke-width=\"2\"/>\n"
          "<rect x=\"1\" y=\"2\" width=\"30\" height=\"40\" fill=\"blue\" fill-opacity=\"0.3\"/>\n"
          "<circle cx=\"5\" cy=\"6\" r=\"7\" fill=\"green\"/>\n"
          "<path d=\"M0 1 L2 3 Z\" stroke=\"black\" stroke-opacity=\"0.5\"><title>hint &lt;1&gt;</title></path>\n"
          "<path d=\"M0 1 L2 3\" stroke=\"black\"/>\n"
          "<text x=\"8\" y=\"9\" font-size=\"16\" fill=\"currentColor\" text-anchor=\"end\" font-weight=\"600\">a &lt; b</text>\n"
          "<text x=\"8\" y=\"9\" font-size=\"13\" fill=\"currentColor\" text-anchor=\"middle\">mid</text>\n</svg>\n");
    CHECK(fault_of(d.str()) == "");
}

TEST_CASE("numbers in attributes") {
    CHECK(svg_drawing::number(3) == "3");
    CHECK(svg_drawing::number(3.14) == "3.1");
    CHECK(svg_drawing::number(-0.01) == "0");
    CHECK(svg_drawing::number(-2.5) == "-2.5");
}

// Colour alone does not reach everybody; 16 lines must differ even where two share a colour or a dash.
TEST_CASE("sixteen series differ") {
    std::set<std::pair<std::string_view, std::string_view>> looks;
    for (std::size_t i = 0; i < 16; ++i) {
        looks.insert({detail::series_colour(i), detail::series_dash(i)});
    }
    CHECK(looks.size() == 16);
    CHECK(detail::series_dash(0) != detail::series_dash(1));
}

// Contrast as in WCAG 2.1. Computed, so that a colour that somebody likes better still has to be legible.
TEST_CASE("every colour can be read on white and on black") {
    auto const luminance = [](std::string_view colour) {
        auto const channel = [&](std::size_t at) {
            auto const c = std::stoi(std::string(colour.substr(at, 2)), nullptr, 16) / 255.0;
            return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
    };
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK(1.05 / (luminance(detail::series_colour(i)) + 0.05) >= 3.0);
        CHECK((luminance(detail::series_colour(i)) + 0.05) / 0.05 >= 3.0);
    }
    CHECK(1.05 / (luminance("#767676") + 0.05) >= 4.5);  // text
    CHECK((luminance("#767676") + 0.05) / 0.05 >= 4.5);
}

TEST_CASE("long labels are cut between characters") {
    CHECK(detail::shortened("short", 100) == "short");
    CHECK(detail::shortened("写真写真写真写真", 5 * 0.62 * 13 + 1) == "写真写真…");
    for (double room = 20; room < 200; room += 7) {
        auto const cut = detail::shortened("a label that is far too long", room);
        CHECK(detail::text_width(cut) <= room);
    }
}

// A spike between two pixels must survive: it is what a reader looks for.
TEST_CASE("thinning keeps the extremes of each half pixel, and the order") {
    std::vector<detail::svg_point> many;
    for (int i = 0; i < 10000; ++i) {
        many.push_back({i / 100.0, i == 5005 ? 999.0 : i == 5010 ? -999.0 : static_cast<double>(i % 7)});
    }
    auto const few = detail::thinned(many);
    CHECK(few.size() <= 4 * 200);
    auto high = few[0].y, low = few[0].y, last = few[0].x;
    for (auto const& p : few) {
        high = std::max(high, p.y);
        low  = std::min(low, p.y);
        CHECK(p.x >= last);
        last = p.x;
    }
    CHECK(high == 999.0);
    CHECK(low == -999.0);
    CHECK(few.front().x == many.front().x);
    CHECK(few.back().x == many.back().x);
    CHECK(detail::thinned({{0, 1}, {1, 2}, {2, 1}}).size() == 3);
    CHECK(detail::thinned({}).empty());
}
