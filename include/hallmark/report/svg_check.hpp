// Is a text one SVG element that shows a picture and does nothing else?
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hallmark::inline v0::detail {

/// True for one element <svg …>…</svg> made of plain shapes and text: no script, no style, no link, no handler, no
/// reference to anything outside. It goes into a page as it is, so it is the one place where markup could slip in.
/// Stricter than SVG; the charts here pass.
[[nodiscard]] inline auto is_plain_svg(std::string_view text) -> bool {
    constexpr std::string_view elements = " svg g title desc line rect circle ellipse path polyline polygon text tspan ";
    constexpr std::string_view attributes =
        " xmlns role class width height viewBox color fill d points font-family font-size font-weight text-anchor x y x1 y1 x2 y2 cx cy r rx ry transform"
        " stroke stroke-width stroke-dasharray stroke-linecap stroke-linejoin opacity fill-opacity stroke-opacity ";
    auto const known = [](std::string_view list, std::string_view name) {
        return name.find(' ') == std::string_view::npos && list.find(" " + std::string(name) + " ") != std::string_view::npos;
    };
    constexpr std::string_view space = " \t\r\n";

    std::vector<std::string_view> open;
    bool                          ended = false;
    for (auto at = text.find_first_not_of(space); at < text.size();) {
        if (text[at] != '<') {
            auto const next = std::min(text.find('<', at), text.size());
            if (open.empty() && text.substr(at, next - at).find_first_not_of(space) != std::string_view::npos) {
                return false;
            }
            at = next;
            continue;
        }
        auto const closing = text.substr(at).starts_with("</");
        at += closing ? 2 : 1;
        auto const name = text.substr(at, text.find_first_of(" \t\r\n/>", at) - at);
        if (ended || !known(elements, name) || (open.empty() && name != "svg") || (closing && (open.empty() || open.back() != name))) {
            return false;
        }
        at += name.size();
        while ((at = text.find_first_not_of(space, at)) < text.size() && text[at] != '>' && text[at] != '/') {
            auto const equals = text.find('=', at);
            if (equals == std::string_view::npos || closing || equals + 1 >= text.size() || text[equals + 1] != '"' ||
                !known(attributes, text.substr(at, equals - at))) {
                return false;
            }
            auto const end = text.find('"', equals + 2);
            if (end == std::string_view::npos || text.substr(equals, end - equals).find_first_of("<>(\\:") != std::string_view::npos) {
                // A parenthesis is how url(…) begins, a colon how an address goes on; only two attributes need one of them.
                auto const attribute = text.substr(at, equals - at);
                if (end == std::string_view::npos || (attribute != "transform" && text.substr(equals + 2, end - equals - 2) != "http://www.w3.org/2000/svg")) {
                    return false;
                }
            }
            at = end + 1;
        }
        auto const empty = text.substr(std::min(at, text.size())).starts_with("/>");
        if (at >= text.size() || (empty && closing) || (text[at] == '/' && !empty)) {
            return false;
        }
        at += empty ? 2 : 1;
        if (closing) {
            open.pop_back();
        } else if (!empty) {
            open.push_back(name);
        }
        ended = open.empty();
    }
    return ended;
}

}  // namespace hallmark::inline v0::detail
