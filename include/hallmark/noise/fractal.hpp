// Fractional Brownian motion: a field added to itself at twice the frequency and half the height, and so on.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/error.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/lanes_grid.hpp>
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
    /// Throws errc::out_of_domain for octaves outside of [1, 16].
    constexpr fractal(Field base, std::uint32_t octaves) : base_(base), octaves_(octaves) {
        detail::require(octaves >= 1 && octaves <= 16, errc::out_of_domain, "hallmark::fractal: octaves is ", octaves, "; allowed is 1 to 16");
    }
    /// Of octaves that were checked, also on a device, which cannot throw.
    [[nodiscard]] HALLMARK_HD static constexpr auto checked(Field base, std::uint32_t octaves) noexcept -> fractal {
        fractal out;
        out.base_    = base;
        out.octaves_ = octaves;
        return out;
    }

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample {
        noise_sample sum = 0;
        for (std::uint32_t o = 0; o < octaves_; ++o) {
            noise_sample v{};
            part{}(base_.octave(o)(x << o, y << o), o, v);
            sum += v;
        }
        return sum;
    }

    HALLMARK_HD constexpr void row(lattice_coordinate const* xs, std::size_t count, lattice_coordinate y,
                                   noise_sample* out) const noexcept requires row_noise_field<Field> {
        detail::row_of_octaves(base_, octaves_, xs, count, y, out, place{}, part{});
    }

    /// The same for one number, or a vector of places `x`, and one `y` or a vector.
    template <class U, class Y, class Int>
    requires detail::lanes_field<Field> HALLMARK_HD HALLMARK_INLINE constexpr void at(U const& x, Y const& y, Int& out) const noexcept {
        Int sum{};
        for (std::uint32_t o = 0; o < octaves_; ++o) {
            Int n{}, v{};
            base_.octave(o).at(U(x << o), Y(y << o), n);
            part{}(n, o, v);
            sum += v;
        }
        out = sum;
    }

    auto grid(noise_grid const& g) const -> noise_range {
        if (detail::simd::current() == detail::simd::level::scalar) {
            return detail::plain_grid(*this, g);
        }
        if constexpr (grid_octave_field<Field>) {
            return base_.grid_of_octaves(octaves_, g);
        } else {
            return detail::grid_of_octaves(
                octaves_, g, [this](std::uint32_t o, noise_grid const& one) { detail::any_grid(base_.octave(o), one); }, place{}, part{});
        }
    }

    friend constexpr auto operator==(fractal const&, fractal const&) -> bool = default;

private:
    // Where octave o is asked, and what it adds to the sum: numbers, or vectors.
    struct place {
        HALLMARK_HD constexpr auto operator()(lattice_coordinate at, std::uint32_t o) const noexcept -> lattice_coordinate { return at << o; }
    };
    struct part {
        template <class Int>
        HALLMARK_HD HALLMARK_INLINE constexpr void operator()(Int const& n, std::uint32_t o, Int& out) const noexcept {
            out = n >> static_cast<int>(o + 1);
        }
    };

    Field         base_{};
    std::uint32_t octaves_ = 1;
};

}  // namespace hallmark::inline v0
