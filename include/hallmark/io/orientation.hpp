// How a camera held the picture: the orientation tag of a JPEG file (Exif 2.3, tag 0x0112).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace hallmark::inline v0 {

namespace detail {
/// Numbers of a TIFF block; 0 beyond its end.
struct tiff_block {
    std::span<std::byte const> bytes;
    bool                       little = false;

    [[nodiscard]] auto number(std::size_t at, std::size_t size) const noexcept -> std::size_t {
        std::size_t out = 0;
        for (std::size_t i = 0; i < size && at < bytes.size() && size <= bytes.size() - at; ++i) {
            out = out << 8 | std::to_integer<std::size_t>(bytes[at + (little ? size - 1 - i : i)]);
        }
        return out;
    }
};

/// The tag in a TIFF block, or 1.
[[nodiscard]] inline auto orientation_in(tiff_block tiff) noexcept -> int {
    auto const order = tiff.number(0, 2);
    tiff.little      = order == 0x4949;
    if ((order != 0x4949 && order != 0x4d4d) || tiff.number(2, 2) != 42) {
        return 1;
    }
    auto const directory = tiff.number(4, 4), entries = tiff.number(directory, 2);
    for (std::size_t i = 0; i < entries; ++i) {
        auto const entry = directory + 2 + 12 * i;
        if (tiff.number(entry, 2) == 0x0112) {
            auto const value = tiff.number(entry + 8, 2);
            return tiff.number(entry + 2, 2) == 3 && value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
        }
    }
    return 1;
}
}  // namespace detail

/// The orientation tag of a JPEG file in memory, 1 to 8: where the stored picture's first row and first column belong. 1, as
/// stored, for files of other kinds, without the tag, or with one that makes no sense. O(parts before the picture).
[[nodiscard]] inline auto jpeg_orientation(std::span<std::byte const> bytes) noexcept -> int {
    auto const file = detail::tiff_block{bytes};
    if (file.number(0, 2) != 0xffd8) {
        return 1;
    }
    for (std::size_t at = 2; file.number(at, 1) == 0xff;) {
        auto const marker = file.number(at + 1, 1), length = file.number(at + 2, 2);
        if (marker == 0xff) {  // padding
            ++at;
            continue;
        }
        if (marker == 0xda || marker == 0xd9 || length < 2) {  // the picture, or the end
            return 1;
        }
        if (marker == 0xe1 && length >= 8 && bytes.size() >= at + 10 && file.number(at + 4, 4) == 0x45786966 && file.number(at + 8, 2) == 0) {  // "Exif"
            auto const block = bytes.subspan(at + 10);
            return detail::orientation_in({block.first(block.size() < length - 8 ? block.size() : length - 8)});
        }
        at += 2 + length;
    }
    return 1;
}

/// Where a stored pixel belongs in the upright picture.
struct upright {
    int         orientation;    ///< 1 to 8
    std::size_t height, width;  ///< of the stored picture

    struct place {
        std::size_t row, column;
    };

    /// From 5 on, rows are columns.
    [[nodiscard]] constexpr auto turned() const noexcept -> bool { return orientation >= 5; }
    [[nodiscard]] constexpr auto operator()(std::size_t row, std::size_t column) const noexcept -> place {
        bool const upwards   = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
        bool const leftwards = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
        auto const r = upwards ? height - 1 - row : row, c = leftwards ? width - 1 - column : column;
        return turned() ? place{c, r} : place{r, c};
    }
};

}  // namespace hallmark::inline v0
