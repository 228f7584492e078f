#include <hallmark/parity/seed.hpp>
#include <hallmark/parity/stripes.hpp>

#include <doctest/doctest.h>
#include <support/golden.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

using namespace hallmark;

namespace {
std::array<std::uint8_t, 16> const colours = {6, 1, 2, 3, 4, 5, 0, 7, 8, 9, 10, 0, 1, 2, 3, 4};
}

// The fault that is kept: stripes are floor(width / 16) rows high, whatever the height.
TEST_CASE("stripes take their height from the width") {
    parity_stripes const s(colours);
    CHECK(s.colours() == colours);
    struct row {
        std::size_t  row, width;
        std::uint8_t colour;
    };
    for (row const r :
         {row{0, 32, 6}, row{1, 32, 6}, row{2, 32, 1}, row{31, 32, 4}, row{32, 32, parity_stripes::none}, row{1000, 32, parity_stripes::none}, row{31, 47, 4},
          row{32, 47, parity_stripes::none}, row{0, 15, parity_stripes::none}, row{15, 16, 4}, row{13, 224, 6}, row{14, 224, 1}}) {
        CAPTURE(r.row);
        CAPTURE(r.width);
        CHECK(s.colour_at(r.row, r.width) == r.colour);
    }
    CHECK(s(0, 0, 32) == (255.0 / 8.0 + 128.0) / 255.0);  // orange
    CHECK(s(1, 0, 32) == (165.0 / 8.0 + 128.0) / 255.0);
    CHECK(s(2, 0, 32) == 128.0 / 255.0);
    CHECK(s(2, 32, 32) == 0.0);
}

TEST_CASE("sixteen draws below eleven") {
    std::uint32_t const  seed[] = {1, 2, 3, 4};
    numpy_stream         draws(seed);
    parity_stripes const s{numpy_stream(seed)};
    for (auto const c : s.colours()) {
        CHECK(c == draws.randint(0, 11));
    }
}

TEST_CASE("what a caller can get wrong") {
    auto bad = colours;
    bad[3]   = 11;
    CHECK_THROWS_WITH_AS(parity_stripes{bad}, "hallmark::parity_stripes: colour 3 is 11; allowed is 0 to 10", error);
}

TEST_CASE("the published stripes") {
    HALLMARK_NEEDS_GOLDEN();
    std::size_t compared = 0;
    for (auto const& row : golden::csv("stripes/index.csv")) {
        auto const                tag  = row.at("tag");
        auto const                size = static_cast<std::size_t>(std::stoul(row.at("size")));
        image_batch<std::uint8_t> seed(1, 3, size, size);
        if (row.at("a1").empty()) {
            auto const pixels = golden::values<std::uint8_t>(tag + "_seed_u8.npy");
            seed              = image_batch<std::uint8_t>(1, 3, size, size, pixels);
        } else {  // too large for a file: given by a formula
            auto const at = [&](char const* name) { return std::stoul(row.at(name)); };
            for (std::size_t c = 0; c < 3; ++c) {
                for (std::size_t h = 0; h < size; ++h) {
                    for (std::size_t w = 0; w < size; ++w) {
                        seed.view().at(0, c, h, w) = static_cast<std::uint8_t>(at("a1") * h + at("a2") * w + at("a3") * c + 17 * at("rep"));
                    }
                }
            }
        }
        parity_stripes const s(parity_stream(parity_pixels(seed.view()).view(), parity_order::channel_last));
        auto const           expected = golden::values<double>(tag + "_rows.npy");
        std::size_t          wrong    = 0;
        for (std::size_t c = 0; c < 3; ++c) {
            for (std::size_t h = 0; h < size; ++h) {
                wrong += s(c, h, size) != expected[c * size + h] ? 1u : 0u;
            }
        }
        CAPTURE(tag);
        CHECK(wrong == 0);
        ++compared;
    }
    CHECK(compared == 14);
}
