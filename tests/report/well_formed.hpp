// A small strict reader of markup for tests: balanced tags, quoted attributes, known entities, nothing active.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Goes into every text argument: closes an attribute, opens an element, ends in a bare ampersand, and is not UTF-8.
inline auto const attack = std::string("x\"'><script>alert(1)</script><img src=//a.b/c onerror=d>&\x01\xff");

/// Empty for well-formed markup; otherwise what is wrong and where.
inline auto fault_of(std::string_view text) -> std::string {
    using view               = std::string_view;
    auto const fault         = [&](char const* what, std::size_t at) { return std::string(what) + " at: " + std::string(text.substr(at, 60)); };
    auto const entities_fine = [](view part) {
        for (auto at = part.find('&'); at != view::npos; at = part.find('&', at + 1)) {
            auto const rest = part.substr(at);
            if (!rest.starts_with("&amp;") && !rest.starts_with("&lt;") && !rest.starts_with("&gt;") && !rest.starts_with("&quot;") &&
                !rest.starts_with("&#39;")) {
                return false;
            }
        }
        return true;
    };
    auto const only_text = [](char c) { return static_cast<unsigned char>(c) >= 0x20 || c == '\n'; };
    if (!std::all_of(text.begin(), text.end(), only_text)) {
        return "a control character";
    }
    std::vector<std::string> open;
    std::size_t              at = text.starts_with("<!DOCTYPE html>") ? 15u : 0u;
    while (at < text.size()) {
        if (text[at] != '<') {
            auto const next = std::min(text.find('<', at), text.size());
            auto const part = text.substr(at, next - at);
            if (open.empty() && part.find_first_not_of(" \n") != view::npos) {
                return fault("text outside all elements", at);
            }
            if ((open.empty() || open.back() != "style") && (!entities_fine(part) || part.find('>') != view::npos)) {
                return fault("a bare & or >", at);
            }
            at = next;
            continue;
        }
        auto const start   = at;
        auto const closing = text.substr(at).starts_with("</");
        at += closing ? 2u : 1u;
        auto const end_of_name = std::min(text.find_first_of(" />\n", at), text.size());
        auto const name        = std::string(text.substr(at, end_of_name - at));
        if (name.empty() || name.find_first_not_of("abcdefghijklmnopqrstuvwxyz123456") != view::npos || name == "script") {
            return fault("a tag of no allowed name", start);
        }
        at = end_of_name;
        while (at < text.size() && text[at] == ' ') {
            auto const equals = text.find("=\"", at);
            auto const quote  = equals == view::npos ? equals : text.find('"', equals + 2);
            if (quote == view::npos) {
                return fault("an attribute without quotes", start);
            }
            auto const attribute = text.substr(at + 1, equals - at - 1);
            auto const value     = text.substr(equals + 2, quote - equals - 2);
            if (attribute.find_first_of(" \"'<>=") != view::npos || attribute.starts_with("on") || attribute == "href" || attribute == "style") {
                return fault("an attribute of no allowed name", at);
            }
            if (!entities_fine(value) || value.find_first_of("<>") != view::npos || (attribute == "src" && !value.starts_with("data:image/png;base64,"))) {
                return fault("an attribute of no allowed value", at);
            }
            at = quote + 1;
        }
        auto const empty = text.substr(at).starts_with("/>") || name == "meta" || name == "img";
        at += text.substr(at).starts_with("/>") ? 2u : 1u;
        if (at > text.size() || text[at - 1] != '>') {
            return fault("a tag that does not end", start);
        }
        if (closing) {
            if (open.empty() || open.back() != name) {
                return fault("a closing tag that closes nothing", start);
            }
            open.pop_back();
        } else if (!empty) {
            open.push_back(name);
        }
    }
    return open.empty() ? "" : "never closed: " + open.back();
}

inline auto count_of(std::string_view text, std::string_view what) -> std::size_t {
    std::size_t count = 0;
    for (auto at = text.find(what); at != std::string_view::npos; at = text.find(what, at + what.size())) {
        ++count;
    }
    return count;
}
inline auto contains(std::string_view text, std::string_view what) -> bool { return text.find(what) != std::string_view::npos; }
