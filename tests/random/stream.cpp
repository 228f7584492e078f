#include <hallmark/random/stream.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <vector>

using namespace hallmark;

namespace {
constexpr chacha_key key = {{1, 2, 3, 4, 5, 6, 7, 8}};

// What the header promises, said again without any state.
auto draw(std::uint64_t i) -> std::uint32_t {
    auto const block = i / 16;
    return chacha20(key, {{static_cast<std::uint32_t>(block), static_cast<std::uint32_t>(block >> 32), 0, 0}}).word[i % 16];
}
}  // namespace

// A block held too long, or counted in 32 bits, would repeat draws only far from the start.
TEST_CASE("draw i is word i mod 16 of block i / 16") {
    auto s = stream(key);
    for (std::uint64_t i = 0; i < 100; ++i) {
        CHECK(s.tell() == i);
        CHECK(s.bits() == draw(i));
    }
    for (auto const first : {std::uint64_t{15}, std::uint64_t{1} << 32, (std::uint64_t{1} << 36) - 2, ~std::uint64_t{0} - 20}) {
        s.seek(first);
        for (std::uint64_t i = first; i < first + 20; ++i) {
            CHECK(s.tell() == i);
            CHECK(s.bits() == draw(i));
        }
    }
}

TEST_CASE("the order of draws does not matter") {
    auto                       forward = stream(key);
    auto                       jumping = stream(key);
    std::vector<std::uint32_t> straight(64), jumped(64);
    for (auto& d : straight) {
        d = forward.bits();
    }
    for (std::size_t i = 0; i < 64; ++i) {
        auto const at = i * 37 % 64;
        jumping.seek(at);
        jumped[at] = jumping.bits();
    }
    CHECK(straight == jumped);
}

TEST_CASE("the same draw twice, and a copy that goes its own way") {
    auto s = stream(key);
    s.seek(5);
    auto const fifth = s.bits();
    auto       copy  = s;
    CHECK(copy.bits() == s.bits());
    s.seek(5);
    CHECK(s.bits() == fifth);
    CHECK(copy.tell() == 7);
}
