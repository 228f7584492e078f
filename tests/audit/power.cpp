#include <hallmark/audit/power.hpp>

#include <hallmark/audit/population.hpp>
#include <hallmark/audit/twin.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

using namespace hallmark;

// Without an effect the power is the false-alarm rate, which is known exactly.
TEST_CASE("no effect: the power is what the design can give") {
    CHECK(close(rank_power(0.0, 19, 0.05), 1.0 / 20.0, 1e-12));
    CHECK(close(rank_power(0.0, 39, 0.05), 2.0 / 40.0, 1e-12));
    CHECK(close(rank_power(0.0, 30, 0.05), 1.0 / 31.0, 1e-12));
    CHECK(close(rank_power(0.0, 999, 0.01), 10.0 / 1000.0, 1e-11));
    CHECK(rank_power(0.0, 18, 0.05) == 0.0);  // 1/19 is above 5 %
    CHECK(win_chance(0.0) == 0.5);
    auto const spent = rank_sum_power(0.0, 400, 19, 0.05);  // sums are whole numbers, so not quite alpha is spent
    CHECK(spent <= 0.05);
    CHECK(spent > 0.049);
    CHECK(close(rank_power(0.0, 99'999, 0.05), 0.05, 1e-5));  // a steep edge must be resolved
    CHECK(close(twin_power(0.5, 25, 0.05), 726206.0 / 33554432.0, 1e-12));
    CHECK(twin_power(0.5, 4, 0.05) == 0.0);
    CHECK(sequential_power(0.5, 500, 0.05).power < 0.05);
}

// One null: the observed score must be the larger of two, P = Φ(δ/√2). Two: the largest of three.
TEST_CASE("rank_power against the chance of being the largest") {
    for (double const effect : {-1.0, 0.3, 1.0, 2.5}) {
        CHECK(close(rank_power(effect, 1, 0.5), win_chance(effect), 1e-12));
        CHECK(close(rank_power(effect, 1, 0.5), 0.5 * std::erfc(-effect / 2.0), 1e-12));
    }
    // A null in the middle of a grid: by direct summation of P(all 19 below z) over a fine grid.
    double sum = 0.0;
    for (int i = -80000; i <= 80000; ++i) {
        auto const z = i * 1e-4;
        sum += 1e-4 * std::exp(-0.5 * (z - 2.0) * (z - 2.0)) / std::sqrt(2.0 * 3.14159265358979) * std::pow(0.5 * std::erfc(-z / std::sqrt(2.0)), 19);
    }
    CHECK(close(rank_power(2.0, 19, 0.05), sum, 1e-8));
}

// The claim against the published rule: at 90 % wins of 25 pairs, the exact test never fails and the sequential one hardly.
TEST_CASE("twins at N = 25 and 90 % wins") {
    CHECK(twin_power(0.9, 25, 0.05) > 0.995);
    auto const s = sequential_power(0.9, 25, 0.05);
    CHECK(s.power >= 0.98);
    CHECK(s.expected < 12.0);
    // The published cut-off, 24 wins of 25: 0.9^25 + 25 * 0.9^24 * 0.1.
    CHECK(close(detail::binomial_upper(24, 25, 0.9), std::pow(0.9, 25) + 2.5 * std::pow(0.9, 24), 1e-12));
    CHECK(detail::binomial_upper(24, 25, 0.9) < 0.28);
}

// By enumeration of all ways ten coins can fall, through the audits themselves.
TEST_CASE("twin_power and sequential_power are those of the audits") {
    double const win = 0.8, alpha = 0.1;
    double       twins = 0.0, sequential = 0.0, asked = 0.0;
    for (unsigned outcome = 0; outcome < 1u << 10; ++outcome) {
        double              chance = 1.0;
        std::vector<double> published(10), withheld(10);
        auto                process = coin_process{};
        std::size_t         used    = 0;
        for (std::size_t i = 0; i < 10; ++i) {
            bool const won = (outcome >> i & 1u) != 0;
            chance *= won ? win : 1.0 - win;
            (won ? published : withheld)[i] = 1.0;
            if (!process.rejects(alpha)) {
                process.push(won);
                ++used;
            }
        }
        twins += twin_audit(published, withheld, {alpha, {}, {}}).p_value <= alpha ? chance : 0.0;
        sequential += process.rejects(alpha) ? chance : 0.0;
        asked += chance * static_cast<double>(used);
    }
    CHECK(close(twin_power(win, 10, alpha), twins, 1e-12));
    CHECK(close(sequential_power(win, 10, alpha).power, sequential, 1e-12));
    CHECK(close(sequential_power(win, 10, alpha).expected, asked, 1e-12));
}

// One withheld version is a twin. With more, by direct enumeration of two pictures among two.
TEST_CASE("rank_sum_power: exact for few pictures, near it for many") {
    for (double const effect : {0.3, 0.5, 3.0}) {
        for (std::size_t const pictures : {5u, 13u, 100u}) {
            CHECK(close(rank_sum_power(effect, pictures, 1, 0.05), twin_power(win_chance(effect), pictures, 0.05), 1e-9));
        }
    }
    // Two pictures, two withheld versions: only the largest sum, 4, has a chance of 1/9 or less; both published scores beat both.
    auto const both = detail::normal_mean_of([](double z) { return std::pow(detail::normal_upper(-z - 1.0), 2.0); });
    CHECK(close(rank_sum_power(1.0, 2, 2, 0.12), both * both, 1e-9));
    CHECK(rank_sum_power(1.0, 2, 2, 0.11) == 0.0);
    // One picture is a rank, and few pictures are no normal sum, however many versions they have.
    for (double const effect : {0.0, 0.3, 2.0, 3.0}) {
        for (std::size_t const withheld : {19u, 999u, 9999u}) {
            CHECK(rank_sum_power(effect, 1, withheld, 0.01) == rank_power(effect, withheld, 0.01));
        }
    }
    CHECK(std::abs(rank_sum_power(3.0, 1, 9999, 0.01) - 0.7491) < 1e-4);
    // Three pictures, 999 versions: by convolution; the normal sum had 0.975.
    CHECK(std::abs(rank_sum_power(2.0, 3, 999, 0.05) - 0.941) < 1e-3);
    CHECK(std::abs(rank_sum_power(0.0, 2, 9999, 0.01) - 0.01) < 1e-4);
    CHECK(rank_sum_power(0.5, 20, 99, 0.05) > rank_sum_power(0.5, 20, 1, 0.05));
    CHECK(rank_sum_power(9.0, 2, 3, 0.05) == 0.0);  // 1/16
    CHECK(rank_sum_power(9.0, 2, 4, 0.05) > 0.99);  // 1/25
}

// Where the convolution ends, the approximation goes on: one more picture or version must not make a plan jump.
TEST_CASE("rank_sum_power across the border of the convolution") {
    struct border {
        std::size_t pictures, withheld;
    };
    for (auto const b : {border{5, 4000}, {8, 2500}, {9, 222}, {20, 100}}) {
        REQUIRE(detail::is_convolved(b.pictures, b.withheld));
        REQUIRE(!detail::is_convolved(b.pictures, b.withheld + 1));
        for (double const effect : {0.3, 2.0}) {
            for (double const alpha : {0.05, 0.001}) {
                CHECK(std::abs(rank_sum_power(effect, b.pictures, b.withheld, alpha) - rank_sum_power(effect, b.pictures, b.withheld + 1, alpha)) < 0.005);
            }
        }
    }
    for (auto const b : {border{20, 100}, {105, 19}, {500, 4}, {2000, 1}}) {  // more pictures have more power
        REQUIRE(detail::is_convolved(b.pictures, b.withheld));
        REQUIRE(!detail::is_convolved(b.pictures + 1, b.withheld));
        for (double const effect : {0.1, 0.3, 2.0}) {
            for (double const alpha : {0.05, 0.001, 1e-9}) {
                auto const step = rank_sum_power(effect, b.pictures + 1, b.withheld, alpha) - rank_sum_power(effect, b.pictures, b.withheld, alpha);
                CHECK(std::abs(step) < 0.02);
            }
        }
    }
    // One version is a twin, exact for any number of pictures, and a far tail is not a normal one: of 3000 coins at alpha = 1e-20.
    for (double const alpha : {0.05, 0.001, 1e-20}) {
        for (double const effect : {0.1, 0.3, 0.5}) {
            CHECK(std::abs(rank_sum_power(effect, 3000, 1, alpha) - twin_power(win_chance(effect), 3000, alpha)) < 1e-3);
        }
    }
    // Without an effect the power is what alpha allows to spend.
    CHECK(close(rank_sum_power(0.0, 100, 999, 1e-6), 1e-6, 1e-2));
    // All scores so far up that no other outcome is left, so far down, and more versions than are counted.
    CHECK(rank_sum_power(50.0, 100, 99, 0.01) == 1.0);
    CHECK(rank_sum_power(-50.0, 100, 99, 0.01) == 0.0);
    CHECK(std::abs(rank_sum_power(0.5, 30, 4'000'000'000, 0.05) - rank_sum_power(0.5, 30, 9'000, 0.05)) < 1e-3);
}

TEST_CASE("what a caller can get wrong") {
    auto const nan_ = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH_AS((void)rank_power(nan_, 9, 0.1), "hallmark::rank_power: effect is NaN; allowed is a finite number", error);
    CHECK_THROWS_WITH_AS((void)rank_power(1.0, 9, 1.0), "hallmark::rank_power: alpha is 1; allowed is more than 0 and less than 1", error);
    CHECK_THROWS_WITH_AS((void)rank_power(1.0, 0, 0.1), "hallmark::rank_power: compared is 0; allowed is 1 or more", error);
    CHECK_THROWS_WITH_AS((void)win_chance(nan_), "hallmark::win_chance: effect is NaN; allowed is a finite number", error);
    CHECK_THROWS_WITH_AS((void)twin_power(1.1, 9, 0.1), "hallmark::twin_power: win is 1.1; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS((void)twin_power(0.9, 0, 0.1), "hallmark::twin_power: pictures is 0; allowed is 1 or more", error);
    CHECK_THROWS_WITH_AS((void)twin_power(0.9, 9, 0.0), "hallmark::twin_power: alpha is 0; allowed is more than 0 and less than 1", error);
    CHECK_THROWS_WITH_AS((void)rank_sum_power(1.0, 0, 9, 0.1), "hallmark::rank_sum_power: pictures is 0; allowed is 1 or more", error);
    CHECK_THROWS_WITH_AS((void)rank_sum_power(1.0, 9, 0, 0.1), "hallmark::rank_sum_power: withheld is 0; allowed is 1 or more", error);
    CHECK_THROWS_WITH_AS((void)sequential_power(0.9, 0, 0.1), "hallmark::sequential_power: pictures is 0; allowed is 1 to 10000", error);
    CHECK_THROWS_WITH_AS((void)sequential_power(0.9, 10001, 0.1), "hallmark::sequential_power: pictures is 10001; allowed is 1 to 10000", error);
    CHECK_THROWS_WITH_AS((void)sequential_power(-0.1, 5, 0.1), "hallmark::sequential_power: win is -0.1; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS((void)sequential_power(0.9, 5, 2.0), "hallmark::sequential_power: alpha is 2; allowed is more than 0 and less than 1", error);
}
