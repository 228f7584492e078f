#include <hallmark/pattern/colour_stripes.hpp>

#include <doctest/doctest.h>
#include <support/golden.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

using namespace hallmark;

namespace {
auto draws() -> stream { return stream(chacha_key{{1, 2, 3, 4, 5, 6, 7, 8}}); }

// count stripes of the colours 0, 1, 2, ..., 10, 0, 1, ...
auto in_turn(std::size_t count) -> stripes {
    std::vector<std::uint8_t> colours(count);
    for (std::size_t i = 0; i < count; ++i) {
        colours[i] = static_cast<std::uint8_t>(i % 11);
    }
    return stripes(colours);
}

constexpr std::size_t heights[] = {1, 2, 15, 16, 17, 40, 224, 4097};
constexpr std::size_t counts[]  = {1, 3, 16, 4096};
}  // namespace

// The published program leaves rows black where the height is no multiple of 16; here every row has its stripe.
TEST_CASE("every row shows the stripe it lies in") {
    for (auto const height : heights) {
        for (auto const count : counts) {
            auto const  p     = in_turn(count);
            std::size_t shown = 0, before = count;
            for (std::size_t row = 0; row < height; ++row) {
                auto const stripe = static_cast<std::size_t>(std::floor(static_cast<long double>(row) * count / height));
                for (std::size_t c = 0; c < 3; ++c) {
                    REQUIRE(p(c, 3, row, height, 0, 9) == (stripes::palette[stripe % 11][c] << 13) + (128 << 16));
                    REQUIRE(p(c, 3, row, height, 8, 9) == p(c, 3, row, height, 0, 9));
                }
                shown += stripe != before ? 1u : 0u;
                before = stripe;
            }
            CHECK(shown == (height < count ? height : count));  // no stripe is skipped if there are rows enough
            CHECK(before == (height - 1) * count / height);
        }
    }
}

// The last stripe must be reached and not passed: colours_[count] would be read from beyond the end.
TEST_CASE("stripes differ in height by one row at most") {
    for (auto const height : heights) {
        for (auto const count : counts) {
            std::vector<std::size_t>  rows(count, 0);
            std::vector<std::uint8_t> colours(count);
            auto const                p = in_turn(count);
            for (std::size_t row = 0; row < height; ++row) {
                ++rows[row * count / height];
            }
            for (auto const n : rows) {
                CHECK((n == height / count || n == (height + count - 1) / count));
            }
            CHECK(p(0, 3, 0, height, 0, 1) == (stripes::palette[0][0] << 13) + (128 << 16));
        }
    }
}

TEST_CASE("the palette, softened: c/8 + 128 levels") {
    level const expected[11][3] = {{10477568, 10477568, 10477568}, {10477568, 8388608, 8388608},  {8388608, 10477568, 8388608}, {10477568, 10477568, 8388608},
                                   {8388608, 10477568, 8388608},   {10477568, 8388608, 10477568}, {10477568, 9740288, 8388608}, {8388608, 8388608, 8388608},
                                   {9437184, 9437184, 9437184},    {9740288, 8732672, 8732672},   {10477568, 9961472, 10051584}};
    for (std::uint8_t colour = 0; colour < 11; ++colour) {
        for (std::size_t c = 0; c < 3; ++c) {
            CHECK(stripes({colour})(c, 3, 0, 1, 0, 1) == expected[colour][c]);
            CHECK(expected[colour][c] == static_cast<level>((stripes::palette[colour][c] / 8.0 + 128.0) * 65536.0));
        }
    }
}

// Weights that do not add up to 256 would make grey pictures darker than coloured ones.
TEST_CASE("grey is 77, 150 and 29 parts of 256") {
    for (std::uint8_t colour = 0; colour < 11; ++colour) {
        auto const p    = stripes({colour});
        auto const part = [&](std::size_t c) { return std::int64_t{p(c, 3, 0, 1, 0, 1)}; };
        CHECK(p(0, 1, 0, 1, 0, 1) == (77 * part(0) + 150 * part(1) + 29 * part(2)) / 256);
    }
    CHECK(stripes({0})(0, 1, 0, 1, 0, 1) == 10477568);  // white
    CHECK(stripes({7})(0, 1, 0, 1, 0, 1) == 8388608);   // black
    CHECK(stripes({8})(0, 1, 0, 1, 0, 1) == 9437184);   // grey
}

TEST_CASE("draw takes count colours, each one of eleven, in order") {
    auto s     = draws();
    auto again = draws();
    auto p     = colour_stripes{4096}.draw(s);
    REQUIRE(p.colours().size() == 4096);
    std::set<int> seen;
    for (auto const c : p.colours()) {
        REQUIRE(c == uniform_below(again, 11));
        seen.insert(c);
    }
    CHECK(seen.size() == 11);
    CHECK(colour_stripes{}.count == 16);
}

// These sixteen numbers make up a user's pattern: if they change, marks of before cannot be found.
TEST_CASE("golden draw") {
    auto s = draws();
    CHECK(colour_stripes{16}.draw(s).colours() == std::vector<std::uint8_t>{5, 6, 3, 10, 0, 5, 6, 7, 2, 10, 4, 3, 10, 6, 10, 4});
    CHECK(s.tell() == 16);
}

// The published program's rows, where its stripes are whole: sizes that are multiples of 16. Its palette entries are
// recovered from the first row of each stripe, so this compares the softening and the places of the rows.
TEST_CASE("the published stripes") {
    HALLMARK_NEEDS_GOLDEN();
    for (std::string const name : {"16_0", "16_1", "16_2", "32_0", "32_1", "32_2", "64_0", "64_1", "64_2", "224_0", "224_1"}) {
        auto const file = golden::npy("stripes/" + name + "_rows.npy");
        auto const rows = file.as<double>();
        auto const size = file.shape.at(1);
        REQUIRE(rows.size() == 3 * size);
        std::vector<std::uint8_t> colours;
        for (std::size_t stripe = 0; stripe < 16; ++stripe) {
            for (std::uint8_t colour = 0; colour < 11; ++colour) {
                auto const* rgb  = stripes::palette[colour];
                bool        same = true;
                for (std::size_t c = 0; c < 3; ++c) {
                    same = same && std::abs(rows[c * size + stripe * size / 16] * 255.0 - (rgb[c] / 8.0 + 128.0)) < 1e-9;
                }
                if (same) {
                    colours.push_back(colour);
                    break;
                }
            }
        }
        REQUIRE(colours.size() == 16);
        auto const p = stripes(colours);
        for (std::size_t c = 0; c < 3; ++c) {
            for (std::size_t row = 0; row < size; ++row) {
                REQUIRE(std::abs(p(c, 3, row, size, 0, size) / (255.0 * 65536.0) - rows[c * size + row]) < 1e-12);
            }
        }
    }
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(stripes({}), "hallmark::stripes: there are no colours; allowed is 1 or more", error);
    CHECK_THROWS_WITH_AS(stripes({0, 10, 11}), "hallmark::stripes: colour 2 is 11; allowed is 0 to 10", error);
    CHECK_NOTHROW(stripes({0, 10}));
    auto s = draws();
    CHECK_THROWS_WITH_AS(colour_stripes{0}.draw(s), "hallmark::stripes: there are no colours; allowed is 1 or more", error);
}
