#include <hallmark/metric/log_log.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

// One member in ten above all nulls: at the left edge, not at minus infinity and not left out.
TEST_CASE("rates as decimal logarithms, with a place for 0") {
    auto nulls       = values(10, 0.0);
    nulls[0]         = 5.0;
    auto members     = values(10, 0.0);
    members[0]       = 6.0;
    auto const curve = log_log_curve(roc_curve(members, nulls), 0.01);
    CHECK(curve == std::vector<log_log_point>{{-2, -2}, {-2, -1}, {-1, -1}, {0, 0}});
    // Two points below the floor are one.
    CHECK(log_log_curve(roc_curve(members, nulls), 0.5).size() == 2);
}

TEST_CASE("what a caller can get wrong") {
    constexpr auto nan_  = std::numeric_limits<double>::quiet_NaN();
    auto           curve = roc_curve(values{1}, values{0});
    CHECK_THROWS_WITH_AS(log_log_curve({}, 0.1), "hallmark::log_log_curve: the curve is empty; allowed is one from roc_curve", error);
    CHECK_THROWS_WITH_AS(log_log_curve(curve, 0.0), "hallmark::log_log_curve: floor is 0; allowed is more than 0 and less than 1", error);
    curve[1].fpr = nan_;
    CHECK_THROWS_WITH_AS(log_log_curve(curve, 0.1), "hallmark::log_log_curve: fpr is NaN; allowed is a finite number", error);
    curve[1].fpr = 0.5;
    curve[1].tpr = 2.0;
    CHECK_THROWS_WITH_AS(log_log_curve(curve, 0.1), "hallmark::log_log_curve: tpr is 2; allowed is 0 to 1", error);
}
