#include <hallmark/core/image_batch.hpp>
#include <hallmark/mark/stealth.hpp>

#include <doctest/doctest.h>
#include <mark/quality_pictures.hpp>
#include <support/close.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

using namespace hallmark;

namespace {
using pictures = image_batch<std::uint8_t>;

/// Scenes that differ: smooth, each with a slope of its own, black in one corner and white in another.
auto scenes(std::size_t count) -> pictures {
    pictures out(count, 3, 32, 32);
    for (std::size_t n = 0; n < count; ++n) {
        for (std::size_t c = 0; c < 3; ++c) {
            for (std::size_t h = 0; h < 32; ++h) {
                for (std::size_t w = 0; w < 32; ++w) {
                    out.view().at(n, c, h, w) = static_cast<std::uint8_t>((h * (n + 1) * (n + 3) / 2 + w * (2 * n * n + 3) / 3 + h * w * n / 16) % 256);
                }
            }
        }
        out.view().at(n, 0, 0, 0) = 0;
        out.view().at(n, 0, 1, 1) = 255;
    }
    return out;
}
}  // namespace

TEST_CASE("the range that a picture leaves unused") {
    pictures p(1, 1, 1, 3, {51, 100, 204});
    CHECK(close(unused_range(p.view()), 1.0 - 153.0 / 255.0, 1e-15));
    CHECK(unused_range(pictures(1, 1, 1, 2, {0, 255}).view()) == 0.0);
    CHECK(unused_range(pictures(1, 3, 2, 2).view()) == 1.0);
}

// A chessboard of single pixels is mostly the highest frequency: of sixteen coefficients with odd u and v, the share above the diagonal, by NumPy 1.24.2
// with the transform as two matrix products. A slope is all in the lowest ones.
TEST_CASE("where the energy of a picture lies") {
    pictures board(1, 1, 16, 16), slope(1, 1, 16, 16);
    for (std::size_t i = 0; i < 256; ++i) {
        board.elements()[i] = (i / 16 + i % 16) % 2 == 0 ? 20 : 200;
        slope.elements()[i] = static_cast<std::uint8_t>(i % 16 * 10);
    }
    CHECK(close(upper_spectrum(board.view()), 0.9873863555695038, 1e-12));
    CHECK(upper_spectrum(slope.view()) < 1e-12);
    CHECK(upper_spectrum(pictures(1, 3, 16, 16).view()) == 0.0);
    CHECK(upper_spectrum(pictures(1, 3, 7, 16).view()) == 0.0);
    CHECK(close(upper_spectrum(noisy_picture(3, 64, 64, 1).view()), 28.0 / 63.0, 0.1));  // white noise: 28 of 63 frequencies
}

// What is published leaves no black and no white: a range check spots it every time, and says nothing where nothing was done.
TEST_CASE("detectors on marked and unmarked pictures") {
    auto const originals = scenes(8);
    auto const same      = stealth(originals.view(), originals.view());
    CHECK(same.range == 0.5);
    CHECK(same.spectrum == 0.5);
    CHECK(same.neighbour == 0.5);
    CHECK(same.found == 1.0);

    auto narrow = originals, rough = originals, alike = originals;
    for (auto& e : narrow.elements()) {
        e = static_cast<std::uint8_t>(40 + e * 7 / 10);
    }
    CHECK(stealth(originals.view(), narrow.view()).range == 1.0);
    for (std::size_t i = 0; i < rough.elements().size(); ++i) {
        rough.elements()[i] = static_cast<std::uint8_t>(std::clamp(rough.elements()[i] + ((i / 32 + i) % 2 == 0 ? 20 : -20), 0, 255));
    }
    CHECK(stealth(originals.view(), rough.view()).spectrum > 0.6);
    CHECK(stealth(rough.view(), originals.view()).spectrum < 0.4);
    for (std::size_t i = 0; i < alike.elements().size(); ++i) {
        alike.elements()[i] = static_cast<std::uint8_t>(alike.elements()[i] / 100 + (i % 32) * (i % 1024 / 32) / 5);
    }
    auto const r = stealth(originals.view(), alike.view());
    CHECK(r.neighbour > 0.7);
    CHECK(r.found < 1.0);
}

TEST_CASE("what a caller can get wrong") {
    pictures const one(1, 3, 4, 4), two(2, 3, 4, 4), other(2, 3, 4, 5);
    CHECK_THROWS_WITH_AS(stealth(one.view(), one.view()), "hallmark::stealth: there is 1 picture; allowed are 2 or more", error);
    CHECK_THROWS_WITH_AS(stealth(two.view(), other.view()), "hallmark::stealth: the pictures have extents (2, 3, 4, 4) and (2, 3, 4, 5)", error);
    CHECK_THROWS_WITH_AS(unused_range(pictures(1, 3, 0, 4).view()), "hallmark::unused_range: the batch has extents (1, 3, 0, 4), so there is no pixel in it",
                         error);
    CHECK_THROWS_WITH_AS(upper_spectrum(pictures(1, 3, 0, 4).view()),
                         "hallmark::upper_spectrum: the batch has extents (1, 3, 0, 4), so there is no pixel in it", error);
}
