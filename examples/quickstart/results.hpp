// Everything a run found out, and the claim it makes about itself.
#pragma once

#include "audit.hpp"
#include "data.hpp"
#include "options.hpp"
#include "training.hpp"

#include <string>
#include <vector>

namespace quickstart {

/// One of the two networks.
struct subject {
    std::vector<epoch_record> curve;
    audit_result              audit;
};

struct claim {
    std::string sentence;
    bool        holds;
};

struct results {
    options                   settings;
    recipe                    how;
    std::string               source;      ///< where the pictures come from, in words
    std::size_t               pool;        ///< how many pictures there were
    std::string               commitment;  ///< to the secret key
    hallmark::mark_parameters mark;
    dealt                     data;
    subject                   suspect, innocent;
    std::vector<separation>   compared;  ///< on the suspect: with and without marks
    std::vector<claim>        claims;
    double                    load_seconds, train_seconds, audit_seconds;
};

/// How many users an audit flagged.
[[nodiscard]] auto flagged(audit_result const& a, finding user_findings::*which) -> std::size_t;
/// How many null sets reach the score of the lowest member.
[[nodiscard]] auto nulls_above_lowest(audit_result const& a) -> std::size_t;
/// Of the null sets of all classes, how many share no picture with another.
[[nodiscard]] auto disjoint_nulls(audit_result const& a) -> std::size_t;

/// What the program promises, and whether it came true.
[[nodiscard]] auto check(results const& r) -> std::vector<claim>;

/// The results for a terminal, for a browser and for programs.
[[nodiscard]] auto as_table(results const& r) -> std::string;
[[nodiscard]] auto as_html(results const& r) -> std::string;
[[nodiscard]] auto as_json(results const& r) -> std::string;

}  // namespace quickstart
