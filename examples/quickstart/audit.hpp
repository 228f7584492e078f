// Both audits of one model, and what could be said without marks.
#pragma once

#include "data.hpp"
#include "options.hpp"
#include "training.hpp"

#include <hallmark/audit/verdict.hpp>
#include <hallmark/mark/marker.hpp>
#include <hallmark/metric/roc.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace quickstart {

/// What both audits say about one user.
struct finding {
    hallmark::verdict verdict;
    double            adjusted_p;  ///< by Benjamini & Hochberg over all users
    bool              flagged;     ///< adjusted_p is at most the false discovery rate
};
struct user_findings {
    finding counterfactual;
    finding population;
};

/// Null sets: held-out pictures, marked as other users would have marked them. Sets of one class stand side by side.
struct null_scores {
    std::vector<double>      pictures;  ///< score of each picture, set after set
    std::vector<double>      sets;      ///< mean over each set
    std::vector<std::size_t> classes;   ///< that have sets, in this order
    std::size_t              per_class = 0;
    std::vector<std::size_t> disjoint;  ///< of each of these classes: how many of its sets share no picture with another
};

struct audit_result {
    std::vector<user_findings> users;
    std::vector<double>        member_pictures;  ///< score of each of the users' marked pictures
    std::vector<double>        members;          ///< mean over each user's
    null_scores                nulls;
};

/// How well members stand out from others.
struct separation {
    std::string    what;
    std::size_t    members, nulls;
    double         auc;
    hallmark::rate tpr_at_zero;  ///< share of members above every null
};

/// How many steps `bar` is advanced by an audit.
[[nodiscard]] auto audit_steps(dealt const& d, options const& o) -> std::size_t;

/// Runs the counterfactual and the population audit on every user. Several models can be audited at once.
[[nodiscard]] auto audit(classifier& model, dealt const& d, hallmark::marker const& mark, options const& o, progress& bar) -> audit_result;

/// The model that `done` audited, seen by someone without marks and by someone with them, picture by picture and in sets.
[[nodiscard]] auto compare(classifier& model, dealt const& d, audit_result const& done, options const& o) -> std::vector<separation>;

}  // namespace quickstart
