#include <hallmark/random/secret_key.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <ostream>
#include <type_traits>
#include <utility>

using namespace hallmark;

namespace {
auto counting() -> std::array<std::uint8_t, 32> {
    std::array<std::uint8_t, 32> bytes{};
    for (std::size_t i = 0; i < 32; ++i) {
        bytes[i] = static_cast<std::uint8_t>(i);
    }
    return bytes;
}
// Volatile: an optimiser knows that nobody may look into a destroyed object.
auto all_zero(unsigned char const volatile* bytes, std::size_t size) -> bool {
    unsigned sum = 0;
    for (std::size_t i = 0; i < size; ++i) {
        sum += bytes[i];
    }
    return sum == 0;
}
template <class T>
concept printable = requires(std::ostream& out, T const& t) {
    out << t;
};
template <class T>
concept comparable = requires(T const& a, T const& b) {
    a == b;
};
template <class T>
concept convertible_to_span = std::is_convertible_v<T, std::span<std::uint8_t const>>;
}  // namespace

// A key that can be printed will be printed, by a log line nobody thought about.
static_assert(!printable<secret_key> && !comparable<secret_key> && !convertible_to_span<secret_key>);
static_assert(!std::is_copy_constructible_v<secret_key> && !std::is_copy_assignable_v<secret_key> && !std::is_default_constructible_v<secret_key>);
static_assert(std::is_nothrow_move_constructible_v<secret_key> && std::is_nothrow_move_assignable_v<secret_key>);

TEST_CASE("a key keeps its bytes, and so do its clone and the key it is moved to") {
    auto const bytes = counting();
    auto       key   = secret_key::from_bytes(bytes);
    auto const copy  = key.clone();
    CHECK(std::ranges::equal(key.reveal(), bytes));
    CHECK(std::ranges::equal(copy.reveal(), bytes));

    auto const moved = std::move(key);
    CHECK(std::ranges::equal(moved.reveal(), bytes));
    auto other = secret_key::generate();
    other      = copy.clone();
    CHECK(std::ranges::equal(other.reveal(), bytes));
}

// A moved-from key still lies in memory; a core dump shows it.
TEST_CASE("a key that was moved from is gone") {
    auto       key    = secret_key::from_bytes(counting());
    auto const moved  = std::move(key);
    auto       second = moved.clone();
    auto       third  = secret_key::generate();
    third             = std::move(second);
    CHECK(all_zero(key.reveal().data(), 32));
    CHECK(all_zero(second.reveal().data(), 32));
    CHECK(std::ranges::equal(third.reveal(), counting()));
}

TEST_CASE("moving a key onto itself does not wipe it") {
    auto  key   = secret_key::from_bytes(counting());
    auto& alias = key;
    key         = std::move(alias);
    CHECK(std::ranges::equal(key.reveal(), counting()));
}

// Without a wipe that the compiler may not remove, the bytes stay where the key was.
TEST_CASE("the memory of a key that was destroyed is zero") {
    alignas(secret_key) unsigned char memory[sizeof(secret_key)];
    auto* const                       key = new (memory) secret_key(secret_key::from_bytes(counting()));
    REQUIRE(std::memcmp(memory, counting().data(), 32) == 0);
    std::destroy_at(key);
    CHECK(all_zero(memory, sizeof memory));
}

TEST_CASE("wipe clears what it is told to and no more") {
    unsigned char bytes[4] = {1, 2, 3, 4};
    detail::wipe(bytes + 1, 2);
    CHECK((bytes[0] == 1 && bytes[1] == 0 && bytes[2] == 0 && bytes[3] == 4));
}

// Manifests of years ago hold this number. Python: hashlib.sha256(b"hallmark key commitment 1\n" + bytes(range(32))).hexdigest()
TEST_CASE("the commitment") {
    auto const key = secret_key::from_bytes(counting());
    CHECK(key.commitment() == "9d56787e2b5f6f1e82f57eee00c1fbc78c00c5146c8b8caf1fbc05a86a95094b");
    auto bytes = counting();
    bytes[31] ^= 1;
    CHECK(secret_key::from_bytes(bytes).commitment() != key.commitment());
}

TEST_CASE("two fresh keys differ, and neither is zero") {
    auto const a = secret_key::generate();
    auto const b = secret_key::generate();
    CHECK(!std::ranges::equal(a.reveal(), b.reveal()));
    CHECK(!all_zero(a.reveal().data(), 32));
    CHECK(!all_zero(a.reveal().data() + 24, 8));  // all of it is filled
}
