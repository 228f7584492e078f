#include <hallmark/model/normalised.hpp>

#include <doctest/doctest.h>
#include <model/toy.hpp>

#include <limits>
#include <vector>

using namespace hallmark;

// A network that gets unnormalised pictures still answers, only worse; no error would show it.
TEST_CASE("the model sees (x - mean) / deviation, channel by channel") {
    image_batch<float> seen;
    auto const         spy = [&seen](tensor_view<float const> batch) {
        seen = image_batch<float>(batch.samples(), batch.channels(), batch.height(), batch.width(), std::vector<float>(batch.data, batch.data + batch.size()));
        return image_batch<float>(batch.samples(), 2, 1, 1);
    };
    auto       m     = normalised(spy, {0.5f, 0.25f, 0.0f}, {0.5f, 2.0f, 0.25f});
    auto const batch = image_batch<float>(2, 3, 1, 2, {0, 1, 0, 1, 0, 1, 0.5f, 0.25f, 0.5f, 0.25f, 0.5f, 0.25f});
    CHECK(m(batch.view()).samples() == 2);
    CHECK(seen == image_batch<float>(2, 3, 1, 2, {-1, 1, -0.125f, 0.375f, 0, 4, 0, -0.5f, 0.125f, 0, 2, 1}));

    // A view in another order of dimensions is the same picture, and a smaller batch may follow.
    float const channels_last[] = {0, 0.25f, 1, 1, 0.5f, 0};
    (void)m(nhwc(channels_last, 1, 3, 1, 2));
    CHECK(seen == image_batch<float>(1, 3, 1, 2, {-1, 1, 0, 0.125f, 4, 0}));
}

TEST_CASE("what a caller can get wrong") {
    auto const nan_ = std::numeric_limits<float>::quiet_NaN(), inf_ = std::numeric_limits<float>::infinity();
    using values    = std::vector<float>;
    auto const make = [](values mean, values deviation) { (void)normalised(toy_model{}, std::move(mean), std::move(deviation)); };
    CHECK_THROWS_WITH_AS(make({0, 0, 0}, {1}), "hallmark::normalised: 3 means and 1 deviations were given; allowed is one of each per channel", error);
    CHECK_THROWS_WITH_AS(make({0, nan_}, {1, 1}), "hallmark::normalised: the mean of channel 1 is not a number", error);
    CHECK_THROWS_WITH_AS(make({0, inf_}, {1, 1}), "hallmark::normalised: the mean of channel 1 is not a number", error);
    CHECK_THROWS_WITH_AS(make({0, 0}, {1, 0}), "hallmark::normalised: the deviation of channel 1 is 0; allowed is any number above 0", error);
    CHECK_THROWS_WITH_AS(make({0}, {-1}), "hallmark::normalised: the deviation of channel 0 is -1; allowed is any number above 0", error);
    CHECK_THROWS_WITH_AS(make({0}, {nan_}), "hallmark::normalised: the deviation of channel 0 is nan; allowed is any number above 0", error);
    CHECK_THROWS_WITH_AS(make({0}, {inf_}), "hallmark::normalised: the deviation of channel 0 is inf; allowed is any number above 0", error);
    auto       m     = normalised(toy_model{}, {0, 0, 0}, {1, 1, 1});
    auto const batch = image_batch<float>(1, 1, 2, 2);
    CHECK_THROWS_WITH_AS(m(batch.view()), "hallmark::normalised: the batch has 1 channels and there are 3 means", error);
}
