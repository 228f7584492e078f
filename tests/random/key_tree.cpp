#include <hallmark/random/key_tree.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <set>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using namespace hallmark;

namespace {
auto secret() -> secret_key {
    std::array<std::uint8_t, 32> bytes{};
    for (std::size_t i = 0; i < 32; ++i) {
        bytes[i] = static_cast<std::uint8_t>(i);
    }
    return secret_key::from_bytes(bytes);
}
auto draw(stream s, std::uint64_t i) -> std::uint32_t {
    s.seek(i);
    return s.bits();
}
auto words(user_id u) -> std::array<std::uint32_t, 4> {
    auto const a = u.address();
    return {a.word[0], a.word[1], a.word[2], a.word[3]};
}
}  // namespace

static_assert(!std::is_copy_constructible_v<user_key> && !std::is_move_constructible_v<user_key> && !std::is_copy_assignable_v<user_key>);

// These numbers come from a separate Python program that follows the header's first line and RFC 8439. If one
// changes, no mark published before can be found any more.
TEST_CASE("golden draws") {
    struct golden {
        user_id                      user;
        std::uint32_t                version;
        purpose                      what;
        std::uint64_t                sample;
        std::array<std::uint32_t, 4> draws;  // numbers 0, 1, 17 and 2^40 + 3
    };
    golden const rows[] = {
        {0, 0, purpose::pattern, 0, {0x344c61e7, 0x3a399e03, 0x15733f77, 0xca28ad68}},
        {7, 0, purpose::noise, (std::uint64_t{1} << 32) + 5, {0xd31aa2ab, 0x5db1da38, 0x2689f5b9, 0x6ec7bc54}},
        {"alice", 3, purpose::audit, 9, {0x4180e236, 0x395a6937, 0xbf1b82cb, 0x1f31b9c1}},
        {-1, 0xffffffffu, purpose::noise, ~std::uint64_t{0}, {0x6779da63, 0xc68fa9dc, 0x047392d8, 0x9ae8716f}},
    };
    auto const key = secret();
    for (auto const& row : rows) {
        auto const user = user_key(key, row.user);
        auto const s    = user.open(row.version, row.what, row.sample);
        CHECK(draw(s, 0) == row.draws[0]);
        CHECK(draw(s, 1) == row.draws[1]);
        CHECK(draw(s, 17) == row.draws[2]);
        CHECK(draw(s, (std::uint64_t{1} << 40) + 3) == row.draws[3]);
    }
}

// An address word used twice, or not at all, would make two users' or two versions' marks the same.
TEST_CASE("every part of an address leads to a stream of its own") {
    auto const                                        key = secret();
    std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
    std::size_t                                       opened = 0;
    std::uint64_t const                               big    = std::uint64_t{1} << 32;
    for (auto const& user : {user_id(0), user_id(1), user_id(2), user_id(3), user_id(big), user_id(big + 1), user_id("0"), user_id("1"), user_id("")}) {
        auto const u = user_key(key, user);
        for (std::uint32_t const version : {0u, 1u, 2u, 3u, 0xffffffffu}) {
            for (auto const what : {purpose::pattern, purpose::noise, purpose::audit}) {
                for (std::uint64_t const sample : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{3}, big, big + 1}) {
                    auto const s = u.open(version, what, sample);
                    seen.emplace(draw(s, 0), draw(s, 1));
                    ++opened;
                }
            }
        }
    }
    CHECK(seen.size() == opened);
}

TEST_CASE("another secret gives other draws, and the same secret the same") {
    auto const fresh = secret_key::generate();
    auto const a     = user_key(secret(), 1).open(0, purpose::noise, 2);
    auto const b     = user_key(secret(), 1).open(0, purpose::noise, 2);
    auto const c     = user_key(fresh, 1).open(0, purpose::noise, 2);
    CHECK(draw(a, 0) == draw(b, 0));
    CHECK(std::pair(draw(a, 0), draw(a, 1)) != std::pair(draw(c, 0), draw(c, 1)));
}

TEST_CASE("a number is the same user whatever its type, and a name whatever holds it") {
    static_assert(user_id(7) == user_id(std::uint64_t{7}) && user_id(7) == user_id(static_cast<unsigned char>(7)));
    static_assert(user_id(-1) == user_id(std::int64_t{-1}) && user_id(7) != user_id(8));
    CHECK(user_id("alice") == user_id(std::string("alice")));
    CHECK(user_id("alice") == user_id(std::string_view("alice")));
    CHECK(user_id("alice") != user_id("Alice"));
    // A name may hold any byte, also 0.
    CHECK(user_id(std::string_view("a\0b", 3)) != user_id("a"));
}

// "7" and 7 as one user would be a surprise; the top bit keeps them apart whatever the hash is.
TEST_CASE("numbers and names never meet") {
    for (int i = 0; i < 1000; ++i) {
        CHECK((words(user_id(std::to_string(i)))[3] & 0x80000000u) != 0);
    }
    for (std::uint64_t const n : {std::uint64_t{0}, std::uint64_t{7}, ~std::uint64_t{0}}) {
        CHECK(words(user_id(n)) == std::array<std::uint32_t, 4>{static_cast<std::uint32_t>(n), static_cast<std::uint32_t>(n >> 32), 0, 0});
    }
    // The first 127 bits of sha256("alice") = 2bd806c97f0e00af1a1fc3328fa763a9..., little-endian words.
    CHECK(words(user_id("alice")) == std::array<std::uint32_t, 4>{0xc906d82b, 0xaf000e7f, 0x32c31f1a, 0xa963a78f});
}

// The user's key finds all of the user's marks; it must not stay in memory either.
TEST_CASE("the memory of a user's key that was destroyed is zero") {
    alignas(user_key) unsigned char memory[sizeof(user_key)];
    auto* const                     key = new (memory) user_key(secret(), 1);
    auto const                      sum = [&] {  // volatile: an optimiser knows that nobody may look into a destroyed object
        unsigned                      out   = 0;
        unsigned char volatile const* bytes = memory;
        for (std::size_t i = 0; i < sizeof memory; ++i) {
                                 out += bytes[i];
        }
        return out;
    };
    REQUIRE(sum() != 0);
    std::destroy_at(key);
    CHECK(sum() == 0);
}
