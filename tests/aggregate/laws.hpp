// What every aggregator promises: the same value, bit for bit, in any order and any split.
#pragma once

#include <hallmark/aggregate/concept.hpp>
#include <hallmark/error.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace laws {

template <hallmark::aggregator A>
auto filled(A set, std::vector<double> const& xs) -> A {
    for (auto const x : xs) {
        set.push(x);
    }
    return set;
}
template <hallmark::aggregator A>
auto value(A const& empty, std::vector<double> const& xs) -> double {
    return filled(empty, xs).value();
}
inline auto bits(double x) -> std::uint64_t { return std::bit_cast<std::uint64_t>(x); }

/// `empty` has no scores; it must be able to give a value for six of them.
template <hallmark::aggregator A>
void order_and_split(A const& empty) {
    // Sizes that a sum in double would lose, and zeros of both signs, which are equal but have other bits.
    std::vector<double> xs       = {0.1, -0.0, 1e17, 0.0, -1e17, 7e-5};
    auto const          expected = value(empty, xs);
    std::sort(xs.begin(), xs.end());
    do {
        REQUIRE(bits(value(empty, xs)) == bits(expected));
        for (std::size_t cut = 0; cut <= xs.size(); ++cut) {
            auto const middle = xs.begin() + static_cast<std::ptrdiff_t>(cut);
            auto       left   = filled(empty, std::vector<double>(xs.begin(), middle));
            auto const right  = filled(empty, std::vector<double>(middle, xs.end()));
            auto       other  = right;
            other.merge(left);
            left.merge(right);
            REQUIRE(bits(left.value()) == bits(expected));
            REQUIRE(left == other);
            REQUIRE(left.count() == xs.size());
        }
    } while (std::next_permutation(xs.begin(), xs.end()));

    auto const set   = filled(empty, xs);
    auto       twice = set;
    twice.merge(twice);  // with itself
    CHECK(twice.count() == 2 * xs.size());
    auto doubled = xs;
    doubled.insert(doubled.end(), xs.begin(), xs.end());
    CHECK(twice == filled(empty, doubled));
    CHECK(twice != set);
    CHECK(empty.count() == 0);
    auto all = set;
    all.merge(empty);
    CHECK(all == set);
}

/// `who` is what the aggregator calls itself, `push_who` the one who refuses a score.
template <hallmark::aggregator A>
void refusals(A const& empty, std::string const& sentence_of_nothing, std::string const& push_refusal) {
    CHECK_THROWS_WITH_AS((void)empty.value(), sentence_of_nothing.c_str(), hallmark::error);
    auto set = empty;
    CHECK_THROWS_WITH_AS(set.push(std::numeric_limits<double>::quiet_NaN()), (push_refusal + " is nan; allowed is any finite number").c_str(), hallmark::error);
    CHECK_THROWS_WITH_AS(set.push(-std::numeric_limits<double>::infinity()), (push_refusal + " is -inf; allowed is any finite number").c_str(),
                         hallmark::error);
    CHECK(set == empty);  // a refused score does not count
}

}  // namespace laws
