#include <hallmark/stats/choose.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>

using hallmark::detail::choose;

// Pascal's rule holds exactly for whole numbers, and only for them: a rounding anywhere breaks it.
TEST_CASE("exact up to 2^53") {
    for (std::size_t n = 1; n <= 56; ++n) {
        CHECK(choose(n, 0) == 1.0);
        CHECK(choose(n, n) == 1.0);
        for (std::size_t k = 1; k < n; ++k) {
            CHECK(choose(n, k) == choose(n - 1, k - 1) + choose(n - 1, k));
        }
    }
    static_assert(choose(49, 6) == 13983816.0);
}

// python3: math.comb(n, k).
TEST_CASE("beyond") {
    CHECK(close(choose(60, 30), 118264581564861424.0, 1e-15));
    CHECK(close(choose(400, 200), 1.0295250013541444e+119, 1e-13));
    CHECK(close(choose(1000, 500), 2.7028824094543655e+299, 1e-13));
    CHECK(close(choose(1000000, 3), 166666166667000000.0, 1e-15));
}
