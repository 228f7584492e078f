// Signals in samples a second, beside the textbook softmax in the same run; means and medians of many sets in scores a
// second, beside a plain loop and std::nth_element.
#include <hallmark/aggregate/groups.hpp>
#include <hallmark/aggregate/mean.hpp>
#include <hallmark/aggregate/quantile.hpp>
#include <hallmark/core/image_batch.hpp>
#include <hallmark/signal/confidence.hpp>
#include <hallmark/signal/cross_entropy.hpp>
#include <hallmark/signal/entropy.hpp>
#include <hallmark/signal/evaluate.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
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
BENCHMARK(signal<hallmark::margin>)->Arg(100);
BENCHMARK(signal<hallmark::neg_modified_entropy>)->Arg(100);

// Users of 25 losses each: as many users as the argument says. Of 1000, a processor may learn every comparison of nth_element by heart; of 100,000 it does not.
struct users {
    explicit users(std::size_t count) : scores(25 * count), offsets(count + 1), out(count) {
        std::uint32_t s = 1;
        for (auto& x : scores) {
            s = s * 1664525u + 1013904223u;
            x = -std::log1p(std::exp(15.0 - static_cast<double>(s >> 8) * 0x1p-24 * 20.0));
        }
        for (std::size_t g = 0; g <= count; ++g) {
            offsets[g] = 25 * g;
        }
    }
    std::vector<double>      scores;
    std::vector<std::size_t> offsets;
    std::vector<double>      out;
};

void in_scores(benchmark::State& state) { state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * state.range(0) * 25); }
template <class Aggregator>
void sets(benchmark::State& state) {
    users u(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) {
        u.out = hallmark::aggregate_groups(Aggregator{}, u.scores, u.offsets);
        benchmark::DoNotOptimize(u.out.data());
    }
    Aggregator first;
    for (std::size_t i = 0; i < 25; ++i) {
        first.push(u.scores[i]);
    }
    if (first.value() != u.out[0]) {
        state.SkipWithError("the value of a set is not what pushing one by one gives");
    }
    in_scores(state);
}
void float_means(benchmark::State& state) {
    users const u(static_cast<std::size_t>(state.range(0)));
    auto const  scores = std::vector<float>(u.scores.begin(), u.scores.end());
    for (auto _ : state) {
        auto const out = hallmark::aggregate_groups(hallmark::mean{}, scores, u.offsets);  // dropped at once, as numpy's result is in bench/peers.py
        benchmark::DoNotOptimize(out.data());
    }
    if (hallmark::aggregate_groups(hallmark::mean{}, scores, u.offsets) !=
        hallmark::aggregate_groups(hallmark::mean{}, std::vector<double>(scores.begin(), scores.end()), u.offsets)) {
        state.SkipWithError("the means are not those of the same numbers as doubles");
    }
    in_scores(state);
}
BENCHMARK(float_means)->Arg(1000)->Arg(100'000);
void plain_mean(benchmark::State& state) {  // rounds after each addition, and depends on the order
    users u(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) {
        for (std::size_t g = 0; g < u.out.size(); ++g) {
            double sum = 0;
            for (auto i = u.offsets[g]; i < u.offsets[g + 1]; ++i) {
                sum += u.scores[i];
            }
            u.out[g] = sum / 25;
        }
        benchmark::DoNotOptimize(u.out.data());
    }
    in_scores(state);
}
void nth_element_median(benchmark::State& state) {
    users               u(static_cast<std::size_t>(state.range(0)));
    std::vector<double> set(25);
    for (auto _ : state) {
        for (std::size_t g = 0; g < u.out.size(); ++g) {
            std::copy_n(u.scores.begin() + static_cast<std::ptrdiff_t>(u.offsets[g]), 25, set.begin());
            std::nth_element(set.begin(), set.begin() + 12, set.end());
            u.out[g] = set[12];
        }
        benchmark::DoNotOptimize(u.out.data());
    }
    in_scores(state);
}
BENCHMARK(sets<hallmark::mean>)->Arg(1000)->Arg(100'000);
BENCHMARK(plain_mean)->Arg(1000)->Arg(100'000);
BENCHMARK(sets<hallmark::median>)->Arg(1000)->Arg(100'000);
BENCHMARK(nth_element_median)->Arg(1000)->Arg(100'000);
}  // namespace
