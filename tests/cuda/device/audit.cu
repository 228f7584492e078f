// Scores, aggregates, curves and permutation tests on a device: the numbers of the CPU.
#include "device.hpp"

#include <hallmark/aggregate/mean.hpp>
#include <hallmark/aggregate/quantile.hpp>
#include <hallmark/backend/cuda.cuh>
#include <hallmark/metric/roc.hpp>
#include <hallmark/signal/cross_entropy.hpp>
#include <hallmark/stats/lira.hpp>
#include <hallmark/stats/mann_whitney.hpp>
#include <hallmark/stats/welch.hpp>

#include <cmath>
#include <cstdint>
#include <vector>

using namespace hallmark;

namespace {
auto numbers(std::size_t n, double size, std::uint32_t state) -> std::vector<double> {
    std::vector<double> out(n);
    for (auto& v : out) {
        state = state * 1664525u + 1013904223u;
        v     = (static_cast<double>(state >> 8) / 8388608.0 - 1.0) * size;
    }
    return out;
}

void signals(cuda_executor const& ex, std::size_t classes) {
    std::size_t const  n = 1025;
    std::vector<float> logits;
    for (auto const v : numbers(n * classes, 8.0, 1)) {
        logits.push_back(static_cast<float>(v));
    }
    std::vector<std::int64_t> labels(n);
    for (std::size_t i = 0; i < n; ++i) {
        labels[i] = static_cast<std::int64_t>(i * 7 % classes);
    }
    on_device<float> const             z(logits);
    on_device<std::int64_t> const      l(labels);
    on_device<double> const            scores(n);
    on_device<cuda_score_report> const report(1);
    cuda_score(ex, cuda_nchw<float const>(z.data(), n, classes, 1, 1), cuda_span<std::int64_t const>{l.data(), n}, cuda_span<double>{scores.data(), n},
               report.data());
    cuda_require_scores(ex, report.data(), classes);
    auto const got = scores.back();
    for (std::size_t i = 0; i < n; ++i) {
        auto const wanted = neg_cross_entropy{}(logit_row<float>{logits.data() + i * classes, classes, 1}, static_cast<std::size_t>(labels[i]));
        near("cross-entropy", got[i], wanted, 1e-13 * (1.0 + std::abs(wanted)));
    }
    std::printf("cross-entropy of %zu classes: as on the CPU\n", classes);
}

void groups(cuda_executor const& ex) {
    auto                       scores = numbers(26000, 3.0, 2);
    std::vector<std::uint64_t> offsets{0};
    std::vector<double>        means, medians;
    for (std::size_t at = 0, size = 1; at + size <= scores.size(); at += size, size = size % 41 + 1) {
        mean   m;
        median d;
        for (std::size_t i = at; i < at + size; ++i) {
            scores[i] = std::ldexp(scores[i], static_cast<int>(i % 300) - 150);
            m.push(scores[i]);
            d.push(scores[i]);
        }
        means.push_back(m.value());
        medians.push_back(d.value());
        offsets.push_back(at + size);
    }
    on_device<double> const            s(scores), out(means.size());
    on_device<std::uint64_t> const     o(offsets);
    on_device<cuda_group_report> const report(1);
    auto const                         run = [&](cuda_aggregate what) {
        cuda_aggregate_groups(ex, what, cuda_span<double const>{s.data(), scores.size()}, cuda_span<std::uint64_t const>{o.data(), offsets.size()},
                                                      cuda_span<double>{out.data(), means.size()}, report.data());
        cuda_require_groups(ex, report.data());
        return out.back();
    };
    same("means", run(cuda_aggregate::mean), means);
    same("medians", run(cuda_aggregate::median), medians);
}

void curves(cuda_executor const& ex) {
    auto a = numbers(100003, 1.0, 3), b = numbers(70001, 1.0, 4);
    for (auto& v : a) {
        v = std::floor((v + 0.1) * 5000.0);
    }
    for (auto& v : b) {
        v = std::floor(v * 5000.0);
    }
    on_device<double> const da(a), db(b);
    cuda_scores const       s(ex, {da.data(), a.size()}, {db.data(), b.size()});
    same("AUC", s.auc(), auc(a, b));
    same("the ROC curve", s.curve(), roc_curve(a, b));
    same("TPR at an FPR of 0.1 %", s.tpr_at_fpr(0.001), tpr_at_fpr(a, b, 0.001));
    same("FPR at a TPR of 90 %", s.fpr_at_tpr(0.9), fpr_at_tpr(a, b, 0.9));
    same("Mann-Whitney", s.mann_whitney(alternative::greater), mann_whitney{tail_method::asymptotic}(a, b, alternative::greater));
}

void shadows(cuda_executor const& ex) {
    std::size_t const       n = 1001, models = 65;
    auto const              s = numbers(n, 2.0, 8), in = numbers(n * models, 2.0, 9), out = numbers(n * models, 1.0, 10);
    on_device<double> const ds(s), din(in), dout(out), result(n);
    for (auto const how : {lira{}, lira{.centre = lira_centre::median}, lira{.variance = lira_variance::fixed}}) {
        cuda_lira(ex, {ds.data(), n}, {din.data(), in.size()}, {dout.data(), out.size()}, {result.data(), n}, how);
        auto const got = result.back(), wanted = how.online(s, {in, n}, {out, n});
        for (std::size_t i = 0; i < n; ++i) {
            near("LiRA", got[i], wanted[i], 1e-12 * (1.0 + std::abs(wanted[i])));
        }
    }
    std::puts("LiRA: as on the CPU");
    auto const t = cuda_welch_t(ex, {din.data(), in.size()}, {dout.data(), out.size()}, alternative::greater);
    near("Welch", t.statistic, welch_t{}(in, out, alternative::greater).statistic, 1e-12);
    std::puts("Welch: as on the CPU");
}

void permutations(cuda_executor const& ex) {
    auto const mc = resampling::monte_carlo;
    auto const a = numbers(100, 1.0, 5), b = numbers(100, 1.1, 6), large = numbers(2000, 1.0, 7);
    same("permutations", cuda_permutation_test{mc, 20001, 3}(ex, a, b, alternative::greater), permutation_test{mc, 20001, 3}(a, b, alternative::greater));
    same("permutations in global memory", cuda_permutation_test{mc, 501, 3}(ex, large, b, alternative::less),
         permutation_test{mc, 501, 3}(large, b, alternative::less));
    same("sign flips", cuda_sign_flip_test{mc, 20001, 3}(ex, a, b, alternative::two_sided), sign_flip_test{mc, 20001, 3}(a, b, alternative::two_sided));
}
}  // namespace

auto main() -> int {
    return on_a_device([] {
        cudaStream_t stream{};
        cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking);
        {
            cuda_executor const ex(stream);
            signals(ex, 10);
            signals(ex, 5000);
            groups(ex);
            curves(ex);
            shadows(ex);
            permutations(ex);
        }
        cudaStreamDestroy(stream);
    });
}
