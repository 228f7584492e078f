// Marking as the published program does, in pictures a second, and how many times as fast the lanes are as the functions for single points.
#include <hallmark/core/simd.hpp>
#include <hallmark/parity/marker.hpp>

#include "pictures.hpp"
#include "ratio.hpp"

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>

namespace {
namespace simd = hallmark::detail::simd;

// 8-bit in, 8-bit out; items are pictures. The widest set is that of the second argument, or what the machine has.
void mark(benchmark::State& state) {
    auto const                          size = static_cast<std::size_t>(state.range(0));
    auto const                          most = static_cast<simd::level>(state.range(1));
    hallmark::image_batch<std::uint8_t> batch(size >= 224 ? 64 : 1024, 3, size, size);
    bench::paint(batch.elements());
    hallmark::parity_marker const marker;
    auto const                    run = [&](simd::level level, std::size_t count) {
        simd::forced_level const force(level);
        benchmark::DoNotOptimize(marker(hallmark::tensor_view<std::uint8_t const>(batch.view()).slice(0, count)));
    };
    auto const all = batch.samples(), some = all / 16;  // the slow one on fewer pictures
    bench::against(
        state, all, [&] { run(most, all); },
        [&] {
            for (int i = 0; i < 16; ++i) {
                run(simd::level::scalar, some);
            }
        });
}
BENCHMARK(mark)->ArgNames({"size", "level"})->ArgsProduct({{32, 224}, {1, 2, 3}})->Unit(benchmark::kMillisecond);
}  // namespace
