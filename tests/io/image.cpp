// Picture files: what is encoded is decoded, files of others come out right, and broken ones do not come out at all.
#include <hallmark/io/image.hpp>

#include <doctest/doctest.h>
#include <zlib.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <support/temp_folder.hpp>
#include <support/toy_picture.hpp>
#include <vector>

using namespace hallmark;
using namespace std::string_literals;

namespace {
auto sample_picture(std::size_t channels, std::size_t height, std::size_t width) -> image_batch<std::uint8_t> {
    auto picture = image_batch<std::uint8_t>(1, channels, height, width);
    auto v       = picture.view();
    for (std::size_t c = 0; c < channels; ++c) {
        for (std::size_t h = 0; h < height; ++h) {
            for (std::size_t w = 0; w < width; ++w) {
                v.at(0, c, h, w) = static_cast<std::uint8_t>(40 * c + 3 * h + 2 * w);
            }
        }
    }
    return picture;
}
auto worst_difference(image_batch<std::uint8_t> const& a, image_batch<std::uint8_t> const& b) -> int {
    REQUIRE(same_extents(a.view(), b.view()));
    int worst = 0;
    for (std::size_t i = 0; i < a.elements().size(); ++i) {
        worst = std::max(worst, std::abs(int{a.elements()[i]} - int{b.elements()[i]}));
    }
    return worst;
}
auto sentence_about(std::span<std::byte const> bytes) -> std::string {
    try {
        (void)decode_image(bytes, 3, "x");
    } catch (error const& e) {
        return e.what();
    }
    return "";
}
auto little(std::uint32_t value, int bytes) -> std::string {
    std::string text;
    for (int i = 0; i < bytes; ++i) {
        text += static_cast<char>(value >> (8 * i));
    }
    return text;
}
/// A BMP of 24 bits with the rows as given (bottom row first, blue green red, padded to 4 bytes).
auto bmp(std::uint32_t width, std::uint32_t height, std::string const& rows) -> std::vector<std::byte> {
    return bytes_of("BM" + little(static_cast<std::uint32_t>(54 + rows.size()), 4) + little(0, 4) + little(54, 4) + little(40, 4) + little(width, 4) +
                    little(height, 4) + little(1, 2) + little(24, 2) + std::string(24, '\0') + rows);
}
auto big(std::uint32_t v) -> std::string { return {static_cast<char>(v >> 24), static_cast<char>(v >> 16), static_cast<char>(v >> 8), static_cast<char>(v)}; }
/// A PNG from its raw scan lines (a filter byte 0 before each), made with zlib and not with our encoder.
auto png(std::uint32_t width, std::uint32_t height, char bits, char colour_type, std::string const& lines) -> std::vector<std::byte> {
    auto const chunk = [](std::string const& type, std::string const& data) {
        auto const crc = ::crc32(0, reinterpret_cast<Bytef const*>((type + data).data()), static_cast<uInt>(4 + data.size()));
        return big(static_cast<std::uint32_t>(data.size())) + type + data + big(static_cast<std::uint32_t>(crc));
    };
    std::string packed(lines.size() + 100, '\0');
    auto        size = static_cast<uLongf>(packed.size());
    REQUIRE(::compress(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<Bytef const*>(lines.data()), static_cast<uLong>(lines.size())) == Z_OK);
    packed.resize(size);
    return bytes_of("\x89PNG\r\n\x1a\n" + chunk("IHDR", big(width) + big(height) + bits + colour_type + "\0\0\0"s) + chunk("IDAT", packed) + chunk("IEND", ""));
}
}  // namespace

TEST_CASE("PNG comes back bit for bit") {
    for (std::size_t channels : {1u, 3u}) {
        for (std::size_t height : {1u, 2u, 17u}) {
            for (std::size_t width : {1u, 3u, 32u}) {
                auto const picture = sample_picture(channels, height, width);
                REQUIRE(decode_image(encode_png(picture.view()), channels) == picture);
            }
        }
    }
}

// The writer's memory is kept from file to file: nothing of one may be in the next, and a large one may come between.
TEST_CASE("a PNG file does not depend on the files that were written before it") {
    auto const noisy = [](std::size_t side) {
        auto          picture = image_batch<std::uint8_t>(1, 3, side, side);
        std::uint32_t state   = 7;
        for (auto& e : picture.elements()) {
            state = state * 1664525u + 1013904223u;
            e     = static_cast<std::uint8_t>(state >> 24);
        }
        return picture;
    };
    auto const small = noisy(9), large = noisy(700);  // 1.5 MB, more than is kept
    auto const first = encode_png(small.view());
    auto const big   = encode_png(large.view());
    CHECK(decode_image(big) == large);
    CHECK(encode_png(small.view()) == first);
    CHECK(encode_png(large.view()) == big);
    CHECK(decode_image(first) == small);
}

TEST_CASE("PNG takes any strides") {
    auto const                picture = sample_picture(3, 4, 5);
    std::vector<std::uint8_t> interleaved(60);
    auto const                other = nhwc(interleaved.data(), 1, 3, 4, 5);
    for (std::size_t i = 0; i < 60; ++i) {
        other.at(0, i / 20, i / 5 % 4, i % 5) = picture.view().at(0, i / 20, i / 5 % 4, i % 5);
    }
    CHECK(encode_png(other) == encode_png(picture.view()));
}

TEST_CASE("JPEG comes back nearly") {
    auto const colour = sample_picture(3, 24, 32);
    CHECK(worst_difference(decode_image(encode_jpeg(colour.view(), 95)), colour) <= 6);
    auto const grey = sample_picture(1, 24, 32);
    CHECK(worst_difference(decode_image(encode_jpeg(grey.view(), 95), 1), grey) <= 4);
    CHECK(encode_jpeg(colour.view(), 1).size() < encode_jpeg(colour.view(), 100).size());
}

// Files of others: with our own encoder on the other side, red and blue could be swapped in both.
TEST_CASE("a BMP and a PNG written by hand") {
    // Two rows, bottom first: green, red / blue, white.
    auto const picture = decode_image(bmp(2, 2, "\0\xff\0\0\0\xff\0\0"s + "\xff\0\0\xff\xff\xff\0\0"s));
    CHECK(pixels_of(picture) == std::vector<std::uint8_t>{0, 255, 0, 255, 0, 255, 255, 0, 255, 255, 0, 0});
    CHECK(pixels_of(decode_image(png(2, 1, 8, 2, "\0\x0a\x14\x1e\x28\x32\x3c"s))) == std::vector<std::uint8_t>{10, 40, 20, 50, 30, 60});
    CHECK(pixels_of(decode_image(png(2, 1, 8, 0, "\0\x0a\xfa"s))) == std::vector<std::uint8_t>{10, 250, 10, 250, 10, 250});  // grey is repeated
}

TEST_CASE("colour to grey, transparency, 16 bits") {
    // (77 * 10 + 150 * 20 + 29 * 30) / 256 = 18.1
    CHECK(pixels_of(decode_image(png(1, 1, 8, 2, "\0\x0a\x14\x1e"s), 1)) == std::vector<std::uint8_t>{18});
    // A transparent pixel keeps its colour; mixed with white it would be 255, with black 0.
    CHECK(pixels_of(decode_image(png(1, 1, 8, 6, "\0\x0a\x14\x1e\0"s))) == std::vector<std::uint8_t>{10, 20, 30});
    CHECK(pixels_of(decode_image(png(1, 1, 8, 4, "\0\x0a\0"s))) == std::vector<std::uint8_t>{10, 10, 10});
    CHECK(pixels_of(decode_image(png(1, 1, 16, 0, "\0\x0a\xff"s), 1)) == std::vector<std::uint8_t>{10});
}

TEST_CASE("each broken file has its sentence") {
    CHECK(sentence_about({}) == "hallmark::decode_image: \"x\" is empty");
    CHECK(sentence_about(bytes_of("GIF89a")) == "hallmark::decode_image: \"x\" is not a JPEG, PNG or BMP file");
    CHECK(sentence_about(bytes_of("\xff\xd8\xff\xe0 no picture")) == "hallmark::decode_image: \"x\" ends before its picture does");
    CHECK(sentence_about(bytes_of("\xff\xd8\xff\xd9")).rfind("hallmark::decode_image: \"x\" cannot be decoded: ", 0) == 0);
    CHECK(sentence_about(bmp(2, 2, "only one row")) == "hallmark::decode_image: \"x\" ends before its picture does");
    auto flipped = png(1, 1, 8, 0, "\0\x0a"s);
    flipped[flipped.size() - 18] ^= std::byte{1};  // inside the pixels
    CHECK(sentence_about(flipped) == "hallmark::decode_image: \"x\" is damaged");
    // A Huffman table of 16 x 255 codes.
    CHECK(sentence_about(bytes_of("\xff\xd8\xff\xc4\x01\x00"s + '\0' + std::string(16, '\xff') + std::string(300, 'x') + "\xff\xd9")) ==
          "hallmark::decode_image: \"x\" is damaged");
    CHECK(sentence_about(bytes_of("BM")) == "hallmark::decode_image: \"x\" ends before its picture does");
    // Sixteen thousand squared is allowed, one row more is not. Neither takes memory: the data are not there.
    CHECK(sentence_about(png(16384, 16385, 8, 0, "x")) ==
          "hallmark::decode_image: \"x\" has 16385 rows and 16384 columns; allowed is at most 268435456 pixels");
    CHECK_THROWS_WITH_AS(decode_image({}, 2), "hallmark::decode_image: channels is 2; allowed is 1 or 3", error);
}

// stb reads zeros past the end and returns a picture with a flat lower part.
TEST_CASE("no truncated file is taken for a picture") {
    auto const picture = sample_picture(3, 20, 20);
    auto const row     = std::string(60, 'r');
    for (auto const& whole :
         {encode_png(picture.view()), encode_jpeg(picture.view(), 80),
          bmp(20, 20, row + row + row + row + row + row + row + row + row + row + row + row + row + row + row + row + row + row + row + row)}) {
        REQUIRE(sentence_about(whole) == "");
        for (std::size_t length = 0; length < whole.size(); ++length) {
            INFO("length ", length);
            REQUIRE(sentence_about(std::span(whole).first(length)) != "");
        }
    }
}

// A preview inside a JPEG has an end marker of its own; it must not count as the end of the file's picture.
TEST_CASE("a JPEG with a preview that is cut off is an error") {
    auto const jpeg   = encode_jpeg(sample_picture(3, 16, 16).view(), 80);
    auto       larger = bytes_of("\xff\xd8\xff\xe1"s + '\0' + '\x08' + "ab\xff\xd9" + "cd");
    larger.insert(larger.end(), jpeg.begin() + 2, jpeg.end());
    CHECK(decode_image(larger) == decode_image(jpeg));
    larger.resize(larger.size() - 2);
    CHECK(sentence_about(larger) == "hallmark::decode_image: \"x\" ends before its picture does");
}

TEST_CASE("no changed byte crashes the decoder") {
    auto const picture = sample_picture(3, 9, 11);
    for (auto const& whole : {encode_png(picture.view()), encode_jpeg(picture.view(), 80)}) {
        for (std::size_t at = 0; at < whole.size(); ++at) {
            for (int value = 0; value < 256; ++value) {
                auto broken = whole;
                broken[at]  = static_cast<std::byte>(value);
                (void)sentence_about(broken);
            }
        }
    }
}

TEST_CASE("what cannot be encoded") {
    auto const two = image_batch<std::uint8_t>(2, 3, 4, 4);
    CHECK_THROWS_WITH_AS(encode_png(two.view()), "hallmark::encode_png: the batch has 2 samples; allowed is 1", error);
    auto const four = image_batch<std::uint8_t>(1, 4, 4, 4);
    CHECK_THROWS_WITH_AS(encode_png(four.view()), "hallmark::encode_png: the picture has 4 channels; allowed is 1 or 3", error);
    auto const none = image_batch<std::uint8_t>(1, 3, 0, 4);
    CHECK_THROWS_WITH_AS(encode_jpeg(none.view(), 90),
                         "hallmark::encode_jpeg: the picture has 0 rows and 4 columns; allowed is at least 1 of each and at most 134217728 pixels", error);
    auto const fine = image_batch<std::uint8_t>(1, 3, 4, 4);
    CHECK_THROWS_WITH_AS(encode_jpeg(fine.view(), 0), "hallmark::encode_jpeg: quality is 0; allowed is 1 to 100", error);
    CHECK_THROWS_WITH_AS(encode_jpeg(fine.view(), 101), "hallmark::encode_jpeg: quality is 101; allowed is 1 to 100", error);
    auto const wide = image_batch<std::uint8_t>(1, 1, 1, 65536);
    CHECK_THROWS_WITH_AS(encode_jpeg(wide.view(), 90), "hallmark::encode_jpeg: the picture has 1 rows and 65536 columns; allowed is at most 65535 of each",
                         error);
    CHECK(decode_image(encode_png(wide.view()), 1) == wide);
}

TEST_CASE("files on disk") {
    temp_folder const here;
    auto const        picture = sample_picture(3, 4, 4);
    write_file(here / "a.png", encode_png(picture.view()));
    CHECK(read_image(here / "a.png") == picture);
    CHECK(read_image(here / "a.png", 1).channels() == 1);
    CHECK(image_decoder{1}(read_file(here / "a.png", 10000)) == read_image(here / "a.png", 1));
    write_file(here / "b.png", "text");
    CHECK_THROWS_WITH_AS(read_image(here / "b.png"), ("hallmark::decode_image: \"" + (here / "b.png") + "\" is not a JPEG, PNG or BMP file").c_str(), error);
    CHECK_THROWS_WITH_AS(read_image("/no/such"), "hallmark::read_file: cannot open \"/no/such\": No such file or directory", error);
}
