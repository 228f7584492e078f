#include <hallmark/audit/verdict.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <string>

using namespace hallmark;

namespace {
auto decided(double p, double smallest_p, double alpha, std::size_t size = 9, std::size_t draws = 1) -> verdict {
    auto v = verdict{"", decision::not_shown, alpha, 0.0, p, smallest_p, 1, size, 0, {}, {}};
    detail::decide(v, "null sets", size, draws);
    return v;
}
}  // namespace

// `<` for `<=` would withhold a verdict that was earned.
TEST_CASE("shown at p = alpha, and not above") {
    CHECK(decided(0.05, 0.01, 0.05).outcome == decision::shown);
    CHECK(decided(0.01, 0.01, 0.05).outcome == decision::shown);
    CHECK(decided(std::nextafter(0.05, 1.0), 0.01, 0.05).outcome == decision::not_shown);
    CHECK(decided(0.05, 0.05, 0.05).outcome == decision::shown);
    CHECK(decided(0.06, 0.05, 0.05).outcome == decision::not_shown);
    CHECK(decided(0.05, 0.05, 0.05).warnings.empty());
}

// "Not shown" by an audit that could not have shown anything is read as innocence.
TEST_CASE("an audit that is too small says so, and how large it must be") {
    auto const v = decided(0.1, 0.1, 0.05);
    CHECK(v.outcome == decision::cannot_be_shown);
    REQUIRE(v.warnings.size() == 1);
    CHECK(v.warnings[0] == "With 9 null sets no outcome gives a p-value below 0.1; for alpha = 0.05 there must be at least 19.");
    CHECK(decided(0.0625, 0.0625, 0.01, 3, 2).warnings.at(0) ==
          "With 3 null sets no outcome gives a p-value below 0.0625; for alpha = 0.01 there must be at least 9.");
    CHECK(decided(0.1, 0.1, 1e-30).warnings.at(0) == "With 9 null sets no outcome gives a p-value below 0.1; for alpha = 1e-30 there must be at least 1e+30.");
}

// One too few, and whoever follows the advice is told the same again.
TEST_CASE("the size that is asked for is the least that will do") {
    for (int n = 2; n < 5000; ++n) {
        for (std::size_t const draws : {1u, 2u, 3u}) {
            auto alpha = 1.0;  // reached by n − 1 exactly
            for (std::size_t i = 0; i < draws; ++i) {
                alpha /= n;
            }
            auto const asked = [&](double a) {
                auto const text = decided(1.0, 1.0, a, 0, draws).warnings.at(0);
                return text.substr(text.rfind(' ') + 1);
            };
            REQUIRE(asked(alpha) == std::to_string(n - 1) + ".");
            REQUIRE(asked(std::nextafter(alpha, 0.0)) == std::to_string(n) + ".");
        }
    }
    CHECK(decided(1.0, 1.0, 0.07, 0).warnings.at(0).ends_with("at least 14."));  // 1/15 = 0.067
}

TEST_CASE("the words for a decision") {
    CHECK(name_of(decision::shown) == "shown");
    CHECK(name_of(decision::not_shown) == "not shown");
    CHECK(name_of(decision::cannot_be_shown) == "cannot be shown");
    CHECK(name_of(static_cast<decision>(9)).empty());
}

TEST_CASE("what a caller can get wrong") {
    CHECK_NOTHROW(detail::require_alpha(1e-300, "f"));
    CHECK_NOTHROW(detail::require_alpha(0.999, "f"));
    CHECK_THROWS_WITH_AS(detail::require_alpha(0.0, "f"), "f: alpha is 0; allowed is a number between 0 and 1, both left out", error);
    CHECK_THROWS_WITH_AS(detail::require_alpha(1.0, "f"), "f: alpha is 1; allowed is a number between 0 and 1, both left out", error);
    CHECK_THROWS_WITH_AS(detail::require_alpha(-0.05, "f"), "f: alpha is -0.05; allowed is a number between 0 and 1, both left out", error);
    CHECK_THROWS_WITH_AS(detail::require_alpha(std::numeric_limits<double>::quiet_NaN(), "f"),
                         "f: alpha is nan; allowed is a number between 0 and 1, both left out", error);
}
