// How a field is made of a lattice that a key drew: what sources of noise and of patterns are told.
#pragma once

#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/lattice.hpp>

#include <concepts>

namespace hallmark::inline v0 {

/// A callable that makes a `Field` of a lattice: `from_lattice`, `gabor_from_lattice`, or a lambda that composes fields.
template <class Make, class Field>
concept makes_field = noise_field<Field> && requires(Make const& make, keyed_lattice lattice) {
    { make(lattice) } -> std::same_as<Field>;
};

/// A field that its lattice alone decides.
template <noise_field Field>
    requires std::constructible_from<Field, keyed_lattice>
struct from_lattice {
    [[nodiscard]] auto operator()(keyed_lattice lattice) const -> Field { return Field(lattice); }
};

}  // namespace hallmark::inline v0
