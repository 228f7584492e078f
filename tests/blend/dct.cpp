#include <hallmark/blend/dct.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <initializer_list>
#include <numbers>

using namespace hallmark;

namespace {
auto entry(std::size_t u, std::size_t n) -> long double {
    return (u == 0 ? std::sqrt(0.125L) : 0.5L * std::cos(static_cast<long double>((2 * n + 1) * u) * std::numbers::pi_v<long double> / 16.0L));
}
auto blocks(std::uint32_t seed, std::int64_t height) -> block8 {
    block8 out;
    for (auto& row : out.v) {
        for (auto& e : row) {
            seed = seed * 1664525u + 1013904223u;
            e    = static_cast<std::int64_t>(seed >> 8) * height / (1 << 23) - height;
        }
    }
    return out;
}
}  // namespace

TEST_CASE("the matrix is the orthonormal DCT-II, rounded to nearest") {
    for (std::size_t u = 0; u < 8; ++u) {
        for (std::size_t n = 0; n < 8; ++n) {
            CHECK(detail::dct_entry(u, n) == std::llround(entry(u, n) * 0x1p28L));
        }
    }
}

// Rows and columns exchanged would pass every test that goes there and back.
TEST_CASE("a wave down is in column 0, a wave across in row 0") {
    block8 down, across;
    for (std::size_t r = 0; r < 8; ++r) {
        for (std::size_t c = 0; c < 8; ++c) {
            down.v[r][c]   = std::llround(1e6L * entry(3, r));
            across.v[r][c] = std::llround(1e6L * entry(5, c));
        }
    }
    down   = dct8(down);
    across = dct8(across);
    for (std::size_t u = 0; u < 8; ++u) {
        for (std::size_t v = 0; v < 8; ++v) {
            CHECK(std::abs(down.v[u][v] - (u == 3 && v == 0 ? std::llround(1e6L * std::sqrt(8.0L)) : 0)) <= 4);
            CHECK(std::abs(across.v[u][v] - (u == 0 && v == 5 ? std::llround(1e6L * std::sqrt(8.0L)) : 0)) <= 4);
        }
    }
}

TEST_CASE("against the real transform, and back again") {
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
        for (std::int64_t const height : {std::int64_t{3}, std::int64_t{1000}, std::int64_t{255} << 16, (std::int64_t{1} << 31) - 1}) {
            auto const b    = blocks(seed, height);
            auto const d    = dct8(b);
            auto const back = inverse_dct8(d);
            for (std::size_t u = 0; u < 8; ++u) {
                for (std::size_t v = 0; v < 8; ++v) {
                    long double exact = 0;
                    for (std::size_t r = 0; r < 8; ++r) {
                        for (std::size_t c = 0; c < 8; ++c) {
                            exact += static_cast<long double>(b.v[r][c]) * entry(u, r) * entry(v, c);
                        }
                    }
                    auto const slack = static_cast<long double>(height) * 0x1p-24L;
                    REQUIRE(std::abs(static_cast<long double>(d.v[u][v]) - exact) <= 2.0L + slack);
                    REQUIRE(std::abs(static_cast<long double>(back.v[u][v] - b.v[u][v])) <= 4.0L + slack);
                }
            }
        }
    }
}

TEST_CASE("a plain block has one coefficient, nothing has none") {
    block8 b;
    for (auto const& row : dct8(b).v) {
        for (auto const e : row) {
            CHECK(e == 0);
        }
    }
    for (auto& row : b.v) {
        for (auto& e : row) {
            e = 1000;
        }
    }
    auto const d = dct8(b);
    CHECK(std::abs(d.v[0][0] - 8000) <= 2);
    CHECK(std::abs(d.v[0][1]) + std::abs(d.v[1][0]) + std::abs(d.v[7][7]) <= 2);
}
