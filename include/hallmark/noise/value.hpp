// Value noise: a random height at every lattice point, and a smooth surface through them.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/fixed.hpp>
#include <hallmark/noise/lanes_grid.hpp>
#include <hallmark/noise/lattice.hpp>

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

/// Heights are uniform over [-1, 1) in steps of 2^-15 and are met exactly at lattice points; between them the
/// surface follows the fade of Perlin 2002. Blockier than gradient noise: its spectrum reaches down to 0.
/// Range: [-1, 1). Cost: four hashes a cell, one interpolation a pixel. Source: Lewis 1989; Ebert et al. 2003.
class value_noise {
public:
    value_noise() = default;
    HALLMARK_HD explicit constexpr value_noise(keyed_lattice lattice) noexcept : lattice_(lattice) {}

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample {
        return between(edge(x >> 16, y), edge((x >> 16) + 1, y), x);
    }

    /// One row: the two edges of a cell are computed once for all pixels in it.
    HALLMARK_HD constexpr void row(lattice_coordinate const* xs, std::size_t count, lattice_coordinate y, noise_sample* out) const noexcept {
        for (std::size_t i = 0; i < count;) {
            auto const cell = xs[i] >> 16;
            auto const left = edge(cell, y), right = edge(cell + 1, y);
            for (; i < count && xs[i] >> 16 == cell; ++i) {
                out[i] = between(left, right, xs[i]);
            }
        }
    }

    /// The same for one number, or a vector of places `x`, and one `y` or a vector.
    template <class U, class Y, class I>
    HALLMARK_HD HALLMARK_INLINE constexpr void at(U const& x, Y const& y, I& out) const noexcept {
        U const cell = x >> 16;
        Y const line = y >> 16;
        U       upper{}, lower{}, right{};
        Y       fade{};
        I       left_edge{}, right_edge{};
        detail::quintic_fade(Y((y & 0xffffu) >> 2), fade);
        auto const down = (typename detail::lanes_of<Y>::i)fade;
        lattice_.line(cell, line, upper);
        lattice_.line(cell, Y(line + 1u), lower);
        left_edge = ((I)upper >> 16) + (((((I)lower >> 16) - ((I)upper >> 16)) * down) >> detail::q14_bits);
        lattice_.line(U(cell + 1u), line, upper);
        lattice_.line(U(cell + 1u), Y(line + 1u), lower);
        right_edge = ((I)upper >> 16) + (((((I)lower >> 16) - ((I)upper >> 16)) * down) >> detail::q14_bits);
        detail::quintic_fade(U((x & 0xffffu) >> 2), right);
        out = (left_edge + (((right_edge - left_edge) * (I)right) >> detail::q14_bits)) * (1 << 15);
    }
    auto grid(noise_grid const& g) const -> noise_range {
        bool const narrow = detail::simd::current() == detail::simd::level::baseline;  // four hashes for four pixels: rows are faster
        return narrow ? detail::plain_grid(*this, g) : detail::lanes_grid(*this, g);
    }

    [[nodiscard]] HALLMARK_HD constexpr auto octave(std::uint32_t o) const noexcept -> value_noise { return value_noise(lattice_.octave(o)); }

    friend constexpr auto operator==(value_noise const&, value_noise const&) -> bool = default;

private:
    HALLMARK_HD constexpr auto height(std::uint32_t cx, std::uint32_t cy) const noexcept -> std::int32_t {
        return static_cast<std::int32_t>(lattice_(cx & 0xffffu, cy & 0xffffu)) >> 16;  // Q.15
    }
    // The surface at row y on the vertical line through a column of lattice points.
    HALLMARK_HD constexpr auto edge(std::uint32_t cx, lattice_coordinate y) const noexcept -> std::int32_t {
        return detail::lerp14(height(cx, y >> 16), height(cx, (y >> 16) + 1), detail::quintic_fade(detail::cell_fraction(y)));
    }
    HALLMARK_HD static constexpr auto between(std::int32_t left, std::int32_t right, lattice_coordinate x) noexcept -> noise_sample {
        return detail::lerp14(left, right, detail::quintic_fade(detail::cell_fraction(x))) * (1 << 15);
    }

    keyed_lattice lattice_{};
};
static_assert(row_noise_field<value_noise> && grid_noise_field<value_noise>);

}  // namespace hallmark::inline v0
