#include <hallmark/stats/moments.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>
#include <support/simd_levels.hpp>

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

using namespace hallmark::detail;

namespace {
// Near `centre`, the first one farthest from it.
template <class Scalar>
auto numbers(std::size_t n, double centre) -> std::vector<Scalar> {
    std::vector<Scalar> out(n);
    std::uint32_t       s = 7;
    for (auto& x : out) {
        s = s * 1664525u + 1013904223u;
        x = static_cast<Scalar>(centre + static_cast<double>(s >> 8) * 0x1p-24);
    }
    out[0] = static_cast<Scalar>(centre + 5.0);
    return out;
}
auto bits(double x) -> std::uint64_t { return std::bit_cast<std::uint64_t>(x); }

template <class Scalar>
void check_all_levels(std::size_t n, double centre) {
    auto const  x     = numbers<Scalar>(n, centre);
    auto const  pivot = static_cast<double>(x.front());
    long double sum = 0, squares = 0;
    for (auto const v : x) {
        sum += static_cast<long double>(v) - static_cast<long double>(pivot);
    }
    for (auto const v : x) {
        auto const d = static_cast<long double>(v) - static_cast<long double>(pivot) - sum / static_cast<long double>(n);
        squares += d * d;
    }
    auto const first = moments_about(std::span<Scalar const>(x), pivot);
    INFO("n ", n, ", centre ", centre);
    CHECK(close(first.mean, static_cast<double>(sum / static_cast<long double>(n)), 2e-15));
    CHECK(close(first.variance, static_cast<double>(squares / static_cast<long double>(n - 1)), 1e-14));
    for (auto const level : all_levels()) {
        simd::forced_level const forced(level);
        auto const               m = moments_about(std::span<Scalar const>(x), pivot);
        CHECK(bits(m.mean) == bits(first.mean));
        CHECK(bits(m.variance) == bits(first.variance));
    }
}
}  // namespace

// Sixteen partial sums, tails of any length, halves of what is longer than the lanes take: a p-value must not depend on the machine.
TEST_CASE("the same bits at every instruction set, and right") {
    for (std::size_t const n : {2u, 15u, 16u, 17u, 31u, 64u, 100u, 1023u, 1024u, 1025u, 2048u, 5000u, 100'003u}) {
        for (double const centre : {0.0, -3.0, 1e6}) {
            check_all_levels<double>(n, centre);
            check_all_levels<float>(n, centre / 16.0);
        }
    }
}

// The rows of a matrix, one by one or as many at a time as there are lanes: the same bits.
TEST_CASE("rows together and alone") {
    for (std::size_t const count : {2u, 5u, 16u, 64u, 70u}) {
        for (std::size_t const rows : {1u, 3u, 8u, 21u}) {
            auto const          x = numbers<float>(count * rows, 2.0);
            std::vector<double> pivots(rows, 2.5), sums(rows), squares(rows);
            for (auto const level : all_levels()) {
                simd::forced_level const forced(level);
                spread_of_rows(x.data(), count, rows, pivots.data(), sums.data(), squares.data());
                for (std::size_t i = 0; i < rows; ++i) {
                    auto const one = spread_about(std::span(x).subspan(i * count, count), 2.5);
                    CHECK(bits(one.sum) == bits(sums[i]));
                    CHECK(bits(one.squares) == bits(squares[i]));
                }
            }
        }
    }
}

// Callers look for numbers that are none in the result, at every level and in every place.
TEST_CASE("a NaN or an infinity leaves no finite variance") {
    for (std::size_t const n : {3u, 16u, 40u, 3000u}) {
        for (std::size_t const at : {std::size_t{0}, n / 2, n - 1}) {
            for (double const bad : {std::numeric_limits<double>::quiet_NaN(), HUGE_VAL, -HUGE_VAL, 1e200}) {
                auto x = numbers<double>(n, 0.0);
                x[at]  = bad;
                for (auto const level : all_levels()) {
                    simd::forced_level const forced(level);
                    CHECK(!std::isfinite(moments_about(x, x.front()).variance));
                }
            }
        }
    }
}

// A mean of values near 1e15 that is rounded before it is used, or a one-pass variance, has no right digit here.
TEST_CASE("large values that differ a little") {
    auto const x = std::vector<double>{1e15 + 1, 1e15 + 2, 1e15 + 3, 1e15 + 6};
    CHECK(moments_about(x, 1e15).mean == 3.0);
    CHECK(close(moments_about(x, 1e15).variance, 14.0 / 3.0, 1e-15));
    CHECK(moments_about(x, x.front()).mean == 2.0);
    CHECK(close(moments_about(x, x.front()).variance, 14.0 / 3.0, 1e-15));
}

TEST_CASE("the sum keeps what single additions lose") {
    auto sum = compensated_sum{};
    for (double const x : {1.0, 1e100, 1.0, -1e100}) {
        sum.add(x);
    }
    CHECK(sum.value() == 2.0);
}
