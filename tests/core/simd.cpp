#include <hallmark/core/simd.hpp>

#include <doctest/doctest.h>
#include <support/simd_levels.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace simd = hallmark::detail::simd;

namespace {
// Numbers with every sign and size, among them the extremes of 16 and 32 bits.
auto numbers(std::uint32_t seed) -> std::vector<std::uint32_t> {
    std::vector<std::uint32_t> out = {0, 1, 0xffffffffu, 0x80000000u, 0x7fffffffu, 0x80008000u, 0x7fff7fffu, 0x8000ffffu};
    while (out.size() < 256) {
        seed = seed * 1664525u + 1013904223u;
        out.push_back(seed ^ (seed >> 13));
    }
    return out;
}

// What `f(set, a, b, out)` does to whole vectors, for two arrays of 256 words.
template <class F>
auto over(std::vector<std::uint32_t> const& a, std::vector<std::uint32_t> const& b, F f) -> std::vector<std::uint32_t> {
    std::vector<std::uint32_t> out(a.size());
    REQUIRE(simd::run([&](auto set) HALLMARK_INLINE_LAMBDA {
        for (std::size_t i = 0; i < a.size(); i += decltype(set)::template count<std::uint32_t>) {
            typename decltype(set)::u32 x, y, z;
            simd::load(x, a.data() + i);
            simd::load(y, b.data() + i);
            f(set, x, y, z);
            simd::store(z, out.data() + i);
        }
    }));
    return out;
}
auto low(std::uint32_t v) -> std::int32_t { return static_cast<std::int16_t>(v & 0xffffu); }
auto high(std::uint32_t v) -> std::int32_t { return static_cast<std::int16_t>(v >> 16); }
}  // namespace

// If forcing did not work, every test of a level would test the widest one.
TEST_CASE("the level that is asked for is the level that runs") {
    auto const width = [] {
        std::size_t bytes = 0;
        simd::run([&](auto set) HALLMARK_INLINE_LAMBDA { bytes = decltype(set)::bytes; });
        return bytes;
    };
    auto const before = simd::current();
    {
        simd::forced_level const none(simd::level::scalar);
        CHECK(width() == 0);
        for (auto const level : vector_levels()) {
            simd::forced_level const force(level);
            CHECK(simd::current() == level);
            CHECK(width() == (level == simd::level::avx512 ? 64u : (level == simd::level::avx2 ? 32u : 16u)));
        }
        CHECK(simd::current() == simd::level::scalar);
    }
    CHECK(simd::current() == before);
    CHECK(simd::current() == simd::best());
}

TEST_CASE("the operations of every level, lane by lane") {
    auto const a = numbers(1), b = numbers(2);
    for (auto const level : vector_levels()) {
        simd::forced_level const force(level);
        auto const               sums     = over(a, b, [](auto set, auto& x, auto& y, auto& z) HALLMARK_INLINE_LAMBDA {
            typename decltype(set)::i32 out;
            decltype(set)::dot2(out, (typename decltype(set)::i32)x, (typename decltype(set)::i32)y);
            z = (typename decltype(set)::u32)out;
        });
        auto const               products = over(a, b, [](auto set, auto& x, auto& y, auto& z) HALLMARK_INLINE_LAMBDA {
            typename decltype(set)::u64 out;
            decltype(set)::multiply_even(out, x, y);
            z = (typename decltype(set)::u32)out;
        });
        auto const               uppers   = over(a, b, [](auto set, auto& x, auto& y, auto& z) HALLMARK_INLINE_LAMBDA {
            typename decltype(set)::u16 out;
            decltype(set)::multiply_high(out, (typename decltype(set)::u16)x, (typename decltype(set)::u16)y);
            z = (typename decltype(set)::u32)out;
        });
        auto const               rounded  = over(a, b, [](auto set, auto& x, auto& y, auto& z) HALLMARK_INLINE_LAMBDA {
            typename decltype(set)::i16 out;
            decltype(set)::multiply_round(out, (typename decltype(set)::i16)x, (typename decltype(set)::i16)y);
            z = (typename decltype(set)::u32)out;
        });
        for (std::size_t i = 0; i < a.size(); ++i) {
            REQUIRE(sums[i] == static_cast<std::uint32_t>(low(a[i]) * low(b[i])) + static_cast<std::uint32_t>(high(a[i]) * high(b[i])));
            auto const whole = std::uint64_t{a[i & ~std::size_t{1}]} * b[i & ~std::size_t{1}];
            REQUIRE(products[i] == static_cast<std::uint32_t>(i % 2 == 0 ? whole : whole >> 32));
            REQUIRE(uppers[i] == (((a[i] & 0xffffu) * (b[i] & 0xffffu)) >> 16 | (((a[i] >> 16) * (b[i] >> 16)) & 0xffff0000u)));
            auto const nearest = [](std::int32_t x, std::int32_t y) { return static_cast<std::uint32_t>((x * y + 0x4000) >> 15) & 0xffffu; };
            REQUIRE(rounded[i] == (nearest(low(a[i]), low(b[i])) | nearest(high(a[i]), high(b[i])) << 16));
        }
    }
}

// Packing works in blocks of 16 bytes on wide vectors: forgotten, the pixels of a picture change places.
TEST_CASE("narrowing keeps the order; bytes, floats and doubles") {
    std::vector<std::int32_t> words(512);
    std::vector<float>        floats(512);
    for (std::size_t i = 0; i < words.size(); ++i) {
        words[i]  = static_cast<std::int32_t>(i * 37 % 256);
        floats[i] = static_cast<float>(static_cast<int>(i) - 256) * 0.75f;
    }
    for (auto const level : vector_levels()) {
        simd::forced_level const  force(level);
        std::vector<std::uint8_t> bytes(words.size());
        std::vector<std::int32_t> cut(words.size());
        std::vector<float>        again(words.size());
        std::vector<std::int64_t> signs(words.size());
        simd::run([&](auto set) HALLMARK_INLINE_LAMBDA {
            using set_t          = decltype(set);
            constexpr auto lanes = set_t::template count<std::int32_t>;
            for (std::size_t i = 0; i < words.size(); i += 4 * lanes) {
                typename set_t::i32 a, b, c, d;
                typename set_t::u8  out;
                simd::load(a, words.data() + i);
                simd::load(b, words.data() + i + lanes);
                simd::load(c, words.data() + i + 2 * lanes);
                simd::load(d, words.data() + i + 3 * lanes);
                set_t::narrow(out, a, b, c, d);
                simd::store(out, bytes.data() + i);
            }
            for (std::size_t i = 0; i < words.size(); i += lanes) {
                typename set_t::f32 v;
                typename set_t::i32 whole;
                simd::load(v, floats.data() + i);
                set_t::truncated(whole, v);
                simd::store(whole, cut.data() + i);
            }
            for (std::size_t i = 0; i < words.size(); i += lanes / 2) {
                typename set_t::f64 v;
                typename set_t::i64 sign;
                set_t::load_wide(v, floats.data() + i);
                set_t::rounded(v);
                set_t::store_narrow(v, again.data() + i);
                set_t::load_signs(sign, bytes.data() + i);
                simd::store(sign, signs.data() + i);
            }
        });
        CHECK(std::equal(words.begin(), words.end(), bytes.begin()));
        CHECK(again == floats);
        for (std::size_t i = 0; i < words.size(); ++i) {
            REQUIRE(cut[i] == static_cast<std::int32_t>(floats[i]));
            REQUIRE(signs[i] == (bytes[i] == 0 ? 0 : -1));
        }
    }
}
