#include <hallmark/report/html.hpp>

#include <doctest/doctest.h>
#include <hallmark/report/histogram_chart.hpp>
#include <report/well_formed.hpp>

#include <cstddef>
#include <string>
#include <vector>

using namespace hallmark;

namespace {
/// The first 24 bytes of a PNG file, which are all that the page looks at.
auto png(unsigned width, unsigned height) -> std::vector<std::byte> {
    std::vector<std::byte> out;
    for (unsigned const b : {0x89u, 0x50u, 0x4eu, 0x47u, 0x0du, 0x0au, 0x1au,      0x0au,        0u, 0u, 0u,          13u,
                             0x49u, 0x48u, 0x44u, 0x52u, 0u,    0u,    width >> 8, width & 255u, 0u, 0u, height >> 8, height & 255u}) {
        out.push_back(static_cast<std::byte>(b));
    }
    return out;
}

auto with_everything(std::string const& text) -> html_content {
    html_content c, inside;
    inside.paragraph(text);
    c.heading(text).heading(text, 3).paragraph(text).answer(text, tone::bad);
    c.table({{text, "n"}, {{{text, tone::good}, "1"}, {text, {text, tone::neutral}}}, text});
    histogram_options o;
    o.title = text;
    c.figure(histogram_chart({{text, {1, 2}}}, o), text);
    c.gallery(std::vector<html_picture>{{png(32, 32), text}});
    c.gallery(std::vector<html_picture_pair>{{png(32, 32), png(32, 32), text}}, 64, text, text);
    c.definitions({{text, text}}).warnings({text}).warnings({text, text}).details(text, inside).append(inside);
    return c;
}
}  // namespace

// The promise that lets an owner put file names and messages of strangers into a report.
TEST_CASE("every text is escaped and every page is well-formed") {
    for (auto const& text : {attack, std::string("plain"), std::string(), std::string("ünïcödé 写真"), std::string("</main></body></html>")}) {
        auto const page = html_page("t" + text, with_everything(text));
        CAPTURE(text);
        CHECK(fault_of(page) == "");
        CHECK(count_of(page, "<html") == 1);
        CHECK(count_of(page, "</body>") == 1);
    }
    auto const page = html_page(attack, with_everything(attack));
    CHECK(!contains(page, "<script"));
    CHECK(!contains(page, "<img src"));
    CHECK(contains(page, "&lt;script&gt;"));
}

// "Self-contained" means that a page opened without a network looks the same. The namespace of SVG is a name and is never fetched.
TEST_CASE("a page names nothing outside itself, and forbids itself to") {
    auto page = html_page("t", with_everything("x"));
    CHECK(contains(page, "content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\""));
    CHECK(count_of(page, "http") == count_of(page, "xmlns=\"http://www.w3.org/2000/svg\"") + count_of(page, "http-equiv"));
    for (auto const* const word : {"@import", "url(", "<link", "src=\"//", "<script", "<iframe"}) {
        CHECK(!contains(page, word));
    }
}

// The checker must be able to fail, or the test above says nothing.
TEST_CASE("the checker sees faults") {
    for (auto const* const bad : {"<p>", "</p>", "<p></b>", "<p>&</p>", "<p>a > b</p>", "<p x=1></p>", "<script></script>", "<p onclick=\"x\"></p>", "x",
                                  "<p x=\"&\"></p>", "<img src=\"http://x\">", "<p\x01></p>", "<p x=\"<\"></p>", "<p", "<P></P>", "<a href=\"x\"></a>"}) {
        CAPTURE(std::string(bad));
        CHECK(fault_of(bad) != "");
    }
    CHECK(fault_of("<p x=\"y\">&lt;<img src=\"data:image/png;base64,\"></p>") == "");
}

TEST_CASE("pinned elements") {
    CHECK(html_content().heading("a").str() == "<h2>a</h2>\n");
    CHECK(html_content().heading("a", 4).str() == "<h4>a</h4>\n");
    CHECK(html_content().paragraph("a").str() == "<p>a</p>\n");
    CHECK(html_content().answer("a").str() == "<p class=\"answer neutral\">a</p>\n");
    CHECK(html_content().answer("a", tone::good).str() == "<p class=\"answer good\">a</p>\n");
    CHECK(html_content().definitions({{"a", "b"}}).str() == "<dl>\n<dt>a</dt><dd>b</dd>\n</dl>\n");
    CHECK(html_content().definitions({}).str() == "");
    CHECK(html_content().warnings({}).str() == "");
    CHECK(html_content().warnings({"w"}).str() == "<div class=\"warnings\" role=\"note\"><strong>Warning</strong>\n<ul>\n<li>w</li>\n</ul></div>\n");
    CHECK(contains(html_content().warnings({"w", "v"}).str(), "<strong>Warnings</strong>"));
    CHECK(html_content().details("s", html_content().paragraph("a")).str() == "<details><summary>s</summary>\n<p>a</p>\n</details>\n");
    CHECK(html_content().append(html_content().paragraph("a")).str() == "<p>a</p>\n");
    CHECK(html_content().str() == "");
    auto const page = html_page("Title", html_content().paragraph("a"), "pt-BR");
    CHECK(page.starts_with("<!DOCTYPE html>\n<html lang=\"pt-BR\">"));
    CHECK(contains(page, "<title>Title</title>"));
    CHECK(page.ends_with("<main>\n<h1>Title</h1>\n<p>a</p>\n</main>\n</body>\n</html>\n"));
}

TEST_CASE("names of tones are the classes of the style sheet") {
    CHECK(name_of(tone::plain) == "plain");
    CHECK(name_of(tone::good) == "good");
    CHECK(name_of(tone::bad) == "bad");
    CHECK(name_of(tone::neutral) == "neutral");
    for (auto const* const rule : {"td.good", "td.bad", "td.neutral", ".answer.good", ".answer.bad", "image-rendering: pixelated", "@media print"}) {
        CHECK(contains(detail::html_style, rule));
    }
}

TEST_CASE("columns of numbers are set to the right") {
    auto const t = html_content()
                       .table({{"user", "p"}, {{"u", "0.5"}, {"2nd of a long name indeed", {"at most 5 %", tone::bad}}, {"w", "–"}, {"x", "−.5"}, {"y", ""}}})
                       .str();
    CHECK(contains(t, "<th scope=\"col\">user</th><th scope=\"col\" class=\"number\">p</th>"));
    CHECK(contains(t, "<td class=\"plain short\">u</td><td class=\"plain number\">0.5</td>"));
    CHECK(contains(t, "<td class=\"plain\">2nd of a long name indeed</td><td class=\"bad number\">at most 5 %</td>"));
    CHECK(!contains(t, "<caption>"));
    CHECK(contains(html_content().table({{"a"}, {{"1"}, {"none"}}}).str(), "<th scope=\"col\">a</th>"));
    CHECK(contains(html_content().table({{"a"}, {}, "c"}).str(), "<caption>c</caption>\n<thead><tr><th scope=\"col\">a</th>"));
}

TEST_CASE("pictures lie inside the page, at their proportions") {
    auto const one = html_content().gallery(std::vector<html_picture>{{png(32, 48), "cat"}}, 64).str();
    CHECK(contains(one, "<img width=\"64\" height=\"96\" alt=\"cat\" src=\"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAACAAAAAw\">"));
    CHECK(contains(one, "<figcaption>cat</figcaption>"));
    CHECK(contains(html_content().gallery(std::vector<html_picture>{{png(1000, 1), ""}}, 64).str(), "height=\"1\""));
    CHECK(contains(html_content().gallery(std::vector<html_picture>{{png(512, 300), ""}}, 64).str(), "height=\"38\""));  // both bytes of the extents
    auto const two = html_content().gallery(std::vector<html_picture_pair>{{png(32, 32), png(32, 16), "dog"}}).str();
    CHECK(contains(two, "width=\"128\" height=\"128\" alt=\"dog, before\""));
    CHECK(contains(two, "width=\"128\" height=\"64\" alt=\"dog, after\""));
    CHECK(contains(two, "<span>before</span>"));
    CHECK(two.find("before") < two.find("after"));
}

TEST_CASE("what a caller can get wrong") {
    html_content c;
    CHECK_THROWS_WITH_AS(c.heading("a", 1), "hallmark::html_content::heading: depth is 1; allowed is 2 to 4", error);
    CHECK_THROWS_WITH_AS(c.heading("a", 5), "hallmark::html_content::heading: depth is 5; allowed is 2 to 4", error);
    CHECK_THROWS_WITH_AS(c.table({}), "hallmark::html_content::table: header is empty; 1 column is needed at least", error);
    CHECK_THROWS_WITH_AS(c.table({{"a", "b"}, {{"1", "2"}, {"1"}}}),
                         "hallmark::html_content::table: rows[1] has 1 cell; allowed is one for each of the 2 columns", error);
    CHECK_THROWS_WITH_AS(c.figure("<svg><script/></svg>", ""),
                         "hallmark::html_content::figure: svg is not one plain <svg> element; allowed are shapes and text as the chart functions give them",
                         error);
    CHECK_THROWS_WITH_AS(c.gallery(std::vector<html_picture>{}), "hallmark::html_content::gallery: pictures is empty; 1 picture is needed at least", error);
    CHECK_THROWS_WITH_AS(c.gallery(std::vector<html_picture_pair>{}), "hallmark::html_content::gallery: pictures is empty; 1 picture is needed at least",
                         error);
    CHECK_THROWS_WITH_AS(c.gallery(std::vector<html_picture>{{png(1, 1), ""}}, 0), "hallmark::html_content::gallery: display_pixels is 0; allowed is 1 to 2000",
                         error);
    CHECK_THROWS_WITH_AS(c.gallery(std::vector<html_picture>{{png(1, 1), ""}}, 2001),
                         "hallmark::html_content::gallery: display_pixels is 2001; allowed is 1 to 2000", error);
    auto short_file = png(1, 1);
    short_file.pop_back();
    CHECK_THROWS_WITH_AS(c.gallery(std::vector<html_picture>{{png(1, 1), ""}, {short_file, ""}}),
                         "hallmark::html_content::gallery: pictures[1].png is not a PNG file; allowed are the bytes of one", error);
    auto jpeg = png(1, 1);
    jpeg[7]   = std::byte{0};
    CHECK_THROWS_WITH_AS(c.gallery(std::vector<html_picture_pair>{{png(1, 1), jpeg, ""}}),
                         "hallmark::html_content::gallery: pictures[0].after is not a PNG file; allowed are the bytes of one", error);
    CHECK_THROWS_WITH_AS(c.gallery(std::vector<html_picture_pair>{{png(0, 1), png(1, 1), ""}}),
                         "hallmark::html_content::gallery: pictures[0].before is not a PNG file; allowed are the bytes of one", error);
    CHECK(c.str() == "");  // nothing half-written stays behind
    CHECK_THROWS_WITH_AS(html_page("", c), "hallmark::html_page: title is empty; a page needs a title", error);
    for (auto const* const language : {"", "e n", "en\"", "\xc3\xa9"}) {
        CHECK_THROWS_WITH_AS(html_page("t", c, language),
                             "hallmark::html_page: language is not a language tag; allowed are letters, digits and hyphens, such as en", error);
    }
}
