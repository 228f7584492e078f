// The two audits: from scores alone, and with a model that costs nothing, so that what is left is hallmark.
#include <hallmark/audit/counterfactual.hpp>
#include <hallmark/audit/population.hpp>
#include <hallmark/core/image_batch.hpp>
#include <hallmark/mark/marker.hpp>
#include <hallmark/stats/coin_process.hpp>

#include "pictures.hpp"

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace {
auto scores(std::size_t n) -> std::vector<double> {
    std::vector<double> out(n);
    for (std::size_t i = 0; i < n; ++i) {
        out[i] = -static_cast<double>(i * 2654435761u % 100'003) * 1e-5;
    }
    return out;
}

void population(benchmark::State& state) {
    auto const nulls = scores(static_cast<std::size_t>(state.range(0)));
    double     p     = 0;
    for (auto _ : state) {
        p = hallmark::population_audit(-0.001, nulls, {.alpha = 0.05}).p_value;
        benchmark::DoNotOptimize(p);
    }
    if (!(p > 0.0 && p < 0.05)) {
        state.SkipWithError("the p-value is not what it should be");
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * state.range(0));
}

template <hallmark::key_design Design>
void counterfactual_from_scores(benchmark::State& state) {
    hallmark::version_scores const s{25, scores(25 * static_cast<std::size_t>(state.range(0) + 1))};
    for (auto _ : state) {
        auto const v = hallmark::counterfactual_audit(s, Design, 0.05);
        benchmark::DoNotOptimize(v.p_value);
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * state.range(0));
}

// One user with 25 photos: items are marked pictures a second.
void counterfactual_with_model(benchmark::State& state) {
    hallmark::image_batch<std::uint8_t> originals(25, 3, 32, 32);
    bench::paint(originals.elements());
    std::vector<std::size_t> const labels(25, 0);
    hallmark::marker const         mark(bench::key());
    auto                           model = [](hallmark::tensor_view<float const> batch) {
        hallmark::image_batch<float> z(batch.samples(), 2, 1, 1);
        for (std::size_t n = 0; n < batch.samples(); ++n) {
            z.view().at(n, 0, 0, 0) = batch.at(n, 0, 7, 9);
        }
        return z;
    };
    auto const withheld = static_cast<std::uint32_t>(state.range(0));
    for (auto _ : state) {
        auto const v = hallmark::counterfactual_audit(model, mark, originals, labels, "user", {.withheld = withheld});
        benchmark::DoNotOptimize(v.p_value);
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * 25 * (state.range(0) + 1));
}

// Items are coins, each of which may be looked at.
void coins(benchmark::State& state) {
    bool found = false;
    for (auto _ : state) {
        hallmark::coin_process e;
        for (std::int64_t i = 0; i < state.range(0); ++i) {
            e.push(i % 10 != 3);
        }
        found = e.rejects(0.05);
        benchmark::DoNotOptimize(found);
    }
    if (!found) {
        state.SkipWithError("coins that win nine times of ten were not found");
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * state.range(0));
}
BENCHMARK(population)->Arg(500)->Arg(5'000)->Arg(1'000'000);
BENCHMARK(counterfactual_from_scores<hallmark::key_design::shared>)->Arg(199)->Arg(999);
BENCHMARK(counterfactual_from_scores<hallmark::key_design::independent>)->Arg(199)->Arg(999);
BENCHMARK(counterfactual_with_model)->Arg(199)->Unit(benchmark::kMillisecond);
BENCHMARK(coins)->Arg(25)->Arg(1'000);
}  // namespace
