// What fractal sums and warps ask of a field, in the plane or in space: unrelated copies of itself; and rows of their sums.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/noise/concept.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0::detail {

/// `f.octave(o)`: the same kind of field, unrelated for each o. Fields forward it to their lattice.
template <class F>
concept has_octaves = std::regular<F> && requires(F const f, std::uint32_t o) {
    { f.octave(o) }
    noexcept->std::same_as<F>;
};

/// A row of Σ_o part(octave o of `base` at place(·, o), o): in blocks, each octave by the field's own rows.
template <class Field, class Place, class Part>
HALLMARK_HD constexpr void row_of_octaves(Field const& base, std::uint32_t octaves, lattice_coordinate const* xs, std::size_t count, lattice_coordinate y,
                                          noise_sample* out, Place place, Part part) noexcept {
    constexpr std::size_t block = 64;  // small enough for the stack of a kernel
    lattice_coordinate    at[block];
    noise_sample          one[block];
    for (std::size_t first = 0; first < count; first += block) {
        auto const n = count - first < block ? count - first : block;
        for (std::size_t i = 0; i < n; ++i) {
            out[first + i] = 0;
        }
        for (std::uint32_t o = 0; o < octaves; ++o) {
            for (std::size_t i = 0; i < n; ++i) {
                at[i] = place(xs[first + i], o);
            }
            base.octave(o).row(at, n, place(y, o), one);
            for (std::size_t i = 0; i < n; ++i) {
                out[first + i] += part(one[i], o);
            }
        }
    }
}

}  // namespace hallmark::inline v0::detail
