// Key files: what is written is read, and nothing of a key is overwritten, shared or shown.
#include <hallmark/io/key_file.hpp>

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <string>
#include <support/temp_folder.hpp>

using namespace hallmark;

namespace {
auto some_key() -> secret_key {
    std::array<std::uint8_t, 32> bytes{};
    for (std::size_t i = 0; i < 32; ++i) {
        bytes[i] = static_cast<std::uint8_t>(7 * i + 1);
    }
    return secret_key::from_bytes(bytes);
}
constexpr char const* line = "hallmark-key-v1 01080f161d242b323940474e555c636a71787f868d949ba2a9b0b7bec5ccd3da\n";
}  // namespace

TEST_CASE("a key comes back, in a file that only its owner may read") {
    temp_folder const here;
    auto const        key  = some_key();
    auto const        path = here / "k";
    write_key_file(path, key);
    auto const bytes = read_file(path, 1000);
    CHECK(bytes == bytes_of(line));  // the format is an interface
    struct stat about {};
    REQUIRE(::stat(path.c_str(), &about) == 0);
    CHECK((about.st_mode & 07777u) == 0600);
    auto const again = read_key_file(path);
    CHECK(std::equal(again.reveal().begin(), again.reveal().end(), key.reveal().begin()));
}

// Overwriting a key destroys the only proof of every mark made with it.
TEST_CASE("a key file is never overwritten") {
    temp_folder const here;
    auto const        path = here / "k";
    write_key_file(path, some_key());
    CHECK_THROWS_WITH_AS(write_key_file(path, secret_key::generate()),
                         ("hallmark::write_file: \"" + path + "\" exists already and is never overwritten").c_str(), error);
    CHECK(read_file(path, 1000) == bytes_of(line));
}

TEST_CASE("a key that others may use is refused") {
    temp_folder const here;
    auto const        path = here / "k";
    write_key_file(path, some_key());
    for (unsigned mode : {0640u, 0620u, 0610u, 0604u, 0602u, 0601u}) {
        REQUIRE(::chmod(path.c_str(), mode) == 0);
        CHECK_THROWS_WITH_AS(read_key_file(path),
                             ("hallmark::read_key_file: \"" + path + "\" can be used by others than its owner; make it private with: chmod 600").c_str(),
                             error);
    }
    try {
        (void)read_key_file(path);
    } catch (error const& e) {
        CHECK(e.code() == errc::unsafe_permissions);
    }
    REQUIRE(::chmod(path.c_str(), 0400) == 0);
    CHECK_NOTHROW(read_key_file(path));
}

// The sentence is the same for every content: a message that repeats the file would put the key into a log.
TEST_CASE("what is not a key file, without a word of what it holds") {
    temp_folder const here;
    auto const        good = std::string(line);
    auto const        bad  = {good.substr(0, 80),
                              good + "x",
                              good + "\n",
                              std::string(),
                              "hallmark-key-v2" + good.substr(15),
                              good.substr(0, 20) + "A" + good.substr(21),
                              good.substr(0, 79) + "g\n",
                              good.substr(0, 80) + " ",
                              good.substr(0, 16) + "/" + good.substr(17),
                              good.substr(0, 16) + ":" + good.substr(17),
                              good.substr(0, 16) + "`" + good.substr(17)};
    for (auto const& text : bad) {
        write_file(here / "k", text, {.mode = 0600});
        CHECK_THROWS_WITH_AS(read_key_file(here / "k"),
                             ("hallmark::read_key_file: \"" + (here / "k") +
                              "\" is not a key file; allowed is one line: hallmark-key-v1, a space and 64 lowercase hexadecimal digits")
                                 .c_str(),
                             error);
    }
    CHECK_THROWS_WITH_AS(read_key_file(here.path()), ("hallmark::read_key_file: \"" + here.path() + "\" is not a regular file").c_str(), error);
    REQUIRE(::mkfifo((here / "pipe").c_str(), 0600) == 0);  // must not wait for a writer
    CHECK_THROWS_WITH_AS(read_key_file(here / "pipe"), ("hallmark::read_key_file: \"" + (here / "pipe") + "\" is not a regular file").c_str(), error);
    CHECK_THROWS_WITH_AS(read_key_file("/no/such"), "hallmark::read_key_file: cannot open \"/no/such\": No such file or directory", error);
}
