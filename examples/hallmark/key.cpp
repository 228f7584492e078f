// hallmark key: makes a secret key, and shows the commitment that may be published before an audit.
#include "cli.hpp"
#include "passphrase.hpp"

#include <hallmark/io/key_file.hpp>

#include <cstdio>

namespace cli {
namespace {
struct new_options {
    CLI::App*   app = nullptr;
    std::string out;
    bool        from_passphrase = false;
    std::string salt;
};
struct commitment_options {
    CLI::App*   app = nullptr;
    std::string file;
};

/// A text that is overwritten when it goes.
struct secret_text {
    std::string value;
    secret_text() { value.reserve(4096); }  // no growing: a copy would stay behind in freed memory
    secret_text(secret_text const&)                    = delete;
    auto operator=(secret_text const&) -> secret_text& = delete;
    ~secret_text() { hallmark::detail::wipe(value.data(), value.capacity()); }
};

void read_passphrase(secret_text& words) {
    std::setvbuf(stdin, nullptr, _IONBF, 0);
    for (int c = std::getchar(); c != EOF && c != '\n'; c = std::getchar()) {
        if (words.value.size() == 1024) {
            refuse("the passphrase is longer than 1024 bytes");
        }
        words.value += static_cast<char>(c);
    }
    if (!words.value.empty() && words.value.back() == '\r') {
        words.value.pop_back();
    }
    if (words.value.empty()) {
        refuse("the first line of standard input is empty; a passphrase is needed there");
    }
}

auto make_key(new_options const& o) -> hallmark::secret_key {
    if (!o.from_passphrase) {
        forbid(*o.app, {"--salt"}, "without --from-passphrase-stdin");
        return hallmark::secret_key::generate();
    }
    need(*o.app, {"--salt"}, "with --from-passphrase-stdin: any text that is yours, such as your e-mail address");
    secret_text words;
    if (passphrases_work()) {  // else nobody should have to type one first
        read_passphrase(words);
    }
    return key_from_words(words.value, o.salt);
}

auto run_new(new_options const& o) -> answer {
    auto const key = make_key(o);
    hallmark::write_key_file(o.out, key);
    answer a;
    a.json["file"]       = o.out;
    a.json["commitment"] = key.commitment();
    a.text               = sentence("A new secret key is in ", quote(o.out), ". Keep a copy in a safe place: without it no mark can be found again.\n",
                                    "Commitment (may be published): ", key.commitment(), "\n");
    return a;
}

auto run_commitment(commitment_options const& o) -> answer {
    auto const commitment = hallmark::read_key_file(o.file).commitment();
    answer     a;
    a.json["commitment"] = commitment;
    a.text               = commitment + "\n";
    return a;
}
}  // namespace

void add_key(CLI::App& app, session& s) {
    auto* const key = app.add_subcommand("key", "Makes a secret key, or shows the commitment of one.");
    key->require_subcommand(0, 1);
    key->footer("Example:\n  hallmark key new --out my.key");

    auto fresh = command<new_options>(*key, s, "new", "Writes a new secret key to a file that only you can read.", "hallmark key new --out my.key", run_new);
    fresh.app->add_option("--out", fresh->out, "The file to write. A file that exists is never overwritten.")->required();
    fresh.app->add_flag("--from-passphrase-stdin", fresh->from_passphrase,
                        passphrases_work() ? "Make the key from the first line of standard input, slowly, so that guessing is dear."
                                           : "Not available: this program was built without libsodium.");
    fresh.app->add_option("--salt", fresh->salt, "A text that is yours; the same passphrase and salt give the same key.");

    auto show =
        command<commitment_options>(*key, s, "show-commitment", "Prints the commitment of a key, which may be published; the key itself is never printed.",
                                    "hallmark key show-commitment my.key", run_commitment);
    show.app->add_option("FILE", show->file, "The key file.")->required();
}

}  // namespace cli
