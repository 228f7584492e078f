// Lanes: a kernel is written once, over an instruction set, and compiled for every set that the machine may have.
//
// The user's flags stay what they are. `simd::run(kernel)` asks the processor once and calls the kernel with the tag
// of the widest set it has: a struct that names the vector types and the few operations that the compilers' vector
// extensions do not spell (`a + b`, `a * b`, `a >> 3`, `a < b` work on vectors as they are). Three rules keep a
// kernel sound:
//  - everything a kernel calls is HALLMARK_INLINE, so that it is compiled with the caller's instructions;
//  - vectors travel by reference: by value, their calling convention depends on the flags;
//  - what it computes is exact (integers, or floating-point products and sums that fit the type), so that fused
//    instructions, which some sets have, change nothing.
#pragma once

#include <hallmark/config.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0::detail::simd {

/// `scalar`: the functions for single points, called in a loop; what all the others must reproduce. `baseline`:
/// vectors of 16 bytes in the instructions that the user's flags allow: SSE2, NEON.
enum class level { scalar, baseline, avx2, avx512 };

/// The widest level this machine runs.
[[nodiscard]] inline auto best() noexcept -> level {
#if !HALLMARK_VECTORS
    return level::scalar;
#elif defined(__x86_64__)
    static auto const found = [] {
        __builtin_cpu_init();
        if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
            __builtin_cpu_supports("avx512vl")) {
            return level::avx512;
        }
        return __builtin_cpu_supports("avx2") ? level::avx2 : level::baseline;
    }();
    return found;
#else
    return level::baseline;
#endif
}

/// The level that `run` uses, for tests.
inline auto limit() noexcept -> std::atomic<level>& {
    static std::atomic<level> held{level::avx512};
    return held;
}
[[nodiscard]] inline auto current() noexcept -> level {
    auto const allowed = limit().load(std::memory_order_relaxed);
    return allowed < best() ? allowed : best();
}

/// While it lives, every thread uses `at_most`, or less where the machine has less. For tests: marked bytes do not depend on it.
class forced_level {
public:
    explicit forced_level(level at_most) noexcept : before_(limit().exchange(at_most)) {}
    forced_level(forced_level const&)                    = delete;
    auto operator=(forced_level const&) -> forced_level& = delete;
    ~forced_level() { limit().store(before_); }

private:
    level before_;
};

/// From and to memory of any alignment; also from one element type to another, bit by bit.
template <class V>
HALLMARK_INLINE void load(V& v, void const* from) noexcept {
    __builtin_memcpy(&v, from, sizeof v);
}
template <class V>
HALLMARK_INLINE void store(V const& v, void* to) noexcept {
    __builtin_memcpy(to, &v, sizeof v);
}

#if HALLMARK_VECTORS
/// Vectors of `Bytes` bytes.
template <std::size_t Bytes>
struct vectors {
    static constexpr std::size_t bytes = Bytes;
    template <class T>
    static constexpr std::size_t count = Bytes / sizeof(T);

    typedef std::int8_t   i8 __attribute__((vector_size(Bytes)));
    typedef std::uint8_t  u8 __attribute__((vector_size(Bytes)));
    typedef std::int16_t  i16 __attribute__((vector_size(Bytes)));
    typedef std::uint16_t u16 __attribute__((vector_size(Bytes)));
    typedef std::int32_t  i32 __attribute__((vector_size(Bytes)));
    typedef std::uint32_t u32 __attribute__((vector_size(Bytes)));
    typedef std::int64_t  i64 __attribute__((vector_size(Bytes)));
    typedef std::uint64_t u64 __attribute__((vector_size(Bytes)));
    typedef float         f32 __attribute__((vector_size(Bytes)));
    typedef double        f64 __attribute__((vector_size(Bytes)));
    typedef float         half_f32 __attribute__((vector_size(Bytes / 2)));

    /// All of the few bytes to every lane, and there the lane's own: gcc would convert them one by one.
    HALLMARK_INLINE static void widened_signs(i64& out, void const* from) noexcept {
        static constexpr std::uint64_t byte[8] = {0xff, 0xff00, 0xff0000, 0xff000000, 0xff00000000, 0xff0000000000, 0xff000000000000, 0xff00000000000000};
        std::uint64_t                  all     = 0;
        u64                            own;
        __builtin_memcpy(&all, from, Bytes / 8);
        __builtin_memcpy(&own, byte, sizeof own);
        out = (i64)((own & all) != 0);
    }
};

// What a set adds to its vectors. These functions carry the set's target, so they cannot be forced into a kernel that
// is not yet inlined into its trampoline; they are small, and the optimiser does it then.
//  - dot2: each 32-bit lane holds two signed 16-bit numbers; the sum of their products, modulo 2^32.
//  - multiply_even: the whole products of lanes 0, 2, 4, ...
//  - multiply_high: the upper halves of the products.
//  - multiply_round: (a · b + 2^14) / 2^15, rounded down.
//  - truncated: without the fraction, |v| < 2^31.
//  - load_wide, store_narrow: doubles from and to floats in memory. load_signs: 64-bit lanes from bytes, all ones where the byte is not 0.
//  - narrow: four vectors of numbers in [0, 255], one after the other.
//  - splat: the same number in every lane. Only here: gcc would build it lane by lane elsewhere.
//  - any: whether a lane is negative; negative: which are, the first in the lowest bit. For the results of comparisons.
//  - pick16: of each lane the word of a table of sixteen that its index, below 16, names.
//  - rounded: see hallmark::detail::rounded.
/// What 16-byte vectors need no instruction of their own for.
struct small_vectors : vectors<16> {
    static void truncated(i32& out, f32 const& v) noexcept { out = __builtin_convertvector(v, i32); }
    template <class V, class T>
    static void splat(V& out, T value) noexcept {
        out = V{} + value;
    }
    static void load_signs(i64& out, void const* from) noexcept { widened_signs(out, from); }
    static void pick16(u32& out, std::uint32_t const* table, u32 const& index) noexcept {
        out = u32{table[index[0]], table[index[1]], table[index[2]], table[index[3]]};
    }
    static void load_wide(f64& out, float const* from) noexcept {
        half_f32 v;
        __builtin_memcpy(&v, from, sizeof v);
        out = __builtin_convertvector(v, f64);
    }
    static void store_narrow(f64 const& v, float* to) noexcept {
        half_f32 const out = __builtin_convertvector(v, half_f32);
        __builtin_memcpy(to, &out, sizeof out);
    }
};
#    if defined(__SSE2__)
struct baseline : small_vectors {
    static auto any(i64 const& v) noexcept -> bool { return negative(v) != 0; }
    static auto negative(i64 const& v) noexcept -> unsigned { return static_cast<unsigned>(__builtin_ia32_movmskpd((f64)v)); }
    static void dot2(i32& out, i32 const& a, i32 const& b) noexcept { out = (i32)__builtin_ia32_pmaddwd128((i16)a, (i16)b); }
    static void multiply_even(u64& out, u32 const& a, u32 const& b) noexcept { out = (u64)__builtin_ia32_pmuludq128((i32)a, (i32)b); }
    static void multiply_high(u16& out, u16 const& a, u16 const& b) noexcept { out = (u16)__builtin_ia32_pmulhuw128((i16)a, (i16)b); }
    static void multiply_round(i16& out, i16 const& a, i16 const& b) noexcept {
        i16 const high = __builtin_ia32_pmulhw128(a, b);
        u16 const low  = (u16)a * (u16)b;  // modulo 2^16: a signed product could overflow
        out            = (i16)(((u16)high << 1) + (low >> 15) + ((low >> 14) & 1));
    }
    static void narrow(u8& out, i32 const& a, i32 const& b, i32 const& c, i32 const& d) noexcept {
        out = (u8)__builtin_ia32_packuswb128(__builtin_ia32_packssdw128(a, b), __builtin_ia32_packssdw128(c, d));
    }
    static void rounded(f32& v) noexcept { asm("" : "+x"(v)); }
    static void rounded(f64& v) noexcept { asm("" : "+x"(v)); }
};
#    else
struct baseline : small_vectors {
    static auto any(i64 const& v) noexcept -> bool { return (v[0] | v[1]) < 0; }
    static auto negative(i64 const& v) noexcept -> unsigned { return (v[0] < 0 ? 1u : 0u) + (v[1] < 0 ? 2u : 0u); }
    static void dot2(i32& out, i32 const& a, i32 const& b) noexcept {
        out = (i32)((u32)((i32)((u32)a << 16) >> 16) * (u32)((i32)((u32)b << 16) >> 16) + (u32)(a >> 16) * (u32)(b >> 16));
    }
    static void multiply_even(u64& out, u32 const& a, u32 const& b) noexcept {
        for (std::size_t i = 0; i < count<std::uint64_t>; ++i) {
            out[i] = std::uint64_t{a[2 * i]} * b[2 * i];
        }
    }
    static void multiply_high(u16& out, u16 const& a, u16 const& b) noexcept {
        for (std::size_t i = 0; i < count<std::uint16_t>; ++i) {
            out[i] = static_cast<std::uint16_t>((std::uint32_t{a[i]} * b[i]) >> 16);
        }
    }
    static void multiply_round(i16& out, i16 const& a, i16 const& b) noexcept {
        for (std::size_t i = 0; i < count<std::int16_t>; ++i) {
            out[i] = static_cast<std::int16_t>((std::int32_t{a[i]} * b[i] + 0x4000) >> 15);
        }
    }
    static void narrow(u8& out, i32 const& a, i32 const& b, i32 const& c, i32 const& d) noexcept {
        for (std::size_t i = 0; i < 4; ++i) {
            out[i]      = static_cast<std::uint8_t>(a[i]);
            out[i + 4]  = static_cast<std::uint8_t>(b[i]);
            out[i + 8]  = static_cast<std::uint8_t>(c[i]);
            out[i + 12] = static_cast<std::uint8_t>(d[i]);
        }
    }
    static void rounded(f32& v) noexcept { asm("" : "+w"(v)); }
    static void rounded(f64& v) noexcept { asm("" : "+w"(v)); }
};
#    endif

#    if defined(__x86_64__)
#        define HALLMARK_AVX2 __attribute__((target("avx2")))
#        define HALLMARK_AVX512 __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl")))
struct avx2 : vectors<32> {
    HALLMARK_AVX2 static auto any(i64 const& v) noexcept -> bool { return negative(v) != 0; }
    HALLMARK_AVX2 static auto negative(i64 const& v) noexcept -> unsigned { return static_cast<unsigned>(__builtin_ia32_movmskpd256((f64)v)); }
    HALLMARK_AVX2 static void dot2(i32& out, i32 const& a, i32 const& b) noexcept { out = (i32)__builtin_ia32_pmaddwd256((i16)a, (i16)b); }
    HALLMARK_AVX2 static void multiply_even(u64& out, u32 const& a, u32 const& b) noexcept { out = (u64)__builtin_ia32_pmuludq256((i32)a, (i32)b); }
    HALLMARK_AVX2 static void multiply_high(u16& out, u16 const& a, u16 const& b) noexcept { out = (u16)__builtin_ia32_pmulhuw256((i16)a, (i16)b); }
    HALLMARK_AVX2 static void multiply_round(i16& out, i16 const& a, i16 const& b) noexcept { out = __builtin_ia32_pmulhrsw256(a, b); }
    HALLMARK_AVX2 static void truncated(i32& out, f32 const& v) noexcept { out = __builtin_convertvector(v, i32); }
    HALLMARK_AVX2 static void narrow(u8& out, i32 const& a, i32 const& b, i32 const& c, i32 const& d) noexcept {
        auto const packed = (i32)__builtin_ia32_packuswb256(__builtin_ia32_packssdw256(a, b), __builtin_ia32_packssdw256(c, d));
        out               = (u8)__builtin_shufflevector(packed, packed, 0, 4, 1, 5, 2, 6, 3, 7);  // packing works in blocks of 16 bytes
    }
    template <class V, class T>
    HALLMARK_AVX2 static void splat(V& out, T value) noexcept {
        out = V{} + value;
    }
    HALLMARK_AVX2 static void rounded(f32& v) noexcept { asm("" : "+x"(v)); }
    HALLMARK_AVX2 static void load_signs(i64& out, void const* from) noexcept { widened_signs(out, from); }
    HALLMARK_AVX2 static void pick16(u32& out, std::uint32_t const* table, u32 const& index) noexcept {
        i32 low, high;
        __builtin_memcpy(&low, table, sizeof low);
        __builtin_memcpy(&high, table + 8, sizeof high);
        low  = __builtin_ia32_permvarsi256(low, (i32)index);  // by the lowest three bits
        high = __builtin_ia32_permvarsi256(high, (i32)index);
        out  = (u32)((i32)index > 7 ? high : low);
    }
    HALLMARK_AVX2 static void load_wide(f64& out, float const* from) noexcept {
        half_f32 v;
        __builtin_memcpy(&v, from, sizeof v);
        out = HALLMARK_WIDE_256(v, f64);
    }
    HALLMARK_AVX2 static void store_narrow(f64 const& v, float* to) noexcept {
        half_f32 const out = __builtin_convertvector(v, half_f32);
        __builtin_memcpy(to, &out, sizeof out);
    }
    HALLMARK_AVX2 static void rounded(f64& v) noexcept { asm("" : "+x"(v)); }
};

struct avx512 : vectors<64> {
    typedef long long long_longs __attribute__((vector_size(64)));  // what the compilers' functions take
    typedef char      chars __attribute__((vector_size(64)));
    struct every_lane {  // a mask of eight bits: a signed number to gcc, an unsigned one to clang
        template <class T>
        constexpr operator T() const noexcept {
            return static_cast<T>(-1);
        }
    };
    HALLMARK_AVX512 static auto any(i64 const& v) noexcept -> bool { return negative(v) != 0; }
    HALLMARK_AVX512 static auto negative(i64 const& v) noexcept -> unsigned { return static_cast<std::uint8_t>(__builtin_ia32_cvtq2mask512((long_longs)v)); }
    HALLMARK_AVX512 static void dot2(i32& out, i32 const& a, i32 const& b) noexcept {
        out = (i32)HALLMARK_512(pmaddwd, (i16)a, (i16)b, i32{}, static_cast<std::uint16_t>(-1));
    }
    HALLMARK_AVX512 static void multiply_even(u64& out, u32 const& a, u32 const& b) noexcept {
        out = (u64)HALLMARK_512(pmuludq, (i32)a, (i32)b, long_longs{}, static_cast<std::uint8_t>(-1));
    }
    HALLMARK_AVX512 static void multiply_high(u16& out, u16 const& a, u16 const& b) noexcept {
        out = (u16)HALLMARK_512(pmulhuw, (i16)a, (i16)b, i16{}, static_cast<std::uint32_t>(-1));
    }
    HALLMARK_AVX512 static void multiply_round(i16& out, i16 const& a, i16 const& b) noexcept {
        out = HALLMARK_512(pmulhrsw, a, b, i16{}, static_cast<std::uint32_t>(-1));
    }
    HALLMARK_AVX512 static void truncated(i32& out, f32 const& v) noexcept { out = __builtin_convertvector(v, i32); }
    HALLMARK_AVX512 static void narrow(u8& out, i32 const& a, i32 const& b, i32 const& c, i32 const& d) noexcept {
        auto const low    = HALLMARK_512(packssdw, a, b, i16{}, static_cast<std::uint32_t>(-1));
        auto const high   = HALLMARK_512(packssdw, c, d, i16{}, static_cast<std::uint32_t>(-1));
        auto const packed = (i32)HALLMARK_512(packuswb, low, high, chars{}, static_cast<std::uint64_t>(-1));
        out               = (u8)__builtin_shufflevector(packed, packed, 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
    }
    template <class V, class T>
    HALLMARK_AVX512 static void splat(V& out, T value) noexcept {
        out = V{} + value;
    }
    HALLMARK_AVX512 static void rounded(f32& v) noexcept { asm("" : "+v"(v)); }
    HALLMARK_AVX512 static void load_signs(i64& out, void const* from) noexcept { widened_signs(out, from); }
    HALLMARK_AVX512 static void pick16(u32& out, std::uint32_t const* table, u32 const& index) noexcept {
        i32 words;
        __builtin_memcpy(&words, table, sizeof words);
        out = (u32)HALLMARK_512(permvarsi, words, (i32)index, i32{}, static_cast<std::uint16_t>(-1));
    }
    HALLMARK_AVX512 static void load_wide(f64& out, float const* from) noexcept {
        half_f32 v;
        __builtin_memcpy(&v, from, sizeof v);
        out = __builtin_ia32_cvtps2pd512_mask(v, f64{}, every_lane{}, 4);  // gcc's own conversion takes the vector to pieces
    }
    HALLMARK_AVX512 static void store_narrow(f64 const& v, float* to) noexcept {
        half_f32 const out = __builtin_convertvector(v, half_f32);
        __builtin_memcpy(to, &out, sizeof out);
    }
    HALLMARK_AVX512 static void rounded(f64& v) noexcept { asm("" : "+v"(v)); }
};

// The trampolines: everything in the kernel is inlined here, and so compiled for this target.
template <class Kernel>
HALLMARK_AVX2 __attribute__((flatten, noinline)) void in_avx2(Kernel const& kernel) {
    kernel(avx2{});
}
template <class Kernel>
HALLMARK_AVX512 __attribute__((flatten, noinline)) void in_avx512(Kernel const& kernel) {
    kernel(avx512{});
}
#        undef HALLMARK_AVX2
#        undef HALLMARK_AVX512
#    endif
template <class Kernel>
__attribute__((flatten, noinline)) void in_baseline(Kernel const& kernel) {
    kernel(baseline{});
}

/// Calls `kernel(set)` for the widest set allowed. False, and no call, at level scalar: the caller goes point by point.
/// A kernel is a lambda: `[&](auto set) HALLMARK_INLINE_LAMBDA { using set_t = decltype(set); … }`.
template <class Kernel>
auto run(Kernel const& kernel) -> bool {
    switch (current()) {
        case level::scalar:
            return false;
#    if defined(__x86_64__)
        case level::avx512:
            in_avx512(kernel);
            return true;
        case level::avx2:
            in_avx2(kernel);
            return true;
#    endif
        default:
            in_baseline(kernel);
            return true;
    }
}
#else
template <class Kernel>
auto run(Kernel const&) -> bool {
    return false;
}
#endif

}  // namespace hallmark::inline v0::detail::simd
