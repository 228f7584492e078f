// Cellular noise (Worley 1996): how far it is to the nearest of randomly scattered points, or to the second nearest.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/fixed.hpp>
#include <hallmark/noise/lanes_grid.hpp>
#include <hallmark/noise/lattice.hpp>

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

template <cellular_metric Metric>
[[nodiscard]] HALLMARK_HD constexpr auto cellular_distance(std::int32_t dx, std::int32_t dy) noexcept -> std::int32_t {
    auto const ax = dx < 0 ? -dx : dx, ay = dy < 0 ? -dy : dy;
    if constexpr (Metric == cellular_metric::euclidean) {
        return dx * dx + dy * dy;
    } else if constexpr (Metric == cellular_metric::manhattan) {
        return ax + ay;
    } else {
        return ax > ay ? ax : ay;
    }
}

/// The distance, Q.14, cut off at `reach` cells, from what `cellular_distance` gave.
template <cellular_metric Metric>
[[nodiscard]] HALLMARK_HD constexpr auto cellular_length(std::int32_t d, std::int32_t reach) noexcept -> std::int32_t {
    if constexpr (Metric == cellular_metric::euclidean) {
        auto const most = reach * reach << 26;
        return static_cast<std::int32_t>(root30(static_cast<std::uint32_t>(d < most ? d : most) << 2));
    } else {
        auto const most = reach << 13;
        return (d < most ? d : most) << 1;
    }
}

/// Keeps the two smallest of the distances it is shown.
struct two_nearest {
    std::int32_t first = 0x7fffffff, second = 0x7fffffff;

    HALLMARK_HD constexpr void meet(std::int32_t d) noexcept {
        auto const farther = d > first ? d : first;
        first              = d < first ? d : first;
        second             = farther < second ? farther : second;
    }
};

/// The sample: 0 is -1, and `reach` cells are +1.
template <cellular_value Value, cellular_metric Metric>
[[nodiscard]] HALLMARK_HD constexpr auto cellular_sample(two_nearest d, std::int32_t reach) noexcept -> noise_sample {
    std::int32_t q14 = 0;
    if constexpr (Value == cellular_value::f1) {
        q14 = cellular_length<Metric>(d.first, reach);
    } else if constexpr (Value == cellular_value::f2) {
        q14 = cellular_length<Metric>(d.second, reach);
    } else {
        q14 = cellular_length<Metric>(d.second, reach) - cellular_length<Metric>(d.first, reach);
    }
    return (q14 - reach * (q14_one / 2)) * ((1 << 17) / reach);
}

/// How far the search goes, in cells. Points further than this may be missed, so distances are cut off there, which
/// keeps the field continuous. One cell is enough for the nearest point but for Manhattan distances: beyond it lies less than
/// one place in a thousand.
[[nodiscard]] HALLMARK_HD constexpr auto cellular_reach(cellular_value value, cellular_metric metric) noexcept -> std::int32_t {
    return value == cellular_value::f1 && metric != cellular_metric::manhattan ? 1 : 2;
}
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
        auto const around = points_around(x >> 16, y);
        auto       d      = detail::two_nearest{};
        for (std::size_t p = 0; p < points; ++p) {
            d.meet(detail::cellular_distance<Metric>(fraction(x) - around.x[p], around.dy[p]));
        }
        return detail::cellular_sample<Value, Metric>(d, reach);
    }

    /// One row: the points around a cell are hashed once for all pixels in it, and each is met by a run of pixels.
    HALLMARK_HD constexpr void row(lattice_coordinate const* xs, std::size_t count, lattice_coordinate y, noise_sample* out) const noexcept {
        constexpr std::size_t block = 64;
        for (std::size_t i = 0; i < count;) {
            auto const  cell = xs[i] >> 16;
            std::size_t n    = 1;
            while (n < block && i + n < count && xs[i + n] >> 16 == cell) {
                ++n;
            }
            auto const          around = points_around(cell, y);
            detail::two_nearest d[block]{};
            for (std::size_t p = 0; p < points; ++p) {
                for (std::size_t k = 0; k < n; ++k) {
                    d[k].meet(detail::cellular_distance<Metric>(fraction(xs[i + k]) - around.x[p], around.dy[p]));
                }
            }
            for (std::size_t k = 0; k < n; ++k) {
                out[i + k] = detail::cellular_sample<Value, Metric>(d[k], reach);
            }
            i += n;
        }
    }

#if HALLMARK_VECTORS
    /// The same for a vector of places `x`, and one `y` or a vector.
    template <class U, class Y, class I>
    HALLMARK_INLINE void at(U const& x, Y const& y, I& out) const noexcept {
        auto const absolute = [](I& v) HALLMARK_INLINE_LAMBDA { v = (v ^ (v >> 31)) - (v >> 31); };
        I const    right    = (I)((x & 0xffffu) >> 3);
        auto const down     = (typename detail::lanes_of<Y>::i)((y & 0xffffu) >> 3);
        I          first = I{} + 0x7fffffff, second = first;
        for (std::int32_t j = -reach; j <= reach; ++j) {
            for (std::int32_t i = -reach; i <= reach; ++i) {
                U h;
                lattice_.line(U((x >> 16) + static_cast<std::uint32_t>(i)), Y((y >> 16) + static_cast<std::uint32_t>(j)), h);
                I dx = right - i * detail::cellular_one - (I)(h >> 19);
                I dy = down - j * detail::cellular_one - (I)(h & 0x1fffu);
                if constexpr (Metric == cellular_metric::euclidean) {
                    dx = dx * dx + dy * dy;
                } else {
                    absolute(dx);
                    absolute(dy);
                    dx = Metric == cellular_metric::manhattan ? I(dx + dy) : I(dx > dy ? dx : dy);
                }
                I const farther = dx > first ? dx : first;
                first           = dx < first ? dx : first;
                second          = farther < second ? farther : second;
            }
        }
        auto const length = [](I& d) HALLMARK_INLINE_LAMBDA {
            constexpr std::int32_t most = Metric == cellular_metric::euclidean ? reach * reach << 26 : reach << 13;
            d                           = d < most ? d : I{} + most;
            if constexpr (Metric == cellular_metric::euclidean) {
                detail::root30(I(d << 2), d);
            } else {
                d = d << 1;
            }
        };
        length(first);
        length(second);
        I const q14 = Value == cellular_value::f1 ? first : (Value == cellular_value::f2 ? second : I(second - first));
        out         = (q14 - reach * (detail::q14_one / 2)) * ((1 << 17) / reach);
    }
#endif
    auto grid(noise_grid const& g) const -> noise_range {
        bool const narrow = detail::simd::current() == detail::simd::level::baseline;  // a hash for each point and pixel: rows are faster
        return narrow ? detail::plain_grid(*this, g) : detail::lanes_grid(*this, g);
    }

    [[nodiscard]] HALLMARK_HD constexpr auto octave(std::uint32_t o) const noexcept -> cellular { return cellular(lattice_.octave(o)); }

    friend constexpr auto operator==(cellular const&, cellular const&) -> bool = default;

private:
    static constexpr std::size_t points = (2 * reach + 1) * (2 * reach + 1);

    // Relative to the cell's corner, and vertically to the row already, in units of 2^-13 cells.
    struct neighbourhood {
        std::int32_t x[points], dy[points];
    };

    HALLMARK_HD static constexpr auto fraction(lattice_coordinate x) noexcept -> std::int32_t { return static_cast<std::int32_t>((x & 0xffffu) >> 3); }

    HALLMARK_HD constexpr auto points_around(std::uint32_t cx, lattice_coordinate y) const noexcept -> neighbourhood {
        neighbourhood out{};
        std::size_t   p = 0;
        for (std::int32_t j = -reach; j <= reach; ++j) {
            for (std::int32_t i = -reach; i <= reach; ++i, ++p) {
                auto const h = lattice_((cx + static_cast<std::uint32_t>(i)) & 0xffffu, ((y >> 16) + static_cast<std::uint32_t>(j)) & 0xffffu);
                out.x[p]     = i * detail::cellular_one + static_cast<std::int32_t>(h >> 19);
                out.dy[p]    = fraction(y) - j * detail::cellular_one - static_cast<std::int32_t>(h & 0x1fffu);
            }
        }
        return out;
    }

    keyed_lattice lattice_{};
};
static_assert(row_noise_field<cellular<>> && grid_noise_field<cellular<>>);

}  // namespace hallmark::inline v0
