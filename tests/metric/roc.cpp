#include <hallmark/metric/roc.hpp>
#include <hallmark/stats/pair_count.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>
#include <support/golden.hpp>

#include <cstdint>
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
        CHECK(auc(curve) == auc(members, nulls));
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
        CHECK(close(auc(members, nulls), golden::number(row["roc_auc_score"]), 1e-12));
        CHECK(fpr_at_tpr(members, nulls, 1.0).value == golden::number(row["fpr_at_tpr1"]));
        auto const whole = roc_curve(members, nulls), dropped = drop_intermediate(whole);
        CHECK(dropped.size() == std::stoul(row["curve_points"]));
        auto balanced = 0.0;
        for (auto const& p : whole) {
            balanced = std::max(balanced, 0.5 * (p.tpr + 1.0 - p.fpr));
        }
        CHECK(close(balanced, golden::number(row["best_balanced_acc"]), 1e-12));
        for (std::string const f : {"0", "0.001", "0.002", "0.01", "0.1"}) {
            CHECK(tpr_at_fpr(members, nulls, golden::number(f)).value == golden::number(row["full_tpr_atmost_" + f]));
            // What the published code computes: the last point with FPR < f (or 0) on the dropped curve.
            auto const published = [&](std::vector<roc_point> const& curve) {
                auto tpr = 0.0;
                for (auto const& p : curve) {
                    tpr = p.fpr < golden::number(f) || p.fpr == 0.0 ? p.tpr : tpr;
                }
                return tpr;
            };
            CHECK(published(dropped) == golden::number(row["ref_tpr_at_" + f]));
            CHECK(published(whole) == golden::number(row["full_tpr_below_" + f]));
            CHECK(published(dropped) <= tpr_at_fpr(members, nulls, golden::number(f)).value);
        }
    }
}

// By hand: three points on one line lose the middle one, and the first and the last point always stay.
TEST_CASE("dropped points") {
    auto const curve = roc_curve(values{5, 4, 3, 1}, values{2, 1, 0});
    CHECK(curve.size() == 7);
    auto const kept = drop_intermediate(curve);
    CHECK(kept == std::vector<roc_point>{curve[0], curve[1], curve[3], curve[4], curve[5], curve[6]});
    CHECK(drop_intermediate({}).empty());
    CHECK(drop_intermediate(std::vector{curve[0]}).size() == 1);
}

// Large enough for every branch of the sort behind it; the reference counts pairs by a plain sort.
TEST_CASE("long samples with ties") {
    auto members = values(), nulls = values();
    for (std::uint64_t i = 0; i < 150'000; ++i) {
        auto const x = static_cast<double>(i * 2654435761u % 65'537) - 30'000.0;
        members.push_back(x * 0.125 + 100.0);
        nulls.push_back(i % 3 == 0 ? x * x * 1e-4 : -x);
    }
    auto const counts = detail::count_pairs(members, nulls);
    CHECK(auc(members, nulls) == static_cast<double>(counts.doubled_wins) / (2.0 * 150'000.0 * 150'000.0));
    auto const curve = roc_curve(members, nulls);
    CHECK(curve.size() == counts.distinct + 1);
    CHECK(auc(curve) == auc(members, nulls));
    for (double const f : {0.0, 1e-4, 0.001, 0.01, 0.3, 1.0}) {
        auto best = curve.front();
        for (auto const& p : curve) {
            best = p.fpr <= f && p.true_positives > best.true_positives ? p : best;
        }
        auto const tpr = tpr_at_fpr(members, nulls, f);
        CHECK(tpr.hits == best.true_positives);
        CHECK(tpr.threshold == best.threshold);
        auto point = curve.begin();
        while (point->tpr < f) {
            ++point;
        }
        auto const fpr = fpr_at_tpr(members, nulls, f);
        CHECK(fpr.hits == point->false_positives);
        CHECK(fpr.threshold == point->threshold);
    }
}

TEST_CASE("what a caller can get wrong") {
    constexpr auto nan_ = std::numeric_limits<double>::quiet_NaN();
    auto const     one  = values{1};
    CHECK_THROWS_WITH_AS(roc_curve({}, one), "hallmark::roc_curve: members is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(roc_curve(one, values{nan_}), "hallmark::roc_curve: nulls[0] is NaN; allowed are finite numbers", error);
    CHECK_THROWS_WITH_AS(auc(one, {}), "hallmark::auc: nulls is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(auc(values{infinity_}, one), "hallmark::auc: members[0] is infinity; allowed are finite numbers", error);
    auto const curve = roc_curve(values{2, 1}, values{1, 0});
    CHECK_THROWS_WITH_AS(auc(std::span(curve).first(1)), "hallmark::auc: the curve has 1 points; allowed is a whole one, from roc_curve", error);
    auto const falling = std::vector{curve[0], curve[2], curve[1], curve[3]};
    CHECK_THROWS_WITH_AS(auc(falling), "hallmark::auc: the rates fall at point 2 of the curve; allowed are rising ones, from roc_curve", error);
}
