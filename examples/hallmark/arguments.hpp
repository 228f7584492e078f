// What is checked of a command line whatever the subcommand, and what is said about one that cannot be read.
#pragma once

#include "cli.hpp"

#include <string>

namespace cli {

/// The subcommand that was meant, and its name.
struct used_command {
    CLI::App const* app;
    std::string     name = "hallmark";

    explicit used_command(CLI::App const& whole) : app(&whole) {
        while (!app->get_subcommands().empty()) {
            app = app->get_subcommands().front();
            name += " " + app->get_name();
        }
    }
};

/// What was wrong, with what is allowed.
[[nodiscard]] auto mistake(CLI::ParseError const& e, used_command const& used) -> std::string;

/// Before the arguments are parsed: `--out= --json` and `--out --json` would take an option for a value, as they stand there where a shell variable is not set.
void refuse_options_as_values(CLI::App& whole, int argc, char const* const* argv);

/// CLI11 reads an empty value as 0, and a file without a name looks like an option that was not given: `--y "$file"` with a variable that is not set.
void refuse_empty_values(CLI::App const& app);

/// A file to write that is one of those to read, by whatever name, or a picture in a folder to read.
void refuse_overwriting_inputs(CLI::App const& app);

}  // namespace cli
