// What is read off very many scores, and one test of 25 values: each beside the same thing made of std::sort, std::nth_element or Boost.Math.
#include <hallmark/metric/roc.hpp>
#include <hallmark/stats/binomial.hpp>
#include <hallmark/stats/kolmogorov_smirnov.hpp>
#include <hallmark/stats/mann_whitney.hpp>
#include <hallmark/stats/multiplicity.hpp>
#include <hallmark/stats/paired_t.hpp>
#include <hallmark/stats/rank.hpp>
#include <hallmark/stats/sign.hpp>
#include <hallmark/stats/welch.hpp>
#include <hallmark/stats/wilcoxon.hpp>

#include "ratio.hpp"

#include <benchmark/benchmark.h>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/statistics/univariate_statistics.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace {
using hallmark::alternative;
using hallmark::tail_method;

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

/// Half of the scores are members', an eighth above the nulls'. state.range(1) different values.
struct many_scores {
    std::vector<double> members, nulls;
    explicit many_scores(benchmark::State const& s)
        : members(shuffled(static_cast<std::size_t>(s.range(0)) / 2, static_cast<std::uint64_t>(s.range(1)), 1, 0.125)),
          nulls(shuffled(static_cast<std::size_t>(s.range(0)) / 2, static_cast<std::uint64_t>(s.range(1)), 99'999'999, 0.0)) {}
};

/// Fewer turns where one takes a second.
template <class Ours, class Theirs>
void beside(benchmark::State& state, Ours&& ours, Theirs&& theirs) {
    bench::against(state, static_cast<std::size_t>(state.range(0)), ours, theirs, state.range(0) > 1'000'000 ? 5 : 11);
}

void check(benchmark::State& state, bool right) {
    if (!right) {
        state.SkipWithError("the result is not the peer's");
    }
}

/// x is about the peer's y, where there is a peer.
auto near(double x, double y, double relative) -> bool { return bench::alone() || std::abs(x - y) <= relative * std::abs(y); }

/// Each sample sorted for itself, the larger first, then a merge: `step(threshold, members at or above it, nulls at or above it)`.
template <class Step>
void two_sorts_and_a_merge(many_scores const& s, Step step) {
    auto up = s.members, down = s.nulls;
    std::sort(up.begin(), up.end(), [](double x, double y) { return x > y; });
    std::sort(down.begin(), down.end(), [](double x, double y) { return x > y; });
    for (std::size_t i = 0, j = 0; i < up.size() || j < down.size();) {
        auto const threshold = j == down.size() || (i < up.size() && up[i] >= down[j]) ? up[i] : down[j];
        while (i < up.size() && up[i] == threshold) {
            ++i;
        }
        while (j < down.size() && down[j] == threshold) {
            ++j;
        }
        step(threshold, i, j);
    }
}

auto auc_by_std_sort(many_scores const& s) -> double {
    auto        doubled = std::uint64_t{0};
    std::size_t tp = 0, fp = 0;
    two_sorts_and_a_merge(s, [&](double, std::size_t i, std::size_t j) {
        doubled += (j - fp) * (i + tp);
        tp = i;
        fp = j;
    });
    return static_cast<double>(doubled) / (2.0 * static_cast<double>(s.members.size()) * static_cast<double>(s.nulls.size()));
}

void roc_and_auc_beside_std_sort(benchmark::State& state) {
    many_scores const s(state);
    double            ours = 0, theirs = 0;
    beside(
        state, [&] { ours = hallmark::auc(hallmark::roc_curve(s.members, s.nulls)); },
        [&] {
            std::vector<hallmark::roc_point> curve{{1e300, 0, 0, 0, 0}};
            two_sorts_and_a_merge(s, [&](double threshold, std::size_t i, std::size_t j) {
                curve.push_back({threshold, i, j, static_cast<double>(i) / static_cast<double>(s.members.size()),
                                 static_cast<double>(j) / static_cast<double>(s.nulls.size())});
            });
            theirs = hallmark::auc(curve);
        });
    check(state, near(ours, theirs, 0.0));
}

void auc_beside_std_sort(benchmark::State& state) {
    many_scores const s(state);
    double            ours = 0, theirs = 0;
    beside(
        state, [&] { ours = hallmark::auc(s.members, s.nulls); }, [&] { theirs = auc_by_std_sort(s); });
    check(state, near(ours, theirs, 0.0));
}

void tpr_at_fpr_beside_nth_element(benchmark::State& state) {
    many_scores const s(state);
    double            ours = 0, theirs = 0;
    beside(
        state, [&] { ours = hallmark::tpr_at_fpr(s.members, s.nulls, 0.001).value; },
        [&] {
            auto       down = s.nulls;
            auto const at   = down.begin() + static_cast<std::ptrdiff_t>(down.size() / 1000);
            std::nth_element(down.begin(), at, down.end(), [](double x, double y) { return x > y; });
            auto const bar = *at;
            theirs         = static_cast<double>(std::count_if(s.members.begin(), s.members.end(), [bar](double x) { return x > bar; })) /
                     static_cast<double>(s.members.size());
        });
    check(state, near(ours, theirs, 0.0));
}

/// Midranks by one sort of all values with a label, the normal approximation with ties.
auto mann_whitney_by_std_sort(many_scores const& s) -> double {
    std::vector<std::pair<double, bool>> all;
    all.reserve(s.members.size() + s.nulls.size());
    for (auto const x : s.members) {
        all.emplace_back(x, true);
    }
    for (auto const x : s.nulls) {
        all.emplace_back(x, false);
    }
    std::sort(all.begin(), all.end());
    auto const n = static_cast<double>(s.members.size()), m = static_cast<double>(s.nulls.size());
    auto       ranks = 0.0, ties = 0.0;
    for (std::size_t i = 0, end = 0; i < all.size(); i = end) {
        double of_members = 0.0;
        for (; end < all.size() && all[end].first == all[i].first; ++end) {
            of_members += all[end].second ? 1.0 : 0.0;
        }
        auto const t = static_cast<double>(end - i);
        ranks += of_members * 0.5 * static_cast<double>(i + 1 + end);
        ties += t * t * t - t;
    }
    auto const u  = ranks - 0.5 * n * (n + 1.0);
    auto const sd = std::sqrt(n * m / 12.0 * (n + m + 1.0 - ties / ((n + m) * (n + m - 1.0))));
    return boost::math::cdf(boost::math::complement(boost::math::normal(), (u - 0.5 * n * m - 0.5) / sd));
}

void mann_whitney_beside_std_sort(benchmark::State& state) {
    many_scores const s(state);
    double            ours = 0, theirs = 0;
    beside(
        state, [&] { ours = hallmark::mann_whitney{.method = tail_method::asymptotic}(s.members, s.nulls, alternative::greater).p_value; },
        [&] { theirs = mann_whitney_by_std_sort(s); });
    check(state, near(ours, theirs, 1e-6));
}

void kolmogorov_smirnov_beside_std_sort(benchmark::State& state) {
    many_scores const s(state);
    double            ours = 0, theirs = 0;
    beside(
        state, [&] { ours = hallmark::kolmogorov_smirnov{.method = tail_method::asymptotic}(s.members, s.nulls, alternative::two_sided).statistic; },
        [&] {
            theirs = 0;
            two_sorts_and_a_merge(s, [&](double, std::size_t i, std::size_t j) {
                theirs = std::max(theirs, std::abs(static_cast<double>(i) / static_cast<double>(s.members.size()) -
                                                   static_cast<double>(j) / static_cast<double>(s.nulls.size())));
            });
        });
    check(state, near(ours, theirs, 1e-12));
}

/// t and p of Welch's test, from Boost.Math's moments and its tail.
auto welch_by_boost(std::vector<double> const& a, std::vector<double> const& b) -> std::pair<double, double> {
    auto const [mean_a, var_a] = boost::math::statistics::mean_and_sample_variance(a);
    auto const [mean_b, var_b] = boost::math::statistics::mean_and_sample_variance(b);
    auto const n = static_cast<double>(a.size()), m = static_cast<double>(b.size());
    auto const va = var_a / n, vb = var_b / m;
    auto const t  = (mean_a - mean_b) / std::sqrt(va + vb);
    auto const df = (va + vb) * (va + vb) / (va * va / (n - 1.0) + vb * vb / (m - 1.0));
    return {t, 2.0 * boost::math::cdf(boost::math::students_t(df), -std::abs(t))};
}

void benjamini_hochberg_beside_std_sort(benchmark::State& state) {
    auto const p    = shuffled(static_cast<std::size_t>(state.range(0)), static_cast<std::uint64_t>(state.range(1)), 5, 0.0);
    double     ours = 0, theirs = 0;
    beside(
        state, [&] { ours = hallmark::benjamini_hochberg(p)[0]; },
        [&] {
            std::vector<std::size_t> order(p.size());
            std::iota(order.begin(), order.end(), std::size_t{0});
            std::sort(order.begin(), order.end(), [&p](std::size_t i, std::size_t j) { return p[i] < p[j]; });
            std::vector<double> out(p.size());
            auto                least = 1.0;
            for (auto i = p.size(); i-- > 0;) {
                least         = std::min(least, p[order[i]] * static_cast<double>(p.size()) / static_cast<double>(i + 1));
                out[order[i]] = least;
            }
            theirs = out[0];
        });
    check(state, near(ours, theirs, 1e-15));  // ours is rounded once
}

// Scores, and how many different values they have.
void sizes(benchmark::internal::Benchmark* b) {
    b->Args({10'000, 1'000})->Args({10'000'000, 100'000})->Args({10'000'000, std::int64_t{1} << 40})->Unit(benchmark::kMillisecond)->Iterations(3);
}
BENCHMARK(roc_and_auc_beside_std_sort)->Apply(sizes);
BENCHMARK(auc_beside_std_sort)->Apply(sizes);
BENCHMARK(tpr_at_fpr_beside_nth_element)->Apply(sizes);
BENCHMARK(mann_whitney_beside_std_sort)->Apply(sizes);
BENCHMARK(kolmogorov_smirnov_beside_std_sort)->Apply(sizes);
BENCHMARK(benjamini_hochberg_beside_std_sort)->Apply(sizes);

// One test of 25 values (25 and 25): what counts is the time of one.
struct small {
    std::vector<double> a = shuffled(25, std::uint64_t{1} << 40, 3, 0.1), b = shuffled(25, std::uint64_t{1} << 40, 1000, 0.0);
};

template <class Test>
void one(benchmark::State& state, Test test) {
    small const s;
    double      p = 0;
    for (auto _ : state) {
        p = test(s.a, s.b);
        benchmark::DoNotOptimize(std::as_const(p));  // read only: where it may write, gcc 12 has been seen to lose the number
    }
    check(state, p > 0.0 && p <= 1.0);
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}
template <class Test, class Peer>
void one_beside(benchmark::State& state, Test test, Peer peer) {
    small const s;
    double      p = 0, q = 0;
    bench::against(
        state, 1, [&] { p = test(s.a, s.b); }, [&] { q = peer(s.a, s.b); });
    check(state, near(p, q, 1e-9));
}
using values       = std::vector<double>;
constexpr auto any = alternative::two_sided;

void one_welch_beside_boost(benchmark::State& state) {
    one_beside(
        state, [](values const& a, values const& b) { return hallmark::welch_t{}(a, b, any).p_value; },
        [](values const& a, values const& b) { return welch_by_boost(a, b).second; });
}
void one_paired_t_beside_boost(benchmark::State& state) {
    one_beside(
        state, [](values const& a, values const& b) { return hallmark::paired_t{}(a, b, any).p_value; },
        [](values const& a, values const& b) {
            values difference(a.size());
            std::transform(a.begin(), a.end(), b.begin(), difference.begin(), [](double x, double y) { return x - y; });
            auto const [mean, variance] = boost::math::statistics::mean_and_sample_variance(difference);
            auto const n                = static_cast<double>(a.size());
            return 2.0 * boost::math::cdf(boost::math::students_t(n - 1.0), -std::abs(mean / std::sqrt(variance / n)));
        });
}
// Counts that the compiler does not know: it would compute the p-value itself.
void one_binomial_beside_boost(benchmark::State& state) {
    std::uint64_t successes = 18, trials = 25;
    one_beside(
        state,
        [&](values const&, values const&) {
            benchmark::DoNotOptimize(successes);
            return hallmark::binomial_test(successes, trials, 0.5, alternative::greater).p_value;
        },
        [&](values const&, values const&) {
            benchmark::DoNotOptimize(successes);
            return boost::math::cdf(boost::math::complement(boost::math::binomial(static_cast<double>(trials), 0.5), static_cast<double>(successes - 1)));
        });
}
void one_sign_test(benchmark::State& state) {
    one(state, [](values const& a, values const& b) { return hallmark::sign_test{}(a, b, any).p_value; });
}
void one_mann_whitney_exact(benchmark::State& state) {
    one(state, [](values const& a, values const& b) { return hallmark::mann_whitney{.method = tail_method::exact}(a, b, any).p_value; });
}
void one_kolmogorov_smirnov_exact(benchmark::State& state) {
    one(state, [](values const& a, values const& b) { return hallmark::kolmogorov_smirnov{.method = tail_method::exact}(a, b, any).p_value; });
}
void one_wilcoxon_exact(benchmark::State& state) {
    one(state, [](values const& a, values const& b) { return hallmark::wilcoxon_test{.method = tail_method::exact}(a, b, any).p_value; });
}
void one_rank_test(benchmark::State& state) {
    one(state, [](values const& a, values const& b) { return hallmark::rank_test(a[0], b).p_value; });
}
BENCHMARK(one_welch_beside_boost);
BENCHMARK(one_paired_t_beside_boost);
BENCHMARK(one_binomial_beside_boost);
BENCHMARK(one_sign_test);
BENCHMARK(one_mann_whitney_exact);
BENCHMARK(one_kolmogorov_smirnov_exact);
BENCHMARK(one_wilcoxon_exact);
BENCHMARK(one_rank_test);
}  // namespace
