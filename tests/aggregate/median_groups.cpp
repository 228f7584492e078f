#include <hallmark/aggregate/median_groups.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

using namespace hallmark;

// A network is right for all numbers if it is right for zeros and ones (Knuth's 0-1 principle), of which there are few.
TEST_CASE("every network brings its ranks to their places, for all zeros and ones") {
    for (std::size_t n = 2; n <= 14; ++n) {
        for (auto const& [first, last] : {std::pair{std::size_t{0}, n - 1}, {(n - 1) / 2, n / 2}, {n - 1, n - 1}}) {
            auto const network = detail::selection_network(n, first, last);
            for (std::uint32_t word = 0; word < std::uint32_t{1} << n; ++word) {
                auto bits = word;
                for (auto const& [i, j] : network) {
                    auto const a = bits >> i & 1u, b = bits >> j & 1u;
                    bits = (bits & ~(1u << i) & ~(1u << j)) | (a & b) << i | (a | b) << j;
                }
                auto const zeros = n - static_cast<std::size_t>(std::popcount(word));
                for (auto r = first; r <= last; ++r) {
                    REQUIRE((bits >> r & 1u) == (r >= zeros ? 1u : 0u));
                }
            }
        }
    }
}

// The sizes that are used, by the numbers that are hardest to sort for a merge: one out of place.
TEST_CASE("large networks sort, and small selections are smaller than sorting") {
    for (std::size_t n = 2; n <= detail::most_in_network; ++n) {
        auto const sort = detail::selection_network(n, 0, n - 1);
        for (std::size_t shift = 0; shift < n; ++shift) {
            std::vector<std::size_t> xs(n);
            for (std::size_t i = 0; i < n; ++i) {
                xs[i] = (i * 37 + shift) % n;
            }
            auto expected = xs;
            std::sort(expected.begin(), expected.end());
            for (auto const& [i, j] : sort) {
                if (xs[j] < xs[i]) {
                    std::swap(xs[i], xs[j]);
                }
            }
            REQUIRE(xs == expected);
        }
        CHECK(detail::selection_network(n, n / 2, n / 2).size() <= sort.size());
    }
    CHECK(detail::selection_network(25, 12, 12).size() == 113);  // of 138
}
