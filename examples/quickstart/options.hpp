// What the user of quickstart can choose.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace quickstart {

struct options {
    std::string   data;                      ///< a folder or a .tar.gz; empty: pictures made on the spot
    std::string   out   = "quickstart-out";  ///< where report.html and result.json go
    std::uint64_t seed  = 5;                 ///< decides every random choice, the demo key included; 1 to 7 were tried and all hold the claim
    std::size_t   size  = 32;                ///< rows and columns that every picture is brought to
    bool          quick = false;             ///< fewer withheld keys and null sets

    std::size_t users           = 10;
    std::size_t per_user        = 20;    ///< marked pictures of each user, all of one class
    std::size_t training_set    = 1000;  ///< pictures a network is trained on, the users' included
    std::size_t epochs          = 40;
    std::size_t withheld        = 499;   ///< B: marks of the counterfactual audit that were not published
    std::size_t nulls_per_class = 500;   ///< null sets of the population audit
    double      level           = 0.05;  ///< false discovery rate over the users, for both audits
};

/// Reads the command line. On `--help` prints and ends the program; throws std::invalid_argument with one sentence
/// on anything it does not understand.
[[nodiscard]] auto read_options(int argc, char const* const* argv) -> options;

}  // namespace quickstart
