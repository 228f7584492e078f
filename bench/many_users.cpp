// A million users at once: 25 losses each, 5,000 null sets, Benjamini-Hochberg; and scores from a file that need not fit into memory.
#include <hallmark/aggregate/groups.hpp>
#include <hallmark/aggregate/mean.hpp>
#include <hallmark/io/npy.hpp>
#include <hallmark/io/npy_reader.hpp>
#include <hallmark/stats/conformal.hpp>
#include <hallmark/stats/multiplicity.hpp>

#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

namespace {
constexpr std::size_t users = 1'000'000, per_user = 25, nulls = 5'000;

/// Numbers without a pattern, the same in every run (SplitMix64).
auto numbers(std::size_t count, std::uint64_t seed) -> std::vector<double> {
    std::vector<double> out(count);
    for (auto& x : out) {
        auto z = seed += 0x9e3779b97f4a7c15u;
        z      = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z      = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        x      = -static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1p-53;
    }
    return out;
}

// Means of all users, their p-values, and whom to accuse. Items are users.
void million_users(benchmark::State& state) {
    auto const               scores = numbers(users * per_user, 1);
    auto const               null   = numbers(nulls, 2);
    std::vector<std::size_t> offsets(users + 1);
    for (std::size_t u = 0; u <= users; ++u) {
        offsets[u] = u * per_user;
    }
    for (auto _ : state) {
        auto const means    = hallmark::aggregate_groups(hallmark::mean{}, scores, offsets);
        auto const adjusted = hallmark::benjamini_hochberg(hallmark::conformal_p_values(means, null));
        benchmark::DoNotOptimize(adjusted.data());
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(users));
}

// The same from a file, a block of users at a time: what is kept is one p-value a user. Items are scores.
void from_a_file(benchmark::State& state) {
    auto const path = (std::filesystem::temp_directory_path() / "hallmark-bench-scores.npy").string();
    auto const null = numbers(nulls, 2);
    hallmark::write_npy(path, std::span<double const>(numbers(users * per_user, 1)), {users, per_user});
    constexpr std::size_t    block = 4096;
    std::vector<std::size_t> offsets(block + 1);
    for (std::size_t u = 0; u <= block; ++u) {
        offsets[u] = u * per_user;
    }
    for (auto _ : state) {
        auto                file = hallmark::npy_reader(path);
        std::vector<double> p, part(block * per_user);
        while (auto const n = file.read(part)) {
            auto const here  = n / per_user;
            auto const means = hallmark::aggregate_groups(hallmark::mean{}, std::span(part).first(n), std::span(offsets).first(here + 1));
            auto const of    = hallmark::conformal_p_values(means, null);
            p.insert(p.end(), of.begin(), of.end());
        }
        auto const adjusted = hallmark::benjamini_hochberg(p);
        benchmark::DoNotOptimize(adjusted.data());
    }
    std::remove(path.c_str());
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(users * per_user));
}
}  // namespace

BENCHMARK(million_users)->Unit(benchmark::kMillisecond);
BENCHMARK(from_a_file)->Unit(benchmark::kMillisecond);
