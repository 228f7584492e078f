// LiRA: the likelihood ratio of a score under shadow models that were and were not trained on the sample.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/stats/concept.hpp>
#include <hallmark/stats/e_value.hpp>
#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/lira_lanes.hpp>
#include <hallmark/stats/log_tail.hpp>
#include <hallmark/stats/moments.hpp>
#include <hallmark/stats/side.hpp>
#include <hallmark/stats/tail.hpp>

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

namespace hallmark::inline v0 {

/// The scores of `samples` samples by shadow models, sample by sample, equally many for each.
template <std::floating_point Scalar>
struct shadow_scores_of {
    std::span<Scalar const> values;
    std::size_t             samples = 0;

    [[nodiscard]] auto models() const noexcept -> std::size_t { return samples == 0 ? 0 : values.size() / samples; }
    [[nodiscard]] auto of(std::size_t sample) const noexcept -> std::span<Scalar const> { return values.subspan(sample * models(), models()); }
};
using shadow_scores       = shadow_scores_of<double>;
using float_shadow_scores = shadow_scores_of<float>;

/// Whose deviation a sample's Gaussian has: its own, or one of all samples' centred scores, which is better with few shadow models (below 64 or so).
enum class lira_variance { per_sample, fixed };
/// Where its centre lies. The median is the published demo's choice; the deviation is about the mean in any case.
enum class lira_centre { mean, median };

namespace detail {

struct gaussian {
    double centre, deviation;
};

/// The median of an even number of values, from the two in the middle.
[[nodiscard]] HALLMARK_HD constexpr auto median_between(double low, double high) noexcept -> double { return high + 0.5 * (low - high); }

template <class Scalar>
[[nodiscard]] auto median_of(std::span<Scalar const> x) -> double {
    auto       v    = std::vector<double>(x.begin(), x.end());
    auto const half = v.begin() + static_cast<std::ptrdiff_t>(v.size() / 2);
    std::nth_element(v.begin(), half, v.end());
    return v.size() % 2 == 1 ? *half : median_between(*std::max_element(v.begin(), half), *half);
}

/// log of the density, less the constant log(2 pi)/2 that cancels in the ratio.
[[nodiscard]] HALLMARK_HD inline auto log_density(double x, gaussian const& g) noexcept -> double {
    auto const z = (x - g.centre) / g.deviation;
    return -0.5 * z * z - std::log(g.deviation);
}

}  // namespace detail

/// One number per sample; larger = member. Scores should be near to normal: take logit_scaled. Shadow models are trained like the target,
/// each on a random half of a pool, and do not include the target.
///
/// `fixed` pools *centred* scores, for "in" and "out" apart. (The published demo code takes the "in" deviation for "out", and pools raw scores.)
/// O(samples · models). Source: Carlini, Chien, Nasr, Song, Terzis & Tramèr 2022.
struct lira {
    lira_variance variance = lira_variance::per_sample;
    lira_centre   centre   = lira_centre::mean;

    /// log N(s; in) - log N(s; out). Needs shadow models of both kinds, two of each or more.
    [[nodiscard]] auto online(std::span<double const> scores, shadow_scores in, shadow_scores out) const -> std::vector<double> {
        return ratios(scores, in, out);
    }
    [[nodiscard]] auto online(std::span<double const> scores, float_shadow_scores in, float_shadow_scores out) const -> std::vector<double> {
        return ratios(scores, in, out);
    }

    /// log Phi((s - mu_out)/sigma_out): needs shadow models without the samples only.
    [[nodiscard]] auto offline(std::span<double const> scores, shadow_scores out) const -> std::vector<double> { return tails(scores, out); }
    [[nodiscard]] auto offline(std::span<double const> scores, float_shadow_scores out) const -> std::vector<double> { return tails(scores, out); }

private:
    template <class Scalar>
    [[nodiscard]] auto ratios(std::span<double const> scores, shadow_scores_of<Scalar> in, shadow_scores_of<Scalar> out) const -> std::vector<double> {
        auto result = std::vector<double>(scores.size(), std::numeric_limits<double>::quiet_NaN());
        if (variance == lira_variance::per_sample && centre == lira_centre::mean && fits_lanes(in, scores.size()) && fits_lanes(out, scores.size()) &&
            detail::log_ratios(scores.data(), scores.size(), in.values.data(), in.models(), out.values.data(), out.models(), result.data())) {
            return result;
        }
        // Whatever is wrong is found, and said, here; so is what is right but has no number yet.
        detail::require_sample(scores, "hallmark::lira::online", "scores");
        auto const with = fit(in, scores.size(), "hallmark::lira::online", "in"), without = fit(out, scores.size(), "hallmark::lira::online", "out");
        for (std::size_t i = 0; i < scores.size(); ++i) {
            if (detail::is_finite(result[i])) {
                continue;
            }
            result[i] = detail::log_density(scores[i], with[i]) - detail::log_density(scores[i], without[i]);
            detail::require(detail::is_finite(result[i]), errc::out_of_domain, "hallmark::lira::online: scores[", i, "] is ", scores[i],
                            ", too far from the shadow models' scores; allowed are distances whose squares, in their deviations, are finite");
        }
        return result;
    }

    template <class Scalar>
    [[nodiscard]] static auto fits_lanes(shadow_scores_of<Scalar> s, std::size_t samples) noexcept -> bool {
        return samples > 0 && s.samples == samples && s.values.size() == samples * s.models() && s.models() >= 2 && s.models() <= detail::most_in_one_pass;
    }

    template <class Scalar>
    [[nodiscard]] auto tails(std::span<double const> scores, shadow_scores_of<Scalar> out) const -> std::vector<double> {
        detail::require_sample(scores, "hallmark::lira::offline", "scores");
        auto const without = fit(out, scores.size(), "hallmark::lira::offline", "out");
        auto       result  = std::vector<double>(scores.size());
        for (std::size_t i = 0; i < scores.size(); ++i) {
            result[i] = detail::log_normal_upper((without[i].centre - scores[i]) / without[i].deviation);
        }
        return result;
    }

    template <class Scalar>
    [[nodiscard]] auto fit(shadow_scores_of<Scalar> s, std::size_t samples, std::string_view function, std::string_view name) const
        -> std::vector<detail::gaussian> {
        if (s.values.empty()) {
            detail::require_sample({}, function, name);
        }
        detail::require(s.samples == samples && s.values.size() % samples == 0, errc::shape_mismatch, function, ": ", name, " has ", s.values.size(),
                        " values for ", s.samples, " samples and there are ", samples, " scores; each needs the same number of values");
        detail::require(s.models() >= 2, errc::out_of_domain, function, ": ", name, " has 1 value for each sample; allowed is 2 or more, for a variance");
        auto out = spreads(s);
        for (auto const& g : out) {
            if (!detail::is_finite(g.centre) || !detail::is_finite(g.deviation)) [[unlikely]] {
                refuse(s.values, function, name);
            }
        }
        auto pooled = detail::compensated_sum{};
        for (std::size_t i = 0; i < samples; ++i) {
            auto const v = out[i].deviation;  // so far the variance over n, not n - 1, as published
            if (variance == lira_variance::fixed) {
                pooled.add(v / static_cast<double>(samples));
            } else {
                detail::require(!(v < detail::least_variance), errc::out_of_domain, function, ": all values of ", name, " for sample ", i,
                                " are equal, to 1e-152; allowed is a variance above 0, or lira_variance::fixed");
            }
            out[i].deviation = std::sqrt(v);
            if (centre == lira_centre::median) {
                out[i].centre = detail::median_of(s.of(i));
            }
        }
        if (variance == lira_variance::fixed) {
            detail::require(!(pooled.value() < detail::least_variance), errc::out_of_domain, function, ": all values of ", name,
                            " are equal to the others of their sample, to 1e-152; allowed is a variance above 0");
            for (auto& g : out) {
                g.deviation = std::sqrt(pooled.value());
            }
        }
        return out;
    }

    // The mean of each sample, and its mean squared distance from it.
    template <class Scalar>
    static auto spreads(shadow_scores_of<Scalar> s) -> std::vector<detail::gaussian> {
        constexpr std::size_t at_once = 64;
        auto const            count   = s.models();
        auto const            n       = static_cast<double>(count);
        auto                  out     = std::vector<detail::gaussian>(s.samples);
        double                first[at_once], sum[at_once], squares[at_once];
        for (std::size_t begin = 0; begin < s.samples; begin += at_once) {
            auto const rows = s.samples - begin < at_once ? s.samples - begin : at_once;
            for (std::size_t i = 0; i < rows; ++i) {
                first[i] = static_cast<double>(s.values[(begin + i) * count]);
            }
            if (count <= detail::most_in_lanes) {
                detail::spread_of_rows(s.values.data() + begin * count, count, rows, first, sum, squares);
            } else {
                for (std::size_t i = 0; i < rows; ++i) {
                    auto const one = detail::spread_about(s.of(begin + i), first[i]);
                    sum[i] = one.sum, squares[i] = one.squares;
                }
            }
            for (std::size_t i = 0; i < rows; ++i) {
                out[begin + i] = {sum[i] / n + first[i], squares[i] / n};
            }
        }
        return out;
    }

    template <class Scalar>
    [[noreturn]] static void refuse(std::span<Scalar const> values, std::string_view function, std::string_view name) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            auto const v = static_cast<double>(values[i]);
            detail::require(detail::is_finite(v), errc::not_a_number, function, ": ", name, "[", i, "] is ", detail::not_finite_name(v),
                            "; allowed are finite numbers");
        }
        detail::fail(errc::out_of_domain, function, ": the values of ", name, " are too large; allowed are values whose squares are finite");
    }
};

/// The set version: the sum of the samples' log ratios, as for a user's set. Larger = member. O(n). Throws errc::empty_input, errc::not_a_number.
[[nodiscard]] inline auto lira_of_set(std::span<double const> sample_scores) -> double {
    detail::require_sample(sample_scores, "hallmark::lira_of_set", "sample_scores");
    auto sum = detail::compensated_sum{};
    for (auto const s : sample_scores) {
        sum.add(s);
    }
    return sum.value();
}

namespace detail {
/// Calls `each(t)` with every score's place among the shadow models' scores: under H0, Student's t with models - 1 degrees of freedom.
template <class Each>
void predict(std::span<double const> scores, shadow_scores out, Each each) {
    constexpr std::string_view who = "hallmark::lira_test";
    require_sample(scores, who, "scores");
    require_sample(out.values, who, "out");
    require(out.samples == scores.size() && out.values.size() % scores.size() == 0, errc::shape_mismatch, who, ": out has ", out.values.size(), " values for ",
            out.samples, " samples and there are ", scores.size(), " scores; each needs the same number of values");
    require(out.models() >= 2, errc::out_of_domain, who, ": out has 1 value for each sample; allowed is 2 or more, for a variance");
    constexpr auto most = std::numeric_limits<double>::max();
    auto const     m    = static_cast<double>(out.models());
    for (std::size_t i = 0; i < scores.size(); ++i) {
        auto const row  = out.of(i);
        auto const fit  = moments_about(row, row.front());
        auto const away = (scores[i] - row.front()) - fit.mean;
        require(!(fit.variance < least_variance), errc::out_of_domain, who, ": all values of out for sample ", i,
                " are equal, to 1e-152; allowed is a variance above 0");
        require(is_finite(fit.variance) && is_finite(away), errc::out_of_domain, who,
                ": the values are too large; allowed are values whose squares are finite");
        each(std::clamp(away / std::sqrt(fit.variance * (1.0 + 1.0 / m)), -most, most));
    }
}

/// The sum of log F(s) over the samples.
[[nodiscard]] inline auto predicted(std::span<double const> scores, shadow_scores out) -> double {
    auto       sum = compensated_sum{};
    auto const df  = static_cast<double>(out.models()) - 1.0;
    predict(scores, out, [&](double t) { sum.add(log_student_t_upper(-t, df)); });
    return std::min(0.0, sum.value());
}

/// log of minus that sum, where it is too near to 0 for a double: there -log F(s) is 1 - F(s).
[[nodiscard]] inline auto log_of_nearly_none(std::span<double const> scores, shadow_scores out) -> double {
    auto       logs = std::vector<double>();
    auto const df   = static_cast<double>(out.models()) - 1.0;
    predict(scores, out, [&](double t) { logs.push_back(log_student_t_upper(t, df)); });
    return log_mean_exp(logs) + std::log(static_cast<double>(logs.size()));
}
}  // namespace detail

/// A p-value for a set from offline shadow models. H0: the target's score of each sample is one more draw from the normal
/// distribution of that sample's "out" scores, independently of the other samples. `greater`: larger, as a member's is; `less`; `two_sided`.
///
/// The statistic is the sum over samples of log F(s), F being Student's t distribution of the *next* draw after m others, t = (s - mean)/(sd·sqrt(1 + 1/m))
/// with m - 1 degrees of freedom; F(s) is uniform under H0 for any m >= 2, where the normal Phi of lira::offline is not. -2 sum log F is chi-squared with 2K
/// degrees. n is the number of samples K. Exact if H0 is true to the word; it is not where the target was trained otherwise than the shadow models, or where
/// scores are not normal: audits with withheld keys or null sets need no such trust. O(samples · models). Throws as lira. Source: Carlini et al. 2022 (the
/// score); Pearson 1933 (the sum); Geisser 1993 (the next draw).
[[nodiscard]] inline auto lira_test(std::span<double const> scores, shadow_scores out, alternative alt) -> test_result {
    auto const sum = detail::predicted(scores, out);
    auto const df  = 2.0 * static_cast<double>(scores.size());
    auto const p   = detail::p_of_side(detail::chi_squared_upper(-2.0 * sum, df), detail::chi_squared_lower(-2.0 * sum, df), alt);
    return {sum, p, scores.size(), alt};
}

/// The natural logarithm of lira_test's p, also where p itself is too small for a double. Arguments and errors as there.
[[nodiscard]] inline auto lira_log_p_value(std::span<double const> scores, shadow_scores out, alternative alt) -> double {
    auto const x     = -2.0 * detail::predicted(scores, out);
    auto const df    = 2.0 * static_cast<double>(scores.size());
    auto const log_x = x > detail::least_tail ? std::log(x) : std::log(2.0) + detail::log_of_nearly_none(scores, out);
    return detail::log_p_of_side(detail::log_chi_squared_upper(x, df), detail::log_chi_squared_lower(x, df, log_x), alt);
}

}  // namespace hallmark::inline v0
