#include <hallmark/audit/subject.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>

#include <limits>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

TEST_CASE("the sum over the rounds") {
    // Three rounds, the subject first, then two others: sums 6, 9 and 3.
    auto const v = subject_audit(values{1, 3, 0, 2, 3, 1, 3, 3, 2}, 3, over_rounds::sum, {});
    CHECK(v.audit == "subject, sum over 3 rounds");
    CHECK(v.statistic == 6.0);
    CHECK(v.hits == 1);
    CHECK(v.p_value == 2.0 / 3.0);
}

TEST_CASE("the slope over the rounds") {
    // Slopes 1, 0 and 1: the tie counts.
    auto const v = subject_audit(values{1, 3, 0, 2, 3, 1, 3, 3, 2}, 3, over_rounds::slope, {});
    CHECK(v.audit == "subject, slope over 3 rounds");
    CHECK(close(v.statistic, 1.0, 1e-15));
    CHECK(v.p_value == 2.0 / 3.0);
    // By hand: 4, 1, 2, 7 over rounds 0 to 3 has slope (-1.5 * 4 - 0.5 * 1 + 0.5 * 2 + 1.5 * 7) / 5 = 1.
    CHECK(close(subject_audit(values{4, 0, 1, 0, 2, 0, 7, 0}, 2, over_rounds::slope, {}).statistic, 1.0, 1e-15));
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(subject_audit(values{1, 2}, 1, over_rounds::sum, {}),
                         "hallmark::subject_audit: subjects is 1; allowed is 2 or more, the one in question first", error);
    CHECK_THROWS_WITH_AS(subject_audit(values{}, 2, over_rounds::sum, {}), "hallmark::subject_audit: scores is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(subject_audit(values{1, 2, 3}, 2, over_rounds::sum, {}),
                         "hallmark::subject_audit: there are 3 scores, which is not a multiple of the 2 subjects", error);
    CHECK_THROWS_WITH_AS(subject_audit(values{1, 2}, 2, over_rounds::slope, {}), "hallmark::subject_audit: there is 1 round; allowed is 2 or more for a slope",
                         error);
    CHECK_THROWS_WITH_AS(subject_audit(values{1, std::numeric_limits<double>::infinity()}, 2, over_rounds::sum, {}),
                         "hallmark::subject_audit: scores[1] is infinity; allowed are finite numbers", error);
}
