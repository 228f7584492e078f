// Monte Carlo permutation tests in permutations a second, beside a loop over a generator of the standard library in the same run.
#include <hallmark/stats/permutation.hpp>
#include <hallmark/stats/sign_flip.hpp>

#include "ratio.hpp"

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace {
constexpr std::uint64_t draws = 9999;

auto sample(std::size_t n, std::uint32_t s) -> std::vector<double> {
    std::vector<double> out(n);
    for (auto& x : out) {
        s = s * 1664525u + 1013904223u;
        x = static_cast<double>(s >> 8) * 0x1p-24;
    }
    return out;
}

// Peer: the first steps of a Fisher-Yates shuffle, as a user writes it.
void permutation_test_beside_shuffle(benchmark::State& state) {
    auto const n = static_cast<std::size_t>(state.range(0));
    auto const a = sample(n, 1), b = sample(n, 2);
    auto const test = hallmark::permutation_test{hallmark::resampling::monte_carlo, draws, 7};
    auto       p = 0.0, share = 0.0;
    auto       x = a;
    x.insert(x.end(), b.begin(), b.end());
    auto observed = 0.0;
    for (auto const v : a) {
        observed += v;
    }
    std::mt19937_64 random(1);
    bench::against(
        state, draws, [&] { p = test(a, b, hallmark::alternative::greater).p_value; },
        [&] {
            std::uint64_t above = 1;
            for (std::uint64_t d = 0; d < draws; ++d) {
                auto sum = 0.0;
                for (std::size_t i = 0; i < n; ++i) {
                    std::swap(x[i], x[std::uniform_int_distribution<std::size_t>(i, 2 * n - 1)(random)]);
                    sum += x[i];
                }
                above += sum >= observed ? 1u : 0u;
            }
            share = static_cast<double>(above) / static_cast<double>(draws + 1);
        });
    if (!bench::alone() && (p - share > 0.03 || share - p > 0.03)) {
        state.SkipWithError("the two p-values differ");
    }
}
BENCHMARK(permutation_test_beside_shuffle)->Arg(25)->Arg(100)->Arg(1000);

// Peer: a random bit for each sign.
void sign_flip_test_beside_loop(benchmark::State& state) {
    auto const n    = static_cast<std::size_t>(state.range(0));
    auto       x    = sample(n, 1);
    auto const test = hallmark::sign_flip_test{hallmark::resampling::monte_carlo, draws, 7};
    auto       p = 0.0, share = 0.0, observed = 0.0;
    for (auto& v : x) {
        v -= 0.48;
        observed += v;
    }
    std::mt19937_64 random(1);
    bench::against(
        state, draws, [&] { p = test(x, hallmark::alternative::greater).p_value; },
        [&] {
            std::uint64_t above = 1;
            for (std::uint64_t d = 0; d < draws; ++d) {
                auto          sum  = 0.0;
                std::uint64_t bits = 0;
                for (std::size_t i = 0; i < n; ++i, bits >>= 1) {
                    bits = i % 64 == 0 ? random() : bits;
                    sum += (bits & 1u) != 0 ? -x[i] : x[i];
                }
                above += sum >= observed ? 1u : 0u;
            }
            share = static_cast<double>(above) / static_cast<double>(draws + 1);
        });
    if (!bench::alone() && (p - share > 0.03 || share - p > 0.03)) {
        state.SkipWithError("the two p-values differ");
    }
}
BENCHMARK(sign_flip_test_beside_loop)->Arg(25)->Arg(100)->Arg(1000);
}  // namespace
