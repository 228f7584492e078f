// Fractal noise of any field as a noise source, as it is or as its sine: samples between -1 and 1.
#pragma once

#include <hallmark/core/tensor.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/fractal.hpp>
#include <hallmark/noise/from_lattice.hpp>
#include <hallmark/noise/grid.hpp>
#include <hallmark/noise/lattice.hpp>
#include <hallmark/noise/perlin.hpp>
#include <hallmark/noise/sign_noise.hpp>
#include <hallmark/noise/sine_map.hpp>
#include <hallmark/random/stream.hpp>

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

/// A fractal sum as it is, in [-1, 1]; few samples of most fields come near the ends, so that an epsilon is a bound and not the noise's height. Draws the
/// period (pixels), the octaves and a lattice. `make` makes the field of the lattice, as in `sine_sign_noise`. On a device it is drawn on the host and computed
/// there (docs/cuda.md). Cost: as `fractal`.
template <octave_field Field, makes_field<Field> Make = from_lattice<Field>>
struct field_noise {
    whole_range period{30, 59};
    whole_range octaves{1, 4};
    Make        make{};

    void fill(stream& draws, tensor_view<noise_sample> plane) const {
        auto const [p, o] = draw(draws);
        hallmark::fill(fractal<Field>(make(keyed_lattice::draw(draws)), o), p, plane);
    }
    /// What comes before the lattice.
    [[nodiscard]] auto draw(stream& draws) const -> detail::octave_draws { return detail::draw_octaves(draws, period, octaves, "hallmark::field_noise"); }
};

/// The wave of which `sine_sign_noise` is the sign, in [-1, 1]: the sine of the fractal sum. The same draws in the same order. Cost: as `fractal`, and one
/// pass.
template <octave_field Field, makes_field<Field> Make = from_lattice<Field>>
struct sine_noise {
    whole_range period{30, 59};
    whole_range octaves{1, 4};
    whole_range half_cycles{20, 59};
    Make        make{};

    void fill(stream& draws, tensor_view<noise_sample> plane) const {
        auto const [p, o, f] = draw(draws);
        auto const field     = fractal<Field>(make(keyed_lattice::draw(draws)), o);
        detail::require_grid(p, plane);
        detail::require_half_cycles(f, "hallmark::sine_noise");
        if (plane.size() != 0) {
            auto const map = sine_map(f, detail::fill_and_range(field, p, plane));
            detail::for_each_row(plane, [&](noise_sample* samples, std::size_t count) { map.waves(samples, count); });
        }
    }
    /// What comes before the lattice.
    [[nodiscard]] auto draw(stream& draws) const -> detail::wave_draws {
        return detail::draw_waves(draws, period, octaves, half_cycles, "hallmark::sine_noise");
    }
};
static_assert(noise_source<field_noise<perlin>> && noise_source<sine_noise<perlin>>);

}  // namespace hallmark::inline v0
