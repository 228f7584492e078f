// Marks on a device: fused, from originals to marked pictures, 8-bit and float.
#include "bench.hpp"

#include <hallmark/backend/cuda.cuh>

#include <array>
#include <cstdint>
#include <vector>

using namespace hallmark;

namespace {
template <class Scalar>
void mark(cuda_executor const& ex, double copy, char const* what, std::size_t n, std::size_t side, mark_parameters const& p = {}) {
    std::array<std::uint8_t, 32> bytes{};
    mark_plan                    plan(p);
    plan.add(secret_key::from_bytes(bytes), 1, n);
    auto const                  elements = n * 3 * side * side;
    bench::buffer<Scalar> const in(bench::numbers<Scalar>(elements, sizeof(Scalar) == 1 ? 256.0 : 1.0)), out(elements);
    cuda_marks const            marks(ex, plan);
    auto const s = bench::seconds(ex, [&] { marks.into(cuda_nchw(out.data(), n, 3, side, side), cuda_nchw<Scalar const>(in.data(), n, 3, side, side)); });
    marks.check_pixels();
    bench::line(what, s, static_cast<double>(n), "image", 2.0 * static_cast<double>(elements * sizeof(Scalar)), copy);
}

/// The noise alone: the pass that looks for the extremes of pictures that are cut into tiles. It writes no pixel.
void field(cuda_executor const& ex, double copy, char const* what, std::size_t n, std::uint32_t side, std::uint32_t octaves) {
    using namespace detail::device;
    using body = mark_body<std::uint8_t, mark_plan<>::draw, stripe_draws::behind, convex, 128>;
    std::array<std::uint8_t, 32> bytes{};
    auto                         p = mark_parameters{};
    p.octaves                      = {octaves, octaves};
    mark_plan plan(p);
    plan.add(secret_key::from_bytes(bytes), 1, n);
    bench::buffer<picture_draw<mark_plan<>::draw>> const draws(plan.pictures());
    bench::buffer<std::int32_t> const                    least(n), greatest(n);
    bench::buffer<std::uint64_t> const                   bad(1);
    auto const                                           none = cuda_nchw<std::uint8_t>(nullptr, n, 1, side, side);  // never touched
    body const                                           measure{none,
                       none,
                       draws.data(),
                       plan.drawn_patterns().at(nullptr),
                       plan.noise_height(),
                       plan.blend(),
                       least.data(),
                       greatest.data(),
                       bad.data(),
                       0,
                       0,
                       (side + 127) / 128,
                       (side + 31) / 32,
                       side < 128 ? side : 128u,
                       side < 32 ? side : 32u,
                       mark_pass::measure,
                       false};
    auto const                                           s = bench::seconds(ex, [&] { launch_pictures(ex, measure, n); });
    bench::line(what, s, static_cast<double>(n) * side * side, "pixel", static_cast<double>(n) * 8.0, copy);
}

/// The blend and little else: coin flips are the cheapest noise there is.
void blend_alone(cuda_executor const& ex, double copy, char const* what, std::size_t n, std::size_t side) {
    std::array<std::uint8_t, 32> bytes{};
    mark_plan                    plan(mark_parameters{}, uniform_sign_noise{});
    plan.add(secret_key::from_bytes(bytes), 1, n);
    auto const                 elements = n * 3 * side * side;
    bench::buffer<float> const in(bench::numbers<float>(elements, 1.0)), out(elements);
    cuda_marks const           marks(ex, plan);
    auto const                 s = bench::seconds(ex, [&] { marks.into(cuda_nchw(out.data(), n, 3, side, side), cuda_nchw(in.data(), n, 3, side, side)); });
    bench::line(what, s, static_cast<double>(n), "image", 2.0 * static_cast<double>(elements * sizeof(float)), copy);
}

template <class To>
void parity(cuda_executor const& ex, double copy, char const* what, std::size_t n, std::size_t side) {
    auto const  elements = n * 3 * side * side;
    auto const  pixels   = bench::numbers<std::uint8_t>(elements, 256.0);
    parity_plan plan;
    auto const  all = nchw(pixels.data(), n, 3, side, side);
    plan.add(all, threads());
    double flops = 0.0;  // 38 of an octave, its sum, and 34 of two ranges and a sine
    for (auto const& d : plan.draws()) {
        flops += static_cast<double>(side * side) * (40.0 * d.field.octaves + 34.0);
    }
    bench::buffer<std::uint8_t> const in(pixels);
    bench::buffer<To> const           out(elements);
    cuda_parity_marks const           marks(ex, plan);
    auto const s = bench::seconds(ex, [&] { marks.into(cuda_nchw(out.data(), n, 3, side, side), cuda_nchw<std::uint8_t const>(in.data(), n, 3, side, side)); });
    marks.check_noise();
    bench::line(what, s, static_cast<double>(n), "image", static_cast<double>(elements * (1 + sizeof(To))), copy, flops);
}
}  // namespace

auto main() -> int {
    return bench::run([](cuda_executor const& ex, double copy) {
        mark<std::uint8_t>(ex, copy, "fused mark, 8-bit, 32 x 32", 131072, 32);
        mark<std::uint8_t>(ex, copy, "fused mark, 8-bit, 64 x 64", 32768, 64);
        mark<std::uint8_t>(ex, copy, "fused mark, 8-bit, 224 x 224", 4096, 224);
        mark<std::uint8_t>(ex, copy, "fused mark, 8-bit, 512 x 512 (tiles)", 512, 512);
        mark<float>(ex, copy, "fused mark, float, 32 x 32", 32768, 32);
        mark<float>(ex, copy, "fused mark, float, 224 x 224", 1024, 224);
        auto four    = mark_parameters{};
        four.octaves = {4, 4};
        mark<std::uint8_t>(ex, copy, "fused mark, 8-bit, 224 x 224, 4 octaves", 4096, 224, four);
        auto one    = mark_parameters{};
        one.octaves = {1, 1};
        mark<std::uint8_t>(ex, copy, "fused mark, 8-bit, 224 x 224, 1 octave", 4096, 224, one);
        field(ex, copy, "Perlin field, 4 octaves, 512 x 512", 1024, 512, 4);
        field(ex, copy, "Perlin field, 1 octave, 512 x 512", 1024, 512, 1);
        blend_alone(ex, copy, "blend on coin flips, float, 224 x 224", 1024, 224);
        parity<std::uint8_t>(ex, copy, "the published mark, 8-bit, 32 x 32", 65536, 32);
        parity<std::uint8_t>(ex, copy, "the published mark, 8-bit, 224 x 224", 2048, 224);
        parity<float>(ex, copy, "the published mark, to float, 32 x 32", 65536, 32);
    });
}
