// Marks by blends of whole pictures on a device, by the emulation: the bytes of `image_marker`.
#include "pictures.hpp"

#include <hallmark/backend/cuda/image_marks.hpp>
#include <hallmark/blend/additive.hpp>
#include <hallmark/blend/band_limited.hpp>
#include <hallmark/blend/bounded.hpp>
#include <hallmark/blend/convolution.hpp>
#include <hallmark/blend/l2_bounded.hpp>
#include <hallmark/blend/masked.hpp>
#include <hallmark/blend/mode.hpp>
#include <hallmark/blend/range_preserving.hpp>
#include <hallmark/mark/image_marker.hpp>
#include <hallmark/noise/field_noise.hpp>
#include <hallmark/noise/value.hpp>
#include <hallmark/pattern/checkerboard.hpp>
#include <hallmark/pattern/keyed_filter.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

using namespace hallmark;

namespace {
auto const tiny = emulated_cuda(emulated_cuda::traits{.shared_limit = 8 * 1024, .order = detail::device::thread_order::interleaved});

/// The plan's pictures, in the plan's order.
template <class Scalar, class Noise, class Pattern, class Blend, class... Room>
auto made(emulated_cuda const& device, image_mark_plan<Noise, Pattern, Blend> const& plan, image_batch<Scalar> const& batch, Room... room)
    -> image_batch<Scalar> {
    auto const in = device.array(batch.elements());
    auto const c = batch.channels(), h = batch.height(), w = batch.width();
    auto const out = device.array<Scalar>(plan.size() * c * h * w);
    {
        cuda_image_marks const marks(device, plan, room...);
        marks.into(cuda_nchw(out.data, plan.size(), c, h, w), cuda_nchw<Scalar const>(in.data, batch.samples(), c, h, w));
        marks.check_pixels();
    }
    CHECK(device.borders_untouched());
    return {plan.size(), c, h, w, std::vector<Scalar>(out.data, out.data + out.size)};
}

/// Two users with keys of their own in one batch, both designs, both scalars, grey and colour, pictures that fit a block and that do not.
template <class Scalar, class Pattern, class Noise, class Blend>
void same_bytes(Pattern const& pattern, Noise const& noise, Blend const& blend, std::size_t c, std::size_t h, std::size_t w) {
    INFO(c, " x ", h, " x ", w);
    auto const batch = test_pictures<Scalar>(3, c, h, w);
    for (auto const design : {key_design::shared, key_design::independent}) {
        image_marker const one(test_key(), pattern, noise, blend, 12.0 / 255, design), two(test_key(9), pattern, noise, blend, 12.0 / 255, design);
        image_mark_plan    plan(one, {c, h, w});
        mark_request const of_two[] = {{2, 5, 1}, {0, 8, 1}};
        plan.add(one.key(), "ada", 3, {.version = 4});
        plan.add(two.key(), 7, of_two);
        auto wanted = one(batch, "ada", {.version = 4}).elements();
        for (auto const& r : of_two) {
            auto const n    = static_cast<std::ptrdiff_t>(c * h * w);
            auto const from = batch.elements().begin() + static_cast<std::ptrdiff_t>(r.source) * n;
            auto const mark = two(image_batch<Scalar>(1, c, h, w, std::vector<Scalar>(from, from + n)), 7, {.version = r.version, .first_sample = r.sample});
            wanted.insert(wanted.end(), mark.elements().begin(), mark.elements().end());
        }
        for (auto const& device : {emulated_cuda{}, tiny}) {
            CHECK(made(device, plan, batch).elements() == wanted);
        }
    }
}
template <class Pattern, class Blend>
void same_bytes_of(Pattern const& pattern, Blend const& blend) {
    for (auto const& [h, w] : {std::pair{1u, 1u}, {1u, 9u}, {8u, 8u}, {13u, 22u}, {40u, 131u}, {70u, 68u}}) {
        for (std::size_t const c : std::vector<std::size_t>{1, 3}) {
            same_bytes<std::uint8_t>(pattern, perlin_sign_noise{{3, 20}}, blend, c, h, w);
            same_bytes<float>(pattern, uniform_sign_noise{}, blend, c, h, w);
        }
    }
}
/// Waves, which need the range of the whole picture, and fields, which do not.
template <class Pattern, class Blend>
void same_bytes_with_waves(Pattern const& pattern, Blend const& blend) {
    same_bytes<std::uint8_t>(pattern, sine_noise<perlin>{{3, 20}}, blend, 3, 40, 131);
    same_bytes<float>(pattern, field_noise<value_noise>{{3, 20}}, blend, 1, 70, 68);
}
/// What a mask of one's own looks like.
struct odd_rows {
    [[nodiscard]] constexpr auto operator()(std::size_t row, std::size_t, std::size_t, std::size_t) const noexcept -> bool { return row % 2 == 1; }
};
}  // namespace

TEST_CASE("masks that are drawn, and fixed ones") {
    same_bytes_of(colour_stripes{}, isotope(patches{5, 9}, 0.5));
    same_bytes_of(colour_boards{}, isotope(scattered_pixels{0.3}, 0.25));
    same_bytes_of(colour_stripes{}, drawn_mask<patches, overlay>{{60, 60}, overlay(0.6, light::linear)});
    same_bytes_of(colour_stripes{}, masked(odd_rows{}, bounded(additive(0.5), 9.0 / 255)));
    same_bytes_of(colour_boards{}, masked(whole_picture{}, convex(0.7)));
}
TEST_CASE("blends of pixels in a blend of pictures") { same_bytes_of(colour_stripes{}, pixelwise(convex(0.7))); }

// The sums and extremes of a picture are found by many blocks.
TEST_CASE("budgets of energy") {
    same_bytes_of(colour_stripes{}, l2_bounded(additive(0.2), 3.0));
    same_bytes_of(colour_boards{}, l2_bounded(convex(0.7), 0.5));
    same_bytes_of(colour_stripes{}, l2_bounded(convex(0.7), 65535.0));
}
TEST_CASE("ranges that are kept") {
    same_bytes_of(colour_stripes{}, range_preserving(convex(0.7)));
    same_bytes_of(colour_boards{}, range_preserving(multiply(0.5)));
}
// Where an end of the range is 0, the CPU's 0 is the first that it meets, with its sign. Pixels that are not 0 become it: the blend forgets the picture.
TEST_CASE("a range from zeros of both signs") {
    for (float const first : {0.0f, -0.0f}) {
        auto batch = test_pictures<float>(1, 1, 70, 68);
        for (auto& e : batch.elements()) {
            e = e < 0.3f ? -0.0f : (e < 0.6f ? 0.0f : e);
        }
        batch.elements()[0] = first;
        image_marker const m(test_key(), colour_stripes{}, uniform_sign_noise{}, range_preserving(convex(0.0)), 0.1, key_design::shared);
        image_mark_plan    plan(m, {1, 70, 68});
        plan.add(m.key(), 1, 1);
        auto const got = made(tiny, plan, batch), wanted = m(batch, 1);
        CHECK(std::memcmp(got.elements().data(), wanted.elements().data(), got.elements().size() * sizeof(float)) == 0);
    }
}
TEST_CASE("keyed convolutions") {
    same_bytes_of(keyed_filters{}, convolution());
    same_bytes_of(keyed_filters{.size = 15}, convolution(brightest::kept));
    same_bytes_of(keyed_filters{.size = 5}, convolution(brightest::kept, light::linear));
}
TEST_CASE("bands of the cosine transform") {
    same_bytes_of(colour_stripes{}, band_limited(convex(0.7), 1, 5));
    same_bytes_of(colour_boards{}, band_limited(additive(0.4), 0, 14));
    same_bytes_of(colour_boards{}, band_limited(additive(0.4), 14, 14));
}

TEST_CASE("noise between -1 and 1") {
    same_bytes_with_waves(colour_stripes{}, isotope(patches{5, 9}, 0.5));
    same_bytes_with_waves(colour_boards{}, l2_bounded(additive(0.2), 3.0));
    same_bytes_with_waves(keyed_filters{}, convolution());
    same_bytes_with_waves(colour_stripes{}, band_limited(convex(0.7), 1, 5));
}

// Levels of two pictures at a time, and the last one alone.
TEST_CASE("as many pictures at once as the caller has room for") {
    emulated_cuda const device;
    auto const          batch = test_pictures<float>(5, 3, 20, 24);
    auto const          same  = [&](auto const& m) {
        image_mark_plan plan(m, {3, 20, 24});
        plan.add(m.key(), 1, 5);
        auto const needed = cuda_image_marks_workspace(plan, 2);
        auto const room   = device.array<unsigned char>(needed);
        CHECK(needed < cuda_image_marks_workspace(plan));
        CHECK(cuda_image_marks_workspace(plan, 9) == cuda_image_marks_workspace(plan));
        CHECK(made(device, plan, batch, cuda_workspace{room.data, needed}, std::size_t{2}) == m(batch, 1));
        auto const             in = device.array(batch.elements());
        auto const             at = cuda_nchw(in.data, 5, 3, 20, 24);
        cuda_image_marks const marks(device, plan, {room.data, needed}, 2);
        marks.into(at, at);
        CHECK(std::vector<float>(in.data, in.data + in.size) == m(batch, 1).elements());
        CHECK(device.borders_untouched());
    };
    same(image_marker(test_key(), keyed_filters{}, uniform_sign_noise{}, convolution(), 0.1, key_design::independent));
    same(image_marker(test_key(), colour_stripes{}, uniform_sign_noise{}, l2_bounded(additive(0.2), 1.0), 0.1, key_design::shared));
    same(image_marker(test_key(), colour_stripes{}, uniform_sign_noise{}, band_limited(convex(0.7), 1, 5), 0.1, key_design::shared));
}

TEST_CASE("the caller's workspace is all that is used, in place and in part") {
    emulated_cuda const device;
    auto const          batch = test_pictures<std::uint8_t>(5, 3, 20, 24);
    image_marker const  m(test_key(), colour_stripes{}, uniform_sign_noise{}, isotope(patches{5, 9}, 0.5), 0.1, key_design::independent);
    image_mark_plan     plan(m, {3, 20, 24});
    plan.add(m.key(), 1, 5);
    auto const needed = cuda_image_marks_workspace(plan);
    auto const room   = device.array<unsigned char>(needed);
    auto const wanted = m(batch, 1);
    CHECK(made(device, plan, batch, cuda_workspace{room.data, needed}) == wanted);
    auto const             in = device.array(batch.elements()), out = device.array<std::uint8_t>(2 * 3 * 20 * 24);
    auto const             all = cuda_nhwc(in.data, 5, 3, 20, 24);
    cuda_image_marks const marks(device, plan, {room.data, needed});
    marks.part(cuda_nchw(out.data, 2, 3, 20, 24), cuda_nchw<std::uint8_t const>(in.data, 5, 3, 20, 24), 3);
    CHECK(std::equal(out.data, out.data + out.size, wanted.elements().begin() + 3 * 3 * 20 * 24));
    auto as_rows = image_batch<std::uint8_t>(5, 3, 20, 24);
    for (std::size_t i = 0; i < as_rows.elements().size(); ++i) {
        as_rows.elements()[i] = in.data[i / 1440 * 1440 + i % 480 * 3 + i / 480 % 3];  // the memory, read with channels last
    }
    auto const last = m(as_rows, 1);
    marks.into(all, all);
    for (std::size_t i = 0; i < as_rows.elements().size(); ++i) {
        REQUIRE(in.data[i / 1440 * 1440 + i % 480 * 3 + i / 480 % 3] == last.elements()[i]);
    }
    CHECK_THROWS_WITH_AS(
        cuda_image_marks(device, plan, {room.data, needed - 1}).size(),
        ("hallmark::cuda_image_marks: the workspace has " + std::to_string(needed - 1) + " bytes; allowed are " + std::to_string(needed) + " or more").c_str(),
        error);
}

TEST_CASE("what a caller can get wrong") {
    emulated_cuda const device;
    image_marker const  m(test_key(), colour_stripes{}, uniform_sign_noise{}, isotope(patches{5, 9}, 0.5), 0.1, key_design::shared);
    CHECK_THROWS_WITH_AS(image_mark_plan(m, {2, 8, 8}),
                         "hallmark::image_mark_plan: the pictures are 2 x 8 x 8; allowed are 1 or 3 channels, and 1 to 1099511627776 pixels", error);
    CHECK_THROWS_WITH_AS(image_mark_plan(m, {3, 0, 8}),
                         "hallmark::image_mark_plan: the pictures are 3 x 0 x 8; allowed are 1 or 3 channels, and 1 to 1099511627776 pixels", error);
    CHECK_THROWS_WITH_AS(image_mark_plan(m, {3, 2097152, 1048576}),
                         "hallmark::image_mark_plan: the pictures are 3 x 2097152 x 1048576; allowed are 1 or 3 channels, and 1 to 1099511627776 pixels",
                         error);
    image_mark_plan     plan(m, {3, 8, 8});
    std::uint64_t const one[] = {1};
    CHECK_THROWS_WITH_AS(plan.add(m.key(), 1, 2, {0, 0, one}), "hallmark::image_mark_plan: options.samples has 1 numbers for 2 pictures", error);
    CHECK_THROWS_WITH_AS(cuda_image_marks(device, plan).size(), "hallmark::cuda_image_marks: the plan has no pictures; allowed is 1 or more", error);
    plan.add(m.key(), 1, 2);
    CHECK_THROWS_WITH_AS(made(device, plan, test_pictures<float>(2, 3, 8, 9)),
                         "hallmark::cuda_image_marks: the pictures have extents (3, 8, 9) and the plan is for (3, 8, 8)", error);
    CHECK_THROWS_WITH_AS(made(device, plan, test_pictures<float>(1, 3, 8, 8)), "hallmark::cuda_image_marks: the plan asks for original 1 and there are 1",
                         error);
    auto wrong           = test_pictures<float>(2, 3, 8, 8);
    wrong.elements()[77] = std::numeric_limits<float>::quiet_NaN();
    CHECK_THROWS_WITH_AS(made(device, plan, wrong),
                         "hallmark::cuda_image_marks: pixel 77 of the plan's pictures, counted by sample, channel, row and column, was not in [0, 1] in the "
                         "original; allowed is 0 to 1",
                         error);
}
