#include <hallmark/signal/hit.hpp>

#include <doctest/doctest.h>
#include <signal/exact.hpp>

#include <algorithm>
#include <cstddef>
#include <vector>

using namespace hallmark;
using row_of = std::vector<double>;

namespace {
auto right(row_of const& z, std::size_t y) -> double { return correct{}(exact::row(z), y); }
auto hit(row_of const& z, std::size_t y, std::size_t k) -> double { return top_k_hit{k}(exact::row(z), y); }
}  // namespace

TEST_CASE("larger means member: 1 is a hit, 0 a miss") {
    auto const z = row_of{0.3, -1.2, 2.0, 0.0};
    CHECK(right(z, 2) == 1.0);
    CHECK(right(z, 0) == 0.0);
    std::size_t const rank[] = {1, 3, 0, 2};  // 0 is the best
    for (std::size_t y = 0; y < 4; ++y) {
        for (std::size_t k = 1; k <= 5; ++k) {
            CHECK(hit(z, y, k) == (rank[y] < k ? 1.0 : 0.0));
        }
        CHECK(hit(z, y, 1) == right(z, y));
    }
}

// A model that answers everything alike would otherwise be caught by whatever class comes first.
TEST_CASE("ties are misses") {
    CHECK(right({1, 1}, 0) == 0.0);
    CHECK(right({1, 1}, 1) == 0.0);
    CHECK(right({0.0, -0.0}, 0) == 0.0);
    CHECK(hit({5, 5, 5, 0}, 1, 2) == 0.0);
    CHECK(hit({5, 5, 5, 0}, 1, 3) == 1.0);
    CHECK(hit({5, 5, 5, 5}, 3, 3) == 0.0);
    CHECK(hit({5, 5, 5, 5}, 3, 4) == 1.0);
}

TEST_CASE("as many hits as k, where nothing ties") {
    auto const z = row_of{4, 8, 1, -3, 2.5, 0};
    for (std::size_t k = 1; k <= z.size(); ++k) {
        double hits = 0;
        for (std::size_t y = 0; y < z.size(); ++y) {
            hits += hit(z, y, k);
        }
        CHECK(hits == static_cast<double>(k));
    }
}

TEST_CASE("any stride and scalar, and k is 5 unless said otherwise") {
    float const interleaved[] = {1, 99, 2, 99, 3, 99};
    CHECK(correct{}(logit_row<float>{interleaved, 3, 2}, 2) == 1.0);
    CHECK(top_k_hit{2}(logit_row<float>{interleaved + 4, 3, -2}, 2) == 0.0);
    CHECK(top_k_hit{}.k() == 5);
}

TEST_CASE("what a caller can get wrong") { CHECK_THROWS_WITH_AS(top_k_hit{0}, "hallmark::top_k_hit: k is 0; allowed is 1 or more", error); }
