// Part of the CUDA backend: logits of 16 bits, as models on a device give them, read exactly.
#pragma once

#include <hallmark/config.hpp>

#include <cstdint>

namespace hallmark::inline v0 {

/// IEEE binary16, by its bits; the same memory as CUDA's `__half` and LibTorch's `at::Half`.
struct float16 {
    std::uint16_t bits;

    /// The same number: every half is a float.
    [[nodiscard]] HALLMARK_HD explicit constexpr operator float() const noexcept {
        auto const sign     = static_cast<std::uint32_t>(bits & 0x8000u) << 16;
        auto const exponent = static_cast<std::uint32_t>(bits >> 10 & 0x1fu);
        auto const fraction = static_cast<std::uint32_t>(bits & 0x3ffu);
        if (exponent == 0) {  // zero, or fraction · 2^-24
            auto const size = static_cast<float>(fraction) * 0x1p-24f;
            return sign != 0 ? -size : size;
        }
        auto const high = exponent == 0x1f ? 0xffu : exponent + 112u;  // infinity and NaN stay what they are
        return __builtin_bit_cast(float, sign | high << 23 | fraction << 13);
    }
};

/// The upper half of a float; the same memory as CUDA's `__nv_bfloat16` and LibTorch's `at::BFloat16`.
struct bfloat16 {
    std::uint16_t bits;

    [[nodiscard]] HALLMARK_HD explicit constexpr operator float() const noexcept { return __builtin_bit_cast(float, static_cast<std::uint32_t>(bits) << 16); }
};

}  // namespace hallmark::inline v0
