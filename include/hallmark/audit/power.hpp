// The chance that an audit of a given size shows what is there: power, before the audit is made.
//
// Scores are taken as normal. The audits themselves assume no such thing; only their planning does.
#pragma once

#include <hallmark/error.hpp>
#include <hallmark/stats/binomial.hpp>
#include <hallmark/stats/coin_process.hpp>
#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/tail.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

namespace detail {
inline void require_power_arguments(double effect, double alpha, std::string_view who) {
    require_finite(effect, who, "effect");
    require_open_fraction(alpha, who, "alpha");
}

/// ∫ φ(z) f(z) dz by the trapezoid rule, which converges faster than any power of the step: the integrand and all its derivatives vanish at the ends.
/// `steps` must resolve f.
template <class F>
[[nodiscard]] auto normal_mean_of(F f, int steps = 512) -> double {
    constexpr double end = 9.0;
    auto const       h   = 2.0 * end / steps;
    double           sum = 0.0;
    for (int i = 0; i <= steps; ++i) {
        auto const z = -end + h * i;
        sum += std::exp(-0.5 * z * z) * f(z);
    }
    return sum * h * 0.3989422804014327;  // 1/sqrt(2 pi)
}

/// Masses of the sum of `count` independent numbers with the masses `one`.
[[nodiscard]] inline auto masses_of_sum(std::vector<double> const& one, std::size_t count) -> std::vector<double> {
    std::vector<double> sum{1.0};
    for (std::size_t k = 0; k < count; ++k) {
        std::vector<double> next(sum.size() + one.size() - 1, 0.0);
        for (std::size_t i = 0; i < sum.size(); ++i) {
            for (std::size_t j = 0; j < one.size(); ++j) {
                next[i + j] += sum[i] * one[j];
            }
        }
        sum = std::move(next);
    }
    return sum;
}
}  // namespace detail

/// Power of a rank among `compared` null sets or withheld keys: the observed score is `effect` standard deviations of a null score above their
/// mean. The population audit and the counterfactual audit with a shared key. 0 where no outcome gives p ≤ alpha.
/// `compared` ≥ 1, alpha in (0, 1). Throws errc::out_of_domain, errc::not_a_number. 512 to 65,536 binomial tails.
[[nodiscard]] inline auto rank_power(double effect, std::size_t compared, double alpha) -> double {
    constexpr std::string_view who = "hallmark::rank_power";
    detail::require_power_arguments(effect, alpha, who);
    detail::require(compared >= 1, errc::out_of_domain, who, ": compared is 0; allowed is 1 or more");
    // The most hits with p ≤ alpha, by the arithmetic of the test itself.
    auto const all     = static_cast<double>(compared) + 1.0;
    auto       allowed = static_cast<std::size_t>(alpha * all) + 1;
    while (allowed > 0 && static_cast<double>(allowed) / all > alpha) {
        --allowed;
    }
    if (allowed == 0) {
        return 0.0;
    }
    // The more there is to compare with, the steeper the edge between too many hits and few enough.
    auto const steps = static_cast<int>(std::clamp(64.0 * std::sqrt(static_cast<double>(compared)), 512.0, 65536.0));
    return detail::normal_mean_of([&](double z) { return detail::binomial_lower(allowed - 1, compared, detail::normal_upper(z + effect)); }, steps);
}

/// The chance that a published score is above one withheld score, if it is `effect` standard deviations of one score above its mean.
[[nodiscard]] inline auto win_chance(double effect) -> double {
    detail::require_finite(effect, "hallmark::win_chance", "effect");
    return detail::normal_upper(-effect * 0.7071067811865476);
}

/// Power of the twin audit of `pictures` pairs, each won with chance `win`. Exact.
/// `pictures` ≥ 1, win in [0, 1], alpha in (0, 1). Throws errc::out_of_domain, errc::not_a_number.
[[nodiscard]] inline auto twin_power(double win, std::size_t pictures, double alpha) -> double {
    constexpr std::string_view who = "hallmark::twin_power";
    detail::require_fraction(win, who, "win");
    detail::require_open_fraction(alpha, who, "alpha");
    detail::require(pictures >= 1, errc::out_of_domain, who, ": pictures is 0; allowed is 1 or more");
    std::size_t low = 0, high = pictures + 1;  // the fewest wins that convict: bisection, for the tail falls with the wins
    while (low < high) {
        auto const middle = low + (high - low) / 2;
        if (detail::binomial_upper(middle, pictures, 0.5) <= alpha) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low > pictures ? 0.0 : detail::binomial_upper(low, pictures, win);
}

/// Power of the counterfactual audit with independent keys: `pictures` pictures, each among `withheld` versions of its own, each published score
/// `effect` standard deviations above its withheld ones. By convolution up to pictures · withheld = 2,000, beyond by the normal approximation of the
/// sum of ranks with a correction for continuity. Throws errc::out_of_domain, errc::not_a_number.
[[nodiscard]] inline auto rank_sum_power(double effect, std::size_t pictures, std::size_t withheld, double alpha) -> double {
    constexpr std::string_view who = "hallmark::rank_sum_power";
    detail::require_power_arguments(effect, alpha, who);
    detail::require(pictures >= 1, errc::out_of_domain, who, ": pictures is 0; allowed is 1 or more");
    detail::require(withheld >= 1, errc::out_of_domain, who, ": withheld is 0; allowed is 1 or more");
    auto const b = static_cast<double>(withheld), k = static_cast<double>(pictures);
    if (-k * std::log(b + 1.0) > std::log(alpha) + 1e-12) {
        return 0.0;
    }
    if (pictures <= 2000 / withheld) {
        // Of one picture: the published score is at z, and each withheld one is below it with chance Φ(z + effect).
        std::vector<double> alternative(withheld + 1), null(withheld + 1, 1.0 / (b + 1.0));
        for (std::size_t j = 0; j <= withheld; ++j) {
            alternative[j] = detail::normal_mean_of([&](double z) { return detail::binomial_mass(j, withheld, detail::normal_upper(-z - effect)); });
        }
        auto const of_null = detail::masses_of_sum(null, pictures), of_alternative = detail::masses_of_sum(alternative, pictures);
        double     spent = 0.0, power = 0.0;
        for (auto i = of_null.size(); i-- > 0;) {  // from the largest sum down, as far as alpha allows
            spent += of_null[i];
            if (spent > alpha * (1.0 + 1e-12)) {
                break;
            }
            power += of_alternative[i];
        }
        return power;
    }
    // The sum's mean, and its variance over the published scores and over the withheld ones.
    auto const win      = win_chance(effect);
    auto const square   = detail::normal_mean_of([&](double z) { return std::pow(detail::normal_upper(-z - effect), 2.0); });
    auto const variance = b * b * (square - win * win) + b * (win - square);
    auto const critical = 0.5 * k * b + 0.5 + detail::normal_upper_inverse(alpha) * std::sqrt(k * b * (b + 2.0) / 12.0);
    return detail::normal_upper((critical - 0.5 - k * b * win) / std::sqrt(k * (variance > 1e-12 ? variance : 1e-12)));
}

struct sequential_power_result {
    double power;     ///< the chance to stop with e ≥ 1/alpha within the pictures there are
    double expected;  ///< pictures asked about on average
};

/// Power of the sequential audit with coins, each won with chance `win`, and how many pictures it asks about. Exact, over all ways the coins
/// can fall: O(pictures²), for up to 10,000 pictures. Throws errc::out_of_domain, errc::not_a_number.
[[nodiscard]] inline auto sequential_power(double win, std::size_t pictures, double alpha) -> sequential_power_result {
    constexpr std::string_view who = "hallmark::sequential_power";
    detail::require_fraction(win, who, "win");
    detail::require_open_fraction(alpha, who, "alpha");
    detail::require(pictures >= 1 && pictures <= 10'000, errc::out_of_domain, who, ": pictures is ", pictures, "; allowed is 1 to 10000");
    auto const enough = [coins = coin_process{}, needed = -std::log(alpha)](std::size_t wins, std::size_t losses) {
        return coins.log_e_of(wins, losses) >= needed;
    };
    auto        chance = std::vector<double>{1.0};  // of each number of wins, still asking
    auto        out    = sequential_power_result{0.0, 0.0};
    std::size_t bound  = 0;  // the fewest wins that stop: it does not fall from one coin to the next
    for (std::size_t n = 1; n <= pictures; ++n) {
        std::vector<double> next(n + 1, 0.0);
        double              asked = 0.0;
        for (std::size_t w = 0; w < n; ++w) {
            asked += chance[w];
            next[w] += chance[w] * (1.0 - win);
            next[w + 1] += chance[w] * win;
        }
        out.expected += asked;
        while (bound <= n && !enough(bound, n - bound)) {
            ++bound;
        }
        for (auto w = bound; w <= n; ++w) {
            out.power += next[w];
            next[w] = 0.0;
        }
        chance = std::move(next);
    }
    return out;
}

}  // namespace hallmark::inline v0
