#include <hallmark/stats/lattice_paths.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>
#include <support/simd_levels.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

using namespace hallmark::detail;

namespace {
auto all_steps(std::size_t n) -> std::vector<std::size_t> {
    std::vector<std::size_t> out;
    for (std::size_t i = 1; i <= n; ++i) {
        out.push_back(i);
    }
    return out;
}

/// The same chance, place by place over the whole lattice.
auto plainly(far_path const& q) -> double {
    std::vector<double> row(q.m + 1);
    for (std::size_t i = 0; i <= q.n; ++i) {
        for (std::size_t j = 0; j <= q.m; ++j) {
            auto const counts = i + j == 0 || std::binary_search(q.ends.begin(), q.ends.end(), i + j);
            auto const height = static_cast<std::int64_t>(i * q.m) - static_cast<std::int64_t>(j * q.n);
            if (counts && (height >= q.gap || (q.both_sides && -height >= q.gap))) {
                row[j] = 1.0;
            } else if (i + j == 0) {
                row[j] = 0.0;
            } else {
                auto const by_a = i == 0 ? 0.0 : static_cast<double>(i) * row[j];
                auto const by_b = j == 0 ? 0.0 : static_cast<double>(j) * row[j - 1];
                row[j]          = (by_a + by_b) / static_cast<double>(i + j);
            }
        }
    }
    return row[q.m];
}
}  // namespace

// Beyond 2^53 paths chances are rounded: they must be rounded the same way in lanes of any width, wherever the strip ends.
TEST_CASE("the strip in lanes is the whole lattice, to the last bit") {
    for (auto const& [n, m] : {std::pair<std::size_t, std::size_t>{60, 60}, {41, 77}, {90, 25}, {7, 3000}, {3000, 6}}) {
        for (std::size_t const group : {1u, 2u, 5u, 31u}) {
            auto ends = std::vector<std::size_t>();
            for (std::size_t s = group; s < n + m; s += group) {
                ends.push_back(s);
            }
            ends.push_back(n + m);
            for (auto gap = static_cast<std::int64_t>(n * m); gap > 0; gap = gap * 2 / 3) {
                for (bool const both : {false, true}) {
                    auto const question = far_path{n, m, gap, both, ends};
                    auto const expected = plainly(question);
                    for (auto const level : all_levels()) {
                        simd::forced_level const forced(level);
                        REQUIRE(path_reaches(question) == expected);
                    }
                }
            }
        }
    }
}

// By hand: two of a and three of b have ten orders; one begins with both of a, three more reach a height of 3 of 6 (a first, or b a a).
TEST_CASE("pinned counts") {
    auto const ends = all_steps(5);
    CHECK(paths_that_reach({2, 3, 6, false, ends}) == 1.0);
    CHECK(paths_that_reach({2, 3, 6, true, ends}) == 2.0);
    CHECK(paths_that_reach({2, 3, 3, false, ends}) == 5.0);
    CHECK(paths_that_reach({2, 3, 0, false, ends}) == 10.0);
    // The first two values are equal: both of a are there in one order, and one of a in six, at a height of 1.
    auto const tied = std::vector<std::size_t>{2, 3, 4, 5};
    CHECK(paths_that_reach({2, 3, 6, false, tied}) == 1.0);
    CHECK(paths_that_reach({2, 3, 3, false, tied}) == 3.0);
    CHECK(paths_that_reach({2, 3, 1, false, std::vector<std::size_t>{2, 5}}) == 7.0);
    CHECK(paths_that_reach({2, 3, 1, false, std::vector<std::size_t>{5}}) == 0.0);
    CHECK(path_reaches({40, 40, 0, false, all_steps(80)}) == 1.0);
    CHECK(path_reaches({40, 40, 1, true, all_steps(80)}) == 1.0);
    CHECK(path_reaches({40, 40, 1, true, std::vector<std::size_t>{80}}) == 0.0);
}

// Python: exact counts of the paths that stay inside, as big integers, and mpmath's log of the rest over C(n + m, n). The first two are doubles still.
TEST_CASE("the logarithm of a chance that is no double") {
    struct row {
        far_path    q;
        std::size_t group;
        double      log_p;
    };
    for (auto [q, group, log_p] : {row{{600, 500, 280000, false, {}}, 7, -600.26294005523186746}, row{{600, 500, 280000, true, {}}, 7, -598.4856581446396744},
                                   row{{600, 500, 299000, true, {}}, 1, -741.74680746692518153}, row{{1000, 600, 540000, true, {}}, 50, -752.21931030104679356},
                                   row{{900, 600, 500000, false, {}}, 31, -780.73416075807181198}}) {
        auto ends = std::vector<std::size_t>();
        for (auto s = group; s < q.n + q.m; s += group) {
            ends.push_back(s);
        }
        ends.push_back(q.n + q.m);
        q.ends = ends;
        INFO(q.n, " and ", q.m, " in groups of ", group);
        CHECK(close(log_path_reaches(q), log_p, 1e-13));
    }
    CHECK(log_path_reaches({40, 40, 0, false, all_steps(80)}) == 0.0);
    CHECK(log_path_reaches({40, 40, 1, true, std::vector<std::size_t>{80}}) == -std::numeric_limits<double>::infinity());
    CHECK(log_path_reaches({2, 3, 6, false, all_steps(5)}) == std::log(0.1));
}

// Both ways round a place that weighs nothing, and levels next to each other and far apart.
TEST_CASE("means of chances with wider exponents") {
    auto const log2_of = [](small_chance c) { return std::log2(c.value) - 400.0 * c.level; };
    CHECK(log2_of(mean_chance(3.0, {0.5, 2}, 0.0, {1.0, 0})) == -801.0);
    CHECK(log2_of(mean_chance(0.0, {1.0, 0}, 3.0, {0.5, 2})) == -801.0);
    CHECK(log2_of(mean_chance(1.0, {0.0, 0}, 3.0, {0x1p-399, 1})) == doctest::Approx(-799.0 + std::log2(0.75)).epsilon(1e-15));
    CHECK(log2_of(mean_chance(1.0, {1.0, 0}, 1.0, {1.0, 5})) == -1.0);
    CHECK(log2_of(mean_chance(1.0, {0x1p-400, 0}, 1.0, {1.0, 1})) == -400.0);
    CHECK(mean_chance(2.0, {0.0, 0}, 1.0, {0.0, 0}).value == 0.0);
}
