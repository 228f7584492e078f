// The fingerprints of batches that `marker` marked, beside ../fingerprints.txt.
#include "batches.hpp"

#include <support/fingerprint_program.hpp>

int main(int argc, char** argv) {
    return fingerprints::run(argc, argv, [](auto const& executor) { return fingerprints::table(executor); });
}
