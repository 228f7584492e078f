#include <hallmark/core/image_batch.hpp>
#include <hallmark/mark/quality.hpp>

#include <doctest/doctest.h>
#include <mark/quality_pictures.hpp>
#include <support/close.hpp>

#include <cmath>
#include <cstdint>

using namespace hallmark;

// By NumPy 1.24.2: 10 log10(255**2 / mean((a - b)**2)); SSIM with a two-dimensional window, numpy.outer(g, g) / its sum, over
// sliding_window_view(x, (11, 11)), per channel, averaged. The marked picture is at most 8 levels off.
TEST_CASE("numbers of another program") {
    auto const a = smooth_picture(3, 23, 31), b = marked_picture(3, 23, 31);
    CHECK(close(psnr(a.view(), b.view()), 34.818381554462086, 1e-14));
    CHECK(close(ssim(a.view(), b.view()), 0.9140933090864852, 1e-12));
    CHECK(largest_difference(a.view(), b.view()) == 8);
    auto const q = compare(a.view(), b.view());
    CHECK(q.psnr == psnr(a.view(), b.view()));
    CHECK(q.ssim == ssim(a.view(), b.view()));
    CHECK(q.largest_difference == 8);
    CHECK(close(q.clipped, 0.0023375409069658717, 1e-14));
    CHECK(q.least[0] == 20);
    CHECK(q.least[1] == 15);
    CHECK(q.greatest[0] == 255);
    CHECK(q.greatest[1] == 255);
    CHECK(!q.range_alarm);
    CHECK(q.phash == hash_distance(0x802b552f5725527fu, 0x883b44337b5f113bu));
    CHECK(q.dhash == 0);
}

TEST_CASE("a picture compared with itself") {
    auto const a = noisy_picture(1, 11, 11, 1);
    auto const q = compare(a.view(), a.view());
    CHECK(std::isinf(q.psnr));
    CHECK(close(q.ssim, 1.0, 1e-14));
    CHECK(q.largest_difference == 0);
    CHECK(q.clipped == 0.0);
    CHECK(q.phash + q.dhash == 0);
}

// The published blend leaves no value below 38 or above 232 of 255: 76 % of the range.
TEST_CASE("the range alarm rings below nine tenths of the original's range") {
    image_batch<std::uint8_t> a(1, 1, 11, 11), b(1, 1, 11, 11);
    a.elements()[0] = 100;
    b.elements()[0] = 90;
    CHECK(!compare(a.view(), b.view()).range_alarm);
    b.elements()[0] = 89;
    CHECK(compare(a.view(), b.view()).range_alarm);
    CHECK(!compare(b.view(), a.view()).range_alarm);
    // A value that was black stays out of the clipped share, one that becomes black is in it.
    CHECK(compare(a.view(), b.view()).clipped == 0.0);
    a.elements()[1] = 3;
    CHECK(compare(a.view(), b.view()).clipped == 1.0 / 121.0);
    b.elements()[2] = 255;
    CHECK(compare(a.view(), b.view()).clipped == 2.0 / 121.0);
}

TEST_CASE("what a caller can get wrong") {
    image_batch<std::uint8_t> const a(1, 1, 12, 12), b(1, 1, 12, 13), small(1, 1, 10, 12), two(2, 1, 12, 12), none(0, 1, 12, 12);
    CHECK_THROWS_WITH_AS(psnr(a.view(), b.view()), "hallmark::psnr: the pictures have extents (1, 1, 12, 12) and (1, 1, 12, 13)", error);
    CHECK_THROWS_WITH_AS(largest_difference(a.view(), b.view()), "hallmark::largest_difference: the pictures have extents (1, 1, 12, 12) and (1, 1, 12, 13)",
                         error);
    CHECK_THROWS_WITH_AS(ssim(a.view(), b.view()), "hallmark::ssim: the pictures have extents (1, 1, 12, 12) and (1, 1, 12, 13)", error);
    CHECK_THROWS_WITH_AS(ssim(small.view(), small.view()), "hallmark::ssim: the pictures have 10 x 12 pixels; allowed are 11 or more each way, for the window",
                         error);
    CHECK_THROWS_WITH_AS(compare(two.view(), two.view()), "hallmark::compare: there are 2 pictures on each side; allowed is 1", error);
    CHECK_THROWS_WITH_AS(psnr(none.view(), none.view()), "hallmark::psnr: the batch has extents (0, 1, 12, 12), so there is no pixel in it", error);
}
