#include <hallmark/stats/moments.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>

#include <vector>

using namespace hallmark::detail;

// A mean of values near 1e15 that is rounded before it is used, or a one-pass variance, has no right digit here.
TEST_CASE("large values that differ a little") {
    auto const x = std::vector<double>{1e15 + 1, 1e15 + 2, 1e15 + 3, 1e15 + 6};
    CHECK(moments_about(x, 1e15).mean == 3.0);
    CHECK(close(moments_about(x, 1e15).variance, 14.0 / 3.0, 1e-15));
    CHECK(moments_about(x, x.front()).mean == 2.0);
    CHECK(close(moments_about(x, x.front()).variance, 14.0 / 3.0, 1e-15));
}

TEST_CASE("the sum keeps what single additions lose") {
    auto sum = compensated_sum{};
    for (double const x : {1.0, 1e100, 1.0, -1e100}) {
        sum.add(x);
    }
    CHECK(sum.value() == 2.0);
}
