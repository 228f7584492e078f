#include <hallmark/audit/unlearning.hpp>

#include <doctest/doctest.h>

#include <vector>

using namespace hallmark;
using values = std::vector<double>;

namespace {
// One sample, version 0 first, then four withheld.
auto const knows   = version_scores{1, {9, 1, 2, 3, 4}};
auto const forgot  = version_scores{1, {2.5, 1, 2, 3, 4}};
auto const unclear = version_scores{1, {3.5, 1, 2, 3, 4}};
}  // namespace

TEST_CASE("the verdict is about the model after the deletion") {
    auto const still = unlearning_audit(knows, knows, key_design::shared, 0.3);
    CHECK(still.audit == "unlearning, counterfactual, shared key");
    CHECK(still.outcome == decision::shown);
    CHECK(still.p_value == 0.2);
    CHECK(still.warnings.back() == "Before the deletion the same audit gave p = 0.2 (shown).");
    auto const gone = unlearning_audit(knows, forgot, key_design::shared, 0.3);
    CHECK(gone.outcome == decision::not_shown);
    CHECK(gone.p_value == 0.6);
    CHECK(gone.warnings.size() == 1);
    CHECK(unlearning_audit(knows, forgot, key_design::independent, 0.3).audit == "unlearning, counterfactual, independent keys");
}

// A model that never knew the set passes any test of forgetting.
TEST_CASE("nothing shown before the deletion either") {
    auto const v = unlearning_audit(unclear, forgot, key_design::shared, 0.3);
    REQUIRE(v.warnings.size() == 2);
    CHECK(v.warnings[0] == "Before the deletion the same audit gave p = 0.4 (not shown).");
    CHECK(v.warnings[1] == "Nothing was shown before the deletion either, so that nothing is shown after it says nothing about the deletion.");
    CHECK(unlearning_audit(unclear, knows, key_design::shared, 0.3).warnings.size() == 1);
}

TEST_CASE("with null sets") {
    auto o  = population_options{};
    o.alpha = 0.3;
    auto v  = unlearning_audit(9.0, values{1, 2, 3, 4}, 2.5, values{1, 2, 3, 4}, o);
    CHECK(v.audit == "unlearning, population rank");
    CHECK(v.outcome == decision::not_shown);
    CHECK(v.statistic == 2.5);
    CHECK(v.warnings.at(0) == "Before the deletion the same audit gave p = 0.2 (shown).");
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(unlearning_audit(knows, version_scores{5, {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}}, key_design::shared, 0.3),
                         "hallmark::unlearning_audit: there are 1 samples before the deletion and 5 after it", error);
}
