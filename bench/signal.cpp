// Signals in samples a second, beside the textbook softmax in the same run.
#include <hallmark/core/image_batch.hpp>
#include <hallmark/signal/cross_entropy.hpp>
#include <hallmark/signal/evaluate.hpp>

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace {
constexpr std::size_t samples = 10'000;

struct problem {
    explicit problem(std::size_t classes) : logits(samples, classes, 1, 1), labels(samples) {
        std::size_t i = 0;
        for (auto& z : logits.elements()) {
            z = static_cast<float>(i++ * 2654435761u % 1000) * 0.01f;
        }
        for (std::size_t n = 0; n < samples; ++n) {
            labels[n] = n % classes;
        }
    }
    hallmark::image_batch<float> logits;
    std::vector<std::size_t>     labels;
};

template <class Signal>
void signal(benchmark::State& state) {
    problem const       p(static_cast<std::size_t>(state.range(0)));
    std::vector<double> out;
    for (auto _ : state) {
        out = hallmark::evaluate(Signal{}, p.logits, p.labels);
        benchmark::DoNotOptimize(out.data());
    }
    if (!(out[1] < 10.0) || out[1] == out[2]) {
        state.SkipWithError("the signal is not what it should be");
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(samples));
}
void softmax_then_log(benchmark::State& state) {
    problem const       p(static_cast<std::size_t>(state.range(0)));
    auto const          classes = p.logits.channels();
    std::vector<double> out(samples), exps(classes);
    for (auto _ : state) {
        for (std::size_t n = 0; n < samples; ++n) {
            double sum = 0;
            for (std::size_t c = 0; c < classes; ++c) {
                exps[c] = std::exp(static_cast<double>(p.logits.elements()[n * classes + c]));
                sum += exps[c];
            }
            out[n] = std::log(exps[p.labels[n]] / sum);
        }
        benchmark::DoNotOptimize(out.data());
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(samples));
}
BENCHMARK(signal<hallmark::neg_cross_entropy>)->Arg(10)->Arg(100)->Arg(1000);
BENCHMARK(signal<hallmark::logit_scaled>)->Arg(10)->Arg(100)->Arg(1000);
BENCHMARK(softmax_then_log)->Arg(10)->Arg(100)->Arg(1000);
}  // namespace
