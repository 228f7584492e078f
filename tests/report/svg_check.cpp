#include <hallmark/report/svg_check.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace hallmark;
using detail::is_plain_svg;

TEST_CASE("plain drawings pass") {
    CHECK(is_plain_svg("<svg></svg>"));
    CHECK(is_plain_svg(" \n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\">\n<g><rect x=\"1\" /><text>a : (b)</text></g></svg>\n"));
    CHECK(is_plain_svg("<svg/>"));
    CHECK(is_plain_svg("<svg><g transform=\"rotate(90)\"/></svg>"));
}

// The one argument of a page that is not escaped: each of these would run code, load something, or break the page.
TEST_CASE("anything else does not") {
    for (auto const* const inside : {"<script>alert(1)</script>",
                                     "<SCRIPT/>",
                                     "<style>*{}</style>",
                                     "<a href=\"x\">y</a>",
                                     "<image href=\"x\"/>",
                                     "<use href=\"#x\"/>",
                                     "<foreignObject/>",
                                     "<rect onclick=\"x\"/>",
                                     "<rect style=\"x\"/>",
                                     "<rect fill=\"url(x)\"/>",
                                     "<rect fill=\"a:b\"/>",
                                     "<rect x=1/>",
                                     "<rect x/>",
                                     "<rect x='1'/>",
                                     "<rect",
                                     "<rect x=\"1",
                                     "<rect x=\"1\"",
                                     "<!-- -->",
                                     "<![CDATA[x]]>",
                                     "<?x?>",
                                     "</g>",
                                     "<g>",
                                     "<g></rect>",
                                     "<rect x=\"<\"/>",
                                     "<rect / >",
                                     "</rect/>",
                                     "<>",
                                     "< g/>",
                                     "<g x y=\"1\"/>",
                                     "<g ><g/>",
                                     "<text d fill=\"1\"/>",
                                     "</svg><svg>",
                                     "</svg>text<svg>",
                                     "<rect fill=\"\\75rl\"/>"}) {
        CAPTURE(std::string(inside));
        CHECK(!is_plain_svg("<svg>" + std::string(inside) + "</svg>"));
    }
    for (auto const* const whole : {"", " ", "text", "<g></g>", "x<svg/>", "<svg/>x", "<svg/><script/>", "<svg", "<svg>", "</svg>", "<", "</"}) {
        CAPTURE(std::string(whole));
        CHECK(!is_plain_svg(whole));
    }
}

TEST_CASE("every beginning of a drawing is refused without reading past its end") {
    auto const whole = std::string("<svg width=\"1\"><g><text x=\"2\">a</text></g></svg>");
    for (std::size_t n = 0; n < whole.size(); ++n) {
        CAPTURE(n);
        CHECK(!is_plain_svg(std::string(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(n))));
    }
    CHECK(is_plain_svg(whole));
}
