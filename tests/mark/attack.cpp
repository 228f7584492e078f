#include <hallmark/mark/attack.hpp>

#include <doctest/doctest.h>
#include <mark/quality_pictures.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

using namespace hallmark;

namespace {
// Four places of each channel of a picture of 5 x 6 pixels: a corner, two inside, the other corner.
auto probe(image_batch<std::uint8_t> const& p) -> std::vector<int> {
    std::vector<int> out;
    for (std::size_t c = 0; c < 3; ++c) {
        for (std::size_t i : {0u, 7u, 13u, 29u}) {
            out.push_back(p.elements()[c * 30 + i]);
        }
    }
    return out;
}
}  // namespace

// By NumPy 1.24.2: windows over numpy.pad(x, r, 'edge'), the Gaussian as one window of two dimensions; rounded by floor(v + 0.5).
TEST_CASE("pictures of another program") {
    auto const p = noisy_picture(3, 5, 6, 7);
    CHECK(probe(blur_attack{1.5}(p.view())) == std::vector<int>{108, 126, 128, 123, 112, 118, 126, 74, 157, 150, 153, 114});
    CHECK(probe(median_attack{}(p.view())) == std::vector<int>{61, 115, 115, 116, 116, 116, 131, 45, 177, 163, 163, 84});
    CHECK(probe(colour_attack{0.3}(p.view())) == std::vector<int>{34, 0, 177, 179, 155, 255, 255, 0, 255, 120, 255, 108});
    CHECK(probe(colour_attack{-0.4}(p.view())) == std::vector<int>{58, 55, 85, 61, 70, 103, 95, 36, 83, 75, 108, 54});
}

TEST_CASE("what changes nothing") {
    auto const p = noisy_picture(3, 9, 8, 2);
    CHECK(noise_attack{0.0}(p.view()) == p);
    CHECK(colour_attack{0.0}(p.view()) == p);
    CHECK(palette_attack{256}(p.view()) == p);
    CHECK(blur_attack{0.05}(p.view()) == p);
    image_batch<std::uint8_t> const flat(2, 1, 4, 4, std::vector<std::uint8_t>(32, 77));
    CHECK(median_attack{}(flat.view()) == flat);
    CHECK(blur_attack{3.0}(flat.view()) == flat);
    CHECK(colour_attack{-1.0}(noisy_picture(1, 3, 3, 1).view()) == image_batch<std::uint8_t>(1, 1, 3, 3));
}

TEST_CASE("a palette of equal steps") {
    image_batch<std::uint8_t> p(1, 1, 1, 6, {0, 63, 64, 128, 191, 255});
    CHECK(palette_attack{2}(p.view()).elements()[3] == 255);
    CHECK(palette_attack{2}(p.view()).elements()[2] == 0);
    std::vector<int> four;
    for (auto v : palette_attack{4}(p.view()).elements()) {
        four.push_back(v);
    }
    CHECK(four == std::vector<int>{0, 85, 85, 170, 170, 255});
}

// Twelve uniform draws have a variance of one; the key decides which noise it is. Bands of five deviations of the estimates.
TEST_CASE("noise has its deviation, no mean, and a key") {
    image_batch<std::uint8_t> const grey(1, 1, 100, 100, std::vector<std::uint8_t>(10000, 128));
    auto const                      a   = noise_attack{10.0}(grey.view());
    double                          sum = 0.0, squares = 0.0;
    for (auto v : a.elements()) {
        sum += v - 128.0, squares += (v - 128.0) * (v - 128.0);
    }
    CHECK(std::abs(sum / 10000.0) < 0.5);
    CHECK(std::abs(std::sqrt(squares / 10000.0) - 10.0) < 0.4);
    CHECK(noise_attack{10.0}(grey.view()) == a);
    CHECK(noise_attack{10.0, {{1}}}(grey.view()) != a);
}

TEST_CASE("what a caller can get wrong") {
    auto const p   = noisy_picture(1, 4, 4, 1);
    auto const nan = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH_AS(blur_attack{0.0}(p.view()), "hallmark::blur_attack: sigma is 0 pixels; allowed is more than 0 and at most 100", error);
    CHECK_THROWS_WITH_AS(blur_attack{nan}(p.view()), "hallmark::blur_attack: sigma is nan pixels; allowed is more than 0 and at most 100", error);
    CHECK_THROWS_WITH_AS(noise_attack{256.0}(p.view()), "hallmark::noise_attack: sigma is 256 levels; allowed is 0 to 255", error);
    CHECK_THROWS_WITH_AS(colour_attack{-1.5}(p.view()), "hallmark::colour_attack: amount is -1.5; allowed is -1 to 10", error);
    CHECK_THROWS_WITH_AS(palette_attack{1}(p.view()), "hallmark::palette_attack: levels is 1; allowed is 2 to 256", error);
    CHECK_THROWS_WITH_AS(median_attack{}(image_batch<std::uint8_t>(1, 2, 4, 4).view()),
                         "hallmark::median_attack: the batch has 2 channels; allowed is 1 (grey) or 3 (colour). Extents are (sample, channel, row, column)",
                         error);
}
