// Archives: every form of name that tar knows, and every way in which an archive can be broken or hostile.
#include <hallmark/io/archive.hpp>
#include <hallmark/io/atomic_file.hpp>
#include <hallmark/io/folder.hpp>

#include <doctest/doctest.h>

#include <cstdio>
#include <string>
#include <support/temp_folder.hpp>
#include <support/toy_picture.hpp>
#include <utility>
#include <vector>

using namespace hallmark;
using namespace std::string_literals;

namespace {
auto octal(std::size_t value, int digits) -> std::string {
    char text[32];
    std::snprintf(text, sizeof text, "%0*zo", digits, value);
    return text;
}
void put(std::string& block, std::size_t at, std::string const& text) { block.replace(at, text.size(), text); }

/// A header with its checksum made right.
auto header(std::string const& name, std::size_t size, char kind = '0', std::string const& prefix = "", std::string const& magic = "ustar\00000"s)
    -> std::string {
    auto block = std::string(512, '\0');
    put(block, 0, name);
    put(block, 100, "0000644\0"s + "0000000\0"s + "0000000\0"s + octal(size, 11) + '\0' + "00000000000\0"s);
    put(block, 156, std::string(1, kind));
    put(block, 257, magic);
    put(block, 345, prefix);
    put(block, 148, std::string(8, ' '));
    std::size_t sum = 0;
    for (char c : block) {
        sum += static_cast<unsigned char>(c);
    }
    put(block, 148, octal(sum, 6) + '\0' + ' ');
    return block;
}
auto padded(std::string const& data) -> std::string { return data + std::string((512 - data.size() % 512) % 512, '\0'); }
auto entry(std::string const& name, std::string const& data) -> std::string { return header(name, data.size()) + padded(data); }
auto ending() -> std::string { return std::string(1024, '\0'); }

auto gzip(std::string const& text) -> std::vector<std::byte> {
    z_stream z{};
    REQUIRE(::deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    std::vector<std::byte> out(text.size() + 1000);
    z.next_in   = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    z.avail_in  = static_cast<uInt>(text.size());
    z.next_out  = reinterpret_cast<Bytef*>(out.data());
    z.avail_out = static_cast<uInt>(out.size());
    REQUIRE(::deflate(&z, Z_FINISH) == Z_STREAM_END);
    out.resize(z.total_out);
    ::deflateEnd(&z);
    return out;
}

using files = std::vector<std::pair<std::string, std::string>>;
auto files_in(std::vector<std::byte> const& archive, archive_limits const& limits = {}) -> files {
    files all;
    for_each_file(
        archive,
        [&](std::string_view name, std::span<std::byte const> bytes) {
            all.emplace_back(name, std::string(reinterpret_cast<char const*>(bytes.data()), bytes.size()));
        },
        limits);
    return all;
}
auto sentence_about(std::vector<std::byte> const& archive, archive_limits const& limits = {}) -> std::string {
    try {
        (void)files_in(archive, limits);
    } catch (error const& e) {
        return e.what();
    }
    return "";
}
auto sentence_about(std::string const& tar) -> std::string { return sentence_about(gzip(tar)); }
auto pax(std::string const& key, std::string const& value) -> std::string {
    auto const  rest   = " " + key + "=" + value + "\n";
    std::size_t length = rest.size() + 1;
    while (std::to_string(length).size() + rest.size() != length) {
        ++length;
    }
    return std::to_string(length) + rest;
}
auto pax_entry(std::string const& records, char kind = 'x') -> std::string { return header("pax", records.size(), kind) + padded(records); }
}  // namespace

TEST_CASE("files come in the archive's order, folders do not come") {
    auto const big = std::string(3000, 'z');
    auto const tar = header("b/", 0, '5') + entry("b/2", "two") + entry("./b//./1", big) + entry("empty", "") + entry("full", std::string(512, 'f')) +
                     header("old", 1, '\0') + padded("o") + ending();
    CHECK(files_in(gzip(tar)) == files{{"b/2", "two"}, {"b/1", big}, {"empty", ""}, {"full", std::string(512, 'f')}, {"old", "o"}});
}

TEST_CASE("long names: ustar prefix, GNU, pax") {
    auto const long_name = std::string(120, 'd') + "/" + std::string(130, 'n');
    auto const full      = std::string(100, 'x');  // a name field without a closing zero
    CHECK(files_in(gzip(header("n", 1, '0', "some/prefix") + padded("1") + ending())) == files{{"some/prefix/n", "1"}});
    CHECK(files_in(gzip(entry(full, "1") + ending())) == files{{full, "1"}});
    // GNU's own format keeps times where ustar keeps the prefix.
    CHECK(files_in(gzip(header("n", 1, '0', "12345670123", "ustar  ") + padded("1") + ending())) == files{{"n", "1"}});
    auto const gnu = header("././@LongLink", long_name.size() + 1, 'L') + padded(long_name + '\0') + entry("cut", "1") + entry("next", "2") + ending();
    CHECK(files_in(gzip(gnu)) == files{{long_name, "1"}, {"next", "2"}});
    CHECK(files_in(gzip(pax_entry(pax("mtime", "1.5") + pax("path", long_name)) + entry("cut", "1") + entry("next", "2") + ending())) ==
          files{{long_name, "1"}, {"next", "2"}});
    CHECK(files_in(gzip(pax_entry(pax("size", "3")) + header("n", 0) + padded("abc") + entry("next", "2") + ending())) == files{{"n", "abc"}, {"next", "2"}});
    CHECK(files_in(gzip(pax_entry(pax("comment", "x"), 'g') + header("k", 5, 'K') + padded("link") + entry("n", "1") + ending())) == files{{"n", "1"}});
}

TEST_CASE("sizes in GNU's binary form") {
    auto block = header("n", 0);
    put(block, 124, "\x80" + std::string(10, '\0') + "\x03");
    std::size_t sum = 0;
    put(block, 148, std::string(8, ' '));
    for (char c : block) {
        sum += static_cast<unsigned char>(c);
    }
    put(block, 148, octal(sum, 6) + '\0' + ' ');
    CHECK(files_in(gzip(block + padded("abc") + ending())) == files{{"n", "abc"}});
}

// Some writers end the checksum with a zero where others have a blank; it counts as blanks either way.
TEST_CASE("a checksum field that ends in a zero") {
    auto block = header("n", 1);
    put(block, 148, "0" + block.substr(148, 6) + '\0');
    CHECK(files_in(gzip(block + padded("1") + ending())) == files{{"n", "1"}});
}

TEST_CASE("several gzip members are one stream") {
    auto const tar    = entry("a", "1") + entry("b", "2") + ending();
    auto       bytes  = gzip(tar.substr(0, 700));
    auto const second = gzip(tar.substr(700));
    bytes.insert(bytes.end(), second.begin(), second.end());
    CHECK(files_in(bytes) == files{{"a", "1"}, {"b", "2"}});
}

TEST_CASE("each hostile archive has its sentence") {
    auto const name = "hallmark::for_each_file: \"memory\" "s;
    CHECK(sentence_about(entry("/etc/passwd", "x") + ending()) == name + "has an entry named \"/etc/passwd\"; allowed are relative names");
    CHECK(sentence_about(entry("a/../../b", "x") + ending()) == name + "has an entry named \"a/../../b\"; allowed are names without \"..\"");
    CHECK(sentence_about(entry("..", "x") + ending()) == name + "has an entry named \"..\"; allowed are names without \"..\"");
    CHECK(sentence_about(pax_entry(pax("path", "../up")) + entry("n", "x") + ending()) ==
          name + "has an entry named \"../up\"; allowed are names without \"..\"");
    CHECK(sentence_about(pax_entry(pax("path", "a\0b"s)) + entry("n", "x") + ending()) == name + "has an entry named \"a?b\"; allowed are relative names");
    CHECK(sentence_about(entry("", "x") + ending()) == name + "has an entry named \"\"; allowed are relative names");
    for (char kind : {'1', '2', '3', '4', '6', 'S'}) {
        CHECK(sentence_about(header("a/link", 0, kind) + ending()) == name + "has \"a/link\", which is not a regular file; links and devices are not read");
    }
    // Declared far larger than it is: no memory is taken for what is not there.
    CHECK(sentence_about(header("big", 0377777777) + ending()) == name + "ends inside a file");
    CHECK(sentence_about(header("big", 077777777777) + ending()) == name + "has \"big\" with 8589934591 bytes; allowed is at most 1073741824");
    CHECK(sentence_about(gzip(entry("n", "1234") + ending()), {.file_size = 3}) == name + "has \"n\" with 4 bytes; allowed is at most 3");
    CHECK(sentence_about(header("l", 70000, 'L') + ending()) == name + "has a long name of 70000 bytes; allowed is at most 65536");
    CHECK(sentence_about(header("l", 70000, 'x') + ending()) == name + "has a pax header of 70000 bytes; allowed is at most 65536");
    for (auto const& records : {"9 path=a"s, "path=a\n"s, "99 path=a\n"s, "3 \n"s, "0 \n"s, "10path=ab\n"s, "10 path=ab"s}) {
        CHECK(sentence_about(pax_entry(records) + entry("n", "") + ending()) == name + "has a pax header that is not made of records");
    }
    CHECK(sentence_about(pax_entry(pax("size", "-1")) + entry("n", "") + ending()) == name + "has a pax header with \"-1\" for a size");
    auto broken = entry("n", "x") + ending();
    broken[3]   = 'y';
    CHECK(sentence_about(broken) == name + "has a header with a wrong checksum");
    auto letters = header("n", 0);
    put(letters, 148, "12x4567\0"s);
    CHECK(sentence_about(letters + ending()) == name + "has a header with \"12x4567\" where an octal number is needed");
    auto huge = header("n", 0);
    put(huge, 148, "\x80\xff\xff\xff\xff\xff\xff\xff"s);
    CHECK(sentence_about(huge + ending()) == name + "has a header with a wrong checksum");
    CHECK(sentence_about(entry("n", "x")) == name + "ends without the mark of an archive's end");
    CHECK(sentence_about("") == name + "ends without the mark of an archive's end");
}

TEST_CASE("a number that 64 bits do not hold") {
    auto block = header("n", 0);
    put(block, 124, "\x80" + std::string(11, '\xff'));
    put(block, 148, std::string(8, ' '));
    std::size_t sum = 0;
    for (char c : block) {
        sum += static_cast<unsigned char>(c);
    }
    put(block, 148, octal(sum, 6) + '\0' + ' ');
    CHECK(sentence_about(block + ending()) == "hallmark::for_each_file: \"memory\" has a header with a number that is too large");
}

TEST_CASE("compressed data that are not sound") {
    auto const name = "hallmark::for_each_file: \"memory\" "s;
    CHECK(sentence_about(bytes_of("not gzip at all")) == name + "is not a sound gzip file: incorrect header check");
    CHECK(sentence_about(std::vector<std::byte>{}) == name + "ends inside its compressed data");
    auto const good    = gzip(entry("a", "1") + ending());
    auto       bad_crc = good;
    bad_crc[good.size() - 8] ^= std::byte{1};
    CHECK(sentence_about(bad_crc) == name + "is not a sound gzip file: incorrect data check");
    auto trailing = good;
    trailing.push_back(std::byte{'x'});
    CHECK(sentence_about(trailing) == name + "ends inside its compressed data");
    trailing.push_back(std::byte{'x'});
    CHECK(sentence_about(trailing) == name + "is not a sound gzip file: incorrect header check");
}

// No archive one step away from a good one is taken for whole, or harms the reader.
TEST_CASE("every truncation is an error, and every changed bit that matters") {
    auto const good = gzip(pax_entry(pax("path", "long/name")) + entry("a", "first") + entry("b", "second") + ending());
    for (std::size_t length = 0; length < good.size(); ++length) {
        INFO("length ", length);
        CHECK(sentence_about(std::vector<std::byte>(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(length))) != "");
    }
    auto const expected = files_in(good);
    for (std::size_t at = 0; at < good.size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            auto broken = good;
            broken[at] ^= static_cast<std::byte>(1 << bit);
            // Some bits mean nothing (the time in gzip's header) or the same (which of two equal runs is repeated).
            if (sentence_about(broken).empty()) {
                REQUIRE(files_in(broken) == expected);
            }
        }
    }
    // The tar inside, each byte of the first two headers: nothing passes its checksum but a blank for a zero.
    auto const tar = entry("a", "first") + ending();
    for (std::size_t at = 0; at < 512; ++at) {
        auto broken = tar;
        broken[at]  = static_cast<char>(broken[at] + 1);
        INFO("header byte ", at);
        CHECK((sentence_about(broken) != "" || (at >= 148 && at < 156)));
    }
}

TEST_CASE("an archive and its unpacked folder load alike") {
    temp_folder const here;
    auto const        all = files{{"train/dog/1.png", "213"}, {"train/cat/2.png", "212"}, {"train/cat/1.png", "211"}};
    std::string       tar = entry("test/cat/9.png", "219") + entry("training/cat/8.png", "999") + entry("train/readme.txt", "?");
    for (auto const& [name, content] : all) {
        tar += entry(name, content);
        write_file(here / name, content, {.flush = false});
    }
    write_file(here / "a.tar.gz", gzip(tar + ending()));
    auto const data = load_archive(here / "a.tar.gz", "train", toy_decoder{});
    CHECK(data == load_folder(here / "train", toy_decoder{}));
    CHECK(data.names == std::vector<std::string>{"cat/1.png", "cat/2.png", "dog/1.png"});
    CHECK(load_archive(here / "a.tar.gz", "train//", toy_decoder{}, {.per_class = 1}) == load_folder(here / "train", toy_decoder{}, {.per_class = 1}));
    CHECK(load_archive(here / "a.tar.gz", "test/", toy_decoder{}).labels == std::vector<std::size_t>{0});
    CHECK_THROWS_WITH_AS(load_archive(here / "a.tar.gz", "none", toy_decoder{}),
                         ("hallmark::load_archive: \"" + (here / "a.tar.gz") + ":none\" has no pictures (jpg, jpeg, png or bmp) in class folders").c_str(),
                         error);
    CHECK_THROWS_WITH_AS(load_archive(here / "a.tar.gz", "training", toy_decoder{}, {.per_class = 0}),
                         "hallmark::load_archive: per_class is 0; allowed is 1 or more", error);
    CHECK(load_archive(here / "a.tar.gz", "", toy_decoder{}, {.height = 2, .width = 1}).class_names == std::vector<std::string>{"test", "train", "training"});
    CHECK_THROWS_WITH_AS(load_archive("/no/such", "", toy_decoder{}), "hallmark::load_archive: cannot open \"/no/such\": No such file or directory", error);
    std::size_t count = 0;
    for_each_file(here / "a.tar.gz", [&](std::string_view, std::span<std::byte const>) { ++count; });
    CHECK(count == 6);
}
