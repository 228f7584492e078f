// The convex blend in elements a second, beside a plain copy in the same run.
#include <hallmark/blend/convex.hpp>

#include "pictures.hpp"

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace {
template <class Scalar>
void convex(benchmark::State& state) {
    auto const          n = static_cast<std::size_t>(state.range(0));
    std::vector<Scalar> in(n), out(n);
    bench::paint(in);
    auto const blend = hallmark::convex(0.7);
    for (auto _ : state) {
        for (std::size_t i = 0; i < n; ++i) {
            auto const delta = i & 8 ? hallmark::level{8 << 16} : -hallmark::level{8 << 16};
            out[i]           = blend(in[i], delta, hallmark::level{136 << 16});
        }
        benchmark::ClobberMemory();
    }
    if (out[1] == in[1]) {
        state.SkipWithError("the blend changed nothing");
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(n));
}
template <class Scalar>
void copy(benchmark::State& state) {
    auto const          n = static_cast<std::size_t>(state.range(0));
    std::vector<Scalar> in(n), out(n);
    bench::paint(in);
    for (auto _ : state) {
        std::memcpy(out.data(), in.data(), n * sizeof(Scalar));
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(n));
}
BENCHMARK(convex<std::uint8_t>)->Arg(3 * 224 * 224);
BENCHMARK(convex<float>)->Arg(3 * 224 * 224);
BENCHMARK(copy<std::uint8_t>)->Arg(3 * 224 * 224);
BENCHMARK(copy<float>)->Arg(3 * 224 * 224);
}  // namespace
