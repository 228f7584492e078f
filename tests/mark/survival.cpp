#include <hallmark/mark/survival.hpp>

#include <doctest/doctest.h>
#include <mark/quality_pictures.hpp>
#include <support/close.hpp>

#include <cstddef>
#include <cstdint>

using namespace hallmark;

namespace {
using pictures = image_batch<std::uint8_t>;
}

// Mark 1, -1, 3, 1 and remainder 2, 0, 2, 0: by hand, covariance 2, variances 8 and 4, so 4 / sqrt(8 · 4).
TEST_CASE("the correlation by hand") {
    pictures const original(1, 1, 2, 2, {10, 20, 30, 40}), marked(1, 1, 2, 2, {11, 19, 33, 41});
    pictures const before(1, 1, 2, 2, {5, 5, 5, 5}), after(1, 1, 2, 2, {7, 5, 7, 5});
    CHECK(close(correlation_of_residual(original.view(), marked.view(), before.view(), after.view()), 4.0 / std::sqrt(32.0), 1e-15));
    CHECK(correlation_of_residual(original.view(), marked.view(), original.view(), marked.view()) == 1.0);
    CHECK(correlation_of_residual(original.view(), marked.view(), marked.view(), original.view()) == -1.0);
    CHECK(correlation_of_residual(original.view(), marked.view(), before.view(), before.view()) == 0.0);
}

TEST_CASE("a stronger attack leaves less of the mark") {
    auto const original = smooth_picture(3, 40, 30), marked = marked_picture(3, 40, 30);
    auto const left = [&](auto const& a) { return survival(original.view(), marked.view(), a); };
    CHECK(left(palette_attack{256}) == 1.0);
    CHECK(left(blur_attack{0.5}) > left(blur_attack{1.0}));
    CHECK(left(blur_attack{1.0}) > left(blur_attack{3.0}));
    CHECK(left(palette_attack{64}) > left(palette_attack{8}));
    CHECK(left(colour_attack{0.1}) > 0.8);
    CHECK(left(median_attack{}) > 0.1);
}

// The same noise on both sides falls out of the difference, but for clipping.
TEST_CASE("noise needs draws of its own on each side") {
    auto const original = smooth_picture(3, 40, 30), marked = marked_picture(3, 40, 30);
    CHECK(survival(original.view(), marked.view(), noise_attack{8.0}) > 0.9);
    CHECK(survival(original.view(), marked.view(), noise_attack{8.0, {{1}}}, noise_attack{8.0, {{2}}}) < 0.5);
    CHECK(survival(original.view(), marked.view(), noise_attack{2.0, {{1}}}, noise_attack{2.0, {{2}}}) >
          survival(original.view(), marked.view(), noise_attack{8.0, {{1}}}, noise_attack{8.0, {{2}}}));
}

TEST_CASE("what a caller can get wrong") {
    pictures const a(1, 1, 2, 2), b(1, 1, 2, 3);
    CHECK_THROWS_WITH_AS(correlation_of_residual(a.view(), b.view(), a.view(), a.view()),
                         "hallmark::survival: the pictures have extents (1, 1, 2, 2) and (1, 1, 2, 3)", error);
    CHECK_THROWS_WITH_AS(correlation_of_residual(a.view(), a.view(), a.view(), b.view()),
                         "hallmark::survival: the pictures have extents (1, 1, 2, 2) and (1, 1, 2, 3)", error);
    CHECK_THROWS_WITH_AS(survival(a.view(), a.view(), median_attack{}),
                         "hallmark::survival: the marked pictures differ from the originals by a constant at most, so there is no mark to follow", error);
}
