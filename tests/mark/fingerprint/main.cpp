// Prints the fingerprints of marked batches, one a line. Given a file, compares with it and fails if a line differs:
// built with many compilers and flags, this program shows that the same key gives the same bytes.
#include "batches.hpp"

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

int main(int argc, char** argv) {
    std::string made;
    for (auto const& row : fingerprints::table()) {
        made += row.name + " " + row.sha256 + "\n";
    }
    if (argc < 2) {
        std::fputs(made.c_str(), stdout);
        return 0;
    }
    std::ifstream     file(argv[1], std::ios::binary);
    std::string const expected{std::istreambuf_iterator<char>(file), {}};
    if (made == expected) {
        return 0;
    }
    std::printf("The fingerprints differ from %s. This build gives\n%s", argv[1], made.c_str());
    return 1;
}
