#include <hallmark/noise/lattice.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

using namespace hallmark;

namespace {
constexpr auto lattice = keyed_lattice(0x12345678, 0x9abcdef0);

struct counting_source {
    std::uint32_t next = 0;
    auto          bits() noexcept -> std::uint32_t { return next++; }
};
}  // namespace

// From a separate Python program: a changed constant still looks random, and loses every mark ever published.
TEST_CASE("golden hashes") {
    CHECK(keyed_lattice(0x0, 0x0)(0, 0) == 0x00000000u);
    CHECK(keyed_lattice(0x0, 0x0)(1, 0) == 0xd99816b4u);
    CHECK(keyed_lattice(0x0, 0x0)(0, 1) == 0xaebd17bau);
    CHECK(keyed_lattice(0x12345678, 0x9abcdef0)(65535, 65535) == 0x1b59d6c3u);
    CHECK(keyed_lattice(0x12345678, 0x9abcdef0)(40000, 3) == 0xf5846c27u);
    CHECK(keyed_lattice(0xffffffff, 0xffffffff)(0, 0) == 0x59091cf5u);
}

// The hash must not throw cells together: a collision is a repeated piece of noise.
TEST_CASE("the hash is one to one") {
    std::vector<std::uint32_t> seen;
    for (std::uint32_t y = 0; y < 256; ++y) {
        for (std::uint32_t x = 0; x < 256; ++x) {
            seen.push_back(lattice(x * 257, y * 255));
        }
    }
    std::sort(seen.begin(), seen.end());
    CHECK(std::adjacent_find(seen.begin(), seen.end()) == seen.end());
}

// A seed bit that does nothing halves the number of marks.
TEST_CASE("every bit of both seeds changes the gradients of many cells") {
    for (unsigned bit = 0; bit < 64; ++bit) {
        auto const  flip = std::uint32_t{1} << (bit % 32);
        auto const  with = bit < 32 ? keyed_lattice(0x12345678 ^ flip, 0x9abcdef0) : keyed_lattice(0x12345678, 0x9abcdef0 ^ flip);
        std::size_t same = 0;
        for (std::uint32_t cell = 0; cell < 4096; ++cell) {
            same += lattice(cell & 63u, cell >> 6) >> 29 == with(cell & 63u, cell >> 6) >> 29 ? 1u : 0u;
        }
        CHECK(same < 3072);  // of 4096; the top three bits choose one of eight gradients
    }
}

TEST_CASE("draw takes two words, the first seed first") {
    auto       source = counting_source{7};
    auto const drawn  = keyed_lattice::draw(source);
    CHECK(drawn == keyed_lattice(7, 8));
    CHECK(drawn != keyed_lattice(8, 7));
    CHECK(source.next == 9);
}

TEST_CASE("octave 0 is the lattice itself, the others are not") {
    static_assert(lattice.octave(0) == lattice);
    for (std::uint32_t o = 1; o < 16; ++o) {
        for (std::uint32_t other = 0; other < o; ++other) {
            CHECK(lattice.octave(o) != lattice.octave(other));
        }
    }
    CHECK(lattice.octave(15)(5, 6) == 0x9fb71c87u);
}
