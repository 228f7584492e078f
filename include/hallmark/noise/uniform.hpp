// Noise without any smoothness: an independent uniform sample for each lattice cell.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/lanes_grid.hpp>
#include <hallmark/noise/lattice.hpp>

#include <cstdint>

namespace hallmark::inline v0 {

/// Constant inside a cell; uniform over [-1, 1) in steps of 2^-30 across cells. With one cell per pixel this
/// is white noise.
class uniform_noise {
public:
    uniform_noise() = default;
    HALLMARK_HD explicit constexpr uniform_noise(keyed_lattice lattice) noexcept : lattice_(lattice) {}

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample {
        return static_cast<noise_sample>(lattice_(x >> 16, y >> 16)) >> 1;
    }
    /// The same for one number, or a vector of places `x`, and one `y` or a vector.
    template <class U, class Y, class Int>
    HALLMARK_HD HALLMARK_INLINE constexpr void at(U const& x, Y const& y, Int& out) const noexcept {
        U hash{};
        lattice_.line(U(x >> 16), Y(y >> 16), hash);
        out = (Int)hash >> 1;
    }
    auto grid(noise_grid const& g) const -> noise_range { return detail::lanes_grid(*this, g); }

    [[nodiscard]] HALLMARK_HD constexpr auto octave(std::uint32_t o) const noexcept -> uniform_noise { return uniform_noise(lattice_.octave(o)); }

    friend constexpr auto operator==(uniform_noise const&, uniform_noise const&) -> bool = default;

private:
    keyed_lattice lattice_{};
};
static_assert(grid_noise_field<uniform_noise>);

}  // namespace hallmark::inline v0
