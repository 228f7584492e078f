// Classic gradient noise on a keyed lattice (Perlin 1985): gradients in every direction, and the cubic fade.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/fixed.hpp>
#include <hallmark/noise/lattice.hpp>

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

/// Unit gradients in 65,536 directions and the fade 3t² - 2t³, whose second derivative jumps at the edges of cells; times √2, so that [-1, 1] is
/// the range. More even in its directions than `perlin`, less smooth. Within 2^-10 of the real formula. Cost: four hashes
/// and four sines a cell, O(1) a pixel.
class perlin_classic {
public:
    perlin_classic() = default;
    HALLMARK_HD explicit constexpr perlin_classic(keyed_lattice lattice) noexcept : lattice_(lattice) {}

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample {
        return between(edge(x >> 16, y), edge((x >> 16) + 1, y), detail::cell_fraction(x));
    }
    /// One row: the two edges of a cell are computed once for all pixels in it.
    HALLMARK_HD constexpr void row(lattice_coordinate const* xs, std::size_t count, lattice_coordinate y, noise_sample* out) const noexcept {
        for (std::size_t i = 0; i < count;) {
            auto const cell = xs[i] >> 16;
            auto const left = edge(cell, y), right = edge(cell + 1, y);
            for (; i < count && xs[i] >> 16 == cell; ++i) {
                out[i] = between(left, right, detail::cell_fraction(xs[i]));
            }
        }
    }

    [[nodiscard]] HALLMARK_HD constexpr auto octave(std::uint32_t o) const noexcept -> perlin_classic { return perlin_classic(lattice_.octave(o)); }

    friend constexpr auto operator==(perlin_classic const&, perlin_classic const&) -> bool = default;

private:
    // What the two lattice points of an edge contribute in one row: slope · dx + offset, both Q.14.
    struct line {
        std::int32_t slope, offset;
    };
    HALLMARK_HD constexpr auto edge(std::uint32_t cx, lattice_coordinate y) const noexcept -> line {
        auto const fy   = detail::cell_fraction(y);
        auto const v    = detail::cubic_fade(fy);
        auto const turn = [&](std::uint32_t below) { return lattice_(cx & 0xffffu, ((y >> 16) + below) & 0xffffu) & 0xffff0000u; };
        auto const top = turn(0), low = turn(1);
        return {detail::lerp14(detail::cosine14(top), detail::cosine14(low), v),
                detail::lerp14((detail::sine14(top) * fy) >> 14, (detail::sine14(low) * (fy - detail::q14_one)) >> 14, v)};
    }
    HALLMARK_HD static constexpr auto between(line left, line right, std::int32_t t) noexcept -> noise_sample {
        auto const n =
            detail::lerp14(((left.slope * t) >> 14) + left.offset, ((right.slope * (t - detail::q14_one)) >> 14) + right.offset, detail::cubic_fade(t));
        return n * 92600;  // √2 · 2^16 is 92682; the rest is room for rounding
    }

    keyed_lattice lattice_{};
};
static_assert(row_noise_field<perlin_classic>);

}  // namespace hallmark::inline v0
