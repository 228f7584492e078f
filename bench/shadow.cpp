// LiRA in samples a second and Welch's t in scores a second, beside the loops that a user would write, and Boost.Math's, in the same run.
#include <hallmark/stats/lira.hpp>
#include <hallmark/stats/welch.hpp>

#include "ratio.hpp"

#include <benchmark/benchmark.h>
#include <boost/math/statistics/univariate_statistics.hpp>

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace {
// Nearly normal numbers: the sum of four uniform ones.
template <class Scalar>
auto numbers(std::size_t n, double centre, std::uint32_t s) -> std::vector<Scalar> {
    std::vector<Scalar> out(n);
    for (auto& x : out) {
        auto sum = 0.0;
        for (int i = 0; i < 4; ++i) {
            s = s * 1664525u + 1013904223u;
            sum += static_cast<double>(s >> 8) * 0x1p-24 - 0.5;
        }
        x = static_cast<Scalar>(centre + sum);
    }
    return out;
}

// Peer: two passes over each row, in double.
template <class Scalar>
auto log_density(double x, std::span<Scalar const> row) -> double {
    auto mean = 0.0, variance = 0.0;
    for (auto const v : row) {
        mean += static_cast<double>(v);
    }
    mean /= static_cast<double>(row.size());
    for (auto const v : row) {
        variance += (static_cast<double>(v) - mean) * (static_cast<double>(v) - mean);
    }
    variance /= static_cast<double>(row.size());
    return -0.5 * (x - mean) * (x - mean) / variance - 0.5 * std::log(variance);
}

/// 64 shadow models with each sample and 64 without.
template <class Scalar>
void lira_beside_loop(benchmark::State& state) {
    constexpr std::size_t models = 64;
    auto const            n      = static_cast<std::size_t>(state.range(0));
    auto const            scores = numbers<double>(n, 1.0, 1);
    auto const            in = numbers<Scalar>(n * models, 1.0, 2), out = numbers<Scalar>(n * models, 0.0, 3);
    auto                  ours = std::vector<double>(n), theirs = std::vector<double>(n);
    bench::against(
        state, n,
        [&] {
            ours = hallmark::lira{}.online(scores, {in, n}, {out, n});
        },
        [&] {
            for (std::size_t i = 0; i < n; ++i) {
                theirs[i] =
                    log_density(scores[i], std::span(in).subspan(i * models, models)) - log_density(scores[i], std::span(out).subspan(i * models, models));
            }
        });
    for (std::size_t i = 0; i < n; ++i) {
        if (!bench::alone() && !(std::abs(ours[i] - theirs[i]) < 1e-9 * (1.0 + std::abs(theirs[i])))) {
            state.SkipWithError("the two scores differ");
        }
    }
}
BENCHMARK(lira_beside_loop<float>)->Arg(1000)->Arg(100'000);
BENCHMARK(lira_beside_loop<double>)->Arg(1000);

/// As many scores as the argument says, half of them in each sample; the statistic alone.
void welch_beside_boost(benchmark::State& state) {
    auto const n = static_cast<std::size_t>(state.range(0)) / 2;
    auto const a = numbers<double>(n, 0.0, 1), b = numbers<double>(n, 0.0, 2);
    auto       ours = 0.0, theirs = 0.0;
    bench::against(
        state, 2 * n, [&] { ours = hallmark::welch_t{}(a, b, hallmark::alternative::two_sided).statistic; },
        [&] {
            auto const [ma, va] = boost::math::statistics::mean_and_sample_variance(a);
            auto const [mb, vb] = boost::math::statistics::mean_and_sample_variance(b);
            theirs              = (ma - mb) / std::sqrt((va + vb) / static_cast<double>(n));
        });
    if (!bench::alone() && !(std::abs(ours - theirs) < 1e-6)) {
        state.SkipWithError("the two statistics differ");
    }
}
void welch_beside_loop(benchmark::State& state) {
    auto const n = static_cast<std::size_t>(state.range(0)) / 2;
    auto const a = numbers<double>(n, 0.0, 1), b = numbers<double>(n, 0.0, 2);
    auto       ours = 0.0, theirs = 0.0;
    auto const moments = [](std::vector<double> const& x, double& mean, double& variance) {
        mean = variance = 0.0;
        for (auto const v : x) {
            mean += v;
        }
        mean /= static_cast<double>(x.size());
        for (auto const v : x) {
            variance += (v - mean) * (v - mean);
        }
        variance /= static_cast<double>(x.size()) - 1.0;
    };
    bench::against(
        state, 2 * n, [&] { ours = hallmark::welch_t{}(a, b, hallmark::alternative::two_sided).statistic; },
        [&] {
            double ma, va, mb, vb;
            moments(a, ma, va), moments(b, mb, vb);
            theirs = (ma - mb) / std::sqrt((va + vb) / static_cast<double>(n));
        });
    if (!bench::alone() && !(std::abs(ours - theirs) < 1e-6)) {
        state.SkipWithError("the two statistics differ");
    }
}
/// What it costs to read the values and do nothing with them: ratio 1 is the speed of memory.
void welch_beside_plain_read(benchmark::State& state) {
    auto const n = static_cast<std::size_t>(state.range(0)) / 2;
    auto const a = numbers<double>(n, 0.0, 1), b = numbers<double>(n, 0.0, 2);
    auto       ours = 0.0;
    auto       bits = std::uint64_t{0};
    bench::against(
        state, 2 * n, [&] { ours = hallmark::welch_t{}(a, b, hallmark::alternative::two_sided).statistic; },
        [&] {
            for (auto const* x : {&a, &b}) {
                for (auto const v : *x) {
                    bits |= std::bit_cast<std::uint64_t>(v);
                }
            }
        });
    if (!bench::alone() && (bits == 0 || !(std::abs(ours) < 100.0))) {
        state.SkipWithError("nothing was read");
    }
}
BENCHMARK(welch_beside_plain_read)->Arg(10'000'000);
BENCHMARK(welch_beside_boost)->Arg(10'000)->Arg(10'000'000);
BENCHMARK(welch_beside_loop)->Arg(10'000)->Arg(10'000'000);
}  // namespace
