#include <hallmark/stats/mean_sequence.hpp>

#include <hallmark/random/stream.hpp>
#include <hallmark/random/uniform.hpp>

#include <doctest/doctest.h>
#include <stats/bounded_nulls.hpp>
#include <support/close.hpp>

#include <cmath>
#include <limits>

using namespace hallmark;

TEST_CASE("before the first number everything is possible; then the interval shrinks around the mean") {
    mean_sequence s(0.95);
    CHECK(s.interval() == interval{0.0, 1.0});
    stream source(chacha_key{{5}});
    auto   width = 1.0;
    for (int n = 1; n <= 4096; ++n) {
        s.push(uniform_double(source));
        if (n == 64 || n == 512 || n == 4096) {
            auto const now = s.interval();
            CHECK(now.lower < 0.5);
            CHECK(now.upper > 0.5);
            CHECK(now.upper - now.lower < 0.6 * width);
            width = now.upper - now.lower;
        }
    }
    CHECK(s.count() == 4096);
    CHECK(width < 0.05);  // Hoeffding's bound for one fixed n alone is 0.042 wide
}

// The end of the interval against its definition, computed the slow way.
TEST_CASE("the lower end is the least mean that nobody has won against") {
    mean_sequence s(0.9);
    stream        source(chacha_key{{6}});
    double        x[60], stake[60];
    double        n = 1.0, sum = 0.5, squares = 0.25;
    for (int i = 0; i < 60; ++i) {
        x[i] = 0.5 + 0.5 * uniform_double(source);
        s.push(x[i]);
        stake[i] = std::sqrt(2.0 * std::log(20.0) / (squares / n * n * std::log(n + 1.0)));
        n += 1.0;
        sum += x[i];
        squares += (x[i] - sum / n) * (x[i] - sum / n);
    }
    auto const capital = [&](double m) {
        auto e = 1.0;
        for (int i = 0; i < 60; ++i) {
            e *= 1.0 + std::min(stake[i], 0.75 / m) * (x[i] - m);
        }
        return e;
    };
    auto const low = s.interval().lower;
    CHECK(low > 0.5);
    CHECK(capital(low) >= 20.0 * (1.0 - 1e-9));
    CHECK(capital(low + 1e-9) < 20.0);
}

TEST_CASE("mirrored numbers give the mirrored interval, other bounds the same in other units") {
    mean_sequence a(0.95), b(0.95), c(0.95, -2.0, 6.0);
    stream        source(chacha_key{{8}});
    for (int i = 0; i < 200; ++i) {
        auto const x = uniform_double(source) * uniform_double(source);
        a.push(x);
        b.push(1.0 - x);
        c.push(8.0 * x - 2.0);
    }
    CHECK(close(a.interval().lower, 1.0 - b.interval().upper, 0.0, 1e-11));
    CHECK(close(a.interval().upper, 1.0 - b.interval().lower, 0.0, 1e-11));
    CHECK(close(8.0 * a.interval().lower - 2.0, c.interval().lower, 0.0, 1e-10));
    CHECK(close(8.0 * a.interval().upper - 2.0, c.interval().upper, 0.0, 1e-10));
}

// Read at 40 moments up to 10,000 numbers; one miss anywhere counts. The band is one-sided 99.9 % around 10 % of 60 streams.
TEST_CASE("simulation: all intervals together hold the mean") {
    std::uint32_t law = 0;
    for (auto const& null : bounded_nulls::all()) {
        auto missed = 0u;
        for (std::uint32_t k = 0; k < 60; ++k) {
            stream        source(chacha_key{{law, k, 9}});
            mean_sequence s(0.9);
            auto          bad = false;
            for (int i = 1, next = 1; i <= (k == 0 ? 10'000 : 1000); ++i) {
                s.push(null.draw(source));
                if (i == next) {
                    auto const now = s.interval();
                    bad            = bad || now.lower > null.mean || now.upper < null.mean;
                    next           = i + 1 + i / 4;
                }
            }
            missed += bad ? 1u : 0u;
        }
        INFO(null.name, ": ", missed);
        CHECK(missed <= 6 + 3.09 * std::sqrt(60 * 0.1 * 0.9));
        ++law;
    }
}

TEST_CASE("what a caller can get wrong") {
    constexpr auto nan_ = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH_AS(mean_sequence(1.0), "hallmark::mean_sequence: confidence is 1; allowed is more than 0 and less than 1", error);
    CHECK_THROWS_WITH_AS(mean_sequence(nan_), "hallmark::mean_sequence: confidence is NaN; allowed is a finite number", error);
    CHECK_THROWS_WITH_AS(mean_sequence(0.9, 2.0, 1.0), "hallmark::mean_sequence: upper is 1; allowed is more than lower = 2", error);
    mean_sequence s(0.9);
    CHECK_THROWS_WITH_AS(s.push(-0.5), "hallmark::mean_sequence::push: x is -0.5; allowed is lower = 0 to upper = 1", error);
    CHECK_THROWS_WITH_AS(s.push(nan_), "hallmark::mean_sequence::push: x is NaN; allowed is a finite number", error);
    CHECK(s.count() == 0);
}

// Bounds that binary fractions round: lower + 1·(upper - lower) is not upper for them.
TEST_CASE("the interval reaches both bounds") {
    for (int i = -20; i < 20; ++i) {
        for (int j = i + 1; j < 25; ++j) {
            auto const lower = 0.1 * i, upper = 0.1 * j;
            auto       sequence = mean_sequence(0.95, lower, upper);
            CHECK(sequence.interval() == interval{lower, upper});
            for (int k = 0; k < 20; ++k) {
                sequence.push(upper);
            }
            CHECK(sequence.interval().upper == upper);
            CHECK(sequence.interval().lower > lower);
        }
    }
}
