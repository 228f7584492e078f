// A secret key from a passphrase, by a hash that is slow on purpose (libsodium's Argon2id).
#pragma once

#include <hallmark/error.hpp>
#include <hallmark/random/secret_key.hpp>
#include <hallmark/random/sha256.hpp>

#include <sodium.h>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>

namespace hallmark::inline v0 {

/// What one guess at the passphrase costs, for the owner once and for an attacker each time. The same
/// passphrase and salt give another key at another cost, so write the cost down with the salt.
///
/// The defaults take 256 MiB and about a second on one core of a present-day machine.
struct passphrase_cost {
    std::uint32_t passes = 3;                         ///< over the memory, [1, 2^32 − 1]
    std::uint64_t memory = std::uint64_t{256} << 20;  ///< bytes, [8192, 2^32]
};

/// The key that belongs to a passphrase: Argon2id v1.3 (Biryukov, Dinu & Khovratovich 2016; RFC 9106) with one
/// lane. Needs `cost.memory` bytes while it runs.
///
/// `salt` need not be secret, but should be the owner's alone: an e-mail address, a project's name. It keeps a
/// list of guesses made for one owner useless against all others. Its SHA-256, cut to 128 bits, is what is hashed.
/// `passphrase` has 1 to 1024 bytes, taken as they are: no trimming, no Unicode normalisation. Use one that was
/// drawn and not thought up (six dice words or more): whoever knows the key's commitment can test guesses.
[[nodiscard]] inline auto key_from_passphrase(std::string_view passphrase, std::string_view salt, passphrase_cost cost = {}) -> secret_key {
    // The messages give lengths, never the text.
    detail::require(!passphrase.empty() && passphrase.size() <= 1024, errc::out_of_domain, "hallmark::key_from_passphrase: passphrase has ", passphrase.size(),
                    " bytes; allowed is 1 to 1024");
    detail::require(!salt.empty(), errc::out_of_domain, "hallmark::key_from_passphrase: salt is empty; allowed is any text of 1 byte or more");
    detail::require(cost.passes >= 1, errc::out_of_domain, "hallmark::key_from_passphrase: cost.passes is 0; allowed is 1 or more");
    detail::require(cost.memory >= crypto_pwhash_argon2id_MEMLIMIT_MIN && cost.memory <= std::uint64_t{1} << 32, errc::out_of_domain,
                    "hallmark::key_from_passphrase: cost.memory is ", cost.memory, " bytes; allowed is 8192 to 4294967296");
    detail::require(sodium_init() >= 0, errc::io_failure, "hallmark::key_from_passphrase: libsodium could not be initialised");

    sha256_stream hash;
    hash.update("hallmark passphrase salt 1\n");
    hash.update(salt);
    auto const salted = hash.finish();
    static_assert(crypto_pwhash_argon2id_SALTBYTES <= std::tuple_size_v<digest>);

    struct wiped {  // also when something throws
        std::uint8_t bytes[secret_key::size] = {};
        ~wiped() { detail::wipe(bytes, sizeof bytes); }
    } out;
    // The algorithm is named: crypto_pwhash's default may change with the library, and a key must not.
    auto const rc = crypto_pwhash_argon2id(out.bytes, sizeof out.bytes, passphrase.data(), passphrase.size(), salted.data(), cost.passes,
                                           static_cast<std::size_t>(cost.memory), crypto_pwhash_argon2id_ALG_ARGON2ID13);
    detail::require(rc == 0, errc::io_failure, "hallmark::key_from_passphrase: libsodium could not get ", cost.memory, " bytes of memory");
    return secret_key::from_bytes(out.bytes);
}

}  // namespace hallmark::inline v0
