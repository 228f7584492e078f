// What fractal sums and warps ask of a field, in the plane or in space: unrelated copies of itself.
#pragma once

#include <concepts>
#include <cstdint>

namespace hallmark::inline v0::detail {

/// `f.octave(o)`: the same kind of field, unrelated for each o. Fields forward it to their lattice.
template <class F>
concept has_octaves = std::regular<F> && requires(F const f, std::uint32_t o) {
    { f.octave(o) }
    noexcept->std::same_as<F>;
};

}  // namespace hallmark::inline v0::detail
