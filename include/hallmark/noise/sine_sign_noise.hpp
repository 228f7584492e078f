// The sign of sine-mapped fractal noise of any field, as a noise source.
#pragma once

#include <hallmark/core/tensor.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/fractal.hpp>
#include <hallmark/noise/from_lattice.hpp>
#include <hallmark/noise/gabor.hpp>
#include <hallmark/noise/grid.hpp>
#include <hallmark/noise/lattice.hpp>
#include <hallmark/noise/perlin.hpp>
#include <hallmark/noise/sign_noise.hpp>
#include <hallmark/noise/sine_map.hpp>
#include <hallmark/random/stream.hpp>

#include <cstddef>

namespace hallmark::inline v0 {

/// `perlin_sign_noise` with any field that has octaves: the sign of its sine-mapped fractal sum. Same draws in the same order, so that
/// with `perlin` it is the same noise. `make` makes the field of a lattice that was drawn: a composed field is one, too. On a device it is drawn on the
/// host and computed there (docs/cuda.md).
template <octave_field Field, makes_field<Field> Make = from_lattice<Field>>
struct sine_sign_noise {
    whole_range period{30, 59};
    whole_range octaves{1, 4};
    whole_range half_cycles{20, 59};
    Make        make{};

    void fill(stream& draws, tensor_view<noise_sample> plane) const {
        auto const [p, o, f] = detail::draw_waves(draws, period, octaves, half_cycles, "hallmark::sine_sign_noise");
        auto const field     = fractal<Field>(make(keyed_lattice::draw(draws)), o);
        detail::require_grid(p, plane);
        detail::require_half_cycles(f, "hallmark::sine_sign_noise");
        if (plane.size() != 0) {  // the range is found while the field is filled
            auto const map = sine_map(f, detail::fill_and_range(field, p, plane));
            detail::for_each_row(plane, [&](noise_sample* samples, std::size_t count) { map.signs(samples, count); });
        }
    }
};
/// The same with Gabor noise.
using gabor_sign_noise = sine_sign_noise<gabor, gabor_from_lattice>;
static_assert(noise_source<sine_sign_noise<perlin>> && noise_source<gabor_sign_noise>);

}  // namespace hallmark::inline v0
