// A .npy file block by block gives the elements of the whole file.
#include <hallmark/io/npy.hpp>
#include <hallmark/io/npy_reader.hpp>

#include <doctest/doctest.h>
#include <support/temp_folder.hpp>

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

using namespace hallmark;
using namespace std::string_literals;

namespace {
void spill(std::string const& path, std::string const& text) { write_file(path, bytes_of(text)); }

template <class T>
auto numbers(std::size_t n) -> std::vector<T> {
    std::vector<T> out(n);
    for (std::size_t i = 0; i < n; ++i) {
        out[i] = static_cast<T>(i) * static_cast<T>(0.25) - static_cast<T>(7);
    }
    return out;
}
auto all_of(std::string const& path, std::size_t block) -> std::vector<double> {
    auto                file = npy_reader(path);
    std::vector<double> out, part(block);
    while (auto const n = file.read(part)) {
        out.insert(out.end(), part.begin(), part.begin() + static_cast<std::ptrdiff_t>(n));
    }
    CHECK(file.left() == 0);
    CHECK(file.read(part) == 0);
    return out;
}
}  // namespace

// A block boundary inside the reader's own buffer or at its end must lose no element.
TEST_CASE("blocks of any length give the file") {
    temp_folder const folder;
    auto const        path = folder / "x.npy";
    for (std::size_t const n : {0u, 1u, 8191u, 8192u, 8193u, 40'000u}) {
        write_npy(path, std::span<double const>(numbers<double>(n)), {n});
        for (std::size_t const block : {1u, 7u, 8192u, 10'000u, 100'000u}) {
            if (n / block < 50'000) {
                CHECK(all_of(path, block) == numbers<double>(n));
            }
        }
    }
    write_npy(path, std::span<float const>(numbers<float>(20'000)), {100, 200});
    CHECK(all_of(path, 333) == read_npy(path).as_doubles());
    CHECK(npy_reader(path).shape() == std::vector<std::size_t>{100, 200});
    CHECK(npy_reader(path).size() == 20'000);
}

TEST_CASE("the other byte order") {
    temp_folder const folder;
    auto const        path = folder / "x.npy";
    auto              head = "{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }\n"s;
    spill(path, "\x93NUMPY\x01\0"s + static_cast<char>(head.size()) + "\0"s + head + "\x3f\x80\0\0\xc0\0\0\0"s);
    CHECK(all_of(path, 5) == std::vector<double>{1.0, -2.0});
}

TEST_CASE("what is refused") {
    temp_folder const folder;
    auto const        path   = folder / "x.npy";
    auto const        quoted = "\"" + path + "\"";
    CHECK_THROWS_WITH_AS(npy_reader{path}, ("hallmark::npy_reader: cannot open " + quoted + ": No such file or directory").c_str(), error);
    spill(path, "short");
    CHECK_THROWS_WITH_AS(npy_reader{path}, ("hallmark::read_npy: " + quoted + " is not a .npy file: it does not begin with its signature").c_str(), error);
    write_npy(path, std::span<std::int32_t const>(std::vector<std::int32_t>{1, 2}), {2});
    CHECK_THROWS_WITH_AS(npy_reader{path}, ("hallmark::npy_reader: the elements of " + quoted + " are int32; allowed are float32 and float64").c_str(), error);
    auto const with = [&](std::string const& order, std::string const& shape) {
        auto head = "{'descr': '<f8', 'fortran_order': " + order + ", 'shape': " + shape + ", }\n";
        spill(path, "\x93NUMPY\x01\0"s + static_cast<char>(head.size()) + "\0"s + head);
    };
    with("True", "(2, 3)");
    CHECK_THROWS_WITH_AS(npy_reader{path}, ("hallmark::npy_reader: " + quoted + " is in Fortran order; allowed is C order").c_str(), error);
    with("False", "(4294967296, 4294967296)");
    CHECK_THROWS_WITH_AS(npy_reader{path}, ("hallmark::npy_reader: " + quoted + " declares more elements than a machine can address").c_str(), error);
    write_npy(path, std::span<double const>(numbers<double>(100)), {100});
    std::filesystem::resize_file(path, std::filesystem::file_size(path) - 1);
    auto                file = npy_reader(path);
    std::vector<double> room(99);
    CHECK(file.read(room) == 99);
    CHECK_THROWS_WITH_AS((void)file.read(room), ("hallmark::npy_reader: " + quoted + " ends after fewer than the 100 elements it declares").c_str(), error);
}
