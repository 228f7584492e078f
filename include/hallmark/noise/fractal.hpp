// Fractional Brownian motion: a field added to itself at twice the frequency and half the height, and so on.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/octaves.hpp>
#include <hallmark/noise/plain_grid.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

/// A field that can be asked for unrelated copies of itself, one per octave.
template <class F>
concept octave_field = noise_field<F> && requires(F const f, std::uint32_t o) {
    { f.octave(o) }
    noexcept->std::same_as<F>;
};

/// An octave field that knows a faster way to compute a picture of a sum of its octaves.
template <class F>
concept grid_octave_field = octave_field<F> && requires(F const f, std::uint32_t count, noise_grid const& g) {
    { f.grid_of_octaves(count, g) } -> std::same_as<noise_range>;
};

/// Octave o has lacunarity 2^o and gain 2^-(o+1), so the sum stays in [-1, 1] for any number of octaves in
/// [1, 16]. Cost: one evaluation of the field per octave.
template <octave_field Field>
class fractal {
public:
    fractal() = default;
    HALLMARK_HD constexpr fractal(Field base, std::uint32_t octaves) noexcept : base_(base), octaves_(octaves) {}

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample {
        noise_sample sum = 0;
        for (std::uint32_t o = 0; o < octaves_; ++o) {
            sum += base_.octave(o)(x << o, y << o) >> (o + 1);
        }
        return sum;
    }

    HALLMARK_HD constexpr void row(lattice_coordinate const* xs, std::size_t count, lattice_coordinate y,
                                   noise_sample* out) const noexcept requires row_noise_field<Field> {
        detail::row_of_octaves(
            base_, octaves_, xs, count, y, out, [](lattice_coordinate at, std::uint32_t o) noexcept { return at << o; },
            [](noise_sample n, std::uint32_t o) noexcept { return n >> (o + 1); });
    }

    auto grid(noise_grid const& g) const -> noise_range requires grid_octave_field<Field> {
        return detail::simd::current() == detail::simd::level::scalar ? detail::plain_grid(*this, g) : base_.grid_of_octaves(octaves_, g);
    }

    friend constexpr auto operator==(fractal const&, fractal const&) -> bool = default;

private:
    Field         base_{};
    std::uint32_t octaves_ = 1;
};

}  // namespace hallmark::inline v0
