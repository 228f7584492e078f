// Marking in pictures a second, on every backend whose array library is here.
#include <hallmark/core/executor.hpp>
#include <hallmark/core/image_batch.hpp>
#if __has_include(<unsupported/Eigen/CXX11/Tensor>)
#    include <hallmark/backend/eigen_tensor.hpp>
#endif
#if __has_include(<xtensor/xtensor.hpp>) || __has_include(<xtensor/containers/xtensor.hpp>)
#    include <hallmark/backend/xtensor.hpp>
#    define BENCH_XTENSOR 1
#endif

#include "mark_batch.hpp"

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>

namespace {
template <class Scalar>
struct plain {
    static auto make(std::size_t n, std::size_t c, std::size_t h, std::size_t w) { return hallmark::image_batch<Scalar>(n, c, h, w); }
};
BENCHMARK(bench::mark<plain<std::uint8_t>>)->Arg(32)->Arg(224);
BENCHMARK(bench::mark<plain<float>>)->Arg(32)->Arg(224);

// One thread and two: pictures a second by the clock on the wall.
void threads(benchmark::State& state) {
    auto const              size  = static_cast<std::size_t>(state.range(0));
    auto const              count = size >= 224 ? std::size_t{64} : std::size_t{2048};
    auto const              batch = hallmark::image_batch<std::uint8_t>(count, 3, size, size);
    auto                    out   = batch;
    hallmark::marker const  marker(bench::key());
    hallmark::threads const pool(static_cast<unsigned>(state.range(1)));
    for (auto _ : state) {
        marker.into(out, batch, "user", {}, pool);
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(count));
}
BENCHMARK(threads)->ArgNames({"side", "threads"})->ArgsProduct({{32, 224}, {1, 2}})->UseRealTime();

#if __has_include(<unsupported/Eigen/CXX11/Tensor>)
template <class Scalar>
struct eigen {
    static auto make(std::size_t n, std::size_t c, std::size_t h, std::size_t w) {
        auto const i = [](std::size_t v) { return static_cast<Eigen::Index>(v); };
        return Eigen::Tensor<Scalar, 4, Eigen::RowMajor>(i(n), i(c), i(h), i(w));
    }
};
BENCHMARK(bench::mark<eigen<std::uint8_t>>)->Arg(32)->Arg(224);
BENCHMARK(bench::mark<eigen<float>>)->Arg(32)->Arg(224);
#endif
#ifdef BENCH_XTENSOR
template <class Scalar>
struct xtensor {
    static auto make(std::size_t n, std::size_t c, std::size_t h, std::size_t w) {
        return xt::xtensor<Scalar, 4>(typename xt::xtensor<Scalar, 4>::shape_type{n, c, h, w});
    }
};
BENCHMARK(bench::mark<xtensor<std::uint8_t>>)->Arg(32)->Arg(224);
BENCHMARK(bench::mark<xtensor<float>>)->Arg(32)->Arg(224);
#endif
}  // namespace
