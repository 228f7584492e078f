// Marks on a device: the bytes of the CPU, for both scalars, sizes around a tile, several fields, and streams side by side.
#include "device.hpp"

#include <hallmark/backend/cuda.cuh>
#include <hallmark/blend/additive.hpp>
#include <hallmark/blend/band_limited.hpp>
#include <hallmark/blend/bounded.hpp>
#include <hallmark/blend/convolution.hpp>
#include <hallmark/blend/l2_bounded.hpp>
#include <hallmark/blend/masked.hpp>
#include <hallmark/blend/mode.hpp>
#include <hallmark/blend/range_preserving.hpp>
#include <hallmark/core/image_batch.hpp>
#include <hallmark/mark/image_marker.hpp>
#include <hallmark/noise/field_noise.hpp>
#include <hallmark/noise/simplex.hpp>
#include <hallmark/parity/marker.hpp>
#include <hallmark/pattern/checkerboard.hpp>
#include <hallmark/pattern/keyed_filter.hpp>

#include <array>
#include <cstdint>
#include <vector>

using namespace hallmark;

namespace {
auto test_key() -> secret_key {
    std::array<std::uint8_t, 32> bytes{};
    bytes[3] = 7;
    return secret_key::from_bytes(bytes);
}
template <class Scalar>
auto pictures(std::size_t n, std::size_t c, std::size_t h, std::size_t w) -> image_batch<Scalar> {
    image_batch<Scalar> batch(n, c, h, w);
    std::uint32_t       state = 12345;
    for (auto& e : batch.elements()) {
        state = state * 1664525u + 1013904223u;
        e     = sizeof(Scalar) == 1 ? static_cast<Scalar>(state >> 24) : static_cast<Scalar>(static_cast<float>(state >> 8) / 16777215.0f);
    }
    return batch;
}
template <class Scalar, class Noise, class Pattern, class Plan>
void same_bytes(char const* what, Noise const& noise, Pattern const& pattern, Plan plan, std::size_t n, std::size_t c, std::size_t h, std::size_t w,
                cudaStream_t stream) {
    auto const         p     = mark_parameters{};
    auto const         batch = pictures<Scalar>(n, c, h, w);
    basic_marker const m(test_key(), pattern, noise, convex(p.ratio), p.epsilon, p.design);
    plan.add(test_key(), 1, n);
    on_device<Scalar> const in(std::vector<Scalar>(batch.elements().begin(), batch.elements().end())), out(batch.elements().size());
    cuda_executor const     ex(stream);
    cuda_marks const        marks(ex, plan);
    marks.into(cuda_nchw(out.data(), n, c, h, w), cuda_nchw<Scalar const>(in.data(), n, c, h, w));
    marks.check_pixels();
    same(what, image_batch<Scalar>(n, c, h, w, out.back()), m(batch, 1));
}
template <class Scalar, class Noise>
void same_bytes(char const* what, Noise const& noise, std::size_t n, std::size_t c, std::size_t h, std::size_t w, cudaStream_t stream) {
    auto const p = mark_parameters{};
    same_bytes<Scalar>(what, noise, colour_stripes{p.stripes}, mark_plan<Noise>(p, noise), n, c, h, w, stream);
}
template <class Scalar>
void same_bytes_of_boards(char const* what, std::size_t n, std::size_t h, std::size_t w, cudaStream_t stream) {
    sine_sign_noise<perlin> const noise;
    colour_boards const           boards;
    same_bytes<Scalar>(what, noise, boards, mark_plan(mark_parameters{}, noise, boards, {3, h, w}), n, 3, h, w, stream);
}

template <class Scalar, class Blend>
void same_bytes_of_blend(char const* what, Blend const& blend, cudaStream_t stream) {
    auto const         batch = pictures<Scalar>(5, 3, 33, 40);
    basic_marker const m(test_key(), colour_stripes{}, perlin_sign_noise{}, blend, 8.0 / 255, key_design::shared);
    mark_plan          plan(m);
    plan.add(m.key(), 1, 5);
    on_device<Scalar> const in(std::vector<Scalar>(batch.elements().begin(), batch.elements().end())), out(batch.elements().size());
    cuda_executor const     ex(stream);
    cuda_marks const        marks(ex, plan);
    marks.into(cuda_nchw(out.data(), 5, 3, 33, 40), cuda_nchw(in.data(), 5, 3, 33, 40));
    same(what, image_batch<Scalar>(5, 3, 33, 40, out.back()), m(batch, 1));
}
template <class Scalar>
void same_bytes_of_blends(cudaStream_t stream) {
    same_bytes_of_blend<Scalar>("additive", additive(0.2), stream);
    same_bytes_of_blend<Scalar>("bounded, additive", bounded(additive(0.5), 9.0 / 255), stream);
    same_bytes_of_blend<Scalar>("multiply, in linear light", multiply(0.4, light::linear), stream);
    same_bytes_of_blend<Scalar>("overlay", overlay(0.6), stream);
}

template <class To>
void same_published_bytes(char const* what, std::size_t n, std::size_t h, std::size_t w, cudaStream_t stream) {
    auto const  batch = pictures<std::uint8_t>(n, 3, h, w);
    parity_plan plan;
    plan.add(batch.view());
    on_device<std::uint8_t> const in(std::vector<std::uint8_t>(batch.elements().begin(), batch.elements().end()));
    on_device<To> const           out(batch.elements().size());
    cuda_executor const           ex(stream);
    cuda_parity_marks const       marks(ex, plan);
    marks.into(cuda_nchw(out.data(), n, 3, h, w), cuda_nchw<std::uint8_t const>(in.data(), n, 3, h, w));
    marks.check_noise();
    auto const got = image_batch<To>(n, 3, h, w, out.back());
    if constexpr (sizeof(To) == 1) {
        same(what, got, parity_marker()(batch.view()));
    } else {
        same(what, got, parity_marker().as_float(batch.view()));
    }
}

template <class Scalar, class Pattern, class Blend>
void same_bytes_of_image_blend(char const* what, Pattern const& pattern, Blend const& blend, std::size_t h, std::size_t w, cudaStream_t stream) {
    image_marker const m(test_key(), pattern, sine_sign_noise<perlin>{}, blend, 12.0 / 255, key_design::independent);
    auto const         batch = pictures<Scalar>(5, 3, h, w);
    image_mark_plan    plan(m, {3, h, w});
    plan.add(m.key(), 1, 5);
    on_device<Scalar> const in(std::vector<Scalar>(batch.elements().begin(), batch.elements().end())), out(batch.elements().size());
    cuda_image_marks const  marks(cuda_executor(stream), plan);
    marks.into(cuda_nchw(out.data(), 5, 3, h, w), cuda_nchw<Scalar const>(in.data(), 5, 3, h, w));
    marks.check_pixels();
    same(what, image_batch<Scalar>(5, 3, h, w, out.back()), m(batch, 1));
}
template <class Scalar>
void same_bytes_of_image_blends(std::size_t h, std::size_t w, cudaStream_t stream) {
    same_bytes_of_image_blend<Scalar>("patches", colour_stripes{}, isotope(patches{5, 9}, 0.5), h, w, stream);
    same_bytes_of_image_blend<Scalar>("random pixels of boards", colour_boards{}, isotope(scattered_pixels{0.3}, 0.25), h, w, stream);
    same_bytes_of_image_blend<Scalar>("whole pictures", colour_stripes{}, pixelwise(additive(0.2)), h, w, stream);
    same_bytes_of_image_blend<Scalar>("a budget of energy", colour_stripes{}, l2_bounded(additive(0.2), 3.0), h, w, stream);
    same_bytes_of_image_blend<Scalar>("ranges that are kept", colour_boards{}, range_preserving(convex(0.7)), h, w, stream);
    same_bytes_of_image_blend<Scalar>("keyed convolutions", keyed_filters{.size = 5}, convolution(brightest::kept, light::linear), h, w, stream);
    same_bytes_of_image_blend<Scalar>("bands of the cosine transform", colour_stripes{}, band_limited(convex(0.7), 1, 5), h, w, stream);
}

// A stream of another device: its launches would fail one by one, or run where the memory is not.
void other_devices(cudaStream_t of_the_first) {
    int count = 0;
    cudaGetDeviceCount(&count);
    if (count < 2) {
        std::puts("streams of other devices: not tried, there is one device");
        return;
    }
    cudaSetDevice(1);
    refused("a stream of another device", "hallmark::cuda_executor: device 1 is current and the stream is of device 0; make the stream's device current",
            [&] { (void)cuda_executor(of_the_first); });
    cudaSetDevice(0);
}
// What the caller's own calls left behind is the caller's to find, and no launch failed for it.
void errors_of_others(cudaStream_t stream) {
    mark_plan plan;
    plan.add(test_key(), 1, 1);
    on_device<float> const pixels(std::vector<float>(3 * 8 * 8, 0.5f));
    auto const             view = cuda_nchw(pixels.data(), 1, 3, 8, 8);
    cuda_marks const       marks(cuda_executor(stream), plan);
    cudaStreamSynchronize(stream);
    auto const left = cudaSetDevice(-1);
    marks.into(view, tensor_view<float const, cuda_space>(view));
    same("the caller's last error", cudaGetLastError(), left);
    marks.check_pixels();
    same("no error of hallmark's", cudaGetLastError(), cudaSuccess);
}
}  // namespace

auto main() -> int {
    return on_a_device([] {
        cudaStream_t streams[2]{};
        cudaStreamCreateWithFlags(&streams[0], cudaStreamNonBlocking);
        cudaStreamCreateWithFlags(&streams[1], cudaStreamNonBlocking);
        sine_sign_noise<perlin> const noise;
        same_bytes<std::uint8_t>("32 x 32, 8-bit", noise, 70, 3, 32, 32, streams[0]);
        same_bytes<float>("32 x 32, float", noise, 70, 3, 32, 32, streams[1]);
        same_bytes<std::uint8_t>("31 x 33, grey", noise, 5, 1, 31, 33, streams[0]);
        same_bytes<std::uint8_t>("224 x 224", noise, 9, 3, 224, 224, streams[1]);
        same_bytes<std::uint8_t>("300 x 517, in tiles", noise, 2, 3, 300, 517, streams[0]);
        same_bytes<float>("300 x 517, in tiles, float", noise, 2, 3, 300, 517, nullptr);
        same_bytes<std::uint8_t>("simplex", sine_sign_noise<simplex>{}, 3, 3, 64, 65, streams[1]);
        same_bytes<std::uint8_t>("Gabor", gabor_sign_noise{}, 3, 3, 33, 31, streams[0]);
        same_bytes<float>("waves", sine_noise<perlin>{}, 3, 3, 64, 65, streams[1]);
        same_bytes<std::uint8_t>("a field as it is", field_noise<simplex>{}, 3, 3, 64, 65, streams[0]);
        same_bytes<float>("uniform", uniform_sign_noise{}, 3, 3, 64, 65, streams[0]);
        same_bytes_of_boards<std::uint8_t>("boards", 9, 64, 64, streams[0]);
        same_bytes_of_boards<float>("boards, 300 x 517, in tiles", 2, 300, 517, streams[1]);
        same_published_bytes<std::uint8_t>("the published program's, 32 x 32", 70, 32, 32, streams[0]);
        same_published_bytes<float>("the published program's, 31 x 33, float", 5, 31, 33, streams[1]);
        same_published_bytes<std::uint8_t>("the published program's, 224 x 224", 9, 224, 224, streams[0]);
        same_published_bytes<std::uint8_t>("the published program's, 300 x 517, in tiles", 2, 300, 517, streams[1]);
        same_bytes_of_blends<std::uint8_t>(streams[0]);
        same_bytes_of_blends<float>(streams[1]);
        same_bytes_of_image_blends<std::uint8_t>(33, 40, streams[0]);
        same_bytes_of_image_blends<float>(300, 517, streams[1]);
        other_devices(streams[0]);
        errors_of_others(streams[1]);
        cudaStreamDestroy(streams[0]);
        cudaStreamDestroy(streams[1]);
    });
}
