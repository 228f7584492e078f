#include <hallmark/audit/sequential.hpp>

#include <doctest/doctest.h>
#include <audit/suspects.hpp>
#include <support/close.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

namespace {
// Picture i scores rows[i]; counts how often it was asked.
struct answers {
    std::vector<values> rows;
    std::size_t         asked = 0;
    auto                operator()(std::size_t i) -> values {
        ++asked;
        return rows.at(i);
    }
};
auto const win = values{1, 0}, loss = values{0, 1}, tie = values{1, 1};
}  // namespace

// The point of the audit: a question that is not asked costs nothing.
TEST_CASE("it stops at the first picture that suffices, and not later") {
    auto a = answers{std::vector<values>(100, win)};
    auto v = sequential_audit(100, a, 0.05);
    // Uniform on [1/2, 1]: e after n wins is 2 (2^(n + 1) - 1) / (n + 1) / 2, first at least 20 for n = 7: 255 / 8 = 31.9.
    CHECK(a.asked == 7);
    CHECK(v.n == 7);
    CHECK(v.queries == 14);
    CHECK(v.outcome == decision::shown);
    CHECK(close(v.e_value, 255.0 / 8.0, 1e-12));
    CHECK(close(v.p_value, 8.0 / 255.0, 1e-12));
    CHECK(v.statistic == 7.0);
    CHECK(v.hits == 0);
    CHECK(v.audit == "sequential, coins");
    CHECK(v.false_alarm_rate.upper == v.p_value);
    a = {std::vector<values>(100, win)};
    CHECK(sequential_audit(6, a, 0.05).outcome == decision::cannot_be_shown);
    CHECK(a.asked == 6);
    a = {std::vector<values>(100, win)};
    CHECK(sequential_audit(6, a, 0.05).warnings.at(0) ==
          "With 6 pictures no outcome gives a p-value below 0.0551181102; more pictures are needed for alpha = 0.05.");
}

TEST_CASE("ties count for neither side, losses against the claim") {
    auto a = answers{{win, tie, win, loss, win, tie}};
    auto v = sequential_audit(6, a, 0.9999);
    CHECK(a.asked == 1);  // e = 1.5 after the first win
    a = answers{{loss, tie, loss, win, loss, tie}};
    v = sequential_audit(6, a, 0.2);
    CHECK(a.asked == 6);
    CHECK(v.outcome == decision::not_shown);
    CHECK(v.statistic == 1.0);
    CHECK(v.hits == 3);
    CHECK(v.p_value == 1.0);  // the evidence never rose above 1
    CHECK(v.warnings.at(0) == "2 of the 6 pairs tied and count for neither side.");
}

// Every way ten coins can fall, each stopped where the audit stops: the chance of ever being accused is at most alpha.
TEST_CASE("the false-alarm rate under continuous looking, by enumeration") {
    for (double const alpha : {0.3, 0.1, 0.05, 0.01}) {
        std::size_t accused = 0;
        for (unsigned outcome = 0; outcome < 1u << 12; ++outcome) {
            auto const v = sequential_audit(12, [&](std::size_t i) { return outcome >> i & 1u ? win : loss; }, alpha, {self_check::orientation});
            accused += v.outcome == decision::shown ? 1u : 0u;
        }
        CHECK(static_cast<double>(accused) / 4096.0 <= alpha);
        CHECK(accused > 0);
    }
}

TEST_CASE("more versions: shares beaten, by betting") {
    auto       a        = answers{std::vector<values>(100, values{3, 1, 2, 0})};
    auto const v        = sequential_audit(100, a, 0.05);
    auto       expected = betting_process(0.5);
    while (!expected.rejects(0.05)) {
        expected.push(1.0);
    }
    CHECK(v.audit == "sequential, ranks");
    CHECK(v.n == expected.count());
    CHECK(v.p_value == expected.p_value());
    CHECK(v.queries == 4 * expected.count());
    CHECK(v.null_size == 3 * expected.count());
    // Ties count against the auditor here: 1 of 3 beaten, 2 tied, is a share of 1/3.
    a = answers{std::vector<values>(5, values{3, 1, 3, 3})};
    CHECK(close(sequential_audit(5, a, 0.05).statistic, 5.0 / 3.0, 1e-14));
}

// Pictures that share a key rise and fall together: one draw, counted as many. Of a hundred innocent sets, more than thirty were accused. Scores without any
// pattern: the fractional parts of multiples of irrational numbers; of each version `key_effect` times one for all pictures.
TEST_CASE("pictures that share a key are refused, with three withheld versions or more") {
    auto const fraction = [](double x) { return x - std::floor(x); };
    auto const sets     = [&](std::size_t versions, double key_effect, silenced_checks const& silenced = {}) {
        std::size_t accused = 0, refused = 0;
        for (std::size_t set = 0; set < 100; ++set) {
            auto const ask = [&](std::size_t i) {
                values out;
                for (std::size_t v = 0; v < versions; ++v) {
                    auto const at = static_cast<double>((set * 20 + i) * versions + v + 1);
                    out.push_back(fraction(at * at * 0.6180339887498949) +
                                      key_effect * fraction(static_cast<double>((set * versions + v + 1) * (set * versions + v + 1)) * 0.7548776662466927));
                }
                return out;
            };
            auto const v = sequential_audit(20, ask, 0.05, silenced);
            accused += v.outcome == decision::shown ? 1u : 0u;
            refused += state_of(v, self_check::independent_coins) == check_state::failed ? 1u : 0u;
        }
        return std::pair(accused, refused);
    };
    CHECK(sets(20, 2.0, {self_check::independent_coins}).first > 30);
    CHECK(sets(20, 2.0).first <= 5);
    CHECK(sets(20, 2.0).second >= 95);
    CHECK(sets(20, 0.0).second <= 2);  // 0.5 expected
    CHECK(sets(4, 0.0).second <= 2);
    // Two versions, and three: there is nothing to see it by, and the verdict says so.
    CHECK(sets(2, 2.0).second == 0);
    auto       a = answers{std::vector<values>(9, win)};
    auto const v = sequential_audit(9, a, 0.05);
    CHECK(check_of(v, self_check::independent_coins) ==
          check_result{self_check::independent_coins, check_state::not_run,
                       "scores of two versions cannot show whether the pictures share a key; if they do, there is one coin for all and the p-value is wrong"});
    a = answers{std::vector<values>(9, values{2, 1, 0})};
    CHECK(finding_of(sequential_audit(9, a, 0.05), self_check::independent_coins) == "it needs at least two samples and three withheld versions");
    a = answers{std::vector<values>(9, values{3, 2, 1, 0})};
    CHECK(state_of(sequential_audit(9, a, 0.05), self_check::independent_coins) == check_state::failed);
    a = answers{std::vector<values>(9, values{3, 2, 1, 0})};
    CHECK(state_of(sequential_audit(9, a, 0.05, {self_check::independent_coins}), self_check::independent_coins) == check_state::silenced);
    // Silenced or not, a check has one entry; and of a model's audit the marker's design is known.
    auto const once = [](verdict const& x) {
        return std::count_if(x.checks.begin(), x.checks.end(), [](check_result const& c) { return c.which == self_check::independent_coins; });
    };
    std::vector<std::size_t> const labels(12, 1);
    auto const                     known =
        sequential_audit(suspects::innocent_model{}, suspects::marker_with(key_design::independent), suspects::originals(12), labels, "alice", {});
    CHECK(once(known) == 1);
    CHECK(state_of(known, self_check::independent_coins) == check_state::passed);
}

TEST_CASE("a score that points the wrong way") {
    auto a = answers{std::vector<values>(20, loss)};
    auto v = sequential_audit(20, a, 0.05);
    CHECK(v.outcome == decision::not_valid);
    CHECK(v.warnings.at(0) ==
          "The self-check orientation failed: the published version wins 0 of 20 pairs; larger must mean member, so losses need a minus sign. The p-value must "
          "not be relied on.");
    a = answers{std::vector<values>(9, loss)};
    CHECK(state_of(sequential_audit(9, a, 0.05), self_check::orientation) == check_state::passed);  // e = 1023/10 = 102 is below 200
    // With more versions: the gambler of the other side. A tie is no loss.
    a = answers{std::vector<values>(20, values{0, 3, 1, 2})};
    v = sequential_audit(20, a, 0.05);
    CHECK(v.outcome == decision::not_valid);
    CHECK(finding_of(v, self_check::orientation) ==
          "the published versions beat a share of 0 of their withheld ones; larger must mean member, so losses need a minus sign");
    a = answers{std::vector<values>(40, values{0, 0, 1, 0})};
    CHECK(state_of(sequential_audit(40, a, 0.05), self_check::orientation) == check_state::passed);
}

TEST_CASE("from a model") {
    auto const originals = suspects::originals(12);
    auto const labels    = std::vector<std::size_t>(12, 1);
    auto const mark      = suspects::marker_with(key_design::independent);
    auto const suspect   = suspects::learnt(mark(originals, "alice"));
    auto const v         = sequential_audit(suspect, mark, originals, labels, "alice", {});
    CHECK(v.outcome == decision::shown);
    CHECK(v.queries == 14);  // of 24
    auto o           = sequential_options{};
    o.withheld       = 3;
    auto const ranks = sequential_audit(suspect, mark, originals, labels, "alice", o);
    CHECK(ranks.outcome == decision::shown);
    std::uint64_t const numbers[] = {50, 10, 30, 20, 90, 11, 12, 13, 14, 15, 16, 17};
    auto const          by_number = suspects::learnt(mark(originals, "alice", {0, 0, numbers}));
    CHECK(sequential_audit(by_number, mark, originals, labels, "alice", {}).outcome != decision::shown);
    o         = {};
    o.samples = numbers;
    CHECK(sequential_audit(by_number, mark, originals, labels, "alice", o).outcome == decision::shown);
}

// With one key for all, the pictures are one draw: whole versions are what can be spared.
TEST_CASE("a shared key: versions are drawn until it is clear that nothing is there") {
    auto const scores = values{2.0, 1.0, 3.0, 2.0, 0.0, 5.0, 1.0, 1.0};
    auto       asked  = std::size_t{0};
    auto const score  = [&](std::uint32_t v) {
        asked += 1;
        return scores.at(v);
    };
    auto const v = sequential_audit(score, 7, 2, 0.2);
    CHECK(asked == 4);  // versions 2 and 3 reach it
    CHECK(v.audit == "sequential, shared key");
    CHECK(v.p_value == 2.0 / 3.0);
    CHECK(v.hits == 2);
    CHECK(v.null_size == 3);
    CHECK(v.smallest_p == 1.0 / 8.0);
    CHECK(v.statistic == 2.0);
    CHECK(sequential_audit(score, 7, 9, 0.2).p_value == 4.0 / 8.0);
    auto const best = sequential_audit([](std::uint32_t version) { return version == 0 ? 1.0 : 0.0; }, 19, 10, 0.05);
    CHECK(best.outcome == decision::shown);
    CHECK(best.p_value == 0.05);
    CHECK(best.null_size == 19);
    auto const small = sequential_audit([](std::uint32_t version) { return version == 0 ? 1.0 : 0.0; }, 9, 10, 0.05);
    CHECK(small.outcome == decision::cannot_be_shown);
    CHECK(small.warnings.at(0) == "With 9 withheld keys no outcome gives a p-value below 0.1; for alpha = 0.05 there must be at least 19.");
}

TEST_CASE("a shared key, from a model") {
    auto const originals = suspects::originals(3);
    auto const labels    = std::vector<std::size_t>(3, 1);
    auto const shared    = suspects::marker_with(key_design::shared);
    auto       o         = sequential_options{};
    o.most               = 19;
    o.stop_hits          = 2;
    auto const caught    = sequential_audit(suspects::learnt(shared(originals, "alice")), shared, originals, labels, "alice", o);
    CHECK(caught.outcome == decision::shown);
    CHECK(caught.n == 3);
    CHECK(caught.queries == 60);
    auto const innocent = sequential_audit(suspects::learnt(shared(originals, "bob")), shared, originals, labels, "alice", o);
    CHECK(innocent.p_value == 1.0);
    CHECK(innocent.queries == 9);  // all versions tie
    auto const all =
        counterfactual_audit(score_versions(suspects::innocent_model{}, shared, originals, labels, "alice", {.withheld = 19}), key_design::shared, 0.05);
    o.stop_hits = 20;
    CHECK(sequential_audit(suspects::innocent_model{}, shared, originals, labels, "alice", o).p_value == all.p_value);
}

// Pictures with one number have one key, and so one coin between them.
TEST_CASE("numbers that are there twice") {
    auto const          mark      = suspects::marker_with(key_design::independent);
    std::uint64_t const numbers[] = {7, 7, 8};
    auto                o         = sequential_options{};
    o.samples                     = numbers;
    std::vector<std::size_t> const labels(3, 1);
    auto const                     v = sequential_audit(suspects::innocent_model{}, mark, suspects::originals(3), labels, 1, o);
    CHECK(v.outcome == decision::not_valid);
    CHECK(finding_of(v, self_check::shared_pictures) == "1 of the 3 pictures have the number, and so the key, of another");
}

// What multiplies over audits is the e-value where they stopped, not the highest on the way.
TEST_CASE("the e-value is that at the stop") {
    auto a = answers{{win, win, loss, loss}};
    auto v = sequential_audit(4, a, 0.01);
    auto e = coin_process{};
    for (bool const won : {true, true, false, false}) {
        e.push(won);
    }
    CHECK(close(v.e_value, std::exp(e.log_e()), 1e-12));
    CHECK(v.p_value == e.p_value());
    CHECK(v.p_value < 1.0 / v.e_value);
}

TEST_CASE("what a caller can get wrong") {
    auto const nan_ = std::numeric_limits<double>::quiet_NaN();
    auto const run  = [](std::vector<values> rows, double alpha = 0.05) { return sequential_audit(rows.size(), answers{rows}, alpha); };
    CHECK_THROWS_WITH_AS(run({}), "hallmark::sequential_audit: pictures is 0; allowed is 1 or more", error);
    CHECK_THROWS_WITH_AS(run({win}, 1.0), "hallmark::sequential_audit: alpha is 1; allowed is a number between 0 and 1, both left out", error);
    CHECK_THROWS_WITH_AS(run({{1}}), "hallmark::sequential_audit: scores has 1 value; at least 2 are needed", error);
    CHECK_THROWS_WITH_AS(run({{1, nan_}}), "hallmark::sequential_audit: scores[1] is NaN; allowed are finite numbers", error);
    CHECK_THROWS_WITH_AS(run({win, {1, 2, 3}}), "hallmark::sequential_audit: picture 1 has 3 scores; those before had 2", error);
    auto const mark   = suspects::marker_with(key_design::independent);
    auto const asking = [&](std::vector<std::size_t> const& labels, sequential_options const& o) {
        return sequential_audit(suspects::innocent_model{}, mark, suspects::originals(2), labels, 1, o);
    };
    auto o     = sequential_options{};
    o.withheld = 0;
    CHECK_THROWS_WITH_AS(asking({0, 0}, o), "hallmark::sequential_audit: options.withheld is 0; allowed is 1 or more withheld keys", error);
    o.withheld = 0xffffffffu;
    CHECK_THROWS_WITH_AS(asking({0, 0}, o), "hallmark::sequential_audit: options.withheld is 4294967295 and options.most is 999; allowed is up to 4294967294",
                         error);
    CHECK_THROWS_WITH_AS(asking({0}, {}), "hallmark::sequential_audit: there are 2 pictures and 1 labels", error);
    std::uint64_t const one[] = {1};
    o                         = {};
    o.samples                 = one;
    CHECK_THROWS_WITH_AS(asking({0, 0}, o), "hallmark::sequential_audit: options.samples has 1 numbers for 2 pictures", error);
}
