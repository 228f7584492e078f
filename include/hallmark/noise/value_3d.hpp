// Value noise in space: a random height at every lattice point, and smooth values between them.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/noise/fixed.hpp>
#include <hallmark/noise/lattice.hpp>
#include <hallmark/noise/volume.hpp>
#include <hallmark/noise/volume_lattice.hpp>

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

/// As `value_noise`, with eight corners. Range: [-1, 1). Cost: eight hashes a cell, one interpolation an element. Source: Lewis 1989.
class value_3d {
public:
    value_3d() = default;
    HALLMARK_HD explicit constexpr value_3d(keyed_lattice lattice) noexcept : lattice_(lattice) {}

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y, lattice_coordinate z) const noexcept -> noise_sample {
        return between(edge(x >> 16, y, z), edge((x >> 16) + 1, y, z), x);
    }
    HALLMARK_HD constexpr void row(lattice_coordinate const* xs, std::size_t count, lattice_coordinate y, lattice_coordinate z,
                                   noise_sample* out) const noexcept {
        for (std::size_t i = 0; i < count;) {
            auto const cell = xs[i] >> 16;
            auto const left = edge(cell, y, z), right = edge(cell + 1, y, z);
            for (; i < count && xs[i] >> 16 == cell; ++i) {
                out[i] = between(left, right, xs[i]);
            }
        }
    }

    [[nodiscard]] HALLMARK_HD constexpr auto octave(std::uint32_t o) const noexcept -> value_3d { return value_3d(lattice_.octave(o)); }

    friend constexpr auto operator==(value_3d const&, value_3d const&) -> bool = default;

private:
    HALLMARK_HD constexpr auto height(std::uint32_t cx, std::uint32_t cy, std::uint32_t cz) const noexcept -> std::int32_t {
        return static_cast<std::int32_t>(detail::hash3(lattice_, cx & 0xffffu, cy & 0xffffu, cz & 0xffffu)) >> 16;  // Q.15
    }
    // The value at row y of slice z on the line through a column of lattice points.
    HALLMARK_HD constexpr auto edge(std::uint32_t cx, lattice_coordinate y, lattice_coordinate z) const noexcept -> std::int32_t {
        auto const cy = y >> 16, cz = z >> 16;
        auto const v = detail::quintic_fade(detail::cell_fraction(y)), w = detail::quintic_fade(detail::cell_fraction(z));
        return detail::lerp14(detail::lerp14(height(cx, cy, cz), height(cx, cy + 1, cz), v),
                              detail::lerp14(height(cx, cy, cz + 1), height(cx, cy + 1, cz + 1), v), w);
    }
    HALLMARK_HD static constexpr auto between(std::int32_t left, std::int32_t right, lattice_coordinate x) noexcept -> noise_sample {
        return detail::lerp14(left, right, detail::quintic_fade(detail::cell_fraction(x))) * (1 << 15);
    }

    keyed_lattice lattice_{};
};
static_assert(row_volume_field<value_3d>);

}  // namespace hallmark::inline v0
