// Part of the CUDA backend: what a device is told about the noise of one picture, drawn on the host, a few numbers each.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/fractal.hpp>
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

/// One picture's sine-mapped fractal noise.
template <octave_field Field>
struct sine_sign_draw {
    static constexpr bool needs_range = true;

    Field         base;
    std::uint32_t period, octaves, half_cycles;

    /// Of a lattice place, before the sine.
    [[nodiscard]] HALLMARK_HD constexpr auto sample(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample {
        return fractal<Field>::checked(base, octaves)(x, y);
    }
    /// Whose `sign(sample)` is ±1, when the range of the whole picture is known.
    [[nodiscard]] HALLMARK_HD constexpr auto map(noise_range range) const noexcept -> sine_map { return {half_cycles, range}; }
};

/// Perlin noise has a way of its own through a picture (plane.hpp), from its lattice.
template <>
struct sine_sign_draw<perlin> {
    static constexpr bool needs_range = true;

    keyed_lattice lattice;
    std::uint32_t period, octaves, half_cycles;

    [[nodiscard]] HALLMARK_HD constexpr auto map(noise_range range) const noexcept -> sine_map { return {half_cycles, range}; }
};

/// One picture's coin flips.
struct uniform_sign_draw {
    static constexpr bool          needs_range = false;
    static constexpr std::uint32_t period      = 1;
    struct sign_of_sample {
        [[nodiscard]] HALLMARK_HD constexpr auto sign(noise_sample n) const noexcept -> noise_sample { return n < 0 ? -noise_one : noise_one; }
    };

    keyed_lattice lattice;

    [[nodiscard]] HALLMARK_HD constexpr auto sample(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample {
        return uniform_noise(lattice)(x, y);
    }
    [[nodiscard]] HALLMARK_HD constexpr auto map(noise_range) const noexcept -> sign_of_sample { return {}; }
};

/// Draws what `noise.fill(draws, …)` draws, in its order, and computes nothing.
template <octave_field Field, class Make>
[[nodiscard]] auto draw_noise(sine_sign_noise<Field, Make> const& noise, stream& draws) -> sine_sign_draw<Field> {
    auto const [p, o, f] = draw_waves(draws, noise.period, noise.octaves, noise.half_cycles, "hallmark::mark_plan");
    auto const l         = keyed_lattice::draw(draws);
    if constexpr (std::is_same_v<Field, perlin>) {
        return {l, p, o, f};
    } else {
        return {noise.make(l), p, o, f};
    }
}
[[nodiscard]] inline auto draw_noise(perlin_sign_noise const& noise, stream& draws) -> sine_sign_draw<perlin> {
    return draw_noise(sine_sign_noise<perlin>{noise.period, noise.octaves, noise.half_cycles}, draws);
}
[[nodiscard]] inline auto draw_noise(uniform_sign_noise const&, stream& draws) -> uniform_sign_draw { return {keyed_lattice::draw(draws)}; }

}  // namespace detail::device
}  // namespace hallmark::inline v0
