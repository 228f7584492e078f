// .npy files: every type, both byte orders, both element orders, and no file that harms the reader.
#include <hallmark/io/npy.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <limits>
#include <span>
#include <string>
#include <support/golden.hpp>
#include <support/temp_folder.hpp>
#include <vector>

using namespace hallmark;
using namespace std::string_literals;

namespace {
/// A file as anybody might write it: header text as given, then the elements.
auto file(std::string const& dictionary, std::string const& body, int major = 1) -> std::vector<std::byte> {
    auto head = "\x93NUMPY"s + static_cast<char>(major) + '\0';
    auto size = dictionary.size();
    for (int i = 0; i < (major == 1 ? 2 : 4); ++i, size >>= 8) {
        head += static_cast<char>(size & 255);
    }
    return bytes_of(head + dictionary + body);
}
auto dictionary(std::string const& descr, std::string const& order, std::string const& shape) -> std::string {
    return "{'descr': '" + descr + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }\n";
}
auto sentence_about(std::span<std::byte const> bytes) -> std::string {
    try {
        (void)parse_npy(bytes, "x");
    } catch (error const& e) {
        return e.what();
    }
    return "";
}
}  // namespace

TEST_CASE_TEMPLATE("what is written is read", T, std::int8_t, std::int16_t, std::int32_t, std::int64_t, std::uint8_t, std::uint16_t, std::uint32_t,
                   std::uint64_t, float, double) {
    auto const values = std::vector<T>{T(0), T(1), T(2), T(100), T(127), T(5)};
    auto const array  = parse_npy(npy_bytes(std::span<T const>(values), {2, 3}));
    CHECK(array.shape == std::vector<std::size_t>{2, 3});
    CHECK(array.type == npy_type_of<T>);
    CHECK(array.size() == 6);
    CHECK(array.as_doubles() == std::vector<double>{0, 1, 2, 100, 127, 5});
}

TEST_CASE("bool, no dimension, no element, many dimensions") {
    bool const truths[] = {true, false, true};
    auto const array    = parse_npy(npy_bytes(std::span<bool const>(truths), {3}));
    CHECK(array.type == npy_type::boolean);
    CHECK(array.as_doubles() == std::vector<double>{1, 0, 1});
    CHECK(array.as_indices() == std::vector<std::size_t>{1, 0, 1});
    auto const one = std::vector<double>{0.25};
    CHECK(parse_npy(npy_bytes(std::span<double const>(one), {})).as_doubles() == one);
    CHECK(parse_npy(npy_bytes(std::span<double const>(one), {})).shape.empty());
    CHECK(parse_npy(npy_bytes(std::span<double const>(one), {1, 1, 1, 1, 1, 1, 1, 1})).shape.size() == 8);
    CHECK(parse_npy(npy_bytes(std::span<double const>(), {3, 0})).as_doubles().empty());
}

// Read only by ourselves, a wrong header would go unnoticed. These are the bytes NumPy 1.24 writes for
// np.save(f, np.array([1.0, -2.0], dtype='<f4')).
TEST_CASE("the file is NumPy's, byte for byte") {
    if constexpr (std::endian::native == std::endian::little) {
        auto const values   = std::vector<float>{1.0f, -2.0f};
        auto const expected = "\x93NUMPY\x01\x00\x76\x00"s + "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }" + std::string(60, ' ') + "\n" +
                              "\x00\x00\x80\x3f\x00\x00\x00\xc0"s;
        CHECK(npy_bytes(std::span<float const>(values), {2}) == bytes_of(expected));
    }
}

TEST_CASE("both byte orders and all three versions") {
    for (int major : {1, 2, 3}) {
        CHECK(parse_npy(file(dictionary("<i2", "False", "(2,)"), "\x01\x00\x00\x02"s, major)).as_doubles() == std::vector<double>{1, 512});
        CHECK(parse_npy(file(dictionary(">i2", "False", "(2,)"), "\x01\x00\x00\x02"s, major)).as_doubles() == std::vector<double>{256, 2});
    }
    CHECK(parse_npy(file(dictionary(">f8", "False", "()"), "\x3f\xf8\0\0\0\0\0\0"s)).as_doubles() == std::vector<double>{1.5});
    CHECK(parse_npy(file(dictionary("<f8", "False", "()"), "\0\0\0\0\0\0\xf8\x3f"s)).as_doubles() == std::vector<double>{1.5});
    CHECK(parse_npy(file(dictionary("|u1", "False", "(2)"), "\x07\xff"s)).as_doubles() == std::vector<double>{7, 255});
}

// Three dimensions of different length: with two, or with equal ones, a wrong stride can hide.
TEST_CASE("Fortran order comes out in C order") {
    std::string body;
    for (char k = 0; k < 4; ++k) {
        for (char j = 0; j < 3; ++j) {
            for (char i = 0; i < 2; ++i) {
                body += static_cast<char>(100 * i + 10 * j + k);
            }
        }
    }
    std::vector<double> expected;
    for (int i = 0; i < 2; ++i) {
        for (int j = 0; j < 3; ++j) {
            for (int k = 0; k < 4; ++k) {
                expected.push_back(100 * i + 10 * j + k);
            }
        }
    }
    CHECK(parse_npy(file(dictionary("|u1", "True", "(2, 3, 4)"), body)).as_doubles() == expected);
    CHECK(parse_npy(file(dictionary(">i2", "True", "(1,2)"), "\x01\x00\x00\x02"s)).as_doubles() == std::vector<double>{256, 2});
    CHECK(parse_npy(file(dictionary("|u1", "True", "(2, 0, 4)"), "")).as_doubles().empty());
}

TEST_CASE("a header in other words") {
    CHECK(parse_npy(file("{\"shape\":(1,),\"fortran_order\":False,\"descr\":\"|u1\"}", "\x05")).as_doubles() == std::vector<double>{5});
}

TEST_CASE("integers that no double equals, and what cannot be an index") {
    auto const big = std::vector<std::int64_t>{(std::int64_t{1} << 53), (std::int64_t{1} << 53) + 1};
    CHECK(parse_npy(npy_bytes(std::span(big).first(1), {1})).as_doubles() == std::vector<double>{9007199254740992.0});
    CHECK_THROWS_WITH_AS(parse_npy(npy_bytes(std::span(big), {2})).as_doubles(),
                         "hallmark::npy_array::as_doubles: element 1 is 9007199254740993; allowed is -9007199254740992 to 9007199254740992, where every "
                         "integer is a double",
                         error);
    auto const low = std::vector<std::int64_t>{-(std::int64_t{1} << 53) - 1};
    CHECK_THROWS_AS(parse_npy(npy_bytes(std::span(low), {1})).as_doubles(), error);
    auto const most = std::vector<std::uint64_t>{std::numeric_limits<std::uint64_t>::max()};
    CHECK_THROWS_AS(parse_npy(npy_bytes(std::span(most), {1})).as_doubles(), error);
    CHECK(parse_npy(npy_bytes(std::span(most), {1})).as_indices() == std::vector<std::size_t>{std::numeric_limits<std::size_t>::max()});
    auto const negative = std::vector<std::int32_t>{3, -4};
    CHECK_THROWS_WITH_AS(parse_npy(npy_bytes(std::span(negative), {2})).as_indices(), "hallmark::npy_array::as_indices: element 1 is -4; allowed is 0 or more",
                         error);
    auto const real = std::vector<float>{1};
    CHECK_THROWS_WITH_AS(parse_npy(npy_bytes(std::span(real), {1})).as_indices(),
                         "hallmark::npy_array::as_indices: the elements are float32; allowed are integers", error);
}

TEST_CASE("what cannot be written") {
    auto const two = std::vector<float>{1, 2};
    CHECK_THROWS_WITH_AS(npy_bytes(std::span<float const>(two), {3}), "hallmark::npy_bytes: 2 values were given for a shape of 3", error);
    CHECK_THROWS_AS(npy_bytes(std::span<float const>(two), {std::size_t{1} << 63, 4, 2}), error);  // wraps to 0, then to 2 of nothing
    CHECK_THROWS_WITH_AS(npy_bytes(std::span<float const>(two), {1, 1, 1, 1, 1, 1, 1, 1, 2}),
                         "hallmark::npy_bytes: shape has 9 dimensions; allowed is at most 8", error);
}

TEST_CASE("each broken file has its sentence") {
    auto const body = std::string(8, '\0');
    CHECK(sentence_about(bytes_of("hello, world")) == "hallmark::read_npy: \"x\" is not a .npy file: it does not begin with its signature");
    CHECK(sentence_about({}) == "hallmark::read_npy: \"x\" is not a .npy file: it does not begin with its signature");
    CHECK(sentence_about(file("{}", "", 4)) == "hallmark::read_npy: \"x\" has format version 4.0; allowed are 1.0, 2.0 and 3.0");
    CHECK(sentence_about(file("{}", "", 0)) == "hallmark::read_npy: \"x\" has format version 0.0; allowed are 1.0, 2.0 and 3.0");
    CHECK(sentence_about(bytes_of("\x93NUMPY\x01\x00\x76\x00{"s)) == "hallmark::read_npy: \"x\" ends inside its header");
    CHECK(sentence_about(bytes_of("\x93NUMPY\x02\x00\xff\xff\xff\x7f{"s)) ==
          "hallmark::read_npy: \"x\" declares a header of 2147483647 bytes; allowed is at most 65536");
    CHECK(sentence_about(file(dictionary("<f8", "False", "(1000000000000,)"), body)) ==
          "hallmark::read_npy: \"x\" declares 8000000000000 bytes of elements, but 8 follow the header");
    CHECK(sentence_about(file(dictionary("<f8", "False", "(1,)"), body + "!")) ==
          "hallmark::read_npy: \"x\" declares 8 bytes of elements, but 9 follow the header");
    CHECK(sentence_about(file(dictionary("<f8", "False", "(4294967296, 4294967296, 2)"), body)) ==
          "hallmark::read_npy: \"x\" declares an array of more bytes than a machine can address");
    CHECK(sentence_about(file(dictionary("<f8", "False", "(1,1,1,1,1,1,1,1,1)"), body)) ==
          "hallmark::read_npy: the header of \"x\" has a shape of more than 8 dimensions, which is the limit here");
    CHECK(sentence_about(file(dictionary("<f8", "False", "(-1,)"), body)) ==
          "hallmark::read_npy: the header of \"x\" has a shape that is not a tuple of whole numbers");
    CHECK(sentence_about(file(dictionary("<f8", "False", "(99999999999999999999,)"), body)) ==
          "hallmark::read_npy: the header of \"x\" has a shape that is not a tuple of whole numbers");
    CHECK(sentence_about(file(dictionary("<f8", "Maybe", "(1,)"), body)) ==
          "hallmark::read_npy: the header of \"x\" has a fortran_order that is neither True nor False");
    for (auto const* descr : {"<f2", "<c8", "|O", "<U3", "|f8", "?f8", "f8"}) {
        CHECK(sentence_about(file(dictionary(descr, "False", "(1,)"), body)) ==
              "hallmark::read_npy: the header of \"x\" has elements of type \""s + descr + "\"; allowed are bool, integers, float32 and float64");
    }
    CHECK(sentence_about(file("{'descr': '<f8', 'shape': (1,)}", body)) ==
          "hallmark::read_npy: the header of \"x\" has no descr, no fortran_order or no shape");
    CHECK(sentence_about(file("{'descr': '<f8', 'descr': '<f8'}", body)) ==
          "hallmark::read_npy: the header of \"x\" has a key other than one descr, one fortran_order and one shape");
    CHECK(sentence_about(file("{'descr: ", body)) == "hallmark::read_npy: the header of \"x\" has a quote that does not end");
    CHECK(sentence_about(file("[]", body)) == "hallmark::read_npy: the header of \"x\" has no '{' where one is needed");
    CHECK(sentence_about(file(dictionary("<f8", "False", "(1,)") + "x", body)) == "hallmark::read_npy: the header of \"x\" has text after the dictionary");
}

// The promise that no file harms the reader, kept for every file one step away from a good one.
TEST_CASE("every truncation is an error, and every changed header byte an error or another good array") {
    auto const values = std::vector<float>{1, 2, 3, 4, 5, 6};
    auto const good   = npy_bytes(std::span<float const>(values), {2, 3});
    for (std::size_t length = 0; length < good.size(); ++length) {
        auto const cut = std::vector<std::byte>(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(length));
        INFO("length ", length);
        CHECK_THROWS_AS(parse_npy(cut), error);
    }
    std::size_t accepted = 0;
    for (std::size_t at = 0; at < good.size() - 24; ++at) {
        for (int value = 0; value < 256; ++value) {
            auto broken = good;
            broken[at]  = static_cast<std::byte>(value);
            try {
                auto const array = parse_npy(broken);
                REQUIRE(array.data.size() == 24);
                REQUIRE(array.as_doubles().size() == array.size());
                ++accepted;
            } catch (error const& e) {
                REQUIRE(e.code() != errc::io_failure);
            }
        }
    }
    // The unchanged byte once per position, and few others: byte order, type of the same size, blanks for line ends.
    CHECK(accepted >= good.size() - 24);
    CHECK(accepted < 3 * good.size());
}

TEST_CASE("files on disk") {
    temp_folder const here;
    auto const        values = std::vector<double>{0.5, -1e300};
    write_npy(here / "a.npy", values);
    CHECK(read_npy(here / "a.npy").as_doubles() == values);
    CHECK(read_npy(here / "a.npy").shape == std::vector<std::size_t>{2});
    CHECK_THROWS_AS(read_npy(here / "a.npy", 100), error);
    CHECK_THROWS_WITH_AS(read_npy("/no/such.npy"), "hallmark::read_file: cannot open \"/no/such.npy\": No such file or directory", error);
}

// Files that NumPy wrote, not we.
TEST_CASE("all golden .npy files are read") {
    namespace fs = std::filesystem;
    HALLMARK_NEEDS_GOLDEN();
    std::size_t count = 0;
    for (auto const& entry : fs::recursive_directory_iterator(golden::folder())) {
        if (entry.path().extension() == ".npy") {
            INFO(entry.path().string());
            auto const array = read_npy(entry.path());
            CHECK(array.size() > 0);
            ++count;
        }
    }
    CHECK(count > 0);
}
