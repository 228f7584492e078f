// The plan: how many pictures, null sets, withheld keys and questions an audit needs to show what is there.
#pragma once

#include <hallmark/audit/power.hpp>
#include <hallmark/audit/version_scores.hpp>
#include <hallmark/error.hpp>
#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/moments.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace hallmark::inline v0 {

/// What the deviations of an effect are over. Versions of one picture differ by their keys alone; null sets differ by their pictures, too, so the same shift is
/// fewer of their deviations.
enum class effect_source : std::uint8_t {
    any,        ///< the caller knows: numbers, or a conventional size
    versions,   ///< versions of one picture: for keys, twins and the sequential audit
    null_sets,  ///< sets of other pictures: for the population audit
};

/// How far the score of a published picture lies above what it would be under another key (for a population audit: above that of other pictures), in any unit
/// of the scores.
struct effect_size {
    double shift;   ///< of the published version's mean
    double within;  ///< standard deviation, over keys (null sets: over pictures), of one picture's score, without what its key does to all pictures alike; > 0
    double between = 0.0;  ///< standard deviation of what one key does to all pictures alike; ≥ 0

    effect_source source = effect_source::any;  ///< effect_of says it, and plan_audit refuses one that its audit does not compare with

    /// Of the mean of `pictures` pictures that share a key, in standard deviations.
    [[nodiscard]] auto of_set(std::size_t pictures) const noexcept -> double {
        return shift / std::sqrt(between * between + within * within / static_cast<double>(pictures));
    }
    /// Of one picture with a key of its own, in standard deviations.
    [[nodiscard]] auto of_picture() const noexcept -> double { return of_set(1); }
};

/// Conventional sizes, in standard deviations of one picture's score (Cohen 1988): for a plan without a pilot.
inline constexpr effect_size small_effect{0.2, 1.0}, medium_effect{0.5, 1.0}, large_effect{0.8, 1.0};

/// From a pilot: scores of the published version and two or more withheld ones; not for a plan of a population audit. Two-way analysis of variance of the
/// withheld scores, pictures by versions, gives the two deviations (Searle, Casella & McCulloch 1992); with one picture, between is 0. Throws
/// errc::out_of_domain for fewer than three versions or withheld scores that are all alike, and as counterfactual_audit does.
[[nodiscard]] inline auto effect_of(version_scores const& pilot) -> effect_size {
    constexpr std::string_view who = "hallmark::effect_of";
    detail::require_versions(pilot, who);
    detail::require(pilot.versions() >= 3, errc::out_of_domain, who, ": the pilot has ", pilot.versions(),
                    " versions; allowed is the published one and at least two withheld");
    auto const          k = static_cast<double>(pilot.samples), b = static_cast<double>(pilot.versions() - 1);
    std::vector<double> of_picture(pilot.samples, 0.0), of_version(pilot.versions(), 0.0);
    double              all = 0.0;
    // Less the first withheld score of its picture: what is alike is then 0 exactly, and no level costs digits.
    auto const score = [&](std::size_t v, std::size_t i) { return pilot.version(v)[i] - pilot.version(1)[i]; };
    for (std::size_t v = 1; v < pilot.versions(); ++v) {
        for (std::size_t i = 0; i < pilot.samples; ++i) {
            auto const x = score(v, i);
            of_picture[i] += x / b;
            of_version[v] += x / k;
            all += x / (k * b);
        }
    }
    double published = 0.0;
    for (std::size_t i = 0; i < pilot.samples; ++i) {
        published += score(0, i) / k;
    }
    double versions = 0.0, rest = 0.0;
    for (std::size_t v = 1; v < pilot.versions(); ++v) {
        versions += (of_version[v] - all) * (of_version[v] - all);
        for (std::size_t i = 0; i < pilot.samples; ++i) {
            auto const r = score(v, i) - of_picture[i] - of_version[v] + all;
            rest += r * r;
        }
    }
    auto const mean_square = k * versions / (b - 1.0);
    auto const residual    = pilot.samples == 1 ? mean_square : rest / ((k - 1.0) * (b - 1.0));
    auto const between     = mean_square > residual ? std::sqrt((mean_square - residual) / k) : 0.0;
    detail::require(detail::is_number(published - all) && detail::is_number(residual) && detail::is_number(between), errc::out_of_domain, who,
                    ": the pilot's scores are too large; allowed are values whose squares are finite");
    detail::require(residual > 0.0, errc::out_of_domain, who, ": the pilot's withheld scores do not vary, so there is nothing to measure the effect in");
    return {published - all, std::sqrt(residual), between, effect_source::versions};
}

/// From a pilot's null sets of `pictures` pictures each and the score of the set itself; for a plan of a population audit alone. Pictures are taken as
/// independent, so between is 0. Throws errc::out_of_domain for pictures = 0, fewer than two nulls, or nulls that are all alike, errc::not_a_number.
[[nodiscard]] inline auto effect_of(double observed, std::span<double const> nulls, std::size_t pictures) -> effect_size {
    constexpr std::string_view who = "hallmark::effect_of";
    detail::require_finite(observed, who, "observed");
    detail::require_sample(nulls, who, "nulls", 2);
    detail::require(pictures >= 1, errc::out_of_domain, who, ": pictures is 0; allowed is 1 or more");
    auto const m = detail::moments_about(nulls, observed);
    detail::require(detail::is_number(m.variance * static_cast<double>(pictures)) && detail::is_number(m.mean), errc::out_of_domain, who,
                    ": the nulls are too large; allowed are values whose squares are finite");
    detail::require(m.variance > 0.0, errc::out_of_domain, who, ": the nulls do not vary, so there is nothing to measure the effect in");
    return {-m.mean, std::sqrt(m.variance * static_cast<double>(pictures)), 0.0, effect_source::null_sets};
}

enum class audit_kind : std::uint8_t { population, shared_key, independent_keys, twins, sequential };

[[nodiscard]] constexpr auto name_of(audit_kind k) noexcept -> std::string_view {
    switch (k) {
        case audit_kind::population:
            return "population";
        case audit_kind::shared_key:
            return "shared-key";
        case audit_kind::independent_keys:
            return "independent-keys";
        case audit_kind::twins:
            return "twins";
        case audit_kind::sequential:
            return "sequential";
    }
    return "";
}

struct plan_request {
    audit_kind  kind;
    effect_size effect;                ///< of a pilot of versions for audits of keys, of null sets for a population audit
    double      alpha         = 0.05;  ///< accepted rate of false alarms
    double      power         = 0.9;   ///< wanted chance to show what is there
    std::size_t most_pictures = 1000;  ///< that the owner can publish
    std::size_t most_compared = 9999;  ///< null sets or withheld keys that can be had
};

/// One way to reach the wanted power.
struct plan_row {
    std::size_t pictures;  ///< per user
    std::size_t compared;  ///< null sets, or withheld keys (of each picture, where each has its own)
    double      queries;   ///< pictures the model is asked about; of a sequential audit the mean number
    double      power;     ///< reached
};

namespace detail {
/// The least n from 1 to `most` from which on f stays at `target` or above for a while: the power of an exact test is saw-toothed. 0: none.
template <class F>
[[nodiscard]] auto least_with(std::size_t most, double target, F f) -> std::size_t {
    constexpr std::size_t run    = 8;
    std::size_t           lasted = 0;
    for (std::size_t n = 1; n <= most; ++n) {
        lasted = f(n) >= target ? lasted + 1 : 0;
        if (lasted == run || (n == most && lasted > 0)) {
            return n - lasted + 1;
        }
    }
    return 0;
}
inline constexpr std::size_t picture_ladder[] = {1, 2, 3, 5, 8, 10, 15, 20, 25, 30, 50, 75, 100, 150, 200, 300, 500, 1000, 2000, 5000, 10000};
}  // namespace detail

/// The ways there are, with fewer pictures first; empty if there is none within the limits. For `population` and `shared_key`, a row for each number of
/// pictures that can reach the power, with the least number compared with; for `independent_keys`, a row for each number of withheld keys; else one row. Scores
/// are taken as normal (see audit/power.hpp). Throws errc::out_of_domain for alpha or power outside
/// (0, 1), within ≤ 0, between < 0, limits of 0 or an effect from the other kind of pilot, errc::not_a_number.
[[nodiscard]] inline auto plan_audit(plan_request const& r) -> std::vector<plan_row> {
    constexpr std::string_view who = "hallmark::plan_audit";
    detail::require_open_fraction(r.alpha, who, "alpha");
    detail::require_open_fraction(r.power, who, "power");
    detail::require_finite(r.effect.shift, who, "effect.shift");
    detail::require_finite(r.effect.within, who, "effect.within");
    detail::require_finite(r.effect.between, who, "effect.between");
    detail::require(r.effect.within > 0.0, errc::out_of_domain, who, ": effect.within is ", r.effect.within, "; allowed is more than 0");
    detail::require(r.effect.between >= 0.0, errc::out_of_domain, who, ": effect.between is ", r.effect.between, "; allowed is 0 or more");
    detail::require(r.most_pictures >= 1 && r.most_pictures <= 10'000, errc::out_of_domain, who, ": most_pictures is ", r.most_pictures,
                    "; allowed is 1 to 10000");
    detail::require(r.kind != audit_kind::population || r.effect.source != effect_source::versions, errc::out_of_domain, who,
                    ": kind is population and effect.source is versions; allowed is null_sets or any, for null sets differ by their pictures, too");
    detail::require(r.kind == audit_kind::population || r.effect.source != effect_source::null_sets, errc::out_of_domain, who, ": kind is ", name_of(r.kind),
                    " and effect.source is null_sets; allowed is versions or any, for versions differ by their keys alone");
    detail::require(r.most_compared >= 1, errc::out_of_domain, who, ": most_compared is 0; allowed is 1 or more");

    std::vector<plan_row> out;
    auto const add = [&](std::size_t pictures, std::size_t compared, double queries, double power) { out.push_back({pictures, compared, queries, power}); };
    auto const win = win_chance(r.effect.of_picture());
    switch (r.kind) {
        case audit_kind::population:
        case audit_kind::shared_key:
            for (auto const pictures : detail::picture_ladder) {
                if (pictures > r.most_pictures) {
                    break;
                }
                // Only sizes at which one more hit is allowed are worth their cost: k / alpha - 1.
                for (std::size_t k = 1; k <= 64; ++k) {
                    auto const compared = static_cast<std::size_t>(std::ceil(static_cast<double>(k) / r.alpha * (1.0 - 1e-12))) - 1;
                    if (compared > r.most_compared) {
                        break;
                    }
                    auto const power = compared == 0 ? 0.0 : rank_power(r.effect.of_set(pictures), compared, r.alpha);
                    if (power >= r.power) {
                        auto const sets = static_cast<double>(compared + 1);
                        add(pictures, compared, sets * static_cast<double>(pictures), power);
                        break;
                    }
                }
            }
            break;
        case audit_kind::independent_keys:
            for (std::size_t const withheld : {99u, 19u, 9u, 4u, 2u, 1u}) {
                if (withheld > r.most_compared) {
                    continue;
                }
                auto const ranks = detail::masses_of_rank(r.effect.of_picture(), withheld);  // as rank_sum_power would make them for each number of pictures
                auto const power = [&](std::size_t n) {
                    return n == 1 ? rank_sum_power(r.effect.of_picture(), n, withheld, r.alpha) : detail::power_of_ranks(ranks, n, r.alpha);
                };
                auto const pictures = detail::least_with(r.most_pictures, r.power, power);
                if (pictures != 0) {
                    add(pictures, withheld, static_cast<double>(pictures * (withheld + 1)), power(pictures));
                }
            }
            break;
        case audit_kind::twins: {
            auto const power    = [&](std::size_t n) { return twin_power(win, n, r.alpha); };
            auto const pictures = detail::least_with(r.most_pictures, r.power, power);
            if (pictures != 0) {
                add(pictures, 1, 2.0 * static_cast<double>(pictures), power(pictures));
            }
            break;
        }
        case audit_kind::sequential: {
            std::size_t low = 1, high = r.most_pictures + 1;  // bisection: the power only grows with the pictures there are
            while (low < high) {
                auto const middle = low + (high - low) / 2;
                if (middle <= r.most_pictures && sequential_power(win, middle, r.alpha).power < r.power) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            if (low <= r.most_pictures) {
                auto const reached = sequential_power(win, low, r.alpha);
                add(low, 1, 2.0 * reached.expected, reached.power);
            }
            break;
        }
    }
    return out;
}

}  // namespace hallmark::inline v0
