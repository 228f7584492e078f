// The same work in LibTorch, operation by operation as PyTorch does it eagerly: what the other benchmarks of this folder are compared with.
#include <ATen/core/ivalue.h>  // before all others of LibTorch: clang in C++20 needs it

#include <torch/torch.h>

#include "report.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>

namespace {

using at::Tensor;
namespace F = torch::nn::functional;

auto on(at::ScalarType type) -> at::TensorOptions { return at::TensorOptions().device(at::kCUDA).dtype(type); }

/// The device's time and LibTorch's for launching it: eager programs have both.
template <class Work>
auto seconds(Work const& work) -> double {
    using clock = std::chrono::steady_clock;
    return bench::median_of_runs([&] {
        torch::cuda::synchronize();
        auto const from = clock::now();
        work();
        torch::cuda::synchronize();
        return std::chrono::duration<double>(clock::now() - from).count();
    });
}

auto copy_bandwidth() -> double {
    auto const a = torch::full({std::int64_t{1} << 30}, 0x5a, on(at::kByte)), b = torch::empty_like(a);
    return 2.0 * static_cast<double>(a.numel()) / seconds([&] { b.copy_(a); });
}

/// Perlin noise with a lattice of its own for each picture, its sine and its sign, before stripes that are already painted.
struct eager_mark {
    Tensor gradients, stripes;  // (N, cells, cells, 2) unit vectors; (N, 3, side, side) in [0, 1]
    Tensor cell, place;         // of a row or a column
    int    octaves;

    eager_mark(std::int64_t n, std::int64_t side, int how_many) : octaves(how_many) {
        auto const angle = torch::rand({n, 64, 64}, on(at::kFloat)) * 6.2831853;
        gradients        = torch::stack({angle.cos(), angle.sin()}, 3);
        stripes          = torch::rand({n, 3, 16, 1}, on(at::kFloat)).repeat_interleave(side / 16, 2).expand({n, 3, side, side}).contiguous();
        place            = torch::arange(side, on(at::kFloat)) / 45.0;
    }
    auto octave(double frequency) const -> Tensor {
        auto const p      = place * frequency;
        auto const low    = p.floor();
        auto const cells  = low.to(at::kLong).remainder(63);
        auto const inside = p - low;
        auto const fade   = inside * inside * inside * (inside * (inside * 6.0 - 15.0) + 10.0);
        auto const corner = [&](int right, int down) {
            auto const g = gradients.index_select(1, cells + down).index_select(2, cells + right);
            return g.select(3, 0) * (inside - right).reshape({1, 1, -1}) + g.select(3, 1) * (inside - down).reshape({1, -1, 1});
        };
        auto const u = fade.reshape({1, 1, -1}), v = fade.reshape({1, -1, 1});
        return torch::lerp(torch::lerp(corner(0, 0), corner(1, 0), u), torch::lerp(corner(0, 1), corner(1, 1), u), v);
    }
    auto operator()(Tensor const& x) const -> Tensor {
        auto noise = octave(1.0);
        for (int o = 1; o < octaves; ++o) {
            noise = noise + octave(static_cast<double>(1 << o)) / static_cast<double>(1 << o);
        }
        auto const least = noise.amin({1, 2}, true), most = noise.amax({1, 2}, true);
        auto const sign = torch::sin((noise - least) / (most - least) * 125.66371).sign().unsqueeze(1);
        return 0.7 * torch::clamp(x + sign * (8.0 / 255.0), 0.0, 1.0) + 0.3 * stripes;
    }
};

void mark(double copy, char const* what, std::int64_t n, std::int64_t side, int octaves, bool bytes) {
    auto const       x = bytes ? torch::randint(0, 256, {n, 3, side, side}, on(at::kByte)) : torch::rand({n, 3, side, side}, on(at::kFloat));
    eager_mark const make(n, side, octaves);
    auto const       s = seconds([&] {
        if (bytes) {
            (void)(make(x.to(at::kFloat) / 255.0) * 255.0 + 0.5).to(at::kByte);
        } else {
            (void)make(x);
        }
    });
    bench::line(what, s, static_cast<double>(n), "image", 2.0 * static_cast<double>(x.numel()) * static_cast<double>(x.element_size()), copy);
}

void score(double copy, char const* what, std::int64_t classes) {
    auto const n   = (std::int64_t{1} << 28) / classes;
    auto const z   = torch::rand({n, classes}, on(at::kFloat)) * 16.0;
    auto const y   = torch::ones({n}, on(at::kLong));
    auto const s   = seconds([&] { (void)F::cross_entropy(z, y, F::CrossEntropyFuncOptions().reduction(torch::kNone)); });
    auto const all = static_cast<double>(z.numel());
    bench::line(what, s, static_cast<double>(n), "sample", all * 4.0 + static_cast<double>(n) * 12.0, copy, all * 10.0);
}

void groups(double copy) {
    auto const z    = torch::rand({(std::int64_t{1} << 27) / 25, 25}, on(at::kDouble));
    auto const all  = static_cast<double>(z.numel());
    auto const show = [&](char const* what, double s) { bench::line(what, s, all, "loss", all * 8.0, copy); };
    show("eager: means of 25 losses", seconds([&] { (void)z.mean(1); }));
    show("eager: medians of 25 losses", seconds([&] { (void)z.median(1); }));
}

void curve(double copy) {
    std::int64_t const n      = 50'000'000;
    auto const         scores = torch::cat({torch::rand({n}, on(at::kDouble)) * 1.1, torch::rand({n}, on(at::kDouble))});
    auto const         member = torch::cat({torch::ones({n}, on(at::kDouble)), torch::zeros({n}, on(at::kDouble))});
    auto const         s      = seconds([&] {  // ties are not grouped, which a curve would need
        auto const order = scores.argsort(0, true);
        auto const hits  = member.index_select(0, order);
        auto const tpr = hits.cumsum(0) / static_cast<double>(n), fpr = (1.0 - hits).cumsum(0) / static_cast<double>(n);
        (void)torch::trapezoid(tpr, fpr).item<double>();
        (void)tpr.masked_select(fpr <= 0.001).max().item<double>();
    });
    bench::line("eager: AUC and TPR at FPR of 1e8 scores", s, 2.0 * static_cast<double>(n), "score", 16.0 * static_cast<double>(n), copy);
}

void permutations(double copy) {
    auto const all = torch::rand({200}, on(at::kDouble));
    auto const s   = seconds([&] {
        for (int part = 0; part < 10; ++part) {
            auto const order = torch::rand({100'000, 200}, on(at::kFloat)).argsort(1, false).slice(1, 0, 100);
            (void)(all.index_select(0, order.flatten()).reshape({100'000, 100}).sum(1) >= 50.0).sum().item<std::int64_t>();
        }
    });
    bench::line("eager: 1e6 permutations of 100 + 100", s, 1e6, "draw", 0.0, copy);
    auto const pairs = torch::rand({100}, on(at::kDouble));
    auto const t     = seconds([&] {
        for (int part = 0; part < 10; ++part) {
            (void)((torch::randint(0, 2, {100'000, 100}, on(at::kDouble)) * 2.0 - 1.0).matmul(pairs) >= 10.0).sum().item<std::int64_t>();
        }
    });
    bench::line("eager: 1e6 sign flips of 100 pairs", t, 1e6, "draw", 0.0, copy);
}

void run() {
    torch::NoGradGuard const quiet;
    auto const               copy = copy_bandwidth();
    std::printf("LibTorch %s, eager; a copy reads and writes %.0f GB/s\n", TORCH_VERSION, copy * 1e-9);
    mark(copy, "eager: mark, 8-bit, 32 x 32", 131072, 32, 2, true);
    mark(copy, "eager: mark, 8-bit, 224 x 224", 4096, 224, 2, true);
    mark(copy, "eager: mark, float, 32 x 32", 32768, 32, 2, false);
    mark(copy, "eager: mark, float, 224 x 224", 1024, 224, 2, false);
    score(copy, "eager: cross-entropy, 10 classes", 10);
    score(copy, "eager: cross-entropy, 100 classes", 100);
    score(copy, "eager: cross-entropy, 1000 classes", 1000);
    score(copy, "eager: cross-entropy, 100000 classes", 100000);
    groups(copy);
    curve(copy);
    permutations(copy);
}

}  // namespace

auto main() -> int {
    if (!torch::cuda::is_available()) {
        std::puts("skipped: LibTorch has no CUDA device, so there is nothing to compare with");
        return 77;
    }
    try {
        run();
    } catch (std::exception const& e) {
        std::fprintf(stderr, "%s\n", e.what());
        return 1;
    }
    return 0;
}
