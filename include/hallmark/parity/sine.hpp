// The sine of a float as NumPy computes it, the same bits without NumPy's vector instructions.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/rounding.hpp>

#include <bit>
#include <cstdint>

namespace hallmark::inline v0 {
namespace detail {

/// a · b + c, rounded once to float: a fused multiply-add on any processor. The product of two floats is exact in double. Where the sum is not, its
/// last bit is made odd, so that the second rounding cannot meet a tie that is none (Boldo & Melquiond 2008).
[[nodiscard]] HALLMARK_HD inline auto fused(float a, float b, float c) noexcept -> float {
#if defined(__CUDA_ARCH__)
    return __fmaf_rn(a, b, c);
#else
    auto const product = rounded(static_cast<double>(a) * static_cast<double>(b));
    auto const more    = rounded(static_cast<double>(c));
    auto const sum     = rounded(product + more);
    // What the sum lost (Knuth 1969).
    auto const part = rounded(sum - product);
    auto const lost = rounded(rounded(product - rounded(sum - part)) + rounded(more - part));
    auto       bits = std::bit_cast<std::uint64_t>(sum);
    auto const down = (std::bit_cast<std::uint64_t>(lost) ^ bits) >> 63;  // the sum is the larger of the two in size
    if ((std::bit_cast<std::uint64_t>(lost) << 1) != 0 && (bits & 1u) == 0) {
        bits += down != 0 ? ~std::uint64_t{0} : 1u;
    }
    return rounded(static_cast<float>(std::bit_cast<double>(bits)));
#endif
}
}  // namespace detail

/// The sine that NumPy 1.24 gives for float32 on processors with fused multiply-add, bit for bit: up to 1.5 units in the last place off.
/// `x` in [-117435, 117435]; beyond, NumPy asks the C library. The multiple of pi/2 next to x is taken off in three steps (Cody &
/// Waite 1980); what is left goes through one of two polynomials.
[[nodiscard]] HALLMARK_HD inline auto parity_sine(float x) noexcept -> float {
    using detail::fused, detail::minus, detail::times;
    constexpr float magic    = 0x1.8p+23f;  // adding it leaves no fraction
    auto const      quarters = minus(fused(x, 0x1.45f306p-1f, magic), magic);
    auto            rest     = fused(quarters, -0x1.921fb0p+0f, x);
    rest                     = fused(quarters, -0x1.5110b4p-22f, rest);
    rest                     = fused(quarters, -0x1.846988p-48f, rest);
    auto const square        = times(rest, rest);
    auto const quadrant      = static_cast<std::int32_t>(quarters);

    float value = 0.0f;
    if ((quadrant & 1) == 0) {
        value = fused(0x1.7d3bbcp-19f, square, -0x1.a06bbap-13f);
        value = fused(value, square, 0x1.11119ap-7f);
        value = fused(value, square, -0x1.555556p-3f);
        value = fused(times(value, square), rest, rest);
    } else {
        value = fused(0x1.98e616p-16f, square, -0x1.6c06dcp-10f);
        value = fused(value, square, 0x1.55553cp-5f);
        value = fused(value, square, -0.5f);
        value = fused(value, square, 1.0f);
    }
    return (quadrant & 2) == 0 ? value : minus(0.0f, value);
}

}  // namespace hallmark::inline v0
