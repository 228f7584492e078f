// Names and excerpts from outside, made safe to print inside an error sentence. Internal to io/.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hallmark::inline v0 {
namespace detail {
/// `text` in double quotes. What could break a line or a terminal becomes '?'; what is longer than `most`
/// bytes is cut and ends in "...".
[[nodiscard]] inline auto quote(std::string_view text, std::size_t most = 512) -> std::string {
    std::string out = "\"";
    for (char c : text.substr(0, most)) {
        auto const u = static_cast<unsigned char>(c);
        out += u < 0x20 || u == 0x7f ? '?' : c;
    }
    out += text.size() > most ? "...\"" : "\"";
    return out;
}
}  // namespace detail
}  // namespace hallmark::inline v0
