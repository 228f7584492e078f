// Marks of every pattern, noise and blend, whose bytes are pinned: by a test, and by a program that is built with many compilers and flags.
#pragma once

#include <hallmark/mark/recipe_marker.hpp>
#include <mark/fingerprint/batches.hpp>
#include <support/fingerprint.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace fingerprints {

struct named_recipe {
    std::string           name;
    hallmark::mark_recipe recipe;
};

/// Each has one part that the others have not.
inline auto recipes() -> std::vector<named_recipe> {
    using namespace hallmark;
    std::vector<named_recipe> out;
    auto const                add = [&](std::string name, auto change) {
        mark_recipe r;
        change(r);
        out.push_back({std::move(name), std::move(r)});
    };
    auto const pattern = [&](std::string const& name, auto const& p) { add(name, [&](mark_recipe& r) { r.pattern = p; }); };
    auto const blend   = [&](std::string const& name, recipe_blend const& b) { add(name, [&](mark_recipe& r) { r.blend = b; }); };
    auto const within  = [&](std::string const& name, auto const& w) { add(name, [&](mark_recipe& r) { r.within = w; }); };

    pattern("stripes-vertical", colour_bands{.count = 5, .lie = orientation::vertical});
    pattern("stripes-diagonal", colour_bands{7, {{0, 0, 0}, {255, 255, 255}, {200, 30, 31}}, orientation::diagonal, {0.3, 17.7}});
    pattern("checkerboard", colour_boards{3, 5, published_palette(), {}});
    auto const others = pictures<std::uint8_t>(3, 3, 5, 9);
    pattern("pictures", picture_set({picture_pattern(others.view(), 0), picture_pattern(others.view(), 1), picture_pattern(others.view(), 2)}));
    for (auto const field : {field_kind::perlin, field_kind::simplex, field_kind::value, field_kind::cellular, field_kind::gabor, field_kind::uniform}) {
        pattern(std::string("pattern-") + std::string(name_of(field)), noise_patterns{field, 5, {20, 20, 80}, {230, 240, 255}, {0.9, 3}});
        if (field != field_kind::perlin) {
            add(std::string("noise-") + std::string(name_of(field)), [&](mark_recipe& r) { r.noise.field = field; });
        }
    }
    add("noise-octaves", [](mark_recipe& r) { r.noise = {field_kind::simplex, {1, 3}, {1, 16}, {1, 65535}}; });
    for (auto const in : {light::encoded, light::linear}) {
        std::string const where = in == light::encoded ? "encoded" : "linear";
        blend("multiply-" + where, {blend_mode::multiply_layer, 0.45, in});
        blend("screen-" + where, {blend_mode::screen_layer, 0.45, in});
        blend("overlay-" + where, {blend_mode::overlay_layer, 0.45, in});
        for (auto const most : {brightest::white, brightest::kept}) {
            add("convolution-" + where + (most == brightest::white ? "-white" : "-kept"), [&](mark_recipe& r) {
                r.pattern = keyed_filters{5, 0.3};
                r.blend   = {blend_mode::convolution, 0.7, in, 1.0, most};
            });
        }
    }
    blend("convex-linear", {blend_mode::convex, 0.7, light::linear});
    blend("additive", {blend_mode::additive, 0.7});
    blend("linf", {blend_mode::convex, 0.7, light::encoded, 8.5 / 255.0});
    blend("linf-additive", {blend_mode::additive, 0.3, light::encoded, 0.04});
    within("range", kept_range{});
    within("l2", l2_budget{1.7});
    within("band-low", frequency_band{1, 4});
    within("band-high", frequency_band{5, 14});
    within("patch", patches{4, 7});
    within("pixels", scattered_pixels{0.2});
    add("many-parts", [](mark_recipe& r) {
        r.pattern = colour_boards{6, 6, published_palette(), {0.5, 60}};
        r.noise   = {field_kind::gabor, {7, 9}, {2, 3}, {3, 30}};
        r.epsilon = 0.05;
        r.blend   = {blend_mode::overlay_layer, 0.5, light::encoded, 0.1};
        r.within  = frequency_band{0, 7};
        r.design  = key_design::independent;
    });
    return out;
}

template <class Scalar, class Executor>
void add_recipes(std::vector<row>& table, std::string const& scalar, Executor const& executor) {
    for (auto const& r : recipes()) {
        auto const          mark = hallmark::recipe_marker(key(), r.recipe);
        std::vector<Scalar> all;
        auto const          add = [&](hallmark::image_batch<Scalar> const& batch) {
            auto const marked = mark(batch, "ada", {.version = 2, .first_sample = 7}, executor);
            all.insert(all.end(), marked.elements().begin(), marked.elements().end());
        };
        add(pictures<Scalar>(2, 3, 17, 23));
        add(pictures<Scalar>(1, 3, 1, 1));
        add(pictures<Scalar>(2, 1, 40, 33));
        table.push_back({scalar + "-" + r.name, fingerprint(std::span<Scalar const>(all))});
    }
}

template <class Executor = hallmark::sequential>
auto recipe_table(Executor const& executor = {}) -> std::vector<row> {
    std::vector<row> out;
    add_recipes<std::uint8_t>(out, "u8", executor);
    add_recipes<float>(out, "float", executor);
    return out;
}

}  // namespace fingerprints
