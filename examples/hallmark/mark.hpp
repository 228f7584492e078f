// hallmark mark, in parts: its options, the folders it works on, and what it can do with them.
#pragma once

#include "cli.hpp"
#include "recipe.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cli {

struct mark_command {
    CLI::App*      app = nullptr;
    std::string    folder, key, user, out, order, preview;
    int            quality = 0;
    recipe_options recipe;
    std::string    schedule = "keyed", saved_from = "float64";
    unsigned       thread_count = 0;
};

/// The folder of originals, where the marked pictures go, and the names of the pictures in it, sorted bytewise.
struct mark_folders {
    std::filesystem::path    from, to;
    std::vector<std::string> names;
};
/// Refuses folders where something could be lost, and pictures that would be marked under one name.
[[nodiscard]] auto folders_of(mark_command const& o) -> mark_folders;

/// The names of the pictures in a folder and below, at least one.
[[nodiscard]] auto pictures_in(std::string const& folder) -> std::vector<std::string>;

/// Removes what a run that was killed in the middle of a write left behind; what belongs to a running program stays.
void remove_leftovers(std::filesystem::path const& out);

/// A file's bytes, or nothing where there is no such file.
[[nodiscard]] auto read_if_there(std::filesystem::path const& file) -> std::optional<std::vector<std::byte>>;
/// Not flushed: if the machine dies, the next run finds what is missing.
void write_picture(std::filesystem::path const& file, std::vector<std::byte> const& bytes);

/// A manifest is JSON, so what goes into it must be UTF-8.
void require_utf8(std::string const& text, char const* what);
/// Refuses a --user that cannot be one.
void require_user(mark_command const& o);

// One source file each.
[[nodiscard]] auto mark_keyed(mark_command const& o) -> answer;
[[nodiscard]] auto mark_parity(mark_command const& o) -> answer;
[[nodiscard]] auto mark_preview(mark_command const& o) -> answer;

}  // namespace cli
