// The program of a table of fingerprints: it makes the table with every instruction set this machine has and with 2 to 8 threads. It fails if two of these
// differ, or, given a file, if a line differs from it; else it prints the table. Built with many compilers and flags, it shows that the same key gives the same
// bytes.
#pragma once

#include <hallmark/core/executor.hpp>
#include <hallmark/core/simd.hpp>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

namespace fingerprints {

/// `table(executor)` gives the rows, each with a `name` and a `sha256`.
template <class Table>
auto run(int argc, char** argv, Table const& table) -> int {
    auto const made = [&](auto const& executor) {
        std::string out;
        for (auto const& row : table(executor)) {
            out += row.name + " " + row.sha256 + "\n";
        }
        return out;
    };
    auto const different = [](char const* what, unsigned which) {
        std::printf("The fingerprints made with %s %u differ from those made by one thread at the widest level.\n", what, which);
        return 1;
    };
    namespace simd      = hallmark::detail::simd;
    auto const expected = made(hallmark::sequential{});
    for (auto const level : {simd::level::scalar, simd::level::baseline, simd::level::avx2, simd::level::avx512}) {
        simd::forced_level const force(level);
        if (level <= simd::best() && made(hallmark::sequential{}) != expected) {
            return different("instruction set", static_cast<unsigned>(level));
        }
    }
#ifdef __OPTIMIZE__
    unsigned const step = 1;
#else
    unsigned const step = 3;  // a second each
#endif
    for (unsigned count = 2; count <= 8; count += step) {
        if (made(hallmark::threads(count)) != expected) {
            return different("threads", count);
        }
    }
    if (argc < 2) {
        std::fputs(expected.c_str(), stdout);
        return 0;
    }
    std::ifstream     file(argv[1], std::ios::binary);
    std::string const golden{std::istreambuf_iterator<char>(file), {}};
    if (golden == expected) {
        return 0;
    }
    std::printf("The fingerprints differ from %s. This build gives\n%s", argv[1], expected.c_str());
    return 1;
}

}  // namespace fingerprints
