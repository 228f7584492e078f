#include <hallmark/aggregate/mean.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>
#include <support/golden.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

namespace {
auto mean_of(values const& xs) -> mean {
    mean m;
    for (auto const x : xs) {
        m.push(x);
    }
    return m;
}
}  // namespace

TEST_CASE("pinned means") {
    CHECK(mean_of({1, 2, 3, 4}).value() == 2.5);
    CHECK(mean_of({-1.5}).value() == -1.5);
    CHECK(mean_of({1e308, -1e308, 3.0}).value() == 1.0);
    CHECK(mean_of(values(1'000'000, 0.1)).value() == 0.1);  // adding up in double gives 0.10000000000133288
    CHECK(mean_of({1, 2, 3, 4}).count() == 4);
    CHECK(mean().count() == 0);
}

// The published program averages in float, and numpy pairwise: near, and not more.
TEST_CASE("golden means") {
    HALLMARK_NEEDS_GOLDEN();
    auto const losses    = golden::values("roc/losses_f32.npy");
    auto const stats     = golden::values("roc/user_stats_f64.npy");
    auto const published = golden::values("roc/user_mean.npy");
    REQUIRE(published.size() == 40);
    for (std::size_t user = 0; user < 40; ++user) {
        auto const first = losses.begin() + static_cast<std::ptrdiff_t>(25 * user);
        auto const value = mean_of(values(first, first + 25)).value();
        CHECK(close(value, stats[4 * user], 1e-15));
        CHECK(close(value, published[user], 3e-7));
    }
}

// Threads finish in any order: the published score must not depend on it.
TEST_CASE("any order and any split give the same mean") {
    values     xs       = {0.1, -0.2, 1e17, 0.3, -1e17, 7e-5};
    auto const expected = mean_of(xs);
    std::sort(xs.begin(), xs.end());
    do {
        auto a = mean_of({xs[0], xs[1]});
        auto b = mean_of({xs[2], xs[3], xs[4], xs[5]});
        REQUIRE(mean_of(xs) == expected);
        b.merge(a);
        REQUIRE(b == expected);
        REQUIRE(b.value() == expected.value());
        REQUIRE(b.count() == 6);
    } while (std::next_permutation(xs.begin(), xs.end()));
}

TEST_CASE("merging with an empty set changes nothing") {
    auto m = mean_of({1, 2});
    m.merge(mean());
    CHECK(m == mean_of({1, 2}));
    mean empty;
    empty.merge(m);
    CHECK(empty == m);
    CHECK(mean_of({1, 3}) != mean_of({4}));  // the same sum of other sets
    CHECK(mean_of({0, 0}) != mean_of({0}));
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(mean().value(), "hallmark::mean: the set is empty, so it has no mean", error);
    auto m = mean_of({1, 2});
    CHECK_THROWS_WITH_AS(m.push(std::numeric_limits<double>::quiet_NaN()), "hallmark::exact_sum: the number pushed is nan; allowed is any finite number",
                         error);
    CHECK(m == mean_of({1, 2}));  // a refused score does not count
    auto const most = std::numeric_limits<double>::max();
    CHECK_THROWS_WITH_AS(mean_of({most, most}).value(), "hallmark::mean: the sum of the 2 scores is too large for a double", error);
}
