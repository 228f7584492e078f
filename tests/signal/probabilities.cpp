#include <hallmark/core/image_batch.hpp>
#include <hallmark/signal/confidence.hpp>
#include <hallmark/signal/cross_entropy.hpp>
#include <hallmark/signal/entropy.hpp>
#include <hallmark/signal/hit.hpp>
#include <hallmark/signal/probabilities.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

using namespace hallmark;
using labels = std::vector<std::size_t>;

namespace {
template <class Scalar>
auto matrix(std::size_t classes, std::vector<Scalar> p) -> image_batch<Scalar> {
    auto const n = p.size() / classes;
    return image_batch<Scalar>(n, classes, 1, 1, std::move(p));
}
struct bytes {
    image_batch<std::uint8_t> pixels;
};
}  // namespace

template <>
struct hallmark::tensor_traits<bytes> {
    static auto view(bytes const& t) -> image_view_const { return t.pixels.view(); }
};

TEST_CASE("pinned") {
    auto const p  = matrix<double>(4, {0.7, 0.1, 0.15, 0.05, 0.25, 0.25, 0.25, 0.25});
    auto const y  = labels{0, 3};
    auto const is = [&](auto const& signal, double first, double second) {
        auto const s = evaluate_probabilities(signal, p, y);
        return close(s[0], first, 1e-14, 1e-15) && close(s[1], second, 1e-14, 1e-15);
    };
    CHECK(is(neg_cross_entropy{}, std::log(0.7), std::log(0.25)));
    CHECK(is(logit_scaled{}, std::log(0.7 / 0.3), std::log(0.25 / 0.75)));
    CHECK(is(confidence{}, 0.7, 0.25));
    CHECK(is(margin{}, std::log(0.7 / 0.15), 0.0));
    CHECK(is(neg_entropy{}, 0.7 * std::log(0.7) + 0.1 * std::log(0.1) + 0.15 * std::log(0.15) + 0.05 * std::log(0.05), std::log(0.25)));
    CHECK(is(neg_modified_entropy{}, 0.3 * std::log(0.7) + 0.1 * std::log(0.9) + 0.15 * std::log(0.85) + 0.05 * std::log(0.95),
             0.75 * std::log(0.25) + 0.75 * std::log(0.75)));
    CHECK(is(correct{}, 1.0, 0.0));
}

// A model that is certain answers 1 and 1e-12: 1 − p has lost what tells members apart, the others have not.
TEST_CASE("a certain model keeps its digits") {
    auto const p = matrix<double>(3, {1.0, 1e-12, 3e-12, 1.0, 1e-13, 0.0});
    auto const y = labels{0, 0};
    auto const l = evaluate_probabilities(logit_scaled{}, p, y);
    CHECK(close(l[0], -std::log(4e-12), 1e-14));
    CHECK(close(l[1], -std::log(1e-13), 1e-14));
    auto const ce = evaluate_probabilities(neg_cross_entropy{}, p, y);
    CHECK(close(ce[0], -4e-12, 1e-11));
    CHECK(close(ce[1], -1e-13, 1e-11));
}

TEST_CASE_TEMPLATE("a probability of 0 is the smallest there is", Scalar, float, double) {
    auto const tiny = std::log(static_cast<double>(std::numeric_limits<Scalar>::denorm_min()));
    auto const p    = matrix<Scalar>(2, {1, 0});
    CHECK(close(evaluate_probabilities(neg_cross_entropy{}, p, labels{1})[0], tiny, 1e-14));
    CHECK(close(evaluate_probabilities(logit_scaled{}, p, labels{0})[0], -tiny, 1e-14));
}

// Rounded rows are usual; the score must not depend on where the missing thousandth is.
TEST_CASE("rows are divided by their sum, which may be a little off") {
    auto const p = matrix<double>(2, {0.7, 0.2995});
    CHECK(close(evaluate_probabilities(confidence{}, p, labels{0})[0], 0.7 / 0.9995, 1e-14));
    CHECK_THROWS_WITH_AS(evaluate_probabilities(confidence{}, p, labels{0}, 1e-4),
                         "hallmark::evaluate_probabilities: the probabilities of sample 0 sum to 0.9995; allowed is 1, give or take 0.0001", error);
}

TEST_CASE("what a caller can get wrong") {
    auto const nan_ = std::numeric_limits<float>::quiet_NaN();
    auto const call = [](std::vector<float> p, labels const& y, double tolerance = 1e-3) {
        return [p, y, tolerance] { (void)evaluate_probabilities(confidence{}, matrix<float>(2, p), y, tolerance); };
    };
    CHECK_THROWS_WITH_AS(call({0.5f, 0.5f, 0.875f, 0.25f}, {0, 1})(),
                         "hallmark::evaluate_probabilities: the probabilities of sample 1 sum to 1.125; allowed is 1, give or take 0.001", error);
    CHECK_THROWS_WITH_AS(call({0.5f, 0.5f, 0.25f, 0.25f}, {0, 1})(),
                         "hallmark::evaluate_probabilities: the probabilities of sample 1 sum to 0.5; allowed is 1, give or take 0.001", error);
    CHECK_THROWS_WITH_AS(call({1.5f, -0.5f}, {0})(), "hallmark::evaluate_probabilities: the probability of sample 0 for class 1 is -0.5; allowed is 0 to 1",
                         error);
    CHECK_THROWS_WITH_AS(call({0.5f, 0.5f, nan_, 1.0f}, {0, 1})(),
                         "hallmark::evaluate_probabilities: the probability of sample 1 for class 0 is nan; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(call({0.5f, 0.5f}, {2})(), "hallmark::evaluate_probabilities: the label of sample 0 is 2; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(call({0.5f, 0.5f}, {0, 1})(), "hallmark::evaluate_probabilities: there are 1 rows of probabilities and 2 labels", error);
    CHECK_THROWS_WITH_AS(call({}, {})(), "hallmark::evaluate_probabilities: there are no rows of probabilities; allowed is 1 or more", error);
    CHECK_THROWS_WITH_AS(call({0.5f, 0.5f}, {0}, 1.0)(), "hallmark::evaluate_probabilities: tolerance is 1; allowed is 0 or more, and less than 1", error);
    CHECK_THROWS_WITH_AS(call({0.5f, 0.5f}, {0}, -0.1)(), "hallmark::evaluate_probabilities: tolerance is -0.1; allowed is 0 or more, and less than 1", error);
    CHECK_THROWS_WITH_AS(evaluate_probabilities(confidence{}, matrix<float>(1, {1.0f}), labels{0}),
                         "hallmark::evaluate_probabilities: the rows have 1 classes; allowed is 2 or more", error);
    CHECK_THROWS_WITH_AS(evaluate_probabilities(confidence{}, bytes{image_batch<std::uint8_t>(1, 2, 1, 1)}, labels{0}),
                         "hallmark::evaluate_probabilities: the probabilities are 8-bit integers; allowed are floating-point numbers", error);
}
