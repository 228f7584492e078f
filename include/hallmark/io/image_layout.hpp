// What a picture file says about itself, asked before a decoder sees it. Internal to io/.
//
// stb_image reads zeros past the end of a JPEG or BMP and returns a picture whose lower part is flat. Such a
// picture would be marked, published and audited as if it were the owner's, so a file that ends early is refused here.
#pragma once

#include <hallmark/error.hpp>
#include <hallmark/io/quoted.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace hallmark::inline v0 {
namespace detail {

inline constexpr std::uint64_t max_pixels = std::uint64_t{1} << 28;  // 268 megapixels; more is a broken header or an attack

[[nodiscard]] inline auto begins_with(std::span<std::byte const> bytes, std::string_view magic) noexcept -> bool {
    return bytes.size() >= magic.size() && std::memcmp(bytes.data(), magic.data(), magic.size()) == 0;
}

/// True if an end marker follows the first scan. The walk over the segments before it keeps the end marker of an
/// embedded preview picture from being taken for the file's own.
[[nodiscard]] inline auto jpeg_has_end(std::span<std::byte const> bytes) noexcept -> bool {
    auto const  at = [&](std::size_t i) { return std::to_integer<std::size_t>(bytes[i]); };
    std::size_t i  = 2;
    while (i + 3 < bytes.size() && at(i) == 0xff && at(i + 1) != 0xda) {
        auto const marker  = at(i + 1);
        auto const is_bare = marker == 0xff || marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);  // fill bytes and markers without a length
        i += marker == 0xff ? 1 : is_bare ? 2 : 2 + (at(i + 2) << 8 | at(i + 3));
    }
    // Inside a scan 0xff is always followed by 0 or a restart marker, so this pair cannot be picture data.
    for (; i + 1 < bytes.size(); ++i) {
        if (at(i) == 0xff && at(i + 1) == 0xd9) {
            return true;
        }
    }
    return false;
}

/// True if a BMP has all the rows its header declares. A header of a kind stb does not read is left for stb to refuse.
[[nodiscard]] inline auto bmp_has_rows(std::span<std::byte const> bytes) noexcept -> bool {
    auto const little = [&](std::size_t i, std::size_t count) {
        std::uint64_t value = 0;
        for (std::size_t k = 0; k < count; ++k) {
            value |= std::to_integer<std::uint64_t>(bytes[i + k]) << (8 * k);
        }
        return value;
    };
    if (bytes.size() < 30) {
        return false;
    }
    auto const offset = little(10, 4);
    auto const old    = little(14, 4) == 12;  // OS/2: extents of 16 bits
    auto const width  = little(18, old ? 2 : 4);
    auto const rows   = static_cast<std::uint32_t>(little(old ? 20 : 22, old ? 2 : 4));
    auto const height = std::uint64_t{rows > 0x7fffffffu ? 0u - rows : rows};  // negative: stored top down
    auto const bits   = little(old ? 24 : 28, 2);
    if (width > max_pixels || height > max_pixels || bits > 32) {
        return true;
    }
    auto const row = (width * bits + 31) / 32 * 4;  // at most 2^30, times at most 2^28
    return offset + row * height <= bytes.size();
}

/// Throws unless `bytes` is a JPEG, PNG or BMP file that reaches its end.
inline void require_complete_image(std::span<std::byte const> bytes, std::string_view name) {
    constexpr std::string_view png = "\x89PNG\r\n\x1a\n";
    require(!bytes.empty(), errc::empty_input, "hallmark::decode_image: ", quoted(name), " is empty");
    auto const jpeg = begins_with(bytes, "\xff\xd8\xff");
    auto const bmp  = begins_with(bytes, "BM");
    require(jpeg || bmp || begins_with(bytes, png), errc::bad_format, "hallmark::decode_image: ", quoted(name), " is not a JPEG, PNG or BMP file");
    require((!jpeg || jpeg_has_end(bytes)) && (!bmp || bmp_has_rows(bytes)), errc::bad_format, "hallmark::decode_image: ", quoted(name),
            " ends before its picture does");
}
}  // namespace detail
}  // namespace hallmark::inline v0
