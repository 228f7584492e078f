// Scores against shadow and reference models on a device: LiRA and RMIA.
#pragma once

#include <hallmark/backend/cuda/block.hpp>
#include <hallmark/backend/cuda/groups.hpp>
#include <hallmark/backend/cuda/memory.hpp>
#include <hallmark/backend/cuda/moments.hpp>
#include <hallmark/backend/cuda/sorted_body.hpp>
#include <hallmark/error.hpp>
#include <hallmark/stats/lira.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hallmark::inline v0 {

namespace detail::device {

/// A score less the centre of its sample's scores by shadow models, and their mean squared distance from their mean.
struct lira_fit {
    double away, variance;
};
/// What a launch of LiRA leaves for the host.
struct lira_notes {
    std::uint64_t bad_fit;    // the least sample whose variance is no number, or 0 where it has to be above
    std::uint64_t bad_score;  // the least sample whose result is no number
    double        pooled[2];  // the variance of all samples: "in", "out"
};

/// log N(s; in) − log N(s; out), or without "in" the standard score.
[[nodiscard]] HALLMARK_HD inline auto lira_result(lira_fit const& with, lira_fit const& without, bool in) noexcept -> double {
    auto const far = std::sqrt(without.variance);
    return in ? log_density(with.away, {0.0, std::sqrt(with.variance)}) - log_density(without.away, {0.0, far}) : without.away / far;
}

/// A warp for each sample: its result, or, where a variance of all samples is to come, what that one's result is made of.
struct lira_body {
    static constexpr unsigned threads = 128;
    static constexpr unsigned at_once = threads / warp_size;

    struct matrix {
        double const* data;  // null: no such models
        std::uint64_t models;
    };

    double const* scores;
    std::uint64_t samples;
    matrix        in, out;
    lira_centre   centre;
    double*       result;
    lira_fit*     fits;  // null: each sample has a variance of its own. Else those of "in", then those of "out"
    lira_notes*   notes;

    [[nodiscard]] auto shared_bytes() const noexcept -> std::size_t { return 0; }

    template <class Block>
    HALLMARK_HD void operator()(Block const& block) const {
        auto const mine = share_of(samples, at_once, block.index(), block.count());
        for (auto first = mine.first; first < mine.last; first += at_once) {
            typename Block::template own<lira_fit> with, without;
            fit(block, first, mine.last, out, without);
            if (in.data != nullptr) {
                fit(block, first, mine.last, in, with);
            }
            block.apart([&](unsigned t) {
                auto const n = first + t / warp_size;
                if (t % warp_size != 0 || n >= mine.last) {
                    return;
                }
                if (!usable(without[t]) || (in.data != nullptr && !usable(with[t]))) {
                    atomic_least(&notes->bad_fit, n);
                }
                if (fits != nullptr) {
                    fits[n]           = with[t];
                    fits[samples + n] = without[t];
                    return;
                }
                auto const v = lira_result(with[t], without[t], in.data != nullptr);
                if (exponent_field(v) == 0x7ffu) {
                    atomic_least(&notes->bad_score, n);
                }
                result[n] = v;
            });
        }
    }

private:
    [[nodiscard]] HALLMARK_HD auto usable(lira_fit const& f) const noexcept -> bool {
        return exponent_field(f.variance) != 0x7ffu && (f.variance > 0.0 || fits != nullptr);
    }
    template <class Block, class Own>
    HALLMARK_HD void fit(Block const& block, std::uint64_t first, std::uint64_t last, matrix const& m, Own& fitted) const {
        typename Block::template own<mean_and_variance> moments;
        typename Block::template own<std::uint64_t>     low, high;
        auto const                                      row = [&](unsigned t) {
            auto const  n    = first + t / warp_size;
            auto const* data = m.data + n * m.models;
            return n < last ? pivot_row{data, m.models, data[0]} : pivot_row{nullptr, 0, 0.0};
        };
        moments_of(
            block, warp_size, row, [&](auto& sum) { block.reduce_warps(sum, join_twofold{}); }, moments);
        if (centre == lira_centre::median) {
            middle_keys(block, row, low, high);
        }
        block.apart([&](unsigned t) {
            auto const r = row(t);
            if (r.size == 0) {
                return;
            }
            auto const n     = static_cast<double>(r.size);
            auto const score = scores[first + t / warp_size];
            // The deviation is over n and not n − 1, as published.
            fitted[t] = {
                centre == lira_centre::median ? score - median_between(score_of_key(low[t]), score_of_key(high[t])) : (score - r.pivot) - moments[t].mean,
                moments[t].variance * (n - 1.0) / n};
        });
    }
};

/// The mean of the samples' variances: one block, so that the order is the same for any grid.
struct lira_pool_body {
    static constexpr unsigned threads = 1024;

    lira_fit const* fits;
    std::uint64_t   samples;
    double*         pooled;

    [[nodiscard]] auto shared_bytes() const noexcept -> std::size_t { return threads / warp_size * sizeof(twofold); }

    template <class Block>
    HALLMARK_HD void operator()(Block const& block) const {
        typename Block::template own<twofold> sum;
        block.apart([&](unsigned t) {
            sum[t] = {0.0, 0.0};
            for (auto n = std::uint64_t{t}; n < samples; n += threads) {
                sum[t].add(fits[n].variance / static_cast<double>(samples));
            }
        });
        auto const all = block.reduce(sum, join_twofold{}, block.template shared<twofold>());
        block.apart([&](unsigned t) {
            if (t == 0) {
                *pooled = all.value();
            }
        });
    }
};

/// The results with the variances of all samples: a thread for each.
struct lira_pooled_body {
    static constexpr unsigned threads = 256;

    lira_fit const* fits;
    std::uint64_t   samples;
    bool            in;
    double*         result;
    lira_notes*     notes;

    [[nodiscard]] auto shared_bytes() const noexcept -> std::size_t { return 0; }

    template <class Block>
    HALLMARK_HD void operator()(Block const& block) const {
        auto const mine = share_of(samples, threads, block.index(), block.count());
        block.apart([&](unsigned t) {
            for (auto n = mine.first + t; n < mine.last; n += threads) {
                auto const v = lira_result({fits[n].away, notes->pooled[0]}, {fits[samples + n].away, notes->pooled[1]}, in);
                if (exponent_field(v) == 0x7ffu) {
                    atomic_least(&notes->bad_score, n);
                }
                result[n] = v;
            }
        });
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

/// Bytes of workspace for `cuda_lira` of so many samples.
[[nodiscard]] constexpr auto cuda_lira_workspace(std::size_t samples, lira how = {}) noexcept -> std::size_t {
    using namespace detail::device;
    return room_for<lira_notes>(1) + (how.variance == lira_variance::fixed ? room_for<lira_fit>(2 * samples) : 0);
}

/// LiRA for every sample; larger = member. With scores of both kinds of shadow models, `how.online`: the log ratio of two Gaussians. Without `in`: the
/// standard score (s − μ_out)/σ_out, whose log Φ is `how.offline` and ranks samples the same. Matrices lie sample by sample, two models or more.
/// Within a few units of 1e-15. Waits for the stream. One launch, or with a fixed variance three or four; O(samples · models), about medians 65 reads of
/// each matrix more, from caches.
template <class Device>
void cuda_lira(Device const& device, cuda_span<double const> scores, cuda_span<double const> in, cuda_span<double const> out, cuda_span<double> result,
               lira how = {}, cuda_workspace workspace = {}) {
    using namespace detail::device;
    constexpr std::string_view who   = "hallmark::cuda_lira";
    auto const                 fixed = how.variance == lira_variance::fixed;
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
    scratch<Device> memory(device, workspace, cuda_lira_workspace(scores.size, how), who,
                           {named(scores, "scores"), named(in, "in"), named(out, "out"), named(result, "result")});
    auto const      n     = std::uint64_t{scores.size};
    auto const      both  = in.size != 0;
    auto* const     notes = memory.template take<lira_notes>(1);
    auto* const     fits  = fixed ? memory.template take<lira_fit>(2 * scores.size) : nullptr;
    device.fill(notes, 0xff, sizeof *notes);
    device.launch(lira_body{scores.data, n, {both ? in.data : nullptr, in.size / n}, {out.data, out.size / n}, how.centre, result.data, fits, notes},
                  blocks_for(n, lira_body::at_once, device.most_blocks()));
    if (fixed) {
        if (both) {
            device.launch(lira_pool_body{fits, n, &notes->pooled[0]}, 1);
        }
        device.launch(lira_pool_body{fits + n, n, &notes->pooled[1]}, 1);
        device.launch(lira_pooled_body{fits, n, both, result.data, notes}, blocks_for(n, lira_pooled_body::threads, device.most_blocks()));
    }
    lira_notes seen{};
    device.copy_to_host(&seen, notes, sizeof seen);
    constexpr auto none = ~std::uint64_t{0};
    detail::require(seen.bad_fit == none || fixed, errc::out_of_domain, who, ": the scores of sample ", seen.bad_fit,
                    " by the shadow models are all equal, or no numbers; allowed are finite ones with a variance above 0");
    detail::require(seen.bad_fit == none, errc::out_of_domain, who, ": the scores of sample ", seen.bad_fit,
                    " by the shadow models are no numbers, or too large; allowed are finite ones whose squares are finite");
    for (int i = both ? 0 : 1; fixed && i < 2; ++i) {
        detail::require(seen.pooled[i] > 0.0, errc::out_of_domain, who, ": all values of ", i == 0 ? "in" : "out",
                        " are equal to the others of their sample; allowed is a variance above 0");
    }
    detail::require(seen.bad_score == none, errc::out_of_domain, who, ": the score of sample ", seen.bad_score,
                    " is no number, or too far from the shadow models' scores; allowed are distances whose squares, in their deviations, are finite");
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
