// Gradient noise on a keyed lattice (Perlin 1985, with the fade of Perlin 2002), in fixed point.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/fixed.hpp>
#include <hallmark/noise/gradient.hpp>
#include <hallmark/noise/lattice.hpp>
#include <hallmark/noise/perlin_grid.hpp>
#include <hallmark/noise/plain_grid.hpp>

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

/// Smooth noise, 0 at every lattice point. Eight gradients: the four diagonals (±1, ±1) and the four axes.
///
/// A sample is within 2^-12 of the real formula. Range: [-1, 1], reached only in the middle of a cell whose four
/// gradients point there. Pictures, and sums of octaves, are computed by noise/perlin_grid.hpp.
class perlin {
public:
    perlin() = default;
    HALLMARK_HD explicit constexpr perlin(keyed_lattice lattice) noexcept : lattice_(lattice) {}

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample {
        return point(cell(x >> 16, y >> 16), ends(x), ends(y));
    }

    /// One row: the corners of a cell are hashed once for all pixels in it.
    HALLMARK_HD constexpr void row(lattice_coordinate const* xs, std::size_t count, lattice_coordinate y, noise_sample* out) const noexcept {
        for (std::size_t i = 0; i < count;) {
            auto const column = xs[i] >> 16;
            auto const around = cell(column, y >> 16);
            for (; i < count && xs[i] >> 16 == column; ++i) {
                out[i] = point(around, ends(xs[i]), ends(y));
            }
        }
    }

    /// The same for one number, or a vector of places `x`, and one `y` or a vector.
    template <class U, class Y, class Int>
    HALLMARK_HD HALLMARK_INLINE constexpr void at(U const& x, Y const& y, Int& out) const noexcept {
        detail::gradient_noise::ends<U> column{};
        detail::gradient_noise::ends<Y> line{};
        detail::gradient_noise::ends_at(U(x & 0xffffu), column);
        detail::gradient_noise::ends_at(Y(y & 0xffffu), line);
        U const left = x >> 16, right = left + 1u;
        Y const top = y >> 16, low = top + 1u;
        U       first{}, second{};
        Int     top_a{}, top_b{}, low_a{}, low_b{};
        lattice_.line(left, top, first);
        lattice_.line(right, top, second);
        detail::gradient_noise::line_at(column, first, second, top_a, top_b);
        lattice_.line(left, low, first);
        lattice_.line(right, low, second);
        detail::gradient_noise::line_at(column, first, second, low_a, low_b);
        using V = typename detail::lanes_of<Y>::i;
        out     = 2 * (top_a * (V)line.near_weight + top_b * (V)line.near_slope + low_a * (V)line.far_weight - low_b * (V)line.far_slope);
    }

    /// A picture, by the fastest way this machine has.
    auto grid(noise_grid const& g) const -> noise_range {
        return detail::simd::current() == detail::simd::level::scalar ? detail::plain_grid(*this, g) : detail::perlin_grid(lattice_, 1, 1, g);
    }
    /// The same for the sum of `count` octaves (noise/fractal.hpp). Only where there are vectors.
    auto grid_of_octaves(std::uint32_t count, noise_grid const& g) const -> noise_range { return detail::perlin_grid(lattice_, count, 0, g); }

    [[nodiscard]] HALLMARK_HD constexpr auto octave(std::uint32_t o) const noexcept -> perlin { return perlin(lattice_.octave(o)); }

    friend constexpr auto operator==(perlin const&, perlin const&) -> bool = default;

private:
    using place = detail::gradient_noise::ends<std::uint32_t>;
    struct corners {
        std::uint32_t hash[4];  // top left, top right, bottom left, bottom right
    };

    HALLMARK_HD static constexpr auto ends(lattice_coordinate x) noexcept -> place {
        place out{};
        detail::gradient_noise::ends_at(x & 0xffffu, out);
        return out;
    }
    HALLMARK_HD constexpr auto cell(std::uint32_t cx, std::uint32_t cy) const noexcept -> corners {
        return {{lattice_(cx, cy), lattice_(cx + 1, cy), lattice_(cx, cy + 1), lattice_(cx + 1, cy + 1)}};
    }
    HALLMARK_HD static constexpr auto point(corners const& c, place const& column, place const& row) noexcept -> noise_sample {
        std::int32_t top_a{}, top_b{}, low_a{}, low_b{};
        detail::gradient_noise::line_at(column, c.hash[0], c.hash[1], top_a, top_b);
        detail::gradient_noise::line_at(column, c.hash[2], c.hash[3], low_a, low_b);
        auto const number = [](std::uint32_t v) { return static_cast<std::int32_t>(v); };
        return 2 * (top_a * number(row.near_weight) + top_b * number(row.near_slope) + low_a * number(row.far_weight) - low_b * number(row.far_slope));
    }

    keyed_lattice lattice_{};
};
static_assert(row_noise_field<perlin> && grid_noise_field<perlin>);

}  // namespace hallmark::inline v0
