// Internal to mark/recipe_marker.hpp: the parts of a recipe as the pattern source, the noise source and the image blend that a marker takes.
#pragma once

#include <hallmark/blend/additive.hpp>
#include <hallmark/blend/band_limited.hpp>
#include <hallmark/blend/bounded.hpp>
#include <hallmark/blend/convex.hpp>
#include <hallmark/blend/convolution.hpp>
#include <hallmark/blend/image_blend.hpp>
#include <hallmark/blend/l2_bounded.hpp>
#include <hallmark/blend/masked.hpp>
#include <hallmark/blend/mode.hpp>
#include <hallmark/blend/range_preserving.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/mark/recipe.hpp>
#include <hallmark/noise/cellular.hpp>
#include <hallmark/noise/fractal.hpp>
#include <hallmark/noise/gabor.hpp>
#include <hallmark/noise/grid.hpp>
#include <hallmark/noise/perlin.hpp>
#include <hallmark/noise/sign_noise.hpp>
#include <hallmark/noise/simplex.hpp>
#include <hallmark/noise/sine_map.hpp>
#include <hallmark/noise/uniform.hpp>
#include <hallmark/noise/value.hpp>
#include <hallmark/pattern/field.hpp>
#include <hallmark/random/uniform.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

// One type for all patterns, one for all fields, one for all blends of pixels: a choice at every pixel costs a few nanoseconds, and every combination as a type
// of its own would be thousands of them to compile.
namespace hallmark::inline v0::detail {

/// A field that is chosen by name.
class named_field {
public:
    named_field() = default;
    named_field(field_kind kind, keyed_lattice lattice) {
        switch (kind) {
            case field_kind::perlin:
                held_ = perlin(lattice);
                break;
            case field_kind::simplex:
                held_ = simplex(lattice);
                break;
            case field_kind::value:
                held_ = value_noise(lattice);
                break;
            case field_kind::cellular:
                held_ = cellular<>(lattice);
                break;
            case field_kind::gabor:
                held_ = make_gabor(lattice, {});
                break;
            case field_kind::uniform:
                held_ = uniform_noise(lattice);
                break;
        }
    }

    auto operator()(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample {
        return std::visit([&](auto const& f) noexcept { return f(x, y); }, held_);
    }
    [[nodiscard]] auto octave(std::uint32_t o) const noexcept -> named_field {
        return std::visit([&](auto const& f) noexcept { return named_field(held(f.octave(o))); }, held_);
    }
    /// Each octave by the fastest way that the field has.
    auto grid_of_octaves(std::uint32_t count, noise_grid const& g) const -> noise_range {
        return std::visit([&](auto const& f) { return sum_of_octaves(f, count, g); }, held_);
    }

    friend auto operator==(named_field const&, named_field const&) -> bool = default;

private:
    using held = std::variant<perlin, simplex, value_noise, cellular<>, gabor, uniform_noise>;
    explicit named_field(held f) : held_(std::move(f)) {}

    template <class F>
    static auto sum_of_octaves(F const& field, std::uint32_t count, noise_grid const& g) -> noise_range {
        std::vector<lattice_coordinate> xs(g.width), ys(g.height);
        std::vector<noise_sample>       one(g.width * g.height), sum(g.width * g.height);
        for (std::uint32_t o = 0; o < count; ++o) {
            for (std::size_t w = 0; w < g.width; ++w) {
                xs[w] = g.xs[w] << o;
            }
            for (std::size_t h = 0; h < g.height; ++h) {
                ys[h] = g.ys[h] << o;
            }
            auto const of_octave = noise_grid{xs.data(), g.width, ys.data(), g.height, one.data(), static_cast<std::ptrdiff_t>(g.width)};
            if constexpr (grid_noise_field<F>) {
                field.octave(o).grid(of_octave);
            } else {
                plain_grid(field.octave(o), of_octave);
            }
            for (std::size_t i = 0; i < sum.size(); ++i) {
                sum[i] += one[i] >> (o + 1);
            }
        }
        for (std::size_t h = 0; h < g.height; ++h) {
            for (std::size_t w = 0; w < g.width; ++w) {
                g.out[static_cast<std::ptrdiff_t>(h) * g.stride + static_cast<std::ptrdiff_t>(w)] = sum[h * g.width + w];
            }
        }
        auto range = noise_range{sum[0], sum[0]};
        widen_range(sum.data(), sum.size(), range);
        return range;
    }

    held held_{};
};
static_assert(octave_field<named_field> && grid_octave_field<named_field>);

/// The noise of a recipe.
class chosen_noise {
public:
    explicit chosen_noise(recipe_noise const& n) : noise_(n) {}

    void fill(stream& draws, tensor_view<noise_sample> plane) const {
        if (noise_.field == field_kind::uniform) {
            uniform_sign_noise{}.fill(draws, plane);
        } else if (noise_.field == field_kind::perlin) {
            perlin_sign_noise{noise_.period, noise_.octaves, noise_.half_cycles}.fill(draws, plane);
        } else {
            auto const [p, o, f] = draw_waves(draws, noise_.period, noise_.octaves, noise_.half_cycles, "hallmark::recipe_marker");
            auto const field     = fractal(named_field(noise_.field, keyed_lattice::draw(draws)), o);
            if (plane.size() != 0) {
                auto const map = sine_map(f, fill_and_range(field, p, plane));
                for_each_row(plane, [&](noise_sample* samples, std::size_t count) { map.signs(samples, count); });
            }
        }
    }

private:
    recipe_noise noise_;
};
static_assert(noise_source<chosen_noise>);

/// One drawn pattern of any kind.
class chosen_pattern {
public:
    template <pattern P>
    explicit chosen_pattern(P drawn) : held_(std::move(drawn)) {}

    auto operator()(std::size_t channel, std::size_t channels, std::size_t row, std::size_t height, std::size_t column, std::size_t width) const noexcept
        -> level {
        return std::visit([&](auto const& p) noexcept { return p(channel, channels, row, height, column, width); }, held_);
    }
    /// Of a convolution's pattern.
    [[nodiscard]] auto filter() const -> keyed_filter const& { return std::get<keyed_filter>(held_); }

private:
    std::variant<bands, checkerboard, field_pattern<named_field>, picture_pattern, keyed_filter> held_;
};
static_assert(pattern<chosen_pattern>);

class chosen_patterns {
public:
    explicit chosen_patterns(decltype(mark_recipe::pattern) source) : source_(std::move(source)) {}

    [[nodiscard]] auto draw(stream& draws) const -> chosen_pattern {
        return std::visit(
            [&](auto const& s) {
                if constexpr (std::is_same_v<std::remove_cvref_t<decltype(s)>, noise_patterns>) {
                    return chosen_pattern(field_pattern<named_field>(named_field(s.field, keyed_lattice::draw(draws)), s.cells, s.low, s.high, s.soft));
                } else {
                    return chosen_pattern(s.draw(draws));
                }
            },
            source_);
    }

private:
    decltype(mark_recipe::pattern) source_;
};
static_assert(pattern_source<chosen_patterns>);

/// The blends of single pixels. The convex blend in linear light is a layer that covers.
class chosen_pixel_blend {
public:
    explicit chosen_pixel_blend(recipe_blend const& b) : held_(of(b)) {}

    auto operator()(std::uint8_t pixel, level delta, level behind) const noexcept -> std::uint8_t { return blended(pixel, delta, behind); }
    auto operator()(float pixel, level delta, level behind) const noexcept -> float { return blended(pixel, delta, behind); }

private:
    using held = std::variant<convex, cover, multiply, screen, overlay, additive>;

    static auto of(recipe_blend const& b) -> held {
        switch (b.mode) {
            case blend_mode::multiply_layer:
                return multiply(1.0 - b.ratio, b.in);
            case blend_mode::screen_layer:
                return screen(1.0 - b.ratio, b.in);
            case blend_mode::overlay_layer:
                return overlay(1.0 - b.ratio, b.in);
            case blend_mode::additive:
                return additive(1.0 - b.ratio);
            default:
                return b.in == light::linear ? held(cover(1.0 - b.ratio, b.in)) : held(convex(b.ratio));
        }
    }
    template <class Scalar>
    auto blended(Scalar pixel, level delta, level behind) const noexcept -> Scalar {
        return std::visit([&](auto const& b) noexcept { return b(pixel, delta, behind); }, held_);
    }

    held held_;
};
static_assert(blend<chosen_pixel_blend>);

/// The blend of whole pictures that a recipe asks for, drawn: a mask lies where it lies.
class chosen_image_blend {
public:
    template <class B>
    explicit chosen_image_blend(B drawn) : held_(std::move(drawn)) {}

    template <class Scalar>
    void operator()(tensor_view<Scalar> out, tensor_view<Scalar const> in, tensor_view<level const> delta, chosen_pattern const& behind) const {
        std::visit(
            [&](auto const& b) {
                if constexpr (std::is_same_v<std::remove_cvref_t<decltype(b)>, convolution>) {
                    b(out, in, delta, behind.filter());
                } else {
                    b(out, in, delta, behind);
                }
            },
            held_);
    }

private:
    using inner = bounded<chosen_pixel_blend>;
    std::variant<pixelwise<inner>, range_preserving<inner>, l2_bounded<inner>, band_limited<inner>, masked<patch, inner>, masked<scattered, inner>, convolution>
        held_;
};
static_assert(image_blend_with<chosen_image_blend, chosen_pattern>);

class chosen_blends {
public:
    explicit chosen_blends(mark_recipe const& r) : blend_(r.blend), within_(r.within) {}

    [[nodiscard]] auto draw(stream& draws) const -> chosen_image_blend {
        if (blend_.mode == blend_mode::convolution) {
            return chosen_image_blend(convolution(blend_.greatest, blend_.in));
        }
        auto const inner = bounded(chosen_pixel_blend(blend_), blend_.budget);
        return std::visit(
            [&](auto const& w) {
                using type = std::remove_cvref_t<decltype(w)>;
                if constexpr (std::is_same_v<type, whole_picture>) {
                    return chosen_image_blend(pixelwise(inner));
                } else if constexpr (std::is_same_v<type, kept_range>) {
                    return chosen_image_blend(range_preserving(inner));
                } else if constexpr (std::is_same_v<type, l2_budget>) {
                    return chosen_image_blend(l2_bounded(inner, w.budget));
                } else if constexpr (std::is_same_v<type, frequency_band>) {
                    return chosen_image_blend(band_limited(inner, w.first, w.last));
                } else {
                    return chosen_image_blend(masked(w.draw(draws), inner));
                }
            },
            within_);
    }

private:
    recipe_blend                  blend_;
    decltype(mark_recipe::within) within_;
};

}  // namespace hallmark::inline v0::detail
