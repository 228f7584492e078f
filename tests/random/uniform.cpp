#include <hallmark/random/stream.hpp>
#include <hallmark/random/uniform.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <vector>

using namespace hallmark;

namespace {
// Words written down beforehand; counts how many were taken.
struct script {
    std::vector<std::uint32_t> words;
    std::size_t                taken = 0;
    auto                       bits() noexcept -> std::uint32_t { return words[taken++]; }
};
auto below(std::uint32_t bound, std::vector<std::uint32_t> words) -> std::uint32_t {
    auto s      = script{std::move(words)};
    auto result = uniform_below(s, bound);
    CHECK(s.taken == s.words.size());
    return result;
}

// How many words give `value` without a redraw: words w with (w · bound) >> 32 = value and low half >= threshold.
// Counted in closed form: the word before the first one kept and the last one kept.
auto accepted(std::uint32_t bound, std::uint32_t value) -> std::uint64_t {
    auto const threshold = (std::uint64_t{1} << 32) % bound;
    auto const words_to  = [&](std::uint64_t product) { return (product + bound - 1) / bound; };  // words w with w · bound < product
    return words_to(std::uint64_t{value + 1ull} << 32) - words_to((std::uint64_t{value} << 32) + threshold);
}
}  // namespace

// A biased draw looks uniform in any test by sampling. Every value must own the same number of words exactly.
TEST_CASE("each value of uniform_below owns the same number of words") {
    for (std::uint32_t const bound : {1u, 2u, 3u, 5u, 7u, 11u, 30u, 1000u, 65535u, 65537u}) {
        auto const share = (std::uint64_t{1} << 32) / bound;
        for (std::uint32_t v = 0; v < bound; ++v) {
            REQUIRE(accepted(bound, v) == share);
        }
    }
    for (std::uint32_t const bound : {0x80000000u, 0x80000001u, 0xfffffffeu, 0xffffffffu}) {
        for (std::uint32_t const v : {0u, 1u, 2u, bound / 2, bound - 2, bound - 1}) {
            CHECK(accepted(bound, v) == (std::uint64_t{1} << 32) / bound);
        }
    }
}

// The closed form above is only as good as its agreement with the code: walk all words near every border.
TEST_CASE("the code accepts exactly the words of the closed form") {
    for (std::uint32_t const bound : {3u, 7u, 11u, 30u, 1000u, 0x80000001u, 0xfffffffeu, 0xffffffffu}) {
        auto const threshold = static_cast<std::uint32_t>((std::uint64_t{1} << 32) % bound);
        for (std::uint32_t const v : {0u, 1u, 2u, bound / 2, bound - 1}) {
            auto const border = ((std::uint64_t{v} << 32) + bound - 1) / bound;
            for (auto w = border < 3 ? 0 : border - 3; w < border + 3 && w < (std::uint64_t{1} << 32); ++w) {
                auto const word    = static_cast<std::uint32_t>(w);
                auto const product = w * bound;
                auto const kept    = static_cast<std::uint32_t>(product) >= threshold;
                if (kept) {
                    CHECK(below(bound, {word}) == static_cast<std::uint32_t>(product >> 32));
                } else {  // a word that is always kept follows
                    CHECK(below(bound, {word, 0x7fffffffu}) == static_cast<std::uint32_t>((std::uint64_t{0x7fffffff} * bound) >> 32));
                }
            }
        }
    }
}

TEST_CASE("uniform_below by hand") {
    CHECK(below(1, {0xffffffffu}) == 0);
    CHECK(below(1, {0}) == 0);
    CHECK(below(2, {0x7fffffffu}) == 0);
    CHECK(below(2, {0x80000000u}) == 1);
    // 2^32 mod 3 = 1: only the word 0, whose low half is 0, is drawn again. More than once if need be.
    CHECK(below(3, {0, 0, 0, 0xffffffffu}) == 2);
    CHECK(below(3, {1}) == 0);
    // 2^32 mod 0xffffffff = 1 as well.
    CHECK(below(0xffffffffu, {0, 0xffffffffu}) == 0xfffffffeu);
    CHECK(below(0xffffffffu, {1}) == 0);
    // 2^32 mod (2^31 + 1) = 2^31 − 1: nearly half of all words are drawn again.
    CHECK(below(0x80000001u, {2, 3}) == 1);
}

TEST_CASE("uniform_between includes both ends") {
    auto const between = [](std::uint32_t first, std::uint32_t last, std::uint32_t word) {
        auto s = script{{word}};
        return uniform_between(s, first, last);
    };
    CHECK(between(30, 59, 1) == 30);
    CHECK(between(30, 59, 0xffffffffu) == 59);
    CHECK(between(7, 7, 0x12345678u) == 7);
    CHECK(between(0, 0xffffffffu, 0) == 0);
    CHECK(between(0, 0xffffffffu, 0xdeadbeefu) == 0xdeadbeefu);
    CHECK(between(0, 0xffffffffu, 0xffffffffu) == 0xffffffffu);
    CHECK(between(1, 0xffffffffu, 0xffffffffu) == 0xffffffffu);
    CHECK(between(0xfffffffeu, 0xffffffffu, 0x80000000u) == 0xffffffffu);
}

// Rounding to nearest instead of cutting would give 1 now and then, and log(1 - u) would be infinite.
TEST_CASE("floats are in [0, 1), in the promised steps") {
    auto const single = [](std::uint32_t w) {
        auto s = script{{w}};
        return uniform_float(s);
    };
    CHECK(single(0) == 0.0f);
    CHECK(single(0xff) == 0.0f);
    CHECK(single(0x100) == 0x1p-24f);
    CHECK(single(0x80000000u) == 0.5f);
    CHECK(single(0xffffffffu) == 1.0f - 0x1p-24f);

    auto const twice = [](std::uint32_t high, std::uint32_t low) {
        auto s = script{{high, low}};
        auto d = uniform_double(s);
        CHECK(s.taken == 2);
        return d;
    };
    CHECK(twice(0, 0) == 0.0);
    CHECK(twice(0, 0x7ff) == 0.0);
    CHECK(twice(0, 0x800) == 0x1p-53);
    CHECK(twice(0x80000000u, 0) == 0.5);
    CHECK(twice(1, 0) == 0x1p-32);
    CHECK(twice(0xffffffffu, 0xffffffffu) == 1.0 - 0x1p-53);
}

static_assert(bit_source<stream> && bit_source<script>);
