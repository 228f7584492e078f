// Keys from passphrases, where the program was built with libsodium.
#pragma once

#include <hallmark/random/secret_key.hpp>

#include <string>

namespace cli {

[[nodiscard]] auto passphrases_work() noexcept -> bool;
/// The key that a passphrase and a salt always give. Refuses in one sentence where libsodium is missing.
[[nodiscard]] auto key_from_words(std::string const& passphrase, std::string const& salt) -> hallmark::secret_key;

}  // namespace cli
