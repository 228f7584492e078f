#include <hallmark/core/image_batch.hpp>
#include <hallmark/pattern/picture_set.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <set>
#include <vector>

using namespace hallmark;

namespace {
auto draws() -> stream { return stream(chacha_key{{1, 2, 3, 4, 5, 6, 7, 8}}); }

/// A grey picture of one pixel.
auto dot(std::uint8_t level) -> picture_pattern {
    auto const batch = image_batch<std::uint8_t>(1, 1, 1, 1, {level});
    return picture_pattern(batch.view());
}
auto level_of(picture_pattern const& p) -> int { return p(0, 1, 0, 1, 0, 1) >> 16; }
}  // namespace

// A folder that was copied lists its files in another order.
TEST_CASE("the order of the pictures has no part in what is drawn") {
    auto const a = picture_set({dot(1), dot(2), dot(3), dot(4), dot(5)}), b = picture_set({dot(4), dot(2), dot(5), dot(1), dot(3)});
    CHECK(a == b);
    CHECK(a.sha256() == b.sha256());
    CHECK(a.size() == 5);
    auto          from_a = draws(), from_b = draws();
    std::set<int> seen;
    for (int i = 0; i < 100; ++i) {
        auto const level = level_of(a.draw(from_a));
        CHECK(level == level_of(b.draw(from_b)));
        seen.insert(level);
    }
    CHECK(seen.size() == 5);
}

// Another picture, or one twice, would be another mark under the same name.
TEST_CASE("every change of the pictures changes the digest") {
    auto const a = picture_set({dot(1), dot(2)});
    CHECK(a.sha256().size() == 64);
    CHECK(a.sha256() == picture_set::known_as(a.sha256()).sha256());
    CHECK(a == picture_set::known_as(a.sha256()));
    CHECK(!(a == picture_set({dot(1), dot(3)})));
    CHECK(!(a == picture_set({dot(1)})));
    CHECK(!(a == picture_set({dot(1), dot(2), dot(2)})));
    CHECK(!(a == picture_set()));
}

// printf '\0\1\0\2\0\3\1\2\3\4\5\6' | sha256sum, and the same of height 3 and width 2.
TEST_CASE("the digest of a picture is over its shape and its pixels") {
    std::vector<std::uint8_t> const pixels = {1, 2, 3, 4, 5, 6};
    auto const                      wide   = image_batch<std::uint8_t>(1, 1, 2, 3, pixels);
    auto const                      high   = image_batch<std::uint8_t>(1, 1, 3, 2, pixels);
    CHECK(to_hex(picture_pattern(wide.view()).sha256()) == "a6e9d2ebc0eab8506ed2ae312a2261bb31ac63b668c374d1e2c781a33f4c804c");
    CHECK(to_hex(picture_pattern(high.view()).sha256()) == "97bd580d09923628daf0ebb0d0d1f269e07ef47e9cb54567d4faba788b60e27f");
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(picture_set(std::vector<picture_pattern>{}), "hallmark::picture_set: there are no pictures; allowed is 1 or more", error);
    auto              source = draws();
    char const* const none   = "hallmark::picture_set: the pictures themselves are not there, only their digest; give those that were marked with";
    CHECK_THROWS_WITH_AS(picture_set().draw(source), none, error);
    CHECK_THROWS_WITH_AS(picture_set::known_as("abc").draw(source), none, error);
}
