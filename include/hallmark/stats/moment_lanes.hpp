// Part of the moments: sums and squared distances of many short rows of numbers, in lanes.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/fold_lanes.hpp>
#include <hallmark/core/prefetch.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/core/unrolled.hpp>

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <utility>

/// Sixteen partial sums for each row, whatever the instruction set: number i goes to sum i mod 16, and the sums are added by halves. So the results have the
/// same bits everywhere, and an error of n/16 + 4 roundings at most.
namespace hallmark::inline v0::detail {

inline constexpr std::size_t moment_lanes = 16;

/// A vector of one lane, where there are no others.
struct one_double {
    using f64 = double;
    using i64 = std::int64_t;
    using u64 = std::uint64_t;
    static void rounded(double& v) noexcept { v = detail::rounded(v); }
    static void load_wide(double& v, float const* from) noexcept { v = static_cast<double>(*from); }
};

/// Asks for the lines of sixteen numbers so many bytes further on, be there some or not.
template <class Scalar>
HALLMARK_INLINE void ask_for(Scalar const* from, std::size_t bytes) noexcept {
    unrolled<moment_lanes * sizeof(Scalar) / 64>([&](auto line) HALLMARK_INLINE_LAMBDA { prefetch(from, bytes + 64 * line); });
}

/// Numbers of a row, less the pivot.
template <class Set, class Scalar>
HALLMARK_INLINE void load_less(typename Set::f64& v, Scalar const* from, double pivot) noexcept {
    if constexpr (std::same_as<Scalar, float>) {
        Set::load_wide(v, from);
    } else {
        simd::load(v, from);
    }
    v = v - pivot;
}

/// Adds the sixteen lanes of each of `width` rows; the sum of row i is lane i of x[0]. Vector k of row i is x[i · 16/width + k].
template <class F64>
HALLMARK_INLINE void add_across(F64* x) noexcept {
    constexpr auto width = sizeof(F64) / sizeof(double), vectors = moment_lanes / width;
    constexpr auto lanes = std::make_index_sequence<width>{};
    unrolled<width>([&](auto i) HALLMARK_INLINE_LAMBDA {
        unrolled<std::bit_width(vectors) - 1>([&](auto step) HALLMARK_INLINE_LAMBDA {
            constexpr auto half = vectors >> (step + 1);
            unrolled<half>([&](auto k) HALLMARK_INLINE_LAMBDA { x[i * vectors + k] = x[i * vectors + k] + x[i * vectors + half + k]; });
        });
    });
    unrolled<width>([&](auto i) HALLMARK_INLINE_LAMBDA { x[i] = x[i * vectors]; });
    fold_lanes(x, lanes, [](F64& a, F64 const& b) HALLMARK_INLINE_LAMBDA { a = a + b; });
}

/// Σ f(x - pivot) over a row, as sixteen partial sums; f is the identity, or the squared distance from `mean`. Meanwhile it asks for what lies `ahead`.
template <class Set, bool Squares, class Scalar>
HALLMARK_INLINE void partial_sums(Scalar const* row, std::size_t count, double pivot, double mean, [[maybe_unused]] std::size_t ahead,
                                  typename Set::f64* sums) noexcept {
    using f64              = typename Set::f64;
    constexpr auto width   = sizeof(f64) / sizeof(double);
    constexpr auto vectors = moment_lanes / width;
    f64            sum[vectors];
    unrolled<vectors>([&](auto k) HALLMARK_INLINE_LAMBDA { sum[k] = f64{}; });
    std::size_t i = 0;
    for (; i + moment_lanes <= count; i += moment_lanes) {
        if constexpr (Squares) {
            ask_for(row + i, ahead * sizeof(Scalar));  // memory works while the second pass does not need it
        }
        unrolled<vectors>([&](auto k) HALLMARK_INLINE_LAMBDA {
            f64 v;
            load_less<Set>(v, row + i + k * width, pivot);
            if constexpr (Squares) {
                v = v - mean;
                v = v * v;
                Set::rounded(v);
            }
            sum[k] = sum[k] + v;
        });
    }
    if (i < count) {
        double parts[moment_lanes];
        unrolled<vectors>([&](auto k) HALLMARK_INLINE_LAMBDA { simd::store(sum[k], parts + k * width); });
        for (std::size_t l = 0; i < count; ++i, ++l) {
            auto v = static_cast<double>(row[i]) - pivot;
            if constexpr (Squares) {
                v = v - mean;
                v = rounded(v * v);
            }
            parts[l] += v;
        }
        unrolled<vectors>([&](auto k) HALLMARK_INLINE_LAMBDA { simd::load(sum[k], parts + k * width); });
    }
    unrolled<vectors>([&](auto k) HALLMARK_INLINE_LAMBDA { sums[k] = sum[k]; });
}

template <class Set, class Scalar>
HALLMARK_INLINE void spread_in_lanes(Scalar const* x, std::size_t count, std::size_t rows, double const* pivots, double* sums, double* squares) noexcept {
    using f64              = typename Set::f64;
    constexpr auto width   = sizeof(f64) / sizeof(double);
    constexpr auto vectors = moment_lanes / width;
    auto const     n       = static_cast<double>(count);
    for (std::size_t first = 0; first < rows; first += width) {
        auto const some                = rows - first < width ? rows - first : width;
        f64        parts[moment_lanes] = {};
        double     of_row[width];
        for (std::size_t i = 0; i < some; ++i) {
            partial_sums<Set, false>(x + (first + i) * count, count, pivots[first + i], 0.0, 0, parts + i * vectors);
        }
        add_across(parts);
        simd::store(parts[0], of_row);
        f64 const mean = parts[0] / n;
        for (std::size_t i = 0; i < some; ++i) {
            sums[first + i] = of_row[i];
        }
        simd::store(mean, of_row);
        for (std::size_t i = 0; i < some; ++i) {
            partial_sums<Set, true>(x + (first + i) * count, count, pivots[first + i], of_row[i], some * count, parts + i * vectors);
        }
        add_across(parts);
        simd::store(parts[0], of_row);
        for (std::size_t i = 0; i < some; ++i) {
            squares[first + i] = of_row[i];
        }
    }
}

/// For each row of `count` numbers its sum of x - pivot, and of the squared distances from its mean.
template <class Scalar>
void spread_of_rows(Scalar const* x, std::size_t count, std::size_t rows, double const* pivots, double* sums, double* squares) noexcept {
#if HALLMARK_VECTORS
    if (simd::run([&](auto set) HALLMARK_INLINE_LAMBDA { spread_in_lanes<decltype(set)>(x, count, rows, pivots, sums, squares); })) {
        return;
    }
#endif
    spread_in_lanes<one_double>(x, count, rows, pivots, sums, squares);
}

}  // namespace hallmark::inline v0::detail
