#include <hallmark/aggregate/exact_sum.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

using namespace hallmark;
using values               = std::vector<double>;
__extension__ using int128 = __int128;  // no part of the standard, hence the word before it

namespace {
auto sum(values const& xs) -> double {
    exact_sum s;
    for (auto const x : xs) {
        s.push(x);
    }
    return s.value();
}
auto           same_bits(double a, double b) -> bool { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }
constexpr auto largest  = std::numeric_limits<double>::max();
constexpr auto smallest = std::numeric_limits<double>::denorm_min();
constexpr auto nan_     = std::numeric_limits<double>::quiet_NaN();
constexpr auto inf_     = std::numeric_limits<double>::infinity();
}  // namespace

static_assert(sizeof(exact_sum) == 576);

// One number is its own sum: walks through every exponent, so through every position in the accumulator.
TEST_CASE("one number comes back as it went in") {
    for (int exponent = -1074; exponent <= 1023; ++exponent) {
        for (double const mantissa : {1.0, 1.0 + 0x1p-52, 1.5, 2.0 - 0x1p-52, 0x1.5555555555555p0}) {
            for (double const sign : {1.0, -1.0}) {
                auto const x = sign * std::ldexp(mantissa, exponent);
                REQUIRE(same_bits(sum({x}), x));
                REQUIRE(same_bits(sum({x, x, -x}), x));
                REQUIRE(sum({x, -x}) == 0.0);
            }
        }
    }
    CHECK(same_bits(sum({}), 0.0));
    CHECK(same_bits(sum({-0.0}), 0.0));
    CHECK(sum({largest}) == largest);
    CHECK(sum({-largest}) == -largest);
}

// Ordinary summation loses the small numbers; a compensated one loses some of them.
TEST_CASE("cancellation") {
    CHECK(sum({1e308, 1.0, -1e308}) == 1.0);
    CHECK(sum({1e308, 1e308, -1e308, -1e308, smallest}) == smallest);
    CHECK(sum({1e16, 1.0, 1.0, -1e16}) == 2.0);
    CHECK(sum({largest, largest, -largest}) == largest);  // beyond the range half-way through
    CHECK(sum({largest, smallest, -largest, -smallest}) == 0.0);
    CHECK(sum({-1e308, 1e-300, 1e308}) == 1e-300);
    CHECK(sum(values(10, 0.1)) == 1.0);  // 0.1 is 0.1000000000000000055: ten of them are nearest to 1
}

TEST_CASE("rounded to nearest, ties to even") {
    auto const ulp = 0x1p-52;
    CHECK(sum({1.0, ulp / 2}) == 1.0);                  // a tie; 1 is even
    CHECK(sum({1.0, ulp / 2, smallest}) == 1.0 + ulp);  // just above the tie, 1,022 bits below
    CHECK(sum({1.0, ulp / 2, -smallest}) == 1.0);       // just below
    CHECK(sum({1.0 + ulp, ulp / 2}) == 1.0 + 2 * ulp);  // a tie; the upper one is even
    CHECK(sum({1.0 + ulp, ulp / 2, -smallest}) == 1.0 + ulp);
    CHECK(sum({-1.0, -ulp / 2}) == -1.0);
    CHECK(sum({-1.0 - ulp, -ulp / 2}) == -1.0 - 2 * ulp);
    CHECK(sum({-1.0, -ulp / 2, -smallest}) == -1.0 - ulp);
    CHECK(sum({2.0 - ulp, ulp / 2}) == 2.0);  // carries into the next power of two
    CHECK(sum({1.0, ulp / 2, ulp / 4}) == 1.0 + ulp);
    CHECK(sum({1.0, ulp / 2, ulp / 1024}) == 1.0 + ulp);  // the sticky bits inside the top 64
    CHECK(sum({1.0, ulp / 2, ulp / 2048}) == 1.0 + ulp);
    CHECK(sum({1.0, ulp / 2, ulp / 4096}) == 1.0 + ulp);  // and the first one outside
    CHECK(sum({1.0, ulp / 4, ulp / 8}) == 1.0);
    // Where subnormal numbers end: 2^-1022 + 2^-1074 has all its digits, one binade higher the last is cut.
    CHECK(sum({0x1p-1022, smallest}) == 0x1p-1022 + smallest);
    CHECK(sum({0x1p-1021, smallest}) == 0x1p-1021);  // a tie again, to even
    CHECK(sum({0x1p-1021, smallest, smallest, smallest}) == 0x1p-1021 + 4 * smallest);
    CHECK(sum({smallest, smallest}) == 2 * smallest);
}

// Exact reference: integers of up to 100 bits, rounded by hand.
TEST_CASE("the nearest double of a 128-bit integer") {
    std::uint64_t state = 1;
    auto const    next  = [&] { return state = state * 6364136223846793005u + 1442695040888963407u; };
    for (int round = 0; round < 2000; ++round) {
        values xs;
        int128 exact = 0;
        for (int i = 0; i < 9; ++i) {
            auto const mantissa = static_cast<std::int64_t>(next() >> 11);
            auto const shift    = static_cast<int>(next() >> 58);
            auto const sign     = next() >> 63 ? -1 : 1;
            xs.push_back(sign * std::ldexp(static_cast<double>(mantissa), shift));
            exact += sign * (static_cast<int128>(mantissa) << shift);
        }
        REQUIRE(sum(xs) == static_cast<double>(exact));  // rounds once, to nearest even
    }
}

TEST_CASE("too large for a double") {
    CHECK(sum({largest, largest}) == inf_);
    CHECK(sum({-largest, -largest}) == -inf_);
    CHECK(sum({largest, 0x1p969}) == largest);  // a quarter of the last place
    CHECK(sum({largest, 0x1p970}) == inf_);     // half of it: the even neighbour is infinity
}

// Threads add in any order. Any rounding on the way would show here.
TEST_CASE("all orders of seven adversarial numbers") {
    values     xs       = {1e308, -1e308, 1.0, 0x1p-53, smallest, -0.1, -1e-300};
    auto const expected = sum(xs);
    std::sort(xs.begin(), xs.end());
    std::size_t orders = 0;
    do {
        REQUIRE(same_bits(sum(xs), expected));
        ++orders;
    } while (std::next_permutation(xs.begin(), xs.end()));
    CHECK(orders == 5040);
}

TEST_CASE("merging parts is pushing the whole") {
    values const xs = {1e308, -1e308, 1.0, 0x1p-53, smallest, -0.1, -1e-300, -7.0};
    exact_sum    whole;
    for (auto const x : xs) {
        whole.push(x);
    }
    for (unsigned mask = 0; mask < 256; ++mask) {
        exact_sum a, b;
        for (std::size_t i = 0; i < 8; ++i) {
            (mask >> i & 1u ? a : b).push(xs[i]);
        }
        auto reversed = b;
        reversed.merge(a);
        a.merge(b);
        REQUIRE(a == whole);
        REQUIRE(reversed == whole);
        REQUIRE(same_bits(a.value(), whole.value()));
    }
    auto twice = whole;
    twice.merge(twice);
    CHECK(twice.value() == 2 * whole.value());
}

// Doubling by merge reaches 2^60 copies, far beyond the 2^29 pushes that a digit can take without a carry. 2^1023 has
// its bits at the top of a digit, and the sums run into the digits kept for carries.
TEST_CASE("very many numbers") {
    for (double const x : {0x1.fffffffffffffp0, -0x1.fffffffffffffp-1022, 0x1.fffffffffffffp960, -0.1, smallest}) {
        exact_sum s;
        s.push(x);
        for (int i = 1; i <= 60; ++i) {
            auto const copy = s;
            s.merge(copy);
            REQUIRE(s.value() == std::ldexp(x, i));
        }
    }
    exact_sum s;
    for (int i = 0; i < 100'000; ++i) {
        s.push(0x1.fffffffffffffp0);
        s.push(-0x1.fffffffffffffp-10);
    }
    CHECK(s.value() == 100'000 * (0x1.fffffffffffffp0 - 0x1.fffffffffffffp-10));
}

TEST_CASE("equal sums are equal, however they came about") {
    auto const of = [](values const& xs) {
        exact_sum s;
        for (auto const x : xs) {
            s.push(x);
        }
        return s;
    };
    CHECK(of({1.0, 2.0}) == of({3.0}));
    CHECK(of({1e308, -1e308}) == of({}));
    CHECK(of({-3.0, 5.0, -4.0}) == of({-2.0}));
    CHECK(of({1.0, smallest}) != of({1.0}));  // although the doubles are equal
    CHECK(of({-1.0}) != of({1.0}));
}

TEST_CASE("what a caller can get wrong") {
    exact_sum s;
    s.push(5.0);
    CHECK_THROWS_WITH_AS(s.push(nan_), "hallmark::exact_sum: the number pushed is nan; allowed is any finite number", error);
    CHECK_THROWS_WITH_AS(s.push(inf_), "hallmark::exact_sum: the number pushed is inf; allowed is any finite number", error);
    CHECK_THROWS_WITH_AS(s.push(-inf_), "hallmark::exact_sum: the number pushed is -inf; allowed is any finite number", error);
    CHECK(s.value() == 5.0);
}
