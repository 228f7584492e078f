// Marking of LibTorch tensors, in pictures a second.
#include <hallmark/backend/torch.hpp>

#include "mark_batch.hpp"

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>

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
}  // namespace
