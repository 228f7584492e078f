// Signals, aggregates, curves and permutation tests on a device.
#include "bench.hpp"

#include <hallmark/backend/cuda.cuh>
#include <hallmark/metric/roc.hpp>

#include <cstdint>
#include <cstdio>
#include <type_traits>
#include <vector>

using namespace hallmark;

namespace {
auto reads(bench::buffer<double> const& x) -> cuda_span<double const> { return {x.data(), x.size()}; }

template <class Real, class Scalar = float>
void score(cuda_executor const& ex, double copy, char const* what, std::size_t classes) {
    auto const          n = (std::size_t{1} << 28) / classes;  // 1 GiB of logits in float
    std::vector<Scalar> drawn(n * classes);
    auto const          values = bench::numbers<float>(drawn.size(), 16.0);
    for (std::size_t i = 0; i < drawn.size(); ++i) {
        if constexpr (std::is_same_v<Scalar, float>) {
            drawn[i] = values[i];
        } else {  // any numbers will do: bits from those of 1 on
            drawn[i].bits = static_cast<std::uint16_t>((std::is_same_v<Scalar, float16> ? 0x3c00u : 0x3f80u) + static_cast<unsigned>(values[i] * 16.0f));
        }
    }
    bench::buffer<Scalar> const            logits(drawn);
    bench::buffer<std::uint32_t> const     labels(std::vector<std::uint32_t>(n, 1u));
    bench::buffer<double> const            scores(n);
    bench::buffer<cuda_score_report> const report(1);
    auto const                             s = bench::seconds(ex, [&] {
        cuda_score<cuda_neg_cross_entropy, Real>(ex, cuda_nchw<Scalar const>(logits.data(), n, classes, 1, 1), cuda_span<std::uint32_t const>(labels.span()),
                                                 scores.span(), report.data());
    });
    cuda_require_scores(ex, report.data(), classes);
    auto const all = static_cast<double>(n * classes);
    bench::line(what, s, static_cast<double>(n), "sample", all * sizeof(Scalar) + static_cast<double>(n) * 12.0, copy,
                all * 10.0);  // a subtraction, an exponential, an addition
}

void groups(cuda_executor const& ex, double copy, cuda_aggregate aggregate, char const* what) {
    std::size_t const          n = std::size_t{1} << 27, each = 25;
    std::vector<std::uint64_t> offsets;
    for (std::size_t at = 0; at + each <= n; at += each) {
        offsets.push_back(at);
    }
    bench::buffer<double> const            scores(bench::numbers<double>(n, 4.0)), out(offsets.size() - 1);
    bench::buffer<std::uint64_t> const     at(offsets);
    bench::buffer<cuda_group_report> const report(1);
    auto const                             s = bench::seconds(ex, [&] {
        cuda_aggregate_groups(ex, aggregate, cuda_span<double const>(scores.span()), cuda_span<std::uint64_t const>(at.span()), out.span(), report.data());
    });
    bench::line(what, s, static_cast<double>(n), "loss", static_cast<double>(n) * 8.0, copy);
}

void curve(cuda_executor const& ex, double copy, std::size_t n, char const* rates, char const* points_of_sorted) {
    bench::buffer<double> const        a(bench::numbers<double>(n, 1.1)), b(bench::numbers<double>(n, 1.0));
    bench::buffer<unsigned char> const room(cuda_scores_workspace(ex, n, n));
    auto const                         s = bench::seconds(ex, [&] {
        cuda_scores const scores(ex, cuda_span<double const>(a.span()), cuda_span<double const>(b.span()), {room.data(), room.size()});
        (void)scores.auc();
        (void)scores.tpr_at_fpr(0.001);
    });
    bench::line(rates, s, 2.0 * static_cast<double>(n), "score", 2.0 * static_cast<double>(n) * 8.0, copy);

    cuda_scores const                  scores(ex, cuda_span<double const>(a.span()), cuda_span<double const>(b.span()), {room.data(), room.size()});
    bench::buffer<roc_point> const     points(scores.curve_points());
    bench::buffer<unsigned char> const more(cuda_curve_workspace(ex, n, n));
    auto const                         t = bench::seconds(ex, [&] { scores.curve(points.span(), {more.data(), more.size()}); });
    bench::line(points_of_sorted, t, 2.0 * static_cast<double>(n), "score",
                2.0 * static_cast<double>(n) * 8.0 + static_cast<double>(points.size() * sizeof(roc_point)), copy);
}

void shadow_models(cuda_executor const& ex, double copy) {
    std::size_t const           n = 1'000'000, models = 128, m = 10'000, references = 16;
    bench::buffer<double> const scores(bench::numbers<double>(n, 4.0)), with(bench::numbers<double>(n * models / 2, 4.0)),
        without(bench::numbers<double>(n * models / 2, 3.0)), out(n);
    auto const bytes = static_cast<double>(n * (models + 2)) * 8.0;
    auto const line  = [&](char const* name, lira how) {
        bench::buffer<unsigned char> const room(cuda_lira_workspace(n, how));
        auto const s = bench::seconds(ex, [&] { cuda_lira(ex, reads(scores), reads(with), reads(without), out.span(), how, {room.data(), room.size()}); });
        bench::line(name, s, static_cast<double>(n), "sample", bytes, copy);
    };
    line("LiRA, 64 + 64 shadow models", {});
    line("LiRA, fixed variance", {.variance = lira_variance::fixed});
    line("LiRA, about medians", {.centre = lira_centre::median});

    bench::buffer<double> const target(bench::numbers<double>(n, -4.0)), table(bench::numbers<double>(n * references, -4.0)),
        population(bench::numbers<double>(m, -4.0)), their(bench::numbers<double>(m * references, -4.0));
    auto const t = bench::seconds(ex, [&] { cuda_rmia(ex, reads(target), reads(table), reads(population), reads(their), out.span()); });
    bench::line("RMIA, 16 references, population of 1e4", t, static_cast<double>(n), "sample", static_cast<double>(n * (references + 2)) * 8.0, copy);
}

void samples(cuda_executor const& ex, double copy) {
    std::size_t const                  n = std::size_t{1} << 26;
    bench::buffer<double> const        a(bench::numbers<double>(n, 1.1)), b(bench::numbers<double>(n, 1.0)), one(std::vector<double>{0.5});
    bench::buffer<std::uint64_t> const hits(1), below(n / 64);
    auto const                         s = bench::seconds(ex, [&] { (void)cuda_welch_t(ex, reads(a), reads(b), alternative::greater); });
    bench::line("Welch's t, four reads of each sample in all", s, 2.0 * static_cast<double>(n), "value", 4.0 * static_cast<double>(n) * 8.0, copy);
    auto const t = bench::seconds(ex, [&] { cuda_count_hits(ex, reads(one), reads(a), hits.span()); });
    bench::line("rank of one score among 6.7e7 nulls", t, static_cast<double>(n), "null", static_cast<double>(n) * 8.0, copy);
    auto const u = bench::seconds(ex, [&] { cuda_count_beaten(ex, reads(a), n / 64, below.span()); });
    bench::line("ranks of 1e6 samples among 64 versions", u, static_cast<double>(n), "score", static_cast<double>(n) * 8.0, copy);
}

void permutations(cuda_executor const& ex, double copy) {
    auto const                         a = bench::numbers<double>(100, 1.1), b = bench::numbers<double>(100, 1.0);
    cuda_permutation_test const        splits{resampling::monte_carlo, 1'000'000, 1};
    cuda_sign_flip_test const          flips{resampling::monte_carlo, 1'000'000, 1};
    bench::buffer<unsigned char> const room(splits.workspace(ex, 200) + flips.workspace(100));
    auto const                         s = bench::seconds(ex, [&] { (void)splits(ex, a, b, alternative::greater, {room.data(), room.size()}); });
    bench::line("1e6 permutations of 100 + 100", s, 1e6, "draw", 0.0, copy);
    auto const t = bench::seconds(ex, [&] { (void)flips(ex, a, b, alternative::greater, {room.data(), room.size()}); });
    bench::line("1e6 sign flips of 100 pairs", t, 1e6, "draw", 0.0, copy);
}
}  // namespace

auto main() -> int {
    return bench::run([](cuda_executor const& ex, double copy) {
        score<float>(ex, copy, "cross-entropy, 10 classes, in float", 10);
        score<float>(ex, copy, "cross-entropy, 100 classes, in float", 100);
        score<float>(ex, copy, "cross-entropy, 1000 classes, in float", 1000);
        score<double>(ex, copy, "cross-entropy, 1000 classes, in double", 1000);
        score<float>(ex, copy, "cross-entropy, 100000 classes, in float", 100000);
        groups(ex, copy, cuda_aggregate::mean, "exact means of 25 losses");
        groups(ex, copy, cuda_aggregate::median, "medians of 25 losses");
        score<float, float16>(ex, copy, "cross-entropy, 1000 classes, float16", 1000);
        score<float, bfloat16>(ex, copy, "cross-entropy, 1000 classes, bfloat16", 1000);
        curve(ex, copy, 5'000'000, "AUC and TPR at FPR of 1e7 scores", "ROC curve of 1e7 sorted scores");
        curve(ex, copy, 50'000'000, "AUC and TPR at FPR of 1e8 scores", "ROC curve of 1e8 sorted scores");
        shadow_models(ex, copy);
        samples(ex, copy);
        permutations(ex, copy);
    });
}
