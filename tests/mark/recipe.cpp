#include <hallmark/mark/recipe.hpp>

#include <doctest/doctest.h>

#include <limits>

using namespace hallmark;

namespace {
template <class F>
auto with(F change) -> mark_recipe {
    mark_recipe r;
    change(r);
    return r;
}
}  // namespace

TEST_CASE("the default recipe is the default mark; parameters come back from a recipe") {
    CHECK(to_recipe({}) == mark_recipe{});
    CHECK(to_parameters(mark_recipe{}) == mark_parameters{});
    mark_parameters const p{0.6, 0.1, 7, {3, 5}, {2, 2}, {1, 9}, key_design::independent};
    CHECK(to_parameters(to_recipe(p)) == p);
    auto r    = to_recipe(p);
    r.pattern = colour_bands{.count = 4097};
    CHECK(!to_parameters(r));
}

// One that was taken for the default mark would be marked as the default mark.
TEST_CASE("every recipe that the parameters of marker cannot say has none") {
    CHECK(!to_parameters(with([](mark_recipe& r) { r.pattern = colour_bands{.palette = {{1, 2, 3}}}; })));
    CHECK(!to_parameters(with([](mark_recipe& r) { r.pattern = colour_bands{.lie = orientation::vertical}; })));
    CHECK(!to_parameters(with([](mark_recipe& r) { r.pattern = colour_bands{.soft = {}}; })));
    CHECK(!to_parameters(with([](mark_recipe& r) { r.pattern = colour_boards{}; })));
    CHECK(!to_parameters(with([](mark_recipe& r) { r.noise.field = field_kind::simplex; })));
    CHECK(!to_parameters(with([](mark_recipe& r) { r.blend.mode = blend_mode::screen_layer; })));
    CHECK(!to_parameters(with([](mark_recipe& r) { r.blend.in = light::linear; })));
    CHECK(!to_parameters(with([](mark_recipe& r) { r.blend.budget = 0.5; })));
    CHECK(!to_parameters(with([](mark_recipe& r) { r.within = kept_range{}; })));
}

TEST_CASE("names") {
    CHECK(name_of(field_kind::perlin) == "perlin");
    CHECK(name_of(field_kind::uniform) == "uniform");
    CHECK(name_of(blend_mode::convex) == "convex");
    CHECK(name_of(blend_mode::convolution) == "convolution");
}

TEST_CASE("what a caller can get wrong") {
    auto const check = [](auto change, char const* sentence) { CHECK_THROWS_WITH_AS(validate(with(change)), sentence, error); };
    CHECK_NOTHROW(validate(mark_recipe{}));
    CHECK_NOTHROW(validate(with([](mark_recipe& r) { r.pattern = picture_set::known_as("later"); })));
    check([](mark_recipe& r) { r.epsilon = 8; }, "hallmark::mark_recipe: epsilon is 8; allowed is 0 to 1");
    check([](mark_recipe& r) { r.blend.ratio = std::numeric_limits<double>::quiet_NaN(); }, "hallmark::mark_recipe: ratio is nan; allowed is 0 to 1");
    check([](mark_recipe& r) { r.blend.budget = -1; }, "hallmark::mark_recipe: budget is -1; allowed is 0 to 1");
    check([](mark_recipe& r) { r.noise.period = {0, 5}; }, "hallmark::mark_recipe: period is 0 to 5; allowed is a range within 1 to 65535");
    check([](mark_recipe& r) { r.noise.octaves = {2, 17}; }, "hallmark::mark_recipe: octaves is 2 to 17; allowed is a range within 1 to 16");
    check([](mark_recipe& r) { r.noise.half_cycles = {5, 4}; }, "hallmark::mark_recipe: half_cycles is 5 to 4; allowed is a range within 1 to 65535");
    check([](mark_recipe& r) { r.noise.field = static_cast<field_kind>(6); },
          "hallmark::mark_recipe: the noise's field is number 6; allowed is perlin, simplex, value, cellular, gabor or uniform");
    check([](mark_recipe& r) { r.pattern = noise_patterns{.field = static_cast<field_kind>(7)}; },
          "hallmark::mark_recipe: the pattern's field is number 7; allowed is perlin, simplex, value, cellular, gabor or uniform");
    check([](mark_recipe& r) { r.blend.mode = static_cast<blend_mode>(6); },
          "hallmark::mark_recipe: the blend's mode is number 6; allowed is convex, multiply, screen, overlay, additive or convolution");
    check([](mark_recipe& r) { r.blend.in = static_cast<light>(2); }, "hallmark::mark_recipe: the blend's light is number 2; allowed is encoded or linear");
    check([](mark_recipe& r) { r.blend.greatest = static_cast<brightest>(2); },
          "hallmark::mark_recipe: the convolution's greatest is number 2; allowed is white or kept");
    check([](mark_recipe& r) { r.design = static_cast<key_design>(2); }, "hallmark::mark_recipe: design is number 2; allowed is shared or independent");

    // The parts have sentences of their own.
    check([](mark_recipe& r) { r.pattern = colour_bands{.count = 0}; }, "hallmark::colour_bands: count is 0; allowed is 1 to 65536");
    check([](mark_recipe& r) { r.pattern = colour_boards{.rows = 0}; },
          "hallmark::colour_boards: the board has 0 x 8 fields; allowed is 1 to 4096 rows and columns");
    check([](mark_recipe& r) { r.pattern = noise_patterns{.cells = 0}; }, "hallmark::noise_patterns: cells is 0; allowed is 1 to 65535");
    check([](mark_recipe& r) { r.pattern = keyed_filters{.size = 2}, r.blend.mode = blend_mode::convolution; },
          "hallmark::keyed_filters: size is 2; allowed is an odd number from 1 to 15");
    check([](mark_recipe& r) { r.within = l2_budget{-1}; }, "hallmark::l2_bounded: budget is -1; allowed is 0 to 65535");
    check([](mark_recipe& r) { r.within = frequency_band{3, 2}; }, "hallmark::band_limited: the band is 3 to 2; allowed is a range within 0 to 14");
    check([](mark_recipe& r) { r.within = patches{0, 3}; }, "hallmark::patch: the patch has 0 x 3 pixels; allowed is 1 or more rows and columns");
    check([](mark_recipe& r) { r.within = scattered_pixels{2}; }, "hallmark::scattered: density is 2; allowed is 0 to 1");

    char const* const filters = "hallmark::mark_recipe: a convolution needs keyed filters as its pattern, and no other blend takes them";
    check([](mark_recipe& r) { r.blend.mode = blend_mode::convolution; }, filters);
    check([](mark_recipe& r) { r.pattern = keyed_filters{}; }, filters);
    auto const convolution = [](auto more) {
        return [more](mark_recipe& r) {
            r.pattern    = keyed_filters{};
            r.blend.mode = blend_mode::convolution;
            more(r);
        };
    };
    char const* const whole = "hallmark::mark_recipe: a convolution changes whole pictures; it has no budget, range, band or mask";
    CHECK_NOTHROW(validate(with(convolution([](mark_recipe& r) { r.blend.in = light::linear; }))));
    check(convolution([](mark_recipe& r) { r.blend.budget = 0.1; }), whole);
    check(convolution([](mark_recipe& r) { r.within = patches{}; }), whole);
    check([](mark_recipe& r) { r.blend.mode = blend_mode::additive, r.blend.in = light::linear; },
          "hallmark::mark_recipe: the additive blend adds encoded values; linear light is for layers and convolutions");
    check(
        [](mark_recipe& r) {
            r.within = frequency_band{1, 4}, r.blend.in = light::linear;
        },
        "hallmark::mark_recipe: a band of frequencies is one of encoded values; linear light has none");
    check([](mark_recipe& r) { r.within = kept_range{}, r.blend.budget = 0.1; },
          "hallmark::mark_recipe: a range that is kept stretches the picture after the budget, which would not be kept");
}
