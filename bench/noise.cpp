// Noise fields in pixels a second, beside stb_perlin in the same run.
#include <hallmark/noise/fractal.hpp>
#include <hallmark/noise/grid.hpp>
#include <hallmark/noise/perlin.hpp>
#include <hallmark/noise/sign_noise.hpp>
#include <hallmark/noise/uniform.hpp>
#include <hallmark/random/stream.hpp>

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#if __has_include(<stb_perlin.h>)
#    define STB_PERLIN_IMPLEMENTATION
#    include <stb_perlin.h>
#endif

namespace {
constexpr std::uint32_t period = 41;

// A field that is 0 everywhere would be fast: look at what was computed.
template <class Samples>
void check(benchmark::State& state, Samples const& samples) {
    auto first = samples[0], differ = samples[0];
    for (auto s : samples) {
        differ = s != first ? s : differ;
    }
    if (differ == first) {
        state.SkipWithError("the field is flat: the benchmark computed nothing");
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(samples.size()));
}

template <class Field>
void field(benchmark::State& state, Field const& f) {
    auto const                          n = static_cast<std::size_t>(state.range(0));
    std::vector<hallmark::noise_sample> plane(n * n);
    for (auto _ : state) {
        hallmark::fill(f, period, hallmark::nchw(plane.data(), 1, 1, n, n));
        benchmark::ClobberMemory();
    }
    check(state, plane);
}

void sign_noise(benchmark::State& state) {
    auto const                          n = static_cast<std::size_t>(state.range(0));
    std::vector<hallmark::noise_sample> plane(n * n);
    hallmark::perlin_sign_noise const   noise{{41, 41}, {4, 4}, {33, 33}};
    for (auto _ : state) {
        hallmark::stream draws(hallmark::chacha_key{{1, 2, 3, 4, 5, 6, 7, 8}});
        noise.fill(draws, hallmark::nchw(plane.data(), 1, 1, n, n));
        benchmark::ClobberMemory();
    }
    check(state, plane);
}

auto const perlin = hallmark::perlin(hallmark::keyed_lattice(7, 11));
void       perlin_1_octave(benchmark::State& state) { field(state, perlin); }
void       perlin_4_octaves(benchmark::State& state) { field(state, hallmark::fractal(perlin, 4)); }
void       uniform(benchmark::State& state) { field(state, hallmark::uniform_noise(hallmark::keyed_lattice(7, 11))); }
BENCHMARK(perlin_1_octave)->Arg(32)->Arg(224)->Arg(1024);
BENCHMARK(perlin_4_octaves)->Arg(32)->Arg(224)->Arg(1024);
BENCHMARK(uniform)->Arg(224);
BENCHMARK(sign_noise)->Arg(32)->Arg(224);

#if __has_include(<stb_perlin.h>)
template <int Octaves>
void stb_perlin(benchmark::State& state) {
    auto const         n = static_cast<std::size_t>(state.range(0));
    std::vector<float> plane(n * n);
    for (auto _ : state) {
        for (std::size_t y = 0; y < n; ++y) {
            for (std::size_t x = 0; x < n; ++x) {
                auto const px = static_cast<float>(x) / static_cast<float>(period), py = static_cast<float>(y) / static_cast<float>(period);
                plane[y * n + x] = Octaves == 1 ? stb_perlin_noise3(px, py, 0, 0, 0, 0) : stb_perlin_fbm_noise3(px, py, 0, 2, 0.5f, Octaves);
            }
        }
        benchmark::ClobberMemory();
    }
    check(state, plane);
}
BENCHMARK(stb_perlin<1>)->Arg(224);
BENCHMARK(stb_perlin<4>)->Arg(224);
#endif
}  // namespace
