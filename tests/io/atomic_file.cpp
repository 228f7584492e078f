// Whole files: what is written is read, and a failed write leaves everything as it was.
#include <hallmark/io/atomic_file.hpp>

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <limits>
#include <string>
#include <support/temp_folder.hpp>
#include <vector>

using namespace hallmark;

namespace {
auto text_of(std::string const& path) -> std::string {
    auto const bytes = read_file(path, 1000);
    return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}
auto mode_of(std::string const& path) -> unsigned {
    struct stat about {};
    REQUIRE(::stat(path.c_str(), &about) == 0);
    return about.st_mode & 0777u;
}
}  // namespace

// Without it, a manifest could be half written and look whole.
TEST_CASE("a file is written, replaced, and no other file is left beside it") {
    temp_folder const here;
    write_file(here / "a", "first");
    CHECK(text_of(here / "a") == "first");
    write_file(here / "a", bytes_of("second"), {.flush = false});
    CHECK(text_of(here / "a") == "second");
    write_file(here / "empty", "");
    CHECK(text_of(here / "empty").empty());
    CHECK(here.count() == 2);
}

TEST_CASE("a new file never replaces an old one") {
    temp_folder const here;
    write_file(here / "a", "old", {.must_be_new = true});
    CHECK_THROWS_WITH_AS(write_file(here / "a", "new", {.must_be_new = true}),
                         ("hallmark::write_file: \"" + (here / "a") + "\" exists already and is never overwritten").c_str(), error);
    CHECK(text_of(here / "a") == "old");
    CHECK(here.count() == 1);
}

TEST_CASE("the mode is what was asked for, less the umask") {
    temp_folder const here;
    auto const        old = ::umask(022);
    write_file(here / "private", "x", {.mode = 0600});
    write_file(here / "shared", "x", {.mode = 0666});
    ::umask(old);
    CHECK(mode_of(here / "private") == 0600);
    CHECK(mode_of(here / "shared") == 0644);
    CHECK_THROWS_WITH_AS(write_file(here / "a", "x", {.mode = 01000}), "hallmark::write_file: mode is 512; allowed is 0 to 511 (0777)", error);
}

// The rename fails after everything was written: the one step that comes after the point where a plain write
// would already have destroyed the old file.
TEST_CASE("a failed write leaves the old things and no new ones") {
    temp_folder const here;
    write_file(here / "folder/inside", "kept");
    CHECK_THROWS_WITH_AS(write_file(here / "folder", "x"), ("hallmark::write_file: cannot replace \"" + (here / "folder") + "\": Is a directory").c_str(),
                         error);
    CHECK(text_of(here / "folder/inside") == "kept");
    CHECK(here.count() == 1);
    auto const lost = here.path() + "/no/such/a";
    CHECK_THROWS_WITH_AS(write_file(lost, "x"), ("hallmark::write_file: cannot create a file beside \"" + lost + "\": No such file or directory").c_str(),
                         error);
}

// A full disk, without filling one: the process may not write more than 10 bytes to any file.
TEST_CASE("a write that runs out of room leaves the old file") {
    temp_folder const here;
    write_file(here / "a", "old");
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
    auto const handler = std::signal(SIGXFSZ, SIG_IGN);
    auto       small   = before;
    small.rlim_cur     = 10;
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
    std::string said;
    try {
        write_file(here / "a", std::string(100, 'x'));
    } catch (error const& e) {
        said = e.what();
        CHECK(e.code() == errc::io_failure);
    }
    ::setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    CHECK(said == "hallmark::write_file: cannot write \"" + (here / "a") + "\": File too large");
    CHECK(text_of(here / "a") == "old");
    CHECK(here.count() == 1);
}

TEST_CASE("a path that cannot name a file") {
    using namespace std::string_literals;
    CHECK_THROWS_WITH_AS(write_file("", "x"), "hallmark::write_file: path is \"\"; allowed is a name that is not empty and has no zero byte", error);
    CHECK_THROWS_WITH_AS(read_file("a\0b"s, 1), "hallmark::read_file: path is \"a?b\"; allowed is a name that is not empty and has no zero byte", error);
    CHECK_THROWS_WITH_AS(read_file("/no/such\nfile", 1), "hallmark::read_file: cannot open \"/no/such?file\": No such file or directory", error);
}

TEST_CASE("reading stops at the limit") {
    temp_folder const here;
    write_file(here / "a", "12345");
    CHECK(read_file(here / "a", 5).size() == 5);
    CHECK(read_file(here / "a", std::numeric_limits<std::uint64_t>::max()).size() == 5);
    CHECK_THROWS_WITH_AS(read_file(here / "a", 4), ("hallmark::read_file: \"" + (here / "a") + "\" is longer than 4 bytes, which is the limit here").c_str(),
                         error);
    // A device has no length to ask for beforehand.
    CHECK_THROWS_WITH_AS(read_file("/dev/zero", 100000), "hallmark::read_file: \"/dev/zero\" is longer than 100000 bytes, which is the limit here", error);
    CHECK(read_file("/dev/null", 0).empty());
    CHECK_THROWS_WITH_AS(read_file(here.path(), 10), ("hallmark::read_file: cannot read \"" + here.path() + "\": Is a directory").c_str(), error);
}

TEST_CASE("a long name is cut in sentences") {
    CHECK(detail::quote("abc", 3) == "\"abc\"");
    CHECK(detail::quote("abcd", 3) == "\"abc...\"");
    CHECK(detail::quote("a\x1b[2J\x7f") == "\"a?[2J?\"");
}
