#include <hallmark/core/image_batch.hpp>
#include <hallmark/io/resize.hpp>
#include <hallmark/pattern/picture.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

using namespace hallmark;

namespace {
auto draws() -> stream { return stream(chacha_key{{1, 2, 3, 4, 5, 6, 7, 8}}); }

auto pictures(std::size_t n, std::size_t c, std::size_t h, std::size_t w) -> image_batch<std::uint8_t> {
    auto          out   = image_batch<std::uint8_t>(n, c, h, w);
    std::uint32_t state = 99;
    for (auto& e : out.elements()) {
        state = state * 1664525u + 1013904223u;
        e     = static_cast<std::uint8_t>(state >> 24);
    }
    return out;
}
constexpr std::size_t extents[] = {1, 2, 5, 8, 13, 40};
}  // namespace

TEST_CASE("at its own size a picture is itself, through any strides") {
    auto const batch = pictures(2, 3, 7, 5);
    auto const p     = picture_pattern(batch.view(), 1);
    auto const v     = batch.view();
    auto const back  = tensor_view<std::uint8_t const>{v.data + 4, {2, 3, 7, 5}, {105, 35, 5, -1}};
    auto const q     = picture_pattern(back, 1);
    for (std::size_t c = 0; c < 3; ++c) {
        for (std::size_t h = 0; h < 7; ++h) {
            for (std::size_t w = 0; w < 5; ++w) {
                REQUIRE(p(c, 3, h, 7, w, 5) == level{v.at(1, c, h, w)} << 16);
                REQUIRE(q(c, 3, h, 7, 4 - w, 5) == level{v.at(1, c, h, w)} << 16);
            }
        }
    }
}

// resize rounds to whole levels, and its weights differently: where a picture grows they are the same interpolation.
TEST_CASE("grown, it is what resize makes, to less than one level") {
    for (auto const from : extents) {
        for (auto const to : extents) {
            if (to < from) {
                continue;
            }
            auto const batch = pictures(1, 1, from, 6);
            auto const grown = resize(batch.view(), to, 17);
            auto const p     = picture_pattern(batch.view());
            for (std::size_t h = 0; h < to; ++h) {
                for (std::size_t w = 0; w < 17; ++w) {
                    REQUIRE(std::abs(p(0, 1, h, to, w, 17) - (level{grown.view().at(0, 0, h, w)} << 16)) < (1 << 16) * 3 / 4);
                }
            }
        }
    }
}

// The formula itself, in long double: centres on centres, edges as they are.
TEST_CASE("every size, against the real interpolation") {
    auto const batch = pictures(1, 1, 9, 12);
    auto const v     = batch.view();
    auto const p     = picture_pattern(v);
    auto const place = [](std::size_t i, std::size_t to, std::size_t from) {
        auto const at   = (static_cast<long double>(i) + 0.5L) * static_cast<long double>(from) / static_cast<long double>(to) - 0.5L;
        auto const most = static_cast<long double>(from - 1);
        return at < 0 ? 0.0L : (at > most ? most : at);
    };
    for (auto const height : extents) {
        for (auto const width : extents) {
            for (std::size_t h = 0; h < height; ++h) {
                for (std::size_t w = 0; w < width; ++w) {
                    auto const y = place(h, height, 9), x = place(w, width, 12);
                    auto const r = static_cast<std::size_t>(y), c = static_cast<std::size_t>(x);
                    auto const r2 = r + 1 < 9 ? r + 1 : r, c2 = c + 1 < 12 ? c + 1 : c;
                    auto const fy = y - static_cast<long double>(r), fx = x - static_cast<long double>(c);
                    auto const exact =
                        (1 - fy) * ((1 - fx) * v.at(0, 0, r, c) + fx * v.at(0, 0, r, c2)) + fy * ((1 - fx) * v.at(0, 0, r2, c) + fx * v.at(0, 0, r2, c2));
                    auto const got = static_cast<long double>(p(0, 1, h, height, w, width)) / 65536.0L;
                    REQUIRE(got - exact < 0.01L);
                    REQUIRE(exact - got < 0.01L);
                }
            }
        }
    }
}

TEST_CASE("grey in three channels, colour in one") {
    auto const grey   = pictures(1, 1, 4, 4);
    auto const colour = pictures(1, 3, 4, 4);
    auto const g      = picture_pattern(grey.view());
    auto const c      = picture_pattern(colour.view());
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK(g(2, 3, i, 4, 1, 4) == g(0, 1, i, 4, 1, 4));
        CHECK(c(0, 1, i, 4, 1, 4) == grey_of(c(0, 3, i, 4, 1, 4), c(1, 3, i, 4, 1, 4), c(2, 3, i, 4, 1, 4)));
    }
}

TEST_CASE("the largest extents do not overflow") {
    auto const batch = image_batch<std::uint8_t>(1, 1, 1, 65535, std::vector<std::uint8_t>(65535, 255));
    auto const p     = picture_pattern(batch.view());
    CHECK(p(0, 1, 65534, 65535, 65534, 65535) == level_white);
    CHECK(p(0, 1, 0, 65535, 0, 65535) == level_white);
}

TEST_CASE("draw takes one of the pictures") {
    auto const batch  = pictures(5, 1, 2, 2);
    auto const source = picture_patterns(batch.view());
    CHECK(source.size() == 5);
    auto s = draws(), again = draws();
    for (int i = 0; i < 50; ++i) {
        auto const which = uniform_below(again, 5);
        CHECK(source.draw(s)(0, 1, 1, 2, 0, 2) == level{batch.view().at(which, 0, 1, 0)} << 16);
    }
}

TEST_CASE("what a caller can get wrong") {
    auto const batch = pictures(2, 1, 2, 2);
    CHECK_THROWS_WITH_AS(picture_pattern(batch.view(), 2), "hallmark::picture_pattern: picture 2 was asked for in a batch of 2", error);
    CHECK_THROWS_WITH_AS(picture_pattern(pictures(1, 2, 3, 4).view()),
                         "hallmark::picture_pattern: the batch has 2 channels; allowed is 1 (grey) or 3 (colour). Extents are (sample, channel, row, column)",
                         error);
    CHECK_THROWS_WITH_AS(picture_patterns(pictures(0, 1, 2, 2).view()),
                         "hallmark::picture_patterns: the batch has extents (0, 1, 2, 2), so there is no pixel in it", error);
    CHECK_THROWS_WITH_AS(picture_pattern(image_batch<std::uint8_t>(1, 1, 1, 65536).view()),
                         "hallmark::picture_pattern: the picture has 1 x 65536 pixels; allowed are extents of 1 to 65535", error);
}
