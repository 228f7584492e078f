// Resizing: exact integers, so the expected pixels are computed by hand here.
#include <hallmark/io/resize.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <support/toy_picture.hpp>
#include <utility>
#include <vector>

using namespace hallmark;

namespace {
auto row(std::vector<std::uint8_t> pixels) -> image_batch<std::uint8_t> {
    auto const n = pixels.size();
    return {1, 1, 1, n, std::move(pixels)};
}
auto resized_row(std::vector<std::uint8_t> pixels, std::size_t to) -> std::vector<std::uint8_t> {
    auto const picture = row(std::move(pixels));
    return pixels_of(resize(picture.view(), 1, to));
}
}  // namespace

TEST_CASE("the same size returns the same pixels") {
    auto picture = image_batch<std::uint8_t>(2, 3, 5, 7);
    for (std::size_t i = 0; i < picture.elements().size(); ++i) {
        picture.elements()[i] = static_cast<std::uint8_t>(i * 37);
    }
    CHECK(resize(picture.view(), 5, 7) == picture);
}

// The weights must sum to one exactly: a plain area that darkens by one level would be a difference between
// a marked picture and its original that the mark did not make.
TEST_CASE("a plain picture keeps its value, at every size") {
    for (int value : {0, 1, 127, 128, 254, 255}) {
        auto const picture = image_batch<std::uint8_t>(1, 1, 6, 9, std::vector<std::uint8_t>(54, static_cast<std::uint8_t>(value)));
        for (std::size_t h = 1; h < 14; ++h) {
            for (std::size_t w = 1; w < 14; ++w) {
                REQUIRE(pixels_of(resize(picture.view(), h, w)) == std::vector<std::uint8_t>(h * w, static_cast<std::uint8_t>(value)));
            }
        }
    }
}

TEST_CASE("golden values") {
    // Growing by 2: centres at 1/4 and 3/4 between neighbours, the outer ones at the edge.
    CHECK(resized_row({0, 100}, 4) == std::vector<std::uint8_t>{0, 25, 75, 100});
    // Shrinking by 2: a triangle of weights 1 3 3 1 over four pixels; at an edge the missing pixel's weight is shared out.
    CHECK(resized_row({0, 80, 160, 240}, 2) == std::vector<std::uint8_t>{57, 183});      // (3*80 + 160) / 7 and (80 + 3*160 + 3*240) / 7
    CHECK(resized_row({0, 0, 0, 80, 0, 0}, 3) == std::vector<std::uint8_t>{0, 30, 11});  // 3*80/8 and 1*80/7
    CHECK(resized_row({10, 20, 30}, 1) == std::vector<std::uint8_t>{20});
    // Rows and columns are the same thing.
    auto const column = image_batch<std::uint8_t>(1, 1, 2, 1, std::vector<std::uint8_t>{0, 100});
    CHECK(pixels_of(resize(column.view(), 4, 1)) == std::vector<std::uint8_t>{0, 25, 75, 100});
    CHECK(pixels_of(resize(column.view(), 4, 2)) == std::vector<std::uint8_t>{0, 0, 25, 25, 75, 75, 100, 100});
}

TEST_CASE("samples, channels and strides are kept apart") {
    std::vector<std::uint8_t> const pixels  = {0, 10, 20, 100, 110, 120, 50, 60, 70, 200, 210, 220};  // two samples of 1 x 2 pixels of 3 channels
    auto const                      picture = resize(nhwc<std::uint8_t const>(pixels.data(), 2, 3, 1, 2), 1, 1);
    CHECK(pixels_of(picture) == std::vector<std::uint8_t>{50, 60, 70, 125, 135, 145});
}

TEST_CASE("extents that are not allowed") {
    auto const picture = image_batch<std::uint8_t>(1, 1, 2, 3);
    CHECK_THROWS_WITH_AS(resize(picture.view(), 0, 3), "hallmark::resize: from 2 x 3 to 0 x 3; allowed are extents of 1 to 65535", error);
    CHECK_THROWS_WITH_AS(resize(picture.view(), 2, 65536), "hallmark::resize: from 2 x 3 to 2 x 65536; allowed are extents of 1 to 65535", error);
    auto const none = image_batch<std::uint8_t>(1, 1, 0, 3);
    CHECK_THROWS_WITH_AS(resize(none.view(), 2, 3), "hallmark::resize: from 0 x 3 to 2 x 3; allowed are extents of 1 to 65535", error);
}

// The largest sizes are where the sums come closest to 64 bits.
TEST_CASE("the largest shrinking and growing") {
    CHECK(resized_row(std::vector<std::uint8_t>(65535, 255), 1) == std::vector<std::uint8_t>{255});
    CHECK(resized_row({255}, 65535) == std::vector<std::uint8_t>(65535, 255));
}
