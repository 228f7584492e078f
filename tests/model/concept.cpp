#include <hallmark/core/image_batch.hpp>
#include <hallmark/model/concept.hpp>

#include <doctest/doctest.h>
#include <model/toy.hpp>

#include <cstddef>
#include <cstdint>

using namespace hallmark;

// Who satisfies the concept is an interface: a lambda does, a callable that returns a picture's bytes does not.
namespace {
constexpr auto lambda  = [](tensor_view<float const> batch) { return image_batch<float>(batch.samples(), 10, 1, 1); };
constexpr auto bytes   = [](tensor_view<float const> batch) { return image_batch<std::uint8_t>(batch.samples(), 10, 1, 1); };
constexpr auto nothing = [](tensor_view<float const>) {};
}  // namespace
static_assert(model<decltype(lambda)> && model<decltype(lambda) const&> && model<toy_model&>);
static_assert(!model<decltype(bytes)> && !model<decltype(nothing)> && !model<int>);
static_assert(logits<tensor_view<float const>> && logits<tensor_view<double>> && !logits<tensor_view<std::uint8_t>>);

TEST_CASE("(samples, classes, 1, 1) and (1, 1, samples, classes) are the same matrix") {
    double     z[12] = {};
    auto const check = [&](tensor_view<double const> v, std::size_t samples, std::size_t classes, std::ptrdiff_t down, std::ptrdiff_t along) {
        auto const m = as_logit_matrix(v);
        CHECK(m.data == v.data);
        CHECK(m.samples == samples);
        CHECK(m.classes == classes);
        CHECK(m.sample_stride == down);
        CHECK(m.class_stride == along);
    };
    check({z, {3, 4, 1, 1}, {8, 2, 77, 77}}, 3, 4, 8, 2);
    check({z, {1, 1, 3, 4}, {77, 77, 8, 2}}, 3, 4, 8, 2);
    check({z, {1, 4, 1, 1}, {8, 2, 77, 77}}, 1, 4, 8, 2);
    check({z, {1, 1, 1, 4}, {77, 77, 8, 2}}, 1, 4, 8, 2);
    check({z, {0, 4, 1, 1}, {8, 2, 77, 77}}, 0, 4, 8, 2);
    check({z, {1, 1, 0, 4}, {77, 77, 8, 2}}, 0, 4, 8, 2);
    check({z, {1, 1, 4, 1}, {77, 77, 8, 2}}, 4, 1, 8, 2);
}

TEST_CASE("what is no matrix") {
    double z[24] = {};
    CHECK_THROWS_WITH_AS(as_logit_matrix(nchw(z, 2, 3, 2, 2)),
                         "hallmark::as_logit_matrix: the logits have extents (2, 3, 2, 2); allowed is (samples, classes, 1, 1) or a matrix, "
                         "(1, 1, samples, classes)",
                         error);
    CHECK_THROWS_AS(as_logit_matrix(nchw(z, 2, 1, 2, 1)), error);
    CHECK_THROWS_AS(as_logit_matrix(nchw(z, 1, 2, 1, 2)), error);
}
