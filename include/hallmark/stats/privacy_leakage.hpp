// PrivLeak: how much better does a model after unlearning tell the forgotten set from other data than a model that never saw it?
#pragma once

#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/pair_count.hpp>

#include <cstddef>
#include <span>

namespace hallmark::inline v0 {

/// A model's scores (larger = member) of the set to be forgotten and of data that no model saw.
struct forget_scores {
    std::span<double const> forget;
    std::span<double const> hold_out;
};

struct privacy_leakage_result {
    double auc_model;      ///< of forget against hold-out, the model that is tested
    double auc_retrained;  ///< the same of a model trained without the set
    double percent;        ///< PrivLeak: (auc_model - auc_retrained)/auc_retrained·100; 0 is perfect

    friend auto operator==(privacy_leakage_result const&, privacy_leakage_result const&) -> bool = default;
};

/// Not to be compared with the numbers that MUSE publishes, neither in sign nor in size: those take 1 - AUC in place of AUC, in the difference and in the
/// denominator, so that under-unlearning is below 0 there. Here larger = member, as everywhere.
///
/// Above 0: the set still shows (under-unlearning). Below 0: it shows by its absence (over-unlearning), which gives it away as well. MUSE takes
/// min_k at 40 % as score. It is a description and no test: for a p-value compare the model's scores by mann_whitney, or audit
/// the user before and after. Ties count one half. O(n log n).
/// Throws errc::empty_input, errc::not_a_number, errc::out_of_domain where auc_retrained is 0.
/// Source: Shi et al. 2024 (MUSE).
[[nodiscard]] inline auto privacy_leakage(forget_scores model, forget_scores retrained) -> privacy_leakage_result {
    detail::require_sample(model.forget, "hallmark::privacy_leakage", "model.forget");
    detail::require_sample(model.hold_out, "hallmark::privacy_leakage", "model.hold_out");
    detail::require_sample(retrained.forget, "hallmark::privacy_leakage", "retrained.forget");
    detail::require_sample(retrained.hold_out, "hallmark::privacy_leakage", "retrained.hold_out");
    auto const auc = [](forget_scores s) {
        return 0.5 * static_cast<double>(detail::count_pairs(s.forget, s.hold_out).doubled_wins) /
               (static_cast<double>(s.forget.size()) * static_cast<double>(s.hold_out.size()));
    };
    auto const of_model = auc(model), of_retrained = auc(retrained);
    detail::require(of_retrained > 0.0, errc::out_of_domain,
                    "hallmark::privacy_leakage: the AUC of the retrained model is 0; allowed is more, as a share of it is asked for");
    return {of_model, of_retrained, (of_model - of_retrained) / of_retrained * 100.0};
}

}  // namespace hallmark::inline v0
