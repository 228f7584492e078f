// A benchmark beside a peer: how many times as fast, measured in turns in the same process.
#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <vector>

namespace bench {

/// Seconds of this thread on the processor.
inline auto thread_seconds() -> double {
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

/// Seconds that one call takes, from at least a millisecond of calls.
template <class F>
auto seconds_of(F&& f) -> double {
    for (std::size_t calls = 1;; calls *= 2) {
        auto const start = thread_seconds();
        for (std::size_t i = 0; i < calls; ++i) {
            f();
            benchmark::ClobberMemory();
        }
        auto const taken = thread_seconds() - start;
        if (taken > 1e-3) {
            return taken / static_cast<double>(calls);
        }
    }
}

/// Whether peers are left out, as bench/peers.py wants it, which has peers of its own: then BENCH_ALONE is in the environment.
inline auto alone() -> bool { return std::getenv("BENCH_ALONE") != nullptr; }

/// Times `ours`, which works on `items` items, and adds the counters `peer` (items a second of `theirs`) and `ratio` (how many times as fast ours
/// is): medians of `turns` each (an odd number), ours and theirs taking turns, so that a slow phase of the machine is slow for both.
template <class Ours, class Theirs>
void against(benchmark::State& state, std::size_t items, Ours&& ours, Theirs&& theirs, int turns = 11) {
    for (auto _ : state) {
        ours();
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(items));
    if (alone()) {
        return;
    }
    std::vector<double> a, b;
    for (int turn = 0; turn < turns; ++turn) {
        a.push_back(seconds_of(ours));
        b.push_back(seconds_of(theirs));
    }
    auto const middle = static_cast<std::size_t>(turns / 2);
    std::nth_element(a.begin(), a.begin() + turns / 2, a.end());
    std::nth_element(b.begin(), b.begin() + turns / 2, b.end());
    state.counters["peer"]  = static_cast<double>(items) / b[middle];
    state.counters["ratio"] = b[middle] / a[middle];
}

}  // namespace bench
