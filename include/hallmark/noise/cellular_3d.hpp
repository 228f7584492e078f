// Cellular noise in space (Worley 1996): the distance to the nearest of randomly scattered points, or to the second nearest.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/noise/cellular.hpp>
#include <hallmark/noise/lattice.hpp>
#include <hallmark/noise/volume.hpp>
#include <hallmark/noise/volume_lattice.hpp>

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

namespace detail {
/// The distance of `cellular_distance` with a third part: `plane` is that of the other two.
template <cellular_metric Metric>
[[nodiscard]] HALLMARK_HD constexpr auto cellular_deeper(std::int32_t plane, std::int32_t dz) noexcept -> std::int32_t {
    auto const az = dz < 0 ? -dz : dz;
    if constexpr (Metric == cellular_metric::euclidean) {
        return plane + dz * dz;
    } else if constexpr (Metric == cellular_metric::manhattan) {
        return plane + az;
    } else {
        return plane > az ? plane : az;
    }
}
}  // namespace detail

/// One point in each cell, uniform over it. The distance is cut off at one cell, up to which 27 points suffice; a sample is
/// 2 · distance - 1. Range: [-1, 1]; within 2^-12. Cost: 27 points an element; their hashes once a cell.
template <cellular_value Value = cellular_value::f1, cellular_metric Metric = cellular_metric::euclidean>
class cellular_3d {
public:
    cellular_3d() = default;
    HALLMARK_HD explicit constexpr cellular_3d(keyed_lattice lattice) noexcept : lattice_(lattice) {}

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y, lattice_coordinate z) const noexcept -> noise_sample {
        noise_sample out = 0;
        row(&x, 1, y, z, &out);
        return out;
    }
    /// One row: the points around a cell are hashed once for all elements in it, and each is met by a run of elements.
    HALLMARK_HD constexpr void row(lattice_coordinate const* xs, std::size_t count, lattice_coordinate y, lattice_coordinate z,
                                   noise_sample* out) const noexcept {
        constexpr std::size_t block = 64;
        for (std::size_t i = 0; i < count;) {
            auto const  cell = xs[i] >> 16;
            std::size_t n    = 1;
            while (n < block && i + n < count && xs[i + n] >> 16 == cell) {
                ++n;
            }
            detail::two_nearest d[block]{};
            for (std::int32_t p = 0; p < 27; ++p) {
                auto const a = p % 3 - 1, b = p / 3 % 3 - 1, c = p / 9 - 1;
                auto const at = [](std::uint32_t base, std::int32_t step) { return (base + static_cast<std::uint32_t>(step)) & 0xffffu; };
                auto const h  = detail::hash3(lattice_, at(cell, a), at(y >> 16, b), at(z >> 16, c));
                auto const px = a * detail::cellular_one + jitter(h >> 22);
                auto const dy = fraction(y) - b * detail::cellular_one - jitter((h >> 12) & 0x3ffu);
                auto const dz = fraction(z) - c * detail::cellular_one - jitter((h >> 2) & 0x3ffu);
                for (std::size_t k = 0; k < n; ++k) {
                    d[k].meet(detail::cellular_deeper<Metric>(detail::cellular_distance<Metric>(fraction(xs[i + k]) - px, dy), dz));
                }
            }
            for (std::size_t k = 0; k < n; ++k) {
                out[i + k] = detail::cellular_sample<Value, Metric>(d[k], 1);
            }
            i += n;
        }
    }

    [[nodiscard]] HALLMARK_HD constexpr auto octave(std::uint32_t o) const noexcept -> cellular_3d { return cellular_3d(lattice_.octave(o)); }

    friend constexpr auto operator==(cellular_3d const&, cellular_3d const&) -> bool = default;

private:
    HALLMARK_HD static constexpr auto fraction(lattice_coordinate x) noexcept -> std::int32_t { return static_cast<std::int32_t>((x & 0xffffu) >> 3); }
    // 10 bits of a hash as a place in the cell, in units of 2^-13 cells.
    HALLMARK_HD static constexpr auto jitter(std::uint32_t bits) noexcept -> std::int32_t { return static_cast<std::int32_t>(bits) << 3; }

    keyed_lattice lattice_{};
};
static_assert(row_volume_field<cellular_3d<>>);

}  // namespace hallmark::inline v0
