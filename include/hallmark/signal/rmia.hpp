// The robust membership-inference score: how often a sample beats one that is certainly not a member.
#pragma once

#include <hallmark/error.hpp>
#include <hallmark/signal/reference_calibrated.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace hallmark::inline v0 {

/// What a model said about n samples: the log-probability of each one's label (`neg_cross_entropy`), and what each
/// reference model said, model by model.
struct referenced_scores {
    std::span<double const> target;      ///< n
    std::span<double const> references;  ///< models · n
};

/// For each sample x the share of population samples z with (p(x) / p̄(x)) / (p(z) / p̄(z)) > γ, in [0, 1]; larger =
/// member. p is the target's probability of the label, p̄ = (1 + a)/2 · mean of the references + (1 − a)/2: what a
/// model gives on average over being trained on the sample or not, guessed from models that were not. a = 1 takes
/// the references as they are; it suits references of which half saw the sample. Zarifzadeh et al. (2024).
///
/// In logarithms, so that a probability of e^−800 is as good as any. Ties do not count. O((n + m) log m) for m
/// population samples, and n + m exponentials per reference.
class rmia {
public:
    explicit rmia(double gamma = 2.0, double a = 0.3) : log_gamma_(std::log(gamma)), a_(a) {
        detail::require(detail::is_number(gamma) && gamma > 0.0, errc::out_of_domain, "hallmark::rmia: gamma is ", gamma,
                        "; allowed is any finite number above 0");
        detail::require(a >= 0.0 && a <= 1.0, errc::out_of_domain, "hallmark::rmia: a is ", a, "; allowed is 0 to 1");
    }

    [[nodiscard]] auto operator()(referenced_scores samples, referenced_scores population) const -> std::vector<double> {
        auto       out   = ratios(samples, "samples.target", "samples.references");
        auto       beats = ratios(population, "population.target", "population.references");
        auto const m     = static_cast<double>(beats.size());
        std::sort(beats.begin(), beats.end());
        for (auto& ratio : out) {
            auto const below = std::lower_bound(beats.begin(), beats.end(), ratio - log_gamma_) - beats.begin();
            ratio            = static_cast<double>(below) / m;
        }
        return out;
    }

private:
    // log(p / p̄) of each sample.
    [[nodiscard]] auto ratios(referenced_scores s, std::string_view target, std::string_view references) const -> std::vector<double> {
        constexpr std::string_view who = "hallmark::rmia";
        auto const                 n   = s.target.size();
        (void)detail::require_score_table(s.target, n, who, target);
        auto const rows = detail::require_score_table(s.references, n, who, references);
        for (std::size_t i = 0; i < s.target.size(); ++i) {
            require_log_probability(s.target[i], target, i);
        }
        for (std::size_t i = 0; i < s.references.size(); ++i) {
            require_log_probability(s.references[i], references, i);
        }
        std::vector<double> out(n);
        for (std::size_t i = 0; i < n; ++i) {
            auto const at   = [&](std::size_t r) { return s.references[r * n + i]; };
            double     most = at(0);
            for (std::size_t r = 1; r < rows; ++r) {
                most = at(r) > most ? at(r) : most;
            }
            most       = a_ < 1.0 ? 0.0 : most;  // with a < 1 the constant term is there, and nothing can underflow
            double sum = 0.0;
            for (std::size_t r = 0; r < rows; ++r) {
                sum += std::exp(at(r) - most);
            }
            out[i] = s.target[i] - (most + std::log((1.0 + a_) / 2.0 * (sum / static_cast<double>(rows)) + (1.0 - a_) / 2.0));
        }
        return out;
    }
    static void require_log_probability(double x, std::string_view name, std::size_t i) {
        detail::require(x <= 0.0, errc::out_of_domain, "hallmark::rmia: ", name, "[", i, "] is ", x, "; allowed is a log-probability, 0 or less");
    }

    double log_gamma_, a_;
};

}  // namespace hallmark::inline v0
