// Marking of LibTorch tensors in pictures a second; the cross-entropy beside LibTorch's own, in samples a second.
#include <hallmark/backend/torch.hpp>
#include <hallmark/signal/cross_entropy.hpp>
#include <hallmark/signal/evaluate.hpp>

#include "mark_batch.hpp"

#include <ATen/Parallel.h>
#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace {
template <at::ScalarType Type>
struct torch_tensor {
    static auto make(std::size_t n, std::size_t c, std::size_t h, std::size_t w) {
        auto const i = [](std::size_t v) { return static_cast<std::int64_t>(v); };
        return at::zeros({i(n), i(c), i(h), i(w)}, at::TensorOptions().dtype(Type));
    }
};
BENCHMARK(bench::mark<torch_tensor<at::kByte>>)->Arg(32)->Arg(224);
BENCHMARK(bench::mark<torch_tensor<at::kFloat>>)->Arg(32)->Arg(224);

constexpr std::int64_t samples = 10'000;

struct losses {
    explicit losses(std::int64_t classes)
        : logits(at::randn({samples, classes}, at::detail::createCPUGenerator(7))),
          labels(at::arange(samples, at::kLong).remainder(classes)),
          classes_of(samples) {
        for (std::int64_t n = 0; n < samples; ++n) {
            classes_of[static_cast<std::size_t>(n)] = static_cast<std::size_t>(n % classes);
        }
    }
    at::Tensor               logits, labels;
    std::vector<std::size_t> classes_of;
};

void torch_cross_entropy(benchmark::State& state) {
    at::set_num_threads(1);
    losses const p(state.range(0));
    for (auto _ : state) {
        auto const out = at::cross_entropy_loss(p.logits, p.labels, {}, at::Reduction::None);
        benchmark::DoNotOptimize(out.data_ptr());
    }
    state.SetItemsProcessed(state.iterations() * samples);
}
void hallmark_cross_entropy(benchmark::State& state) {
    losses const        p(state.range(0));
    std::vector<double> out;
    for (auto _ : state) {
        out = hallmark::evaluate(hallmark::neg_cross_entropy{}, p.logits, p.classes_of);
        benchmark::DoNotOptimize(out.data());
    }
    auto const theirs = at::cross_entropy_loss(p.logits, p.labels, {}, at::Reduction::None)[1].item<double>();
    if (!(out[1] + theirs < 1e-5 && out[1] + theirs > -1e-5)) {
        state.SkipWithError("the two cross-entropies differ");
    }
    state.SetItemsProcessed(state.iterations() * samples);
}
BENCHMARK(torch_cross_entropy)->Arg(10)->Arg(100)->Arg(1000);
BENCHMARK(hallmark_cross_entropy)->Arg(10)->Arg(100)->Arg(1000);
}  // namespace
