// hallmark key.
#include "program.hpp"

#include <sys/stat.h>

TEST_CASE("a new key is private, and only its commitment is shown") {
    temp_folder const folder;
    auto const        file = folder / "my.key";
    auto const        made = hallmark_program("key new --json --out '" + file + "'");
    CHECK(made.code == 0);
    CHECK(made.json()["file"] == file);
    struct stat about {};
    REQUIRE(::stat(file.c_str(), &about) == 0);
    CHECK((about.st_mode & 0777u) == 0600u);

    auto const text   = slurp(file);
    auto const secret = text.substr(text.find(' ') + 1, 64);
    CHECK(secret.size() == 64);
    auto const shown = hallmark_program("key show-commitment '" + file + "'");
    CHECK(shown.code == 0);
    CHECK(shown.out == made.json()["commitment"].get<std::string>() + "\n");
    CHECK(hallmark_program("key show-commitment --json '" + file + "'").json()["commitment"] == made.json()["commitment"]);
    for (auto const& out : {made.out, made.err, shown.out, shown.err, hallmark_program("key new --out '" + file + "'").err}) {
        CHECK(out.find(secret) == std::string::npos);
    }
}

// Losing a key loses every mark made with it.
TEST_CASE("a key is never overwritten") {
    temp_folder const folder;
    auto const        file = folder / "my.key";
    make_key(file);
    auto const before = slurp(file);
    check_refused("key new --out '" + file + "'", "write_file: \"" + file + "\" exists already and is never overwritten");
    CHECK(slurp(file) == before);
}

TEST_CASE("what a caller can get wrong") {
    temp_folder const folder;
    auto const        file = folder / "my.key";
    check_refused("key show-commitment '" + file + "'", "read_key_file: cannot open \"" + file + "\": No such file or directory");
    check_refused("key show-commitment '" + folder.path() + "'", "read_key_file: \"" + folder.path() + "\" is not a regular file");
    make_key(file);
    ::chmod(file.c_str(), 0644);
    check_refused("key show-commitment '" + file + "'",
                  "read_key_file: \"" + file + "\" can be used by others than its owner; make it private with: chmod 600");
    spill(file, "");
    ::chmod(file.c_str(), 0600);
    CHECK(hallmark_program("key show-commitment '" + file + "'").code == 2);
    check_refused("key new --salt me --out '" + (folder / "b") + "'", "--salt is of no use without --from-passphrase-stdin");
    check_refused("key new --from-passphrase-stdin --out '" + (folder / "b") + "'",
                  "--salt is needed with --from-passphrase-stdin: any text that is yours, such as your e-mail address", "correct horse\n");
}

TEST_CASE("a passphrase and a salt give one key") {
    temp_folder const folder;
    auto const        make = [&](char const* name, char const* salt, char const* words) {
        return hallmark_program("key new --json --from-passphrase-stdin --salt " + std::string(salt) + " --out '" + (folder / name) + "'", words);
    };
#if defined(HALLMARK_CLI_SODIUM)
    auto const first = make("a", "anna", "correct horse\n");
    CHECK(first.code == 0);
    CHECK(make("b", "anna", "correct horse").json()["commitment"] == first.json()["commitment"]);
    CHECK(make("c", "bert", "correct horse\n").json()["commitment"] != first.json()["commitment"]);
    check_refused("key new --from-passphrase-stdin --salt anna --out '" + (folder / "d") + "'",
                  "the first line of standard input is empty; a passphrase is needed there", "\n");
#else
    CHECK(make("a", "anna", "correct horse\n").err ==
          "hallmark: --from-passphrase-stdin needs libsodium, which this program was built without; install libsodium-dev, configure again and rebuild\n");
#endif
}
