#include <hallmark/stats/betting_process.hpp>

#include <hallmark/random/stream.hpp>
#include <hallmark/random/uniform.hpp>

#include <doctest/doctest.h>
#include <stats/bounded_nulls.hpp>
#include <support/close.hpp>

#include <cmath>
#include <limits>

using namespace hallmark;

// By hand: with no past the mean is 1/2 and the variance 1/4, so against 1/4 the stake is (1/4)/(1/4 + 1/16) = 4/5.
TEST_CASE("pinned values") {
    betting_process p(0.25);
    CHECK(p.log_e() == 0.0);
    p.push(1.0);
    CHECK(close(std::exp(p.log_e()), 1.0 + 0.8 * 0.75, 1e-14));
    // Now the mean is (1/2 + 1)/2 = 3/4 and the variance (1/4 + 1/16)/2 = 5/32; ahead by 1/2: stake (1/2)/(5/32 + 1/4) = 16/13.
    p.push(0.0);
    CHECK(close(std::exp(p.log_e()), 1.6 * (1.0 - 16.0 / 13.0 * 0.25), 1e-14));
    CHECK(p.count() == 2);
    CHECK(close(p.p_value(), 1.0 / 1.6, 1e-14));
    // Behind: nothing is staked, and nothing is lost.
    betting_process q(0.5);
    q.push(0.0);
    CHECK(q.log_e() == 0.0);
    q.push(0.0);
    CHECK(q.log_e() == 0.0);
}

// Never more than three quarters of the capital at once.
TEST_CASE("a lost bet leaves a quarter") {
    betting_process p(0.5);
    for (int i = 0; i < 50; ++i) {
        p.push(0.6);
    }
    auto const before = p.log_e();
    p.push(0.0);
    CHECK(close(std::exp(p.log_e() - before), 0.25, 1e-12));
}

TEST_CASE("bounds other than 0 and 1 are a change of units") {
    betting_process a(0.25), b(-3.0, -4.0, 0.0);
    for (double const x : {0.5, 0.25, 1.0, 0.0, 0.75}) {
        a.push(x);
        b.push(4.0 * x - 4.0);
        CHECK(close(a.log_e(), b.log_e(), 1e-13));
    }
}

// One fair step of the tree: whatever the past, the mean of e over a two-point law with the null's mean is e now. All
// pasts of 12 coins, so the rate over every stopping time is exact here; below it is simulated for longer.
TEST_CASE("enumeration: the mean of e never grows, and the rate over every stopping time is at most alpha") {
    struct walker {
        double win, mean = 0.0, rejected = 0.0;
        void   visit(betting_process const& p, double chance, int depth, bool done) {
              auto const now = done || p.rejects(0.1);
              rejected += now && !done ? chance : 0.0;
              if (depth == 0) {
                  mean += chance * std::exp(p.log_e());
                  return;
            }
              auto a = p, b = p;
              a.push(1.0);
              b.push(0.0);
              visit(a, chance * win, depth - 1, now);
              visit(b, chance * (1.0 - win), depth - 1, now);
        }
    };
    for (double const m : {0.05, 0.3, 0.5, 0.9}) {
        walker w{m};
        w.visit(betting_process(m), 1.0, 12, false);
        CHECK(close(w.mean, 1.0, 1e-12));
        CHECK(w.rejected <= 0.1);
    }
}

// Ten thousand looks at each of 400 streams of five laws. The band is one-sided 99.9 %: at a rate of exactly alpha, 400 alpha
// rejections and 3.09 standard deviations. The key is fixed, so the numbers are the same in each run.
TEST_CASE("simulation: 10,000 looks, no more than alpha ever rejected") {
    std::uint32_t law = 0;
    for (auto const& null : bounded_nulls::all()) {
        for (double const alpha : {0.1, 0.01}) {
            constexpr auto streams  = 400u;
            auto           rejected = 0u;
            for (std::uint32_t k = 0; k < streams; ++k) {
                stream          source(chacha_key{{law, k, 7}});
                betting_process p(null.mean);
                for (int i = 0; i < 10'000 && p.highest_log_e() < -std::log(alpha); ++i) {
                    p.push(null.draw(source));
                }
                rejected += p.rejects(alpha) ? 1u : 0u;
            }
            INFO(null.name, ", alpha = ", alpha, ": ", rejected, " of ", streams);
            CHECK(rejected <= streams * alpha + 3.09 * std::sqrt(streams * alpha * (1.0 - alpha)));
        }
        ++law;
    }
}

TEST_CASE("it finds what is there") {
    stream          source(chacha_key{{1, 2, 3}});
    betting_process p(0.5);
    while (!p.rejects(0.001) && p.count() < 2000) {
        p.push(0.2 + 0.8 * uniform_double(source));  // mean 0.6
    }
    CHECK(p.rejects(0.001));
    CHECK(p.count() < 600);
}

TEST_CASE("what a caller can get wrong") {
    constexpr auto nan_ = std::numeric_limits<double>::quiet_NaN();
    constexpr auto inf_ = std::numeric_limits<double>::infinity();
    CHECK_THROWS_WITH_AS(betting_process(0.0), "hallmark::betting_process: mean is 0; allowed is more than lower = 0 and less than upper = 1", error);
    CHECK_THROWS_WITH_AS(betting_process(1.0), "hallmark::betting_process: mean is 1; allowed is more than lower = 0 and less than upper = 1", error);
    CHECK_THROWS_WITH_AS(betting_process(nan_), "hallmark::betting_process: mean is NaN; allowed is a finite number", error);
    CHECK_THROWS_WITH_AS(betting_process(0.5, 1.0, 1.0), "hallmark::betting_process: upper is 1; allowed is more than lower = 1", error);
    CHECK_THROWS_WITH_AS(betting_process(0.5, -inf_, 1.0), "hallmark::betting_process: lower is -infinity; allowed is a finite number", error);
    CHECK_THROWS_WITH_AS(betting_process(0.5, -1e308, 1e308), "hallmark::betting_process: upper - lower is infinity; allowed is a finite number", error);
    betting_process p(0.5);
    CHECK_THROWS_WITH_AS(p.push(1.25), "hallmark::betting_process::push: x is 1.25; allowed is lower = 0 to upper = 1", error);
    CHECK_THROWS_WITH_AS(p.push(nan_), "hallmark::betting_process::push: x is NaN; allowed is a finite number", error);
    CHECK(p.count() == 0);
}
