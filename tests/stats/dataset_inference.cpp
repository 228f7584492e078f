#include <hallmark/stats/dataset_inference.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>

#include <cmath>
#include <limits>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

TEST_CASE("one distance a picture: Welch's test") {
    auto const a = values{3, 4, 6, 5}, b = values{1, 2, 4};
    for (auto const alt : {alternative::less, alternative::greater, alternative::two_sided}) {
        CHECK(dataset_inference_test{}(a, b, alt) == welch_t{}(a, b, alt));
    }
    CHECK(dataset_inference_test{}(a, b, alternative::greater).p_value < 0.1);
}

// Three directions of each picture are one observation of it, not three: n and p must not change when they agree.
TEST_CASE("directions are averaged, not counted") {
    auto const a = values{3, 3, 3, 4, 4, 4, 5, 6, 7}, b = values{1, 1, 1, 2, 2, 2};
    auto const r = dataset_inference_test{.directions = 3}(a, b, alternative::greater);
    auto const w = welch_t{}(values{3, 4, 6}, values{1, 2}, alternative::greater);
    CHECK(r.n == 5);
    CHECK(close(r.statistic, w.statistic, 1e-14));
    CHECK(close(r.p_value, w.p_value, 1e-13));
}

TEST_CASE("the logarithm of p, where p itself is 0") {
    auto a = values(), b = values();
    for (auto i = 0; i < 1000; ++i) {
        a.push_back(1000.0 + 0.5 * (i % 7));
        b.push_back(0.5 * (i % 5));
    }
    auto const test = dataset_inference_test{.directions = 2};
    CHECK(test(a, b, alternative::greater).p_value == 0.0);
    CHECK(test.log_p_value(a, b, alternative::greater) < -1000.0);
    CHECK(test.log_p_value(a, b, alternative::less) == 0.0);
    auto const few = values{3, 4, 6, 5}, other = values{1, 2, 4, 4};
    CHECK(close(test.log_p_value(few, other, alternative::two_sided), std::log(test(few, other, alternative::two_sided).p_value), 1e-13));
    CHECK_THROWS_AS(test.log_p_value(values{1}, b, alternative::less), error);
}

TEST_CASE("what a caller can get wrong") {
    constexpr auto nan_ = std::numeric_limits<double>::quiet_NaN();
    auto const     b    = values{1, 2, 3};
    CHECK_THROWS_WITH_AS(dataset_inference_test{.directions = 0}(b, b, alternative::less),
                         "hallmark::dataset_inference_test: directions is 0; allowed is 1 or more", error);
    CHECK_THROWS_WITH_AS(dataset_inference_test{.directions = 2}(b, b, alternative::less),
                         "hallmark::dataset_inference_test: owned has 3 distances, which is not a multiple of directions = 2", error);
    CHECK_THROWS_WITH_AS(dataset_inference_test{}(b, values{}, alternative::less),
                         "hallmark::dataset_inference_test: held_out is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(dataset_inference_test{}(values{nan_}, b, alternative::less),
                         "hallmark::dataset_inference_test: owned[0] is NaN; allowed are finite numbers", error);
    CHECK_THROWS_WITH_AS(dataset_inference_test{.directions = 3}(b, b, alternative::less), "hallmark::welch_t: a has 1 value; at least 2 are needed", error);
}
