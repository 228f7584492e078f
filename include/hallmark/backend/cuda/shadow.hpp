// Scores against shadow and reference models on a device: LiRA and RMIA.
#pragma once

#include <hallmark/backend/cuda/block.hpp>
#include <hallmark/backend/cuda/groups.hpp>
#include <hallmark/backend/cuda/memory.hpp>
#include <hallmark/backend/cuda/moments.hpp>
#include <hallmark/backend/cuda/sorted_body.hpp>
#include <hallmark/error.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hallmark::inline v0 {

namespace detail::device {

/// A warp for each sample.
struct lira_body {
    static constexpr unsigned threads = 128;
    static constexpr unsigned at_once = threads / warp_size;

    double const*  scores;
    std::uint64_t  samples;
    double const*  in;  // null: the standard score
    std::uint64_t  in_models;
    double const*  out;
    std::uint64_t  out_models;
    double*        result;
    std::uint64_t* bad;  // the least sample whose deviation is 0 or no number

    [[nodiscard]] auto shared_bytes() const noexcept -> std::size_t { return 0; }

    template <class Block>
    HALLMARK_HD void operator()(Block const& block) const {
        auto const mine = share_of(samples, at_once, block.index(), block.count());
        for (auto first = mine.first; first < mine.last; first += at_once) {
            typename Block::template own<mean_and_variance> with, without;
            auto const                                      rows = [&](double const* matrix, std::uint64_t models) {
                return [=](unsigned t) {
                    auto const  n   = first + t / warp_size;
                    auto const* row = matrix + n * models;
                    return n < mine.last ? pivot_row{row, models, row[0]} : pivot_row{nullptr, 0, 0.0};
                };
            };
            auto const reduce = [&](auto& sum) { block.reduce_warps(sum, join_twofold{}); };
            moments_of(block, warp_size, rows(out, out_models), reduce, without);
            if (in != nullptr) {
                moments_of(block, warp_size, rows(in, in_models), reduce, with);
            }
            block.apart([&](unsigned t) {
                auto const n = first + t / warp_size;
                if (t % warp_size == 0 && n < mine.last) {
                    auto const away = standard(scores[n], out + n * out_models, out_models, without[t]);
                    auto       v    = away.z;
                    if (in != nullptr) {
                        auto const near = standard(scores[n], in + n * in_models, in_models, with[t]);
                        v               = (-0.5 * near.z * near.z - std::log(near.deviation)) - (-0.5 * away.z * away.z - std::log(away.deviation));
                    }
                    if (exponent_field(v) == 0x7ffu) {
                        atomic_least(bad, n);
                    }
                    result[n] = v;
                }
            });
        }
    }

private:
    struct standard_score {
        double z, deviation;
    };
    // The deviation is over n and not n − 1, as published.
    HALLMARK_HD static auto standard(double score, double const* row, std::uint64_t models, mean_and_variance m) noexcept -> standard_score {
        auto const n         = static_cast<double>(models);
        auto const deviation = std::sqrt(m.variance * (n - 1.0) / n);
        return {((score - row[0]) - m.mean) / deviation, deviation};
    }
};

/// log(p / p̄) of each sample, as an ordered key or as a number: a thread for each; references lie model by model.
struct ratio_body {
    static constexpr unsigned threads = 128;

    double const*  target;
    std::uint64_t  samples;
    double const*  references;
    std::uint64_t  models;
    double         a;
    double*        out;
    std::uint64_t* keys;  // or null
    std::uint64_t* bad;   // the least sample with a number that is no log-probability

    [[nodiscard]] auto shared_bytes() const noexcept -> std::size_t { return 0; }

    template <class Block>
    HALLMARK_HD void operator()(Block const& block) const {
        auto const mine = share_of(samples, threads, block.index(), block.count());
        block.apart([&](unsigned t) {
            for (auto i = mine.first + t; i < mine.last; i += threads) {
                auto most = references[i];
                auto fine = target[i] <= 0.0 && exponent_field(target[i]) != 0x7ffu;
                for (std::uint64_t r = 0; r < models; ++r) {
                    auto const x = references[r * samples + i];
                    most         = x > most ? x : most;
                    fine         = fine && x <= 0.0 && exponent_field(x) != 0x7ffu;
                }
                if (!fine) {
                    atomic_least(bad, i);
                }
                most       = a < 1.0 ? 0.0 : most;  // with a < 1 the constant term is there, and nothing can underflow
                double sum = 0.0;
                for (std::uint64_t r = 0; r < models; ++r) {
                    sum += std::exp(references[r * samples + i] - most);
                }
                auto const ratio = target[i] - (most + std::log((1.0 + a) / 2.0 * (sum / static_cast<double>(models)) + (1.0 - a) / 2.0));
                if (keys != nullptr) {
                    keys[i] = score_key(ratio);
                } else {
                    out[i] = ratio;
                }
            }
        });
    }
};

struct beats_body {
    static constexpr unsigned threads = 256;

    double*              ratios;
    std::uint64_t        samples;
    std::uint64_t const* population;
    std::uint64_t        m;
    double               log_gamma;

    [[nodiscard]] auto shared_bytes() const noexcept -> std::size_t { return 0; }

    template <class Block>
    HALLMARK_HD void operator()(Block const& block) const {
        auto const mine = share_of(samples, threads, block.index(), block.count());
        block.apart([&](unsigned t) {
            for (auto i = mine.first + t; i < mine.last; i += threads) {
                ratios[i] = static_cast<double>(count_below(population, m, score_key(ratios[i] - log_gamma), false)) / static_cast<double>(m);
            }
        });
    }
};
}  // namespace detail::device

/// Bytes of workspace for `cuda_lira`.
[[nodiscard]] constexpr auto cuda_lira_workspace() noexcept -> std::size_t { return detail::device::room_for<std::uint64_t>(1); }

/// LiRA for every sample; larger = member. With scores of both kinds of shadow models, `lira{}.online`: the log ratio of two Gaussians. Without `in`: the
/// standard score (s − μ_out)/σ_out, whose log Φ is `lira{}.offline` and ranks samples the same. Matrices lie sample by sample, two models or more.
/// Within a few units of 1e-15. Waits for the stream. One launch; O(samples · models).
template <class Device>
void cuda_lira(Device const& device, cuda_span<double const> scores, cuda_span<double const> in, cuda_span<double const> out, cuda_span<double> result,
               cuda_workspace workspace = {}) {
    using namespace detail::device;
    constexpr std::string_view who = "hallmark::cuda_lira";
    device.require_ready(who);
    require_span(device, scores, who, "scores");
    require_span(device, out, who, "out");
    require_span(device, result, who, "result");
    require_length(result.size, scores.size, who, "result");
    auto const matrix = [&](std::size_t size, std::string_view name) {
        detail::require(size % scores.size == 0 && size / scores.size >= 2, errc::shape_mismatch, who, ": ", name, " has ", size, " values for ", scores.size,
                        " samples; allowed is a multiple of them, 2 or more for each");
    };
    matrix(out.size, "out");
    if (in.size != 0) {
        require_span(device, in, who, "in");
        matrix(in.size, "in");
    }
    require_apart(named(result, "result"), {named(scores, "scores"), named(in, "in"), named(out, "out")}, who);
    scratch<Device> memory(device, workspace, cuda_lira_workspace(), who,
                           {named(scores, "scores"), named(in, "in"), named(out, "out"), named(result, "result")});
    auto* const     bad = memory.template take<std::uint64_t>(1);
    device.fill(bad, 0xff, sizeof *bad);
    device.launch(
        lira_body{scores.data, scores.size, in.size == 0 ? nullptr : in.data, in.size / scores.size, out.data, out.size / scores.size, result.data, bad},
        blocks_for(scores.size, lira_body::at_once, device.most_blocks()));
    std::uint64_t seen = 0;
    device.copy_to_host(&seen, bad, sizeof seen);
    detail::require(seen == ~std::uint64_t{0}, errc::out_of_domain, who, ": the scores of sample ", seen,
                    " by the shadow models are all equal, or no numbers; allowed are finite ones with a variance above 0");
}

/// Bytes of workspace for `cuda_rmia` with m samples of the population.
template <class Device>
[[nodiscard]] auto cuda_rmia_workspace(Device const& device, std::size_t m) -> std::size_t {
    using namespace detail::device;
    return 2 * room_for<std::uint64_t>(m) + room_for<unsigned char>(device.template sort_room<std::uint64_t>(m)) + room_for<std::uint64_t>(2);
}

/// RMIA for every sample, as `rmia(gamma, a)`: the share of the population that it beats by more than gamma. `target` are log-probabilities; references
/// lie model by model, as in `referenced_scores`. Waits for the stream. O((n + m) models), and a sort of the population.
template <class Device>
void cuda_rmia(Device const& device, cuda_span<double const> target, cuda_span<double const> references, cuda_span<double const> population_target,
               cuda_span<double const> population_references, cuda_span<double> result, double gamma = 2.0, double a = 0.3, cuda_workspace workspace = {}) {
    using namespace detail::device;
    constexpr std::string_view who = "hallmark::cuda_rmia";
    detail::require(detail::is_number(gamma) && gamma > 0.0, errc::out_of_domain, who, ": gamma is ", gamma, "; allowed is any finite number above 0");
    detail::require(a >= 0.0 && a <= 1.0, errc::out_of_domain, who, ": a is ", a, "; allowed is 0 to 1");
    device.require_ready(who);
    auto const table = [&](cuda_span<double const> scores, cuda_span<double const> refs, std::string_view name) {
        require_span(device, scores, who, name);
        require_span(device, refs, who, "references");
        detail::require(refs.size % scores.size == 0, errc::shape_mismatch, who, ": there are ", refs.size, " references for ", scores.size, " samples of the ",
                        name, "; allowed is a multiple");
    };
    table(target, references, "target");
    table(population_target, population_references, "population");
    require_span(device, result, who, "result");
    require_length(result.size, target.size, who, "result");
    require_apart(named(result, "result"),
                  {named(target, "target"), named(references, "references"), named(population_target, "population"),
                   named(population_references, "references of the population")},
                  who);
    auto const      m = population_target.size;
    scratch<Device> memory(device, workspace, cuda_rmia_workspace(device, m), who,
                           {named(target, "target"), named(references, "references"), named(population_target, "population"),
                            named(population_references, "references of the population"), named(result, "result")});
    auto* const     raw    = memory.template take<std::uint64_t>(m);
    auto* const     sorted = memory.template take<std::uint64_t>(m);
    auto const      room   = device.template sort_room<std::uint64_t>(m);
    auto* const     temp   = memory.template take<unsigned char>(room);
    auto* const     bad    = memory.template take<std::uint64_t>(2);
    device.fill(bad, 0xff, 2 * sizeof *bad);
    device.launch(ratio_body{population_target.data, m, population_references.data, population_references.size / m, a, nullptr, raw, bad + 1},
                  blocks_for(m, ratio_body::threads, device.most_blocks()));
    device.sort(raw, sorted, m, temp, room);
    device.launch(ratio_body{target.data, target.size, references.data, references.size / target.size, a, result.data, nullptr, bad},
                  blocks_for(target.size, ratio_body::threads, device.most_blocks()));
    device.launch(beats_body{result.data, target.size, sorted, m, std::log(gamma)}, blocks_for(target.size, beats_body::threads, device.most_blocks()));
    std::uint64_t seen[2]{};
    device.copy_to_host(seen, bad, sizeof seen);
    for (int i = 0; i < 2; ++i) {
        detail::require(seen[i] == ~std::uint64_t{0}, errc::out_of_domain, who, ": sample ", seen[i], " of the ", i == 0 ? "target" : "population",
                        " has a score or a reference that is no log-probability; allowed are finite numbers, 0 or less");
    }
}

}  // namespace hallmark::inline v0
