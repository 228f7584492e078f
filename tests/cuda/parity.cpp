// The published program's marks on a device, by the emulation: the bytes of parity_marker.
#include <hallmark/backend/cuda/emulation.hpp>
#include <hallmark/backend/cuda/parity.hpp>
#include <hallmark/parity/marker.hpp>

#include <doctest/doctest.h>
#include <support/golden.hpp>

#include "pictures.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

using namespace hallmark;

namespace {
auto const small = emulated_cuda(emulated_cuda::traits{.shared_limit = 48 * 1024});  // 128 x 128 does not fit

template <class To>
auto marked(emulated_cuda const& device, parity_plan const& plan, image_batch<std::uint8_t> const& batch) -> image_batch<To> {
    auto const in  = device.array(batch.elements());
    auto const out = device.array<To>(in.size);
    auto const n = batch.samples(), h = batch.height(), w = batch.width();
    {
        cuda_parity_marks const marks(device, plan);
        marks.into(cuda_nchw(out.data, n, 3, h, w), cuda_nchw<std::uint8_t const>(in.data, n, 3, h, w));
        marks.check_noise();
    }
    CHECK(device.borders_untouched());
    return {n, 3, h, w, std::vector<To>(out.data, out.data + out.size)};
}
auto plan_of(image_batch<std::uint8_t> const& batch, parity_options const& options = {}) -> parity_plan {
    parity_plan plan(options);
    plan.add(batch.view());
    return plan;
}
void same_as_marker(std::size_t n, std::size_t h, std::size_t w, emulated_cuda const& device, parity_options const& options = {}) {
    INFO(n, " pictures of ", h, " x ", w);
    auto const batch = test_pictures<std::uint8_t>(n, 3, h, w);
    auto const plan  = plan_of(batch, options);
    CHECK(marked<std::uint8_t>(device, plan, batch) == parity_marker(options)(batch.view()));
    CHECK(marked<float>(device, plan, batch) == parity_marker(options).as_float(batch.view()));
}
}  // namespace

// Sizes beside the warp, the block and a stripe's height; all four octaves are met in 20 pictures.
TEST_CASE("the published bytes where a picture fits a block") {
    emulated_cuda const device;
    for (auto const& [h, w] :
         std::vector<std::array<std::size_t, 2>>{{1, 100}, {33, 1}, {2, 2}, {17, 23}, {32, 32}, {31, 33}, {40, 100}, {64, 64}, {65, 64}, {3, 1025}}) {
        same_as_marker(3, h, w, device);
    }
    same_as_marker(20, 24, 20, device);
    same_as_marker(1, 224, 224, device);
}

// The extremes of the noise, then those of the sine, must be the whole picture's.
TEST_CASE("the published bytes where a picture is cut into tiles") {
    for (auto const& [h, w] : std::vector<std::array<std::size_t, 2>>{{128, 128}, {129, 127}, {97, 260}, {1, 20000}, {5000, 3}, {224, 224}}) {
        same_as_marker(2, h, w, small);
    }
}

TEST_CASE("the published bytes with any options") {
    emulated_cuda const device;
    same_as_marker(2, 30, 44, device, {.ratio = 0.55, .epsilon = 0.1});
    same_as_marker(2, 30, 44, device, {.saved_from = parity_options::precision::float32});
    same_as_marker(2, 30, 44, device, {.ratio = 1.0, .epsilon = 0.0});
}

TEST_CASE("the order of the threads does not matter") {
    for (auto const order : {detail::device::thread_order::downwards, detail::device::thread_order::interleaved}) {
        same_as_marker(1, 33, 35, emulated_cuda(emulated_cuda::traits{.order = order}));
        same_as_marker(1, 130, 129, emulated_cuda(emulated_cuda::traits{.shared_limit = 48 * 1024, .order = order}));
    }
}

// 0 where the map is one half exactly: picture 2 of these has one such pixel (tests/parity/marker.cpp).
TEST_CASE("a sample of exactly one half, and the published pictures themselves") {
    same_as_marker(3, 48, 48, emulated_cuda{});
    HALLMARK_NEEDS_GOLDEN();
    for (std::string const user : {"u0", "u1", "u2"}) {
        auto const in    = golden::npy("marked/" + user + "_in_u8.npy");
        auto const batch = image_batch<std::uint8_t>(in.shape[0], in.shape[1], in.shape[2], in.shape[3], in.as<std::uint8_t>());
        auto const got   = marked<std::uint8_t>(emulated_cuda{}, plan_of(batch), batch);
        CHECK(std::vector<std::uint8_t>(got.elements().begin(), got.elements().end()) == golden::values<std::uint8_t>("marked/" + user + "_png_from_f64.npy"));
        auto const floats = marked<float>(emulated_cuda{}, plan_of(batch), batch);
        CHECK(std::vector<float>(floats.elements().begin(), floats.elements().end()) == golden::values<float>("marked/" + user + "_out_f32.npy"));
    }
}

// Several users in one launch keep their stripes apart; a part of a plan is the same pictures; bytes may be marked where they lie.
TEST_CASE("users, parts, strides and marking in place") {
    for (auto const& device : {emulated_cuda{}, emulated_cuda(emulated_cuda::traits{.shared_limit = 4096})}) {
        auto const  batch = test_pictures<std::uint8_t>(5, 3, 36, 40);
        auto const  view  = tensor_view<std::uint8_t const>(batch.view());
        parity_plan plan;
        plan.add(view.slice(0, 2), threads(2));
        plan.add(view.slice(2, 3), parity_marker::stripes_of(view));
        auto       wanted = parity_marker()(view.slice(0, 2)).elements();
        auto const size   = batch.elements().size() / 5;
        auto const ada    = std::vector<std::uint8_t>(wanted.begin(), wanted.end());
        auto const bob    = parity_marker().as_float(view.slice(2, 3), parity_marker::stripes_of(view));

        auto const              in   = device.array(batch.elements());
        auto const              from = cuda_nchw<std::uint8_t const>(in.data, 5, 3, 36, 40);
        auto const              out  = device.array<float>(2 * size);
        cuda_parity_marks const marks(device, plan);
        CHECK(marks.size() == 5);
        marks.part(cuda_nchw(out.data, 2, 3, 36, 40), from, 3);
        CHECK(std::equal(out.data, out.data + 2 * size, bob.elements().begin() + static_cast<std::ptrdiff_t>(size)));

        auto const turned = device.array<std::uint8_t>(2 * size);
        marks.part(cuda_nhwc(turned.data, 2, 3, 36, 40), from, 0);
        CHECK(turned.data[3 * 41 + 1] == ada[36 * 40 + 41]);
        marks.part(cuda_nchw(in.data, 2, 3, 36, 40), from, 0);
        marks.check_noise();
        CHECK(std::equal(ada.begin(), ada.end(), in.data));
        CHECK(device.borders_untouched());
    }
}

TEST_CASE("the caller's workspace is all that is used") {
    emulated_cuda const     device;
    auto const              batch  = test_pictures<std::uint8_t>(3, 3, 16, 16);
    auto const              plan   = plan_of(batch);
    auto const              needed = cuda_parity_marks_workspace(plan);
    auto const              room   = device.array<unsigned char>(needed);
    auto const              in     = device.array(batch.elements());
    cuda_parity_marks const marks(device, plan, {room.data, room.size});
    marks.into(cuda_nchw(in.data, 3, 3, 16, 16), cuda_nchw<std::uint8_t const>(in.data, 3, 3, 16, 16));
    CHECK(device.borders_untouched());
    CHECK_THROWS_AS(cuda_parity_marks(device, plan, {room.data, needed - 1}), error);
}

TEST_CASE("what a caller can get wrong") {
    emulated_cuda const device;
    CHECK_THROWS_WITH_AS(parity_plan({.noise = parity_options::kind::uniform}),
                         "hallmark::parity_plan: the noise is uniform; allowed is Perlin noise, because the other is one long row of draws", error);
    parity_plan plan;
    CHECK_THROWS_WITH_AS(cuda_parity_marks(device, plan), "hallmark::cuda_parity_marks: the plan has no pictures; allowed is 1 or more", error);
    plan.add(test_pictures<std::uint8_t>(2, 3, 20, 20).view());
    CHECK_THROWS_WITH_AS(plan.add(test_pictures<std::uint8_t>(1, 3, 20, 21).view()),
                         "hallmark::parity_plan: the pictures have 20 x 21 pixels and those before 20 x 20", error);
    CHECK_THROWS_WITH_AS(plan.add(test_pictures<std::uint8_t>(1, 3, 1, 65536).view()),
                         "hallmark::parity_plan: the pictures have 1 x 65536 pixels; allowed are 1 to 65535 each way", error);
    cuda_parity_marks const marks(device, plan);
    auto const              in   = device.array(test_pictures<std::uint8_t>(2, 3, 20, 20).elements());
    auto const              from = cuda_nchw<std::uint8_t const>(in.data, 2, 3, 20, 20);
    CHECK_THROWS_WITH_AS(marks.into(cuda_nchw(in.data, 2, 3, 10, 20), cuda_nchw<std::uint8_t const>(in.data, 2, 3, 10, 20)),
                         "hallmark::cuda_parity_marks: the originals have extents (3, 10, 20), the plan's pictures (3, 20, 20)", error);
    CHECK_THROWS_WITH_AS(marks.part(cuda_nchw(reinterpret_cast<float*>(in.data), 1, 3, 20, 10), cuda_nchw<std::uint8_t const>(in.data, 2, 3, 20, 10), 0),
                         "hallmark::cuda_parity_marks: the destination and the originals overlap; give each memory of its own", error);
    CHECK_THROWS_WITH_AS(marks.part(cuda_nchw(in.data, 2, 3, 20, 20), from, 1),
                         "hallmark::cuda_parity_marks: 2 pictures from number 1 on were asked for and the plan has 2", error);
}

// One pixel is all of its noise: the CPU says so before it marks, a device when it is asked.
TEST_CASE("pictures whose noise is all equal") {
    auto const batch = test_pictures<std::uint8_t>(2, 3, 1, 1);
    CHECK_THROWS_WITH_AS(parity_marker()(batch.view()),
                         "hallmark::parity_noise: all 1 x 1 samples of the noise are equal, so the published program divides 0 by 0", error);
    for (auto const& device : {emulated_cuda{}, emulated_cuda(emulated_cuda::traits{.shared_limit = 0})}) {
        CHECK_THROWS_WITH_AS(marked<std::uint8_t>(device, plan_of(batch), batch),
                             "hallmark::cuda_parity_marks: all samples of the noise of picture 0 are equal, so the published program divides 0 by 0", error);
    }
}
