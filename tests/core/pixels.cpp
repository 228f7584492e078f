#include <hallmark/core/image_batch.hpp>
#include <hallmark/core/pixels.hpp>

#include <doctest/doctest.h>
#include <support/code_of.hpp>
#include <support/simd_levels.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

using namespace hallmark;

namespace {
template <class Scalar>
auto pictures(tensor_view<Scalar> v) {
    return [v] { detail::require_pictures(v, "f"); };
}
}  // namespace

static_assert(pixel_scalar<float> && pixel_scalar<std::uint8_t const> && !pixel_scalar<double> && !pixel_scalar<std::int8_t>);

TEST_CASE("a batch has pixels, of one channel or three") {
    std::uint8_t pixels[64] = {};
    CHECK_NOTHROW(pictures(nchw(pixels, 2, 1, 4, 8))());
    CHECK_NOTHROW(pictures(nchw(pixels, 1, 3, 1, 1))());
    CHECK_THROWS_WITH_AS(pictures(nchw(pixels, 0, 3, 4, 4))(), "f: the batch has extents (0, 3, 4, 4), so there is no pixel in it", error);
    CHECK_THROWS_WITH_AS(pictures(nchw(pixels, 2, 0, 4, 4))(), "f: the batch has extents (2, 0, 4, 4), so there is no pixel in it", error);
    CHECK_THROWS_WITH_AS(pictures(nchw(pixels, 2, 3, 0, 4))(), "f: the batch has extents (2, 3, 0, 4), so there is no pixel in it", error);
    CHECK_THROWS_WITH_AS(pictures(nchw(pixels, 2, 3, 4, 0))(), "f: the batch has extents (2, 3, 4, 0), so there is no pixel in it", error);
    for (std::size_t const channels : {2u, 4u}) {
        CHECK_THROWS_AS(pictures(nchw(pixels, 1, channels, 4, 4))(), error);
    }
    CHECK_THROWS_WITH_AS(pictures(nchw(pixels, 1, 2, 4, 4))(),
                         "f: the batch has 2 channels; allowed is 1 (grey) or 3 (colour). Extents are (sample, channel, row, column)", error);
    CHECK(code_of(pictures(nchw(pixels, 0, 3, 4, 4))) == errc::empty_input);
    CHECK(code_of(pictures(nchw(pixels, 1, 2, 4, 4))) == errc::shape_mismatch);
}

// The position must be the pixel's own, or nobody finds it in 50,000 pictures.
TEST_CASE("float pixels are numbers in [0, 1], and the first that is not is named") {
    for (std::size_t bad = 0; bad < 2 * 3 * 4 * 5; ++bad) {
        auto batch = image_batch<float>(2, 3, 4, 5);
        CHECK_NOTHROW(detail::require_unit_pixels(batch.view(), "f"));
        batch.elements()[bad] = 1.5f;
        auto const expected   = detail::sentence("f: the pixel at sample ", bad / 60, ", channel ", bad / 20 % 3, ", row ", bad / 5 % 4, ", column ", bad % 5,
                                                 " is 1.5; allowed is 0 to 1");
        CHECK_THROWS_WITH_AS(detail::require_unit_pixels(batch.view(), "f"), expected.c_str(), error);
    }
    auto const of = [](float value) {
        return [value] {
            float pixel = value;
            detail::require_unit_pixels(nchw(&pixel, 1, 1, 1, 1), "f");
        };
    };
    for (float const good : {0.0f, -0.0f, 1e-45f, 0.5f, 1.0f}) {
        CHECK_NOTHROW(of(good)());
    }
    for (float const bad : {-1e-45f, -1.0f, 1.0f + 0x1p-23f, 255.0f}) {
        CHECK(code_of(of(bad)) == errc::out_of_domain);
    }
    auto const nan_ = std::numeric_limits<float>::quiet_NaN(), inf_ = std::numeric_limits<float>::infinity();
    for (float const bad : {nan_, -nan_, inf_, -inf_}) {
        CHECK(code_of(of(bad)) == errc::not_a_number);
    }
    CHECK_THROWS_WITH_AS(of(nan_)(), "f: the pixel at sample 0, channel 0, row 0, column 0 is nan; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(of(inf_)(), "f: the pixel at sample 0, channel 0, row 0, column 0 is inf; allowed is 0 to 1", error);

    // Between the pixels of a view there may be anything.
    float gaps[6] = {0.5f, nan_, 0.25f, nan_, 0.0f, nan_};
    CHECK_NOTHROW(detail::require_unit_pixels(tensor_view<float>{gaps, {1, 1, 1, 3}, {6, 6, 6, 2}}, "f"));
    // Upside down: row 0 is the last in memory.
    float flipped[2] = {7.0f, 0.5f};
    CHECK_THROWS_WITH_AS(detail::require_unit_pixels(tensor_view<float>{flipped + 1, {1, 1, 2, 1}, {2, 2, -1, 1}}, "f"),
                         "f: the pixel at sample 0, channel 0, row 1, column 0 is 7; allowed is 0 to 1", error);
}

// Pixels are looked at many at a time: each place of a vector, and what is left behind the last one.
TEST_CASE("at every level, one wrong float among many is seen, wherever it is") {
    auto const nan_ = std::numeric_limits<float>::quiet_NaN(), inf_ = std::numeric_limits<float>::infinity();
    for (auto const level : all_levels()) {
        detail::simd::forced_level const force(level);
        for (std::size_t const count : {0u, 1u, 3u, 4u, 15u, 16u, 17u, 64u, 75u}) {
            std::vector<float> pixels(count);
            for (std::size_t i = 0; i < count; ++i) {
                float const good[] = {0.0f, -0.0f, 1e-45f, 0.5f, 1.0f};
                pixels[i]          = good[i % 5];
            }
            CHECK(detail::all_unit(pixels.data(), count));
            for (std::size_t i = 0; i < count; ++i) {
                for (float const bad : {-1e-45f, -1.0f, 1.0f + 0x1p-23f, nan_, -nan_, inf_, -inf_}) {
                    auto const before = pixels[i];
                    pixels[i]         = bad;
                    REQUIRE(!detail::all_unit(pixels.data(), count));
                    pixels[i] = before;
                }
            }
        }
    }
}

TEST_CASE("every 8-bit pixel is right") {
    std::vector<std::uint8_t> all(256);
    for (std::size_t i = 0; i < 256; ++i) {
        all[i] = static_cast<std::uint8_t>(i);
    }
    CHECK_NOTHROW(detail::require_unit_pixels(nchw(all.data(), 1, 1, 16, 16), "f"));
}

TEST_CASE("a destination that repeats its elements is refused") {
    float      pixel     = 0;
    auto const repeating = [&](int dimension, std::size_t extent) {
        auto v              = tensor_view<float>{&pixel, {2, 3, 4, 5}, {60, 20, 5, 1}};
        v.stride[dimension] = 0;
        v.extent[dimension] = extent;
        return v;
    };
    CHECK_THROWS_WITH_AS(detail::require_distinct_elements(repeating(0, 2), "f"),
                         "f: the destination's elements lie on one another along dimension 0 (stride 0, extent 2); give it memory of its own", error);
    CHECK_THROWS_WITH_AS(detail::require_distinct_elements(repeating(3, 5), "f"),
                         "f: the destination's elements lie on one another along dimension 3 (stride 0, extent 5); give it memory of its own", error);
    for (int d = 0; d < 4; ++d) {
        CHECK_THROWS_AS(detail::require_distinct_elements(repeating(d, 2), "f"), error);
        CHECK_NOTHROW(detail::require_distinct_elements(repeating(d, 1), "f"));
    }
    // Windows that overlap without any stride of 0: rows of five that start every four elements.
    std::vector<float> m(100);
    auto const         windows = [&](std::ptrdiff_t between) { return tensor_view<float>{m.data() + 50, {1, 1, 3, 5}, {0, 0, between, 1}}; };
    CHECK_THROWS_WITH_AS(detail::require_distinct_elements(windows(4), "f"),
                         "f: the destination's elements lie on one another along dimension 2 (stride 4, extent 3); give it memory of its own", error);
    CHECK_THROWS_AS(detail::require_distinct_elements(windows(-4), "f"), error);
    CHECK_NOTHROW(detail::require_distinct_elements(windows(5), "f"));
    CHECK_NOTHROW(detail::require_distinct_elements(windows(-5), "f"));
    CHECK_NOTHROW(detail::require_distinct_elements(nhwc(m.data(), 2, 3, 3, 4), "f"));
}

// Writing to memory that is still to be read marks some pixels twice.
TEST_CASE("source and destination are the same, or have nothing in common") {
    std::vector<float> m(100);
    auto const         check = [](auto a, auto b) { detail::require_same_or_apart(a, tensor_view<float const>(b), "f"); };
    auto const         view  = [&](std::size_t at) { return nchw(m.data() + at, 1, 3, 2, 2); };  // 12 elements
    CHECK_NOTHROW(check(view(0), view(0)));
    CHECK_NOTHROW(check(view(0), view(12)));
    CHECK_NOTHROW(check(view(12), view(0)));
    for (std::size_t const d : {1u, 11u}) {
        CHECK_THROWS_WITH_AS(check(view(0), view(d)),
                             "f: source and destination overlap without being the same; mark in place, or give the destination memory of its own", error);
        CHECK_THROWS_AS(check(view(d), view(0)), error);
    }
    // The same place with other strides is not the same.
    CHECK_THROWS_AS(check(view(0), nhwc(m.data(), 1, 3, 2, 2)), error);
    // A flipped view reaches below its first element.
    auto const flipped = tensor_view<float>{m.data() + 23, {1, 3, 2, 2}, {-12, -4, -2, -1}};
    CHECK_NOTHROW(check(view(0), flipped));
    CHECK_NOTHROW(check(view(24), flipped));
    CHECK_THROWS_AS(check(view(1), flipped), error);
    CHECK_THROWS_AS(check(view(23), flipped), error);
    // Strides of extents 1 mean nothing.
    auto odd      = view(0);
    odd.stride[0] = 5;
    CHECK_NOTHROW(check(odd, view(0)));
}
