#include <hallmark/pattern/bands.hpp>
#include <hallmark/pattern/colour_stripes.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <vector>

using namespace hallmark;

namespace {
auto draws() -> stream { return stream(chacha_key{{1, 2, 3, 4, 5, 6, 7, 8}}); }

// Colours that say their own number in red and green.
auto numbered(std::size_t count) -> std::vector<rgb> {
    std::vector<rgb> out(count);
    for (std::size_t i = 0; i < count; ++i) {
        out[i] = {static_cast<std::uint8_t>(i % 256), static_cast<std::uint8_t>(i / 256), 0};
    }
    return out;
}
auto number(bands const& b, std::size_t row, std::size_t height, std::size_t column, std::size_t width) -> std::size_t {
    return static_cast<std::size_t>(b(0, 3, row, height, column, width) >> 16) + 256 * static_cast<std::size_t>(b(1, 3, row, height, column, width) >> 16);
}
constexpr std::size_t extents[] = {1, 2, 7, 16, 33};
constexpr std::size_t counts[]  = {1, 2, 5, 16, 300};
}  // namespace

TEST_CASE("every pixel shows the band it lies in, for every orientation") {
    for (auto const count : counts) {
        auto const down     = bands(numbered(count));
        auto const across   = bands(numbered(count), orientation::vertical);
        auto const diagonal = bands(numbered(count), orientation::diagonal);
        for (auto const h : extents) {
            for (auto const w : extents) {
                for (std::size_t r = 0; r < h; ++r) {
                    for (std::size_t c = 0; c < w; ++c) {
                        REQUIRE(number(down, r, h, c, w) == r * count / h);
                        REQUIRE(number(across, r, h, c, w) == c * count / w);
                        auto const d = number(diagonal, r, h, c, w);
                        REQUIRE(d < count);
                        // d <= (r/h + c/w) count/2 < d + 1, multiplied out
                        REQUIRE(2 * d * h * w <= (r * w + c * h) * count);
                        REQUIRE((r * w + c * h) * count < 2 * (d + 1) * h * w);
                    }
                }
            }
        }
    }
}

// Row and column exchanged would look right on square pictures.
TEST_CASE("a vertical band is a horizontal one of the picture on its side, a diagonal one is both") {
    auto const down     = bands(numbered(9));
    auto const across   = bands(numbered(9), orientation::vertical);
    auto const diagonal = bands(numbered(9), orientation::diagonal);
    for (std::size_t r = 0; r < 20; ++r) {
        for (std::size_t c = 0; c < 31; ++c) {
            CHECK(number(across, r, 20, c, 31) == number(down, c, 31, r, 20));
            CHECK(number(diagonal, r, 20, c, 31) == number(diagonal, c, 31, r, 20));
        }
    }
}

TEST_CASE("with the published palette and softening it is stripes") {
    auto       first = draws(), second = draws();
    auto const a = colour_stripes{16}.draw(first);
    auto const b = colour_bands{}.draw(second);
    for (std::size_t channels : {1u, 3u}) {
        for (std::size_t r = 0; r < 41; ++r) {
            for (std::size_t c = 0; c < channels; ++c) {
                CHECK(a(c, channels, r, 41, 2, 5) == b(c, channels, r, 41, 2, 5));
            }
        }
    }
    CHECK(first.tell() == second.tell());
}

TEST_CASE("draw takes count colours of the palette, in order") {
    auto       s = draws(), again = draws();
    auto const source = colour_bands{.count = 1000, .palette = numbered(5), .lie = orientation::diagonal, .soft = {}};
    for (auto const c : source.draw(s).colours()) {
        REQUIRE(c == numbered(5)[uniform_below(again, 5)]);
    }
    CHECK(s.tell() == again.tell());
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(bands({}), "hallmark::bands: there are 0 colours; allowed is 1 to 65536", error);
    CHECK_THROWS_WITH_AS(bands(std::vector<rgb>(65537)), "hallmark::bands: there are 65537 colours; allowed is 1 to 65536", error);
    CHECK_NOTHROW(bands(std::vector<rgb>(65536)));
    CHECK_THROWS_WITH_AS(bands({{1, 2, 3}}, static_cast<orientation>(3)),
                         "hallmark::bands: orientation is number 3; allowed is horizontal, vertical or diagonal", error);
    auto s = draws();
    CHECK_THROWS_WITH_AS(colour_bands{.count = 0}.draw(s), "hallmark::colour_bands: count is 0; allowed is 1 to 65536", error);
    CHECK_THROWS_WITH_AS(colour_bands{.count = 65537}.draw(s), "hallmark::colour_bands: count is 65537; allowed is 1 to 65536", error);
    CHECK_THROWS_WITH_AS((colour_bands{.count = 1, .palette = {}}.draw(s)), "hallmark::colour_bands: the palette is empty; allowed is 1 colour or more", error);
    CHECK(s.tell() == 0);
}
