// Any text, made safe to stand in HTML and SVG, as text and inside a quoted attribute.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hallmark::inline v0::detail {

/// Bytes of the UTF-8 character at the front of `text`; 0 where there is none that XML allows: a stray byte, an
/// overlong form, a surrogate, a control character.
[[nodiscard]] inline auto utf8_length(std::string_view text) noexcept -> std::size_t {
    if (text.empty()) {
        return 0;
    }
    auto const at    = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(text[i])); };
    auto const first = at(0);
    if (first < 0x80u) {
        return (first >= 0x20u && first != 0x7fu) || first == '\n' || first == '\t' || first == '\r' ? 1 : 0;
    }
    auto const length = first >= 0xf0u ? std::size_t{4} : first >= 0xe0u ? std::size_t{3} : std::size_t{2};
    if (first < 0xc2u || first > 0xf4u || text.size() < length) {
        return 0;
    }
    auto code = first & (0x7fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((at(i) & 0xc0u) != 0x80u) {
            return 0;
        }
        code = code << 6 | (at(i) & 0x3fu);
    }
    auto const least     = length == 4 ? 0x10000u : length == 3 ? 0x800u : 0x80u;
    auto const forbidden = code < least || code > 0x10ffffu || (code >= 0xd800u && code <= 0xdfffu) || (code & 0xfffeu) == 0xfffeu || code < 0xa0u;
    return forbidden ? 0 : length;
}

/// Characters as a reader counts them, near enough to guess the width of a label.
[[nodiscard]] inline auto characters(std::string_view text) noexcept -> std::size_t {
    std::size_t count = 0;
    for (; !text.empty(); ++count) {
        auto const length = utf8_length(text);
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return count;
}

/// `text` with & < > " ' as entities. Bytes that are not UTF-8 (file names can hold any) become the replacement
/// character: one such byte would make a strict reader refuse the whole file.
[[nodiscard]] inline auto escaped(std::string_view text) -> std::string {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        auto const length = utf8_length(text);
        switch (length == 0 ? '\0' : text.front()) {
            case '\0':
                out += "\xef\xbf\xbd";
                break;
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += text.substr(0, length);
        }
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return out;
}

}  // namespace hallmark::inline v0::detail
