#include <hallmark/stats/pair_count.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

using namespace hallmark::detail;
using values = std::vector<double>;

// Against the double loop, for every pair of short samples over three values: ties within one sample,
// across both, at either end.
TEST_CASE("counts agree with the double loop") {
    for (unsigned code = 0; code < 729; ++code) {
        auto x = values{};
        for (auto c = code; x.size() < 6; c /= 3) {
            x.push_back(static_cast<double>(c % 3));
        }
        for (std::size_t n = 1; n < 6; ++n) {
            auto const a = values(x.begin(), x.begin() + static_cast<std::ptrdiff_t>(n)), b = values(x.begin() + static_cast<std::ptrdiff_t>(n), x.end());
            auto       doubled = 0u;
            for (auto const u : a) {
                for (auto const v : b) {
                    doubled += u > v ? 2u : u == v ? 1u : 0u;
                }
            }
            auto cubes    = 0.0;
            auto distinct = 0u;
            for (double const v : {0.0, 1.0, 2.0}) {
                auto const t = static_cast<double>(std::count(x.begin(), x.end(), v));
                cubes += t * t * t - t;
                distinct += t > 0.0 ? 1u : 0u;
            }
            auto const r = count_pairs(a, b);
            CHECK(r.doubled_wins == doubled);
            CHECK(r.tie_cubes == cubes);
            CHECK(r.distinct == distinct);
        }
    }
}

// Groups of one value that end on both sides of 2^17 values, where their cubes leave the whole numbers, and one whose cube is beyond 2^64.
TEST_CASE("large groups of equal values") {
    auto a = values(131'071, 0.0), b = values(131'072, 1.0);
    a.resize(a.size() + 1'500'000, 2.0);
    b.resize(b.size() + 1'500'000, 2.0);
    auto const cubes = [](double t) { return t * (t - 1.0) * (t + 1.0); };
    auto const r     = count_pairs(a, b);
    CHECK(close(r.tie_cubes, cubes(131'071.0) + cubes(131'072.0) + cubes(3'000'000.0), 1e-15));
    CHECK(r.distinct == 3);
    CHECK(r.doubled_wins == std::uint64_t{1'500'000} * (2 * 131'072 + 1'500'000));
    CHECK(close(count_pairs(values(131'071, 0.0), values(131'072, 1.0)).tie_cubes, cubes(131'071.0) + cubes(131'072.0), 1e-15));
}
