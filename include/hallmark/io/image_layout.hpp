// What a picture file says about itself, asked before a decoder sees it. Internal to io/.
//
// stb_image reads zeros past the end of a JPEG or BMP and returns a picture whose lower part is flat. Such a
// picture would be marked, published and audited as if it were the owner's, so a file that ends early is refused here.
// The same walk refuses the damage that stb does not look for.
#pragma once

#include <hallmark/error.hpp>
#include <hallmark/io/quoted.hpp>

#include <array>
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

/// What a walk over a file's parts finds.
enum class layout { complete, cut_off, damaged };

/// Follows a JPEG's markers from the first to the end marker, as the decoder will. The parts before the picture are stepped over by
/// their lengths, so the end marker of an embedded preview is not taken for the file's own. A Huffman table with more
/// than 256 codes is refused here: stb_image 2.27 writes past its arrays for one.
[[nodiscard]] inline auto jpeg_layout(std::span<std::byte const> bytes) noexcept -> layout {
    auto const at     = [&](std::size_t i) { return i < bytes.size() ? std::to_integer<std::size_t>(bytes[i]) : 0; };
    auto const length = [&](std::size_t i) { return at(i) << 8 | at(i + 1); };
    for (std::size_t i = 2; i + 1 < bytes.size();) {
        auto const marker = at(i + 1);
        // Not a marker: between parts this is padding, inside the picture it is data.
        if (at(i) != 0xff || marker == 0x00 || marker == 0xff || (marker >= 0xd0 && marker <= 0xd7)) {
            ++i;
            continue;
        }
        if (marker == 0xd9) {
            return layout::complete;
        }
        auto const part = i + 2;
        if (marker == 0xc4) {
            auto const end = part + length(part);
            for (auto table = part + 2; table < end;) {  // each: its number, 16 counts, and as many symbols as the counts say
                std::size_t codes = 0;
                for (std::size_t k = 1; k <= 16; ++k) {
                    codes += at(table + k);
                }
                if (codes > 256) {
                    return layout::damaged;
                }
                table += 17 + codes;
            }
        }
        i = part + (marker == 0x01 || marker == 0xd8 ? 0 : length(part));
    }
    return layout::cut_off;
}

/// The checksum of PNG's chunks (ISO 3309), a byte at a time.
[[nodiscard]] inline auto crc32_of(std::span<std::byte const> bytes) noexcept -> std::uint32_t {
    static constexpr auto table = [] {
        std::array<std::uint32_t, 256> t{};
        for (std::uint32_t i = 0; i < 256; ++i) {
            t[i] = i;
            for (int bit = 0; bit < 8; ++bit) {
                t[i] = t[i] >> 1 ^ ((t[i] & 1) != 0 ? 0xedb88320u : 0u);
            }
        }
        return t;
    }();
    std::uint32_t crc = 0xffffffffu;
    for (auto b : bytes) {
        crc = table[(crc ^ std::to_integer<std::uint32_t>(b)) & 255] ^ crc >> 8;
    }
    return ~crc;
}

/// Follows a PNG's chunks to the last one and compares their checksums, which stb_image does not.
[[nodiscard]] inline auto png_layout(std::span<std::byte const> bytes) noexcept -> layout {
    auto const big = [&](std::size_t i) {
        auto const at = [&](std::size_t k) { return std::to_integer<std::uint32_t>(bytes[i + k]); };
        return at(0) << 24 | at(1) << 16 | at(2) << 8 | at(3);
    };
    for (std::size_t i = 8;;) {
        if (bytes.size() - i < 12 || bytes.size() - i - 12 < big(i)) {
            return layout::cut_off;
        }
        auto const length = std::size_t{big(i)};
        if (crc32_of(bytes.subspan(i + 4, 4 + length)) != big(i + 8 + length)) {
            return layout::damaged;
        }
        if (std::memcmp(bytes.data() + i + 4, "IEND", 4) == 0) {
            return layout::complete;
        }
        i += 12 + length;
    }
}

/// Whether a BMP has all the rows its header declares. A header of a kind stb does not read is left for stb to refuse.
[[nodiscard]] inline auto bmp_layout(std::span<std::byte const> bytes) noexcept -> layout {
    auto const little = [&](std::size_t i, std::size_t count) {
        std::uint64_t value = 0;
        for (std::size_t k = 0; k < count; ++k) {
            value |= std::to_integer<std::uint64_t>(bytes[i + k]) << (8 * k);
        }
        return value;
    };
    if (bytes.size() < 30) {
        return layout::cut_off;
    }
    auto const offset = little(10, 4);
    auto const old    = little(14, 4) == 12;  // OS/2: extents of 16 bits
    auto const width  = little(18, old ? 2 : 4);
    auto const rows   = static_cast<std::uint32_t>(little(old ? 20 : 22, old ? 2 : 4));
    auto const height = std::uint64_t{rows > 0x7fffffffu ? 0u - rows : rows};  // negative: stored top down
    auto const bits   = little(old ? 24 : 28, 2);
    if (width > max_pixels || height > max_pixels || bits > 32) {
        return layout::complete;
    }
    auto const row = (width * bits + 31) / 32 * 4;  // at most 2^30, times at most 2^28
    return offset + row * height <= bytes.size() ? layout::complete : layout::cut_off;
}

/// Throws unless `bytes` is a JPEG, PNG or BMP file that reaches its end.
inline void require_complete_image(std::span<std::byte const> bytes, std::string_view name) {
    constexpr std::string_view png = "\x89PNG\r\n\x1a\n";
    require(!bytes.empty(), errc::empty_input, "hallmark::decode_image: ", quote(name), " is empty");
    auto const jpeg = begins_with(bytes, "\xff\xd8\xff");
    auto const bmp  = begins_with(bytes, "BM");
    require(jpeg || bmp || begins_with(bytes, png), errc::bad_format, "hallmark::decode_image: ", quote(name), " is not a JPEG, PNG or BMP file");
    auto const found = jpeg ? jpeg_layout(bytes) : bmp ? bmp_layout(bytes) : png_layout(bytes);
    require(found != layout::cut_off, errc::bad_format, "hallmark::decode_image: ", quote(name), " ends before its picture does");
    require(found != layout::damaged, errc::bad_format, "hallmark::decode_image: ", quote(name), " is damaged");
}
}  // namespace detail
}  // namespace hallmark::inline v0
