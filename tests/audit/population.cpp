#include <hallmark/audit/population.hpp>

#include <doctest/doctest.h>
#include <audit/suspects.hpp>
#include <stats/enumerate.hpp>
#include <support/close.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

namespace {
// 0 to n − 1, well mixed.
auto nulls(std::size_t n) -> values {
    auto step = static_cast<std::size_t>(0.618 * static_cast<double>(n)) + 1;
    while (std::gcd(step, n) != 1) {
        ++step;
    }
    values out;
    for (std::size_t i = 0; i < n; ++i) {
        out.push_back(static_cast<double>(i * step % n));
    }
    return out;
}
}  // namespace

TEST_CASE("pinned verdicts") {
    auto const v = population_audit(100.0, nulls(99), {0.05, 25, 0});
    CHECK(v.audit == "population rank");
    CHECK(v.outcome == decision::shown);
    CHECK(v.alpha == 0.05);
    CHECK(v.statistic == 100.0);
    CHECK(v.p_value == 0.01);
    CHECK(v.smallest_p == 0.01);
    CHECK(v.n == 25);
    CHECK(v.null_size == 99);
    CHECK(v.hits == 0);
    CHECK(v.warnings.empty());

    auto const middle = population_audit(50.0, nulls(99), {0.05, 25, 0});
    CHECK(middle.p_value == 0.5);  // 50, ..., 98 reach it: 49
    CHECK(middle.hits == 49);
    CHECK(middle.outcome == decision::not_shown);
}

// A tie counted for the auditor makes the test reject too often exactly where scores are coarse.
TEST_CASE("ties count against the auditor") {
    CHECK(population_audit(1.0, values{1.0, 1.0, 0.0}, {}).p_value == 0.75);
    CHECK(population_audit(1.0, values(19, 1.0), {}).p_value == 1.0);
    CHECK(population_audit(-0.0, values{0.0}, {}).hits == 1);
}

// Zero hits are not a false-alarm rate of zero.
TEST_CASE("the bound on the false-alarm rate") {
    for (std::size_t const n : {1u, 19u, 500u, 5000u}) {
        auto const v = population_audit(1e9, nulls(n), {});
        CHECK(v.false_alarm_rate.lower == 0.0);
        CHECK(close(v.false_alarm_rate.upper, 1.0 - std::pow(0.05, 1.0 / static_cast<double>(n)), 1e-12));
    }
    CHECK(close(population_audit(1e9, nulls(5000), {}).false_alarm_rate.upper, 5.9897e-4, 1e-4));
    CHECK(population_audit(-1.0, nulls(19), {}).false_alarm_rate.upper == 1.0);
    // One hit in 20: the rate u with 20 u (1 − u)^19 + (1 − u)^20 = 0.05.
    auto const u = population_audit(19.0, nulls(20), {}).false_alarm_rate.upper;
    CHECK(close(20 * u * std::pow(1 - u, 19) + std::pow(1 - u, 20), 0.05, 1e-9));
}

// Every check is reported, whatever the caller gave: a check that was not made must not look like one that passed.
TEST_CASE("which checks are made") {
    auto const v = population_audit(9.0, nulls(499), {});
    REQUIRE(v.checks.size() == 7);
    CHECK(state_of(v, self_check::too_few_nulls) == check_state::passed);
    CHECK(finding_of(v, self_check::too_few_nulls) == "the least possible p-value is 0.002 and alpha is 0.05");
    CHECK(state_of(v, self_check::null_homogeneity) == check_state::passed);
    CHECK(state_of(v, self_check::orientation) == check_state::passed);
    CHECK(state_of(v, self_check::class_mismatch) == check_state::not_run);
    CHECK(finding_of(v, self_check::class_mismatch) == "it needs the class of each null set and of the set");
    CHECK(state_of(v, self_check::shared_pictures) == check_state::not_run);
    CHECK(state_of(v, self_check::blind_baseline) == check_state::not_run);
}

// A mean over 2 samples spreads seven times as wide as one over 100, so a small set stands out at the top without having been trained on.
TEST_CASE("null sets of another size") {
    auto const sizes = [](std::vector<std::size_t> each) {
        while (each.size() < 99) {
            each.push_back(each.back());
        }
        return each;
    };
    auto const of = [&](std::size_t samples, std::vector<std::size_t> const& each, silenced_checks const& silenced = {}) {
        return population_audit(1e9, nulls(99), {.samples = samples, .null_samples = each, .silenced = silenced});
    };
    CHECK(finding_of(population_audit(1e9, nulls(99), {.samples = 2}), self_check::set_size) ==
          "it needs to know how many samples the set and each null set have");
    CHECK(state_of(of(0, sizes({100})), self_check::set_size) == check_state::not_run);
    auto const equal = of(100, sizes({100}));
    CHECK(finding_of(equal, self_check::set_size) == "the set has 100 samples and the null sets have 100");
    CHECK(equal.outcome == decision::shown);
    CHECK(equal.warnings.empty());
    auto const small = of(2, sizes({100, 90}));
    CHECK(small.outcome == decision::not_valid);
    REQUIRE(small.warnings.size() == 1);
    CHECK(small.warnings[0] == "The self-check set-size failed: the set has 2 samples and the null sets have 90 to 100. The p-value must not be relied on.");
    std::string const warning = "The set has 90 samples and the null sets have 100; the p-value is right only for sets of the same size.";
    auto const        near    = of(90, sizes({100}));  // nine tenths
    CHECK(near.outcome == decision::shown);
    CHECK(near.warnings == std::vector<std::string>{warning});
    CHECK(of(89, sizes({100})).outcome == decision::not_valid);
    CHECK(of(110, sizes({100})).outcome == decision::shown);
    CHECK(of(111, sizes({100})).outcome == decision::not_valid);
    CHECK(of(50, sizes({2, 100})).outcome == decision::shown);  // some are smaller, some larger
    auto const silent = of(2, sizes({100}), {self_check::set_size});
    CHECK(silent.outcome == decision::shown);
    CHECK(silent.warnings.size() == 1);
    CHECK_THROWS_WITH_AS(of(2, {1, 2}), "hallmark::population_audit: null_samples has 2 entries for 99 null sets", error);
}

// A loss for a score puts a member at the bottom, where the answer would be a plain "not shown".
TEST_CASE("a set at the wrong end") {
    auto const v = population_audit(-1.0, nulls(199), {});
    CHECK(v.outcome == decision::not_valid);
    CHECK(v.p_value == 1.0);
    CHECK(state_of(v, self_check::orientation) == check_state::failed);
    REQUIRE(v.warnings.size() == 1);
    CHECK(v.warnings[0] ==
          "The self-check orientation failed: 0 of the 199 null sets score as low as the set or lower; larger must mean member, so losses need a minus sign. "
          "The p-value must not be relied on.");
    CHECK(population_audit(-1.0, nulls(198), {}).outcome == decision::not_shown);  // 1/199 is above the level
    auto silenced     = population_options{};
    silenced.silenced = {self_check::orientation};
    CHECK(population_audit(-1.0, nulls(199), silenced).outcome == decision::not_shown);
    CHECK(state_of(population_audit(-1.0, nulls(199), silenced), self_check::orientation) == check_state::silenced);
}

// Nulls glued together from two sources are no sample of either.
TEST_CASE("nulls whose halves differ") {
    values x;
    for (int i = 0; i < 40; ++i) {
        x.push_back(i < 20 ? i % 7 : 100 + i % 7);
    }
    auto const v = population_audit(1e9, x, {});
    CHECK(v.outcome == decision::not_valid);
    CHECK(state_of(v, self_check::null_homogeneity) == check_state::failed);
    CHECK(state_of(population_audit(1e9, values(x.begin(), x.begin() + 19), {}), self_check::null_homogeneity) == check_state::not_run);
    // Nulls that somebody sorted are no reason to refuse.
    std::sort(x.begin(), x.end());
    CHECK(state_of(population_audit(1e9, x, {}), self_check::null_homogeneity) == check_state::not_run);
    CHECK(state_of(population_audit(1e9, values(x.rbegin(), x.rend()), {}), self_check::null_homogeneity) == check_state::not_run);
    CHECK(population_audit(1e9, x, {}).outcome == decision::shown);
}

// Pooling classes flags an innocent user because some classes are easy.
TEST_CASE("only nulls of the set's class count") {
    std::size_t const classes[] = {1, 2, 1, 2, 1};
    auto              o         = population_options{};
    o.alpha                     = 0.3;
    o.null_classes              = classes;
    o.set_class                 = 1;
    auto const v                = population_audit(5.0, values{1, 9, 2, 9, 3}, o);
    CHECK(v.null_size == 3);
    CHECK(v.p_value == 0.25);
    CHECK(v.outcome == decision::shown);
    CHECK(finding_of(v, self_check::class_mismatch) == "3 of 5 null sets are of the set's class; 2 of other classes were left out");
    o.set_class = 2;
    CHECK(population_audit(5.0, values{1, 9, 2, 9, 3}, o).p_value == 1.0);
    o.set_class = 7;
    CHECK_THROWS_WITH_AS(population_audit(5.0, values{1, 9, 2, 9, 3}, o),
                         "hallmark::population_audit: none of the 5 null sets is of class 7, the class of the set", error);
    CHECK_THROWS_WITH_AS(population_audit(5.0, values{1, 9}, o), "hallmark::population_audit: null_classes has 5 entries for 2 null sets", error);
}

// Three hundred copies of one null are one null: p = 1/301 of a set that stands above it says what p = 1/2 says.
TEST_CASE("null scores that are equal to the last bit") {
    auto const state = [](values const& x) { return state_of(population_audit(1e3, x, {}), self_check::shared_pictures); };
    auto const root  = [](std::size_t i) { return std::sqrt(static_cast<double>(i) + 2.0); };
    // n scores of `different` sets, well mixed.
    auto const copies = [&](std::size_t n, std::size_t different, auto f) {
        values out;
        for (auto const i : nulls(n)) {
            out.push_back(f(static_cast<std::size_t>(i) % different));
        }
        return out;
    };
    for (std::size_t const different : {1u, 3u, 30u, 150u, 250u}) {
        auto const v = population_audit(1e3, copies(300, different, root), {});
        CHECK(state_of(v, self_check::shared_pictures) == check_state::failed);
        CHECK(v.outcome == decision::not_valid);
    }
    CHECK(finding_of(population_audit(1e3, copies(300, 3, root), {}), self_check::shared_pictures) ==
          "of the 300 null scores only 3 differ, and the others are equal to the last bit: copies of a null set are one null set, which null_pictures or "
          "disjoint tells");
    auto silenced     = population_options{};
    silenced.silenced = {self_check::shared_pictures};
    CHECK(population_audit(1e3, copies(300, 3, root), silenced).outcome == decision::shown);
    // Whoever says how many differ has counted the copies.
    CHECK(state_of(population_audit(1e3, copies(300, 30, root), {0.05, 1, 30}), self_check::shared_pictures) == check_state::not_run);
    CHECK(population_audit(1e3, copies(300, 30, root), {0.05, 1, 30}).p_value == 1.0 / 31.0);
    // A few that are equal say nothing, and neither do few.
    CHECK(state(copies(300, 280, root)) == check_state::not_run);
    CHECK(state(copies(19, 3, root)) == check_state::not_run);

    // Honest signals that tie: the test is valid with ties, and the check must not take it away. Hits of one picture, of 25 and of 1,000 as rates, counts,
    // rounded scores, whole numbers, half precision, losses of a saturated network in float32, scores cut off at both ends.
    auto const whole = [](std::size_t i) { return static_cast<double>(i); };
    for (auto const& x : {copies(300, 2, whole), copies(300, 7, [](std::size_t i) { return static_cast<double>(i) / 25.0; }),
                          copies(300, 40, [](std::size_t i) { return static_cast<double>(i) / 1000.0; }), copies(300, 12, whole),
                          copies(300, 100, [](std::size_t i) { return -0.01 * static_cast<double>(i); }),
                          copies(300, 9, [](std::size_t i) { return -0.6875 - static_cast<double>(i) / 512.0; }),
                          copies(300, 30, [](std::size_t i) { return -std::ldexp(static_cast<double>(i), -23); }),
                          copies(300, 300, [](std::size_t i) { return std::clamp(std::sin(static_cast<double>(i)), -0.3, 0.3 * std::sqrt(0.9)); })}) {
        auto const v = population_audit(1e3, x, {});
        CHECK(state_of(v, self_check::shared_pictures) == check_state::not_run);
        CHECK(v.outcome == decision::shown);
        CHECK(v.warnings.empty());
    }
    CHECK(finding_of(population_audit(1e3, copies(300, 2, whole), {}), self_check::shared_pictures) ==
          "the 300 null scores have 2 values, as hits, counts and rounded scores have; whether null sets are copies it could tell from null_pictures alone");
    // One value and no more: an innocent set above it is nothing strange, unless there are as many sets. That only the owner knows, so it is said.
    auto const constant = population_audit(1e3, values(300, 0.0), {});
    CHECK(constant.outcome == decision::shown);
    REQUIRE(constant.warnings.size() == 1);
    CHECK(constant.warnings[0] == "All 300 null scores are 0; the p-value is right only if they are of as many sets, and not copies of one.");
    CHECK(finding_of(constant, self_check::shared_pictures) ==
          "the 300 null scores have 1 value, as hits, counts and rounded scores have; whether null sets are copies it could tell from null_pictures alone");
}

TEST_CASE("null sets with pictures in common") {
    std::uint64_t const pictures[] = {1, 2, 2, 3, 4, 5, 6, 1};
    std::size_t const   offsets[]  = {0, 2, 4, 6, 8};  // {1, 2} {2, 3} {4, 5} {6, 1}: two of them are disjoint
    auto                o          = population_options{};
    o.null_pictures                = {pictures, offsets};
    // The second shares picture 2 with the first, the fourth picture 1: two sets are left, and one of them reaches 2.5.
    auto const v = population_audit(2.5, values{1, 9, 3, 9}, o);
    CHECK(v.null_size == 2);
    CHECK(v.hits == 1);
    CHECK(v.p_value == 2.0 / 3.0);
    CHECK(v.false_alarm_rate.upper == clopper_pearson_upper(1, 2, 0.95));
    CHECK(v.warnings.back() == "Only 2 of the 4 null sets share no pictures with one another; the others were left out.");
    CHECK(state_of(v, self_check::shared_pictures) == check_state::not_run);
    std::uint64_t const other[] = {7, 8};
    o.set_pictures              = other;
    CHECK(finding_of(population_audit(9.0, values{1, 2, 3, 4}, o), self_check::shared_pictures) == "0 null sets share a picture with the set");
    // Copies of one null set are one null set: 999 of them do not make p = 1/1000.
    std::vector<std::uint64_t> same(999, 5);
    std::vector<std::size_t>   each(1000);
    std::iota(each.begin(), each.end(), std::size_t{0});
    auto copies          = population_options{};
    copies.null_pictures = {same, each};
    auto const c         = population_audit(0.1, values(999, 0.0), copies);
    CHECK(c.p_value == 0.5);
    CHECK(c.outcome == decision::cannot_be_shown);
    std::uint64_t const own[] = {7, 5};
    o.set_pictures            = own;
    auto const w              = population_audit(9.0, values{1, 2, 3, 4}, o);
    CHECK(state_of(w, self_check::shared_pictures) == check_state::failed);
    CHECK(w.outcome == decision::not_valid);
    CHECK_THROWS_WITH_AS(population_audit(9.0, values{1, 2, 3}, o), "hallmark::population_audit: null_pictures has 4 entries for 3 null sets", error);
    std::size_t const falling[] = {0, 4, 2, 6, 8};
    o.null_pictures             = {pictures, falling};
    CHECK_THROWS_WITH_AS(population_audit(9.0, values{1, 2, 3, 4}, o), "hallmark::picture_groups: offset 2 is 2, after 4; allowed is the same or more", error);
    std::size_t const beyond[] = {0, 2, 4, 6, 9};
    o.null_pictures            = {pictures, beyond};
    CHECK_THROWS_WITH_AS(population_audit(9.0, values{1, 2, 3, 4}, o),
                         "hallmark::picture_groups: the last offset is 9 and there are 8 pictures; both must be the same", error);
    std::size_t const late[] = {1, 2, 4, 6, 8};
    o.null_pictures          = {pictures, late};
    CHECK_THROWS_WITH_AS(population_audit(9.0, values{1, 2, 3, 4}, o), "hallmark::picture_groups: the first offset is 1; allowed is 0", error);
    std::size_t const hollow[] = {0, 2, 2, 6, 8};
    o.null_pictures            = {pictures, hollow};
    CHECK_THROWS_WITH_AS(population_audit(9.0, values{1, 2, 3, 4}, o), "hallmark::picture_groups: null set 1 is empty; allowed is 1 or more pictures", error);
}

// If the pictures' looks alone tell the set from the nulls, the model's answers may say no more than the looks do.
TEST_CASE("a set that looks unlike its nulls without the model") {
    auto const blind = nulls(399);
    auto       o     = population_options{};
    o.blind_nulls    = blind;
    o.blind_set      = 200.0;
    CHECK(state_of(population_audit(1e9, nulls(399), o), self_check::blind_baseline) == check_state::passed);
    CHECK(population_audit(1e9, nulls(399), o).outcome == decision::shown);
    for (double const extreme : {-1.0, 1000.0}) {
        o.blind_set  = extreme;
        auto const v = population_audit(1e9, nulls(399), o);
        CHECK(v.outcome == decision::not_valid);
        CHECK(finding_of(v, self_check::blind_baseline) == "by a score made without the model, the published set stands out from the null sets with p = 0.005");
    }
    auto const few = nulls(398);
    o.blind_nulls  = few;
    CHECK(state_of(population_audit(1e9, nulls(398), o), self_check::blind_baseline) == check_state::not_run);
    CHECK_THROWS_WITH_AS(population_audit(1e9, nulls(5), o), "hallmark::population_audit: blind_nulls has 398 entries for 5 null sets", error);
}

// Sets that share pictures are not independent trials: the bound must not pretend that they are.
TEST_CASE("null sets that overlap") {
    auto const v = population_audit(1e9, nulls(500), {0.05, 25, 20});
    CHECK(v.p_value == 1.0 / 21.0);  // no less than twenty sets can give
    CHECK(v.smallest_p == 1.0 / 21.0);
    CHECK(v.null_size == 500);
    CHECK(close(v.false_alarm_rate.upper, 1.0 - std::pow(0.05, 1.0 / 20.0), 1e-12));
    REQUIRE(v.warnings.size() == 1);
    CHECK(v.warnings[0] ==
          "Only 20 of the 500 null sets share no pictures with others; the p-value and the bound on the false-alarm rate are those of 20 sets, with all that "
          "hit among them.");
    CHECK(population_audit(1e9, nulls(500), {0.01, 25, 20}).outcome == decision::cannot_be_shown);
    CHECK(population_audit(1e9, nulls(500), {0.01, 25, 20}).warnings[0] ==
          "With 20 null sets no outcome gives a p-value below 0.0476190476; for alpha = 0.01 there must be at least 99.");
    // 3 hits: any of the twenty may be among them.
    CHECK(population_audit(497.0, nulls(500), {0.05, 25, 20}).hits == 3);
    CHECK(population_audit(497.0, nulls(500), {0.05, 25, 20}).false_alarm_rate.upper == clopper_pearson_upper(3, 20, 0.95));
    CHECK(population_audit(470.0, nulls(500), {0.05, 25, 20}).false_alarm_rate.upper == 1.0);
    CHECK(population_audit(497.0, nulls(500), {0.05, 25, 20}).p_value == 4.0 / 21.0);
    CHECK(population_audit(470.0, nulls(500), {0.05, 25, 20}).p_value == 1.0);
    // All of them disjoint, said in either way: nothing to warn about.
    CHECK(population_audit(1e9, nulls(500), {0.05, 25, 500}).warnings.empty());
    CHECK(population_audit(1e9, nulls(500), {0.05, 25, 500}).false_alarm_rate == population_audit(1e9, nulls(500), {0.05, 25, 0}).false_alarm_rate);
}

// Where most null sets are copies of one, (1 + hits)/(nulls + 1) is below 1/(disjoint + 1) for half of the innocent, and counts the hits among the copies as
// many. Families of 1 to 30 copies, and any of the families the audited one.
TEST_CASE("null sets that are copies: the false-alarm rate is at most alpha, by enumeration") {
    for (std::size_t const families : {3u, 21u, 40u}) {
        for (std::size_t const copies : {1u, 2u, 30u, 0u}) {  // 0: one family has 400, the others 1 each
            values p;
            for (std::size_t own = 0; own <= families; ++own) {
                values others;
                for (std::size_t f = 0; f <= families; ++f) {
                    auto const many = copies != 0 ? copies : f == families / 2 ? 400u : 1u;
                    others.insert(others.end(), f == own ? 0 : many, static_cast<double>(f));
                }
                p.push_back(population_audit(static_cast<double>(own), others, {0.05, 1, families}).p_value);
            }
            check_super_uniform(p);
        }
    }
}

TEST_CASE("too few null sets for this alpha") {
    auto const v = population_audit(1e9, nulls(18), {});
    CHECK(v.outcome == decision::cannot_be_shown);
    REQUIRE(v.warnings.size() == 1);
    CHECK(v.warnings[0] == "With 18 null sets no outcome gives a p-value below 0.0526315789; for alpha = 0.05 there must be at least 19.");
    CHECK(population_audit(1e9, nulls(19), {}).outcome == decision::shown);
}

// The promise: whichever of n + 1 exchangeable sets is the audited one, P(p <= alpha) <= alpha.
TEST_CASE("the false-alarm rate is at most alpha, by enumeration") {
    for (std::size_t const n : {1u, 4u, 19u, 40u, 99u}) {
        for (auto const& pool : pools(n + 1)) {
            for (double const alpha : {0.01, 0.05, 0.1, 0.5}) {
                values      p;
                std::size_t shown = 0;
                for (std::size_t i = 0; i <= n; ++i) {
                    auto others = pool;
                    others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
                    auto const v = population_audit(pool[i], others, {alpha, 1, 0});
                    p.push_back(v.p_value);
                    shown += v.outcome == decision::shown ? 1u : 0u;
                }
                check_super_uniform(p);
                CHECK(static_cast<double>(shown) <= alpha * static_cast<double>(n + 1) * (1 + 1e-12));
            }
        }
    }
}

TEST_CASE("what a caller can get wrong") {
    auto const nan_ = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH_AS(population_audit(1.0, {}, {}), "hallmark::population_audit: there are no null sets to compare with", error);
    CHECK_THROWS_WITH_AS(population_audit(1.0, nulls(5), {0.0, 0, 0}),
                         "hallmark::population_audit: alpha is 0; allowed is a number between 0 and 1, both left out", error);
    CHECK_THROWS_WITH_AS(population_audit(1.0, nulls(5), {1.0, 0, 0}),
                         "hallmark::population_audit: alpha is 1; allowed is a number between 0 and 1, both left out", error);
    CHECK_THROWS_WITH_AS(population_audit(1.0, nulls(5), {0.05, 0, 6}), "hallmark::population_audit: 6 null sets are said to be disjoint and there are only 5",
                         error);
    CHECK_THROWS_WITH_AS(population_audit(nan_, nulls(5), {}), "hallmark::population_audit: observed is NaN; allowed is a finite number", error);
    auto const blind = values{1.0, nan_}, sound = values{1.0, 2.0};
    auto       o  = population_options{};
    o.blind_nulls = blind;
    CHECK_THROWS_WITH_AS(population_audit(1.0, nulls(2), o), "hallmark::population_audit: blind_nulls[1] is NaN; allowed are finite numbers", error);
    o.blind_nulls = sound;
    o.blind_set   = nan_;
    CHECK_THROWS_WITH_AS(population_audit(1.0, nulls(2), o), "hallmark::population_audit: blind_set is NaN; allowed is a finite number", error);
    CHECK_THROWS_WITH_AS(population_audit(1.0, values{1.0, nan_}, {}), "hallmark::population_audit: nulls[1] is NaN; allowed are finite numbers", error);
}

// Nine nulls of another class and nine copies of one null of the set's class: of the nine that are disjoint, one may be of the class.
TEST_CASE("of the disjoint null sets, those of other classes are none to compare with") {
    std::vector<double>      all;
    std::vector<std::size_t> classes;
    for (int i = 0; i < 9; ++i) {
        all.push_back(i);
        classes.push_back(0);
    }
    for (int i = 0; i < 9; ++i) {
        all.push_back(0.5);
        classes.push_back(1);
    }
    population_options o;
    o.alpha        = 0.05;
    o.disjoint     = 9;
    o.null_classes = classes;
    o.set_class    = 1;
    CHECK(population_audit(100.0, all, o).p_value == 0.5);
    o.disjoint = 12;
    CHECK(population_audit(100.0, all, o).p_value == 0.25);
}
