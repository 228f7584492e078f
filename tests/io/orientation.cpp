#include <hallmark/io/image.hpp>
#include <hallmark/io/orientation.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <support/temp_folder.hpp>
#include <vector>

using namespace hallmark;
using namespace std::string_literals;

namespace {
auto number(std::size_t value, int bytes, bool little) -> std::string {
    std::string out;
    for (int i = 0; i < bytes; ++i) {
        out += static_cast<char>(value >> (8 * (little ? i : bytes - 1 - i)));
    }
    return out;
}
/// A part of a JPEG file with two entries, the second of which is the tag.
auto exif(int value, bool little, std::size_t type = 3) -> std::string {
    auto const n    = [&](std::size_t v, int bytes) { return number(v, bytes, little); };
    auto const tiff = (little ? "II"s : "MM"s) + n(42, 2) + n(8, 4) + n(2, 2) + n(0x010f, 2) + n(2, 2) + n(4, 4) + "abc\0"s + n(0x0112, 2) + n(type, 2) +
                      n(1, 4) + n(static_cast<std::size_t>(value), 2) + n(0, 2) + n(0, 4);
    return "\xff\xe1"s + number(tiff.size() + 8, 2, false) + "Exif\0\0"s + tiff;
}
auto text_of(std::vector<std::byte> const& bytes) -> std::string { return {reinterpret_cast<char const*>(bytes.data()), bytes.size()}; }
/// With a part of its own before all others.
auto with(std::vector<std::byte> const& jpeg, std::string const& part) -> std::vector<std::byte> {
    auto const text = text_of(jpeg);
    return bytes_of(text.substr(0, 2) + part + text.substr(2));
}
}  // namespace

TEST_CASE("the tag, in either byte order; 1 where there is none, or none that makes sense") {
    image_batch<std::uint8_t> const picture(1, 3, 8, 8);
    auto const                      jpeg = encode_jpeg(picture.view(), 90);
    CHECK(jpeg_orientation(jpeg) == 1);
    for (int value = 0; value < 10; ++value) {
        auto const expected = value >= 1 && value <= 8 ? value : 1;
        CHECK(jpeg_orientation(with(jpeg, exif(value, true))) == expected);
        CHECK(jpeg_orientation(with(jpeg, exif(value, false))) == expected);
        CHECK(jpeg_orientation(with(jpeg, "\xff\xe0\x00\x04zz\xff\xff"s.substr(0, 7) + exif(value, false))) == expected);  // after another part, and padding
    }
    CHECK(jpeg_orientation(with(jpeg, exif(6, true, 4))) == 1);                       // no short number
    CHECK(jpeg_orientation(with(jpeg, "\xff\xda\x00\x04zz"s + exif(6, true))) == 1);  // in the picture
    CHECK(jpeg_orientation(encode_png(picture.view())) == 1);
    CHECK(jpeg_orientation({}) == 1);
    CHECK(jpeg_orientation(bytes_of("\xff\xd8\xff\xe1\x00\x00"s)) == 1);
}

TEST_CASE("a file that ends early, or points outside, says 1") {
    image_batch<std::uint8_t> const picture(1, 1, 8, 8);
    auto const                      whole = with(encode_jpeg(picture.view(), 90), exif(6, true));
    auto const                      tag   = text_of(whole).find("\x12\x01\x03\x00"s) + 10;  // behind its value
    for (std::size_t size = 0; size < tag; ++size) {
        CHECK(jpeg_orientation(std::span(whole).first(size)) == 1);
    }
    CHECK(jpeg_orientation(std::span(whole).first(tag)) == 6);
    for (std::size_t at = 12; at < tag + 10; ++at) {  // every other byte of the block
        for (auto const value : {0x00, 0x7f, 0xff}) {
            auto broken  = whole;
            broken[at]   = static_cast<std::byte>(value);
            auto const o = jpeg_orientation(broken);
            CHECK((o >= 1 && o <= 8));
        }
    }
}

// The eight orientations of an L, whose upright picture is the same each time: made by the standard's words, "row 0 is at the ..., column 0 at the ...".
TEST_CASE("every orientation comes out upright") {
    constexpr std::size_t height = 16, width = 24;
    auto const            upright_at = [](std::size_t row, std::size_t column) { return std::uint8_t(column < 8 || row >= 8 ? 20 : 220); };
    struct words {
        int  orientation;
        bool turned, row_0_at_the_end, column_0_at_the_end;
    };
    for (auto const& w : {words{1, false, false, false},
                          {2, false, false, true},
                          {3, false, true, true},
                          {4, false, true, false},
                          {5, true, false, false},
                          {6, true, true, false},
                          {7, true, true, true},
                          {8, true, false, true}}) {
        auto stored = w.turned ? image_batch<std::uint8_t>(1, 1, width, height) : image_batch<std::uint8_t>(1, 1, height, width);
        for (std::size_t r = 0; r < stored.height(); ++r) {
            for (std::size_t c = 0; c < stored.width(); ++c) {
                auto const across = w.row_0_at_the_end ? stored.height() - 1 - r : r, along = w.column_0_at_the_end ? stored.width() - 1 - c : c;
                stored.view().at(0, 0, r, c) = w.turned ? upright_at(along, across) : upright_at(across, along);
            }
        }
        auto const picture = decode_image(with(encode_jpeg(stored.view(), 100), exif(w.orientation, true)), 1);
        REQUIRE(picture.height() == height);
        REQUIRE(picture.width() == width);
        for (std::size_t r = 0; r < height; ++r) {
            for (std::size_t c = 0; c < width; ++c) {
                REQUIRE(std::abs(int{picture.view().at(0, 0, r, c)} - int{upright_at(r, c)}) < 30);
            }
        }
    }
}
