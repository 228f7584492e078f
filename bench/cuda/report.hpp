// What all benchmarks on a device print, those of hallmark and those of other programs beside it: one line for each result.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <vector>

namespace bench {

inline constexpr int warm_up = 3, runs = 21;

/// Numbers in [0, size) that no cache and no compression can do anything with.
template <class T>
auto numbers(std::size_t n, double size) -> std::vector<T> {
    std::vector<T>     out(n);
    unsigned long long state = 1;
    for (auto& v : out) {
        state = state * 6364136223846793005ull + 1442695040888963407ull;
        v     = static_cast<T>(static_cast<double>(state >> 40) * 0x1p-24 * size);
    }
    return out;
}

/// The median of `runs` times, after `warm_up` more that are not counted. `once()` gives the seconds of one.
template <class Once>
auto median_of_runs(Once const& once) -> double {
    std::vector<double> times;
    for (int run = 0; run < warm_up + runs; ++run) {
        auto const s = once();
        if (run >= warm_up) {
            times.push_back(s);
        }
    }
    std::nth_element(times.begin(), times.begin() + runs / 2, times.end());
    return times[runs / 2];
}

/// `items` of `unit` and `bytes` of traffic in `s` seconds; `flops` where floating-point arithmetic may be the limit.
inline void line(char const* what, double s, double items, char const* unit, double bytes, double copy, double flops = 0.0) {
    auto const  rate  = items / s;
    auto const  many  = rate >= 1e9 ? 1e9 : rate >= 1e6 ? 1e6 : 1e3;
    char const* named = rate >= 1e9 ? "G" : rate >= 1e6 ? "M" : "k";
    std::printf("%-44s %10.1f us  %8.2f %s %s/s  %8.1f GB/s  %5.1f %% of copy", what, s * 1e6, rate / many, named, unit, bytes / s * 1e-9,
                bytes / s / copy * 100.0);
    if (flops > 0.0) {
        std::printf("  %8.1f GFLOP/s", flops / s * 1e-9);
    }
    std::puts("");
}

}  // namespace bench
