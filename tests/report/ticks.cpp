#include <hallmark/report/ticks.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

using namespace hallmark;
using detail::axis_range;

namespace {
constexpr auto huge = std::numeric_limits<double>::max();
constexpr auto tiny = std::numeric_limits<double>::denorm_min();

auto labels(axis_range r, std::size_t wanted) -> std::vector<std::string> {
    std::vector<std::string> out;
    auto const               step = detail::round_step(r, wanted);
    for (auto const t : detail::ticks(r, step)) {
        out.push_back(detail::tick_label(t, step, std::max(std::abs(r.lower), std::abs(r.upper))));
    }
    return out;
}
using texts = std::vector<std::string>;
}  // namespace

// A label that differs from its tick is a wrong chart that looks right.
TEST_CASE("pinned labels") {
    CHECK(labels({0, 1}, 5) == texts{"0.0", "0.2", "0.4", "0.6", "0.8", "1.0"});
    CHECK(labels({-2.5, 0.1}, 6) == texts{"−2.5", "−2.0", "−1.5", "−1.0", "−0.5", "0.0"});
    CHECK(labels({0, 90}, 5) == texts{"0", "20", "40", "60", "80"});
    CHECK(labels({0, 1000000}, 4) == texts{"0", "5·10⁵", "1.0·10⁶"});
    CHECK(labels({-2e-9, 1e-9}, 3) == texts{"−2·10⁻⁹", "−1·10⁻⁹", "0", "1·10⁻⁹"});
    CHECK(labels({1.0001, 1.0003}, 2) == texts{"1.0001", "1.0002", "1.0003"});
    CHECK(labels({0, 999999}, 2) == texts{"0", "500000"});
    CHECK(labels({-huge, huge}, 4) == texts{"−1·10³⁰⁸", "0", "1·10³⁰⁸"});
}

// Whatever the data, an axis must have a length and between one and `wanted` + 1 ticks, inside it.
TEST_CASE("laws of axes") {
    auto const ends =
        std::vector<double>{-huge, -1e300, -3.7, -1, -1e-9, -tiny, 0, tiny, 1e-300, 1e-12, 0.1, 1, 1 + 1e-15, 1 + 1e-8, 99, 1e9, 1e9 + 1, 1e300, huge};
    for (auto const lower : ends) {
        for (auto const upper : ends) {
            if (lower > upper) {
                continue;
            }
            auto const r = detail::widened({lower, upper});
            CAPTURE(lower);
            CAPTURE(upper);
            CHECK(r.lower < r.upper);
            CHECK(detail::position(r, r.lower) == 0.0);
            CHECK(detail::position(r, r.upper) == 1.0);
            CHECK(detail::half_length(r) <= huge);
            for (std::size_t const wanted : {1u, 2u, 5u, 8u, 40u}) {
                auto const step  = detail::round_step(r, wanted);
                auto const marks = detail::ticks(r, step);
                CHECK(marks.size() <= std::max(wanted, std::size_t{3}) + 1);
                CHECK(step < huge);
                CHECK(4 * marks.size() + 8 >= wanted);
                for (auto const t : marks) {
                    CHECK(detail::position(r, t) >= -1e-6);
                    CHECK(detail::position(r, t) <= 1 + 1e-6);
                    CHECK(!std::signbit(t == 0.0 ? t : 1.0));
                    CHECK(!detail::tick_label(t, step, std::max(std::abs(r.lower), std::abs(r.upper))).empty());
                }
            }
        }
    }
}

TEST_CASE("constant data stand in the middle") {
    CHECK(detail::position(detail::widened({5, 5}), 5) == doctest::Approx(0.5));
    CHECK(detail::position(detail::widened({0, 0}), 0) == 0.5);
    CHECK(detail::widened({0, 1}).upper == 1);
    CHECK(detail::widened({-5, -5}).lower == doctest::Approx(-5.25));
}

TEST_CASE("round steps are 1, 2, 5 times a power of ten, the least that suffices") {
    CHECK(detail::round_step({0, 1}, 10) == doctest::Approx(0.1));
    CHECK(detail::round_step({0, 1.01}, 10) == doctest::Approx(0.2));
    CHECK(detail::round_step({0, 2.01}, 10) == doctest::Approx(0.5));
    CHECK(detail::round_step({0, 5.01}, 10) == doctest::Approx(1));
    CHECK(detail::round_step({0, 100}, 1) == doctest::Approx(100));
}

TEST_CASE("numbers for people") {
    CHECK(detail::readable(0.05) == "0.05");
    CHECK(detail::readable(-1.23456) == "−1.235");
    CHECK(detail::readable(0) == "0");
    CHECK(detail::readable(6e-62) == "6e-62");
    CHECK(detail::percent(0.05) == "5 %");
    CHECK(detail::power_of_ten(-1234567890) == "10⁻¹²³⁴⁵⁶⁷⁸⁹⁰");
}

// "At most 0.199 %" of a rate of 0.1996 % would be a false claim.
TEST_CASE("bounds are rounded to the safe side") {
    CHECK(detail::percent_bound(1.0 / 501, true) == "0.2 %");
    CHECK(detail::percent_bound(1.0 / 501, false) == "0.199 %");
    CHECK(detail::percent_bound(1.0 / 300, true) == "0.334 %");
    CHECK(detail::percent_bound(1.0 / 300, false) == "0.333 %");
    CHECK(detail::percent_bound(0.05, true) == "5 %");
    CHECK(detail::percent_bound(0.05, false) == "5 %");
    CHECK(detail::percent_bound(1.0, true) == "100 %");
    CHECK(detail::percent_bound(0.99999, true) == "100 %");
    CHECK(detail::percent_bound(0.0, true) == "0 %");
    for (unsigned n = 1; n < 2000; ++n) {
        CAPTURE(n);
        CHECK(std::stod(detail::percent_bound(1.0 / n, true)) >= 100.0 / n * (1 - 1e-11));
        CHECK(std::stod(detail::percent_bound(1.0 / n, true)) <= 100.0 / n * 1.0101);
        CHECK(std::stod(detail::percent_bound(1.0 / n, false)) <= 100.0 / n * (1 + 1e-11));
        CHECK(std::stod(detail::percent_bound(1.0 / n, false)) >= 100.0 / n * 0.9899);
    }
}
