#include <hallmark/aggregate/quantile.hpp>

#include <doctest/doctest.h>
#include <aggregate/laws.hpp>
#include <support/close.hpp>
#include <support/golden.hpp>

#include <cstddef>
#include <limits>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

TEST_CASE("pinned medians") {
    CHECK(laws::value(median(), {3}) == 3);
    CHECK(laws::value(median(), {3, 1}) == 2);
    CHECK(laws::value(median(), {9, 1, 2}) == 2);
    CHECK(laws::value(median(), {4, 1, 1e300, -7}) == 2.5);
    CHECK(laws::value(median(), {1.5e308, 1.7e308}) == 1.6e308);  // their sum is no double
}

// numpy.quantile([1, 2, 4, 8, 16], q), and the ends.
TEST_CASE("pinned quantiles") {
    auto const q = [](double share) { return laws::value(quantile(share), {8, 1, 16, 2, 4}); };
    CHECK(q(0) == 1);
    CHECK(q(0.25) == 2);
    CHECK(close(q(0.1), 1.4, 1e-15));
    CHECK(close(q(0.6), 5.6, 1e-15));
    CHECK(close(q(0.95), 14.4, 1e-15));
    CHECK(q(1) == 16);
    CHECK(laws::value(quantile(0.3), {7}) == 7);
    CHECK(laws::value(quantile(0.5), {-1.7e308, 1.7e308}) == 0);  // their difference is no double
    CHECK(quantile().q() == 0.5);
}

TEST_CASE("larger means member: a quantile goes with its scores, and grows with q") {
    auto const xs = values{0.3, -2, 5, 0.1, 0.1, 9};
    auto       ys = xs;
    for (auto& y : ys) {
        y += 1;
    }
    CHECK(laws::value(median(), ys) > laws::value(median(), xs));
    double before = -10;
    for (double q = 0; q <= 1; q += 0.0625) {
        auto const v = laws::value(quantile(q), xs);
        CHECK(v >= before);
        CHECK(laws::value(quantile(q), ys) == doctest::Approx(v + 1));
        before = v;
    }
    CHECK(laws::value(quantile(0.5), xs) == laws::value(median(), xs));
}

TEST_CASE("any order and any split") {
    laws::order_and_split(median());
    laws::order_and_split(quantile(0.3));
    laws::order_and_split(quantile(1));
}

TEST_CASE("what a caller can get wrong") {
    laws::refusals(median(), "hallmark::median: the set is empty, so it has no median", "hallmark::median: the score pushed");
    laws::refusals(quantile(), "hallmark::quantile: the set is empty, so it has no quantile", "hallmark::quantile: the score pushed");
    CHECK_THROWS_WITH_AS(quantile(1.5), "hallmark::quantile: q is 1.5; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(quantile(-0.25), "hallmark::quantile: q is -0.25; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(quantile(std::numeric_limits<double>::quiet_NaN()), "hallmark::quantile: q is nan; allowed is 0 to 1", error);
    auto q = quantile(0.25);
    CHECK_THROWS_WITH_AS(q.merge(quantile(0.75)), "hallmark::quantile: q is 0.25 here and 0.75 there; only equal ones merge", error);
}

TEST_CASE("numpy's medians") {
    HALLMARK_NEEDS_GOLDEN();
    auto const losses = golden::values("roc/losses_f32.npy");
    auto const stats  = golden::values("roc/user_stats_f64.npy");
    for (std::size_t user = 0; user < 40; ++user) {
        auto const first = losses.begin() + static_cast<std::ptrdiff_t>(25 * user);
        CHECK(laws::value(median(), values(first, first + 25)) == stats[4 * user + 1]);
    }
}
