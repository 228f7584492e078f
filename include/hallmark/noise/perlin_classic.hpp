// Classic gradient noise on a keyed lattice (Perlin 1985): gradients in every direction, and the cubic fade.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/noise/cells_grid.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/fixed.hpp>
#include <hallmark/noise/lattice.hpp>

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

namespace detail {
/// For cells_grid.hpp.
struct perlin_classic_cells : line_cells<true, 92600> {
    keyed_lattice lattice;

    HALLMARK_HD explicit constexpr perlin_classic_cells(keyed_lattice l) noexcept : lattice(l) {}
    template <class U, class Int>
    HALLMARK_HD HALLMARK_INLINE constexpr void of(U const& cell, lattice_coordinate y, Int* n) const noexcept {
        auto const fy = cell_fraction(y), v = cubic_fade(fy);
        for (std::uint32_t right = 0; right < 2; ++right) {
            U   top{}, low{};
            Int top_x{}, low_x{}, top_y{}, low_y{};
            lattice.line(U(cell + right), y >> 16, top);
            lattice.line(U(cell + right), (y >> 16) + 1u, low);
            cosine14(U(top & 0xffff0000u), top_x);
            cosine14(U(low & 0xffff0000u), low_x);
            cosine14(U((top & 0xffff0000u) - 0x40000000u), top_y);
            cosine14(U((low & 0xffff0000u) - 0x40000000u), low_y);
            lerp14(top_x, low_x, v, n[2 * right]);
            lerp14(Int((top_y * fy) >> 14), Int((low_y * (fy - q14_one)) >> 14), v, n[2 * right + 1]);
        }
    }
};
}  // namespace detail

/// Unit gradients in 65,536 directions and the fade 3t² - 2t³, whose second derivative jumps at the edges of cells; times √2, so that [-1, 1] is
/// the range. More even in its directions than `perlin`, less smooth. Within 2^-10 of the real formula. Cost: four hashes
/// and four sines a cell, O(1) a pixel.
class perlin_classic {
public:
    perlin_classic() = default;
    HALLMARK_HD explicit constexpr perlin_classic(keyed_lattice lattice) noexcept : lattice_(lattice) {}

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample {
        noise_sample out = 0;
        row(&x, 1, y, &out);
        return out;
    }
    /// One row: the two edges of a cell are computed once for all pixels in it.
    HALLMARK_HD constexpr void row(lattice_coordinate const* xs, std::size_t count, lattice_coordinate y, noise_sample* out) const noexcept {
        detail::cells_row(detail::perlin_classic_cells(lattice_), xs, count, y, out);
    }

    auto grid(noise_grid const& g) const -> noise_range { return detail::cells_grid(detail::perlin_classic_cells(lattice_), *this, g); }

    [[nodiscard]] HALLMARK_HD constexpr auto octave(std::uint32_t o) const noexcept -> perlin_classic { return perlin_classic(lattice_.octave(o)); }

    friend constexpr auto operator==(perlin_classic const&, perlin_classic const&) -> bool = default;

private:
    keyed_lattice lattice_{};
};
static_assert(row_noise_field<perlin_classic> && grid_noise_field<perlin_classic>);

}  // namespace hallmark::inline v0
