#include <hallmark/pattern/checkerboard.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <vector>

using namespace hallmark;

namespace {
auto draws() -> stream { return stream(chacha_key{{1, 2, 3, 4, 5, 6, 7, 8}}); }
}  // namespace

TEST_CASE("two colours in turn, from the top left corner") {
    auto const b = checkerboard(3, 5, rgb{200, 0, 0}, rgb{0, 0, 100});
    for (std::size_t r = 0; r < 31; ++r) {
        for (std::size_t c = 0; c < 17; ++c) {
            auto const first = (r * 3 / 31 + c * 5 / 17) % 2 == 0;
            CHECK(b(0, 3, r, 31, c, 17) == (first ? 200 << 16 : 0));
            CHECK(b(1, 3, r, 31, c, 17) == 0);
            CHECK(b(2, 3, r, 31, c, 17) == (first ? 0 : 100 << 16));
            CHECK(b(0, 1, r, 31, c, 17) == (first ? 77 * (200 << 8) : 29 * (100 << 8)));
        }
    }
}

// With rows and columns exchanged, a board that is not square would show fields twice and others never.
TEST_CASE("each field is shown where it lies") {
    std::vector<rgb> fields(6);
    for (std::size_t i = 0; i < 6; ++i) {
        fields[i].red = static_cast<std::uint8_t>(i);
    }
    auto const b = checkerboard(2, 3, fields, {0.5, 10});
    for (std::size_t r = 0; r < 9; ++r) {
        for (std::size_t c = 0; c < 10; ++c) {
            CHECK(b(0, 3, r, 9, c, 10) == static_cast<level>((r * 2 / 9 * 3 + c * 3 / 10) << 15) + (10 << 16));
        }
    }
    CHECK(b(0, 3, 0, 1, 0, 1) == 10 << 16);  // a picture of one pixel shows the first field
}

TEST_CASE("draw takes one colour for each field, row by row") {
    auto       s = draws(), again = draws();
    auto const b = colour_boards{.rows = 7, .columns = 3}.draw(s);
    REQUIRE(b.fields().size() == 21);
    for (auto const& f : b.fields()) {
        CHECK(f == published_palette()[uniform_below(again, 11)]);
    }
    CHECK(s.tell() == again.tell());
    CHECK(b(0, 3, 0, 7, 0, 3) == (b.fields()[0].red << 13) + (128 << 16));
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(checkerboard(0, 2, {}), "hallmark::checkerboard: the board has 0 x 2 fields; allowed is 1 to 4096 rows and columns", error);
    CHECK_THROWS_WITH_AS(checkerboard(2, 4097, rgb{}, rgb{}), "hallmark::checkerboard: the board has 2 x 4097 fields; allowed is 1 to 4096 rows and columns",
                         error);
    CHECK_THROWS_WITH_AS(checkerboard(2, 2, std::vector<rgb>(3)), "hallmark::checkerboard: 3 colours were given for 2 x 2 fields", error);
    auto s = draws();
    CHECK_THROWS_WITH_AS((colour_boards{.rows = 4097}.draw(s)), "hallmark::colour_boards: the board has 4097 x 8 fields; allowed is 1 to 4096 rows and columns",
                         error);
    CHECK_THROWS_WITH_AS((colour_boards{.palette = {}}.draw(s)), "hallmark::colour_boards: the palette is empty; allowed is 1 colour or more", error);
    CHECK(s.tell() == 0);
}
