#include <hallmark/metric/calibration.hpp>

#include <hallmark/random/stream.hpp>
#include <hallmark/random/uniform.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>

#include <cmath>
#include <limits>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

// By hand; of one p-value the excess is 1 - p, whose chance under the null hypothesis is p.
TEST_CASE("pinned values") {
    auto const r = calibration(values{0.4, 0.1, 0.1, 0.9}, 0.95);
    CHECK(r.n == 4);
    CHECK(r.curve == std::vector<calibration_point>{{0.1, 0.5}, {0.4, 0.75}, {0.9, 1.0}});
    CHECK(close(r.excess, 0.4, 1e-15));
    CHECK(r.at == 0.1);
    CHECK(close(r.band, std::sqrt(std::log(20.0) / 8.0), 1e-14));
    CHECK(r.p_value == detail::kolmogorov_upper_one_sided(4, r.excess));
    CHECK(close(calibration(values{0.3}).p_value, 0.3, 1e-14));
    CHECK(calibration(values{1, 1}).p_value == 1.0);
    CHECK(calibration(values{1, 1}).excess == 0.0);
    CHECK(calibration(values{1, 1}).at == 1.0);
    CHECK(calibration(values{0, 0}).p_value == 0.0);
    CHECK(close(calibration(values{0.5}, 0.25).band, std::sqrt(std::log(2.0) / 2.0), 1e-14));
}

// Every outcome of three ranks among four nulls: valid, and lumpy as they can be.
TEST_CASE("valid discrete p-values are called invalid at most as often as the level says") {
    for (double const alpha : {0.5, 0.2, 0.1, 0.05, 0.01}) {
        auto by_p = 0.0, by_band = 0.0;
        for (int i = 0; i < 125; ++i) {
            auto const r = calibration(values{(1 + i % 5) / 5.0, (1 + i / 5 % 5) / 5.0, (1 + i / 25) / 5.0}, 1.0 - alpha);
            by_p += r.p_value <= alpha ? 1.0 / 125.0 : 0.0;
            by_band += r.excess > r.band ? 1.0 / 125.0 : 0.0;
        }
        CHECK(by_p <= alpha + 1e-12);
        CHECK(by_band <= alpha + 1e-12);
    }
}

TEST_CASE("uniform p-values pass, a test that looks at the better of two does not") {
    auto   source = stream(chacha_key{{3, 1}});
    values good, bad;
    for (int i = 0; i < 2000; ++i) {
        auto const u = uniform_double(source), v = uniform_double(source);
        good.push_back(u);
        bad.push_back(std::min(u, v));
    }
    auto const g = calibration(good), b = calibration(bad);
    CHECK(g.excess <= g.band);
    CHECK(g.p_value > 0.05);
    CHECK(b.excess > 0.2);
    CHECK(b.p_value < 1e-50);
    CHECK(close(b.at, 0.5, 0.0, 0.1));
    CHECK(rejection_rate(bad, 0.05).ci.lower > 0.05);
    CHECK(rejection_rate(good, 0.05).ci.lower < 0.05);
}

TEST_CASE("the rate of rejections counts what is at most alpha") {
    CHECK(rejection_rate(values{0.05, 0.06, 0.01, 1.0}, 0.05, 0.9) == rate{0.5, 2, 4, clopper_pearson(2, 4, 0.9), 0.05});
}

TEST_CASE("what a caller can get wrong") {
    constexpr auto nan_ = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH_AS(calibration({}), "hallmark::calibration: p is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(calibration(values{0.5, 1.5}), "hallmark::calibration: p[1] is 1.5; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(calibration(values{nan_}), "hallmark::calibration: p[0] is NaN; allowed are finite numbers", error);
    CHECK_THROWS_WITH_AS(calibration(values{0.5}, 1.0), "hallmark::calibration: confidence is 1; allowed is more than 0 and less than 1", error);
    CHECK_THROWS_WITH_AS(rejection_rate({}, 0.1), "hallmark::rejection_rate: p is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(rejection_rate(values{0.5}, 1.5), "hallmark::rejection_rate: alpha is 1.5; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(rejection_rate(values{0.5}, 0.5, 0.0), "hallmark::rejection_rate: confidence is 0; allowed is more than 0 and less than 1", error);
}
