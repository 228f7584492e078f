// Cellular noise (Worley 1996): how far it is to the nearest of randomly scattered points, or to the second nearest.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/unrolled.hpp>
#include <hallmark/noise/cells_grid.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/fixed.hpp>
#include <hallmark/noise/lanes_grid.hpp>
#include <hallmark/noise/lattice.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

enum class cellular_value {
    f1,          ///< the distance to the nearest point: round cells
    f2,          ///< to the second nearest
    f2_minus_f1  ///< the difference: 0 along the borders between cells
};
enum class cellular_metric {
    euclidean,  ///< the square root of dx² + dy²
    manhattan,  ///< |dx| + |dy|
    chebyshev   ///< the larger of |dx| and |dy|
};

namespace detail {
/// Distances to points are kept in units of 2^-13 cells; Euclidean ones squared, until the end.
inline constexpr std::int32_t cellular_one = 1 << 13;

/// How far the search goes, in cells. Points further than this may be missed, so distances are cut off there, which
/// keeps the field continuous. One cell is enough for the nearest point but for Manhattan distances: beyond it lies less than
/// one place in a thousand.
[[nodiscard]] HALLMARK_HD constexpr auto cellular_reach(cellular_value value, cellular_metric metric) noexcept -> std::int32_t {
    return value == cellular_value::f1 && metric != cellular_metric::manhattan ? 1 : 2;
}

/// One coordinate's part of a distance.
template <cellular_metric Metric, class Int>
HALLMARK_HD HALLMARK_INLINE constexpr void cellular_part(Int& d) noexcept {
    d = Metric == cellular_metric::euclidean ? Int(d * d) : Int((d ^ (d >> 31)) - (d >> 31));
}
/// Two parts, into b.
template <cellular_metric Metric, class Int>
HALLMARK_HD HALLMARK_INLINE constexpr void cellular_join(Int const& a, Int& b) noexcept {
    b = Metric != cellular_metric::chebyshev ? Int(a + b) : Int(a > b ? a : b);
}

/// For cells_grid.hpp: of each of the points around a cell its place to the right, and what the way to a row adds to a distance. One number, or vectors.
template <cellular_value Value, cellular_metric Metric, std::int32_t Reach, std::size_t Points>
struct cellular_cells {
    static constexpr std::size_t numbers = 2 * Points;

    template <class U>
    HALLMARK_HD HALLMARK_INLINE static constexpr void column(U const& x, U& out) noexcept {
        out = (x & 0xffffu) >> 3;
    }
    /// `point(p, across, rest)` gives the two numbers of point p. The sample is -1 for 0 and +1 for `Reach` cells.
    template <class Point, class Int>
    HALLMARK_HD HALLMARK_INLINE static constexpr void nearest(Point const& point, Int const& place, Int& out) noexcept {
        Int        first = Int{} + 0x7fffffff, second = first;
        auto const meet_point = [&](std::size_t p) HALLMARK_INLINE_LAMBDA {
            Int d{}, rest{};
            point(p, d, rest);
            d = place - d;
            cellular_part<Metric>(d);
            cellular_join<Metric>(rest, d);
            Int const farther = d > first ? d : first;
            first             = d < first ? d : first;
            second            = farther < second ? farther : second;
        };
        if constexpr (std::integral<Int>) {
            for (std::size_t p = 0; p < Points; ++p) {
                meet_point(p);
            }
        } else {
            unrolled<Points>(meet_point);
        }
        if constexpr (Value == cellular_value::f1) {
            length(first, out);
        } else {
            length(second, out);
        }
        if constexpr (Value == cellular_value::f2_minus_f1) {
            length(Int(first), first);
            out = out - first;
        }
        out = (out - Reach * (q14_one / 2)) * ((1 << 17) / Reach);
    }
    template <class Set, class Int>
    HALLMARK_INLINE static void meet(std::int32_t const* n, std::size_t stride, Int const& place, Int& out) noexcept {
        auto const point = [&](std::size_t p, Int& across, Int& rest) HALLMARK_INLINE_LAMBDA {
            Set::splat(across, n[2 * p * stride]);
            Set::splat(rest, n[(2 * p + 1) * stride]);
        };
        nearest(point, place, out);
    }
    template <class Int>
    HALLMARK_HD HALLMARK_INLINE static constexpr void between(Int const* n, Int const& place, Int& out) noexcept {
        auto const point = [&](std::size_t p, Int& across, Int& rest) HALLMARK_INLINE_LAMBDA {
            across = n[2 * p];
            rest   = n[2 * p + 1];
        };
        nearest(point, place, out);
    }

private:
    // The distance, Q.14, cut off at `Reach` cells.
    template <class Int>
    HALLMARK_HD HALLMARK_INLINE static constexpr void length(Int const& d, Int& out) noexcept {
        constexpr auto most = Metric == cellular_metric::euclidean ? Reach * Reach << 26 : Reach << 13;
        Int const      near = d < most ? d : Int{} + most;
        if constexpr (Metric == cellular_metric::euclidean) {
            root30(Int(near << 2), out);
        } else {
            out = near << 1;
        }
    }
};

/// In the plane.
template <cellular_value Value, cellular_metric Metric, std::int32_t Reach>
struct cellular_plane : cellular_cells<Value, Metric, Reach, static_cast<std::size_t>((2 * Reach + 1) * (2 * Reach + 1))> {
    keyed_lattice lattice;

    HALLMARK_HD explicit constexpr cellular_plane(keyed_lattice l) noexcept : lattice(l) {}
    /// The point of the cell (i, j) away: its place to the right, and what the way down to row y adds to a distance.
    template <class U, class Y, class Int>
    HALLMARK_HD HALLMARK_INLINE constexpr void point(U const& cell, Y const& y, std::int32_t i, std::int32_t j, Int& across, Int& rest) const noexcept {
        U h{};
        lattice.line(U(cell + static_cast<std::uint32_t>(i)), Y((y >> 16) + static_cast<std::uint32_t>(j)), h);
        across = i * cellular_one + (Int)(h >> 19);
        rest   = (typename lanes_of<Y>::i)((y & 0xffffu) >> 3) - j * cellular_one - (Int)(h & 0x1fffu);
        cellular_part<Metric>(rest);
    }
    template <class U, class Int>
    HALLMARK_HD HALLMARK_INLINE constexpr void of(U const& cell, lattice_coordinate y, Int* n) const noexcept {
        for (std::int32_t j = -Reach; j <= Reach; ++j) {
            for (std::int32_t i = -Reach; i <= Reach; ++i, n += 2) {
                point(cell, y, i, j, n[0], n[1]);
            }
        }
    }
};
}  // namespace detail

/// One point in each cell, uniform over the cell. The distance is cut off at `reach` cells: 1 for f1 with Euclidean and
/// Chebyshev distances, otherwise 2. A sample is 2 · distance / reach - 1, so the mean is not 0 (`normalise` moves it).
/// Range: [-1, 1]; within 2^-12. Cost: 9 points a pixel where reach is 1, else 25; their hashes once a cell.
template <cellular_value Value = cellular_value::f1, cellular_metric Metric = cellular_metric::euclidean>
class cellular {
public:
    static constexpr std::int32_t reach = detail::cellular_reach(Value, Metric);

    cellular() = default;
    HALLMARK_HD explicit constexpr cellular(keyed_lattice lattice) noexcept : lattice_(lattice) {}

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample {
        noise_sample out = 0;
        row(&x, 1, y, &out);
        return out;
    }
    /// One row: the points around a cell are hashed once for all pixels in it.
    HALLMARK_HD constexpr void row(lattice_coordinate const* xs, std::size_t count, lattice_coordinate y, noise_sample* out) const noexcept {
        detail::cells_row(cells(lattice_), xs, count, y, out);
    }
    /// The same for one number, or a vector of places `x`, and one `y` or a vector.
    template <class U, class Y, class Int>
    HALLMARK_HD HALLMARK_INLINE constexpr void at(U const& x, Y const& y, Int& out) const noexcept {
        cells const around(lattice_);
        U           place{};
        cells::column(x, place);
        auto const point = [&](std::size_t p, Int& across, Int& rest) HALLMARK_INLINE_LAMBDA {
            constexpr auto side = static_cast<std::size_t>(2 * reach + 1);
            around.point(U(x >> 16), y, static_cast<std::int32_t>(p % side) - reach, static_cast<std::int32_t>(p / side) - reach, across, rest);
        };
        cells::nearest(point, (Int)place, out);
    }
    auto grid(noise_grid const& g) const -> noise_range { return detail::cells_grid(cells(lattice_), *this, g); }

    [[nodiscard]] HALLMARK_HD constexpr auto octave(std::uint32_t o) const noexcept -> cellular { return cellular(lattice_.octave(o)); }

    friend constexpr auto operator==(cellular const&, cellular const&) -> bool = default;

private:
    using cells = detail::cellular_plane<Value, Metric, reach>;

    keyed_lattice lattice_{};
};
static_assert(row_noise_field<cellular<>> && grid_noise_field<cellular<>>);

}  // namespace hallmark::inline v0
