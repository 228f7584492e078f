#include <hallmark/core/executor.hpp>
#include <hallmark/core/image_batch.hpp>
#include <hallmark/mark/image_marker.hpp>
#include <hallmark/mark/marker.hpp>
#include <hallmark/mark/recipe_marker.hpp>
#include <hallmark/noise/grid.hpp>
#include <hallmark/noise/simplex.hpp>

#include "fingerprint/batches.hpp"

#include <doctest/doctest.h>
#include <support/simd_levels.hpp>

#include <cstdint>
#include <utility>
#include <vector>

using namespace hallmark;
using fingerprints::key;
using fingerprints::pictures;

namespace {
/// The same bytes from a recipe and from the marker that was written out in C++: 8-bit and float, colour and grey, of odd sizes.
template <class Marker>
void check_same(mark_recipe const& r, Marker const& expected) {
    auto const m     = recipe_marker(key(), r);
    auto const check = [&](auto const& batch) {
        CHECK(m(batch, "ada").elements() == expected(batch, "ada").elements());
        CHECK(m(batch, "ada", {.version = 3, .first_sample = 9}).elements() == expected(batch, "ada", {.version = 3, .first_sample = 9}).elements());
    };
    check(pictures<std::uint8_t>(3, 3, 17, 23));
    check(pictures<std::uint8_t>(2, 1, 9, 8));
    check(pictures<float>(2, 3, 17, 23));
    check(pictures<float>(1, 1, 8, 11));
    CHECK(m.recipe() == r);
    CHECK(m.design() == r.design);
    CHECK(m.key().commitment() == key().commitment());
}
auto other_pictures() -> std::vector<picture_pattern> {
    auto const batch = pictures<std::uint8_t>(3, 3, 5, 7);
    return {picture_pattern(batch.view(), 0), picture_pattern(batch.view(), 1), picture_pattern(batch.view(), 2)};
}
}  // namespace

TEST_CASE("a recipe of the default kind is marked by marker, to the byte") {
    check_same({}, marker(key()));
    mark_parameters p{0.55, 0.1, 7, {3, 11}, {1, 16}, {1, 65535}, key_design::independent};
    check_same(to_recipe(p), marker(key(), p));
}

// What marker makes by rows and what the recipe's own parts make pixel by pixel is one mark.
TEST_CASE("the parts of the default recipe make the default mark") {
    mark_recipe const r;
    auto const parts = image_marker(key(), detail::chosen_patterns(r.pattern), detail::chosen_noise(r.noise), detail::chosen_blends(r), r.epsilon, r.design);
    check_same(r, parts);
}

TEST_CASE("every pattern is the library's") {
    mark_recipe r;
    auto const  with_convex = [&](auto const& source) { check_same(r, basic_marker(key(), source, perlin_sign_noise{}, convex(0.7), r.epsilon, r.design)); };

    auto const diagonal = colour_bands{5, {{0, 0, 0}, {255, 255, 255}, {200, 30, 30}}, orientation::diagonal, {}};
    r.pattern           = diagonal;
    with_convex(diagonal);

    auto const board = colour_boards{3, 5, published_palette(), {0.5, 20}};
    r.pattern        = board;
    with_convex(board);

    r.design  = key_design::independent;
    r.pattern = noise_patterns{field_kind::simplex, 5, {20, 20, 80}, {230, 240, 255}, {}};
    with_convex(field_patterns<simplex>{5, {20, 20, 80}, {230, 240, 255}, {}});
    r.pattern = noise_patterns{};
    with_convex(field_patterns<perlin>{});
    r.pattern = noise_patterns{field_kind::value};
    with_convex(field_patterns<value_noise>{});
    r.pattern = noise_patterns{field_kind::cellular};
    with_convex(field_patterns<cellular<>>{});
    r.pattern = noise_patterns{field_kind::uniform};
    with_convex(field_patterns<uniform_noise>{});

    auto const set = picture_set(other_pictures());
    r.pattern      = set;
    with_convex(set);
}

TEST_CASE("every blend is the library's") {
    mark_recipe r;
    auto const  with_pixels = [&](auto const& blend) { check_same(r, basic_marker(key(), colour_stripes{}, perlin_sign_noise{}, blend, r.epsilon, r.design)); };
    auto const  with_images = [&](auto const& blend) { check_same(r, image_marker(key(), colour_stripes{}, perlin_sign_noise{}, blend, r.epsilon, r.design)); };
    for (auto const in : {light::encoded, light::linear}) {
        r.blend = {blend_mode::multiply_layer, 0.6, in};
        with_pixels(multiply(0.4, in));
        r.blend.mode = blend_mode::screen_layer;
        with_pixels(screen(0.4, in));
        r.blend.mode = blend_mode::overlay_layer;
        with_pixels(overlay(0.4, in));
    }
    r.blend = {blend_mode::convex, 0.6, light::linear};
    with_pixels(cover(0.4, light::linear));
    r.blend = {blend_mode::additive, 0.6};
    with_pixels(additive(0.4));
    r.blend.budget = 8.0 / 255.0;
    with_pixels(bounded(additive(0.4), 8.0 / 255.0));
    r.within = frequency_band{1, 4};
    with_images(band_limited(bounded(additive(0.4), 8.0 / 255.0), 1, 4));

    r.blend  = {};
    r.within = kept_range{};
    with_images(range_preserving(convex(0.7)));
    r.within = l2_budget{2.5};
    with_images(l2_bounded(convex(0.7), 2.5));
    r.within = patches{4, 5};
    with_images(isotope(patches{4, 5}, 0.3));
    r.within = scattered_pixels{0.2};
    with_images(isotope(scattered_pixels{0.2}, 0.3));

    r.within  = whole_picture{};
    r.pattern = keyed_filters{5, 0.25};
    for (auto const most : {brightest::white, brightest::kept}) {
        r.blend = {blend_mode::convolution, 0.7, light::linear, 1.0, most};
        check_same(r, image_marker(key(), keyed_filters{5, 0.25}, perlin_sign_noise{}, convolution(most, light::linear), r.epsilon, r.design));
    }
}

namespace {
/// The sign of a sine of octaves of simplex noise, as a user would write it.
struct simplex_waves {
    void fill(stream& draws, tensor_view<noise_sample> plane) const {
        auto const p     = uniform_between(draws, 30, 59);
        auto const o     = uniform_between(draws, 1, 4);
        auto const f     = uniform_between(draws, 20, 59);
        auto const field = fractal(simplex(keyed_lattice::draw(draws)), o);
        hallmark::fill(field, p, plane);
        apply_sine_sign(f, plane);
    }
};
}  // namespace

TEST_CASE("every noise is the library's") {
    mark_recipe r;
    r.noise.field = field_kind::uniform;
    check_same(r, basic_marker(key(), colour_stripes{}, uniform_sign_noise{}, convex(0.7), r.epsilon, r.design));
    r.noise.field = field_kind::simplex;
    check_same(r, basic_marker(key(), colour_stripes{}, simplex_waves{}, convex(0.7), r.epsilon, r.design));
}

// Sums of octaves are made a picture at a time, by whatever the fields know; small cells and many octaves wrap around the lattice.
TEST_CASE("a field that is chosen by name is the field, in octaves and at every level") {
    auto const lattice = keyed_lattice(7, 11);
    auto const check   = [&](field_kind kind, auto const& field) {
        auto const named = detail::named_field(kind, lattice);
        CHECK(named(70000, 300) == field(70000, 300));
        CHECK(named.octave(2)(70000, 300) == field.octave(2)(70000, 300));
        for (auto const level : all_levels()) {
            detail::simd::forced_level const force(level);
            for (std::uint32_t const period : {1u, 3u, 37u}) {
                for (std::uint32_t const octaves : {1u, 4u, 16u}) {
                    std::vector<noise_sample> made(19 * 41), expected(19 * 41);
                    auto const                range = detail::fill_and_range(fractal(named, octaves), period, nchw(made.data(), 1, 1, 19, 41));
                    {
                        detail::simd::forced_level const scalar(detail::simd::level::scalar);
                        fill(fractal(field, octaves), period, nchw(expected.data(), 1, 1, 19, 41));
                    }
                    CHECK(made == expected);
                    CHECK(range == range_of(nchw(static_cast<noise_sample const*>(expected.data()), 1, 1, 19, 41)));
                }
            }
        }
    };
    check(field_kind::perlin, perlin(lattice));
    check(field_kind::simplex, simplex(lattice));
    check(field_kind::value, value_noise(lattice));
    check(field_kind::cellular, cellular<>(lattice));
    check(field_kind::gabor, make_gabor(lattice, {}));
    check(field_kind::uniform, uniform_noise(lattice));
}

TEST_CASE("in place, into another batch, and with threads it is the same mark") {
    mark_recipe r;
    r.pattern        = colour_boards{};
    r.noise          = {field_kind::gabor};
    r.within         = kept_range{};
    auto const m     = recipe_marker(key(), r);
    auto const batch = pictures<std::uint8_t>(7, 3, 17, 23);
    auto const once  = m(batch, 5);
    auto       place = batch, other = batch;
    m.in_place(place, 5);
    m.into(other, batch, 5, {}, threads(3));
    CHECK(std::as_const(place).elements() == once.elements());
    CHECK(std::as_const(other).elements() == once.elements());
    CHECK(m(batch, 5, {.version = 1}).elements() != once.elements());
}

TEST_CASE("what a caller can get wrong") {
    mark_recipe r;
    r.epsilon = 2;
    CHECK_THROWS_WITH_AS(recipe_marker(key(), r), "hallmark::mark_recipe: epsilon is 2; allowed is 0 to 1", error);
    r.epsilon = 0;
    r.pattern = picture_set::known_as("abc");
    CHECK_THROWS_WITH_AS(recipe_marker(key(), r),
                         "hallmark::picture_set: the pictures themselves are not there, only their digest; give those that were marked with", error);
}
