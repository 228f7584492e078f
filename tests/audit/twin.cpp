#include <hallmark/audit/twin.hpp>

#include <doctest/doctest.h>
#include <audit/suspects.hpp>
#include <stats/enumerate.hpp>
#include <support/close.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

namespace {
// n pairs of which the published version wins the first `wins`.
auto won(std::size_t wins, std::size_t n, double alpha = 0.05) -> verdict {
    values published(n), withheld(n);
    for (std::size_t i = 0; i < n; ++i) {
        (i < wins ? published : withheld)[i] = 1.0;
    }
    return twin_audit(published, withheld, {alpha, {}, {}});
}
}  // namespace

TEST_CASE("pinned verdicts") {
    auto const v = won(18, 25);
    CHECK(v.audit == "twins");
    CHECK(v.outcome == decision::shown);
    CHECK(v.statistic == 18.0);
    CHECK(close(v.p_value, 726206.0 / 33554432.0, 1e-13));  // sum of C(25, k), k = 18 ... 25, over 2^25
    CHECK(v.smallest_p == std::ldexp(1.0, -25));
    CHECK(v.n == 25);
    CHECK(v.null_size == 25);
    CHECK(v.hits == 7);
    CHECK(v.false_alarm_rate.upper == v.p_value);
    CHECK(v.warnings.empty());
    CHECK(won(17, 25).outcome == decision::not_shown);  // 0.0539
    CHECK(won(3, 3).outcome == decision::cannot_be_shown);
    CHECK(won(3, 3).warnings.at(0) == "With 3 pairs that differ no outcome gives a p-value below 0.125; for alpha = 0.05 there must be at least 5.");
    CHECK(won(5, 5).outcome == decision::shown);
}

// The exact tail of a fair coin, for every number of wins: never more than alpha of the outcomes are accused.
TEST_CASE("the false-alarm rate is at most alpha, by enumeration") {
    values p;
    for (unsigned outcome = 0; outcome < 1u << 10; ++outcome) {
        values published(10), withheld(10);
        for (std::size_t i = 0; i < 10; ++i) {
            published[i] = outcome >> i & 1u ? 0.7 : 0.2;
            withheld[i]  = outcome >> i & 1u ? 0.2 : 0.7;
        }
        p.push_back(twin_audit(published, withheld, {}).p_value * (1 + 1e-13));
    }
    for (auto& x : p) {
        x = x > 1.0 ? 1.0 : x;
    }
    check_super_uniform(p);
}

// Given that a pair differs, its coin is still fair; counted as a loss it would only cost power, counted as a win it would accuse.
TEST_CASE("ties count for neither side") {
    auto const v = twin_audit(values{1, 1, 1, 1, 1, 2}, values{0, 0, 0, 0, 0, 2}, {});
    CHECK(v.p_value == 1.0 / 32.0);
    CHECK(v.n == 6);
    CHECK(v.null_size == 5);
    CHECK(v.warnings.at(0) == "1 of the 6 pairs tied and count for neither side.");
    CHECK(twin_audit(values{1, 1}, values{1, 1}, {}).p_value == 1.0);
    CHECK(twin_audit(values{1, 1}, values{1, 1}, {}).outcome == decision::cannot_be_shown);
}

TEST_CASE("self-checks") {
    CHECK(state_of(won(0, 7), self_check::orientation) == check_state::passed);  // 1/128
    auto const v = won(0, 8);
    CHECK(state_of(v, self_check::orientation) == check_state::failed);  // 1/256
    CHECK(v.outcome == decision::not_valid);
    CHECK(state_of(won(5, 5), self_check::shared_pictures) == check_state::not_run);
    // Two scores of each picture show nothing of shared keys, and that must not look like a check that passed.
    CHECK(check_of(won(5, 5), self_check::independent_coins) ==
          check_result{self_check::independent_coins, check_state::not_run,
                       "scores of two versions cannot show whether the pictures share a key; if they do, there is one coin for all and the p-value is wrong"});
    CHECK(state_of(twin_audit(values{1}, values{0}, {0.5, {}, {self_check::independent_coins}}), self_check::independent_coins) == check_state::silenced);
    std::uint64_t const twice[] = {4, 5, 4};
    auto const          copies  = twin_audit(values{1, 1, 1}, values{0, 0, 0}, {0.5, twice, {}});
    CHECK(copies.outcome == decision::not_valid);
    CHECK(copies.warnings.at(0) == "The self-check shared-pictures failed: 1 of the 3 pictures are copies of others. The p-value must not be relied on.");
    CHECK(twin_audit(values{1, 1, 1}, values{0, 0, 0}, {0.5, twice, {self_check::shared_pictures}}).outcome == decision::shown);
    std::uint64_t const once[] = {4, 5, 6};
    CHECK(state_of(twin_audit(values{1, 1, 1}, values{0, 0, 0}, {0.5, once, {}}), self_check::shared_pictures) == check_state::passed);
}

TEST_CASE("from a model: caught with independent keys, refused with a shared one") {
    auto const originals = suspects::originals(6);
    auto const labels    = std::vector<std::size_t>(6, 1);
    auto const mark      = suspects::marker_with(key_design::independent);
    auto const suspect   = suspects::learnt(mark(originals, "alice"));
    auto const v         = twin_audit(suspect, mark, originals, labels, "alice", {});
    CHECK(v.outcome == decision::shown);
    CHECK(v.p_value == 1.0 / 64.0);
    CHECK(v.queries == 12);
    CHECK(state_of(v, self_check::independent_coins) == check_state::passed);
    CHECK(std::count_if(v.checks.begin(), v.checks.end(), [](check_result const& c) { return c.which == self_check::independent_coins; }) == 1);
    auto const shared = suspects::marker_with(key_design::shared);
    auto const w      = twin_audit(suspects::learnt(shared(originals, "alice")), shared, originals, labels, "alice", {});
    CHECK(w.outcome == decision::not_valid);
    CHECK(
        w.warnings.at(0) ==
        "The self-check independent-coins failed: the marker's design is shared; twins need a key of its own for each picture. The p-value must not be relied "
        "on.");
}

// A model that never saw the pictures, and answers higher each time it is asked. Asked about the published set and then about the withheld one, or the other
// way round, it would be accused for half of the users.
TEST_CASE("a model that changes while it is asked is not accused") {
    auto const                     originals = suspects::originals(12);
    auto const                     mark      = suspects::marker_with(key_design::independent);
    std::vector<std::size_t> const labels(12, 1);
    std::size_t                    accused = 0;
    for (int user = 0; user < 100; ++user) {
        float      level = 0.0f;
        auto const v     = twin_audit(suspects::drifting_model{&level}, mark, originals, labels, user,
                                      {.alpha = 0.05, .batch_size = 12, .silenced = {self_check::orientation}});
        CHECK(v.null_size == 12);  // no ties: the drift decides every pair
        accused += v.outcome == decision::shown ? 1u : 0u;
    }
    CHECK(accused <= 8);  // P(10 or more of 12 coins) = 0.019
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(won(1, 2, 0.0), "hallmark::twin_audit: alpha is 0; allowed is a number between 0 and 1, both left out", error);
    CHECK_THROWS_WITH_AS(twin_audit(values{1}, values{1, 2}, {}), "hallmark::twin_audit: there are 1 published scores and 2 withheld ones", error);
    CHECK_THROWS_WITH_AS(twin_audit(values{}, values{}, {}), "hallmark::twin_audit: published is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(twin_audit(values{1}, values{std::numeric_limits<double>::quiet_NaN()}, {}),
                         "hallmark::twin_audit: withheld[0] is NaN; allowed are finite numbers", error);
    std::uint64_t const one[] = {1};
    CHECK_THROWS_WITH_AS(twin_audit(values{1, 2}, values{1, 2}, {0.05, one, {}}), "hallmark::twin_audit: options.pictures has 1 numbers for 2 pairs", error);
}
