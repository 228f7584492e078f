// The blends of whole pictures, and the pixel blends beside the convex one, in elements a second on a picture of 224 × 224.
#include <hallmark/blend/additive.hpp>
#include <hallmark/blend/band_limited.hpp>
#include <hallmark/blend/bounded.hpp>
#include <hallmark/blend/convolution.hpp>
#include <hallmark/blend/image_blend.hpp>
#include <hallmark/blend/l2_bounded.hpp>
#include <hallmark/blend/masked.hpp>
#include <hallmark/blend/mode.hpp>
#include <hallmark/blend/range_preserving.hpp>
#include <hallmark/pattern/bands.hpp>
#include <hallmark/pattern/keyed_filter.hpp>

#include "pictures.hpp"

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace {
template <class Blend, class Pattern>
void run(benchmark::State& state, Blend const& blend, Pattern const& behind) {
    constexpr std::size_t     side = 224;
    std::vector<std::uint8_t> in(3 * side * side), out(3 * side * side);
    bench::paint(in);
    auto const delta = std::vector<hallmark::level>(side * side, 8 << 16);
    auto const plane = hallmark::nchw(delta.data(), 1, 1, side, side);
    for (auto _ : state) {
        blend(hallmark::nchw(out.data(), 1, 3, side, side), hallmark::nchw(static_cast<std::uint8_t const*>(in.data()), 1, 3, side, side), plane, behind);
        benchmark::ClobberMemory();
    }
    if (out == in) {
        state.SkipWithError("the blend changed nothing");
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(in.size()));
}
auto bands() -> hallmark::bands { return hallmark::bands(hallmark::published_palette(), hallmark::orientation::diagonal, {0.125, 128}); }
auto filter() -> hallmark::keyed_filter { return {3, {9000, 100, 7000, 65536, 2000, 1, 0, 15000, 300}}; }
using hallmark::light;

BENCHMARK_CAPTURE(run, screen, hallmark::pixelwise(hallmark::screen(0.3)), bands());
BENCHMARK_CAPTURE(run, screen_in_light, hallmark::pixelwise(hallmark::screen(0.3, light::linear)), bands());
BENCHMARK_CAPTURE(run, bounded_additive, hallmark::pixelwise(hallmark::bounded(hallmark::additive(0.3), 0.05)), bands());
BENCHMARK_CAPTURE(run, isotope, hallmark::masked(hallmark::scattered(hallmark::keyed_lattice(1, 2), 0.05), hallmark::convex(0.5)), bands());
BENCHMARK_CAPTURE(run, range_preserving, hallmark::range_preserving(hallmark::convex(0.7)), bands());
BENCHMARK_CAPTURE(run, l2_bounded, hallmark::l2_bounded(hallmark::additive(0.3), 4.0), bands());
BENCHMARK_CAPTURE(run, band_limited, hallmark::band_limited(hallmark::convex(0.7), 1, 6), bands());
BENCHMARK_CAPTURE(run, convolution, hallmark::convolution(), filter());
}  // namespace
