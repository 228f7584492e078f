#include <hallmark/signal/batched.hpp>
#include <hallmark/model/counted.hpp>
#include <hallmark/signal/cross_entropy.hpp>

#include <doctest/doctest.h>
#include <model/toy.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

using namespace hallmark;
using labels = std::vector<std::size_t>;

namespace {
auto numbered(std::size_t n) -> image_batch<float> {
    auto batch = image_batch<float>(n, 3, 2, 2);
    for (std::size_t i = 0; i < batch.elements().size(); ++i) {
        batch.elements()[i] = static_cast<float>(i * 37 % 101) / 128.0f;
    }
    return batch;
}
auto alternating(std::size_t n) -> labels {
    labels out(n);
    for (std::size_t i = 0; i < n; ++i) {
        out[i] = i % 3 == 0 ? 1 : 0;
    }
    return out;
}
}  // namespace

// Pictures that swap places, or a last batch that is forgotten, would give every set a wrong score.
TEST_CASE("any batch size gives the same scores, in the order of the pictures") {
    auto const          pictures = numbered(23);
    auto const          y        = alternating(23);
    std::vector<double> expected;
    for (std::size_t n = 0; n < 23; ++n) {
        auto const one = toy_model{}(pictures.view().slice(n, 1));
        expected.push_back(neg_cross_entropy{}(logit_row<double>{one.elements().data(), 2, 1}, y[n]));
    }
    for (std::size_t const size : {1u, 2u, 7u, 22u, 23u, 24u, 256u}) {
        std::vector<std::size_t> sizes;
        CHECK(score_samples(toy_model{&sizes}, pictures, y, neg_cross_entropy{}, size) == expected);
        CHECK(std::accumulate(sizes.begin(), sizes.end(), std::size_t{0}) == 23);  // nobody is asked about twice
        CHECK(sizes.size() == (23 + size - 1) / size);                             // and every batch but the last is full
    }
    CHECK(score_samples(toy_model{}, pictures, y, neg_cross_entropy{}) == expected);
}

TEST_CASE("pushes of any size fill the same batches") {
    auto const pictures = numbered(10);
    auto const y        = alternating(10);
    auto const expected = score_samples(toy_model{}, pictures, y, logit_scaled{});
    for (std::size_t const step : {1u, 3u, 4u, 9u, 10u}) {
        std::vector<std::size_t> sizes;
        auto                     m      = toy_model{&sizes};
        auto                     scorer = batched_scorer(m, logit_scaled{}, 4);
        for (std::size_t first = 0; first < 10; first += step) {
            auto const count = first + step < 10 ? step : 10 - first;
            scorer.push(pictures.view().slice(first, count), std::span(y).subspan(first, count));
        }
        CHECK(sizes == std::vector<std::size_t>{4, 4});
        CHECK(scorer.take() == expected);
        CHECK(sizes == std::vector<std::size_t>{4, 4, 2});
        CHECK(scorer.take().empty());
        scorer.push(pictures.view(), std::span(y));
        CHECK(scorer.take() == expected);  // it can be used again
    }
}

TEST_CASE("8-bit pictures are divided by 255, whatever their strides") {
    auto bytes  = image_batch<std::uint8_t>(3, 1, 4, 4);
    auto floats = image_batch<float>(3, 1, 4, 4);
    for (std::size_t i = 0; i < 48; ++i) {
        bytes.elements()[i]  = static_cast<std::uint8_t>(i * 83);
        floats.elements()[i] = static_cast<float>(static_cast<std::uint8_t>(i * 83)) / 255.0f;
    }
    auto const y = alternating(3);
    CHECK(score_samples(toy_model{}, bytes, y, neg_cross_entropy{}) == score_samples(toy_model{}, floats, y, neg_cross_entropy{}));
    auto flipped      = bytes.view();
    flipped.data      = bytes.view().row(2, 0, 0);
    flipped.stride[0] = -flipped.stride[0];
    auto const scores = score_samples(toy_model{}, bytes, labels{0, 0, 0}, neg_cross_entropy{});
    CHECK(score_samples(toy_model{}, flipped, labels{0, 0, 0}, neg_cross_entropy{}) == std::vector<double>{scores[2], scores[1], scores[0]});
}

// The waiting batch is full when the model throws; one more picture must not be written behind its end.
TEST_CASE("after a model that threw, nothing is lost") {
    auto const pictures = numbered(6);
    auto const y        = alternating(6);
    auto const expected = score_samples(toy_model{}, pictures, y, neg_cross_entropy{});
    bool       broken   = true;
    auto       m        = [&](tensor_view<float const> batch) {
        if (broken) {
            throw std::runtime_error("the line is down");
        }
        return toy_model{}(batch);
    };
    auto scorer = batched_scorer(m, neg_cross_entropy{}, 4);
    scorer.push(pictures.view().slice(0, 3), std::span(y).first(3));
    CHECK_THROWS_WITH_AS(scorer.push(pictures.view().slice(3, 1), std::span(y).subspan(3, 1)), "the line is down", std::runtime_error);
    for (int i = 0; i < 3; ++i) {
        CHECK_THROWS_AS(scorer.push(pictures.view().slice(4, 1), std::span(y).subspan(4, 1)), std::runtime_error);
        CHECK_THROWS_AS(scorer.take(), std::runtime_error);
    }
    broken = false;
    scorer.push(pictures.view().slice(4, 2), std::span(y).subspan(4, 2));
    CHECK(scorer.take() == expected);

    auto limited = counted(toy_model{}, 5);
    CHECK_THROWS_AS(score_samples(limited, pictures, y, neg_cross_entropy{}, 4), error);
    CHECK(limited.used() == 4);
}

TEST_CASE("what a caller can get wrong") {
    auto m      = toy_model{};
    auto scorer = batched_scorer(m, neg_cross_entropy{}, 4);
    auto batch  = numbered(2);
    CHECK_THROWS_WITH_AS(batched_scorer(m, neg_cross_entropy{}, 0), "hallmark::batched_scorer: batch_size is 0; allowed is 1 or more", error);
    CHECK_THROWS_WITH_AS(scorer.push(batch.view(), labels{1}), "hallmark::batched_scorer: there are 2 pictures and 1 labels", error);
    scorer.push(batch.view(), labels{1, 0});
    auto const other = image_batch<float>(1, 3, 2, 3);
    CHECK_THROWS_WITH_AS(scorer.push(other.view(), labels{1}), "hallmark::batched_scorer: the pictures have extents (3, 2, 3), those before had (3, 2, 2)",
                         error);
    auto const two = image_batch<float>(1, 2, 2, 2);
    CHECK_THROWS_WITH_AS(scorer.push(two.view(), labels{1}),
                         "hallmark::batched_scorer: the batch has 2 channels; allowed is 1 (grey) or 3 (colour). Extents are (sample, channel, row, column)",
                         error);
    batch.view().at(1, 2, 0, 1) = std::numeric_limits<float>::quiet_NaN();
    CHECK_THROWS_WITH_AS(scorer.push(batch.view(), labels{1, 0}),
                         "hallmark::batched_scorer: the pixel at sample 1, channel 2, row 0, column 1 is nan; allowed is 0 to 1", error);
    CHECK(scorer.take().size() == 2);  // what was refused left nothing behind
    CHECK_THROWS_WITH_AS(score_samples(toy_model{}, numbered(1), labels{2}, neg_cross_entropy{}),
                         "hallmark::evaluate: the label of sample 0 is 2; allowed is 0 to 1", error);
}
