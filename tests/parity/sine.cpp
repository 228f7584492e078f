#include <hallmark/parity/sine.hpp>

#include <doctest/doctest.h>
#include <support/golden.hpp>

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>

using namespace hallmark;

namespace {
auto bits(float v) -> std::uint32_t { return std::bit_cast<std::uint32_t>(v); }
}  // namespace

// Against the C library's fma, which is exact; and by hand where the sum, rounded to double, is the middle of two floats and the exact sum is just beside
// it: c = 1 + 2^-23 and a product of 2^-24 (1 - 2^-32).
TEST_CASE("a fused multiply-add, rounded once") {
    std::uint32_t state = 1;
    auto const    next  = [&] {
        state = state * 1664525u + 1013904223u;
        return state;
    };
    std::size_t wrong = 0;
    for (int i = 0; i < 300'000; ++i) {
        auto const a = std::bit_cast<float>((next() & 0x807fffffu) | (0x3a000000u + (next() >> 28 << 23)));
        auto const b = std::bit_cast<float>((next() & 0x807fffffu) | (0x3a000000u + (next() >> 28 << 23)));
        // c lies so far from a · b that the product falls on the rounding bit of the sum and below it.
        auto const c = static_cast<float>(std::ldexp(static_cast<double>(a) * static_cast<double>(b), static_cast<int>(next() >> 27) - 4));
        wrong += bits(detail::fused(a, b, c)) != bits(std::fma(a, b, c)) ? 1u : 0u;
    }
    CHECK(wrong == 0);
    for (float const sign : {1.0f, -1.0f}) {
        auto const a = sign * 0x1.0001p-24f, b = 0x1.fffep-1f, c = sign * 0x1.000002p0f;
        CHECK(detail::fused(a, b, c) == c);   // a tie would go up to the even 1 + 2^-22
        CHECK(detail::fused(-a, b, c) == c);  // and here down to 1
        CHECK(detail::fused(sign * 0x1p-24f, 1.0f, c) == sign * 0x1.000004p0f);
    }
    CHECK(detail::fused(3.0f, 5.0f, 0.0f) == 15.0f);
}

// numpy.sin(numpy.float32(x)) of NumPy 1.24.2 on x86-64 with AVX2 and FMA3, printed by float.hex. The four quarters, their borders, and the ends of the range.
TEST_CASE("values of NumPy") {
    struct row {
        float x, sine;
    };
    for (row const r :
         {row{0.0f, 0.0f}, row{0x1.0c6f7ap-20f, 0x1.0c6f7ap-20f}, row{0x1p-1f, 0x1.eaee88p-2f}, row{0x1.921fb6p-1f, 0x1.6a09e6p-1f},
          row{0x1.921fb8p-1f, 0x1.6a09e8p-1f}, row{0x1p+0f, 0x1.aed54ap-1f}, row{0x1.921fb6p+0f, 0x1p+0f}, row{0x1p+1f, 0x1.d18f6ep-1f},
          row{0x1.2d97c8p+1f, 0x1.6a09e6p-1f}, row{0x1.921fb6p+1f, -0x1.777a5cp-24f}, row{0x1p+2f, -0x1.837b9ep-1f}, row{0x1.2d97c8p+2f, -0x1p+0f},
          row{0x1.6p+2f, -0x1.693c94p-1f}, row{0x1.921fb6p+2f, 0x1.777a5cp-23f}, row{0x1.14ccccp+4f, -0x1.ffe27p-1f}, row{0x1.f6a7a4p+5f, 0x1.6aac7ap-19f},
          row{0x1.92p+6f, -0x1.fb3f84p-6f}, row{0x1.72b53cp+7f, -0x1.ca24cep-18f}, row{-0x1p-2f, -0x1.faaeeep-3f}, row{-0x1p+1f, -0x1.d18f6ep-1f},
          row{-0x1.f33334p+1f, 0x1.6022e4p-1f}, row{-0x1.4p+2f, 0x1.eaf82p-1f}, row{0x1.34ap+10f, 0x1.29c532p-3f}, row{0x1.921fb4p+16f, -0x1.44427cp-8f},
          row{0x1.cabbp+16f, 0x1.88fa1cp-1f},
          // next to odd multiples of pi/4, where the choice of the quarter hangs on one rounding less
          row{-0x1.f9cbe4p+6f, -0x1.6a0a9ap-1f}, row{-0x1.4527a4p+7f, 0x1.6a0998p-1f}, row{0x1.74475cp+7f, -0x1.6a0abcp-1f},
          row{-0x1.928c1ap+15f, 0x1.6b94f2p-1f}, row{-0x1.cabbp+16f, -0x1.88fa1cp-1f}}) {
        CAPTURE(r.x);
        CHECK(bits(parity_sine(r.x)) == bits(r.sine));
    }
}

TEST_CASE("bit for bit the published sines") {
    HALLMARK_NEEDS_GOLDEN();
    for (std::string const name : {"32x32_p30_o1_f20", "32x32_p44_o4_f59", "48x96_p33_o3_f25", "64x64_p51_o2_f37"}) {
        auto const  argument = golden::values<float>("map/" + name + "_sinarg.npy");
        auto const  expected = golden::values<float>("map/" + name + "_sin.npy");
        std::size_t wrong    = 0;
        for (std::size_t i = 0; i < expected.size(); ++i) {
            wrong += bits(parity_sine(argument[i])) != bits(expected[i]) ? 1u : 0u;
        }
        CAPTURE(name);
        CHECK(wrong == 0);
    }
}
