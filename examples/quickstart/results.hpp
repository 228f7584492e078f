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
    double                    test_accuracy;  ///< on held-out pictures, with the weights that are audited
    audit_result              audit;
};

struct claim {
    std::string sentence;
    bool        holds;
};

struct results {
    options                   settings;
    std::string               source;      ///< where the pictures come from, in words
    std::size_t               pool;        ///< how many pictures there were
    std::string               commitment;  ///< to the secret key
    hallmark::mark_parameters mark;
    dealt                     data;
    subject                   suspect, innocent;
    std::vector<separation>   compared;  ///< on the suspect: with and without marks
    std::vector<claim>        claims;    ///< none where the scale makes none
    char const*               place;     ///< where the networks were trained
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

/// The results for a terminal, for a browser, for programs and for docs/results.md.
[[nodiscard]] auto as_table(results const& r) -> std::string;
[[nodiscard]] auto as_html(results const& r) -> std::string;
[[nodiscard]] auto as_json(results const& r) -> std::string;
[[nodiscard]] auto as_markdown(results const& r) -> std::string;
/// Puts a table between the lines <!-- results --> and <!-- /results --> of a file, or, where it has none, makes the file of it.
void write_table(std::string const& path, std::string const& table);

/// The network and the training of these settings, in words.
[[nodiscard]] auto network_in_words(options const& o) -> std::string;
[[nodiscard]] auto training_in_words(options const& o) -> std::string;

}  // namespace quickstart
