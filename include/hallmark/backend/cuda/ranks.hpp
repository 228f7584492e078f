// Counts that the ranks of an audit are made of: nulls at or above a score, and withheld versions below the published one.
#pragma once

#include <hallmark/backend/cuda/block.hpp>
#include <hallmark/backend/cuda/memory.hpp>
#include <hallmark/error.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hallmark::inline v0 {

namespace detail::device {

/// A block for each observed score and part of the nulls, so that few scores fill a device, too. Adds to `hits`.
struct hits_body {
    static constexpr unsigned threads = 256;

    double const*  observed;
    std::uint64_t  sets;
    double const*  nulls;
    std::uint64_t  count, parts;
    std::uint64_t* hits;

    [[nodiscard]] auto shared_bytes() const noexcept -> std::size_t { return threads / warp_size * sizeof(std::uint64_t); }

    template <class Block>
    HALLMARK_HD void operator()(Block const& block) const {
        auto const mine = share_of(sets * parts, 1, block.index(), block.count());
        for (auto item = mine.first; item < mine.last; ++item) {
            auto const                                  s     = item / parts;
            auto const                                  among = share_of(count, threads, item % parts, parts);
            auto const                                  bar   = observed[s];
            typename Block::template own<std::uint64_t> found;
            block.apart([&](unsigned t) {
                found[t] = 0;
                for (auto i = among.first + t; i < among.last; i += threads) {
                    found[t] += nulls[i] < bar ? 0u : 1u;  // so that NaN, on either side, is a hit and never evidence
                }
            });
            auto const all = block.reduce(found, add_to{}, block.template shared<std::uint64_t>());
            block.apart([&](unsigned t) {
                if (t == 0) {
                    atomic_add(hits + s, all);
                }
            });
        }
    }
};

/// A thread for each sample: neighbours read neighbours.
struct beaten_body {
    static constexpr unsigned threads = 128;

    double const*  scores;
    std::uint64_t  samples, versions;
    std::uint64_t* below;

    [[nodiscard]] auto shared_bytes() const noexcept -> std::size_t { return 0; }

    template <class Block>
    HALLMARK_HD void operator()(Block const& block) const {
        auto const mine = share_of(samples, threads, block.index(), block.count());
        block.apart([&](unsigned t) {
            for (auto i = mine.first + t; i < mine.last; i += threads) {
                auto const    published = scores[i];
                std::uint64_t beaten    = 0;
                for (std::uint64_t v = 1; v < versions; ++v) {
                    beaten += scores[v * samples + i] < published ? 1u : 0u;  // NaN, on either side, is never evidence
                }
                below[i] = beaten;
            }
        });
    }
};

}  // namespace detail::device

/// hits[s] = #{nulls at or above observed[s]}: p = (1 + hits)/(1 + nulls), as `rank_test` has it. NaN counts against the auditor. One launch, after
/// the counts were cleared; O(observed · nulls).
template <class Device>
void cuda_count_hits(Device const& device, cuda_span<double const> observed, cuda_span<double const> nulls, cuda_span<std::uint64_t> hits) {
    using namespace detail::device;
    constexpr std::string_view who = "hallmark::cuda_count_hits";
    device.require_ready(who);
    require_span(device, observed, who, "observed");
    require_span(device, nulls, who, "nulls");
    require_span(device, hits, who, "hits");
    require_length(hits.size, observed.size, who, "hits");
    require_apart(named(hits, "hits"), {named(observed, "observed"), named(nulls, "nulls")}, who);
    device.fill(hits.data, 0, hits.size * sizeof *hits.data);
    auto const most  = device.most_blocks();
    auto const parts = observed.size >= most ? 1 : blocks_for(nulls.size, hits_body::threads * 8, most / observed.size);
    device.launch(hits_body{observed.data, observed.size, nulls.data, nulls.size, parts, hits.data}, blocks_for(observed.size * parts, 1, most));
}

/// below[i] = how many withheld versions of sample i score strictly lower than the published one: what `rank_sum_test` takes. `scores` as in
/// `version_scores`: version by version, the published one first. NaN counts against the auditor. One launch.
template <class Device>
void cuda_count_beaten(Device const& device, cuda_span<double const> scores, std::size_t samples, cuda_span<std::uint64_t> below) {
    using namespace detail::device;
    constexpr std::string_view who = "hallmark::cuda_count_beaten";
    device.require_ready(who);
    require_span(device, scores, who, "scores");
    detail::require(samples >= 1 && scores.size % samples == 0 && scores.size / samples >= 2, errc::shape_mismatch, who, ": there are ", scores.size,
                    " scores for ", samples, " samples; allowed is a multiple of the samples, 2 versions or more");
    require_span(device, below, who, "below");
    require_length(below.size, samples, who, "below");
    require_apart(named(below, "below"), {named(scores, "scores")}, who);
    device.launch(beaten_body{scores.data, samples, scores.size / samples, below.data}, blocks_for(samples, beaten_body::threads, device.most_blocks()));
}

}  // namespace hallmark::inline v0
