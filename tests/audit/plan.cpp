#include <hallmark/audit/plan.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

using namespace hallmark;

// A shared key moves all pictures together: more of them do not help beyond its own deviation.
TEST_CASE("the effect of a set") {
    auto const alone = effect_size{0.5, 1.0};
    CHECK(close(alone.of_set(16), 2.0, 1e-14));
    CHECK(alone.of_picture() == 0.5);
    auto const shared = effect_size{0.5, 1.0, 0.25};
    CHECK(close(shared.of_set(16), 0.5 / std::sqrt(0.125), 1e-14));
    CHECK(shared.of_set(1'000'000) < 2.0);
}

TEST_CASE("the effect in a pilot, by hand") {
    // Two pictures, three withheld versions: rows {1, 5}, {3, 7}, {2, 9}; the published one has {6, 10}.
    auto const e = effect_of(version_scores{2, {6, 10, 1, 5, 3, 7, 2, 9}});
    CHECK(close(e.shift, 8.0 - 4.5, 1e-14));
    // Version means 3, 5, 5.5 (deviations -1.5, .5, 1): mean square 2 * 3.5 / 2 = 3.5. Picture means 2 and 7: residuals
    // ±0.5, ±0.5, ∓1, so rest = 2 (0.25 + 0.25 + 1) = 3 over 2.
    CHECK(close(e.within, std::sqrt(1.5), 1e-12));
    CHECK(close(e.between, 1.0, 1e-12));
    // One picture: all of the deviation is the picture's own.
    auto const one = effect_of(version_scores{1, {4, 1, 2, 3}});
    CHECK(close(one.shift, 2.0, 1e-14));
    CHECK(close(one.within, 1.0, 1e-12));
    CHECK(one.between == 0.0);
    auto const population = effect_of(3.0, std::vector<double>{-1, 0, 1}, 25);
    CHECK(close(population.of_set(25), 3.0, 1e-12));
    CHECK(close(population.of_picture(), 0.6, 1e-12));
}

// Whoever follows a plan gets the power it promises, and one picture less does not do.
TEST_CASE("every row reaches the power, with the least there is") {
    for (auto const effect : {medium_effect, large_effect, effect_size{1.0, 1.0, 0.2}}) {
        for (double const power : {0.5, 0.9}) {
            for (auto const kind : {audit_kind::population, audit_kind::shared_key, audit_kind::independent_keys, audit_kind::twins, audit_kind::sequential}) {
                auto const rows = plan_audit({kind, effect, 0.05, power});
                CAPTURE(std::string(name_of(kind)));
                REQUIRE(!rows.empty());
                for (auto const& r : rows) {
                    CHECK(r.power >= power);
                }
            }
            auto const win = win_chance(effect.of_picture());
            auto const t   = plan_audit({audit_kind::twins, effect, 0.05, power}).at(0);
            CHECK(t.power == twin_power(win, t.pictures, 0.05));
            CHECK(twin_power(win, t.pictures - 1, 0.05) < power);
            CHECK(t.queries == 2.0 * static_cast<double>(t.pictures));
            auto const s = plan_audit({audit_kind::sequential, effect, 0.05, power}).at(0);
            CHECK(sequential_power(win, s.pictures - 1, 0.05).power < power);
            CHECK(s.queries == 2.0 * sequential_power(win, s.pictures, 0.05).expected);
            auto const k = plan_audit({audit_kind::shared_key, effect, 0.05, power}).at(0);
            CHECK(k.power == rank_power(effect.of_set(k.pictures), k.compared, 0.05));
            CHECK(k.compared % 20 == 19);
            for (auto const& i : plan_audit({audit_kind::independent_keys, effect, 0.05, power})) {
                CHECK(i.power == rank_sum_power(effect.of_picture(), i.pictures, i.compared, 0.05));
            }
        }
    }
}

// Ten pictures that score 0 to 9, and the key adds a tenth: the shift is large among versions of a picture and nothing among null sets.
TEST_CASE("an effect from the other kind of pilot is refused") {
    version_scores      versions{10, {}, {}};
    std::vector<double> nulls;
    for (double const key : {0.2, -0.1, 0.1, 0.1, -0.1}) {
        for (int i = 0; i < 10; ++i) {
            versions.values.push_back(i + (i % 2 == 0 ? key : 0.3 * key));
            nulls.push_back(i + key);
        }
    }
    auto const of_versions = effect_of(versions), of_nulls = effect_of(4.7, nulls, 1);
    CHECK(of_versions.source == effect_source::versions);
    CHECK(of_nulls.source == effect_source::null_sets);
    CHECK(of_versions.of_picture() > 10.0 * of_nulls.of_picture());
    CHECK_THROWS_WITH_AS(
        plan_audit({audit_kind::population, of_versions}),
        "hallmark::plan_audit: kind is population and effect.source is versions; allowed is null_sets or any, for null sets differ by their pictures, too",
        error);
    for (auto const kind : {audit_kind::shared_key, audit_kind::independent_keys, audit_kind::twins, audit_kind::sequential}) {
        auto const sentence = "hallmark::plan_audit: kind is " + std::string(name_of(kind)) +
                              " and effect.source is null_sets; allowed is versions or any, for versions differ by their keys alone";
        CHECK_THROWS_WITH_AS(plan_audit({kind, of_nulls}), sentence.c_str(), error);
        CHECK_NOTHROW((void)plan_audit({kind, of_versions}));
        // Numbers of the caller's are for any audit.
        CHECK_NOTHROW((void)plan_audit({kind, effect_size{of_nulls.shift, of_nulls.within}, 0.05, 0.9, 5, 20}));
    }
    CHECK_NOTHROW((void)plan_audit({audit_kind::population, of_nulls, 0.05, 0.9, 5, 20}));
}

TEST_CASE("nothing to be had is no row") {
    CHECK(plan_audit({audit_kind::twins, effect_size{0.0, 1.0}}).empty());
    CHECK(plan_audit({audit_kind::sequential, effect_size{-1.0, 1.0}, 0.05, 0.9, 50}).empty());
    CHECK(plan_audit({audit_kind::population, small_effect, 0.05, 0.9, 10}).empty());
    CHECK(plan_audit({audit_kind::shared_key, large_effect, 0.01, 0.9, 1000, 98}).empty());  // 99 keys are needed for alpha = 1 %
    CHECK(!plan_audit({audit_kind::shared_key, large_effect, 0.01, 0.9, 1000, 99}).empty());
    CHECK(plan_audit({audit_kind::independent_keys, small_effect, 0.05, 0.9, 5}).empty());
}

TEST_CASE("what a caller can get wrong") {
    auto const nan_ = std::numeric_limits<double>::quiet_NaN();
    auto const with = [](effect_size e, double alpha = 0.05, double power = 0.9, std::size_t pictures = 10, std::size_t compared = 10) {
        return plan_audit({audit_kind::twins, e, alpha, power, pictures, compared});
    };
    CHECK_THROWS_WITH_AS(with({1, 1}, 0.0), "hallmark::plan_audit: alpha is 0; allowed is more than 0 and less than 1", error);
    CHECK_THROWS_WITH_AS(with({1, 1}, 0.05, 1.0), "hallmark::plan_audit: power is 1; allowed is more than 0 and less than 1", error);
    CHECK_THROWS_WITH_AS(with({nan_, 1}), "hallmark::plan_audit: effect.shift is NaN; allowed is a finite number", error);
    CHECK_THROWS_WITH_AS(with({1, nan_}), "hallmark::plan_audit: effect.within is NaN; allowed is a finite number", error);
    CHECK_THROWS_WITH_AS(with({1, 1, nan_}), "hallmark::plan_audit: effect.between is NaN; allowed is a finite number", error);
    CHECK_THROWS_WITH_AS(with({1, 0}), "hallmark::plan_audit: effect.within is 0; allowed is more than 0", error);
    CHECK_THROWS_WITH_AS(with({1, 1, -1}), "hallmark::plan_audit: effect.between is -1; allowed is 0 or more", error);
    CHECK_THROWS_WITH_AS(with({1, 1}, 0.05, 0.9, 0), "hallmark::plan_audit: most_pictures is 0; allowed is 1 to 10000", error);
    CHECK_THROWS_WITH_AS(with({1, 1}, 0.05, 0.9, 10, 0), "hallmark::plan_audit: most_compared is 0; allowed is 1 or more", error);
    CHECK_THROWS_WITH_AS(effect_of(version_scores{1, {1, 2}}),
                         "hallmark::effect_of: the pilot has 2 versions; allowed is the published one and at least two withheld", error);
    CHECK_THROWS_WITH_AS(effect_of(version_scores{1, {1, 2, 2}}),
                         "hallmark::effect_of: the pilot's withheld scores do not vary, so there is nothing to measure the effect in", error);
    // Scores that are alike but for the level of their picture: no rounding may pass for variance, at any number of pictures and versions.
    for (std::size_t const versions : {4u, 7u}) {
        auto alike = version_scores{3, {}, {}};
        for (std::size_t v = 0; v < versions; ++v) {
            alike.values.insert(alike.values.end(), {0.1, 0.7, 3.3});
        }
        CHECK_THROWS_WITH_AS(effect_of(alike), "hallmark::effect_of: the pilot's withheld scores do not vary, so there is nothing to measure the effect in",
                             error);
    }
    CHECK_THROWS_WITH_AS(effect_of(version_scores{1, {1, 1e308, -1e308}}),
                         "hallmark::effect_of: the pilot's scores are too large; allowed are values whose squares are finite", error);
    CHECK_THROWS_WITH_AS(effect_of(1.0, std::vector<double>{1e200, -1e200}, 1),
                         "hallmark::effect_of: the nulls are too large; allowed are values whose squares are finite", error);
    CHECK_THROWS_WITH_AS(effect_of(1.0, std::vector<double>{2, 2}, 1),
                         "hallmark::effect_of: the nulls do not vary, so there is nothing to measure the effect in", error);
    CHECK_THROWS_WITH_AS(effect_of(1.0, std::vector<double>{2}, 1), "hallmark::effect_of: nulls has 1 value; at least 2 are needed", error);
    CHECK_THROWS_WITH_AS(effect_of(1.0, std::vector<double>{2, 3}, 0), "hallmark::effect_of: pictures is 0; allowed is 1 or more", error);
    CHECK_THROWS_WITH_AS(effect_of(nan_, std::vector<double>{2, 3}, 1), "hallmark::effect_of: observed is NaN; allowed is a finite number", error);
    CHECK(name_of(static_cast<audit_kind>(99)).empty());
}
