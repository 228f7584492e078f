#include <hallmark/stats/wilson.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>

#include <algorithm>
#include <limits>
#include <utility>

using namespace hallmark;

// mpmath 1.3.0, 40 digits, from the formula.
TEST_CASE("pinned values") {
    auto const a = wilson(7, 25, 0.95);
    CHECK(close(a.lower, 0.14283853850956558, 1e-13));
    CHECK(close(a.upper, 0.47576605190361576, 1e-13));
    auto const b = wilson(0, 10, 0.9);
    CHECK(b.lower == 0.0);
    CHECK(close(b.upper, 0.21294197008340709, 1e-13));
    auto const c = wilson(500, 5000, 0.99);
    CHECK(close(c.lower, 0.089596156549422374, 1e-12));
    CHECK(close(c.upper, 0.1114640200742856, 1e-12));
    CHECK(wilson(10, 10, 0.9).upper == 1.0);
    CHECK(close(wilson(10, 10, 0.9).lower, 1.0 - b.upper, 1e-13));
}

// It is what its page says: shorter than the exact interval nearly everywhere, and too short for some rates. Every outcome counted.
TEST_CASE("coverage: near the level on average, below it for some rates") {
    auto const n    = std::size_t{30};
    auto       mean = 0.0, least = 1.0;
    auto       rates = 0;
    for (double rate = 0.005; rate < 1.0; rate += 0.005, ++rates) {
        auto covered = 0.0;
        for (std::size_t k = 0; k <= n; ++k) {
            auto const i = wilson(k, n, 0.95);
            covered += i.lower <= rate && rate <= i.upper ? detail::binomial_mass(k, n, rate) : 0.0;
        }
        mean += covered;
        least = covered < least ? covered : least;
    }
    mean /= rates;
    CHECK(mean > 0.945);
    CHECK(mean < 0.965);
    CHECK(least < 0.9);
    CHECK(least > 0.82);
}

// At an end of an interval the coverage falls by the chance of one outcome: the worst lies next to one.
TEST_CASE("the worst coverage of few trials") {
    for (auto const& [n, worst] : {std::pair<std::size_t, double>{1, 0.7934506858}, {2, 0.8198737376}, {3, 0.8266354268}, {4, 0.8297455084}, {40, 0.8374}}) {
        auto least = 1.0;
        for (std::size_t outcome = 0; outcome <= n; ++outcome) {
            auto const at = wilson(outcome, n, 0.95);
            for (double const rate : {at.lower * (1.0 - 1e-11), at.lower * (1.0 + 1e-11), at.upper * (1.0 - 1e-11), at.upper * (1.0 + 1e-11)}) {
                auto covered = rate > 0.0 && rate < 1.0 ? 0.0 : 1.0;
                for (std::size_t k = 0; k <= n && rate > 0.0 && rate < 1.0; ++k) {
                    auto const i = wilson(k, n, 0.95);
                    covered += i.lower <= rate && rate <= i.upper ? detail::binomial_mass(k, n, rate) : 0.0;
                }
                least = std::min(least, covered);
            }
        }
        INFO(n);
        CHECK(close(least, worst, 1e-4));
    }
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(wilson(0, 0, 0.95), "hallmark::wilson: trials is 0; allowed is 1 or more", error);
    CHECK_THROWS_WITH_AS(wilson(3, 2, 0.95), "hallmark::wilson: successes is 3; allowed is 0 to trials = 2", error);
    CHECK_THROWS_WITH_AS(wilson(1, 2, 1.0), "hallmark::wilson: confidence is 1; allowed is more than 0 and less than 1", error);
    CHECK_THROWS_WITH_AS(wilson(1, 2, std::numeric_limits<double>::quiet_NaN()), "hallmark::wilson: confidence is NaN; allowed is a finite number", error);
}
