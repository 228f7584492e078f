// The build with libsodium: keys from passphrases.
#include "cli.hpp"
#include "passphrase.hpp"

#include <hallmark/backend/sodium.hpp>

namespace cli {

auto passphrases_work() noexcept -> bool { return true; }

auto key_from_words(std::string const& passphrase, std::string const& salt) -> hallmark::secret_key { return hallmark::key_from_passphrase(passphrase, salt); }

}  // namespace cli
