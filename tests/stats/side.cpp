#include <hallmark/stats/side.hpp>

#include <doctest/doctest.h>

using namespace hallmark;

// One swapped side here would swap it in every test, and each would still look like a test.
TEST_CASE("which tail belongs to which side") {
    CHECK(detail::p_of_side(0.25, 0.875, alternative::less) == 0.25);
    CHECK(detail::p_of_side(0.25, 0.875, alternative::greater) == 0.875);
    CHECK(detail::p_of_side(0.25, 0.875, alternative::two_sided) == 0.5);
    CHECK(detail::p_of_side(0.875, 0.25, alternative::two_sided) == 0.5);
    CHECK(detail::p_of_side(0.75, 0.75, alternative::two_sided) == 1.0);
    CHECK(detail::p_of_side(1.0 + 0x1p-52, 0.5, alternative::less) == 1.0);
    CHECK(detail::p_of_side(0.5, 1.0 + 0x1p-52, alternative::greater) == 1.0);
}
