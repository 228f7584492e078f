#include <hallmark/stats/welch.hpp>

#include <doctest/doctest.h>
#include <stats/two_sample_golden.hpp>
#include <support/close.hpp>
#include <support/golden.hpp>

#include <limits>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

// By hand: means 2 and 5, variances of the means 1/3 and 5/3, t = -3/sqrt(2), df = 4/(1/18 + 25/27) = 216/53.
TEST_CASE("pinned values") {
    auto const a = values{1, 2, 3}, b = values{2, 4, 6, 8};
    auto const r = welch_t{}(a, b, alternative::less);
    CHECK(close(r.statistic, -2.1213203435596424, 1e-15));
    CHECK(r.n == 7);
    CHECK(close(r.p_value, detail::student_t_upper(2.1213203435596424, 216.0 / 53.0), 1e-13));
    CHECK(close(welch_t{}(a, b, alternative::greater).p_value, 1.0 - r.p_value, 1e-13));
    CHECK(close(welch_t{}(a, b, alternative::two_sided).p_value, 2.0 * r.p_value, 1e-13));
    CHECK(close(welch_t{}(b, a, alternative::greater).p_value, r.p_value, 1e-13));
}

// The same numbers 1e8 higher: the difference of two rounded means would be right to 8 digits only.
TEST_CASE("large values that differ a little") {
    auto const a = values{1, 2, 3}, b = values{2, 4, 6, 8};
    auto const far_a = values{1e8 + 1, 1e8 + 2, 1e8 + 3}, far_b = values{1e8 + 2, 1e8 + 4, 1e8 + 6, 1e8 + 8};
    CHECK(close(welch_t{}(far_a, far_b, alternative::less).statistic, welch_t{}(a, b, alternative::less).statistic, 1e-15));
}

// Squares near the ends of a double's range must not reach the degrees of freedom.
TEST_CASE("scale does not matter") {
    for (double const scale : {1e-150, 1e150}) {
        auto const r = welch_t{}(values{1 * scale, 2 * scale, 3 * scale}, values{2 * scale, 4 * scale, 6 * scale, 8 * scale}, alternative::less);
        CHECK(close(r.statistic, -2.1213203435596424, 1e-14));
        CHECK(close(r.p_value, detail::student_t_upper(2.1213203435596424, 216.0 / 53.0), 1e-12));
    }
}

// scipy 1.10.1, but for the set offset1e8: scipy rounds both means to a double near 1e8 and so is off by
// 1.7e-8 there. The value here is from exact rational arithmetic.
TEST_CASE("golden values") {
    HALLMARK_NEEDS_GOLDEN();
    auto const cases = two_sample_cases("welch_t");
    CHECK(cases.size() == 27);
    for (auto const& c : cases) {
        auto const r      = welch_t{}(c.a, c.b, c.alt);
        auto const offset = c.data == "offset1e8";
        INFO(c.data);
        CHECK(close(r.statistic, offset ? -2.3335859714069342 : c.statistic, 1e-12));
        CHECK(close(r.p_value, c.p_value, offset ? 1e-6 : 1e-12));
    }
}

TEST_CASE("what a caller can get wrong") {
    constexpr auto nan_ = std::numeric_limits<double>::quiet_NaN();
    auto const     go   = [](values const& a, values const& b) { return welch_t{}(a, b, alternative::less); };
    CHECK_THROWS_WITH_AS(go({1}, {1, 2}), "hallmark::welch_t: a has 1 value; at least 2 are needed", error);
    CHECK_THROWS_WITH_AS(go({1, 2}, {}), "hallmark::welch_t: b is empty; 2 values are needed at least", error);
    CHECK_THROWS_WITH_AS(go({1, nan_}, {1, 2}), "hallmark::welch_t: a[1] is NaN; allowed are finite numbers", error);
    CHECK_THROWS_WITH_AS(go({1, 2}, {nan_, 2}), "hallmark::welch_t: b[0] is NaN; allowed are finite numbers", error);
    CHECK_THROWS_WITH_AS(go({1, 1}, {2, 2}), "hallmark::welch_t: all values of a are equal, to 1e-152, and so are those of b; t needs a variance above 0",
                         error);
    CHECK_THROWS_WITH_AS(go({1e200, -1e200}, {2, 3}), "hallmark::welch_t: the values are too large; allowed are values whose squares are finite", error);
    CHECK_THROWS_WITH_AS(go({1e308, -1e308}, {2, 3}), "hallmark::welch_t: the values are too large; allowed are values whose squares are finite", error);
    CHECK_NOTHROW(go({1, 1}, {2, 3}));
}

// p is 0 in a double here; its logarithm is what an audit of many samples compares.
TEST_CASE("the logarithm of p") {
    auto a = values{}, b = values{};
    for (int i = 0; i < 2000; ++i) {
        a.push_back(3.0 + (i % 2));
        b.push_back(i % 2);
    }
    CHECK(welch_t{}(a, b, alternative::greater).p_value == 0.0);
    CHECK(welch_t{}.log_p_value(a, b, alternative::greater) < -1000.0);
    CHECK(close(welch_t{}.log_p_value(a, b, alternative::two_sided), welch_t{}.log_p_value(a, b, alternative::greater) + std::log(2.0), 1e-14));
    CHECK(close(welch_t{}.log_p_value(b, a, alternative::less), welch_t{}.log_p_value(a, b, alternative::greater), 1e-14));
    auto const few = values{1, 2, 4};
    for (auto const alt : {alternative::less, alternative::greater, alternative::two_sided}) {
        CHECK(close(welch_t{}.log_p_value(few, b, alt), std::log(welch_t{}(few, b, alt).p_value), 1e-13));
    }
    CHECK_THROWS_AS(welch_t{}.log_p_value(values{1}, b, alternative::less), error);
}

// Squares of what is this small have lost digits, or all of them: no t comes of it.
TEST_CASE("values that are too close to each other") {
    auto const times = [](values x, double scale) {
        for (auto& v : x) {
            v *= scale;
        }
        return x;
    };
    values const a{1.0, 2.0, 4.0}, b{3.0, 5.0, 9.0};
    auto const   p = welch_t{}(a, b, alternative::less).p_value;
    CHECK(close(welch_t{}(times(a, 1e-151), times(b, 1e-151), alternative::less).p_value, p, 1e-12));
    for (double const scale : {1e-153, 3e-162, 1e-200}) {
        CHECK_THROWS_WITH_AS(welch_t{}(times(a, scale), times(b, scale), alternative::less),
                             "hallmark::welch_t: all values of a are equal, to 1e-152, and so are those of b; t needs a variance above 0", error);
    }
}
