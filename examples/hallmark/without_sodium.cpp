// The build without libsodium: no keys from passphrases.
#include "cli.hpp"
#include "passphrase.hpp"

namespace cli {

auto passphrases_work() noexcept -> bool { return false; }

auto key_from_words(std::string const&, std::string const&) -> hallmark::secret_key {
    refuse("--from-passphrase-stdin needs libsodium, which this program was built without; install libsodium-dev, configure again and rebuild");
}

}  // namespace cli
