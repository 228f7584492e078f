#include <hallmark/stats/tail.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>
#include <support/golden.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

using namespace hallmark::detail;

// mpmath 1.2.1 at 60 digits for the exact doubles given. An upper tail taken as 1 - cdf is 0 in each of these.
TEST_CASE("far tails keep their digits") {
    CHECK(close(normal_upper(8.0), 6.2209605742717841235e-16, 1e-13));
    CHECK(close(normal_upper(12.0), 1.7764821120776789977e-33, 1e-13));
    CHECK(close(student_t_upper(10.0, 30.0), 2.2876257041148065963e-11, 1e-13));
    CHECK(close(student_t_upper(10.0, 1e6), 7.6393053840891247767e-24, 1e-12));
    CHECK(close(student_t_upper(1e8, 30.0), 1.0364534652561615084e-219, 1e-12));
    CHECK(close(student_t_upper(-1.3, 3.7), 8.6566663791368616640e-1, 1e-14));
    CHECK(close(binomial_upper(701, 1000, 0.5), 3.7668507235258079483e-38, 1e-12));
    CHECK(close(binomial_upper(1000, 1000, 0.5), 9.3326361850321887899e-302, 1e-11));
    CHECK(close(binomial_upper(4, 5000, 1e-6), 2.5906685699826634648e-11, 1e-12));
    CHECK(close(binomial_mass(30, 1000, 0.01), 1.4179959906581918595e-7, 1e-12));
}

// The ends, where the incomplete beta function itself is not defined.
TEST_CASE("ends of the binomial") {
    CHECK(binomial_upper(0, 10, 0.3) == 1.0);
    CHECK(binomial_upper(11, 10, 0.3) == 0.0);
    CHECK(binomial_lower(10, 10, 0.3) == 1.0);
    CHECK(binomial_lower(0, 0, 0.5) == 1.0);
    CHECK(binomial_upper(3, 10, 0.0) == 0.0);
    CHECK(binomial_upper(3, 10, 1.0) == 1.0);
    CHECK(binomial_lower(3, 10, 0.0) == 1.0);
    CHECK(binomial_lower(3, 10, 1.0) == 0.0);
    CHECK(binomial_mass(0, 10, 0.0) == 1.0);
    CHECK(binomial_mass(1, 10, 0.0) == 0.0);
    CHECK(binomial_mass(10, 10, 1.0) == 1.0);
    CHECK(binomial_mass(9, 10, 1.0) == 0.0);
}

// Where Boost.Math's own way takes Gamma(df/2 + 1), which is no double from 342 degrees of freedom on.
TEST_CASE("chi-squared near 0, with many degrees of freedom") {
    for (auto df = 1.0; df < 1e6; df = df < 400.0 ? df + 1.0 : df * 1.3) {
        for (double const x : {0.0, -0.0, 5e-324, 1e-300, 1e-17, 1e-9, 9e-7, 2e-6, 1e-3}) {
            INFO(x, " with ", df);
            auto const lower = chi_squared_lower(x, df), upper = chi_squared_upper(x, df);
            CHECK(close(lower + upper, 1.0, 1e-15));
            CHECK(!std::signbit(lower));
            CHECK((df < 2.0 || lower <= x));
        }
    }
    constexpr auto infinity = std::numeric_limits<double>::infinity();
    CHECK(chi_squared_upper(infinity, 400.0) == 0.0);
    CHECK(chi_squared_lower(infinity, 400.0) == 1.0);
    CHECK(close(chi_squared_lower(1e-6, 3.0), 2.6596144047915246e-10, 1e-9));
}

// Whole numbers over a power of two, every one up to 53 coins; of 54 and more the incomplete beta function must go on where that ends.
TEST_CASE("tails of fair coins are right to the last bit") {
    auto row = std::vector<std::uint64_t>{1};  // Pascal's triangle: no division
    for (std::size_t n = 1; n <= 53; ++n) {
        row.push_back(0);
        for (auto k = n; k > 0; --k) {
            row[k] += row[k - 1];
        }
        std::uint64_t sum = 0, wrong = 0;
        for (std::size_t k = 0; k <= n; ++k) {
            sum += row[k];
            auto const exact = std::ldexp(static_cast<double>(sum), -static_cast<int>(n));
            wrong += binomial_lower(k, n, 0.5) != exact || binomial_upper(n - k, n, 0.5) != exact ? 1u : 0u;
        }
        CHECK(wrong == 0);
    }
    for (std::size_t k = 1; k < 54; ++k) {  // P(X <= k of 54) from 53 coins and one more
        CHECK(close(binomial_lower(k, 54, 0.5), 0.5 * (binomial_lower(k, 53, 0.5) + binomial_lower(k - 1, 53, 0.5)), 1e-14));
    }
}

// The inverses undo the tails, also far out.
TEST_CASE("inverse tails") {
    for (double const tail : {0.5, 0.025, 1e-6}) {
        CHECK(close(binomial_upper(3, 50, binomial_upper_inverse(3, 50, tail)), tail, 1e-11));
        CHECK(close(binomial_lower(3, 50, binomial_lower_inverse(3, 50, tail)), tail, 1e-11));
        CHECK(close(binomial_lower(4000, 5000, binomial_lower_inverse(4000, 5000, tail)), tail, 1e-11));
    }
}

// All of the table, so that no region of an argument is left to trust.
TEST_CASE("golden tails") {
    HALLMARK_NEEDS_GOLDEN();
    auto checked = 0;
    for (auto& row : golden::csv("stats/tails.csv")) {
        auto const f = row["function"];
        auto       x = golden::numbers(row["args"]);
        if (f.starts_with("beta")) {
            if (x[1] != std::floor(x[1]) || x[2] != std::floor(x[2])) {
                continue;  // no tail of a binomial
            }
            x = {x[1], x[1] + x[2] - 1.0, x[0]};  // I_x(a, b) = P(Bin(a + b - 1, x) >= a)
        }
        auto const k = x[0] >= 0.0 ? static_cast<std::size_t>(x[0]) : 0;
        auto const n = f.starts_with("b") ? static_cast<std::size_t>(x[1]) : 0;
        auto const y = f == "norm.sf"     ? normal_upper(x[0])
                       : f == "norm.cdf"  ? normal_upper(-x[0])
                       : f == "t.sf"      ? student_t_upper(x[0], x[1])
                       : f == "binom.sf"  ? binomial_upper(k + 1, n, x[2])
                       : f == "binom.cdf" ? binomial_lower(k, n, x[2])
                       : f == "binom.pmf" ? binomial_mass(k, n, x[2])
                       : f == "beta.cdf"  ? binomial_upper(k, n, x[2])
                       : f == "beta.sf"   ? binomial_lower(k - 1, n, x[2])
                                          : -1.0;
        if (f == "norm.ppf") {  // the last column is empty here
            INFO(f, " ", row["args"]);
            CHECK(close(-normal_upper_inverse(x[0]), golden::number(row["scipy"]), 1e-12, 1e-16));
            ++checked;
        } else if (y >= 0.0) {
            INFO(f, " ", row["args"]);
            auto const given = !row["mpmath_60_digits"].empty();
            auto const truth = golden::number(given ? row["mpmath_60_digits"] : row["scipy"]);
            CHECK(close(y, truth, given ? 1e-12 : 1e-9, truth < 1e-300 ? 1e-307 : 0.0));
            ++checked;
        }
    }
    CHECK(checked == 17 + 17 + 56 + 27 + 12 + 8);
}
