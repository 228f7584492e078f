#include <hallmark/stats/sign.hpp>

#include <doctest/doctest.h>
#include <stats/enumerate.hpp>
#include <support/close.hpp>

#include <limits>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

TEST_CASE("pinned p-values") {
    auto const a = values{2, 3, 5, 7, 1, 4}, b = values{1, 1, 1, 1, 2, 4};  // four above, one below, one tied
    CHECK(sign_test{}(a, b, alternative::greater) == test_result{4.0, 6.0 / 32.0, 5, alternative::greater});
    CHECK(sign_test{}(a, b, alternative::less) == test_result{4.0, 31.0 / 32.0, 5, alternative::less});
    CHECK(sign_test{}(a, b, alternative::two_sided) == test_result{4.0, 12.0 / 32.0, 5, alternative::two_sided});
    CHECK(sign_test{}(b, a, alternative::less) == test_result{1.0, 6.0 / 32.0, 5, alternative::less});
    CHECK(sign_test{}(values{1, 2, 4, 6, -1, 0}, alternative::greater) == test_result{4.0, 6.0 / 32.0, 5, alternative::greater});
    CHECK(sign_test{}(values(200, 1.0), alternative::greater).p_value == 0x1p-200);
}

// Ties are no evidence, and they are not an error either.
TEST_CASE("all tied") {
    for (auto const alt : {alternative::less, alternative::greater, alternative::two_sided}) {
        CHECK(sign_test{}(values{1, 2}, values{1, 2}, alt) == test_result{0.0, 1.0, 0, alt});
    }
}

TEST_CASE("the false-alarm rate is at most alpha over all 2^12 outcomes") {
    for (auto const alt : {alternative::less, alternative::greater, alternative::two_sided}) {
        for (unsigned const ties : {0u, 3u}) {
            auto p = values{};
            for (unsigned outcome = 0; outcome < (1u << 12); ++outcome) {
                auto x = values(ties, 0.0);
                for (unsigned bit = 0; bit < 12; ++bit) {
                    x.push_back((outcome >> bit & 1u) != 0 ? 1.0 : -1.0);
                }
                p.push_back(sign_test{}(x, alt).p_value);
            }
            check_super_uniform(p);
        }
    }
}

TEST_CASE("what a caller can get wrong") {
    constexpr auto nan_ = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH_AS(sign_test{}(values{1, 2}, values{1}, alternative::less), "hallmark::sign_test: a has 2 values and b has 1; pairs need equal lengths",
                         error);
    CHECK_THROWS_WITH_AS(sign_test{}(values{}, values{}, alternative::less), "hallmark::sign_test: a is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(sign_test{}(values{1}, values{nan_}, alternative::less), "hallmark::sign_test: b[0] is NaN; allowed are finite numbers", error);
    CHECK_THROWS_WITH_AS(sign_test{}(values{nan_}, alternative::less), "hallmark::sign_test: x[0] is NaN; allowed are finite numbers", error);
}

TEST_CASE("the logarithm of p") {
    CHECK(sign_test{}(values(2000, 1.0), alternative::greater).p_value == 0.0);
    CHECK(close(sign_test{}.log_p_value(values(2000, 1.0), alternative::greater), -2000.0 * std::log(2.0), 1e-14));
    CHECK(close(sign_test{}.log_p_value(values(2000, 0.0), values(2000, 1.0), alternative::less), -2000.0 * std::log(2.0), 1e-14));
    CHECK(close(sign_test{}.log_p_value(values{1, 2, 3}, alternative::two_sided), std::log(0.25), 1e-14));
    CHECK_THROWS_AS(sign_test{}.log_p_value(values{}, alternative::less), error);
}
