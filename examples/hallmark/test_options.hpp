// What `hallmark test` was asked, and which options each test knows.
#pragma once

#include "cli.hpp"

#include <hallmark/stats/concept.hpp>
#include <hallmark/stats/rank.hpp>
#include <hallmark/stats/resampling.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace cli {

struct test_options {
    CLI::App*     app = nullptr;
    std::string   name, x, y, column, side, method = "auto", continuity = "on";
    bool          paired    = false;
    double        margin    = 0.0;
    std::uint64_t successes = 0, trials = 0;
    double        p0    = 0.0;
    std::uint64_t draws = 9999, seed = 0;
    // Of single tests:
    std::string   x_groups, y_groups, in, out, variance = "per-sample", centre = "mean", members, nulls, x_retrained, y_retrained;
    bool          smoothed = false;
    std::uint64_t hits = 0, keys = 0, top_k = 1, classes = 0, directions = 1;
    double        threshold = 0.0, tpr = 0.0, fpr = 0.0, confidence = 0.95;
    std::string   zeros = "drop", x_references, y_references;
    double        gamma = 2.0, offline_a = 0.3;
    std::uint64_t stop_hits = 0, most = 0;
    double        alpha = 0.05, prior_a = 1.0, prior_b = 1.0, mean = 0.0, lower = 0.0, upper = 1.0;
};

/// The options a test cannot do without, and those it also understands. Any other is refused, not ignored.
struct abilities {
    std::vector<std::string> needs, knows;
};
/// By name.
[[nodiscard]] auto tests() -> std::map<std::string, abilities> const&;

[[nodiscard]] inline auto side_of(std::string const& side) -> hallmark::alternative {
    return side == "less" ? hallmark::alternative::less : side == "greater" ? hallmark::alternative::greater : hallmark::alternative::two_sided;
}
[[nodiscard]] inline auto name_of_side(hallmark::alternative a) -> std::string {
    return a == hallmark::alternative::less ? "less" : a == hallmark::alternative::greater ? "greater" : "two-sided";
}

/// --x of the rank tests: the number itself, or the one number in a file.
[[nodiscard]] auto observed_score(test_options const& o) -> double;

// Those that answer with more than a statistic and a p-value (test_fits.cpp).
[[nodiscard]] auto run_rank(test_options const& o) -> answer;
[[nodiscard]] auto run_conformal(test_options const& o) -> answer;
[[nodiscard]] auto run_lira(test_options const& o) -> answer;
[[nodiscard]] auto run_taggants(test_options const& o) -> answer;
[[nodiscard]] auto run_duci(test_options const& o) -> answer;
[[nodiscard]] auto run_privleak(test_options const& o) -> answer;
[[nodiscard]] auto run_rmia(test_options const& o) -> answer;
[[nodiscard]] auto run_rank_sum(test_options const& o) -> answer;
[[nodiscard]] auto run_friedman(test_options const& o) -> answer;

/// The JSON of a rank among nulls, however they were counted (test_fits.cpp).
[[nodiscard]] auto answer_of(hallmark::rank_result const& r, std::string const& name) -> answer;

// Those that take numbers one by one (test_anytime.cpp).
[[nodiscard]] auto run_sequential_rank(test_options const& o) -> answer;
[[nodiscard]] auto run_coin_process(test_options const& o) -> answer;
[[nodiscard]] auto run_betting_process(test_options const& o) -> answer;

}  // namespace cli
