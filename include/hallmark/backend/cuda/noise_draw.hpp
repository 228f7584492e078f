// Part of the CUDA backend: what a device is told about the noise of one picture, drawn on the host, a few numbers each.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/field_noise.hpp>
#include <hallmark/noise/fractal.hpp>
#include <hallmark/noise/grid.hpp>
#include <hallmark/noise/lattice.hpp>
#include <hallmark/noise/perlin.hpp>
#include <hallmark/noise/sign_noise.hpp>
#include <hallmark/noise/sine_map.hpp>
#include <hallmark/noise/sine_sign_noise.hpp>
#include <hallmark/noise/uniform.hpp>
#include <hallmark/random/stream.hpp>

#include <cstdint>
#include <type_traits>

namespace hallmark::inline v0 {

namespace detail::device {

/// The place of pixel i on a lattice with cells of `period` pixels, as `fill` has it: rounded down to 2^-16 of a cell, modulo the lattice.
[[nodiscard]] HALLMARK_HD constexpr auto place_of_pixel(std::uint64_t i, std::uint32_t period) noexcept -> lattice_coordinate {
    return static_cast<lattice_coordinate>((i << 16) / period);
}

/// One picture's fractal sum of a field.
template <octave_field Field>
struct octaves_draw {
    Field         base;
    std::uint32_t period, octaves;

    [[nodiscard]] HALLMARK_HD constexpr auto sample(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample {
        return fractal<Field>::checked(base, octaves)(x, y);
    }
};
/// Perlin noise has a way of its own through a picture (plane.hpp), from its lattice.
template <>
struct octaves_draw<perlin> {
    keyed_lattice lattice;
    std::uint32_t period, octaves;
};

// A draw says what becomes of the samples: `needs_range`, whether that depends on the least and greatest of the whole picture; `map(range)`, whose
// `sign(sample)` is ±1 where `signs`, and whose `wave(sample)` is in [-1, 1] otherwise.

/// The sign of one picture's sine-mapped fractal noise.
template <octave_field Field>
struct sine_sign_draw : octaves_draw<Field> {
    static constexpr bool needs_range = true, signs = true;

    std::uint32_t half_cycles;

    [[nodiscard]] HALLMARK_HD constexpr auto map(noise_range range) const noexcept -> sine_map { return {half_cycles, range}; }
};
/// The wave itself.
template <octave_field Field>
struct sine_draw : octaves_draw<Field> {
    static constexpr bool needs_range = true, signs = false;

    std::uint32_t half_cycles;

    [[nodiscard]] HALLMARK_HD constexpr auto map(noise_range range) const noexcept -> sine_map { return {half_cycles, range}; }
};
/// The sum as it is.
template <octave_field Field>
struct field_draw : octaves_draw<Field> {
    static constexpr bool needs_range = false, signs = false;
    struct as_it_is {
        [[nodiscard]] HALLMARK_HD constexpr auto wave(noise_sample n) const noexcept -> noise_sample { return n; }
    };

    [[nodiscard]] HALLMARK_HD constexpr auto map(noise_range) const noexcept -> as_it_is { return {}; }
};

/// One picture's coin flips.
struct uniform_sign_draw {
    static constexpr bool          needs_range = false, signs = true;
    static constexpr std::uint32_t period = 1;
    struct sign_of_sample {
        [[nodiscard]] HALLMARK_HD constexpr auto sign(noise_sample n) const noexcept -> noise_sample { return n < 0 ? -noise_one : noise_one; }
    };

    keyed_lattice lattice;

    [[nodiscard]] HALLMARK_HD constexpr auto sample(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample {
        return uniform_noise(lattice)(x, y);
    }
    [[nodiscard]] HALLMARK_HD constexpr auto map(noise_range) const noexcept -> sign_of_sample { return {}; }
};

/// The fractal sum of what was drawn, and of the lattice that is drawn next.
template <octave_field Field, class Make>
[[nodiscard]] auto octaves_of(Make const& make, octave_draws const& drawn, stream& draws) -> octaves_draw<Field> {
    require_period(drawn.period);
    auto const l = keyed_lattice::draw(draws);
    if constexpr (std::is_same_v<Field, perlin>) {
        return {l, drawn.period, drawn.octaves};
    } else {
        return {make(l), drawn.period, drawn.octaves};
    }
}

/// Draws what `noise.fill(draws, …)` draws, in its order, refuses what it refuses, and computes nothing.
template <octave_field Field, class Make>
[[nodiscard]] auto draw_noise(sine_sign_noise<Field, Make> const& noise, stream& draws) -> sine_sign_draw<Field> {
    auto const drawn = draw_waves(draws, noise.period, noise.octaves, noise.half_cycles, "hallmark::mark_plan");
    require_half_cycles(drawn.half_cycles, "hallmark::mark_plan");
    return {octaves_of<Field>(noise.make, {drawn.period, drawn.octaves}, draws), drawn.half_cycles};
}
template <octave_field Field, class Make>
[[nodiscard]] auto draw_noise(sine_noise<Field, Make> const& noise, stream& draws) -> sine_draw<Field> {
    auto const drawn = noise.draw(draws);
    require_half_cycles(drawn.half_cycles, "hallmark::sine_noise");
    return {octaves_of<Field>(noise.make, {drawn.period, drawn.octaves}, draws), drawn.half_cycles};
}
template <octave_field Field, class Make>
[[nodiscard]] auto draw_noise(field_noise<Field, Make> const& noise, stream& draws) -> field_draw<Field> {
    auto const drawn = noise.draw(draws);
    return {octaves_of<Field>(noise.make, drawn, draws)};
}
[[nodiscard]] inline auto draw_noise(perlin_sign_noise const& noise, stream& draws) -> sine_sign_draw<perlin> {
    return draw_noise(sine_sign_noise<perlin>{noise.period, noise.octaves, noise.half_cycles}, draws);
}
[[nodiscard]] inline auto draw_noise(uniform_sign_noise const&, stream& draws) -> uniform_sign_draw { return {keyed_lattice::draw(draws)}; }

}  // namespace detail::device
}  // namespace hallmark::inline v0
