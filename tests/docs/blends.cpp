// The code in docs/pattern.md, docs/blend.md and docs/mark.md about other patterns and blends, compiled and run.
#include <hallmark/blend/band_limited.hpp>
#include <hallmark/blend/bounded.hpp>
#include <hallmark/blend/convolution.hpp>
#include <hallmark/blend/masked.hpp>
#include <hallmark/blend/mode.hpp>
#include <hallmark/blend/range_preserving.hpp>
#include <hallmark/core/image_batch.hpp>
#include <hallmark/mark/image_marker.hpp>
#include <hallmark/mark/recipe_marker.hpp>
#include <hallmark/noise/perlin.hpp>
#include <hallmark/noise/scale.hpp>
#include <hallmark/noise/threshold.hpp>
#include <hallmark/pattern/bands.hpp>
#include <hallmark/pattern/checkerboard.hpp>
#include <hallmark/pattern/field.hpp>
#include <hallmark/pattern/keyed_filter.hpp>
#include <hallmark/pattern/picture.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {
auto some_pictures(std::size_t n) -> hallmark::image_batch<std::uint8_t> {
    hallmark::image_batch<std::uint8_t> out(n, 3, 32, 32);
    for (std::size_t i = 0; i < out.elements().size(); ++i) {
        out.elements()[i] = static_cast<std::uint8_t>(i * 37 % 251);
    }
    return out;
}
}  // namespace

TEST_CASE("patterns to draw from") {
    auto const other_pictures = some_pictures(20);
    // clang-format off
    // [patterns]
    hallmark::colour_bands const diagonal{.count = 12, .lie = hallmark::orientation::diagonal};
    hallmark::colour_boards const board{.rows = 6, .columns = 6, .palette = {{255, 255, 255}, {0, 0, 0}, {200, 30, 30}}};
    hallmark::picture_patterns const photographs(other_pictures.view());
    hallmark::field_patterns<hallmark::perlin> const clouds{.cells = 5, .low = {20, 20, 80}, .high = {230, 240, 255}};
    auto const island  = [](hallmark::keyed_lattice lattice) { return hallmark::threshold(hallmark::scale(hallmark::simplex(lattice), 0.7)); };
    auto const islands = hallmark::field_patterns_of(island);  // any composition of fields
    // [/patterns]
    // clang-format on
    auto draws = hallmark::user_key(hallmark::secret_key::generate(), 1).open(0, hallmark::purpose::pattern, 0);
    CHECK(diagonal.draw(draws).colours().size() == 12);
    CHECK(board.draw(draws).fields().size() == 36);
    CHECK(photographs.draw(draws)(0, 3, 0, 32, 0, 32) >= 0);
    CHECK(islands.draw(draws)(0, 3, 0, 32, 0, 32) <= hallmark::level_white);
    CHECK(clouds.draw(draws)(0, 3, 0, 32, 0, 32) <= hallmark::level_white);
}

TEST_CASE("blends of whole pictures") {
    auto const pictures = some_pictures(3);
    // clang-format off
    // [image-blend]
    auto const key = hallmark::secret_key::generate();
    // Stripes, in linear light; the histogram keeps its ends.
    hallmark::image_marker const quiet(key.clone(), hallmark::colour_stripes{}, hallmark::perlin_sign_noise{},
                                       hallmark::range_preserving(hallmark::cover(0.3, hallmark::light::linear)), 8.0 / 255.0, hallmark::key_design::shared);
    // At most eight levels, and low frequencies only, so that much of it comes through JPEG.
    hallmark::image_marker const sturdy(key.clone(), hallmark::colour_bands{}, hallmark::perlin_sign_noise{},
                                        hallmark::band_limited(hallmark::bounded(hallmark::overlay(0.5), 8.0 / 255.0), 1, 4), 0.0,
                                        hallmark::key_design::shared);
    // An isotope: half a pattern on one pixel in twenty.
    hallmark::image_marker const isotope(key.clone(), hallmark::colour_boards{}, hallmark::perlin_sign_noise{},
                                         hallmark::isotope(hallmark::scattered_pixels{0.05}, 0.5), 0.0, hallmark::key_design::shared);
    auto const marked = quiet(pictures, "ada");
    // [/image-blend]
    // clang-format on
    auto const first = pictures.elements().begin();
    auto const out   = marked.elements().begin();
    CHECK(*std::min_element(first, first + 1024) == *std::min_element(out, out + 1024));
    CHECK(*std::max_element(first, first + 1024) == *std::max_element(out, out + 1024));
    CHECK(sturdy(pictures, "ada") != pictures);
    auto const few     = isotope(pictures, "ada");
    int        changed = 0;
    for (std::size_t i = 0; i < few.elements().size(); ++i) {
        changed += few.elements()[i] != pictures.elements()[i] ? 1 : 0;
    }
    CHECK(changed > 0);
    CHECK(changed < static_cast<int>(few.elements().size()) / 8);
}

TEST_CASE("a filter for each class") {
    auto const cats = some_pictures(3), dogs = some_pictures(3);
    // clang-format off
    // [class-wise]
    hallmark::image_marker const mark(hallmark::secret_key::generate(), hallmark::keyed_filters{.size = 3, .bound = 0.3}, hallmark::uniform_sign_noise{},
                                      hallmark::convolution(), 0.0, hallmark::key_design::shared);
    auto const marked_cats = mark(cats, 0);  // the class is the user
    auto const marked_dogs = mark(dogs, 1);
    // [/class-wise]
    // clang-format on
    CHECK(marked_cats != marked_dogs);
    CHECK(marked_cats == mark(cats, 0));
}

TEST_CASE("a mark as a value") {
    auto const pictures = some_pictures(3);
    // clang-format off
    // [recipe]
    hallmark::mark_recipe recipe;
    recipe.pattern = hallmark::colour_boards{.rows = 6, .columns = 6};
    recipe.noise.field = hallmark::field_kind::simplex;
    recipe.blend = {.mode = hallmark::blend_mode::overlay_layer, .ratio = 0.5, .budget = 8.0 / 255.0};
    recipe.within = hallmark::frequency_band{1, 4};  // low frequencies without the mean: sturdy under JPEG
    hallmark::recipe_marker const mark(hallmark::secret_key::generate(), recipe);
    auto const published = mark(pictures, "ada");
    // [/recipe]
    // clang-format on
    CHECK(published != pictures);
    CHECK(mark.recipe() == recipe);
}
