#include <hallmark/blend/band_limited.hpp>
#include <hallmark/blend/bounded.hpp>
#include <hallmark/blend/convolution.hpp>
#include <hallmark/blend/l2_bounded.hpp>
#include <hallmark/blend/masked.hpp>
#include <hallmark/blend/mode.hpp>
#include <hallmark/blend/range_preserving.hpp>
#include <hallmark/core/image_batch.hpp>
#include <hallmark/mark/image_marker.hpp>
#include <hallmark/pattern/bands.hpp>
#include <hallmark/pattern/keyed_filter.hpp>

#include <doctest/doctest.h>
#include <mark/fingerprint/batches.hpp>
#include <support/refusal.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

using namespace hallmark;

namespace {
using fingerprints::key;
using fingerprints::pictures;

constexpr double epsilon = 8.0 / 255.0;

// Noise of every height, of the draws alone: so the golden values below pin the blends and not a field.
struct plain_noise {
    void fill(stream& draws, tensor_view<noise_sample> plane) const {
        for (std::size_t h = 0; h < plane.height(); ++h) {
            for (std::size_t w = 0; w < plane.width(); ++w) {
                plane.at(0, 0, h, w) = static_cast<noise_sample>(draws.bits()) >> 1;
            }
        }
    }
};
template <class Blend>
auto with(Blend blend, key_design design = key_design::shared) {
    return image_marker(key(), colour_stripes{}, plain_noise{}, std::move(blend), epsilon, design);
}
auto cuda(key_design design = key_design::shared) { return image_marker(key(), keyed_filters{}, plain_noise{}, convolution(), 0.0, design); }

// A tensor whose scalar only the running program knows.
struct any_batch {
    image_batch<float>        floats;
    image_batch<std::uint8_t> bytes;
    bool                      is_float;
};
}  // namespace

template <>
struct hallmark::tensor_traits<any_batch> {
    static auto view(any_batch& t) -> image_view { return t.is_float ? image_view(t.floats.view()) : image_view(t.bytes.view()); }
    static auto view(any_batch const& t) -> image_view_const { return t.is_float ? image_view_const(t.floats.view()) : image_view_const(t.bytes.view()); }
};

// The two markers must draw alike: or a mark would change with the kind of its blend.
TEST_CASE("with a pixel blend it is basic_marker, bit for bit") {
    for (auto const design : {key_design::shared, key_design::independent}) {
        auto const whole = with(pixelwise(convex(0.7)), design);
        auto const pixel = basic_marker(key(), colour_stripes{}, plain_noise{}, convex(0.7), epsilon, design);
        for (mark_options const& options : {mark_options{}, mark_options{3, 100, {}}}) {
            CHECK(whole(pictures<std::uint8_t>(5, 3, 17, 23), "alice", options) == pixel(pictures<std::uint8_t>(5, 3, 17, 23), "alice", options));
            CHECK(whole(pictures<float>(5, 1, 17, 23), 7, options) == pixel(pictures<float>(5, 1, 17, 23), 7, options));
        }
        CHECK(whole.design() == design);
    }
}

// Marks of before must be found again: every byte of every image blend, and of the new pixel blends.
TEST_CASE("golden fingerprints") {
    auto const table = [](auto const& bytes, auto const& floats) {
        return fingerprint(bytes.elements()).substr(0, 16) + " " + fingerprint(floats.elements()).substr(0, 16);
    };
    auto const of = [&](auto const& m) { return table(m(pictures<std::uint8_t>(3, 3, 17, 23), 1), m(pictures<float>(3, 3, 17, 23), 1)); };
    CHECK(of(with(range_preserving(cover(0.3)))) == "9dfb66b5bb4d3211 1fcd17b7d79e21f7");
    CHECK(of(with(l2_bounded(additive(0.3), 2.0))) == "8d1714416617270f b2d2b0e7f1b8d183");
    CHECK(of(with(band_limited(cover(0.3), 1, 6))) == "554c214045b1e431 37deafb5465cc202");
    CHECK(of(with(isotope(patches{5, 7}, 0.5))) == "f7b4bcec630b0a03 0501208655a64d55");
    CHECK(of(with(isotope(scattered_pixels{0.2}, 0.5))) == "181a381253780fd6 a16cbd9d90126f74");
    CHECK(of(with(pixelwise(screen(0.3)))) == "12532c354b6b2ab1 8c08d64c28cef8bc");
    CHECK(of(with(pixelwise(multiply(0.3, light::linear)))) == "aa222e562531b187 d959e9083db0b850");
    CHECK(of(with(pixelwise(overlay(0.5, light::linear)))) == "85521a4e313d7b95 603c6c144041029b");
    CHECK(of(with(pixelwise(cover(0.3, light::linear)))) == "b8505fe9c7006154 2f729646f18162ef");
    CHECK(of(with(pixelwise(bounded(additive(0.5), 0.1)))) == "e93f7eebeb5fe9f6 c638635e55030384");
    CHECK(of(cuda()) == "3d9e54763abe33f9 af7d86a89d426100");
    CHECK(of(image_marker(key(), keyed_filters{5, 0.2}, plain_noise{}, convolution(brightest::kept, light::linear), epsilon, key_design::shared)) ==
          "3f0999b978a6510c bd351f7759b80775");
}

TEST_CASE("shared: all pictures have the same pattern and mask; independent: each its own") {
    auto const batch = image_batch<std::uint8_t>(6, 1, 40, 40, std::vector<std::uint8_t>(6 * 1600, 255));
    auto const masks = [&](key_design design) {
        auto const m = image_marker(key(), colour_bands{}, plain_noise{}, isotope(scattered_pixels{0.1}, 1.0), 0.0, design);
        return m(batch, 1);
    };
    auto const part = [](auto const& b, std::size_t n) {
        return std::vector<std::uint8_t>(b.elements().begin() + static_cast<std::ptrdiff_t>(n * 1600),
                                         b.elements().begin() + static_cast<std::ptrdiff_t>((n + 1) * 1600));
    };
    auto const shared = masks(key_design::shared), own = masks(key_design::independent);
    CHECK(shared != batch);
    for (std::size_t n = 1; n < 6; ++n) {
        CHECK(part(shared, n) == part(shared, 0));
        CHECK(part(own, n) != part(own, 0));
    }
}

// Classes as users: what the class-wise convolution is.
TEST_CASE("one filter for each class, another for another class or version") {
    auto const m     = cuda();
    auto const batch = pictures<std::uint8_t>(2, 3, 12, 12);
    auto const keys  = user_key(m.key(), 7);
    auto       draws = keys.open(0, purpose::pattern, 0);
    auto const f     = keyed_filters{}.draw(draws);
    auto       out   = image_batch<std::uint8_t>(2, 3, 12, 12);
    auto const none  = std::vector<level>(144, 0);
    for (std::size_t n = 0; n < 2; ++n) {
        convolution()(out.view().slice(n, 1), tensor_view<std::uint8_t const>(batch.view()).slice(n, 1), nchw(none.data(), 1, 1, 12, 12), f);
    }
    CHECK(m(batch, 7) == out);
    CHECK(m(batch, 8) != out);
    CHECK(m(batch, 7, {1, 0, {}}) != out);
}

TEST_CASE("a batch in pieces, threads, in place, into another batch and through any strides") {
    for (auto const design : {key_design::shared, key_design::independent}) {
        auto const m     = with(isotope(patches{3, 3}, 0.5), design);
        auto const batch = pictures<std::uint8_t>(9, 3, 9, 11);
        auto const all   = m(batch, 5, {1, 100, {}});
        CHECK(m(batch, 5, {1, 100, {}}, threads(3)) == all);
        auto pieces = batch;
        for (std::size_t first = 0; first < 9; first += 4) {
            m.in_place(pieces.view().slice(first, std::min<std::size_t>(4, 9 - first)), 5, {1, 100 + first, {}});
        }
        CHECK(pieces == all);
        std::vector<std::uint64_t> const numbers = {100, 101, 102, 103, 104, 105, 106, 107, 108};
        CHECK(m(batch, 5, {1, 0, numbers}) == all);

        std::vector<std::uint8_t> memory(9 * 3 * 9 * 11);
        auto const                last = nhwc(memory.data(), 9, 3, 9, 11);
        m.into(last, batch, 5, {1, 100, {}});
        for (std::size_t n = 0; n < 9; ++n) {
            for (std::size_t c = 0; c < 3; ++c) {
                for (std::size_t h = 0; h < 9; ++h) {
                    for (std::size_t w = 0; w < 11; ++w) {
                        REQUIRE(last.at(n, c, h, w) == all.view().at(n, c, h, w));
                    }
                }
            }
        }
    }
}

TEST_CASE("what a caller can get wrong, and nothing is written then") {
    auto const nan = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH_AS(image_marker(key(), colour_stripes{}, plain_noise{}, pixelwise(convex(0.7)), 8, key_design::shared),
                         "hallmark::image_marker: epsilon is 8; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(image_marker(key(), colour_stripes{}, plain_noise{}, pixelwise(convex(0.7)), nan, key_design::shared),
                         "hallmark::image_marker: epsilon is nan; allowed is 0 to 1", error);

    auto const                 m       = with(range_preserving(convex(0.7)));
    auto                       batch   = pictures<float>(2, 3, 4, 5);
    std::vector<std::uint64_t> numbers = {1, 2, 3};
    CHECK(refusal(batch, errc::shape_mismatch, [&](auto& b) {
              m.in_place(b, 1, {0, 0, numbers});
          }) == "hallmark::image_marker: options.samples has 3 numbers for a batch of 2 pictures");
    auto small = pictures<float>(2, 3, 4, 4);
    CHECK(refusal(batch, errc::shape_mismatch, [&](auto& b) { m.into(b, small, 1); }) ==
          "hallmark::image_marker: the destination has extents (2, 3, 4, 5), the source (2, 3, 4, 4)");
    auto two = image_batch<float>(2, 2, 4, 5);
    CHECK(refusal(two, errc::shape_mismatch, [&](auto& b) { m.in_place(b, 1); }) ==
          "hallmark::image_marker: the batch has 2 channels; allowed is 1 (grey) or 3 (colour). Extents are (sample, channel, row, column)");
    auto none = image_batch<float>(0, 3, 4, 5);
    CHECK(refusal(none, errc::empty_input, [&](auto& b) { m.in_place(b, 1); }) ==
          "hallmark::image_marker: the batch has extents (0, 3, 4, 5), so there is no pixel in it");
    batch.view().at(1, 2, 3, 4) = 1.5f;
    CHECK(refusal(batch, errc::out_of_domain, [&](auto& b) { m.in_place(b, 1); }) ==
          "hallmark::image_marker: the pixel at sample 1, channel 2, row 3, column 4 is 1.5; allowed is 0 to 1");
    batch.view().at(1, 2, 3, 4) = std::numeric_limits<float>::quiet_NaN();
    CHECK(refusal(batch, errc::not_a_number, [&](auto& b) { m.in_place(b, 1); }) ==
          "hallmark::image_marker: the pixel at sample 1, channel 2, row 3, column 4 is nan; allowed is 0 to 1");
    batch.view().at(1, 2, 3, 4) = 0.5f;
    CHECK(refusal(batch, errc::shape_mismatch, [&](auto& b) {
              auto shifted = tensor_view<float>{b.view().data + 1, {1, 3, 4, 5}, {60, 20, 5, 1}};
              m.into(shifted, b.view().slice(0, 1), 1);
          }) == "hallmark::image_marker: source and destination overlap without being the same; mark in place, or give the destination memory of its own");
    auto whole = pictures<float>(2, 3, 4, 5);
    CHECK(refusal(batch, errc::shape_mismatch, [&](auto& b) {
              auto repeated = tensor_view<float>{b.view().data, {2, 3, 4, 5}, {0, 20, 5, 1}};
              m.into(repeated, whole, 1);
          }) == "hallmark::image_marker: the destination's elements lie on one another along dimension 0 (stride 0, extent 2); give it memory of its own");

    auto any = any_batch{pictures<float>(1, 1, 2, 2), pictures<std::uint8_t>(1, 1, 2, 2), true};
    CHECK_THROWS_WITH_AS(m.into(any, pictures<std::uint8_t>(1, 1, 2, 2), 1),
                         "hallmark::image_marker: source and destination have different scalars; both must be float or both 8-bit", error);
    any.is_float = false;
    m.into(any, pictures<std::uint8_t>(1, 1, 2, 2), 1);
    CHECK(any.bytes == m(pictures<std::uint8_t>(1, 1, 2, 2), 1));
}
