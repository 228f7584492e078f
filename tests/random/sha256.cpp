#include <hallmark/random/sha256.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

using namespace hallmark;

namespace {
auto hex(std::string_view text) -> std::string { return to_hex(sha256(text)); }
}  // namespace

// NIST's vectors: a wrong constant or a wrong padding is invisible otherwise.
TEST_CASE("the vectors of FIPS 180-4") {
    CHECK(hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(hex(std::string(1'000'000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

// Lengths 55, 56, 63, 64, 119 and 120 pad differently. Python: hashlib.sha256(b"".join(hashlib.sha256(
// bytes((7*i + 3) & 255 for i in range(n))).digest() for n in range(131))).hexdigest()
TEST_CASE("every length from 0 to 130") {
    std::vector<std::uint8_t> all, text;
    for (std::size_t n = 0; n <= 130; ++n) {
        auto const d = sha256(text);
        all.insert(all.end(), d.begin(), d.end());
        text.push_back(static_cast<std::uint8_t>(7 * n + 3));
    }
    CHECK(to_hex(sha256(all)) == "b3d31aa6b4f0810cff11dc15fd1017d7ba047ad10e757b0e36ed68897e6d1851");
}

TEST_CASE("the digest does not depend on where the text is cut") {
    std::string text;
    for (int i = 0; i < 130; ++i) {
        text += static_cast<char>('a' + i % 26);
    }
    auto const whole = sha256(text);
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
        sha256_stream s;
        s.update(std::string_view(text).substr(0, cut));
        s.update(std::string_view(text).substr(cut));
        CHECK(s.finish() == whole);
    }
}

TEST_CASE("hexadecimal keeps leading zeros and the order of bytes") {
    std::uint8_t const bytes[] = {0x00, 0x0f, 0xf0, 0xab};
    CHECK(to_hex(bytes) == "000ff0ab");
    CHECK(to_hex(std::span<std::uint8_t const>{}).empty());
}
