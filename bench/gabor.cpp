// Gabor and cellular noise in pixels a second. `ratio`: how many times as fast as the peer named, in the same run.
#include <hallmark/noise/cellular.hpp>
#include <hallmark/noise/gabor.hpp>
#include <hallmark/noise/grid.hpp>
#include <hallmark/noise/sparse_gabor.hpp>
#include <hallmark/noise/sparse_gabor_field.hpp>
#include <hallmark/random/stream.hpp>

#include "ratio.hpp"

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#ifdef BENCH_FILTER2D
#    include <opencv2/imgproc.hpp>
#endif

namespace {
namespace simd     = hallmark::detail::simd;
auto const lattice = hallmark::keyed_lattice(7, 11);

struct picture {
    std::size_t                         side;
    std::vector<hallmark::noise_sample> samples = std::vector<hallmark::noise_sample>(side * side);
    auto                                view() -> hallmark::tensor_view<hallmark::noise_sample> { return hallmark::nchw(samples.data(), 1, 1, side, side); }
};
auto at(benchmark::State const& state, std::size_t n) -> std::size_t { return static_cast<std::size_t>(state.range(n)); }

// A field that is 0 everywhere would be fast: look at what was computed.
template <class Samples>
void check(benchmark::State& state, Samples const& samples) {
    auto first = samples[0], differ = samples[0];
    for (auto s : samples) {
        differ = s < first || s > first ? s : differ;
    }
    if (!(differ < first) && !(differ > first)) {
        state.SkipWithError("the field is flat: the benchmark computed nothing");
    }
}

// Lagae's evaluation in its plainest form: for every pixel, all impulses of nine cells, drawn anew by a linear congruential generator, in double.
void plain_gabor(std::vector<double>& plane, std::size_t side, double period, int impulses, double frequency) {
    for (std::size_t row = 0; row < side; ++row) {
        for (std::size_t column = 0; column < side; ++column) {
            auto const   x = static_cast<double>(column) / period, y = static_cast<double>(row) / period;
            double const cx = std::floor(x), cy = std::floor(y);
            double       sum = 0;
            for (int cell = 0; cell < 9; ++cell) {
                double const i = cell % 3 - 1, j = cell / 3 - 1;
                auto         state = static_cast<std::uint32_t>((cx + i + 1) * 73 + (cy + j + 1) * 7919 + 1);
                auto const   draw  = [&] { return (state = state * 3039177861u) * 0x1p-32; };
                for (int k = 0; k < impulses; ++k) {
                    double const dx = x - cx - i - draw(), dy = y - cy - j - draw(), weight = 2 * draw() - 1, turn = 6.283185307 * draw();
                    auto const   u = dx * dx + dy * dy;
                    if (u < 1) {
                        sum += weight * std::exp(-3.14159265 * u) * std::cos(6.283185307 * frequency * (dx * std::cos(turn) + dy * std::sin(turn)));
                    }
                }
            }
            plane[row * side + column] = sum;
        }
    }
}

// 21 impulses a cell: 66 in the disc of a kernel of Lagae's, 84 in the square of ours. At each level that this machine has: 1 is SSE2 or NEON, 2 AVX2, 3
// AVX-512.
void gabor_beside_plain(benchmark::State& state) {
    auto const level = static_cast<simd::level>(state.range(2));
    if (level > simd::best()) {
        state.SkipWithError("this machine does not have the instructions");
        return;
    }
    simd::forced_level const force(level);
    picture                  p{at(state, 0)};
    auto const               period = static_cast<std::uint32_t>(state.range(1));
    auto const               field  = hallmark::make_gabor(lattice, {3.0, 0.0, true, 21, false, false});
    std::vector<double>      theirs(p.samples.size());
    bench::against(
        state, p.samples.size(), [&] { hallmark::fill(field, period, p.view()); }, [&] { plain_gabor(theirs, p.side, period, 21, 3.0); });
    check(state, p.samples);
    check(state, theirs);
}
BENCHMARK(gabor_beside_plain)->ArgNames({"side", "period", "level"})->ArgsProduct({{224}, {20, 41}, {1, 2, 3}});

// The whole source: draws, kernels and stretch. The peer filters a picture of impulses and does nothing else.
#ifdef BENCH_FILTER2D
void sparse_gabor_beside_filter2d(benchmark::State& state) {
    cv::setNumThreads(1);
#else
void sparse_gabor_beside_plain_convolution(benchmark::State& state) {
#endif
    picture                      p{at(state, 0)};
    auto const                   side = p.side;
    hallmark::sparse_gabor const source{hallmark::gabor_kernel({23, 4.0, 34.0, 8.0, 1.0, 1}), 13, 1};
    std::vector<float>           impulses(p.samples.size()), kernel, theirs(p.samples.size());
    for (std::size_t i = 0; i < side; i += 13) {
        for (std::size_t j = 0; j < side; j += 13) {
            impulses[i * side + j] = static_cast<float>(i % 7) - 3.5f;
        }
    }
    for (std::size_t r = 0; r < 23; ++r) {
        for (std::size_t c = 0; c < 23; ++c) {
            kernel.push_back(static_cast<float>(source.kernel.row(r)[c]) * 0x1p-24f);
        }
    }
    auto const ours = [&] {
        hallmark::stream draws(hallmark::chacha_key{{1, 2, 3, 4, 5, 6, 7, 8}});
        source.fill(draws, p.view());
    };
#ifdef BENCH_FILTER2D
    auto const    n = static_cast<int>(side);
    cv::Mat const from(n, n, CV_32F, impulses.data()), by(23, 23, CV_32F, kernel.data());
    cv::Mat       to(n, n, CV_32F, theirs.data());
    bench::against(state, p.samples.size(), ours, [&] { cv::filter2D(from, to, CV_32F, by); });
#else
    bench::against(state, p.samples.size(), ours, [&] {
        for (std::size_t y = 11; y + 11 < side; ++y) {
            for (std::size_t x = 11; x + 11 < side; ++x) {
                float sum = 0;
                for (std::size_t r = 0; r < 23; ++r) {
                    for (std::size_t c = 0; c < 23; ++c) {
                        sum += impulses[(y + r - 11) * side + x + c - 11] * kernel[r * 23 + c];
                    }
                }
                theirs[y * side + x] = sum;
            }
        }
    });
#endif
    check(state, p.samples);
    check(state, theirs);
}

// The field, a pixel of the kernel for each of the picture, beside its points.
void sparse_gabor_field_beside_points(benchmark::State& state) {
    picture    p{at(state, 0)}, theirs{p.side};
    auto const field = hallmark::sparse_gabor_field(lattice, hallmark::gabor_kernel({23, 4.0, 34.0, 8.0, 1.0, 1}));
    auto const xs    = hallmark::detail::places(0, p.side, 13);
    auto const g     = hallmark::noise_grid{xs.data(), p.side, xs.data(), p.side, theirs.samples.data(), static_cast<std::ptrdiff_t>(p.side)};
    bench::against(
        state, p.samples.size(), [&] { hallmark::fill(field, 13, p.view()); }, [&] { hallmark::detail::plain_grid(field, g); });
    check(state, p.samples);
    if (p.samples != theirs.samples) {
        state.SkipWithError("points gave other samples");
    }
}
BENCHMARK(sparse_gabor_field_beside_points)->Arg(224)->Arg(1024);
#ifdef BENCH_FILTER2D
BENCHMARK(sparse_gabor_beside_filter2d)->Arg(224)->Arg(1024);
#else
BENCHMARK(sparse_gabor_beside_plain_convolution)->Arg(224)->Arg(1024);
#endif

// The peer meets the same nine points for each pixel, point by point.
void cellular_f1_beside_points(benchmark::State& state) {
    picture    p{at(state, 0)};
    auto const field  = hallmark::cellular(lattice);
    auto       theirs = p;
    bench::against(
        state, p.samples.size(), [&] { hallmark::fill(field, 41, p.view()); },
        [&] {
            for (std::size_t y = 0; y < theirs.side; ++y) {
                for (std::size_t x = 0; x < theirs.side; ++x) {
                    theirs.samples[y * theirs.side + x] = field(static_cast<std::uint32_t>((x << 16) / 41), static_cast<std::uint32_t>((y << 16) / 41));
                }
            }
        });
    check(state, p.samples);
    check(state, theirs.samples);
}
BENCHMARK(cellular_f1_beside_points)->Arg(224);
}  // namespace
