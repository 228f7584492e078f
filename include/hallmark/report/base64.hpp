// Bytes as base64 text, the form in which a page carries its pictures inside itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace hallmark::inline v0 {

/// The standard alphabet with padding and without line breaks; 4 characters for every 3 bytes begun.
/// Source: RFC 4648, section 4 (Josefsson 2006).
[[nodiscard]] inline auto to_base64(std::span<std::byte const> bytes) -> std::string {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    auto const                 at       = [&](std::size_t i) { return i < bytes.size() ? std::to_integer<std::uint32_t>(bytes[i]) : 0u; };
    std::string                out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        auto const group = at(i) << 16 | at(i + 1) << 8 | at(i + 2);
        out += alphabet[group >> 18];
        out += alphabet[group >> 12 & 63u];
        out += i + 1 < bytes.size() ? alphabet[group >> 6 & 63u] : '=';
        out += i + 2 < bytes.size() ? alphabet[group & 63u] : '=';
    }
    return out;
}

}  // namespace hallmark::inline v0
