// Internal to kernels whose bits are promised on both sides of the bus: operations on floats, each rounded on its own.
#pragma once

#include <hallmark/config.hpp>

namespace hallmark::inline v0::detail {

// nvcc, and the assembler behind it, make one instruction of a product and a sum wherever they see both. Those that say how they round they leave alone.

[[nodiscard]] HALLMARK_HD inline auto plus(float a, float b) noexcept -> float {
#if defined(__CUDA_ARCH__)
    return __fadd_rn(a, b);
#else
    return rounded(a + b);
#endif
}
[[nodiscard]] HALLMARK_HD inline auto minus(float a, float b) noexcept -> float {
#if defined(__CUDA_ARCH__)
    return __fsub_rn(a, b);
#else
    return rounded(a - b);
#endif
}
[[nodiscard]] HALLMARK_HD inline auto times(float a, float b) noexcept -> float {
#if defined(__CUDA_ARCH__)
    return __fmul_rn(a, b);
#else
    return rounded(a * b);
#endif
}

/// a / b, rounded to float, also where a compiler may divide by multiplying with 1 / b (-Ofast): a quotient of two floats is further
/// from the middle between two floats than that makes a double wrong (2^-49 against 2^-52 of it).
[[nodiscard]] HALLMARK_HD inline auto quotient(float a, float b) noexcept -> float {
#if defined(__CUDA_ARCH__)
    return __fdiv_rn(a, b);
#else
    return rounded(static_cast<float>(rounded(rounded(static_cast<double>(a)) / rounded(static_cast<double>(b)))));
#endif
}

}  // namespace hallmark::inline v0::detail
