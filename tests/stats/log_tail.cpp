#include <hallmark/stats/log_tail.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>
#include <support/golden.hpp>

#include <limits>

using namespace hallmark;
using namespace hallmark::detail;

// Python 3.11: decimal at 700 digits (the continued fraction of Mills' ratio; the closed form of t for even degrees of freedom) and
// exact fractions (binomial), for the doubles given. The tails themselves are 0 in a double, but for the first normal one.
TEST_CASE("logarithms of tails below the smallest double") {
    CHECK(close(log_normal_upper(37.0), -6.890305855768906440e+02, 1e-15));
    CHECK(close(log_normal_upper(38.5), -7.456952702904110311e+02, 1e-15));
    CHECK(close(log_normal_upper(40.25), -8.146459148475685197e+02, 1e-15));
    CHECK(close(log_normal_upper(100.0), -5.005524208694205299e+03, 1e-15));
    CHECK(close(log_normal_upper(12345.5), -7.620569546498544514e+07, 1e-15));
    CHECK(close(log_student_t_upper(1e160, 2.0), -7.375203769386545218e+02, 1e-14));
    CHECK(close(log_student_t_upper(1e100, 4.0), -9.199354249089501536e+02, 1e-14));
    CHECK(close(log_student_t_upper(1e20, 30.0), -1.333160964087704997e+03, 1e-14));
    CHECK(close(log_student_t_upper(60.0, 1000.0), -7.672789337230811952e+02, 1e-12));
    CHECK(close(log_student_t_upper(38.0, 80000.0), -7.201095880397850806e+02, 1e-12));
    CHECK(close(log_student_t_upper(40.0, 200000.0), -8.014214240903976361e+02, 1e-12));
    CHECK(close(log_binomial_upper(2000, 2000, 0.5), -1.386294361119890709e+03, 1e-14));
    CHECK(close(log_binomial_upper(1900, 2000, 0.5), -9.924065813257132049e+02, 1e-13));
    CHECK(close(log_binomial_upper(1200, 1200, 0.4375), -9.920142878213615631e+02, 1e-14));
    CHECK(close(log_binomial_upper(80, 100, 0x1p-20), -1.061304872924816209e+03, 1e-14));
    CHECK(close(log_binomial_upper(1100, 1100, 0.25), -1.524923797231879689e+03, 1e-14));
    CHECK(close(log_binomial_lower(100, 2000, 0.5), -9.924065813257132049e+02, 1e-13));
    CHECK(close(log_binomial_lower(0, 2000, 0.5), -1.386294361119890709e+03, 1e-14));
    CHECK(close(log_binomial_lower(3, 90, 1.0 - 0x1p-20), -1.194402073617505039e+03, 1e-14));
}

// Where the two ways meet, none may show a step: a monotone function stays one.
TEST_CASE("logarithms of ordinary tails, and no step where the other way takes over") {
    CHECK(close(log_normal_upper(1.0), std::log(normal_upper(1.0)), 1e-15));
    CHECK(close(log_normal_upper(-10.0), -normal_upper(10.0), 1e-12));
    CHECK(close(log_student_t_upper(-1e3, 30.0), -student_t_upper(1e3, 30.0), 1e-12));
    CHECK(log_normal_upper(0.0) == std::log(0.5));
    for (auto z = 35.0; z < 38.0; z += 0x1p-6) {
        auto const slope = (log_normal_upper(z) - log_normal_upper(z + 0x1p-6)) / (z + 0x1p-7) * 0x1p6;
        CHECK(slope > 1.0);
        CHECK(slope < 1.001);
    }
    for (double const df : {1.0, 7.5, 100.0, 5e4, 3e6}) {
        for (auto t = 30.0; t < 1e200; t *= 1.5) {
            CHECK(log_student_t_upper(t * 1.01, df) < log_student_t_upper(t, df));
        }
    }
    for (std::size_t k = 600; k < 1500; ++k) {
        CHECK(log_binomial_upper(k + 1, 1500, 0.4) < log_binomial_upper(k, 1500, 0.4));
        CHECK(close(log_binomial_lower(1500 - k, 1500, 0.625), log_binomial_upper(k, 1500, 0.375), 1e-12));
    }
}

// mpmath 1.3.0 at 60 digits: loggamma for the mass, and the sum of the ratios. Billions of trials, where a series that falls by a factor of 1 - p0 takes
// minutes, and where the terms of the mass are 1e13 times their sum.
TEST_CASE("logarithms of binomial tails of very many trials") {
    CHECK(close(log_binomial_lower(0, 9007199254740992, 1e-10), -900719.92551913522909, 1e-14));
    CHECK(close(log_binomial_lower(50, 9007199254740992, 1e-10), -900182.85574858253964, 1e-14));
    CHECK(close(log_binomial_lower(5000, 9007199254740992, 1e-10), -869756.31526225657259, 1e-14));
    CHECK(close(log_binomial_lower(800000, 9007199254740992, 1e-10), -5859.3433556712926136, 1e-14));
    CHECK(close(log_binomial_upper(1000000, 9007199254740992, 1e-10), -5286.3606771452797087, 1e-14));
    CHECK(close(log_binomial_upper(3000000, 9007199254740992, 1e-10), -1510247.5653883174377, 1e-14));
    CHECK(close(log_binomial_upper(5, 9007199254740992, 1e-200), -2123.6885818884422242, 1e-14));
    CHECK(close(log_binomial_lower(470000, 1000000, 0.5), -1806.035030324618074, 1e-14));
    CHECK(close(log_binomial_upper(60000, 1000000, 0.05), -996.75969230375972961, 1e-14));
    CHECK(close(log_binomial_lower(40000, 1000000, 0.05), -1131.3344306724312101, 1e-14));
    CHECK(close(log_binomial_lower(100000, 1000000, 0.2), -36696.04897793583245, 1e-14));
    CHECK(close(log_binomial_upper(100000, 1000000, 0.05), -20660.199798709430212, 1e-14));
    CHECK(close(log_binomial_lower(999000, 1000000, 0.999999), -5913.6258469585677934, 1e-14));
    CHECK(close(log_binomial_upper(9007199254740992, 9007199254740992, 0.5), -6243314768165359.2089, 1e-14));
    CHECK(close(log_binomial_lower(4493599627370496, 9007199254740992, 0.5), -22204478751.787940357, 1e-14));
    CHECK(close(log_binomial_upper(1010000000, 2000000000, 0.5), -100008.67871280958443, 1e-14));
    CHECK(close(log_binomial_upper(699, 700, 0.25), -962.75588408307843277, 1e-14));
    CHECK(close(log_binomial_upper(1002000000, 2000000000, 0.5), -4005.4133283229513885, 1e-14));
}

// mpmath 1.3.0 at 60 digits: gammainc, or its series where that underflows.
TEST_CASE("logarithms of chi-squared tails") {
    CHECK(close(log_chi_squared_lower(1e-11, 400.0), -6067.5486278913000274, 1e-14));
    CHECK(close(log_chi_squared_lower(1e-300, 342.0), -118952.85816427258424, 1e-14));
    CHECK(close(log_chi_squared_lower(600.0, 2000.0), -507.98963933001367498, 1e-13));
    CHECK(close(log_chi_squared_lower(9e4, 1e5), -272.05381875720907323, 1e-13));
    CHECK(close(log_chi_squared_lower(1.0, 342.0), -830.73998251696203517, 1e-14));
    CHECK(close(log_chi_squared_lower(0.0, 2.0, -1000.0), -1000.0 - std::log(2.0), 1e-14));
    CHECK(close(log_chi_squared_lower(0.0, 400.0, -1000.0), -201001.86142330439454, 1e-14));
    CHECK(close(log_chi_squared_upper(5000.0, 400.0), -1800.8656042939454347, 1e-14));
    CHECK(close(log_chi_squared_upper(3000.0, 7.0), -1482.9162556908556873, 1e-14));
    CHECK(close(log_chi_squared_upper(250000.0, 200000.0), -2690.934176225012127, 1e-13));
    constexpr auto never = -std::numeric_limits<double>::infinity();
    CHECK(log_chi_squared_lower(0.0, 400.0) == never);
    CHECK(log_chi_squared_upper(0.0, 400.0) == 0.0);
    CHECK(log_chi_squared_upper(-never, 400.0) == never);
    CHECK(log_chi_squared_lower(-never, 400.0) == 0.0);
    for (double const df : {2.0, 31.0, 342.0, 5000.0, 1e6}) {
        for (auto x = 0x1p-40 * df; x < 8.0 * df; x *= 1.01) {
            INFO(x, " with ", df);
            CHECK(log_chi_squared_lower(x, df) <= log_chi_squared_lower(x * 1.01, df));
            CHECK(log_chi_squared_upper(x, df) >= log_chi_squared_upper(x * 1.01, df));
        }
    }
}

// Python: exact fractions. Near 1 the other tail tells the logarithm.
TEST_CASE("logarithms of binomial tails near 1") {
    CHECK(close(log_binomial_lower(8, 20, 0.05), -1.97933830420834022374e-07, 1e-13));
    CHECK(close(log_binomial_lower(59, 60, 0.5), -std::ldexp(1.0, -60), 1e-13));
    CHECK(close(log_binomial_upper(1, 60, 0.5), -std::ldexp(1.0, -60), 1e-13));
    CHECK(close(log_binomial_upper(12, 20, 0.95), -1.97933830420835425273e-07, 1e-13));
}

TEST_CASE("ends") {
    constexpr auto never = -std::numeric_limits<double>::infinity();
    CHECK(log_binomial_upper(0, 10, 0.3) == 0.0);
    CHECK(log_binomial_upper(11, 10, 0.3) == never);
    CHECK(log_binomial_upper(1, 10, 0.0) == never);
    CHECK(log_binomial_upper(10, 10, 1.0) == 0.0);
    CHECK(log_binomial_lower(10, 10, 0.3) == 0.0);
    CHECK(log_binomial_lower(9, 10, 1.0) == never);
    CHECK(log_binomial_lower(0, 10, 0.0) == 0.0);
    CHECK(close(log_binomial_mass(3, 10, 0.3), std::log(binomial_mass(3, 10, 0.3)), 1e-13));
}

TEST_CASE("golden logarithms") {
    HALLMARK_NEEDS_GOLDEN();
    auto checked = 0;
    for (auto& row : golden::csv("stats/tails.csv")) {
        if (row["function"] == "norm.logcdf") {
            INFO(row["args"]);
            // mpmath's column is empty for -1e8, and scipy's is exact there.
            auto const truth = golden::number(row["mpmath_60_digits"].empty() ? row["scipy"] : row["mpmath_60_digits"]);
            CHECK(close(log_normal_upper(-golden::number(row["args"])), truth, 1e-13, 1e-307));
            ++checked;
        }
    }
    CHECK(checked == 21);
    // The row beta.cdf(0.2; 500, 3) of the same table, whose value is below the smallest double. mpmath 1.2.1: log(betainc(500, 3, 0, 0.2, regularized)).
    CHECK(close(log_binomial_upper(500, 502, 0.2), -7.9342218627662652e+02, 1e-13));
}

TEST_CASE("sides") {
    CHECK(log_p_of_side(-1.0, -2.0, alternative::less) == -1.0);
    CHECK(log_p_of_side(-1.0, -2.0, alternative::greater) == -2.0);
    CHECK(close(log_p_of_side(-1.0, -2.0, alternative::two_sided), std::log(2.0) - 2.0, 1e-15));
    CHECK(log_p_of_side(-0.1, -0.2, alternative::two_sided) == 0.0);
}
