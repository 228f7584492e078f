#include <hallmark/audit/distillation.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <vector>

using namespace hallmark;
using offsets = std::vector<std::size_t>;

namespace {
// Three look-alikes of the first picture, one of the second; the published version and two withheld ones.
auto const scores = version_scores{4, {3, 4, 5, 1, 1, 1, 7, 9, 0, 0, 0, 2}};
}  // namespace

// Look-alikes of one picture are one draw: counted one by one, three of them would be three coins.
TEST_CASE("a group counts as one sample, its mean") {
    auto const v = distillation_audit(scores, offsets{0, 3, 4}, key_design::shared, 0.5);
    CHECK(v.audit == "distillation, counterfactual, shared key");
    CHECK(v.n == 2);
    CHECK(v.statistic == 2.5);  // (4 + 1) / 2; the withheld versions have (3 + 9) / 2 and (0 + 2) / 2
    CHECK(v.hits == 1);
    CHECK(v.p_value == 2.0 / 3.0);
    auto const w = distillation_audit(scores, offsets{0, 3, 4}, key_design::independent, 0.5);
    CHECK(w.smallest_p == 1.0 / 9.0);
    CHECK(w.statistic == 2.0);  // picture 0 beats both, picture 1 none
    // One look-alike each is the counterfactual audit itself.
    CHECK(distillation_audit(scores, offsets{0, 1, 2, 3, 4}, key_design::independent, 0.5).p_value ==
          counterfactual_audit(scores, key_design::independent, 0.5).p_value);
}

TEST_CASE("what a caller can get wrong") {
    auto const run = [](offsets const& o) { return distillation_audit(scores, o, key_design::shared, 0.5); };
    CHECK_THROWS_WITH_AS(run({}), "hallmark::distillation_audit: there are 0 offsets; allowed is one more than rows, 2 or more", error);
    CHECK_THROWS_WITH_AS(run({0}), "hallmark::distillation_audit: there are 1 offsets; allowed is one more than rows, 2 or more", error);
    CHECK_THROWS_WITH_AS(run({0, 3}), "hallmark::distillation_audit: the last offset is 3 and there are 4 look-alikes; both must be the same", error);
    CHECK_THROWS_WITH_AS(run({1, 4}), "hallmark::distillation_audit: the first offset is 1; allowed is 0", error);
    CHECK_THROWS_WITH_AS(run({0, 2, 2, 4}), "hallmark::distillation_audit: the group of picture 1 is empty; allowed is 1 or more look-alikes", error);
    CHECK_THROWS_WITH_AS(run({0, 9, 4}), "hallmark::distillation_audit: offset 2 is 4, after 9; allowed is the same or more", error);
    CHECK_THROWS_WITH_AS(distillation_audit({0, {}}, offsets{0, 1}, key_design::shared, 0.5), "hallmark::distillation_audit: the set has no samples", error);
}
