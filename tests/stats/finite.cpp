#include <hallmark/stats/finite.hpp>

#include <doctest/doctest.h>
#include <support/code_of.hpp>

#include <limits>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

constexpr auto nan_      = std::numeric_limits<double>::quiet_NaN();
constexpr auto infinity_ = std::numeric_limits<double>::infinity();

// Without this a NaN would be found or not depending on the compiler's flags.
TEST_CASE("finite is read off the bits") {
    static_assert(detail::is_finite(0.0) && detail::is_finite(-1.7976931348623157e308) && detail::is_finite(5e-324));
    static_assert(!detail::is_finite(nan_) && !detail::is_finite(infinity_) && !detail::is_finite(-infinity_));
    CHECK(detail::not_finite_name(nan_) == "NaN");
    CHECK(detail::not_finite_name(-nan_) == "NaN");
    CHECK(detail::not_finite_name(infinity_) == "infinity");
    CHECK(detail::not_finite_name(-infinity_) == "-infinity");
}

// Every sentence a caller can meet, with its code.
TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(detail::require_finite(nan_, "hallmark::f", "x"), "hallmark::f: x is NaN; allowed is a finite number", error);
    CHECK_THROWS_WITH_AS(detail::require_sample({}, "hallmark::f", "x"), "hallmark::f: x is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(detail::require_sample({}, "hallmark::f", "x", 2), "hallmark::f: x is empty; 2 values are needed at least", error);
    CHECK_THROWS_WITH_AS(detail::require_sample(values{1}, "hallmark::f", "x", 2), "hallmark::f: x has 1 value; at least 2 are needed", error);
    CHECK_THROWS_WITH_AS(detail::require_sample(values{1, 2}, "hallmark::f", "x", 3), "hallmark::f: x has 2 values; at least 3 are needed", error);
    CHECK_THROWS_WITH_AS(detail::require_sample(values{1, nan_}, "hallmark::f", "x"), "hallmark::f: x[1] is NaN; allowed are finite numbers", error);
    CHECK_THROWS_WITH_AS(detail::require_sample(values{-infinity_, 1}, "hallmark::f", "x"), "hallmark::f: x[0] is -infinity; allowed are finite numbers",
                         error);
    CHECK_THROWS_WITH_AS(detail::require_pairs(values{1, 2}, values{1}, "hallmark::f"), "hallmark::f: a has 2 values and b has 1; pairs need equal lengths",
                         error);
    CHECK_THROWS_WITH_AS(detail::require_pairs(values{1, 2}, values{1, infinity_}, "hallmark::f"), "hallmark::f: b[1] is infinity; allowed are finite numbers",
                         error);
    CHECK_THROWS_WITH_AS(detail::require_pairs(values{nan_, 2}, values{1, 2}, "hallmark::f"), "hallmark::f: a[0] is NaN; allowed are finite numbers", error);
    CHECK_THROWS_WITH_AS(detail::require_pairs(values{1}, values{1}, "hallmark::f", 2), "hallmark::f: a has 1 value; at least 2 are needed", error);
    CHECK_THROWS_WITH_AS(detail::require_fraction(1.5, "hallmark::f", "p"), "hallmark::f: p is 1.5; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(detail::require_fraction(-0.5, "hallmark::f", "p"), "hallmark::f: p is -0.5; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(detail::require_fraction(nan_, "hallmark::f", "p"), "hallmark::f: p is NaN; allowed is a finite number", error);
    CHECK_THROWS_WITH_AS(detail::require_open_fraction(1.0, "hallmark::f", "p"), "hallmark::f: p is 1; allowed is more than 0 and less than 1", error);
    CHECK_THROWS_WITH_AS(detail::require_open_fraction(0.0, "hallmark::f", "p"), "hallmark::f: p is 0; allowed is more than 0 and less than 1", error);
    CHECK_NOTHROW(detail::require_fraction(0.0, "hallmark::f", "p"));
    CHECK_NOTHROW(detail::require_fraction(1.0, "hallmark::f", "p"));

    CHECK(code_of([] { detail::require_sample({}, "f", "x"); }) == errc::empty_input);
    CHECK(code_of([] { detail::require_sample(values{1}, "f", "x", 2); }) == errc::out_of_domain);
    CHECK(code_of([] { detail::require_sample(values{nan_}, "f", "x"); }) == errc::not_a_number);
    CHECK(code_of([] { detail::require_pairs(values{1}, values{}, "f"); }) == errc::shape_mismatch);
    CHECK(code_of([] { detail::require_fraction(2, "f", "x"); }) == errc::out_of_domain);
}
