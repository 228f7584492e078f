// The two audits: from scores alone, and with a model that costs nothing, so that what is left is hallmark. And what is
// computed from very many scores, each beside the same thing made of std::sort or std::nth_element: the ratio is what counts.
#include <hallmark/audit/counterfactual.hpp>
#include <hallmark/audit/population.hpp>
#include <hallmark/core/image_batch.hpp>
#include <hallmark/mark/marker.hpp>
#include <hallmark/metric/roc.hpp>
#include <hallmark/stats/coin_process.hpp>
#include <hallmark/stats/multiplicity.hpp>

#include "pictures.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

namespace {
auto scores(std::size_t n) -> std::vector<double> {
    std::vector<double> out(n);
    for (std::size_t i = 0; i < n; ++i) {
        out[i] = -static_cast<double>(i * 2654435761u % 100'003) * 1e-5;
    }
    return out;
}

void population(benchmark::State& state) {
    auto const nulls = scores(static_cast<std::size_t>(state.range(0)));
    double     p     = 0;
    for (auto _ : state) {
        p = hallmark::population_audit(-0.001, nulls, {.alpha = 0.05}).p_value;
        benchmark::DoNotOptimize(p);
    }
    if (!(p > 0.0 && p < 0.05)) {
        state.SkipWithError("the p-value is not what it should be");
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * state.range(0));
}

template <hallmark::key_design Design>
void counterfactual_from_scores(benchmark::State& state) {
    hallmark::version_scores const s{25, scores(25 * static_cast<std::size_t>(state.range(0) + 1))};
    for (auto _ : state) {
        auto const v = hallmark::counterfactual_audit(s, Design, 0.05);
        benchmark::DoNotOptimize(v.p_value);
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * state.range(0));
}

// One user with 25 photos: items are marked pictures a second.
void counterfactual_with_model(benchmark::State& state) {
    hallmark::image_batch<std::uint8_t> originals(25, 3, 32, 32);
    bench::paint(originals.elements());
    std::vector<std::size_t> const labels(25, 0);
    hallmark::marker const         mark(bench::key());
    auto                           model = [](hallmark::tensor_view<float const> batch) {
        hallmark::image_batch<float> z(batch.samples(), 2, 1, 1);
        for (std::size_t n = 0; n < batch.samples(); ++n) {
            z.view().at(n, 0, 0, 0) = batch.at(n, 0, 7, 9);
        }
        return z;
    };
    auto const withheld = static_cast<std::uint32_t>(state.range(0));
    for (auto _ : state) {
        auto const v = hallmark::counterfactual_audit(model, mark, originals, labels, "user", {.withheld = withheld});
        benchmark::DoNotOptimize(v.p_value);
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * 25 * (state.range(0) + 1));
}

/// `distinct` different values in (0, 1), in no order.
auto shuffled(std::size_t n, std::uint64_t distinct, std::uint64_t key, double shift) -> std::vector<double> {
    std::vector<double> out(n);
    for (std::size_t i = 0; i < n; ++i) {
        auto x = (i + key) * 0x9e3779b97f4a7c15u;
        x      = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
        x      = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
        out[i] = (static_cast<double>((x ^ (x >> 31)) % distinct) + 0.5) / static_cast<double>(distinct) + shift;
    }
    return out;
}

struct many_scores {
    std::vector<double> members, nulls;
    explicit many_scores(benchmark::State const& s)
        : members(shuffled(static_cast<std::size_t>(s.range(0)) / 2, static_cast<std::uint64_t>(s.range(1)), 1, 0.125)),
          nulls(shuffled(static_cast<std::size_t>(s.range(0)) / 2, static_cast<std::uint64_t>(s.range(1)), 99'999'999, 0.0)) {}
};

void check_auc(benchmark::State& state, double area) {
    // (1 - (7/8)²/2) for uniform scores
    if (!(area > 0.59 && area < 0.64)) {
        state.SkipWithError("the area is not what it should be");
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * state.range(0));
}

void roc_and_auc(benchmark::State& state) {
    many_scores const s(state);
    double            area = 0;
    for (auto _ : state) {
        auto const curve = hallmark::roc_curve(s.members, s.nulls);
        area             = hallmark::auc(curve);
        benchmark::DoNotOptimize(area);
    }
    check_auc(state, area);
}

void auc_alone(benchmark::State& state) {
    many_scores const s(state);
    double            area = 0;
    for (auto _ : state) {
        area = hallmark::auc(s.members, s.nulls);
        benchmark::DoNotOptimize(area);
    }
    check_auc(state, area);
}

// The curve as everybody would write it: two sorts, a merge.
void roc_and_auc_by_std_sort(benchmark::State& state) {
    many_scores const s(state);
    double            area = 0;
    for (auto _ : state) {
        auto up = s.members, down = s.nulls;
        std::sort(up.begin(), up.end(), [](double x, double y) { return x > y; });
        std::sort(down.begin(), down.end(), [](double x, double y) { return x > y; });
        std::vector<hallmark::roc_point> curve{{1e300, 0, 0, 0, 0}};
        for (std::size_t i = 0, j = 0; i < up.size() || j < down.size();) {
            auto const threshold = j == down.size() || (i < up.size() && up[i] >= down[j]) ? up[i] : down[j];
            while (i < up.size() && up[i] == threshold) {
                ++i;
            }
            while (j < down.size() && down[j] == threshold) {
                ++j;
            }
            curve.push_back(
                {threshold, i, j, static_cast<double>(i) / static_cast<double>(up.size()), static_cast<double>(j) / static_cast<double>(down.size())});
        }
        area = hallmark::auc(curve);
        benchmark::DoNotOptimize(area);
    }
    check_auc(state, area);
}

void tpr_at_one_in_a_thousand(benchmark::State& state) {
    many_scores const s(state);
    double            tpr = 0;
    for (auto _ : state) {
        tpr = hallmark::tpr_at_fpr(s.members, s.nulls, 0.001).value;
        benchmark::DoNotOptimize(tpr);
    }
    if (!(tpr > 0.124 && tpr < 0.128)) {
        state.SkipWithError("the rate is not what it should be");
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * state.range(0));
}

void tpr_by_nth_element(benchmark::State& state) {
    many_scores const s(state);
    double            tpr = 0;
    for (auto _ : state) {
        auto       down = s.nulls;
        auto const at   = down.begin() + static_cast<std::ptrdiff_t>(down.size() / 1000);
        std::nth_element(down.begin(), at, down.end(), [](double x, double y) { return x > y; });
        auto const bar = *at;
        tpr =
            static_cast<double>(std::count_if(s.members.begin(), s.members.end(), [bar](double x) { return x > bar; })) / static_cast<double>(s.members.size());
        benchmark::DoNotOptimize(tpr);
    }
    if (!(tpr > 0.124 && tpr < 0.128)) {
        state.SkipWithError("the rate is not what it should be");
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * state.range(0));
}

void bh(benchmark::State& state) {
    auto const p     = shuffled(static_cast<std::size_t>(state.range(0)), std::uint64_t{1} << 52, 5, 0.0);
    double     first = 0;
    for (auto _ : state) {
        first = hallmark::benjamini_hochberg(p)[0];
        benchmark::DoNotOptimize(first);
    }
    if (!(first > 0.0 && first <= 1.0)) {
        state.SkipWithError("the adjusted p-value is not what it should be");
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * state.range(0));
}

void bh_by_std_sort(benchmark::State& state) {
    auto const p = shuffled(static_cast<std::size_t>(state.range(0)), std::uint64_t{1} << 52, 5, 0.0);
    for (auto _ : state) {
        std::vector<std::size_t> order(p.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::sort(order.begin(), order.end(), [&p](std::size_t i, std::size_t j) { return p[i] < p[j]; });
        std::vector<double> out(p.size());
        auto                least = 1.0;
        for (auto i = p.size(); i-- > 0;) {
            least         = std::min(least, p[order[i]] * static_cast<double>(p.size()) / static_cast<double>(i + 1));
            out[order[i]] = least;
        }
        benchmark::DoNotOptimize(out.data());
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * state.range(0));
}

// Items are coins, each of which may be looked at.
void coins(benchmark::State& state) {
    bool found = false;
    for (auto _ : state) {
        hallmark::coin_process e;
        for (std::int64_t i = 0; i < state.range(0); ++i) {
            e.push(i % 10 != 3);
        }
        found = e.rejects(0.05);
        benchmark::DoNotOptimize(found);
    }
    if (!found) {
        state.SkipWithError("coins that win nine times of ten were not found");
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * state.range(0));
}
BENCHMARK(population)->Arg(500)->Arg(5'000)->Arg(1'000'000);
BENCHMARK(counterfactual_from_scores<hallmark::key_design::shared>)->Arg(199)->Arg(999);
BENCHMARK(counterfactual_from_scores<hallmark::key_design::independent>)->Arg(199)->Arg(999);
BENCHMARK(counterfactual_with_model)->Arg(199)->Unit(benchmark::kMillisecond);
// Scores, and how many different values they have.
void sizes(benchmark::internal::Benchmark* b) {
    b->Args({10'000, 1'000})->Args({10'000'000, 100'000})->Args({10'000'000, std::int64_t{1} << 40})->Unit(benchmark::kMillisecond);
}
BENCHMARK(roc_and_auc)->Apply(sizes);
BENCHMARK(roc_and_auc_by_std_sort)->Apply(sizes);
BENCHMARK(auc_alone)->Apply(sizes);
BENCHMARK(tpr_at_one_in_a_thousand)->Args({10'000'000, 100'000})->Unit(benchmark::kMillisecond);
BENCHMARK(tpr_by_nth_element)->Args({10'000'000, 100'000})->Unit(benchmark::kMillisecond);
BENCHMARK(bh)->Arg(10'000)->Arg(10'000'000)->Unit(benchmark::kMillisecond);
BENCHMARK(bh_by_std_sort)->Arg(10'000)->Arg(10'000'000)->Unit(benchmark::kMillisecond);
BENCHMARK(coins)->Arg(25)->Arg(1'000);
}  // namespace
