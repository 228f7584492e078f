// A report page: text, tables, charts and pictures in one HTML file that needs nothing else.
#pragma once

#include <hallmark/error.hpp>
#include <hallmark/report/base64.hpp>
#include <hallmark/report/escape.hpp>
#include <hallmark/report/html_style.hpp>
#include <hallmark/report/svg_check.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

/// How a cell or an answer looks. The words must say it too: colour is lost on some readers and on paper.
enum class tone { plain, good, bad, neutral };

[[nodiscard]] constexpr auto name_of(tone t) noexcept -> std::string_view {
    switch (t) {
        case tone::plain:
            return "plain";
        case tone::good:
            return "good";
        case tone::bad:
            return "bad";
        case tone::neutral:
            return "neutral";
    }
    return "";
}

struct html_cell {
    std::string text;
    tone        look = tone::plain;

    html_cell(std::string t, tone l = tone::plain) : text(std::move(t)), look(l) {}
    html_cell(char const* t, tone l = tone::plain) : text(t), look(l) {}
};

/// Columns that hold nothing but numbers (with signs, units, "at most") are set to the right.
struct html_table {
    std::vector<std::string>            header;
    std::vector<std::vector<html_cell>> rows;  ///< each as long as the header
    std::string                         caption{};
};

struct html_picture {
    std::vector<std::byte> png;
    std::string            caption;
};

/// The same picture before and after it was marked.
struct html_picture_pair {
    std::vector<std::byte> before;
    std::vector<std::byte> after;
    std::string            caption;
};

/// What stands in a page or in a part of it, in the order of the calls. Every text is escaped, so it may come from
/// anywhere. A value: parts can be built apart and put together with `append`.
class html_content {
public:
    /// `depth` 2 begins a chapter, 3 and 4 lie below. The page's title is depth 1.
    auto heading(std::string_view text, unsigned depth = 2) -> html_content& {
        detail::require(depth >= 2 && depth <= 4, errc::out_of_domain, "hallmark::html_content::heading: depth is ", depth, "; allowed is 2 to 4");
        return element(detail::sentence("h", depth), text);
    }

    auto paragraph(std::string_view text) -> html_content& { return element("p", text); }

    /// A sentence that must not be missed, larger and set off.
    auto answer(std::string_view text, tone look = tone::neutral) -> html_content& {
        out_ += detail::sentence("<p class=\"answer ", name_of(look), "\">", detail::escaped(text), "</p>\n");
        return *this;
    }

    /// Throws errc::empty_input without columns and errc::shape_mismatch for a row of another length.
    auto table(html_table const& t) -> html_content& {
        constexpr std::string_view who = "hallmark::html_content::table";
        detail::require(!t.header.empty(), errc::empty_input, who, ": header is empty; 1 column is needed at least");
        for (std::size_t r = 0; r < t.rows.size(); ++r) {
            detail::require(t.rows[r].size() == t.header.size(), errc::shape_mismatch, who, ": rows[", r, "] has ", t.rows[r].size(),
                            t.rows[r].size() == 1 ? " cell" : " cells", "; allowed is one for each of the ", t.header.size(), " columns");
        }
        auto numbers = std::vector<bool>(t.header.size(), !t.rows.empty());
        for (auto const& row : t.rows) {
            for (std::size_t c = 0; c < row.size(); ++c) {
                numbers[c] = numbers[c] && is_numeric(row[c].text);
            }
        }
        out_ += "<div class=\"scroll\"><table>\n";
        out_ += t.caption.empty() ? "" : "<caption>" + detail::escaped(t.caption) + "</caption>\n";
        out_ += "<thead><tr>";
        for (std::size_t c = 0; c < t.header.size(); ++c) {
            out_ += detail::sentence("<th scope=\"col\"", numbers[c] ? " class=\"number\">" : ">", detail::escaped(t.header[c]), "</th>");
        }
        out_ += "</tr></thead>\n<tbody>\n";
        for (auto const& row : t.rows) {
            out_ += "<tr>";
            for (std::size_t c = 0; c < row.size(); ++c) {
                out_ += detail::sentence("<td class=\"", name_of(row[c].look),
                                         numbers[c]              ? " number\">"
                                         : is_short(row[c].text) ? " short\">"
                                                                 : "\">",
                                         detail::escaped(row[c].text), "</td>");
            }
            out_ += "</tr>\n";
        }
        out_ += "</tbody></table></div>\n";
        return *this;
    }

    /// `svg` is what a chart function returned. Anything but one element of plain shapes and text throws errc::bad_format:
    /// no script, style, link or handler, for it is the only argument that goes into the page as it is.
    auto figure(std::string_view svg, std::string_view caption) -> html_content& {
        detail::require(detail::is_plain_svg(svg), errc::bad_format,
                        "hallmark::html_content::figure: svg is not one plain <svg> element; allowed are shapes and text as the chart functions give them");
        out_ += "<figure>\n";
        out_ += svg;
        out_ += detail::sentence("<figcaption>", detail::escaped(caption), "</figcaption></figure>\n");
        return *this;
    }

    /// The PNG files `pictures`, each `display_pixels` wide, 1 to 2000, with sharp pixels: a picture of 32 pixels is
    /// looked at for its pixels. The bytes stand in the page itself. Throws errc::empty_input, errc::out_of_domain, and
    /// errc::bad_format for bytes that are not a PNG file.
    auto gallery(std::vector<html_picture> const& pictures, unsigned display_pixels = 128) -> html_content& {
        begin_gallery(pictures.size(), display_pixels);
        std::string list;
        for (std::size_t i = 0; i < pictures.size(); ++i) {
            list += "<li><figure>" + image(pictures[i].png, display_pixels, detail::escaped(pictures[i].caption), detail::sentence("pictures[", i, "].png"));
            list += "<figcaption>" + detail::escaped(pictures[i].caption) + "</figcaption></figure></li>\n";
        }
        return add_gallery(list);
    }

    /// Pairs side by side under the words `before` and `after`; otherwise as above.
    auto gallery(std::vector<html_picture_pair> const& pairs, unsigned display_pixels = 128, std::string_view before = "before",
                 std::string_view after = "after") -> html_content& {
        begin_gallery(pairs.size(), display_pixels);
        std::string list;
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            list += "<li><figure><div class=\"pair\">";
            for (auto const first : {true, false}) {
                auto const word = detail::escaped(first ? before : after);
                list += "<div>" + image(first ? pairs[i].before : pairs[i].after, display_pixels, detail::escaped(pairs[i].caption) + ", " + word,
                                        detail::sentence("pictures[", i, first ? "].before" : "].after"));
                list += "<span>" + word + "</span></div>";
            }
            list += "</div><figcaption>" + detail::escaped(pairs[i].caption) + "</figcaption></figure></li>\n";
        }
        return add_gallery(list);
    }

    /// Names and values: settings, seeds, versions. Nothing is written for an empty list.
    auto definitions(std::vector<std::pair<std::string, std::string>> const& list) -> html_content& {
        if (!list.empty()) {
            out_ += "<dl>\n";
            for (auto const& [name, value] : list) {
                out_ += "<dt>" + detail::escaped(name) + "</dt><dd>" + detail::escaped(value) + "</dd>\n";
            }
            out_ += "</dl>\n";
        }
        return *this;
    }

    /// A box that says "Read this before the numbers"; nothing is written for an empty list.
    auto warnings(std::vector<std::string> const& list) -> html_content& {
        if (!list.empty()) {
            out_ += list.size() == 1 ? "<div class=\"warnings\" role=\"note\"><strong>Warning</strong>\n<ul>\n"
                                     : "<div class=\"warnings\" role=\"note\"><strong>Warnings</strong>\n<ul>\n";
            for (auto const& w : list) {
                out_ += "<li>" + detail::escaped(w) + "</li>\n";
            }
            out_ += "</ul></div>\n";
        }
        return *this;
    }

    /// `inside` folded away behind `summary`; a click opens it, and no script is needed.
    auto details(std::string_view summary, html_content const& inside) -> html_content& {
        out_ += "<details><summary>" + detail::escaped(summary) + "</summary>\n" + inside.str() + "</details>\n";
        return *this;
    }

    auto append(html_content const& more) -> html_content& {
        out_ += more.str();
        return *this;
    }

    /// The markup so far, without page around it.
    [[nodiscard]] auto str() const -> std::string { return out_; }

private:
    auto element(std::string const& name, std::string_view text) -> html_content& {
        out_ += "<" + name + ">" + detail::escaped(text) + "</" + name + ">\n";
        return *this;
    }

    // Begins like a number, or is a dash for "none".
    [[nodiscard]] static auto is_numeric(std::string_view text) noexcept -> bool {
        if (text.empty() || text == "–" || text == "—" || text == "-") {
            return true;
        }
        for (auto const* const sign : {"at most ", "at least ", "≤", "≥", "±", "−", "+", "-", "<", ">", "=", " ", "."}) {
            text.remove_prefix(text.starts_with(sign) ? std::string_view(sign).size() : 0);
        }
        return !text.empty() && text.front() >= '0' && text.front() <= '9';
    }

    // Narrow columns must not break "user 3" in two.
    [[nodiscard]] static auto is_short(std::string_view text) noexcept -> bool { return detail::characters(text) <= 18; }

    static void begin_gallery(std::size_t pictures, unsigned display_pixels) {
        detail::require(pictures != 0, errc::empty_input, "hallmark::html_content::gallery: pictures is empty; 1 picture is needed at least");
        detail::require(display_pixels >= 1 && display_pixels <= 2000, errc::out_of_domain, "hallmark::html_content::gallery: display_pixels is ",
                        display_pixels, "; allowed is 1 to 2000");
    }
    // The whole list at once, so that a picture that is refused leaves no half of a gallery behind.
    auto add_gallery(std::string const& list) -> html_content& {
        out_ += "<ul class=\"gallery\">\n" + list + "</ul>\n";
        return *this;
    }

    // `alt` is escaped already. Width and height both, from the file's header: the page then does not jump while it loads.
    [[nodiscard]] static auto image(std::span<std::byte const> png, unsigned display_pixels, std::string const& alt, std::string_view name) -> std::string {
        constexpr unsigned char signature[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
        auto const              at          = [&](std::size_t i) { return std::to_integer<std::uint32_t>(png[i]); };
        auto                    ok          = png.size() >= 24;
        for (std::size_t i = 0; i < 8 && ok; ++i) {
            ok = at(i) == signature[i];
        }
        auto const extent = [&](std::size_t i) { return at(i) << 24 | at(i + 1) << 16 | at(i + 2) << 8 | at(i + 3); };
        detail::require(ok && extent(16) != 0 && extent(20) != 0, errc::bad_format, "hallmark::html_content::gallery: ", name,
                        " is not a PNG file; allowed are the bytes of one");
        auto const height = std::llround(static_cast<double>(display_pixels) * extent(20) / extent(16));
        return detail::sentence("<img width=\"", display_pixels, "\" height=\"", height < 1 ? 1 : height, "\" alt=\"", alt, "\" src=\"data:image/png;base64,",
                                to_base64(png), "\">");
    }

    std::string out_;
};

/// The whole file. The page forbids itself scripts and anything from elsewhere (its Content-Security-Policy), so it can be
/// mailed, archived and opened without a network. `language` is a tag like "en" or "pt-BR" (BCP 47) and stands for the
/// language of the texts. Throws errc::empty_input without a title and errc::bad_format for a language that is no tag.
[[nodiscard]] inline auto html_page(std::string_view title, html_content const& content, std::string_view language = "en") -> std::string {
    detail::require(!title.empty(), errc::empty_input, "hallmark::html_page: title is empty; a page needs a title");
    auto const is_tag = language.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == std::string_view::npos;
    detail::require(!language.empty() && is_tag, errc::bad_format,
                    "hallmark::html_page: language is not a language tag; allowed are letters, digits and hyphens, such as en");
    std::string out = "<!DOCTYPE html>\n<html lang=\"" + std::string(language) + "\">\n<head>\n<meta charset=\"utf-8\">\n";
    out += "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n";
    out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
    out += "<title>" + detail::escaped(title) + "</title>\n<style>";
    out += detail::html_style;
    out += "</style>\n</head>\n<body>\n<main>\n<h1>" + detail::escaped(title) + "</h1>\n";
    out += content.str();
    out += "</main>\n</body>\n</html>\n";
    return out;
}

}  // namespace hallmark::inline v0
