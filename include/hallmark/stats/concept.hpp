// What a hypothesis test is: two samples (or one) and an alternative in, a statistic and a p-value out.
#pragma once

#include <concepts>
#include <cstddef>
#include <span>

namespace hallmark::inline v0 {

/// The side a test looks at. No test has a default: a p-value for the wrong side is the most common
/// mistake in this field, and it looks like any other p-value. Each test says what its sides mean.
enum class alternative { less, greater, two_sided };

/// How the tail of a test's null distribution is computed. `automatic` is `exact` where that is
/// possible and cheap; each test says where its boundary lies.
enum class tail_method { automatic, exact, asymptotic };

/// What every test returns. Named fields and not a pair: `first` and `second` are how a statistic
/// ends up reported as a p-value.
struct test_result {
    double      statistic;
    double      p_value;  ///< in [0, 1]
    std::size_t n;        ///< observations that counted; each test says which those are
    alternative alt;

    friend auto operator==(test_result const&, test_result const&) -> bool = default;
};

/// A test of one sample against a fixed value; options are data members of the test.
template <class T>
concept one_sample_test = std::copyable<T> && requires(T const t, std::span<double const> x, alternative alt) {
    { t(x, alt) } -> std::same_as<test_result>;
};

/// A test of sample `a` against sample `b`, independent or paired; options are data members of the test.
template <class T>
concept two_sample_test = std::copyable<T> && requires(T const t, std::span<double const> a, std::span<double const> b, alternative alt) {
    { t(a, b, alt) } -> std::same_as<test_result>;
};

}  // namespace hallmark::inline v0
