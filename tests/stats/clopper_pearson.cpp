#include <hallmark/stats/clopper_pearson.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>

using namespace hallmark;

// Closed forms, and published tables (Fleiss, Levin & Paik 2003 style: 3 of 10 at 95 % is 6.67 % to 65.25 %).
TEST_CASE("pinned intervals") {
    CHECK(close(clopper_pearson_upper(0, 5000, 0.95), 5.9896700231491354e-4, 1e-12));  // 1 - 0.05^(1/5000)
    CHECK(close(clopper_pearson_upper(0, 1, 0.95), 0.95, 1e-13));
    CHECK(close(clopper_pearson(0, 10, 0.95).upper, 0.30849710781876083, 1e-12));  // 1 - 0.025^(1/10)
    CHECK(clopper_pearson(0, 10, 0.95).lower == 0.0);
    CHECK(close(clopper_pearson(10, 10, 0.95).lower, 0.69150289218123917, 1e-12));
    CHECK(clopper_pearson(10, 10, 0.95).upper == 1.0);
    CHECK(clopper_pearson_upper(7, 7, 0.95) == 1.0);
    CHECK(close(clopper_pearson(3, 10, 0.95).lower, 0.066739, 1e-5));
    CHECK(close(clopper_pearson(3, 10, 0.95).upper, 0.652453, 1e-5));
}

// The definition: at either end, what was seen or worse has exactly the tail's chance.
TEST_CASE("ends are where the tails say") {
    for (std::size_t const n : {1u, 2u, 10u, 100u, 5000u}) {
        for (std::size_t k = 0; k <= n; k += n > 10 ? n / 10 : 1) {
            for (double const confidence : {0.5, 0.95, 0.999}) {
                INFO(k, " of ", n, " at ", confidence);
                auto const ci   = clopper_pearson(k, n, confidence);
                auto const tail = (1.0 - confidence) / 2.0;
                CHECK(ci.lower <= static_cast<double>(k) / static_cast<double>(n));
                CHECK(ci.upper >= static_cast<double>(k) / static_cast<double>(n));
                CHECK((k == 0 ? ci.lower == 0.0 : close(detail::binomial_upper(k, n, ci.lower), tail, 1e-10)));
                CHECK((k == n ? ci.upper == 1.0 : close(detail::binomial_lower(k, n, ci.upper), tail, 1e-10)));
                CHECK((k == n || close(detail::binomial_lower(k, n, clopper_pearson_upper(k, n, confidence)), 2.0 * tail, 1e-10)));
            }
        }
    }
}

// The promise: whatever the true rate, the interval holds it with chance at least `confidence`.
TEST_CASE("coverage over all outcomes") {
    for (std::size_t const n : {1u, 5u, 17u}) {
        for (double const confidence : {0.5, 0.9, 0.95, 0.99}) {
            for (double rate = 0.0; rate <= 1.0; rate += 1.0 / 256.0) {
                double covered = 0.0, bounded = 0.0;
                for (std::size_t k = 0; k <= n; ++k) {
                    auto const ci   = clopper_pearson(k, n, confidence);
                    auto const mass = detail::binomial_mass(k, n, rate);
                    covered += ci.lower <= rate && rate <= ci.upper ? mass : 0.0;
                    bounded += rate <= clopper_pearson_upper(k, n, confidence) ? mass : 0.0;
                }
                INFO("n = ", n, ", rate ", rate, ", confidence ", confidence);
                CHECK(covered >= confidence - 1e-12);
                CHECK(bounded >= confidence - 1e-12);
            }
        }
    }
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(clopper_pearson(0, 1ul << 54, 0.95), "hallmark::clopper_pearson: trials is 18014398509481984; allowed is 1 to 9007199254740992 = 2^53",
                         error);
    CHECK_THROWS_WITH_AS(clopper_pearson(0, 0, 0.95), "hallmark::clopper_pearson: trials is 0; allowed is 1 or more", error);
    CHECK_THROWS_WITH_AS(clopper_pearson(3, 2, 0.95), "hallmark::clopper_pearson: successes is 3; allowed is 0 to trials = 2", error);
    CHECK_THROWS_WITH_AS(clopper_pearson(1, 2, 95.0), "hallmark::clopper_pearson: confidence is 95; allowed is more than 0 and less than 1", error);
    CHECK_THROWS_WITH_AS(clopper_pearson_upper(0, 0, 0.95), "hallmark::clopper_pearson_upper: trials is 0; allowed is 1 or more", error);
    CHECK_THROWS_WITH_AS(clopper_pearson_upper(3, 2, 0.95), "hallmark::clopper_pearson_upper: successes is 3; allowed is 0 to trials = 2", error);
    CHECK_THROWS_WITH_AS(clopper_pearson_upper(1, 2, 1.0), "hallmark::clopper_pearson_upper: confidence is 1; allowed is more than 0 and less than 1", error);
}
