// Signals, aggregates, curves and permutation tests on a device.
#include "bench.hpp"

#include <hallmark/backend/cuda.cuh>
#include <hallmark/metric/roc.hpp>

#include <cstdint>
#include <cstdio>
#include <vector>

using namespace hallmark;

namespace {
template <class Real>
void score(cuda_executor const& ex, double copy, char const* what, std::size_t classes) {
    auto const                             n = (std::size_t{1} << 28) / classes;  // 1 GiB of logits
    bench::buffer<float> const             logits(bench::numbers<float>(n * classes, 16.0));
    bench::buffer<std::uint32_t> const     labels(std::vector<std::uint32_t>(n, 1u));
    bench::buffer<double> const            scores(n);
    bench::buffer<cuda_score_report> const report(1);
    auto const                             s = bench::seconds(ex, [&] {
        cuda_score<cuda_neg_cross_entropy, Real>(ex, cuda_nchw<float const>(logits.data(), n, classes, 1, 1), cuda_span<std::uint32_t const>(labels.span()),
                                                 scores.span(), report.data());
    });
    cuda_require_scores(ex, report.data(), classes);
    auto const all = static_cast<double>(n * classes);
    bench::line(what, s, static_cast<double>(n), "sample", all * 4.0 + static_cast<double>(n) * 12.0, copy,
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

void curve(cuda_executor const& ex, double copy) {
    std::size_t const                  n = 50'000'000;
    bench::buffer<double> const        a(bench::numbers<double>(n, 1.1)), b(bench::numbers<double>(n, 1.0));
    bench::buffer<unsigned char> const room(cuda_scores_workspace(ex, n, n));
    auto const                         s = bench::seconds(ex, [&] {
        cuda_scores const scores(ex, cuda_span<double const>(a.span()), cuda_span<double const>(b.span()), {room.data(), room.size()});
        (void)scores.auc();
        (void)scores.tpr_at_fpr(0.001);
    });
    bench::line("AUC and TPR at FPR of 1e8 scores", s, 2.0 * static_cast<double>(n), "score", 2.0 * static_cast<double>(n) * 8.0, copy);

    cuda_scores const                  scores(ex, cuda_span<double const>(a.span()), cuda_span<double const>(b.span()), {room.data(), room.size()});
    bench::buffer<roc_point> const     points(scores.curve_points());
    bench::buffer<unsigned char> const more(cuda_curve_workspace(ex, n, n));
    auto const                         t = bench::seconds(ex, [&] { scores.curve(points.span(), {more.data(), more.size()}); });
    bench::line("ROC curve of 1e8 sorted scores", t, 2.0 * static_cast<double>(n), "score",
                2.0 * static_cast<double>(n) * 8.0 + static_cast<double>(points.size() * sizeof(roc_point)), copy);
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
        curve(ex, copy);
        permutations(ex, copy);
    });
}
