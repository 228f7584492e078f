// Noise fields and the sine map in pixels a second. `ratio`: how many times as fast as the peer named, in the same run.
#include <hallmark/noise/cellular.hpp>
#include <hallmark/noise/cellular_3d.hpp>
#include <hallmark/noise/fractal.hpp>
#include <hallmark/noise/fractal_sum.hpp>
#include <hallmark/noise/gabor.hpp>
#include <hallmark/noise/grid.hpp>
#include <hallmark/noise/perlin.hpp>
#include <hallmark/noise/perlin_3d.hpp>
#include <hallmark/noise/perlin_classic.hpp>
#include <hallmark/noise/rotate.hpp>
#include <hallmark/noise/scale.hpp>
#include <hallmark/noise/sign_noise.hpp>
#include <hallmark/noise/simplex.hpp>
#include <hallmark/noise/simplex_3d.hpp>
#include <hallmark/noise/sparse_gabor.hpp>
#include <hallmark/noise/threshold.hpp>
#include <hallmark/noise/uniform.hpp>
#include <hallmark/noise/value.hpp>
#include <hallmark/noise/value_3d.hpp>
#include <hallmark/noise/volume.hpp>
#include <hallmark/random/stream.hpp>

#include "ratio.hpp"

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#if __has_include(<stb_perlin.h>)
#    define STB_PERLIN_IMPLEMENTATION
#    include <stb_perlin.h>
#endif
#if __has_include(<Eigen/Core>)
#    include <Eigen/Core>
#endif
#if __has_include(<xsimd/xsimd.hpp>)
#    include <xsimd/xsimd.hpp>
#endif
#ifdef BENCH_FASTNOISE2
#    include <FastNoise/FastNoise.h>
#endif

namespace {
namespace simd                  = hallmark::detail::simd;
constexpr std::uint32_t period  = 41;
auto const              lattice = hallmark::keyed_lattice(7, 11);

struct picture {
    std::size_t                         side;
    std::vector<hallmark::noise_sample> samples = std::vector<hallmark::noise_sample>(side * side);
    auto                                view() -> hallmark::tensor_view<hallmark::noise_sample> { return hallmark::nchw(samples.data(), 1, 1, side, side); }
};
auto side_of(benchmark::State const& state) -> std::size_t { return static_cast<std::size_t>(state.range(0)); }

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
}

template <class Field>
void field(benchmark::State& state, Field const& f) {
    picture p{side_of(state)};
    for (auto _ : state) {
        hallmark::fill(f, period, p.view());
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(p.samples.size()));
    check(state, p.samples);
}
void uniform(benchmark::State& state) { field(state, hallmark::uniform_noise(lattice)); }
void value(benchmark::State& state) { field(state, hallmark::value_noise(lattice)); }
void simplex(benchmark::State& state) { field(state, hallmark::simplex(lattice)); }
void cellular_f1(benchmark::State& state) { field(state, hallmark::cellular(lattice)); }
void gabor(benchmark::State& state) { field(state, hallmark::make_gabor(lattice, {})); }

// Beside the same field without vectors: its points, or its rows.
template <class Field>
void lanes_beside_points(benchmark::State& state, Field const& f) {
    picture p{side_of(state)}, theirs{p.side};
    bench::against(
        state, p.samples.size(), [&] { hallmark::fill(f, period, p.view()); },
        [&] {
            simd::forced_level const force(simd::level::scalar);
            hallmark::fill(f, period, theirs.view());
        });
    check(state, p.samples);
    if (p.samples != theirs.samples) {
        state.SkipWithError("vectors gave other samples");
    }
}
template <class Field>
void slice_beside_points(benchmark::State& state, Field const& f) {
    lanes_beside_points(state, hallmark::slice_field(f, 0x12345));
}
void perlin_classic_beside_points(benchmark::State& state) { lanes_beside_points(state, hallmark::perlin_classic(lattice)); }
void fractal_simplex_beside_points(benchmark::State& state) { lanes_beside_points(state, hallmark::fractal(hallmark::simplex(lattice), 4)); }
void fractal_cellular_beside_points(benchmark::State& state) { lanes_beside_points(state, hallmark::fractal(hallmark::cellular(lattice), 4)); }
void ridged_perlin_beside_points(benchmark::State& state) { lanes_beside_points(state, hallmark::ridged(hallmark::perlin(lattice), {4, 2.0, 0.5})); }
void value_3d_beside_points(benchmark::State& state) { slice_beside_points(state, hallmark::value_3d(lattice)); }
void perlin_3d_beside_points(benchmark::State& state) { slice_beside_points(state, hallmark::perlin_3d(lattice)); }
void simplex_3d_beside_points(benchmark::State& state) { slice_beside_points(state, hallmark::simplex_3d(lattice)); }
void cellular_3d_beside_points(benchmark::State& state) { slice_beside_points(state, hallmark::cellular_3d(lattice)); }
void fbm_perlin_3d_beside_points(benchmark::State& state) { slice_beside_points(state, hallmark::fbm(hallmark::perlin_3d(lattice), {4, 2.0, 0.5})); }

// A composed field beside the same arithmetic written out by hand: composition should cost nothing, a ratio of 1. `theirs(g)` fills a grid.
template <class Field, class Theirs>
void beside_by_hand(benchmark::State& state, Field const& f, Theirs const& by_hand) {
    picture    p{side_of(state)}, theirs{p.side};
    auto const xs = hallmark::detail::places(0, p.side, period), ys = xs;
    auto const at = [&](picture& one) {
        return hallmark::noise_grid{xs.data(), p.side, ys.data(), p.side, one.samples.data(), static_cast<std::ptrdiff_t>(p.side)};
    };
    auto const ours_at = at(p), theirs_at = at(theirs);
    bench::against(
        state, p.samples.size(), [&] { hallmark::detail::any_grid(f, ours_at); }, [&] { by_hand(theirs_at); });
    check(state, p.samples);
    if (p.samples != theirs.samples) {
        state.SkipWithError("by hand it gave other samples");
    }
}
constexpr std::uint32_t          factor = 111411;                       // 1.7, Q.16
constexpr hallmark::noise_sample lowest = 107374182;                    // 0.1, Q1.30
constexpr std::int32_t           cosine = 929887697, sine = 536870912;  // of 30 degrees, Q.30, as rotate has them
auto                             by_factor(hallmark::lattice_coordinate x) -> hallmark::lattice_coordinate {
    return static_cast<hallmark::lattice_coordinate>((std::uint64_t{x} * factor) >> 16);
}
// A picture: scaled places, the field's own picture, and a comparison at each pixel.
void composed_picture_beside_by_hand(benchmark::State& state) {
    auto const base = hallmark::perlin(lattice);
    beside_by_hand(state, hallmark::threshold(hallmark::scale(base, 1.7), 0.1), [&](hallmark::noise_grid const& g) {
        std::vector<hallmark::lattice_coordinate> xs(g.width), ys(g.height);
        for (std::size_t i = 0; i < g.width; ++i) {
            xs[i] = by_factor(g.xs[i]);
        }
        for (std::size_t i = 0; i < g.height; ++i) {
            ys[i] = by_factor(g.ys[i]);
        }
        base.grid({xs.data(), g.width, ys.data(), g.height, g.out, g.stride});
        auto* const out = g.out;
        for (std::size_t i = 0; i < g.width * g.height; ++i) {
            out[i] = out[i] < lowest ? -hallmark::noise_one : hallmark::noise_one;
        }
    });
}
// Vectors of places, scaled and turned, of which the field is asked: one function of all three.
struct simplex_by_hand {
    hallmark::simplex base{lattice};
    std::int32_t      across = cosine, down = sine;
    std::uint32_t     by = factor;

    auto operator()(hallmark::lattice_coordinate x, hallmark::lattice_coordinate y) const noexcept -> hallmark::noise_sample {
        hallmark::noise_sample out = 0;
        at(x, y, out);
        return out;
    }
    template <class U, class Y, class Int>
    HALLMARK_INLINE void at(U const& x, Y const& y, Int& out) const noexcept {
        using X = typename hallmark::detail::lanes_of<U>::i;
        using V = typename hallmark::detail::lanes_of<Y>::i;
        U px{}, low{}, py{}, high{}, sx{}, sy{};
        Y right{}, rest{}, below{}, others{};
        hallmark::detail::product30((X)x, across, px, low);
        hallmark::detail::product30((V)y, down, right, rest);
        hallmark::detail::product30((X)x, -down, py, high);
        hallmark::detail::product30((V)y, across, below, others);
        hallmark::detail::scaled16(U(px + right + ((low + rest) >> 30)), by, sx);
        hallmark::detail::scaled16(U(py + below + ((high + others) >> 30)), by, sy);
        base.at(sx, sy, out);
    }
    [[maybe_unused]] friend auto operator==(simplex_by_hand const&, simplex_by_hand const&) -> bool = default;
};
void composed_lanes_beside_by_hand(benchmark::State& state) {
    beside_by_hand(state, hallmark::rotated_field(hallmark::scale(hallmark::simplex(lattice), 1.7), cosine, sine),
                   [](hallmark::noise_grid const& g) { hallmark::detail::lanes_grid(simplex_by_hand{}, g); });
}
// Point by point.
struct points_of_composed {
    hallmark::threshold_field<hallmark::scaled_field<hallmark::simplex>> field = hallmark::threshold(hallmark::scale(hallmark::simplex(lattice), 1.7), 0.1);

    auto operator()(hallmark::lattice_coordinate x, hallmark::lattice_coordinate y) const noexcept -> hallmark::noise_sample { return field(x, y); }
    [[maybe_unused]] friend auto operator==(points_of_composed const&, points_of_composed const&) -> bool = default;
};
void composed_points_beside_by_hand(benchmark::State& state) {
    auto const base = hallmark::simplex(lattice);
    beside_by_hand(state, points_of_composed{}, [&](hallmark::noise_grid const& g) {
        for (std::size_t h = 0; h < g.height; ++h) {
            for (std::size_t w = 0; w < g.width; ++w) {
                g.out[h * g.width + w] = base(by_factor(g.xs[w]), by_factor(g.ys[h])) < lowest ? -hallmark::noise_one : hallmark::noise_one;
            }
        }
    });
}
BENCHMARK(composed_picture_beside_by_hand)->Arg(224);
BENCHMARK(composed_lanes_beside_by_hand)->Arg(224);
BENCHMARK(composed_points_beside_by_hand)->Arg(224);
BENCHMARK(perlin_classic_beside_points)->Arg(224);
BENCHMARK(fractal_simplex_beside_points)->Arg(224);
BENCHMARK(fractal_cellular_beside_points)->Arg(224);
BENCHMARK(ridged_perlin_beside_points)->Arg(224);
BENCHMARK(value_3d_beside_points)->Arg(224);
BENCHMARK(perlin_3d_beside_points)->Arg(224);
BENCHMARK(simplex_3d_beside_points)->Arg(224);
BENCHMARK(cellular_3d_beside_points)->Arg(224);
BENCHMARK(fbm_perlin_3d_beside_points)->Arg(224);
BENCHMARK(uniform)->Arg(224);
BENCHMARK(value)->Arg(224);
BENCHMARK(simplex)->Arg(224);
BENCHMARK(cellular_f1)->Arg(224);
BENCHMARK(gabor)->Arg(224);

// The marker's noise: field and signs, drawn anew for each picture.
void sign_noise(benchmark::State& state) {
    picture                           p{side_of(state)};
    std::vector<std::uint8_t>         signs(p.samples.size());
    hallmark::perlin_sign_noise const noise{{41, 41}, {4, 4}, {33, 33}};
    for (auto _ : state) {
        hallmark::stream draws(hallmark::chacha_key{{1, 2, 3, 4, 5, 6, 7, 8}});
        noise.fill_signs(draws, p.view(), signs.data());
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(p.samples.size()));
    check(state, signs);
}
BENCHMARK(sign_noise)->Arg(32)->Arg(224);

// The marker's noise in its two forms, field and range included: signs as bytes, and the waves themselves.
template <std::uint32_t Octaves>
void signs_beside_waves(benchmark::State& state) {
    picture                           p{side_of(state)}, theirs{p.side};
    std::vector<std::uint8_t>         signs(p.samples.size());
    hallmark::perlin_sign_noise const noise{{41, 41}, {Octaves, Octaves}, {33, 33}};
    bench::against(
        state, p.samples.size(),
        [&] {
            hallmark::stream draws(hallmark::chacha_key{{1, 2, 3, 4, 5, 6, 7, 8}});
            noise.fill_signs(draws, p.view(), signs.data());
        },
        [&] {
            hallmark::stream draws(hallmark::chacha_key{{1, 2, 3, 4, 5, 6, 7, 8}});
            hallmark::fill(hallmark::fractal(hallmark::perlin(hallmark::keyed_lattice::draw(draws)), Octaves), 41, theirs.view());
            hallmark::apply_sine(33, theirs.view());
        });
    check(state, signs);
    check(state, theirs.samples);
}
BENCHMARK(signs_beside_waves<1>)->Arg(32)->Arg(224);
BENCHMARK(signs_beside_waves<4>)->Arg(32)->Arg(224);

// The waves of a plane, and their signs alone, without finding the plane's range.
auto smooth(std::size_t side) -> picture {
    picture p{side};
    hallmark::fill(hallmark::fractal(hallmark::perlin(lattice), 4), period, p.view());
    return p;
}
// `waves(in, out, count, least, scale)` makes sin((in - least) · scale).
template <class Waves>
void sine_map_beside(benchmark::State& state, Waves const& waves) {
    auto const         before = smooth(side_of(state));
    auto               after  = before.samples;
    auto const         range  = hallmark::range_of(hallmark::nchw(before.samples.data(), 1, 1, before.side, before.side));
    auto const         map    = hallmark::sine_map(33, range);
    std::vector<float> in, out(after.size());
    for (auto const n : before.samples) {
        in.push_back(static_cast<float>(n) * 0x1p-30f);
    }
    auto const least = static_cast<float>(range.least) * 0x1p-30f, scale = 33.0f * 3.14159265f / (static_cast<float>(range.greatest) * 0x1p-30f - least);
    bench::against(
        state, after.size(),
        [&] {
            after = before.samples;  // in place, so it needs a fresh copy
            map.waves(after.data(), after.size());
        },
        [&] { waves(in.data(), out.data(), in.size(), least, scale); });
    check(state, after);
    check(state, out);
}
// The peers' instructions are those of the compiler's flags: SSE2 without any.
#if __has_include(<Eigen/Core>)
void sine_map_beside_eigen(benchmark::State& state) {
    sine_map_beside(state, [](float const* in, float* out, std::size_t count, float least, float scale) {
        auto const n                       = static_cast<Eigen::Index>(count);
        Eigen::Map<Eigen::ArrayXf>(out, n) = ((Eigen::Map<Eigen::ArrayXf const>(in, n) - least) * scale).sin();
    });
}
BENCHMARK(sine_map_beside_eigen)->Arg(224);
#endif
#if __has_include(<xsimd/xsimd.hpp>)
// With a user's default flags xsimd has SSE2. Built with -mavx2 -mfma it does 1.08 G/s of normalise, sine, normalise here, where these waves do 0.99 G/s at the
// level AVX2: a product of whole numbers takes two multiplications where one of floats takes one. Marks take the signs (sine_signs_beside_waves).
void sine_map_beside_xsimd(benchmark::State& state) {
    sine_map_beside(state, [](float const* in, float* out, std::size_t count, float least, float scale) {
        using lanes   = xsimd::batch<float>;
        std::size_t i = 0;
        for (; i + lanes::size <= count; i += lanes::size) {
            xsimd::sin((lanes::load_unaligned(in + i) - least) * scale).store_unaligned(out + i);
        }
        for (; i < count; ++i) {
            out[i] = std::sin((in[i] - least) * scale);
        }
    });
}
BENCHMARK(sine_map_beside_xsimd)->Arg(224);
#endif
void sine_signs_beside_waves(benchmark::State& state) {
    auto const                before = smooth(side_of(state));
    auto                      after  = before.samples;
    std::vector<std::uint8_t> signs(after.size());
    auto const                map = hallmark::sine_map(33, hallmark::range_of(hallmark::nchw(after.data(), 1, 1, before.side, before.side)));
    bench::against(
        state, signs.size(), [&] { map.signs(before.samples.data(), before.samples.size(), signs.data()); }, [&] { map.waves(after.data(), after.size()); });
    check(state, signs);
}
BENCHMARK(sine_signs_beside_waves)->Arg(224);

#if __has_include(<stb_perlin.h>)
template <int Octaves>
void stb_picture(std::vector<float>& plane, std::size_t n) {
    for (std::size_t y = 0; y < n; ++y) {
        for (std::size_t x = 0; x < n; ++x) {
            auto const px = static_cast<float>(x) / static_cast<float>(period), py = static_cast<float>(y) / static_cast<float>(period);
            plane[y * n + x] = Octaves == 1 ? stb_perlin_noise3(px, py, 0, 0, 0, 0) : stb_perlin_fbm_noise3(px, py, 0, 2, 0.5f, Octaves);
        }
    }
}
// At each level that this machine has: 1 is SSE2 or NEON, 2 AVX2, 3 AVX-512.
template <int Octaves>
void perlin_beside_stb(benchmark::State& state) {
    auto const level = static_cast<simd::level>(state.range(1));
    if (level > simd::best()) {
        state.SkipWithError("this machine does not have the instructions");
        return;
    }
    simd::forced_level const force(level);
    picture                  p{side_of(state)};
    std::vector<float>       theirs(p.samples.size());
    bench::against(
        state, p.samples.size(),
        [&] {
            if constexpr (Octaves == 1) {
                hallmark::fill(hallmark::perlin(lattice), period, p.view());
            } else {
                hallmark::fill(hallmark::fractal(hallmark::perlin(lattice), Octaves), period, p.view());
            }
        },
        [&] { stb_picture<Octaves>(theirs, p.side); });
    check(state, p.samples);
    check(state, theirs);
}
BENCHMARK(perlin_beside_stb<1>)->ArgNames({"side", "level"})->ArgsProduct({{32, 224, 1024}, {1, 2, 3}});
BENCHMARK(perlin_beside_stb<4>)->ArgNames({"side", "level"})->ArgsProduct({{32, 224, 1024}, {1, 2, 3}});
#endif

#ifdef BENCH_FASTNOISE2
// The same kind of field on the same grid, cells of one unit; FastNoise2 chooses its instructions at run time, too, and returns the range as `fill` finds it.
// Levels: 2 is AVX2, 3 the best that the machine has, for both.
auto features_of(benchmark::State const& state) -> FastSIMD::FeatureSet { return state.range(1) == 2 ? FastSIMD::FeatureSet::AVX2 : FastSIMD::FeatureSet::Max; }
template <class Node>
auto in_units(benchmark::State const& state) -> FastNoise::SmartNode<Node> {
    auto node = FastNoise::New<Node>(features_of(state));
    node->SetScale(1.0f);
    return node;
}
template <class Field>
void beside_fastnoise2(benchmark::State& state, Field const& f, FastNoise::SmartNode<> const& node) {
    simd::forced_level const force(static_cast<simd::level>(state.range(1)));
    picture                  p{side_of(state)};
    std::vector<float>       theirs(p.samples.size());
    auto const               n    = static_cast<int>(p.side);
    auto const               step = 1.0f / static_cast<float>(period);
    bench::against(
        state, p.samples.size(), [&] { hallmark::fill(f, period, p.view()); }, [&] { node->GenUniformGrid2D(theirs.data(), 0.0f, 0.0f, n, n, step, step, 7); });
    check(state, p.samples);
    check(state, theirs);
}
auto octaves_of(benchmark::State const& state, FastNoise::SmartNode<> const& source, int octaves) -> FastNoise::SmartNode<> {
    auto sum = FastNoise::New<FastNoise::FractalFBm>(features_of(state));
    sum->SetSource(source);
    sum->SetOctaveCount(octaves);
    return sum;
}
void perlin_beside_fastnoise2(benchmark::State& state) { beside_fastnoise2(state, hallmark::perlin(lattice), in_units<FastNoise::Perlin>(state)); }
void perlin_4_octaves_beside_fastnoise2(benchmark::State& state) {
    beside_fastnoise2(state, hallmark::fractal(hallmark::perlin(lattice), 4), octaves_of(state, in_units<FastNoise::Perlin>(state), 4));
}
void simplex_beside_fastnoise2(benchmark::State& state) { beside_fastnoise2(state, hallmark::simplex(lattice), in_units<FastNoise::Simplex>(state)); }
void simplex_4_octaves_beside_fastnoise2(benchmark::State& state) {
    beside_fastnoise2(state, hallmark::fractal(hallmark::simplex(lattice), 4), octaves_of(state, in_units<FastNoise::Simplex>(state), 4));
}
void value_beside_fastnoise2(benchmark::State& state) { beside_fastnoise2(state, hallmark::value_noise(lattice), in_units<FastNoise::Value>(state)); }
void cellular_beside_fastnoise2(benchmark::State& state) {
    auto node = in_units<FastNoise::CellularDistance>(state);
    node->SetDistanceFunction(FastNoise::DistanceFunction::Euclidean);
    beside_fastnoise2(state, hallmark::cellular(lattice), node);
}
BENCHMARK(perlin_beside_fastnoise2)->ArgNames({"side", "level"})->ArgsProduct({{224}, {2, 3}});
BENCHMARK(perlin_4_octaves_beside_fastnoise2)->ArgNames({"side", "level"})->ArgsProduct({{224}, {2, 3}});
BENCHMARK(simplex_beside_fastnoise2)->ArgNames({"side", "level"})->ArgsProduct({{224}, {2, 3}});
BENCHMARK(simplex_4_octaves_beside_fastnoise2)->ArgNames({"side", "level"})->ArgsProduct({{224}, {2, 3}});
BENCHMARK(value_beside_fastnoise2)->ArgNames({"side", "level"})->ArgsProduct({{224}, {2, 3}});
BENCHMARK(cellular_beside_fastnoise2)->ArgNames({"side", "level"})->ArgsProduct({{224}, {2, 3}});
#endif
}  // namespace
