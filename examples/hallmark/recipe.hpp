// What a mark is made of, as the command line says it.
#pragma once

#include "cli.hpp"

#include <hallmark/mark/recipe.hpp>

#include <cstdint>
#include <initializer_list>
#include <string>

namespace cli {

/// The options of every subcommand that marks. Texts hold what is read later: fractions, ranges, extents, colours.
struct recipe_options {
    std::string   pattern = "stripes", orientation = "horizontal", board = "8x8", palette, softening = "1/8,128", pictures;
    std::string   noise = "perlin", period = "30-59", octaves = "1-4", half_cycles = "20-59", epsilon = "8/255";
    std::string   blend = "convex", ratio = "0.7", light = "encoded", filter_bound = "0.3", brightest = "white";
    std::string   linf, l2, band, patch, pixels, design = "shared";
    std::uint32_t stripes = 16, cells = 8, filter_size = 3;
    bool          keep_range = false;
};
/// Adds them, but for --ratio, --epsilon and --design, in a group of their own in --help.
void add_recipe_options(CLI::App& app, recipe_options& o);
/// --ratio and --epsilon, which --schedule parity has too, and --design.
void add_common_recipe_options(CLI::App& app, recipe_options& o);
/// Refuses every option of `add_recipe_options`.
void forbid_recipe(CLI::App const& app, std::string const& why);

/// The recipe that was asked for. Refuses options that have no part in it, and what cannot go together.
[[nodiscard]] auto recipe_of(CLI::App const& app, recipe_options const& o) -> hallmark::mark_recipe;

/// "0.03" or "8/255".
[[nodiscard]] auto number_or_fraction(std::string const& text, char const* option) -> double;

}  // namespace cli
