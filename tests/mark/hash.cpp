#include <hallmark/core/image_batch.hpp>
#include <hallmark/mark/hash.hpp>

#include <doctest/doctest.h>
#include <mark/quality_pictures.hpp>

#include <cstddef>
#include <cstdint>

using namespace hallmark;

// Computed by NumPy 1.24.2: each pixel repeated until all cells hold whole pixels, then summed; the cosine transform as two matrix products; numpy.median.
TEST_CASE("hashes of another program") {
    CHECK(difference_hash(noisy_picture(3, 40, 27, 9).view()) == 0x527a48869552566au);
    CHECK(perceptual_hash(noisy_picture(3, 40, 27, 9).view()) == 0x95328fa95656d1c3u);
    CHECK(difference_hash(noisy_picture(1, 9, 70, 3).view()) == 0x2db598cdc9d11343u);
    CHECK(perceptual_hash(noisy_picture(1, 9, 70, 3).view()) == 0xea926c6c76b34295u);
    CHECK(perceptual_hash(smooth_picture(3, 23, 31).view()) == 0x802b552f5725527fu);
    CHECK(perceptual_hash(marked_picture(3, 23, 31).view()) == 0x883b44337b5f113bu);
}

// What the hashes are for: pictures of one scene are close, others are not.
TEST_CASE("brightness stays, another picture does not") {
    image_batch<std::uint8_t> light(1, 1, 64, 64), dark(1, 1, 64, 64);
    for (std::size_t i = 0; i < 64 * 64; ++i) {
        auto const v        = (i * 37 / 64 + (i % 64) * (i % 64)) % 200;
        light.elements()[i] = static_cast<std::uint8_t>(v + 50);
        dark.elements()[i]  = static_cast<std::uint8_t>(v);
    }
    CHECK(hash_distance(difference_hash(light.view()), difference_hash(dark.view())) == 0);
    CHECK(hash_distance(perceptual_hash(light.view()), perceptual_hash(dark.view())) <= 1);
    CHECK(hash_distance(perceptual_hash(light.view()), perceptual_hash(noisy_picture(1, 64, 64, 2).view())) > 15);
    CHECK(hash_distance(0, 0x8000000000000001u) == 2);
}

TEST_CASE("what a caller can get wrong") {
    image_batch<std::uint8_t> const none(1, 3, 0, 4);
    CHECK_THROWS_WITH_AS(difference_hash(none.view()), "hallmark::difference_hash: the batch has extents (1, 3, 0, 4), so there is no pixel in it", error);
    CHECK_THROWS_WITH_AS(perceptual_hash(none.view()), "hallmark::perceptual_hash: the batch has extents (1, 3, 0, 4), so there is no pixel in it", error);
}
