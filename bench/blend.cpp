// The convex blend in elements a second. `ratio`: how many times as fast as the peer named, in the same run.
#include <hallmark/blend/convex.hpp>

#include "pictures.hpp"
#include "ratio.hpp"

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#if __has_include(<Eigen/Core>)
#    include <Eigen/Core>
#endif
#if __has_include(<xtensor/xtensor.hpp>)
#    include <xtensor/xadapt.hpp>
#    include <xtensor/xmath.hpp>
#    include <xtensor/xnoalias.hpp>
#    include <xtensor/xtensor.hpp>
#    define BENCH_XTENSOR 1
#endif
#ifdef BENCH_OPENCV
#    include <opencv2/core.hpp>
#endif

namespace {
// In the cache: a colour picture of 224 x 224. In memory: ten million elements.
constexpr int cached = 3 * 224 * 224, in_memory = 9'600'000;

template <class A, class Out>
struct pictures {
    explicit pictures(benchmark::State const& state) : count(static_cast<std::size_t>(state.range(0))), a(count), b(count), ours(count), theirs(count) {
        bench::paint(a);
        for (std::size_t i = 0; i < count; ++i) {
            b[i] = bench::pixel<A>(5 * i + 3);
        }
    }
    std::size_t      count;
    std::vector<A>   a, b;
    std::vector<Out> ours, theirs;

    // What was computed must be what the peer computed, or nearly.
    void check(benchmark::State& state, double tolerance) const {
        for (std::size_t i = 0; i < count; ++i) {
            auto const d = static_cast<double>(ours[i]) - static_cast<double>(theirs[i]);
            if (d > tolerance || d < -tolerance || ours[1] == ours[2]) {
                state.SkipWithError("the two blends differ");
                return;
            }
        }
    }
};
auto const blend = hallmark::convex(0.7);

// The marker's row: noise of ±8 levels on one colour; beside a plain copy.
template <class Scalar>
void row_beside_copy(benchmark::State& state) {
    pictures<Scalar, Scalar>  p(state);
    std::vector<std::uint8_t> signs(p.count);
    for (std::size_t i = 0; i < p.count; ++i) {
        signs[i] = i & 8 ? 255 : 0;
    }
    bench::against(
        state, p.count, [&] { blend.row(p.a.data(), signs.data(), 8 << 16, 136 << 16, p.count, p.ours.data()); },
        [&] { std::memcpy(p.theirs.data(), p.a.data(), p.count * sizeof(Scalar)); });
    if (p.ours[1] == p.a[1]) {
        state.SkipWithError("the blend changed nothing");
    }
}
BENCHMARK(row_beside_copy<std::uint8_t>)->Arg(cached)->Arg(in_memory);
BENCHMARK(row_beside_copy<float>)->Arg(cached)->Arg(in_memory);

void float_mix_beside_copy(benchmark::State& state) {
    pictures<float, float> p(state);
    bench::against(
        state, p.count, [&] { blend.mix(p.a.data(), p.b.data(), p.count, p.ours.data()); },
        [&] { std::memcpy(p.theirs.data(), p.a.data(), p.count * sizeof(float)); });
}
BENCHMARK(float_mix_beside_copy)->Arg(cached)->Arg(in_memory);

#if __has_include(<Eigen/Core>)
void float_mix_beside_eigen(benchmark::State& state) {
    pictures<float, float> p(state);
    auto const             n = static_cast<Eigen::Index>(p.count);
    bench::against(
        state, p.count, [&] { blend.mix(p.a.data(), p.b.data(), p.count, p.ours.data()); },
        [&] {
            using array                           = Eigen::ArrayXf;
            Eigen::Map<array>(p.theirs.data(), n) = 0.7f * Eigen::Map<array const>(p.a.data(), n) + 0.3f * Eigen::Map<array const>(p.b.data(), n);
        });
    p.check(state, 1e-4);
}
BENCHMARK(float_mix_beside_eigen)->Arg(cached)->Arg(in_memory);

void float_to_bytes_beside_eigen(benchmark::State& state) {
    pictures<float, std::uint8_t> p(state);
    auto const                    n = static_cast<Eigen::Index>(p.count);
    bench::against(
        state, p.count, [&] { blend.mix(p.a.data(), p.b.data(), p.count, p.ours.data()); },
        [&] {
            using array  = Eigen::ArrayXf;
            auto const a = Eigen::Map<array const>(p.a.data(), n), b = Eigen::Map<array const>(p.b.data(), n);
            Eigen::Map<Eigen::Array<std::uint8_t, Eigen::Dynamic, 1>>(p.theirs.data(), n) = (178.5f * a + 76.5f * b + 0.5f).template cast<std::uint8_t>();
        });
    p.check(state, 1);
}
BENCHMARK(float_to_bytes_beside_eigen)->Arg(cached)->Arg(in_memory);
#endif

#ifdef BENCH_XTENSOR
void float_mix_beside_xtensor(benchmark::State& state) {
    pictures<float, float> p(state);
    auto const             shape = std::vector<std::size_t>{p.count};
    auto const             a = xt::adapt(p.a, shape), b = xt::adapt(p.b, shape);
    auto                   out = xt::adapt(p.theirs, shape);
    bench::against(
        state, p.count, [&] { blend.mix(p.a.data(), p.b.data(), p.count, p.ours.data()); }, [&] { xt::noalias(out) = 0.7f * a + 0.3f * b; });
    p.check(state, 1e-4);
}
BENCHMARK(float_mix_beside_xtensor)->Arg(cached)->Arg(in_memory);
#endif

#ifdef BENCH_OPENCV
template <class Scalar>
auto mat(std::vector<Scalar>& v) -> cv::Mat {
    return cv::Mat(1, static_cast<int>(v.size()), sizeof(Scalar) == 1 ? CV_8UC1 : CV_32FC1, v.data());
}
void byte_mix_beside_opencv(benchmark::State& state) {
    pictures<std::uint8_t, std::uint8_t> p(state);
    cv::setNumThreads(1);
    auto const a = mat(p.a), b = mat(p.b);
    auto       out = mat(p.theirs);
    bench::against(
        state, p.count, [&] { blend.mix(p.a.data(), p.b.data(), p.count, p.ours.data()); }, [&] { cv::addWeighted(a, 0.7, b, 0.3, 0, out); });
    p.check(state, 1);
}
void float_mix_beside_opencv(benchmark::State& state) {
    pictures<float, float> p(state);
    cv::setNumThreads(1);
    auto const a = mat(p.a), b = mat(p.b);
    auto       out = mat(p.theirs);
    bench::against(
        state, p.count, [&] { blend.mix(p.a.data(), p.b.data(), p.count, p.ours.data()); }, [&] { cv::addWeighted(a, 0.7, b, 0.3, 0, out); });
    p.check(state, 1e-4);
}
void float_to_bytes_beside_opencv(benchmark::State& state) {
    pictures<float, std::uint8_t> p(state);
    cv::setNumThreads(1);
    auto const a = mat(p.a), b = mat(p.b);
    auto       out = mat(p.theirs);
    cv::Mat    sum;
    bench::against(
        state, p.count, [&] { blend.mix(p.a.data(), p.b.data(), p.count, p.ours.data()); },
        [&] {
            cv::addWeighted(a, 0.7 * 255, b, 0.3 * 255, 0, sum);
            sum.convertTo(out, CV_8U);
        });
    p.check(state, 1);
}
BENCHMARK(byte_mix_beside_opencv)->Arg(cached)->Arg(in_memory);
BENCHMARK(float_mix_beside_opencv)->Arg(cached)->Arg(in_memory);
BENCHMARK(float_to_bytes_beside_opencv)->Arg(cached)->Arg(in_memory);
#endif
}  // namespace
