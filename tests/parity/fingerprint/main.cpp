// Prints the fingerprints of the published program's marks and maps, one a line, and fails where two instruction sets differ: built with many
// compilers and flags, this program shows that they depend on none of these.
#include "pictures.hpp"

#include <support/simd_levels.hpp>

#include <cstdio>

int main() {
    auto const table = parity_fingerprints::table();
    for (auto const level : all_levels()) {
        hallmark::detail::simd::forced_level const force(level);
        if (parity_fingerprints::table() != table) {
            std::fprintf(stderr, "level %d makes other bytes\n", static_cast<int>(level));
            return 1;
        }
    }
    for (auto const& row : table) {
        std::printf("%s %s\n", row.name.c_str(), row.sha256.c_str());
    }
}
