// Conformal p-values: many scores, each ranked among the same calibration scores; plain, smoothed, and class by class.
#pragma once

#include <hallmark/random/stream.hpp>
#include <hallmark/random/uniform.hpp>
#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/rank.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace hallmark::inline v0 {

namespace detail {
/// Uniform on the 2^53 multiples of 2^-53 in (0, 1]; a pure function of (seed, index), so that nobody can draw again until it suits.
[[nodiscard]] inline auto keyed_unit(std::uint64_t seed, std::uint64_t index) noexcept -> double {
    auto source = stream(chacha_key{{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32), static_cast<std::uint32_t>(index),
                                     static_cast<std::uint32_t>(index >> 32), 0x434f4e46, 0, 0, 0}});  // "CONF"
    return uniform_double(source) + 0x1p-53;
}

/// How many of `sorted` are at or above x, and how many above.
struct standing {
    std::size_t reach, above;
};
[[nodiscard]] inline auto standing_among(std::span<double const> sorted, double x) noexcept -> standing {
    auto const lower = std::lower_bound(sorted.begin(), sorted.end(), x), upper = std::upper_bound(lower, sorted.end(), x);
    return {static_cast<std::size_t>(sorted.end() - lower), static_cast<std::size_t>(sorted.end() - upper)};
}

[[nodiscard]] inline auto sorted_sample(std::span<double const> x, std::string_view function, std::string_view name) -> std::vector<double> {
    require_sample(x, function, name);
    auto out = std::vector<double>(x.begin(), x.end());
    std::sort(out.begin(), out.end());
    return out;
}
}  // namespace detail

/// For each score p = (1 + #{calibration >= score})/(n + 1): rank_test of each against the same nulls. H0 for one of them: it is
/// exchangeable with the calibration scores. Larger = member; a tie counts against the auditor. Exact for each score; the
/// p-values of several scores share the calibration set and are positively dependent, which benjamini_hochberg allows (Bates et al. 2023).
/// O((n + m) log n). Throws errc::empty_input, errc::not_a_number. Source: Vovk, Gammerman & Shafer 2005.
[[nodiscard]] inline auto conformal_p_values(std::span<double const> scores, std::span<double const> calibration) -> std::vector<double> {
    detail::require_sample(scores, "hallmark::conformal_p_values", "scores");
    auto const nulls = detail::sorted_sample(calibration, "hallmark::conformal_p_values", "calibration");
    auto const all   = static_cast<double>(nulls.size()) + 1.0;
    auto       out   = std::vector<double>(scores.size());
    for (std::size_t i = 0; i < scores.size(); ++i) {
        out[i] = (static_cast<double>(detail::standing_among(nulls, scores[i]).reach) + 1.0) / all;
    }
    return out;
}

/// The same with the ties broken by lot: p = (#{calibration > score} + u·(1 + #{calibration = score}))/(n + 1), u in (0, 1] drawn for score i from
/// (seed, i). Under H0 p is uniform exactly, ties or not, where the plain one is only at least uniform; it can fall below 1/(n + 1).
/// Fix the seed before looking at the scores. Arguments and errors as conformal_p_values.
[[nodiscard]] inline auto smoothed_conformal_p_values(std::span<double const> scores, std::span<double const> calibration, std::uint64_t seed)
    -> std::vector<double> {
    detail::require_sample(scores, "hallmark::smoothed_conformal_p_values", "scores");
    auto const nulls = detail::sorted_sample(calibration, "hallmark::smoothed_conformal_p_values", "calibration");
    auto const all   = static_cast<double>(nulls.size()) + 1.0;
    auto       out   = std::vector<double>(scores.size());
    for (std::size_t i = 0; i < scores.size(); ++i) {
        auto const s    = detail::standing_among(nulls, scores[i]);
        auto const ties = static_cast<double>(s.reach - s.above) + 1.0;
        out[i]          = (static_cast<double>(s.above) + detail::keyed_unit(seed, i) * ties) / all;
    }
    return out;
}

/// Where one score stands among the nulls of its own class only. Classes differ in how easy they are: against nulls of all classes, every set of an easy class
/// looks like a member. Exact within each class. n of the result is the number of nulls of that class.
/// Throws errc::shape_mismatch for another number of classes than nulls, errc::empty_input where no null is of the class, errc::not_a_number.
/// O(n). Source: Vovk, Lindsay, Nouretdinov & Gammerman 2003 (Mondrian confidence machines).
[[nodiscard]] inline auto mondrian_rank_test(double observed, std::size_t observed_class, std::span<double const> nulls,
                                             std::span<std::size_t const> null_classes) -> rank_result {
    detail::require_finite(observed, "hallmark::mondrian_rank_test", "observed");
    detail::require_sample(nulls, "hallmark::mondrian_rank_test", "nulls");
    detail::require(nulls.size() == null_classes.size(), errc::shape_mismatch, "hallmark::mondrian_rank_test: there are ", nulls.size(), " nulls and ",
                    null_classes.size(), " classes of them; each null needs one");
    std::size_t hits = 0, count = 0;
    for (std::size_t i = 0; i < nulls.size(); ++i) {
        count += null_classes[i] == observed_class ? 1u : 0u;
        hits += null_classes[i] == observed_class && nulls[i] >= observed ? 1u : 0u;
    }
    detail::require(count > 0, errc::empty_input, "hallmark::mondrian_rank_test: no null is of class ", observed_class, "; 1 is needed at least");
    auto const all = static_cast<double>(count) + 1.0;
    return {(static_cast<double>(hits) + 1.0) / all, hits, count, 1.0 / all};
}

/// conformal_p_values class by class: each score among the calibration scores of its own class. O((n + m) log n).
/// Errors as mondrian_rank_test.
[[nodiscard]] inline auto mondrian_p_values(std::span<double const> scores, std::span<std::size_t const> classes, std::span<double const> calibration,
                                            std::span<std::size_t const> calibration_classes) -> std::vector<double> {
    detail::require_sample(scores, "hallmark::mondrian_p_values", "scores");
    detail::require_sample(calibration, "hallmark::mondrian_p_values", "calibration");
    detail::require(scores.size() == classes.size() && calibration.size() == calibration_classes.size(), errc::shape_mismatch,
                    "hallmark::mondrian_p_values: there are ", scores.size(), " and ", calibration.size(), " scores and ", classes.size(), " and ",
                    calibration_classes.size(), " classes of them; each score needs one");
    struct null {
        std::size_t of;
        double      score;
    };
    auto nulls = std::vector<null>(calibration.size());
    for (std::size_t i = 0; i < nulls.size(); ++i) {
        nulls[i] = {calibration_classes[i], calibration[i]};
    }
    auto const before = [](null const& a, null const& b) { return a.of != b.of ? a.of < b.of : a.score < b.score; };
    std::sort(nulls.begin(), nulls.end(), before);
    auto out = std::vector<double>(scores.size());
    for (std::size_t i = 0; i < scores.size(); ++i) {
        auto const of    = classes[i];
        auto const first = std::partition_point(nulls.begin(), nulls.end(), [&](null const& a) { return a.of < of; });
        auto const last  = std::partition_point(first, nulls.end(), [&](null const& a) { return a.of == of; });
        detail::require(first != last, errc::empty_input, "hallmark::mondrian_p_values: no calibration score is of class ", of, "; 1 is needed at least");
        auto const reach = std::lower_bound(first, last, null{of, scores[i]}, before);
        out[i]           = (static_cast<double>(last - reach) + 1.0) / (static_cast<double>(last - first) + 1.0);
    }
    return out;
}

/// The p-value behind an RMIA score: `score` is the share of `population` samples, none of them a member, that the sample beats (signal/rmia.hpp,
/// larger = member). H0: the sample is one more of the population; then p = (1 + #{not beaten})/(population + 1) is at most uniform for a
/// threshold gamma >= 1 (at gamma = 1 it is the rank test of the likelihood ratio). O(1).
/// Throws errc::empty_input for population = 0, errc::out_of_domain for a score that is not a multiple of 1/population in [0, 1].
/// Source: Zarifzadeh, Liu & Shokri 2024 (the score).
[[nodiscard]] inline auto rmia_test(double score, std::size_t population) -> rank_result {
    detail::require_fraction(score, "hallmark::rmia_test", "score");
    detail::require(population > 0, errc::empty_input, "hallmark::rmia_test: population is 0; allowed is 1 or more");
    auto const n      = static_cast<double>(population);
    auto const beaten = std::nearbyint(score * n);
    detail::require(std::abs(score * n - beaten) <= 1e-6 * (beaten < 1.0 ? 1.0 : beaten), errc::out_of_domain, "hallmark::rmia_test: score is ", score,
                    "; allowed are multiples of 1/population = 1/", population);
    auto const hits = population - static_cast<std::size_t>(beaten);
    return {(static_cast<double>(hits) + 1.0) / (n + 1.0), hits, population, 1.0 / (n + 1.0)};
}

}  // namespace hallmark::inline v0
