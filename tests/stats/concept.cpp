#include <hallmark/stats/concept.hpp>

#include <doctest/doctest.h>

using namespace hallmark;

namespace {
struct no_side {
    auto operator()(std::span<double const>, std::span<double const>) const -> test_result { return {0, 1, 0, alternative::less}; }
};
struct bare_p {
    auto operator()(std::span<double const>, std::span<double const>, alternative) const -> double { return 1; }
};
struct mine {
    auto operator()(std::span<double const>, alternative alt) const -> test_result { return {0, 1, 0, alt}; }
};
}  // namespace

// A test without a side, or that returns a bare number, must not pass for one.
TEST_CASE("what is a test") {
    static_assert(!two_sample_test<no_side> && !two_sample_test<bare_p> && !two_sample_test<mine> && !two_sample_test<int>);
    static_assert(one_sample_test<mine> && !one_sample_test<no_side>);
    CHECK(mine{}({}, alternative::greater).alt == alternative::greater);
}
