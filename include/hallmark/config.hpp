// Compiler and platform switches. The only header in hallmark that may ask which compiler this is.
#pragma once

// A function marked HALLMARK_HD can be called from a CUDA kernel. Under a plain C++ compiler the
// macro is empty, so a header that uses it never needs the CUDA toolkit.
#if defined(__CUDACC__)
#    define HALLMARK_HD __host__ __device__
#else
#    define HALLMARK_HD
#endif

// Whether the compiler knows vector types (`vector_size`), which core/simd.hpp is built on. CUDA's front end does not.
#if defined(__GNUC__) && !defined(__CUDACC__) && (defined(__x86_64__) || defined(__aarch64__))
#    define HALLMARK_VECTORS 1
#else
#    define HALLMARK_VECTORS 0
#endif

// The compilers' functions for 64-byte vectors: gcc has them with a mask only (`none`: zeros; `all`: every lane).
// And four floats as doubles: gcc's own conversion takes the vector to pieces.
#if defined(__clang__)
#    define HALLMARK_512(name, a, b, none, all) __builtin_ia32_##name##512(a, b)
#    define HALLMARK_WIDE_256(floats, type) __builtin_convertvector(floats, type)
#else
#    define HALLMARK_512(name, a, b, none, all) __builtin_ia32_##name##512_mask(a, b, none, all)
#    define HALLMARK_WIDE_256(floats, type) __builtin_ia32_cvtps2pd256(floats)
#endif

// What a vector kernel calls must be compiled with the instructions of the kernel.
#if defined(__GNUC__)
#    define HALLMARK_INLINE inline __attribute__((always_inline))
#    define HALLMARK_INLINE_LAMBDA __attribute__((always_inline))
#else
#    define HALLMARK_INLINE inline
#    define HALLMARK_INLINE_LAMBDA
#endif

namespace hallmark::inline v0::detail {
/// `v`, which the compiler must have rounded to its type by now: it cannot be fused with what comes next, nor
/// reordered, whatever the flags. Costs nothing but the freedom to do so.
template <class Real>
HALLMARK_HD auto rounded(Real v) noexcept -> Real {
    static_assert(Real(0.5) > Real(0), "rounded: this is no floating-point type, so nothing in it is rounded");
#if defined(__CUDA_ARCH__)
    return v;  // nvcc code spells its roundings out where it needs them
#elif defined(__GNUC__) && defined(__SSE2__)
    asm("" : "+x"(v));
    return v;
#elif defined(__GNUC__) && defined(__aarch64__)
    asm("" : "+w"(v));
    return v;
#else
    Real volatile kept = v;
    return kept;
#endif
}
}  // namespace hallmark::inline v0::detail
