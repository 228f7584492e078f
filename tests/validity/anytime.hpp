// Part of the validity program: how often evidence that may be looked at all the time ever convicts when nothing is there, and how often it does when
// something is.
#pragma once

#include <hallmark/audit/sequential.hpp>
#include <hallmark/random/stream.hpp>
#include <hallmark/random/uniform.hpp>
#include <hallmark/stats/betting_process.hpp>
#include <hallmark/stats/binomial.hpp>
#include <hallmark/stats/coin_process.hpp>
#include <hallmark/stats/mean_sequence.hpp>
#include <hallmark/stats/tail.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

namespace anytime {
using namespace hallmark;

inline constexpr double levels[] = {0.1, 0.05, 0.01, 0.001};

/// The least count that a rate of `level` reaches with chance below 0.001.
inline auto band(std::size_t runs, double level) -> std::size_t {
    auto count = static_cast<std::size_t>(level * static_cast<double>(runs));
    while (detail::binomial_upper(count, runs, level) >= 0.001) {
        ++count;
    }
    return count;
}

// ---- coins: all ways they can fall, no simulation ----

/// least[n]: the fewest wins of n coins at which e >= 1/alpha, n + 1 where there are none. It does not fall with n, because a lost coin never raises e.
inline auto fewest_wins(coin_process const& p, std::size_t steps, double alpha) -> std::vector<std::size_t> {
    auto out = std::vector<std::size_t>(steps + 1, 1);
    for (std::size_t n = 1; n <= steps; ++n) {
        auto w = out[n - 1];
        while (w <= n && p.log_e_of(w, n - w) < -std::log(alpha)) {
            ++w;
        }
        out[n] = w;
    }
    return out;
}

struct stopped {
    double chance;  ///< to stop at all
    double asked;   ///< coins on average
};

/// What happens to coins of which the next is won with chance win(n, wins), when one stops at least[n] wins.
template <class Win>
auto of_coins(std::vector<std::size_t> const& least, Win win) -> stopped {
    auto out  = stopped{0.0, 0.0};
    auto here = std::vector<double>(least.size() + 1, 0.0), next = here;
    here[0] = 1.0;
    for (std::size_t n = 0; n + 1 < least.size(); ++n) {
        std::fill(next.begin(), next.begin() + static_cast<std::ptrdiff_t>(n) + 2, 0.0);
        for (std::size_t w = 0; w <= n; ++w) {
            double const up = win(n, w);
            out.asked += here[w];
            next[w] += here[w] * (1.0 - up);
            next[w + 1] += here[w] * up;
        }
        for (auto w = least[n + 1]; w <= n + 1; ++w) {
            out.chance += next[w];
            next[w] = 0.0;
        }
        std::swap(here, next);
    }
    return out;
}

// ---- bounded numbers ----

/// The next number in [0, 1], of a law that may depend on how the game stands (`ahead`: the capital is above 1) and whose mean never does.
struct null_law {
    char const* name;
    double      mean;
    double (*draw)(stream&, bool ahead);
};

inline auto coin_of(stream& s, double chance) -> double { return uniform_double(s) < chance ? 1.0 : 0.0; }
/// 0 now and then, else a little above 1/2: many small gains in a row and then a large loss, mean 1/2.
inline auto seldom_low(stream& s) -> double { return uniform_below(s, 50) == 0 ? 0.0 : 25.0 / 49.0; }

inline auto null_laws() -> std::vector<null_law> {
    return {
        {"0 or 1, mean 0.5", 0.5, [](stream& s, bool) { return coin_of(s, 0.5); }},
        {"0 or 1, mean 0.02", 0.02, [](stream& s, bool) { return coin_of(s, 0.02); }},
        {"0 or 1, mean 0.98", 0.98, [](stream& s, bool) { return coin_of(s, 0.98); }},
        {"uniform", 0.5, [](stream& s, bool) { return uniform_double(s); }},
        {"1 in 50 is 0, others 25/49", 0.5, [](stream& s, bool) { return seldom_low(s); }},
        {"0 or 1 when behind, 25/49 with 1 in 50 a 0 when ahead", 0.5, [](stream& s, bool ahead) { return ahead ? seldom_low(s) : coin_of(s, 0.5); }},
    };
}

/// The two gamblers of mean_sequence, betting against the true mean: a confidence sequence leaves the mean out as soon as one of them has made
/// 2/(1 - confidence). The same rule as mean_sequence's, kept for one mean only, so that every moment can be looked at.
class mean_watch {
public:
    explicit mean_watch(double mean) : mean_(mean) {
        for (std::size_t l = 0; l < 4; ++l) {
            goal_[l] = 2.0 / levels[l];
        }
    }
    void push(double x) {
        auto const n     = past_.next();
        auto const share = std::sqrt(2.0 / (past_.variance() * n * std::log(n + 1.0)));
        for (std::size_t l = 0; l < 4; ++l) {
            auto const stake = std::sqrt(std::log(goal_[l])) * share;
            up_[l]           = std::max(1e-280, up_[l] * (1.0 + std::min(stake, detail::largest_stake / mean_) * (x - mean_)));
            down_[l]         = std::max(1e-280, down_[l] * (1.0 + std::min(stake, detail::largest_stake / (1.0 - mean_)) * (mean_ - x)));
            missed_[l]       = missed_[l] || out_now(l);
        }
        past_.push(x);
    }
    [[nodiscard]] auto out_now(std::size_t level) const -> bool { return up_[level] >= goal_[level] || down_[level] >= goal_[level]; }
    [[nodiscard]] auto ever_out(std::size_t level) const -> bool { return missed_[level]; }
    [[nodiscard]] auto ahead() const -> bool { return up_[1] > 1.0; }

private:
    double               mean_;
    double               goal_[4] = {}, up_[4] = {1, 1, 1, 1}, down_[4] = {1, 1, 1, 1};
    bool                 missed_[4] = {};
    detail::past_moments past_{};
};

// ---- the tables ----

struct row {
    std::string what, null, how;
    double      rate[4];
    bool        above[4] = {};  // the band, or alpha itself where the rate is exact
};

inline auto exact_row(std::string what, std::string null, std::vector<double> const& rates) -> row {
    auto out = row{std::move(what), std::move(null), "exact", {}};
    for (std::size_t l = 0; l < 4; ++l) {
        out.rate[l]  = rates[l];
        out.above[l] = rates[l] > levels[l];
    }
    return out;
}

/// `simulate(source, convicted)` plays one game and says at which levels it ever convicted.
template <class Simulate>
auto simulated_row(std::string what, std::string null, std::size_t runs, std::uint32_t number, Simulate simulate) -> row {
    std::size_t count[4] = {};
    for (std::size_t run = 0; run < runs; ++run) {
        auto source       = stream(chacha_key{{number, static_cast<std::uint32_t>(run), 0, 0, 0x414e5954, 0, 0, 0}});  // "ANYT"
        bool convicted[4] = {};
        simulate(source, convicted);
        for (std::size_t l = 0; l < 4; ++l) {
            count[l] += convicted[l] ? 1u : 0u;
        }
    }
    auto out = row{std::move(what), std::move(null), std::to_string(runs) + " runs", {}};
    for (std::size_t l = 0; l < 4; ++l) {
        out.rate[l]  = static_cast<double>(count[l]) / static_cast<double>(runs);
        out.above[l] = count[l] >= band(runs, levels[l]);
    }
    return out;
}

constexpr char const* page = R"(
## Whenever one stops

An e-process may be looked at after every observation, so what counts is how often it *ever* says "p ≤ α". The numbers are those rates within %zu observations, for nulls whose law may depend on the
past. Coins are counted over all ways they can fall (*exact*); the others are simulated, with the band as above. `mean_sequence` errs when any interval it ever gives leaves the mean out, at confidence 1 − α.
`sequential_audit` asks about %zu pictures at most, each with its withheld versions; the scores are normal, and half of them 0 where it is ahead.

| evidence | null | how | 0.1 | 0.05 | 0.01 | 0.001 |
|---|---|---|---|---|---|---|
)";

constexpr char const* power_page = R"(
## What is found

Twins, 25 pairs, α = 0.05, each pair won by the published version with the chance on the left. *Fixed*: `twin_audit`, 18 wins or more of 25. *Sequential*: `sequential_audit`, with the pairs it asks about on
average. *Cut-off*: the published sequential rule, 24 wins of 25 (Huang, Gong & Reiter 2024). Exact, over all ways the coins can fall; the first row is the rate of false alarms.

| wins | fixed | sequential | pairs asked | cut-off |
|---|---|---|---|---|
)";

/// Prints both sections; the result is how many rates are above what they may be. A step costs 50 ns: the long run, of 100,000 streams of 10,000 steps for
/// each row, takes a quarter of an hour.
inline auto print(std::size_t runs) -> std::size_t {
    auto const steps = std::min<std::size_t>(10'000, runs), pictures = std::min<std::size_t>(2'000, runs);
    std::printf(page, steps, pictures);
    std::size_t broken = 0;
    auto const  show   = [&](row const& r) {
        std::printf("| `%s` | %s | %s |", r.what.c_str(), r.null.c_str(), r.how.c_str());
        for (std::size_t l = 0; l < 4; ++l) {
            broken += r.above[l] ? 1u : 0u;
            std::printf(r.above[l] ? " **%.5f** |" : " %.5f |", r.rate[l]);
        }
        std::printf("\n");
        std::fflush(stdout);
    };

    struct prior {
        double a, b;
    };
    for (auto const [a, b] : {prior{1.0, 1.0}, prior{0.5, 0.5}, prior{9.0, 1.0}}) {
        auto const process = coin_process(a, b);
        auto       fair = std::vector<double>(), turning = fair;
        for (auto const alpha : levels) {
            auto const least = fewest_wins(process, steps, alpha);
            fair.push_back(of_coins(least, [](std::size_t, std::size_t) { return 0.5; }).chance);
            turning.push_back(of_coins(least, [](std::size_t n, std::size_t w) { return 2 * w > n ? 0.45 : 0.5; }).chance);
        }
        auto const name = "coin_process(" + std::to_string(a).substr(0, 3) + ", " + std::to_string(b).substr(0, 3) + ")";
        show(exact_row(name, "fair coins", fair));
        show(exact_row(name, "fair when behind, won with chance 0.45 when ahead", turning));
    }

    std::uint32_t number = 0;
    for (auto const& law : null_laws()) {
        show(simulated_row("betting_process", law.name, runs, ++number, [&](stream& source, bool(&convicted)[4]) {
            auto p = betting_process(law.mean);
            for (std::size_t n = 0; n < steps && !p.rejects(levels[3]); ++n) {
                p.push(law.draw(source, p.log_e() > 0.0));
            }
            for (std::size_t l = 0; l < 4; ++l) {
                convicted[l] = p.rejects(levels[l]);
            }
        }));
    }
    for (auto const& law : null_laws()) {
        std::size_t run = 0;
        show(simulated_row("mean_sequence", law.name, runs, ++number, [&](stream& source, bool(&convicted)[4]) {
            auto       watch    = mean_watch(law.mean);
            auto       real     = mean_sequence(0.95);
            auto const compared = run++ < 20;  // the same rule: the interval itself says the same
            for (std::size_t n = 0; n < steps; ++n) {
                auto const x = law.draw(source, watch.ahead());
                watch.push(x);
                if (compared && n < 200) {
                    real.push(x);
                    auto const now = real.interval();
                    if ((law.mean < now.lower - 1e-11 || law.mean > now.upper + 1e-11) != watch.out_now(1)) {
                        std::fprintf(stderr, "validity: mean_sequence and the rule disagree after %zu numbers, %s\n", n + 1, law.name);
                        ++broken;
                    }
                }
            }
            for (std::size_t l = 0; l < 4; ++l) {
                convicted[l] = watch.ever_out(l);
            }
        }));
    }
    for (std::size_t const withheld : {1u, 4u}) {
        auto const versions = std::to_string(withheld) + (withheld == 1 ? " withheld version" : " withheld versions");
        show(simulated_row("sequential_audit", versions, runs, ++number, [&](stream& source, bool(&convicted)[4]) {
            auto       standing = 0;  // pictures won, less those lost
            auto const ask      = [&](std::size_t) {
                auto scores = std::vector<double>(withheld + 1);
                for (auto& x : scores) {
                    auto const u = uniform_double(source) + 0x1p-54, v = uniform_double(source);
                    auto const normal = std::sqrt(-2.0 * std::log(u)) * std::cos(6.283185307179586 * v);
                    x                 = standing > 10 && uniform_below(source, 2) == 0 ? 0.0 : normal;
                }
                auto const best = *std::max_element(scores.begin() + 1, scores.end());
                standing += scores[0] > best ? 1 : scores[0] < best ? -1 : 0;
                return scores;
            };
            auto const p = sequential_audit(pictures, ask, levels[3]).p_value;
            for (std::size_t l = 0; l < 4; ++l) {
                convicted[l] = p <= levels[l];
            }
        }));
    }

    std::printf("%s", power_page);
    auto const least = fewest_wins(coin_process{}, 25, 0.05);
    for (double const win : {0.5, 0.6, 0.7, 0.8, 0.9, 0.95}) {
        auto const s = of_coins(least, [win](std::size_t, std::size_t) { return win; });
        std::printf("| %.2f | %.4f | %.4f | %.1f | %.4f |\n", win, detail::binomial_upper(18, 25, win), s.chance, s.asked, detail::binomial_upper(24, 25, win));
    }
    return broken;
}

}  // namespace anytime
