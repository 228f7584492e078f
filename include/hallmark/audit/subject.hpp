// The subject audit: a person's score over the rounds of federated training, or over the checkpoints of a model.
#pragma once

#include <hallmark/audit/population.hpp>
#include <hallmark/audit/verdict.hpp>
#include <hallmark/error.hpp>
#include <hallmark/signal/trajectory.hpp>
#include <hallmark/stats/finite.hpp>

#include <cstddef>
#include <numeric>
#include <span>
#include <string_view>
#include <vector>

namespace hallmark::inline v0 {

/// What is made of a subject's scores over the rounds.
enum class over_rounds {
    sum,    ///< high throughout
    slope,  ///< the least-squares slope over the rounds 0, 1, …: rising faster
};

/// `scores` holds rounds · subjects numbers, round by round; subject 0 is the one in question, the others were certainly not trained on. Larger
/// = member in every round, so losses enter with a minus sign (Suri, Kanani, Marathe & Peterson 2022). The statistic of each subject is its trajectory_sum or
/// its trajectory_slope over the rounds; subject 0 is then ranked among the others by population_audit, so p is exact if the subject, untrained on, is
/// exchangeable with them. Rounds of one subject are dependent, and no test here counts them as trials. Throws errc::out_of_domain for fewer than two subjects,
/// or fewer than two rounds with slope, errc::shape_mismatch, errc::not_a_number.
[[nodiscard]] inline auto subject_audit(std::span<double const> scores, std::size_t subjects, over_rounds what, population_options const& options) -> verdict {
    constexpr std::string_view who = "hallmark::subject_audit";
    detail::require(subjects >= 2, errc::out_of_domain, who, ": subjects is ", subjects, "; allowed is 2 or more, the one in question first");
    detail::require_sample(scores, who, "scores");
    detail::require(scores.size() % subjects == 0, errc::shape_mismatch, who, ": there are ", scores.size(), " scores, which is not a multiple of the ",
                    subjects, " subjects");
    auto const rounds = scores.size() / subjects;
    detail::require(what != over_rounds::slope || rounds >= 2, errc::out_of_domain, who, ": there is 1 round; allowed is 2 or more for a slope");

    std::vector<double> numbers(rounds);
    std::iota(numbers.begin(), numbers.end(), 0.0);
    auto const statistic = what == over_rounds::sum ? trajectory_sum(scores, rounds) : trajectory_slope(scores, numbers);
    auto       out       = population_audit(statistic[0], std::span(statistic).subspan(1), options);
    out.audit            = detail::sentence("subject, ", what == over_rounds::sum ? "sum" : "slope", " over ", rounds, " rounds");
    return out;
}

}  // namespace hallmark::inline v0
