// Scores less what reference models give the same samples: hard samples are no evidence, forgotten ones are.
#pragma once

#include <hallmark/error.hpp>

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace hallmark::inline v0 {

namespace detail {
/// A table of scores, model by model, with one score per sample in each row: its number of rows. Throws if
/// there is none, if the last row is cut short, or if a score is not finite.
[[nodiscard]] inline auto require_score_table(std::span<double const> scores, std::size_t samples, std::string_view who, std::string_view name) -> std::size_t {
    require(samples >= 1, errc::empty_input, who, ": there are no samples; allowed is 1 or more");
    require(!scores.empty() && scores.size() % samples == 0, errc::shape_mismatch, who, ": ", name, " has ", scores.size(), " numbers for ", samples,
            " samples; allowed is a multiple, 1 or more for each");
    for (std::size_t i = 0; i < scores.size(); ++i) {
        require(is_number(scores[i]), errc::not_a_number, who, ": ", name, "[", i, "] is ", scores[i], "; allowed is any finite number");
    }
    return scores.size() / samples;
}
}  // namespace detail

/// scores[i] − mean over reference models r of references[r · n + i], for the n samples; larger = member, if the
/// scores are. The references are models that were not trained on the samples, scored by the same signal; their
/// rows come in any order, but another order may change the last bit. Watson et al. (2022). O(n · references).
[[nodiscard]] inline auto reference_calibrated(std::span<double const> scores, std::span<double const> references) -> std::vector<double> {
    constexpr std::string_view who = "hallmark::reference_calibrated";
    auto const                 n   = scores.size();
    (void)detail::require_score_table(scores, n, who, "scores");
    auto const          rows = detail::require_score_table(references, n, who, "references");
    std::vector<double> out(n);
    for (std::size_t r = 0; r < rows; ++r) {
        for (std::size_t i = 0; i < n; ++i) {
            out[i] += references[r * n + i] / static_cast<double>(rows);  // divided first: a sum could overflow
        }
    }
    for (std::size_t i = 0; i < n; ++i) {
        out[i] = scores[i] - out[i];
        detail::require(detail::is_number(out[i]), errc::out_of_domain, who, ": the score of sample ", i,
                        " and those of the references differ by more than a double can hold");
    }
    return out;
}

}  // namespace hallmark::inline v0
