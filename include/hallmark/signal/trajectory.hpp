// Scores over the rounds or checkpoints of a training run: their sum, and the slope of their rise.
#pragma once

#include <hallmark/error.hpp>
#include <hallmark/signal/reference_calibrated.hpp>

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace hallmark::inline v0 {

namespace detail {
inline void require_representable(std::vector<double> const& out, std::string_view who) {
    for (std::size_t i = 0; i < out.size(); ++i) {
        require(is_number(out[i]), errc::out_of_domain, who, ": the scores of sample ", i, " are too large for a double");
    }
}
}  // namespace detail

/// Σ over checkpoints t of scores[t · n + i], for each of n samples or sets; larger = member, if the scores are.
/// The loss across rounds of Suri et al. (2022). O(scores).
[[nodiscard]] inline auto trajectory_sum(std::span<double const> scores, std::size_t checkpoints) -> std::vector<double> {
    constexpr std::string_view who = "hallmark::trajectory_sum";
    detail::require(checkpoints >= 1, errc::empty_input, who, ": checkpoints is 0; allowed is 1 or more");
    detail::require(!scores.empty() && scores.size() % checkpoints == 0, errc::shape_mismatch, who, ": there are ", scores.size(), " scores of ", checkpoints,
                    " checkpoints; allowed is a multiple, 1 or more for each");
    auto const n = scores.size() / checkpoints;
    (void)detail::require_score_table(scores, n, who, "scores");
    std::vector<double> out(n);
    for (std::size_t t = 0; t < checkpoints; ++t) {
        for (std::size_t i = 0; i < n; ++i) {
            out[i] += scores[t * n + i];
        }
    }
    detail::require_representable(out, who);
    return out;
}

/// The slope of the least-squares line through (rounds[t], scores[t · n + i]), for each of n samples or sets: score
/// per round. Larger = member, if the scores are: what is trained on rises faster. The rounds come in any order and
/// need not be evenly spaced; two of them must differ. Suri et al. (2022). O(scores).
[[nodiscard]] inline auto trajectory_slope(std::span<double const> scores, std::span<double const> rounds) -> std::vector<double> {
    constexpr std::string_view who = "hallmark::trajectory_slope";
    detail::require(rounds.size() >= 2, errc::out_of_domain, who, ": there are ", rounds.size(), " rounds; allowed is 2 or more");
    detail::require(!scores.empty() && scores.size() % rounds.size() == 0, errc::shape_mismatch, who, ": there are ", scores.size(), " scores of ",
                    rounds.size(), " rounds; allowed is a multiple, 1 or more for each");
    auto const n = scores.size() / rounds.size();
    (void)detail::require_score_table(scores, n, who, "scores");
    (void)detail::require_score_table(rounds, rounds.size(), who, "rounds");
    double centre = 0.0;
    for (auto const r : rounds) {
        centre += r / static_cast<double>(rounds.size());
    }
    double spread = 0.0;
    for (auto const r : rounds) {
        spread += (r - centre) * (r - centre);
    }
    detail::require(spread > 0.0, errc::out_of_domain, who, ": all rounds are ", rounds[0], "; allowed are rounds of which two differ");
    std::vector<double> out(n);
    for (std::size_t t = 0; t < rounds.size(); ++t) {
        for (std::size_t i = 0; i < n; ++i) {
            // Less the first checkpoint's score: a level that all share would cost digits.
            out[i] += (rounds[t] - centre) / spread * (scores[t * n + i] - scores[i]);
        }
    }
    detail::require_representable(out, who);
    return out;
}

}  // namespace hallmark::inline v0
