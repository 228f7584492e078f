#include <hallmark/metric/roc.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>
#include <support/golden.hpp>

#include <limits>
#include <string>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

constexpr auto infinity_ = std::numeric_limits<double>::infinity();

// By hand; the tie at 2 is one point, not two: a step through it would claim a threshold that does not exist.
TEST_CASE("a pinned curve") {
    auto const curve = roc_curve(values{4, 2, 2, 1}, values{3, 2, 0});
    CHECK(curve == std::vector<roc_point>{{infinity_, 0, 0, 0.0, 0.0},
                                          {4, 1, 0, 0.25, 0.0},
                                          {3, 1, 1, 0.25, 1.0 / 3.0},
                                          {2, 3, 2, 0.75, 2.0 / 3.0},
                                          {1, 4, 2, 1.0, 2.0 / 3.0},
                                          {0, 4, 3, 1.0, 1.0}});
    CHECK(roc_curve(values{1}, values{1}) == std::vector<roc_point>{{infinity_, 0, 0, 0.0, 0.0}, {1, 1, 1, 1.0, 1.0}});
}

TEST_CASE("pinned areas") {
    CHECK(auc(values{4, 2, 2, 1}, values{3, 2, 0}) == (3.0 + 1.5 + 1.5 + 1.0) / 12.0);
    CHECK(auc(values{1}, values{0}) == 1.0);
    CHECK(auc(values{0}, values{1}) == 0.0);
    CHECK(auc(values{1, 1}, values{1}) == 0.5);
}

// Each rate, its count, its interval and its threshold.
TEST_CASE("pinned rates") {
    auto const members = values{9, 8, 5, 3}, nulls = values{7, 4, 2, 1, 0};
    CHECK(tpr_at_fpr(members, nulls, 0.0) == rate{0.5, 2, 4, clopper_pearson(2, 4, 0.95), 8.0});
    CHECK(tpr_at_fpr(members, nulls, 0.19) == rate{0.5, 2, 4, clopper_pearson(2, 4, 0.95), 8.0});
    CHECK(tpr_at_fpr(members, nulls, 0.2) == rate{0.75, 3, 4, clopper_pearson(3, 4, 0.95), 5.0});
    CHECK(tpr_at_fpr(members, nulls, 0.4, 0.9) == rate{1.0, 4, 4, clopper_pearson(4, 4, 0.9), 3.0});
    CHECK(tpr_at_fpr(members, nulls, 1.0) == rate{1.0, 4, 4, clopper_pearson(4, 4, 0.95), 3.0});  // the strictest of equals
    CHECK(fpr_at_tpr(members, nulls, 1.0) == rate{0.4, 2, 5, clopper_pearson(2, 5, 0.95), 3.0});
    CHECK(fpr_at_tpr(members, nulls, 0.51) == rate{0.2, 1, 5, clopper_pearson(1, 5, 0.95), 5.0});
    CHECK(fpr_at_tpr(members, nulls, 0.5, 0.9) == rate{0.0, 0, 5, clopper_pearson(0, 5, 0.9), 8.0});
    CHECK(fpr_at_tpr(members, nulls, 0.0) == rate{0.0, 0, 5, clopper_pearson(0, 5, 0.95), infinity_});
    // A null on top, or tied with the best member: nothing may be called a member.
    CHECK(tpr_at_fpr(values{9, 8}, values{9, 1}, 0.0) == rate{0.0, 0, 2, clopper_pearson(0, 2, 0.95), infinity_});
}

// Against every threshold there is, on scores with many ties.
TEST_CASE("rates are the best over all thresholds") {
    for (unsigned code = 0; code < 2187; ++code) {
        auto x = values{};
        for (auto c = code; x.size() < 7; c /= 3) {
            x.push_back(static_cast<double>(c % 3));
        }
        auto const members = values(x.begin(), x.begin() + 3), nulls = values(x.begin() + 3, x.end());
        for (double const f : {0.0, 0.25, 0.3, 0.5, 1.0}) {
            double best_tpr = 0.0, best_fpr = 1.0;
            for (double const threshold : {0.0, 1.0, 2.0, 3.0}) {
                auto const above = [threshold](values const& v) {
                    return static_cast<double>(std::count_if(v.begin(), v.end(), [threshold](double s) { return s >= threshold; })) /
                           static_cast<double>(v.size());
                };
                best_tpr = above(nulls) <= f ? std::max(best_tpr, above(members)) : best_tpr;
                best_fpr = above(members) >= f ? std::min(best_fpr, above(nulls)) : best_fpr;
            }
            CHECK(tpr_at_fpr(members, nulls, f).value == best_tpr);
            CHECK(fpr_at_tpr(members, nulls, f).value == best_fpr);
        }
        // The trapezoids under the curve, computed the other way.
        auto const curve = roc_curve(members, nulls);
        auto       area  = 0.0;
        for (std::size_t i = 1; i < curve.size(); ++i) {
            area += 0.5 * (curve[i].fpr - curve[i - 1].fpr) * (curve[i].tpr + curve[i - 1].tpr);
        }
        CHECK(close(auc(members, nulls), area, 1e-14, 1e-15));
    }
}

// scikit-learn 1.2.1 on the undropped curve (columns *_atmost_*), 14 sets with ties, one value, denormals.
TEST_CASE("golden values") {
    HALLMARK_NEEDS_GOLDEN();
    auto const rows = golden::csv("roc/results.csv");
    CHECK(rows.size() == 14);
    for (auto row : rows) {
        INFO(row["set"]);
        auto const scores  = golden::values("roc/" + row["set"] + "_scores.npy");
        auto const count   = static_cast<std::ptrdiff_t>(std::stoul(row["members"]));
        auto const members = values(scores.begin(), scores.begin() + count), nulls = values(scores.begin() + count, scores.end());
        CHECK(nulls.size() == std::stoul(row["nonmembers"]));
        CHECK(roc_curve(members, nulls).size() == std::stoul(row["all_points"]));
        CHECK(close(auc(members, nulls), golden::number(row["auc"]), 1e-12));
        CHECK(fpr_at_tpr(members, nulls, 1.0).value == golden::number(row["fpr_at_tpr1"]));
        for (std::string const f : {"0", "0.001", "0.002", "0.01", "0.1"}) {
            CHECK(tpr_at_fpr(members, nulls, golden::number(f)).value == golden::number(row["full_tpr_atmost_" + f]));
        }
    }
}

TEST_CASE("what a caller can get wrong") {
    constexpr auto nan_ = std::numeric_limits<double>::quiet_NaN();
    auto const     one  = values{1};
    CHECK_THROWS_WITH_AS(roc_curve({}, one), "hallmark::roc_curve: members is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(roc_curve(one, values{nan_}), "hallmark::roc_curve: nulls[0] is NaN; allowed are finite numbers", error);
    CHECK_THROWS_WITH_AS(auc(one, {}), "hallmark::auc: nulls is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(auc(values{infinity_}, one), "hallmark::auc: members[0] is infinity; allowed are finite numbers", error);
    CHECK_THROWS_WITH_AS(tpr_at_fpr(one, one, 1.5), "hallmark::tpr_at_fpr: most_fpr is 1.5; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(tpr_at_fpr(one, one, nan_), "hallmark::tpr_at_fpr: most_fpr is NaN; allowed is a finite number", error);
    CHECK_THROWS_WITH_AS(tpr_at_fpr(one, one, 0.1, 0.0), "hallmark::tpr_at_fpr: confidence is 0; allowed is more than 0 and less than 1", error);
    CHECK_THROWS_WITH_AS(tpr_at_fpr({}, one, 0.1), "hallmark::tpr_at_fpr: members is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(fpr_at_tpr(one, one, -0.5), "hallmark::fpr_at_tpr: least_tpr is -0.5; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(fpr_at_tpr(one, one, 0.5, 1.0), "hallmark::fpr_at_tpr: confidence is 1; allowed is more than 0 and less than 1", error);
    CHECK_THROWS_WITH_AS(fpr_at_tpr(one, values{nan_}, 0.5), "hallmark::fpr_at_tpr: nulls[0] is NaN; allowed are finite numbers", error);
}
