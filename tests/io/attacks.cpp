#include <hallmark/io/attacks.hpp>

#include <doctest/doctest.h>
#include <mark/quality_pictures.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace hallmark;

namespace {
auto distance(image_batch<std::uint8_t> const& a, image_batch<std::uint8_t> const& b) -> int {
    int sum = 0;
    for (std::size_t i = 0; i < a.elements().size(); ++i) {
        sum += std::abs(a.elements()[i] - b.elements()[i]);
    }
    return sum;
}
}  // namespace

TEST_CASE("JPEG loses more the lower its quality, and keeps the shape of a batch") {
    image_batch<std::uint8_t> two(2, 3, 20, 31);
    auto const                one = smooth_picture(3, 20, 31);
    for (std::size_t i = 0; i < two.elements().size(); ++i) {
        two.elements()[i] = one.elements()[i % one.elements().size()];
    }
    auto const good = jpeg_attack{95}(two.view()), poor = jpeg_attack{20}(two.view());
    CHECK(good.samples() == 2);
    CHECK(good.channels() == 3);
    CHECK(distance(good, two) > 0);
    CHECK(distance(poor, two) > distance(good, two));
    auto const expected = decode_image(encode_jpeg(one.view(), 95), 3);
    for (std::size_t i = 0; i < good.elements().size(); ++i) {
        REQUIRE(good.elements()[i] == expected.elements()[i % expected.elements().size()]);
    }
    auto const grey = smooth_picture(1, 9, 9);
    CHECK(jpeg_attack{90}(grey.view()).channels() == 1);
}

TEST_CASE("another size and back; a crop, enlarged") {
    auto const p = smooth_picture(3, 20, 30);
    CHECK(resize_attack{1.0}(p.view()) == p);
    CHECK(crop_attack{1.0}(p.view()) == p);
    auto const half = resize(p.view(), 10, 15);
    CHECK(resize_attack{0.5}(p.view()) == resize(half.view(), 20, 30));
    // The middle 10 x 16 pixels begin at row 5, column 7.
    image_batch<std::uint8_t> middle(1, 3, 10, 16);
    for (std::size_t c = 0; c < 3; ++c) {
        for (std::size_t h = 0; h < 10; ++h) {
            for (std::size_t w = 0; w < 16; ++w) {
                middle.view().at(0, c, h, w) = p.view().at(0, c, h + 5, w + 7);
            }
        }
    }
    CHECK(crop_attack{0.52}(p.view()) == resize(middle.view(), 20, 30));
    CHECK(crop_attack{1e-9}(p.view()).elements()[0] == p.view().at(0, 0, 9, 14));
}

TEST_CASE("what a caller can get wrong") {
    auto const p = smooth_picture(3, 4, 4);
    CHECK_THROWS_WITH_AS(resize_attack{0.0}(p.view()), "hallmark::resize_attack: share is 0; allowed is more than 0 and at most 1", error);
    CHECK_THROWS_WITH_AS(crop_attack{1.5}(p.view()), "hallmark::crop_attack: share is 1.5; allowed is more than 0 and at most 1", error);
    CHECK_THROWS_WITH_AS(jpeg_attack{0}(p.view()), "hallmark::encode_jpeg: quality is 0; allowed is 1 to 100", error);
    CHECK_THROWS_WITH_AS(jpeg_attack{}(image_batch<std::uint8_t>(0, 3, 4, 4).view()),
                         "hallmark::jpeg_attack: the batch has extents (0, 3, 4, 4), so there is no pixel in it", error);
}
