#include <hallmark/audit/counterfactual.hpp>

#include <doctest/doctest.h>
#include <audit/suspects.hpp>
#include <mark/fingerprint/batches.hpp>
#include <stats/enumerate.hpp>
#include <support/close.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;
using labels = std::vector<std::size_t>;

namespace {
using fingerprints::pictures;

using suspects::floats;
using suspects::innocent_model;
using suspects::memory_model;
using suspects::options;

auto with(key_design design) -> marker { return suspects::marker_with(design); }

// The scores as they would be if version v had been published: v first, the others behind it.
auto published(version_scores const& all, std::vector<std::size_t> const& which) -> version_scores {
    auto out = all;
    for (std::size_t i = 0; i < all.samples; ++i) {
        std::swap(out.values[i], out.values[which[i] * all.samples + i]);
    }
    return out;
}
}  // namespace

TEST_CASE("a shared key: the rank of the published version's mean") {
    // Two samples, published and four withheld; means 3, 1, 3, 5, 2.5.
    auto const v = counterfactual_audit({2, {2, 4, 1, 1, 6, 0, 5, 5, 0, 5}}, key_design::shared, 0.3);
    CHECK(v.audit == "counterfactual, shared key");
    CHECK(v.statistic == 3.0);
    CHECK(v.hits == 2);  // the tie counts
    CHECK(v.p_value == 0.6);
    CHECK(v.smallest_p == 0.2);
    CHECK(v.n == 2);
    CHECK(v.null_size == 4);
    CHECK(v.alpha == 0.3);
    CHECK(v.outcome == decision::not_shown);
    CHECK(v.warnings.empty());
    CHECK(v.false_alarm_rate.lower == 0.0);
    CHECK(v.false_alarm_rate.upper == clopper_pearson_upper(2, 4, 0.95));
    CHECK(counterfactual_audit({2, {9, 9, 1, 1, 6, 0, 5, 5, 0, 5}}, key_design::shared, 0.3).outcome == decision::shown);
}

TEST_CASE("independent keys: the sum of the samples' ranks, exactly") {
    // Sample 0: 2 beats 1 and 0 and ties with 2; sample 1: 4 beats 1 and 0, not 5 and 5. Statistic 2 + 2 of at most 8.
    auto const scores = version_scores{2, {2, 4, 1, 1, 6, 0, 2, 5, 0, 5}};
    auto const v      = counterfactual_audit(scores, key_design::independent, 0.3);
    CHECK(v.audit == "counterfactual, independent keys");
    CHECK(v.statistic == 4.0);
    CHECK(close(v.p_value, 15.0 / 25.0, 1e-14));  // pairs from {0, ..., 4} with sum 4 or more
    CHECK(close(v.smallest_p, 1.0 / 25.0, 1e-14));
    CHECK(v.false_alarm_rate.upper == v.p_value);
    auto const best = counterfactual_audit({2, {9, 9, 1, 1, 6, 0, 2, 5, 0, 5}}, key_design::independent, 0.05);
    CHECK(best.statistic == 8.0);
    CHECK(close(best.p_value, 0.04, 1e-14));
    CHECK(best.outcome == decision::shown);  // although 1/(B + 1) is 0.2
}

TEST_CASE("too few withheld keys, in either design") {
    auto const scores = version_scores{2, {9, 9, 1, 1, 2, 2}};
    CHECK(counterfactual_audit(scores, key_design::shared, 0.05).warnings.at(0) ==
          "With 2 withheld keys no outcome gives a p-value below 0.333333333; for alpha = 0.05 there must be at least 19.");
    auto const v = counterfactual_audit(scores, key_design::independent, 0.05);
    CHECK(v.outcome == decision::cannot_be_shown);
    // (4 + 1)^-2 = 0.04 will do: two samples are two draws.
    CHECK(v.warnings.at(0) == "With 2 withheld keys no outcome gives a p-value below 0.111111111; for alpha = 0.05 there must be at least 4.");
}

// Under the null the published version is any of the B + 1 with equal chance. For every alpha at all, P(p <= alpha) <= alpha.
TEST_CASE("shared key: the false-alarm rate is at most alpha, by enumeration") {
    for (auto const& scores : {version_scores{2, {1, 2, 2, 1, 3, 0, 0, 0, 5, 5, 5, 4}}, version_scores{1, {1, 1, 1, 1, 1}}, version_scores{3, values(300, 0.5)},
                               version_scores{1, {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4, 6}}}) {
        values p;
        for (std::size_t v = 0; v < scores.versions(); ++v) {
            p.push_back(counterfactual_audit(published(scores, std::vector<std::size_t>(scores.samples, v)), key_design::shared, 0.05).p_value);
        }
        check_super_uniform(p);
        CHECK(*std::max_element(p.begin(), p.end()) == 1.0);
    }
}

// With independent keys every sample has a coin of its own: all (B + 1)^K outcomes, with and without ties.
TEST_CASE("independent keys: the false-alarm rate is at most alpha, by enumeration") {
    for (auto const& scores : {version_scores{3, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}}, version_scores{3, {1, 1, 2, 1, 2, 2, 0, 1, 2, 1, 1, 1}},
                               version_scores{4, {1, 2, 3, 4, 4, 3, 2, 1, 0, 0, 0, 0, 5, 5, 5, 5, 2, 2, 2, 2}}, version_scores{4, values(12, 1.0)}}) {
        values                   p;
        std::vector<std::size_t> which(scores.samples, 0);
        for (std::size_t turn = 0;; ++turn) {
            auto rest = turn;
            for (auto& w : which) {
                w = rest % scores.versions();
                rest /= scores.versions();
            }
            if (rest != 0) {
                break;
            }
            p.push_back(counterfactual_audit(published(scores, which), key_design::independent, 0.05).p_value);
        }
        CHECK(p.size() == static_cast<std::size_t>(std::lround(std::pow(scores.versions(), scores.samples))));
        // The p-values are sums of floating-point products; a unit of the last place is no false alarm.
        for (auto& x : p) {
            x *= 1 + 1e-13;
        }
        check_super_uniform(p);
    }
}

// Exact where nothing ties: the test is not merely valid, it wastes nothing.
TEST_CASE("independent keys without ties: P(p <= x) is x for every p that occurs") {
    auto const scores = version_scores{2, {1, 2, 3, 4, 5, 6, 7, 8}};
    values     p;
    for (std::size_t a = 0; a < 4; ++a) {
        for (std::size_t b = 0; b < 4; ++b) {
            p.push_back(counterfactual_audit(published(scores, {a, b}), key_design::independent, 0.05).p_value);
        }
    }
    std::sort(p.begin(), p.end());
    for (std::size_t i = 0; i < p.size(); ++i) {
        if (i + 1 == p.size() || p[i + 1] > p[i] * (1 + 1e-12)) {
            CHECK(close(p[i], static_cast<double>(i + 1) / 16.0, 1e-12));
        }
    }
}

// The whole way: marks, model, signal, aggregate, p-value. A suspect that knows the published pictures, and only those,
// is caught with the least p there is; published under another version, as if never marked, it is not.
TEST_CASE("a model that learnt the published pictures is caught") {
    auto const originals = pictures<std::uint8_t>(5, 3, 12, 10);
    auto const y         = labels(5, 1);
    for (auto const design : {key_design::shared, key_design::independent}) {
        auto const m       = with(design);
        auto const suspect = memory_model{floats(m(originals, "alice"))};
        auto const v       = counterfactual_audit(suspect, m, originals, y, "alice", options(19));
        CHECK(v.outcome == decision::shown);
        CHECK(close(v.p_value, v.smallest_p, 1e-14));
        CHECK(close(v.p_value, design == key_design::shared ? 1.0 / 20.0 : std::pow(20.0, -5), 1e-12));
        CHECK(v.n == 5);
        CHECK(v.null_size == 19);
        CHECK(v.hits == 0);
        // Another user's marks on the same pictures were not learnt: all versions tie, so p is 1.
        CHECK(counterfactual_audit(suspect, m, originals, y, "bob", options(19)).p_value == 1.0);
        // With the label it is sure not to be, the same model looks least like one trained on them.
        CHECK(counterfactual_audit(suspect, m, originals, labels(5, 0), "alice", options(19)).p_value == 1.0);
    }
}

// Marked floats are asked about as they are, 8-bit ones divided by 255.
TEST_CASE("float originals, sample numbers and their order") {
    auto const          originals = pictures<float>(4, 3, 12, 10);
    auto const          y         = labels(4, 1);
    std::uint64_t const numbers[] = {40, 10, 30, 20};
    auto const          m         = with(key_design::independent);
    auto                o         = options(19);

    auto const by_number = memory_model{m(originals, 7, {0, 0, numbers})};
    CHECK(counterfactual_audit(by_number, m, originals, y, 7, o).p_value == 1.0);  // numbered 0 to 3 in the audit
    o.samples = numbers;
    CHECK(close(counterfactual_audit(by_number, m, originals, y, 7, o).p_value, std::pow(20.0, -4), 1e-13));

    auto const by_first = memory_model{m(originals, 7, {0, 1000, {}})};
    o                   = options(19);
    CHECK(counterfactual_audit(by_first, m, originals, y, 7, o).p_value == 1.0);
    o.first_sample = 1000;
    CHECK(counterfactual_audit(by_first, m, originals, y, 7, o).outcome == decision::shown);
}

// Whichever version had been published, an innocent model is accused in a fraction alpha of the cases at most.
TEST_CASE("an innocent model, every version taken for the published one") {
    auto const originals = pictures<float>(3, 1, 9, 9);
    auto const y         = labels{0, 2, 1};
    for (auto const design : {key_design::shared, key_design::independent}) {
        auto const all = score_versions(innocent_model{}, with(design), originals, y, 3, options(design == key_design::shared ? 39 : 7));
        values     p;
        if (design == key_design::shared) {
            for (std::size_t v = 0; v < all.versions(); ++v) {
                p.push_back(counterfactual_audit(published(all, std::vector<std::size_t>(3, v)), design, 0.05).p_value);
            }
        } else {
            for (std::size_t turn = 0; turn < 8 * 8 * 8; ++turn) {
                p.push_back(counterfactual_audit(published(all, {turn % 8, turn / 8 % 8, turn / 64}), design, 0.05).p_value * (1 + 1e-13));
            }
        }
        check_super_uniform(p);
        CHECK(*std::min_element(p.begin(), p.end()) < 0.03);  // the model does tell the versions apart
    }
}

TEST_CASE("another aggregate and another signal") {
    struct most {  // the best single sample
        double      best = -1e9;
        std::size_t n    = 0;
        void        push(double x) { best = std::max(best, x), ++n; }
        void        merge(most const& o) { best = std::max(best, o.best), n += o.n; }
        auto        value() const -> double { return best; }
        auto        count() const noexcept -> std::size_t { return n; }
        auto        operator==(most const&) const -> bool = default;
    };
    static_assert(aggregator<most>);
    auto const scores = version_scores{2, {0, 9, 8, 8, 7, 7}};
    CHECK(counterfactual_audit(scores, key_design::shared, 0.4, most{}).p_value == 1.0 / 3.0);
    CHECK(counterfactual_audit(scores, key_design::shared, 0.4).p_value == 1.0);
    auto const originals = pictures<std::uint8_t>(2, 3, 8, 8);
    auto const m         = with(key_design::shared);
    auto const suspect   = memory_model{floats(m(originals, 1))};
    CHECK(counterfactual_audit(suspect, m, originals, labels(2, 1), 1, options(4), logit_scaled{}, most{}).p_value == 0.2);
}

namespace {
// Scores without any pattern: the fractional parts of multiples of irrational numbers. With `key_effect`, version by version the same for all samples.
auto scattered(std::size_t samples, std::size_t versions, double key_effect) -> version_scores {
    auto const fraction = [](double x) { return x - std::floor(x); };
    auto       out      = version_scores{samples, {}};
    for (std::size_t v = 0; v < versions; ++v) {
        for (std::size_t i = 0; i < samples; ++i) {
            auto const at = static_cast<double>(v * samples + i + 1);
            out.values.push_back(fraction(at * at * 0.6180339887498949) + key_effect * fraction(static_cast<double>(v) * 0.7548776662466927));
        }
    }
    return out;
}
}  // namespace

// Pictures that share a key are one draw. Counted as independent coins, they give a p-value that is far too small.
TEST_CASE("coins that move together are refused by the independent design") {
    auto const apart = counterfactual_audit(scattered(10, 40, 0.0), key_design::independent, 0.05);
    CHECK(state_of(apart, self_check::independent_coins) == check_state::passed);
    CHECK(apart.outcome != decision::not_valid);
    auto const together = counterfactual_audit(scattered(10, 40, 2.0), key_design::independent, 0.05);
    CHECK(state_of(together, self_check::independent_coins) == check_state::failed);
    CHECK(together.outcome == decision::not_valid);
    CHECK(together.warnings.at(0).starts_with("The self-check independent-coins failed: the samples' withheld scores move together with p = "));
    // The published version is the lowest of all pictures here, which would be strange of independent ones: a second check that fails.
    auto const silenced =
        counterfactual_audit(scattered(10, 40, 2.0), key_design::independent, 0.05, mean{}, {self_check::independent_coins, self_check::orientation});
    CHECK(silenced.outcome != decision::not_valid);
    CHECK(state_of(silenced, self_check::independent_coins) == check_state::silenced);
    // The shared design does not claim that they are independent.
    CHECK(counterfactual_audit(scattered(10, 40, 2.0), key_design::shared, 0.05).outcome != decision::not_valid);
    CHECK(state_of(counterfactual_audit(scattered(1, 40, 0.0), key_design::independent, 0.05), self_check::independent_coins) == check_state::not_run);
    CHECK(state_of(counterfactual_audit(scattered(3, 3, 0.0), key_design::independent, 0.05), self_check::independent_coins) == check_state::not_run);
}

// Six pictures, each there twice under one number, are six draws and not twelve: an innocent model would be accused at 5 % in nearly 10 % of cases.
TEST_CASE("numbers that are there twice") {
    auto const          originals = pictures<std::uint8_t>(4, 3, 8, 8);
    auto const          y         = labels{0, 1, 2, 0};
    std::uint64_t const numbers[] = {7, 8, 7, 8}, distinct[] = {7, 8, 9, 10};
    auto                o     = options(4);
    auto const          audit = [&](key_design design) { return counterfactual_audit(innocent_model{}, with(design), originals, y, 3, o); };
    CHECK(state_of(audit(key_design::independent), self_check::shared_pictures) == check_state::passed);
    o.samples = distinct;
    CHECK(state_of(audit(key_design::independent), self_check::shared_pictures) == check_state::passed);
    o.samples    = numbers;
    auto const v = audit(key_design::independent);
    CHECK(v.outcome == decision::not_valid);
    CHECK(state_of(v, self_check::shared_pictures) == check_state::failed);
    CHECK(finding_of(v, self_check::shared_pictures) == "2 of the 4 pictures have the number, and so the key, of another");
    // One key for all is one draw anyway, however the pictures are numbered.
    auto const checks = audit(key_design::shared).checks;
    CHECK(std::none_of(checks.begin(), checks.end(), [](check_result const& c) { return c.which == self_check::shared_pictures; }));
    o.silenced = {self_check::shared_pictures};
    CHECK(state_of(audit(key_design::independent), self_check::shared_pictures) == check_state::silenced);
}

// Signals from labels alone are 0 or 1, mostly 0. A check that refused such audits would take away the only audit that some APIs allow.
TEST_CASE("coins with many ties are not refused for their ties") {
    auto rare = version_scores{15, values(15 * 200, 0.0)};
    for (std::size_t i = 0; i < 15; ++i) {
        rare.values[(7 + 13 * i) % 200 * 15 + i] = 1.0;  // one hit a sample, each in a version of its own
    }
    CHECK(state_of(counterfactual_audit(rare, key_design::independent, 0.05), self_check::independent_coins) == check_state::passed);
    auto together = version_scores{15, values(15 * 200, 0.0)};
    for (std::size_t i = 0; i < 15; ++i) {
        together.values[7 * 15 + i] = together.values[9 * 15 + i] = 1.0;  // the same two versions for all
    }
    CHECK(state_of(counterfactual_audit(together, key_design::independent, 0.05), self_check::independent_coins) == check_state::failed);
}

// A steady drift sorts the scores in the order of asking; that order is no accident, as a sorted file of nulls is.
TEST_CASE("answers that fall from question to question") {
    auto falling = version_scores{1, {}};
    for (int v = 0; v < 200; ++v) {
        falling.values.push_back(-v);
    }
    CHECK(state_of(counterfactual_audit(falling, key_design::shared, 0.05), self_check::null_homogeneity) == check_state::failed);
    CHECK(counterfactual_audit(falling, key_design::shared, 0.05).outcome == decision::not_valid);
}

// A model that answers differently while it is asked breaks the comparison of early with late versions.
TEST_CASE("answers that drift while the versions are asked about") {
    auto drifting = scattered(2, 60, 0.0);
    for (std::size_t i = 0; i < drifting.values.size(); ++i) {
        drifting.values[i] += i >= drifting.values.size() / 2 ? 5.0 : 0.0;
    }
    for (auto const design : {key_design::shared, key_design::independent}) {
        CHECK(state_of(counterfactual_audit(drifting, design, 0.05), self_check::null_homogeneity) == check_state::failed);
        CHECK(state_of(counterfactual_audit(scattered(2, 60, 0.0), design, 0.05), self_check::null_homogeneity) == check_state::passed);
    }
}

TEST_CASE("a published version at the wrong end, or that stands out without the model") {
    auto scores = scattered(2, 400, 0.0);
    CHECK(state_of(counterfactual_audit(scores, key_design::shared, 0.05), self_check::orientation) == check_state::passed);
    scores.values[0] = scores.values[1] = -1.0;
    for (auto const design : {key_design::shared, key_design::independent}) {
        auto const v = counterfactual_audit(scores, design, 0.05);
        CHECK(v.outcome == decision::not_valid);
        CHECK(state_of(v, self_check::orientation) == check_state::failed);
        CHECK(state_of(v, self_check::blind_baseline) == check_state::not_run);
    }
    scores = scattered(2, 400, 0.0);
    for (std::size_t v = 0; v < 400; ++v) {
        scores.blind.push_back(static_cast<double>(v * 173 % 400));
    }
    CHECK(state_of(counterfactual_audit(scores, key_design::shared, 0.05), self_check::blind_baseline) == check_state::failed);
    scores.blind[0] = 200.0;
    CHECK(state_of(counterfactual_audit(scores, key_design::shared, 0.05), self_check::blind_baseline) == check_state::passed);
    scores.blind.pop_back();
    CHECK_THROWS_WITH_AS(counterfactual_audit(scores, key_design::shared, 0.05), "hallmark::counterfactual_audit: there are 399 blind scores for 400 versions",
                         error);
}

// The hits of an independent audit are by its own statistic, not by the mean: a sample with a huge score must not count twice.
TEST_CASE("independent keys: hits are versions that beat as many others") {
    auto const v = counterfactual_audit({2, {9, 9, 100, 1, 6, 0, 2, 5, 0, 5}}, key_design::independent, 0.3);
    CHECK(v.statistic == 7.0);  // 3 + 4
    CHECK(v.hits == 0);         // the second version beats 4 + 1, although its mean is the largest
    CHECK(counterfactual_audit({2, {9, 9, 100, 1, 6, 0, 2, 5, 0, 5}}, key_design::shared, 0.3).hits == 1);
    CHECK(counterfactual_audit({2, {1, 1, 1, 1, 1, 1}}, key_design::independent, 0.3).hits == 2);  // ties count
}

// With keys of their own a few withheld versions of many pictures say which end is up; the rank of the whole set among so few cannot.
TEST_CASE("independent keys: ranks that point the wrong way") {
    auto const ranked = [](std::size_t pictures, double own) {
        auto out = version_scores{pictures, {}, {}};
        for (double const x : {own, 1.0, 2.0, 3.0, 4.0}) {
            out.values.insert(out.values.end(), pictures, x);
        }
        return out;
    };
    auto const checked = [](version_scores const& s) {
        return counterfactual_audit(s, key_design::independent, 0.05, mean{}, {self_check::independent_coins});
    };
    CHECK(state_of(checked(ranked(3, 0.0)), self_check::orientation) == check_state::not_run);  // 5^-3 = 0.008
    CHECK(finding_of(checked(ranked(3, 0.0)), self_check::orientation) ==
          "it needs more pictures or withheld versions: ranks as low as they can be have p = 0.008");
    auto const v = checked(ranked(4, 0.0));
    CHECK(state_of(v, self_check::orientation) == check_state::failed);
    CHECK(v.outcome == decision::not_valid);
    CHECK(finding_of(v, self_check::orientation) == "the published versions beat 0 of 16 withheld ones; larger must mean member, so losses need a minus sign");
    CHECK(state_of(checked(ranked(4, 2.5)), self_check::orientation) == check_state::passed);
    CHECK(state_of(checked(ranked(4, 9.0)), self_check::orientation) == check_state::passed);
    CHECK(state_of(checked({4, values(20, 1.0)}), self_check::orientation) == check_state::passed);  // ties are no losses
    // As often as it says: all 5^4 places of the published versions.
    std::size_t failed = 0;
    for (std::size_t turn = 0; turn < 625; ++turn) {
        auto s = ranked(4, 0.0);
        failed +=
            state_of(checked(published(s, {turn % 5, turn / 5 % 5, turn / 25 % 5, turn / 125})), self_check::orientation) == check_state::failed ? 1u : 0u;
    }
    CHECK(static_cast<double>(failed) <= self_check_level * 625.0);
    CHECK(failed == 1);
}

// Few withheld versions of many pictures: too few for null-homogeneity, and enough for a p-value as small as one likes.
TEST_CASE("independent keys: a model that changes while it is asked is not accused") {
    auto const  originals = pictures<std::uint8_t>(10, 3, 8, 8);
    std::size_t accused   = 0;
    for (int user = 0; user < 60; ++user) {
        float      level = 0.0f;
        auto       o     = options(4, 10);
        auto const s     = score_versions(suspects::drifting_model{&level}, with(key_design::independent), originals, labels(10, 1), user, o);
        accused += counterfactual_audit(s, key_design::independent, 0.05).p_value <= 0.05 ? 1u : 0u;
    }
    CHECK(accused <= 9);  // 3 expected; version after version, two of five places would convict
}

TEST_CASE("the number of questions") {
    auto const originals = pictures<std::uint8_t>(3, 3, 8, 8);
    CHECK(counterfactual_audit(innocent_model{}, with(key_design::shared), originals, labels{0, 1, 2}, 3, options(2)).queries == 9);
}

TEST_CASE("scores that are refused") {
    auto const nan_ = std::numeric_limits<double>::quiet_NaN();
    auto const run  = [](version_scores const& s, double alpha = 0.05) { return counterfactual_audit(s, key_design::shared, alpha); };
    CHECK_THROWS_WITH_AS(run({1, {1, 2}}, 0.0), "hallmark::counterfactual_audit: alpha is 0; allowed is a number between 0 and 1, both left out", error);
    CHECK_THROWS_WITH_AS(run({1, {1, 2}}, 1.0), "hallmark::counterfactual_audit: alpha is 1; allowed is a number between 0 and 1, both left out", error);
    CHECK_THROWS_WITH_AS(run({0, {}}), "hallmark::counterfactual_audit: the set has no samples", error);
    CHECK_THROWS_WITH_AS(run({2, {1, 2, 3}}), "hallmark::counterfactual_audit: there are 3 scores, which is not a multiple of the 2 samples", error);
    CHECK_THROWS_WITH_AS(run({2, {1, 2}}), "hallmark::counterfactual_audit: there are 1 versions; allowed is the published one and at least one withheld",
                         error);
    CHECK_THROWS_WITH_AS(run({2, {}}), "hallmark::counterfactual_audit: there are 0 versions; allowed is the published one and at least one withheld", error);
    CHECK_THROWS_WITH_AS(run({1, {1, nan_}}), "hallmark::counterfactual_audit: scores[1] is NaN; allowed are finite numbers", error);
    CHECK_THROWS_WITH_AS(run({1, {1, 2}, {1, nan_}}), "hallmark::counterfactual_audit: blind[1] is NaN; allowed are finite numbers", error);
    CHECK_THROWS_WITH_AS(run({1, {1, std::numeric_limits<double>::infinity()}}),
                         "hallmark::counterfactual_audit: scores[1] is infinity; allowed are finite numbers", error);
}

TEST_CASE("options that are refused") {
    auto const originals = pictures<std::uint8_t>(2, 3, 4, 4);
    auto const run       = [&](counterfactual_options const& o, labels const& y = {0, 0}) {
        return counterfactual_audit(innocent_model{}, with(key_design::shared), originals, y, 1, o);
    };
    CHECK_THROWS_WITH_AS(run(options(5, 0)), "hallmark::batched_scorer: batch_size is 0; allowed is 1 or more", error);
    CHECK_THROWS_WITH_AS(run(options(5), {0}), "hallmark::batched_scorer: there are 2 pictures and 1 labels", error);
    CHECK_THROWS_WITH_AS(run(options(5), {0, 3}), "hallmark::evaluate: the label of sample 1 is 3; allowed is 0 to 2", error);
    auto                o         = options(5);
    std::uint64_t const numbers[] = {1, 2, 3};
    o.samples                     = numbers;
    CHECK_THROWS_WITH_AS(run(o), "hallmark::marker: options.samples has 3 numbers for a batch of 2 pictures", error);
    o       = options(5);
    o.alpha = 1.0;
    CHECK_THROWS_WITH_AS(run(o), "hallmark::counterfactual_audit: alpha is 1; allowed is a number between 0 and 1, both left out", error);
}
