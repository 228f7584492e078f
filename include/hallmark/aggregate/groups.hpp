// One score for each of many sets that lie one after another in an array.
#pragma once

#include <hallmark/aggregate/concept.hpp>
#include <hallmark/core/offsets.hpp>
#include <hallmark/error.hpp>

#include <concepts>
#include <cstddef>
#include <span>
#include <vector>

namespace hallmark::inline v0 {

/// The value of `empty` after the scores from offsets[g] up to offsets[g + 1] were pushed into it, for each set g.
/// `empty` is an aggregator without scores; it says which, and with what parameters. Throws if there is no set, a
/// set is empty, or the offsets do not run from 0 up to the number of scores without going down; and what the
/// aggregator throws.
///
/// An aggregator may know a quicker way to many sets, a static function `values_of(scores, offsets, out) -> bool` that
/// gives the bits of pushing one by one, or says that it cannot; `mean`, `median` and `log_ratio_sum` do.
template <aggregator Aggregator>
[[nodiscard]] auto aggregate_groups(Aggregator const& empty, std::span<double const> scores, std::span<std::size_t const> offsets) -> std::vector<double> {
    detail::require_offsets(offsets, scores.size(), "hallmark::aggregate_groups", "set", "scores");
    detail::require(empty.count() == 0, errc::out_of_domain, "hallmark::aggregate_groups: the aggregator holds ", empty.count(), " scores; allowed is none");
    std::vector<double> out(offsets.size() - 1);
    if constexpr (requires {
                      { Aggregator::values_of(scores, offsets, std::span(out)) } -> std::same_as<bool>;
                  }) {
        if (Aggregator::values_of(scores, offsets, out)) {
            return out;
        }
    }
    for (std::size_t g = 0; g < out.size(); ++g) {
        auto set = empty;
        for (auto const score : scores.subspan(offsets[g], offsets[g + 1] - offsets[g])) {
            set.push(score);
        }
        out[g] = set.value();
    }
    return out;
}

/// Of float scores: the bits of the same numbers as doubles.
template <aggregator Aggregator>
[[nodiscard]] auto aggregate_groups(Aggregator const& empty, std::span<float const> scores, std::span<std::size_t const> offsets) -> std::vector<double> {
    if constexpr (requires(std::span<double> out) {
                      { Aggregator::values_of(scores, offsets, out) } -> std::same_as<bool>;
                  }) {
        detail::require_offsets(offsets, scores.size(), "hallmark::aggregate_groups", "set", "scores");
        std::vector<double> out(offsets.size() - 1);
        if (empty.count() == 0 && Aggregator::values_of(scores, offsets, out)) {
            return out;
        }
    }
    auto const wide = std::vector<double>(scores.begin(), scores.end());
    return aggregate_groups(empty, std::span<double const>(wide), offsets);
}

}  // namespace hallmark::inline v0
