#include <hallmark/core/image_batch.hpp>
#include <hallmark/signal/cross_entropy.hpp>
#include <hallmark/signal/evaluate.hpp>

#include <doctest/doctest.h>
#include <support/code_of.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

using namespace hallmark;
using labels = std::vector<std::size_t>;

namespace {
// A tensor whose scalar only the running program knows.
struct any_logits {
    image_batch<float>        floats;
    image_batch<std::uint8_t> bytes;
    bool                      is_float;
};
// The logit of the label: shows which row and which column were read.
struct label_logit {
    template <class Scalar>
    auto operator()(logit_row<Scalar> z, std::size_t label) const noexcept -> double {
        return z[label];
    }
};
}  // namespace

template <>
struct hallmark::tensor_traits<any_logits> {
    static auto view(any_logits const& t) -> image_view_const { return t.is_float ? image_view_const(t.floats.view()) : image_view_const(t.bytes.view()); }
};

static_assert(signal<label_logit> && logits<any_logits> && logits<image_batch<double>> && !logits<image_batch<std::uint8_t>>);

TEST_CASE("row i is read with label i, in any layout") {
    auto const z = image_batch<double>(3, 4, 1, 1, {0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23});
    CHECK(evaluate(label_logit{}, z, labels{1, 0, 3}) == std::vector<double>{1, 10, 23});
    auto const matrix = image_batch<double>(1, 1, 3, 4, z.elements());
    CHECK(evaluate(label_logit{}, matrix, labels{1, 0, 3}) == std::vector<double>{1, 10, 23});
    auto const columns = tensor_view<double const>{z.elements().data(), {1, 1, 4, 3}, {0, 0, 1, 4}};
    CHECK(evaluate(label_logit{}, columns, labels{2, 1, 0, 2}) == std::vector<double>{20, 11, 2, 23});
    auto const any = any_logits{image_batch<float>(2, 2, 1, 1, {1, 2, 3, 4}), {}, true};
    CHECK(evaluate(label_logit{}, any, labels{1, 0}) == std::vector<double>{2, 3});
    CHECK(evaluate(neg_cross_entropy{}, z, labels{1, 0, 3})[2] == neg_cross_entropy{}(logit_row<double>{z.elements().data() + 8, 4, 1}, 3));
}

TEST_CASE("what a caller can get wrong") {
    auto       z    = image_batch<float>(3, 4, 1, 1);
    auto const call = [&](labels const& y) { return [&z, y] { (void)evaluate(neg_cross_entropy{}, z, y); }; };
    auto const nan_ = std::numeric_limits<float>::quiet_NaN();
    auto const inf_ = std::numeric_limits<float>::infinity();
    CHECK_THROWS_WITH_AS(call({0, 1})(), "hallmark::evaluate: there are 3 rows of logits and 2 labels", error);
    CHECK(code_of(call({0, 1})) == errc::shape_mismatch);
    CHECK_THROWS_WITH_AS(call({0, 1, 4})(), "hallmark::evaluate: the label of sample 2 is 4; allowed is 0 to 3", error);
    CHECK(code_of(call({0, 1, 4})) == errc::out_of_domain);
    CHECK_NOTHROW(call({0, 1, 3})());

    // As with probabilities, losses and labels: no scores are no answer.
    auto const none = [](auto s) { return [s] { (void)evaluate(s, image_batch<float>(0, 4, 1, 1), labels{}); }; };
    CHECK_THROWS_WITH_AS(none(neg_cross_entropy{})(), "hallmark::evaluate: there are no rows of logits; allowed is 1 or more", error);
    CHECK(code_of(none(neg_cross_entropy{})) == errc::empty_input);
    CHECK(code_of(none(label_logit{})) == errc::empty_input);

    for (std::size_t const bad : {0u, 6u, 11u}) {  // the first, one inside, the last; whether or not it is the label's
        for (float const value : {nan_, inf_, -inf_}) {
            z.elements()[bad] = value;
            auto const expected =
                detail::sentence("hallmark::evaluate: the logit of sample ", bad / 4, " for class ", bad % 4, " is ", value, "; allowed is any finite number");
            CHECK_THROWS_WITH_AS(call({0, 0, 0})(), expected.c_str(), error);
            CHECK(code_of(call({3, 3, 3})) == errc::not_a_number);
            z.elements()[bad] = 0;
        }
    }
    auto const one = image_batch<float>(3, 1, 1, 1);
    CHECK_THROWS_WITH_AS(evaluate(neg_cross_entropy{}, one, labels{0, 0, 0}), "hallmark::evaluate: the logits have 1 classes; allowed is 2 or more", error);
    CHECK_THROWS_WITH_AS(evaluate(neg_cross_entropy{}, any_logits{{}, image_batch<std::uint8_t>(1, 2, 1, 1), false}, labels{0}),
                         "hallmark::evaluate: the logits are 8-bit integers; allowed are floating-point numbers", error);
    CHECK_THROWS_AS(evaluate(neg_cross_entropy{}, image_batch<float>(2, 3, 2, 1), labels{0, 0}), error);
    CHECK_THROWS_WITH_AS(evaluate(neg_cross_entropy{}, image_batch<double>(2, 2, 1, 1, {0, 0, -1.7e308, 1.7e308}), labels{0, 0}),
                         "hallmark::evaluate: the signal of sample 1 is -inf; the differences of its logits must fit in a double", error);
}
