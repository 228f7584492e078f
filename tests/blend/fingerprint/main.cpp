// The fingerprints of marks of every pattern, noise and blend, beside ../fingerprints.txt.
#include "recipes.hpp"

#include <support/fingerprint_program.hpp>

int main(int argc, char** argv) {
    return fingerprints::run(argc, argv, [](auto const& executor) { return fingerprints::recipe_table(executor); });
}
