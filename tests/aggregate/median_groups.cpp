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
    for (std::size_t n = 1; n <= 17; ++n) {
        for (auto const& ends : {std::pair{std::size_t{0}, n - 1}, {(n - 1) / 2, n / 2}, {n - 1, n - 1}}) {
            auto const first = ends.first, last = ends.second;
            auto const network = detail::selection_network(n, first, last);
            for (std::uint32_t word = 0; word < std::uint32_t{1} << n; ++word) {
                auto       bits     = word;
                auto const in_order = [&bits](std::size_t i, std::size_t j) {
                    auto const a = bits >> i & 1u, b = bits >> j & 1u;
                    bits = (bits & ~(1u << i) & ~(1u << j)) | (a & b) << i | (a | b) << j;
                };
                for (std::size_t block = 0; block + 8 <= n; block += 8) {
                    for (auto const& c : detail::eight) {
                        in_order(block + c[0], block + c[1]);
                    }
                }
                for (auto const& c : network) {
                    in_order(c.first, c.second);
                }
                INFO("n ", n, ", first ", first, ", last ", last, ", word ", word);
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
    for (std::size_t n = 1; n <= detail::most_in_network; ++n) {
        auto const sort = detail::selection_network(n, 0, n - 1);
        for (std::size_t shift = 0; shift < n; ++shift) {
            std::vector<std::size_t> xs(n);
            for (std::size_t i = 0; i < n; ++i) {
                xs[i] = (i * 37 + shift) % n;
            }
            auto expected = xs;
            std::sort(expected.begin(), expected.end());
            for (std::size_t block = 0; block + 8 <= n; block += 8) {
                std::sort(xs.begin() + static_cast<std::ptrdiff_t>(block), xs.begin() + static_cast<std::ptrdiff_t>(block + 8));
            }
            for (auto const& [i, j] : sort) {
                if (xs[j] < xs[i]) {
                    std::swap(xs[i], xs[j]);
                }
            }
            REQUIRE(xs == expected);
        }
        CHECK(detail::selection_network(n, n / 2, n / 2).size() <= sort.size());
    }
    CHECK(detail::selection_network(25, 12, 12).size() == 113 - 57);  // 57 are in the three blocks of eight; sorting takes 138
}
