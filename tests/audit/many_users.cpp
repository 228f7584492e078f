#include <hallmark/audit/many_users.hpp>

#include <hallmark/audit/population.hpp>
#include <hallmark/stats/conformal.hpp>

#include <doctest/doctest.h>
#include <audit/suspects.hpp>

#include <cstddef>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

namespace {
auto user(double p, double smallest_p = 0.001, decision outcome = decision::not_shown) -> verdict {
    return {"population rank", outcome, 0.05, 0.0, p, smallest_p, 25, 999, 0, {}, {}};
}
auto p_values(std::vector<verdict> const& v) -> values {
    values out;
    for (auto const& x : v) {
        out.push_back(x.p_value);
    }
    return out;
}
}  // namespace

// Each at 5 % alone, twenty innocent users make one accusation on average. The family keeps its rate.
TEST_CASE("verdicts are those of the adjusted p-values") {
    auto const users = std::vector<verdict>{user(0.001), user(0.03), user(0.012), user(0.9)};
    auto const bh    = many_users_audit(users, 0.05);
    CHECK(p_values(bh) == benjamini_hochberg(values{0.001, 0.03, 0.012, 0.9}));
    CHECK(bh[0].outcome == decision::shown);
    CHECK(bh[1].outcome == decision::shown);  // 0.03 * 4 / 3
    CHECK(bh[2].outcome == decision::shown);
    CHECK(bh[3].outcome == decision::not_shown);
    CHECK(bh[0].audit == "population rank, one of 4 users (Benjamini-Hochberg)");
    CHECK(bh[0].alpha == 0.05);
    auto const by = many_users_audit(users, 0.05, family_control::benjamini_yekutieli);
    CHECK(p_values(by) == benjamini_yekutieli(values{0.001, 0.03, 0.012, 0.9}));
    CHECK(by[1].outcome == decision::not_shown);
    auto const all = many_users_audit(users, 0.05, family_control::holm);
    CHECK(p_values(all) == holm(values{0.001, 0.03, 0.012, 0.9}));
    CHECK(all[2].outcome == decision::shown);
    CHECK(all[1].outcome == decision::not_shown);
    CHECK(all[1].audit == "population rank, one of 4 users (Holm)");
    CHECK(many_users_audit(users, 0.001)[0].outcome == decision::not_shown);  // 0.004
    CHECK(many_users_audit(users, 0.001)[0].alpha == 0.001);
}

TEST_CASE("what cannot be shown, and what is not valid, stay so") {
    auto const users = std::vector<verdict>{user(0.2, 0.2), user(0.001, 0.001, decision::not_valid)};
    auto const out   = many_users_audit(users, 0.05);
    CHECK(out[0].outcome == decision::cannot_be_shown);
    CHECK(out[1].outcome == decision::not_valid);
    CHECK(out[1].p_value == 1.0);
    CHECK(out[0].smallest_p == 0.4);  // the other one counts, with p = 1
    // Ninety that are not valid, with tiny p-values, must not make room for one that is.
    auto crowd = std::vector<verdict>(90, user(1e-9, 1e-9, decision::not_valid));
    crowd.push_back(user(0.04));
    crowd.insert(crowd.end(), 9, user(0.5));
    CHECK(many_users_audit(crowd, 0.05)[90].outcome == decision::not_shown);
    // A hundred users at the least p there is: Holm cannot show any of them.
    auto const many = many_users_audit(std::vector<verdict>(100, user(0.01, 0.01)), 0.05, family_control::holm);
    CHECK(many[0].smallest_p == 1.0);
    CHECK(many[0].outcome == decision::cannot_be_shown);
}

// Whoever silences a check for each user has silenced it for the family: one rule, and the list of checks says what was decided.
TEST_CASE("too few nulls for the family, and silenced") {
    auto const nulls  = values{1, 2, 3, 4, 5};
    auto const family = [&](silenced_checks const& silenced) {
        std::vector<verdict> users;
        for (double const observed : {2.5, 4.5, 9.0}) {
            users.push_back(population_audit(observed, nulls, {.alpha = 0.05, .silenced = silenced}));
        }
        return many_users_audit(users, 0.05);
    };
    CHECK(population_audit(2.5, nulls, {.alpha = 0.05, .silenced = {self_check::too_few_nulls}}).outcome == decision::not_shown);
    for (auto const& v : family({self_check::too_few_nulls})) {
        CHECK(v.outcome == decision::not_shown);
        CHECK(state_of(v, self_check::too_few_nulls) == check_state::silenced);
    }
    for (auto const& v : family({})) {
        CHECK(v.outcome == decision::cannot_be_shown);
        CHECK(state_of(v, self_check::too_few_nulls) == check_state::failed);
    }
    // 19 nulls are enough for each alone and too few for three by Holm; the check says which it was, in the same place.
    values many;
    for (int i = 0; i < 19; ++i) {
        many.push_back(i * 7 % 19);
    }
    auto const alone = population_audit(3.5, many, {});
    auto const three = many_users_audit(std::vector(3, alone), 0.05, family_control::holm);
    CHECK(alone.checks.size() == three[0].checks.size());
    CHECK(three[0].checks[0] == check_result{self_check::too_few_nulls, check_state::failed, "the least possible p-value is 0.15 and alpha is 0.05"});
    CHECK(alone.checks[0] == check_result{self_check::too_few_nulls, check_state::passed, "the least possible p-value is 0.05 and alpha is 0.05"});
    CHECK(three[0].outcome == decision::cannot_be_shown);
}

// What the page on audits sends users of millions to.
TEST_CASE("conformal_p_values are population_audit's p-values, for every user") {
    auto const nulls    = values{3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5};
    auto const observed = values{-1, 1, 2.5, 5, 9, 10, 3};
    auto const p        = conformal_p_values(observed, nulls);
    for (std::size_t i = 0; i < observed.size(); ++i) {
        CHECK(p[i] == population_audit(observed[i], nulls, {}).p_value);
    }
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(many_users_audit({}, 0.05), "hallmark::many_users_audit: there are no users", error);
    CHECK_THROWS_WITH_AS(many_users_audit(std::vector{user(0.5)}, 1.0),
                         "hallmark::many_users_audit: alpha is 1; allowed is a number between 0 and 1, both left out", error);
    CHECK(name_of(static_cast<family_control>(9)).empty());
}
