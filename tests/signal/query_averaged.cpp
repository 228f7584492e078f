#include <hallmark/signal/confidence.hpp>
#include <hallmark/signal/cross_entropy.hpp>
#include <hallmark/signal/query_averaged.hpp>

#include <doctest/doctest.h>
#include <model/toy.hpp>
#include <support/close.hpp>

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

using namespace hallmark;
using labels = std::vector<std::size_t>;

namespace {
auto numbered(std::size_t n) -> image_batch<float> {
    auto batch = image_batch<float>(n, 3, 3, 2);
    for (std::size_t i = 0; i < batch.elements().size(); ++i) {
        batch.elements()[i] = static_cast<float>(i * 37 % 101) / 128.0f;
    }
    return batch;
}
// Writes the number that it was told into every pixel.
struct told {
    void operator()(tensor_view<float const>, tensor_view<float> out, std::uint64_t first) const noexcept {
        detail::fill_each(out, [&](std::size_t n, std::size_t, std::size_t, std::size_t) { return static_cast<float>(first + n) / 64.0f; });
    }
};
static_assert(query_view<told>);
}  // namespace

// A view that is left out, counted twice, or scored with the wrong picture would still give a plausible mean.
TEST_CASE("the mean over the views, for any batch size") {
    auto const pictures = numbered(7);
    auto const y        = labels{0, 1, 1, 0, 1, 0, 0};
    auto       mirror   = pictures;
    auto       moved    = pictures;
    mirrored{}(pictures.view(), mirror.view(), 0);
    shifted{1, 1}(pictures.view(), moved.view(), 0);
    auto const a = score_samples(toy_model{}, pictures, y, margin{});
    auto const b = score_samples(toy_model{}, mirror, y, margin{});
    auto const c = score_samples(toy_model{}, moved, y, margin{});
    for (std::size_t const size : {1u, 2u, 3u, 7u, 100u}) {
        std::vector<std::size_t> asked;
        auto const               mean = query_averaged(toy_model{&asked}, pictures, y, margin{}, size, 0, as_published{}, mirrored{}, shifted{1, 1});
        REQUIRE(mean.size() == 7);
        for (std::size_t i = 0; i < 7; ++i) {
            CHECK(mean[i] == (a[i] + b[i] + c[i]) / 3.0);
        }
        CHECK(std::accumulate(asked.begin(), asked.end(), std::size_t{0}) == 21);
        CHECK(asked.size() == 3 * ((7 + size - 1) / size));
    }
    CHECK(query_averaged(toy_model{}, pictures, y, neg_cross_entropy{}, 4, 0, as_published{}) == score_samples(toy_model{}, pictures, y, neg_cross_entropy{}));
}

TEST_CASE("larger means member: the sign of the signal stays") {
    auto const sure = image_batch<float>(1, 1, 2, 2, {1.0f, 1.0f, 1.0f, 1.0f});
    auto const not_ = image_batch<float>(1, 1, 2, 2);
    auto const mean = [](image_batch<float> const& p) {
        return query_averaged(toy_model{}, p, labels{0}, neg_cross_entropy{}, 8, 0, as_published{}, mirrored{})[0];
    };
    CHECK(mean(sure) > mean(not_));
}

TEST_CASE("views are told the number of the picture in its set") {
    auto const pictures = numbered(5);
    for (std::size_t const size : {1u, 2u, 5u}) {
        auto const s = query_averaged(toy_model{}, pictures, labels(5, 0), margin{}, size, 10, told{});
        for (std::size_t i = 0; i < 5; ++i) {
            CHECK(s[i] == 2.0 * static_cast<double>(10 + i) / 64.0);
        }
    }
}

TEST_CASE("8-bit pictures are divided by 255") {
    auto bytes  = image_batch<std::uint8_t>(2, 1, 2, 2);
    auto floats = image_batch<float>(2, 1, 2, 2);
    for (std::size_t i = 0; i < 8; ++i) {
        bytes.elements()[i]  = static_cast<std::uint8_t>(i * 31);
        floats.elements()[i] = static_cast<float>(i * 31) / 255.0f;
    }
    auto const y = labels{1, 0};
    CHECK(query_averaged(toy_model{}, bytes, y, margin{}, 2, 0, mirrored{}) == query_averaged(toy_model{}, floats, y, margin{}, 2, 0, mirrored{}));
}

TEST_CASE("what a caller can get wrong") {
    auto pictures = numbered(2);
    CHECK_THROWS_WITH_AS(query_averaged(toy_model{}, pictures, labels{0}, margin{}, 4, 0, mirrored{}),
                         "hallmark::query_averaged: there are 2 pictures and 1 labels", error);
    CHECK_THROWS_WITH_AS(query_averaged(toy_model{}, pictures, labels{0, 1}, margin{}, 0, 0, mirrored{}),
                         "hallmark::query_averaged: batch_size is 0; allowed is 1 or more", error);
    CHECK_THROWS_WITH_AS(query_averaged(toy_model{}, image_batch<float>(), labels{}, margin{}, 4, 0, mirrored{}),
                         "hallmark::query_averaged: the batch has extents (0, 0, 0, 0), so there is no pixel in it", error);
    pictures.elements()[0] = 1.5f;
    CHECK_THROWS_WITH_AS(query_averaged(toy_model{}, pictures, labels{0, 1}, margin{}, 4, 0, mirrored{}),
                         "hallmark::query_averaged: the pixel at sample 0, channel 0, row 0, column 0 is 1.5; allowed is 0 to 1", error);
}
