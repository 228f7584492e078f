#include <hallmark/stats/twins.hpp>

#include <doctest/doctest.h>
#include <stats/enumerate.hpp>
#include <support/close.hpp>

#include <limits>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

TEST_CASE("pinned p-values") {
    auto const one = values(25, 1.0);
    auto       two = values(25, 0.0);
    CHECK(twin_test{}(one, two, alternative::greater) == test_result{25.0, 0x1p-25, 25, alternative::greater});
    for (std::size_t i = 0; i < 7; ++i) {
        two[i] = 2.0;
    }
    // 18 of 25: sum of C(25, 18..25) = 726206 of 2^25; Python's math.comb.
    CHECK(close(twin_test{}(one, two, alternative::greater).p_value, 726206.0 / 0x1p25, 1e-13));
    CHECK(close(twin_test{}(two, one, alternative::less).p_value, 726206.0 / 0x1p25, 1e-13));
    CHECK(close(twin_test{}(one, two, alternative::two_sided).p_value, 2.0 * 726206.0 / 0x1p25, 1e-13));
}

TEST_CASE("one, two and three pairs") {
    CHECK(twin_test{}(values{1}, values{0}, alternative::greater).p_value == 0.5);
    CHECK(close(twin_test{}(values{1, 1}, values{0, 2}, alternative::greater).p_value, 0.75, 1e-15));
    CHECK(close(twin_test{}(values{1, 1, 1}, values{0, 0, 0}, alternative::two_sided).p_value, 0.25, 1e-15));
}

// A tie is a loss for whoever wants to show something, on either side.
TEST_CASE("ties count against the side that is looked for") {
    auto const one = values{1, 1, 1, 1}, two = values{0, 0, 0, 1};
    CHECK(close(twin_test{}(one, two, alternative::greater).p_value, 5.0 / 16.0, 1e-14));
    CHECK(close(twin_test{}(two, one, alternative::less).p_value, 5.0 / 16.0, 1e-14));
    CHECK(twin_test{}(one, one, alternative::greater).p_value == 1.0);
    CHECK(twin_test{}(one, one, alternative::less).p_value == 1.0);
}

TEST_CASE("the false-alarm rate is at most alpha over all coins") {
    for (auto const alt : {alternative::less, alternative::greater, alternative::two_sided}) {
        for (std::size_t const ties : {0u, 2u}) {
            auto p = values{};
            for (unsigned coins = 0; coins < 1u << 10; ++coins) {
                auto published = values(10 + ties, 1.0), withheld = published;
                for (std::size_t i = 0; i < 10; ++i) {
                    ((coins >> i & 1u) != 0 ? published : withheld)[i] = 2.0;
                }
                p.push_back(twin_test{}(published, withheld, alt).p_value);
            }
            check_super_uniform(p);
        }
    }
}

// The promise of the page: 25 pairs that are won with chance 0.9 are found nearly always at 0.05, where a cut-off at 24 wins finds a quarter.
TEST_CASE("power") {
    auto cut = std::size_t{25};
    while (detail::binomial_upper(cut - 1, 25, 0.5) <= 0.05) {
        --cut;
    }
    CHECK(cut == 18);
    CHECK(detail::binomial_upper(cut, 25, 0.9) > 0.995);
    CHECK(detail::binomial_upper(24, 25, 0.9) < 0.28);
}

TEST_CASE("the logarithm of p") {
    CHECK(close(twin_test{}.log_p_value(values(2000, 1.0), values(2000, 0.0), alternative::greater), -2000.0 * std::log(2.0), 1e-14));
    CHECK(close(twin_test{}.log_p_value(values(2000, 1.0), values(2000, 2.0), alternative::less), -2000.0 * std::log(2.0), 1e-14));
}

TEST_CASE("what a caller can get wrong") {
    constexpr auto nan_ = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH_AS(twin_test{}(values{1, 2}, values{1}, alternative::less), "hallmark::twin_test: a has 2 values and b has 1; pairs need equal lengths",
                         error);
    CHECK_THROWS_WITH_AS(twin_test{}(values{}, values{}, alternative::less), "hallmark::twin_test: a is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(twin_test{}.log_p_value(values{nan_}, values{1}, alternative::less), "hallmark::twin_test: a[0] is NaN; allowed are finite numbers",
                         error);
}
