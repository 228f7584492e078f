// Prints the fingerprints of the published program's marks and maps, one a line: built with many compilers and flags, this program shows
// that they depend on neither.
#include "pictures.hpp"

#include <cstdio>

int main() {
    for (auto const& row : parity_fingerprints::table()) {
        std::printf("%s %s\n", row.name.c_str(), row.sha256.c_str());
    }
}
