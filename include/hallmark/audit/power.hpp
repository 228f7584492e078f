// The chance that an audit of a given size shows what is there: power, before the audit is made.
//
// Scores are taken as normal. The audits themselves assume no such thing; only their planning does.
#pragma once

#include <hallmark/audit/saddlepoint.hpp>
#include <hallmark/error.hpp>
#include <hallmark/stats/binomial.hpp>
#include <hallmark/stats/coin_process.hpp>
#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/rank_sum.hpp>
#include <hallmark/stats/tail.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <string_view>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

namespace detail {
inline void require_power_arguments(double effect, double alpha, std::string_view who) {
    require_finite(effect, who, "effect");
    require_open_fraction(alpha, who, "alpha");
}

/// Nodes z and weights of ∫ φ(z) f(z) dz by the trapezoid rule, which converges faster than any power of the step: the integrand and all its derivatives
/// vanish at the ends. `steps` must resolve f.
template <class Visit>
void for_normal(int steps, Visit visit) {
    constexpr double end = 9.0;
    auto const       h   = 2.0 * end / steps;
    for (int i = 0; i <= steps; ++i) {
        auto const z = -end + h * i;
        visit(z, 0.3989422804014327 * h * std::exp(-0.5 * z * z));  // 1/sqrt(2 pi)
    }
}

/// ∫ φ(z) f(z) dz.
template <class F>
[[nodiscard]] auto normal_mean_of(F f, int steps = 512) -> double {
    double sum = 0.0;
    for_normal(steps, [&](double z, double weight) { sum += weight * f(z); });
    return sum;
}

/// The more there is to compare with, the steeper the edge between too many hits and few enough.
[[nodiscard]] inline auto steps_for(std::size_t compared) -> int {
    return static_cast<int>(std::clamp(64.0 * std::sqrt(static_cast<double>(compared)), 512.0, 65536.0));
}

/// P(sum = 0), …, P(sum = most) of `count` independent numbers that are j with chance one[j].
[[nodiscard]] inline auto masses_of_sum(std::vector<double> const& one, std::size_t count, std::size_t most) -> std::vector<double> {
    std::vector<double> sum{1.0};
    for (std::size_t k = 0; k < count; ++k) {
        std::vector<double> next(std::min(sum.size() + one.size() - 1, most + 1), 0.0);
        for (std::size_t i = 0; i < sum.size(); ++i) {
            auto const end = std::min(one.size(), next.size() - i);
            for (std::size_t j = 0; j < end; ++j) {
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
    return detail::normal_mean_of([&](double z) { return detail::binomial_lower(allowed - 1, compared, detail::normal_upper(z + effect)); },
                                  detail::steps_for(compared));
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

namespace detail {
/// The rank of one picture among `withheld` versions, its own score `effect` standard deviations above their mean: the chances to beat 0 to `withheld`.
/// The published score is at z + effect, and each withheld one is below it with chance Φ(z + effect).
[[nodiscard]] inline auto masses_of_rank(double effect, std::size_t withheld) -> std::vector<double> {
    std::vector<double> out(withheld + 1, 0.0);
    for_normal(steps_for(withheld), [&](double z, double weight) {
        auto const below = normal_upper(-z - effect), above = normal_upper(z + effect);
        // Binomial masses from about the largest down to either side, as far as they count.
        auto const mode = std::min(withheld, static_cast<std::size_t>(static_cast<double>(withheld + 1) * below));
        auto const peak = weight * binomial_mass(mode, withheld, below);
        auto       mass = peak;
        for (auto j = mode; j < withheld && mass > 1e-25 * peak; ++j) {
            mass *= static_cast<double>(withheld - j) / static_cast<double>(j + 1) * (below / above);
            out[j + 1] += mass;
        }
        mass = peak;
        for (auto j = mode; j > 0 && mass > 1e-25 * peak; --j) {
            mass *= static_cast<double>(j) / static_cast<double>(withheld - j + 1) * (above / below);
            out[j - 1] += mass;
        }
        out[mode] += peak;
    });
    return out;
}

/// Up to so many ranks, sums are convolved; beyond, their tails are read off saddlepoints, which are the better the more pictures there are.
[[nodiscard]] constexpr auto is_convolved(std::size_t pictures, std::size_t withheld) noexcept -> bool {
    return withheld <= (pictures <= 4 ? 40'000 : pictures <= 8 ? 20'000 : 2'000) / pictures;
}

/// How many withheld versions may fail to be beaten, over all pictures, with p ≤ alpha; plus one, so 0 where even none of them may. By the masses of the test
/// itself, up to alpha.
[[nodiscard]] inline auto allowed_defeats(std::size_t pictures, std::size_t withheld, double alpha) -> std::size_t {
    auto masses = std::vector<double>(pictures * withheld + 1), tails = std::vector<double>(withheld + 1);
    masses[0] = 1.0;
    for (std::size_t k = 0; k < pictures; ++k) {
        sum_over_window(masses, tails, withheld + 1, 1.0 / (static_cast<double>(withheld) + 1.0));
    }
    std::size_t allowed = 0;
    for (auto spent = 0.0; allowed < masses.size(); ++allowed) {
        spent += masses[allowed];
        if (spent > alpha * (1.0 + 1e-12)) {
            break;
        }
    }
    return allowed;
}

/// The chance of p ≤ alpha with two pictures or more, each of which beats j of its withheld versions with chance of_one[j].
[[nodiscard]] inline auto power_of_ranks(std::vector<double> const& of_one, std::size_t pictures, double alpha) -> double {
    auto const withheld = of_one.size() - 1;
    if (-static_cast<double>(pictures) * std::log(static_cast<double>(withheld) + 1.0) > std::log(alpha) + 1e-12) {
        return 0.0;
    }
    if (is_convolved(pictures, withheld)) {
        auto const allowed = allowed_defeats(pictures, withheld, alpha);
        if (allowed == 0) {
            return 0.0;
        }
        auto const defeats   = std::vector<double>(of_one.rbegin(), of_one.rend());
        auto const convicted = masses_of_sum(defeats, pictures, allowed - 1);
        return std::accumulate(convicted.begin(), convicted.end(), 0.0);
    }
    auto const  null = std::vector<double>(withheld + 1, 1.0 / (static_cast<double>(withheld) + 1.0));
    std::size_t low = 0, high = pictures * withheld;  // the least sum that convicts: bisection, for the tail falls with the sum
    while (low < high) {
        auto const middle = low + (high - low) / 2;
        if (sum_upper(null, pictures, middle) <= alpha) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return sum_upper(of_one, pictures, low);
}
}  // namespace detail

/// Power of the counterfactual audit with independent keys: `pictures` pictures, each among `withheld` versions of its own, each published score
/// `effect` standard deviations above its withheld ones. One picture: rank_power. By convolution up to pictures · withheld = 2,000 (40,000 for up to 4
/// pictures, 20,000 for up to 8), beyond by saddlepoints of the sum of ranks, with and without the effect: within 0.003 for alpha ≥ 0.001, and 0.03 in the
/// farthest tails of few pictures. More than 10,000 withheld versions of each of several pictures count as 10,000.
/// Throws errc::out_of_domain, errc::not_a_number. Up to some 0.3 s.
[[nodiscard]] inline auto rank_sum_power(double effect, std::size_t pictures, std::size_t withheld, double alpha) -> double {
    constexpr std::string_view who = "hallmark::rank_sum_power";
    detail::require_power_arguments(effect, alpha, who);
    detail::require(pictures >= 1, errc::out_of_domain, who, ": pictures is 0; allowed is 1 or more");
    detail::require(withheld >= 1, errc::out_of_domain, who, ": withheld is 0; allowed is 1 or more");
    if (pictures == 1) {
        return rank_power(effect, withheld, alpha);
    }
    auto const versions = std::min<std::size_t>(withheld, 10'000);
    return detail::power_of_ranks(detail::masses_of_rank(effect, versions), pictures, alpha);
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
