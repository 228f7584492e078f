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
        parity<std::uint8_t>(ex, copy, "the published mark, 8-bit, 32 x 32", 65536, 32);
        parity<std::uint8_t>(ex, copy, "the published mark, 8-bit, 224 x 224", 2048, 224);
        parity<float>(ex, copy, "the published mark, to float, 32 x 32", 65536, 32);
    });
}
