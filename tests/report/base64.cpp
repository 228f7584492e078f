#include <hallmark/report/base64.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <vector>

using namespace hallmark;

namespace {
auto encoded(std::string const& text) -> std::string {
    std::vector<std::byte> bytes;
    for (char const c : text) {
        bytes.push_back(static_cast<std::byte>(c));
    }
    return to_base64(bytes);
}
}  // namespace

// RFC 4648, section 10; each length of the last group.
TEST_CASE("test vectors") {
    CHECK(encoded("") == "");
    CHECK(encoded("f") == "Zg==");
    CHECK(encoded("fo") == "Zm8=");
    CHECK(encoded("foo") == "Zm9v");
    CHECK(encoded("foob") == "Zm9vYg==");
    CHECK(encoded("fooba") == "Zm9vYmE=");
    CHECK(encoded("foobar") == "Zm9vYmFy");
}

// The vectors above hold ASCII only: they pass with the last letters of the alphabet swapped, and with signed bytes.
TEST_CASE("every letter of the alphabet, in order") {
    std::string bytes;
    for (unsigned i = 0; i < 64; i += 4) {
        auto const group = i << 18 | (i + 1) << 12 | (i + 2) << 6 | (i + 3);
        for (auto const shift : {16u, 8u, 0u}) {
            bytes += static_cast<char>(group >> shift & 0xffu);
        }
    }
    CHECK(encoded(bytes) == "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
}
