// Sparse Gabor noise (Co et al., CCS 2019) as a field: small kernels at impulses that a keyed lattice scatters, without a picture and its edges.
#pragma once

#include <hallmark/error.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/fixed.hpp>
#include <hallmark/noise/gabor_kernel.hpp>
#include <hallmark/noise/gabor_parts.hpp>
#include <hallmark/noise/gabor_stamp.hpp>
#include <hallmark/noise/lattice.hpp>
#include <hallmark/noise/plain_grid.hpp>

#include <algorithm>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

/// The sum of kernels at `per_cell` impulses in every cell, at uniform pixels and of uniform weights in [-1, 1). A cell of the lattice is a square of
/// `grid` pixels of the kernel, and a place shows the pixel it lies in: a fill with `period` = grid has one pixel of the kernel for each of its own, other
/// periods repeat or skip them. Between pixels the field jumps.
///
/// A sample is the sum over three standard deviations, sqrt(3 · per_cell · Σ element²) / grid, or over the kernel's greatest element where that is
/// more, so that no lone impulse is cut off; sums beyond are. `normalise_range` stretches a plane to the whole of [-1, 1].
/// It draws otherwise than `sparse_gabor`, adds up the impulses at one pixel, and has no edges to be mirrored at.
/// Range: [-1, 1], mean 0, standard deviation 1/3 or less. Copies share one kernel. On the host only.
/// Cost: on a grid a multiplication and an addition per impulse and element of the kernel, in lanes, while it covers no more than four pixels of
/// the kernel for each of its own; at a point, and on other grids, the draws of all cells within half a kernel.
class sparse_gabor_field {
public:
    /// Without a kernel: 0 everywhere.
    sparse_gabor_field() = default;
    /// Throws errc::out_of_domain for grid outside of [1, 65535] and per_cell outside of [1, 64].
    explicit sparse_gabor_field(keyed_lattice lattice, gabor_kernel kernel = {}, std::uint32_t grid = 13, std::uint32_t per_cell = 1) : lattice_(lattice) {
        detail::require(grid >= 1 && grid <= 65535, errc::out_of_domain, "hallmark::sparse_gabor_field: grid is ", grid, "; allowed is 1 to 65535");
        detail::require(per_cell >= 1 && per_cell <= 64, errc::out_of_domain, "hallmark::sparse_gabor_field: per_cell is ", per_cell, "; allowed is 1 to 64");
        parts_ = std::make_shared<parts const>(std::move(kernel), grid, per_cell);
    }

    [[nodiscard]] auto operator()(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample {
        if (parts_ == nullptr) {
            return 0;
        }
        auto const&  p   = *parts_;
        std::int32_t sum = 0;
        each_impulse(p.pixel(y), 1, p.pixel(x), 1, [&](detail::gabor_stamp const& s) {
            auto const* const row = p.kernel.row(static_cast<std::size_t>(p.half - s.row));
            sum += detail::gabor_product(static_cast<float>(row[p.half - s.column]), s.weight, detail::gabor_unit(p.halvings));
        });
        return p.stretch(sum);
    }

    auto grid(noise_grid const& g) const -> noise_range {
        if (parts_ == nullptr) {
            return detail::plain_grid(*this, g);
        }
        auto const& p       = *parts_;
        auto const  columns = axis(p, g.xs, g.width), rows = axis(p, g.ys, g.height);
        if (static_cast<double>(columns.span) * static_cast<double>(rows.span) > 4.0 * static_cast<double>(g.width) * static_cast<double>(g.height)) {
            return detail::plain_grid(*this, g);
        }
        std::vector<detail::gabor_stamp> stamps;
        each_impulse(rows.first, rows.span, columns.first, columns.span, [&](detail::gabor_stamp const& s) { stamps.push_back(s); });
        auto sums = detail::gabor_sums(p.kernel, rows.span, columns.span, p.most);
        sums.add(stamps);
        auto range = noise_range{noise_one, -noise_one};
        for (std::size_t h = 0; h < g.height; ++h) {
            auto const* const from = sums.row(rows.at[h]);
            auto* const       out  = g.out + static_cast<std::ptrdiff_t>(h) * g.stride;
            if (columns.dense) {
                p.stretch(from, g.width, out);
            } else {
                for (std::size_t w = 0; w < g.width; ++w) {
                    out[w] = p.stretch(from[columns.at[w]]);
                }
            }
            detail::widen_range(out, g.width, range);
        }
        return range;
    }

    [[nodiscard]] auto octave(std::uint32_t o) const noexcept -> sparse_gabor_field {
        auto out     = *this;
        out.lattice_ = lattice_.octave(o);
        return out;
    }

    /// By what they are made of. (A template, because combinators have a constexpr comparison, and pointers that count have none.)
    template <std::same_as<sparse_gabor_field> F>
    friend constexpr auto operator==(F const& a, F const& b) -> bool {
        return a.lattice_ == b.lattice_ && (a.parts_ == b.parts_ || (a.parts_ != nullptr && b.parts_ != nullptr && *a.parts_ == *b.parts_));
    }

private:
    struct parts {
        gabor_kernel          kernel;
        std::uint32_t         grid, per_cell;
        std::ptrdiff_t        half;
        double                most;      // no sum is greater: elements in Q.24, weights in Q.30
        int                   halvings;  // of sums, so that they fit into 32 bits
        detail::gabor_stretch stretch;   // of sums to samples

        parts(gabor_kernel k, std::uint32_t pixels, std::uint32_t impulses)
            : kernel(std::move(k)),
              grid(pixels),
              per_cell(impulses),
              half(static_cast<std::ptrdiff_t>(kernel.size() / 2)),
              most(reached(kernel.size(), grid) * reached(kernel.size(), grid) * per_cell * 0x1p30 * kernel.greatest()),
              halvings(detail::gabor_halvings(most)),
              stretch(-limit(), limit()) {}
        /// How many cells a kernel reaches, along one axis.
        static auto reached(std::uint32_t size, std::uint32_t grid) noexcept -> double { return (size - 1 + grid - 1) / grid + 1; }
        /// The sum that is 1: three standard deviations, or the greatest element. At most 2^30, since `most` is more.
        [[nodiscard]] auto limit() const noexcept -> std::int32_t {
            // Σ element², of elements cut to 18 bits: with 192 in front of it, it fits.
            int const     cut     = std::max(0, static_cast<int>(std::bit_width(static_cast<std::uint32_t>(kernel.greatest()))) - 18);
            std::uint64_t squares = 0;
            for (std::uint32_t r = 0; r < kernel.size(); ++r) {
                for (std::uint32_t c = 0; c < kernel.size(); ++c) {
                    auto const e = std::int64_t{kernel.row(r)[c]} >> cut;
                    squares += static_cast<std::uint64_t>(e * e);
                }
            }
            auto ninefold = 3 * std::uint64_t{per_cell} * squares;  // nine times the variance, times grid²
            int  digits   = 24 - cut;                               // of its root
            for (; ninefold < std::uint64_t{1} << 61; ninefold *= 4) {
                ++digits;
            }
            auto const root  = detail::root64(ninefold / (std::uint64_t{grid} * grid));
            auto const three = digits > 24 ? root >> (digits - 24) : root << (24 - digits);  // Q.24
            auto const one   = std::max(three, static_cast<std::uint64_t>(kernel.greatest()));
            return static_cast<std::int32_t>(halvings < 30 ? one << (30 - halvings) : one >> (halvings - 30));
        }
        /// The pixel that a place lies in, of 65536 · grid. Places of pixels are rounded down, which is made good here.
        [[nodiscard]] auto pixel(lattice_coordinate at) const noexcept -> std::uint32_t {
            return static_cast<std::uint32_t>((std::uint64_t{at} * grid + grid - 1) >> 16);
        }
        friend auto operator==(parts const&, parts const&) -> bool = default;
    };

    /// The pixels of a grid's columns or rows, counted from the first.
    struct pixels {
        std::uint32_t              first;
        std::size_t                span;
        std::vector<std::uint32_t> at;
        bool                       dense;  // 0, 1, 2, …
    };
    static auto axis(parts const& p, lattice_coordinate const* places, std::size_t count) -> pixels {
        auto const around = std::uint64_t{p.grid} << 16;
        pixels     out{p.pixel(places[0]), 1, std::vector<std::uint32_t>(count), true};
        for (std::size_t i = 0; i < count; ++i) {
            out.at[i] = static_cast<std::uint32_t>((around + p.pixel(places[i]) - out.first) % around);
            out.dense = out.dense && out.at[i] == i;
            out.span  = std::max(out.span, std::size_t{out.at[i]} + 1);
        }
        return out;
    }

    /// The impulses whose kernels reach the `rows` × `columns` pixels from (row, column) on, counted from there.
    template <class F>
    void each_impulse(std::uint32_t row, std::size_t rows, std::uint32_t column, std::size_t columns, F const& f) const {
        auto const&        p    = *parts_;
        std::int64_t const grid = p.grid, down = row, right = column;
        auto const         height = static_cast<std::int64_t>(rows), width = static_cast<std::int64_t>(columns), half = std::int64_t{p.half};
        auto const         cell_of = [grid](std::int64_t pixel) { return pixel >= 0 ? pixel / grid : -((grid - 1 - pixel) / grid); };
        auto const place = [grid](std::uint32_t draw) { return static_cast<std::int64_t>((std::uint64_t{draw} * static_cast<std::uint64_t>(grid)) >> 32); };
        for (auto cy = cell_of(down - half), last = cell_of(down + height - 1 + half); cy <= last; ++cy) {
            for (auto cx = cell_of(right - half), end = cell_of(right + width - 1 + half); cx <= end; ++cx) {
                auto const cell = lattice_(static_cast<std::uint32_t>(cx) & 0xffffu, static_cast<std::uint32_t>(cy) & 0xffffu);
                for (std::uint32_t k = 0; k < p.per_cell; ++k) {
                    std::uint32_t draw[3];
                    for (std::uint32_t i = 0; i < 3; ++i) {
                        detail::gabor_draw(cell, 3 * k + i, draw[i]);
                    }
                    auto const r = cy * grid + place(draw[0]) - down, c = cx * grid + place(draw[1]) - right;
                    if (r >= -half && r < height + half && c >= -half && c < width + half) {
                        f(detail::gabor_stamp{static_cast<std::ptrdiff_t>(r), static_cast<std::ptrdiff_t>(c), static_cast<noise_sample>(draw[2]) >> 1});
                    }
                }
            }
        }
    }

    keyed_lattice                lattice_{};
    std::shared_ptr<parts const> parts_;
};
static_assert(noise_field<sparse_gabor_field> && grid_noise_field<sparse_gabor_field>);

}  // namespace hallmark::inline v0
