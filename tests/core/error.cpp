#include <hallmark/error.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>
#include <type_traits>

using namespace hallmark;

TEST_CASE("an error carries a code for programs and a sentence for people") {
    auto const e = error(errc::out_of_domain, "a sentence");
    CHECK(e.code() == errc::out_of_domain);
    CHECK(std::string(e.what()) == "a sentence");
    static_assert(std::is_base_of_v<std::runtime_error, error>);
}

TEST_CASE("sentences are texts and numbers side by side") {
    CHECK(detail::sentence("ratio is ", 1.5, "; allowed is ", 0, " to ", 1u) == "ratio is 1.5; allowed is 0 to 1");
    CHECK(detail::sentence('a', std::string("b"), -3, 0.1f, 1e300) == "ab-30.1000000011e+300");
    CHECK(detail::sentence(std::numeric_limits<double>::quiet_NaN()) == "nan");
}

TEST_CASE("require throws only when it must") {
    CHECK_NOTHROW(detail::require(true, errc::io_failure, "no"));
    CHECK_THROWS_WITH_AS(detail::require(false, errc::io_failure, "number ", 7), "number 7", error);
    try {
        detail::require(false, errc::budget_exhausted, "");
    } catch (error const& e) {
        CHECK(e.code() == errc::budget_exhausted);
    }
}

// By bits: a comparison with itself would be removed under -ffast-math, and NaN would pass.
TEST_CASE_TEMPLATE("numbers and no numbers", T, float, double) {
    using limits = std::numeric_limits<T>;
    for (T v : {T{0}, -T{0}, T{1}, limits::denorm_min(), limits::max(), limits::lowest()}) {
        CHECK(detail::is_number(v));
    }
    for (T v : {limits::quiet_NaN(), -limits::quiet_NaN(), limits::signaling_NaN(), limits::infinity(), -limits::infinity()}) {
        CHECK_FALSE(detail::is_number(v));
    }
}

TEST_CASE("the unit interval, both ends included") {
    for (float v : {0.0f, -0.0f, std::numeric_limits<float>::denorm_min(), 0.5f, 1.0f}) {
        CHECK(detail::is_unit(v));
    }
    for (float v : {std::nextafter(1.0f, 2.0f), -std::numeric_limits<float>::denorm_min(), -1.0f, 2.0f, std::numeric_limits<float>::quiet_NaN(),
                    std::numeric_limits<float>::infinity()}) {
        CHECK_FALSE(detail::is_unit(v));
    }
}
