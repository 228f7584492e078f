// Part of the likelihood-ratio attack: log ratios of two Gaussians for many samples, in lanes, from the shadow models' scores to the result in one go.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/log_lanes.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/core/unrolled.hpp>
#include <hallmark/stats/moment_lanes.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0::detail {

/// The first of n numbers is sqrt(n - 1) deviations from their mean at most, so that squares about it, summed in the same pass as the numbers, leave a variance
/// that is at most n times as far off as one from a second pass. That is little up to this many.
inline constexpr std::size_t most_in_one_pass = 256;

/// Bytes: a block of 64 floats for each lane of a 64-byte vector. Farther is slower, and nearer, or what memory guesses by itself, varies more.
inline constexpr std::size_t asked_ahead = 2048;

/// A row's first number, how far its mean is from it, and its mean squared distance from its mean; one row in each lane.
template <class F64>
struct row_moments {
    F64 first, mean, variance;
};

/// Each number is read from memory, and converted, once: additions and conversions are what there is most of, and they share their units.
template <class Set, class Scalar>
HALLMARK_INLINE void moments_of_rows(Scalar const* const* rows, std::size_t count, row_moments<typename Set::f64>& out) noexcept {
    using f64              = typename Set::f64;
    constexpr auto width   = sizeof(f64) / sizeof(double);
    constexpr auto vectors = moment_lanes / width;
    f64            sums[moment_lanes], squares[moment_lanes];
    double         firsts[width];
    for (std::size_t r = 0; r < width; ++r) {
        auto const* row   = rows[r];
        auto const  pivot = static_cast<double>(row[0]);
        Scalar      rest[moment_lanes];
        auto const  sixteen = [&](std::size_t i) HALLMARK_INLINE_LAMBDA -> Scalar const* {
            if (count - i >= moment_lanes) [[likely]] {
                return row + i;
            }
            std::fill(std::copy(row + i, row + count, rest), rest + moment_lanes, row[0]);  // the pivot itself adds nothing
            return rest;
        };
        f64         sum[vectors], square[vectors];
        auto const* x = sixteen(0);
        ask_for(row, asked_ahead);
        unrolled<vectors>([&](auto k) HALLMARK_INLINE_LAMBDA {
            load_less<Set>(sum[k], x + k * width, pivot);
            square[k] = sum[k] * sum[k];
            Set::rounded(square[k]);
        });
        for (auto i = moment_lanes; i < count; i += moment_lanes) {
            x = sixteen(i);
            ask_for(row + i, asked_ahead);
            unrolled<vectors>([&](auto k) HALLMARK_INLINE_LAMBDA {
                f64 v, w;
                load_less<Set>(v, x + k * width, pivot);
                w = v * v;
                Set::rounded(w);
                sum[k]    = sum[k] + v;
                square[k] = square[k] + w;
            });
        }
        firsts[r] = pivot;
        unrolled<vectors>([&](auto k) HALLMARK_INLINE_LAMBDA { sums[r * vectors + k] = sum[k], squares[r * vectors + k] = square[k]; });
    }
    add_across(sums);
    add_across(squares);
    auto const n = static_cast<double>(count);
    simd::load(out.first, firsts);
    out.mean = sums[0] / n;
    Set::rounded(out.mean);
    f64 less = out.mean * sums[0];
    Set::rounded(less);
    out.variance = (squares[0] - less) / n;
    Set::rounded(out.variance);
}

/// (score - mean)²/variance.
template <class Set>
HALLMARK_INLINE void squared_distance(typename Set::f64 const& score, row_moments<typename Set::f64> const& of, typename Set::f64& out) noexcept {
    out = score - of.first;
    Set::rounded(out);
    out = out - of.mean;
    out = out * out;
    Set::rounded(out);
    out = out / of.variance;
    Set::rounded(out);
}

/// result[i] = log N(scores[i]; row i of `in`) - log N(scores[i]; row i of `out`), NaN where that is not so plain: where a variance is below 1e-150 or above
/// 1e150, or something is no finite number. Then `plain` becomes false.
template <class Set, class Scalar>
HALLMARK_INLINE void log_ratios_in_lanes(double const* scores, std::size_t samples, Scalar const* in, std::size_t in_count, Scalar const* out,
                                         std::size_t out_count, double* result, bool& plain) noexcept {
    using f64                     = typename Set::f64;
    using u64                     = typename Set::u64;
    constexpr auto          width = sizeof(f64) / sizeof(double);
    constexpr std::uint64_t least = 0x20c0000000000000, most = 0x5f20000000000000;  // 2^-499 and 2^499
    u64                     odd = {};
    for (std::size_t begin = 0; begin < samples; begin += width) {
        Scalar const *with[width], *without[width];
        double        some[width];
        for (std::size_t l = 0; l < width; ++l) {
            auto const i = std::min(begin + l, samples - 1);  // the last lanes of all may do the last sample again
            with[l] = in + i * in_count, without[l] = out + i * out_count, some[l] = scores[i];
        }
        row_moments<f64> inside, outside;
        moments_of_rows<Set>(with, in_count, inside);
        moments_of_rows<Set>(without, out_count, outside);
        f64 score, from_inside, from_outside, ratio[1];
        simd::load(score, some);
        squared_distance<Set>(score, inside, from_inside);
        squared_distance<Set>(score, outside, from_outside);
        ratio[0] = outside.variance / inside.variance;  // one logarithm for two
        Set::rounded(ratio[0]);
        log_f64<Set>(ratio);
        from_outside = from_outside - from_inside;
        Set::rounded(from_outside);
        ratio[0] = 0.5 * (from_outside + ratio[0]);
        u64 inside_bits, outside_bits, bits;
        bits_of(inside_bits, inside.variance);
        bits_of(outside_bits, outside.variance);
        bits_of(bits, ratio[0]);
        // The highest bit is set where a difference is below 0, and where the exponent of what is not finite overflows.
        u64 const here = ((inside_bits - least) | (most - inside_bits) | (outside_bits - least) | (most - outside_bits) |
                          ((bits & 0x7fffffffffffffffu) + 0x0010000000000000u)) >>
                         63;
        odd  = odd | here;
        bits = bits | (u64{} - here);
        simd::store(bits, some);
        std::copy(some, some + std::min(width, samples - begin), result + begin);
    }
    std::uint64_t any[width];
    simd::store(odd, any);
    for (auto const a : any) {
        plain = plain && a == 0;
    }
}

/// Whether all samples are plain. Rows of 2 to most_in_one_pass numbers. Not taken: raw squares, which need no pivot but a second way where the mean is large.
template <class Scalar>
[[nodiscard]] auto log_ratios(double const* scores, std::size_t samples, Scalar const* in, std::size_t in_count, Scalar const* out, std::size_t out_count,
                              double* result) noexcept -> bool {
    auto plain = true;
#if HALLMARK_VECTORS
    if (simd::run([&](auto set) HALLMARK_INLINE_LAMBDA { log_ratios_in_lanes<decltype(set)>(scores, samples, in, in_count, out, out_count, result, plain); })) {
        return plain;
    }
#endif
    log_ratios_in_lanes<one_double>(scores, samples, in, in_count, out, out_count, result, plain);
    return plain;
}

}  // namespace hallmark::inline v0::detail
