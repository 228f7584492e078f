// Keys from passphrases, and libsodium as the second opinion on hallmark's own SHA-256 and ChaCha20.
#include <hallmark/backend/sodium.hpp>
#include <hallmark/random/chacha20.hpp>
#include <hallmark/random/sha256.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace {
constexpr hallmark::passphrase_cost least{1, 8192};

auto hex_of(std::string_view passphrase, std::string_view salt, hallmark::passphrase_cost cost) -> std::string {
    return hallmark::to_hex(hallmark::key_from_passphrase(passphrase, salt, cost).reveal());
}
}  // namespace

// A passphrase is all its owner has kept. If these change, his marks can no longer be found by anybody.
TEST_CASE("golden keys") {
    CHECK(hex_of("correct horse battery staple", "owner@example.org", least) == "b6a5661c6b0429eba4a224f5c0bc7823165d8db625347f9848303b5d381a13cb");
    CHECK(hex_of(std::string_view("\0\xff\n", 3), std::string_view("\0", 1), {2, 16384}) == "4a05daa1eea671e2a90aa0d830579b4099521bd616d74d87f4fb6a53d2fdbdcf");
}

// By the parts the key is made of, with the salt written out in Python:
// hashlib.sha256(b"hallmark passphrase salt 1\nowner@example.org").digest()[:16].hex()
TEST_CASE("the key is Argon2id of the passphrase and the salt's hash") {
    REQUIRE(sodium_init() >= 0);
    std::array<std::uint8_t, crypto_pwhash_argon2id_SALTBYTES> salt{};
    REQUIRE(sodium_hex2bin(salt.data(), salt.size(), "267e842057bad74f97b9ea3f3e46f549", 32, nullptr, nullptr, nullptr) == 0);
    std::array<std::uint8_t, 32> key{};
    REQUIRE(crypto_pwhash(key.data(), key.size(), "correct horse battery staple", 28, salt.data(), 1, 8192, crypto_pwhash_ALG_ARGON2ID13) == 0);
    CHECK(hex_of("correct horse battery staple", "owner@example.org", least) == hallmark::to_hex(key));
}

TEST_CASE("passphrase, salt and cost each change the key") {
    auto const key = hex_of("a", "b", least);
    CHECK(hex_of("a", "b", least) == key);
    CHECK(hex_of("A", "b", least) != key);
    CHECK(hex_of("a ", "b", least) != key);
    CHECK(hex_of("a", "B", least) != key);
    CHECK(hex_of("a", "b", {2, 8192}) != key);
    CHECK(hex_of("a", "b", {1, 16384}) != key);
    CHECK(hex_of(std::string(1024, 'x'), "b", least) != hex_of(std::string(1023, 'x'), "b", least));
}

// A weak default would be paid for by every owner who never looks at it.
TEST_CASE("the default cost") {
    CHECK(hallmark::passphrase_cost{}.passes == crypto_pwhash_OPSLIMIT_MODERATE);
    CHECK(hallmark::passphrase_cost{}.memory == crypto_pwhash_MEMLIMIT_MODERATE);
}

TEST_CASE("what a caller can get wrong") {
    using hallmark::key_from_passphrase;
    CHECK_THROWS_WITH_AS(key_from_passphrase("", "salt"), "hallmark::key_from_passphrase: passphrase has 0 bytes; allowed is 1 to 1024", hallmark::error);
    CHECK_THROWS_WITH_AS(key_from_passphrase(std::string(1025, 'x'), "salt"), "hallmark::key_from_passphrase: passphrase has 1025 bytes; allowed is 1 to 1024",
                         hallmark::error);
    CHECK_THROWS_WITH_AS(key_from_passphrase("secret", ""), "hallmark::key_from_passphrase: salt is empty; allowed is any text of 1 byte or more",
                         hallmark::error);
    CHECK_THROWS_WITH_AS(key_from_passphrase("secret", "salt", {0, 8192}), "hallmark::key_from_passphrase: cost.passes is 0; allowed is 1 or more",
                         hallmark::error);
    CHECK_THROWS_WITH_AS(key_from_passphrase("secret", "salt", {1, 8191}),
                         "hallmark::key_from_passphrase: cost.memory is 8191 bytes; allowed is 8192 to 4294967296", hallmark::error);
    CHECK_THROWS_WITH_AS(key_from_passphrase("secret", "salt", {1, (std::uint64_t{1} << 32) + 1}),
                         "hallmark::key_from_passphrase: cost.memory is 4294967297 bytes; allowed is 8192 to 4294967296", hallmark::error);
}

// Padding goes wrong at particular lengths only: 55, 56, 63, 64, 119, …
TEST_CASE("SHA-256 is libsodium's, at every length from 0 to 300") {
    std::vector<std::uint8_t> text;
    for (std::size_t length = 0; length <= 300; ++length) {
        hallmark::digest theirs{};
        crypto_hash_sha256(theirs.data(), text.data(), text.size());
        CHECK(hallmark::sha256(std::span<std::uint8_t const>(text)) == theirs);
        text.push_back(static_cast<std::uint8_t>(length * 31 + 7));
    }
}

// The key stream is what every mark is made of. libsodium adds it to zeros, so it comes out bare.
TEST_CASE("ChaCha20 is libsodium's, for keys, nonces and counters all over") {
    std::array<std::uint8_t, 32> key{};
    std::array<std::uint8_t, 12> nonce{};
    auto const                   word = [](std::uint8_t const* b) {
        return std::uint32_t{b[0]} | std::uint32_t{b[1]} << 8 | std::uint32_t{b[2]} << 16 | std::uint32_t{b[3]} << 24;
    };
    std::uint8_t next = 1;
    for (std::uint32_t const counter : {0u, 1u, 2u, 0x80000000u, 0xfffffffeu, 0xffffffffu}) {
        for (int round = 0; round < 8; ++round) {
            for (auto& b : key) {
                b = next = static_cast<std::uint8_t>(next * 167 + 13);
            }
            for (auto& b : nonce) {
                b = next = static_cast<std::uint8_t>(next * 167 + 13);
            }
            std::array<std::uint8_t, 64> const zeros{};
            std::array<std::uint8_t, 64>       theirs{};
            crypto_stream_chacha20_ietf_xor_ic(theirs.data(), zeros.data(), zeros.size(), nonce.data(), counter, key.data());

            hallmark::chacha_key k{};
            for (std::size_t i = 0; i < 8; ++i) {
                k.word[i] = word(key.data() + 4 * i);
            }
            auto const ours = hallmark::chacha20(k, {{counter, word(nonce.data()), word(nonce.data() + 4), word(nonce.data() + 8)}});
            for (std::size_t i = 0; i < 16; ++i) {
                CHECK(ours.word[i] == word(theirs.data() + 4 * i));
            }
        }
    }
}
