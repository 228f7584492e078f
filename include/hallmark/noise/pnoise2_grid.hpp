// `pnoise2` on a whole grid: in lanes, and with what the pixels of a cell, a row or a column share computed once. The same bits.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/core/unrolled.hpp>
#include <hallmark/noise/pnoise2.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace hallmark::inline v0::detail {

/// What one octave is multiplied with, and the size of its lattice.
struct pnoise_octaves {
    float frequency = 1.0f, height = 1.0f, most = 0.0f, repeat = pnoise2_options{}.repeat;

    HALLMARK_HD void next() noexcept {
        most      = plus(most, height);
        frequency = times(frequency, pnoise2_options{}.lacunarity);
        height    = times(height, pnoise2_options{}.persistence);
        repeat    = times(pnoise2_options{}.repeat, frequency);
    }
};

/// A grid at (row / period, column / period): divided in double, rounded to float.
struct pnoise_grid {
    float         period;
    std::uint32_t octaves;
    std::size_t   height, width;

    /// A place below 2^24 is a float as a period is, so that this is the quotient of their doubles, too.
    [[nodiscard]] HALLMARK_HD auto place(std::size_t i) const noexcept -> float { return quotient(static_cast<float>(i), period); }
    /// Row or column i in an octave.
    [[nodiscard]] HALLMARK_HD auto axis(std::size_t i, pnoise_octaves const& octave) const noexcept -> pnoise_axis {
        return {times(place(i), octave.frequency), octave.repeat};
    }
};

#if HALLMARK_VECTORS
/// The columns of one octave: for each its place in its cell, and, for the row of cells that is being filled, the gradients of the four corners.
class pnoise_columns {
public:
    static constexpr std::size_t spare = 16;  // vectors reach beyond the last column

    explicit pnoise_columns(std::size_t width) : stride_(width + spare), room_(11 * stride_) { cells_.reserve(width + 1); }

    void place(pnoise_grid const& grid, pnoise_octaves const& octave) noexcept {
        cells_.clear();
        for (std::size_t w = 0; w < grid.width; ++w) {
            auto const a = grid.axis(w, octave);
            if (cells_.empty() || cells_.back().cell != a.cell || cells_.back().next != a.next) {
                cells_.push_back({w, a.cell, a.next});
            }
            row(8)[w] = a.here, row(9)[w] = a.there, row(10)[w] = a.weight;
        }
        cells_.push_back({grid.width, 0, 0});
    }

    /// The gradients between the rows `cell` and `next` of the lattice. Cells stand side by side: each writes whole vectors, the next one over them.
    template <class Set>
    HALLMARK_INLINE void enter(int cell, int next) noexcept {
        constexpr auto lanes = Set::template count<float>;
        auto const     left = pnoise_permuted(cell, perlin_permutation), right = pnoise_permuted(next, perlin_permutation);
        for (std::size_t i = 0; i + 1 < cells_.size(); ++i) {
            auto const&        c        = cells_[i];
            auto const         end      = cells_[i + 1].first;
            auto const         gradient = [&](int x, int y) { return pnoise_gradient(x, y, perlin_permutation); };
            pnoise_slope const g[4]     = {gradient(left, c.cell), gradient(right, c.cell), gradient(left, c.next), gradient(right, c.next)};
            unrolled<8>([&](auto k) HALLMARK_INLINE_LAMBDA {
                typename Set::f32 slope;
                Set::splat(slope, k % 2 == 0 ? g[k / 2].x : g[k / 2].y);
                for (auto w = c.first; w < end; w += lanes) {
                    simd::store(slope, row(k) + w);
                }
            });
        }
    }

    /// One row of pixels into `out`, which ends `spare` numbers behind the row; `x` is where the row lies.
    template <class Set, class Put>
    HALLMARK_INLINE void fill(pnoise_axis const& x, std::size_t width, Put const& put) const noexcept {
        using f32 = typename Set::f32;
        f32 x_here, x_there, x_weight;
        Set::splat(x_here, x.here);
        Set::splat(x_there, x.there);
        Set::splat(x_weight, x.weight);
        auto const mix = [](f32 const& t, f32 const& a, f32& b) HALLMARK_INLINE_LAMBDA {  // into b
            b = b - a;
            Set::rounded(b);
            b = t * b;
            Set::rounded(b);
            b = a + b;
            Set::rounded(b);
        };
        for (std::size_t w = 0; w < width; w += Set::template count<float>) {
            f32 slope[4], here, there, y_weight;
            simd::load(here, row(8) + w);
            simd::load(there, row(9) + w);
            simd::load(y_weight, row(10) + w);
            unrolled<4>([&](auto k) HALLMARK_INLINE_LAMBDA {  // products with -1, 0 and 1 are exact
                f32 gx, gy;
                simd::load(gx, row(2 * k) + w);
                simd::load(gy, row(2 * k + 1) + w);
                gx = (k % 2 == 0 ? x_here : x_there) * gx;
                gy = (k / 2 == 0 ? here : there) * gy;
                Set::rounded(gx);
                Set::rounded(gy);
                slope[k] = gx + gy;
                Set::rounded(slope[k]);
            });
            mix(x_weight, slope[0], slope[1]);
            mix(x_weight, slope[2], slope[3]);
            mix(y_weight, slope[1], slope[3]);
            put(w, slope[3]);
        }
    }

private:
    struct cell_at {
        std::size_t first;
        int         cell, next;
    };
    [[nodiscard]] auto row(std::size_t i) noexcept -> float* { return room_.data() + i * stride_; }
    [[nodiscard]] auto row(std::size_t i) const noexcept -> float const* { return room_.data() + i * stride_; }

    std::size_t          stride_;
    std::vector<float>   room_;  // four gradients, x and y in turn; here, there, weight
    std::vector<cell_at> cells_{};
};

/// The octaves of a grid added up, but not divided by their `most`; `sums` holds height · width numbers. One octave alone keeps the sign of its zeros.
template <class Set>
HALLMARK_INLINE void fill_pnoise(pnoise_grid const& grid, pnoise_columns& columns, float* sums) noexcept {
    using f32            = typename Set::f32;
    constexpr auto lanes = Set::template count<float>;
    pnoise_octaves octave;
    for (std::uint32_t o = 0; o < grid.octaves; ++o, octave.next()) {
        columns.place(grid, octave);
        int cell = -1, next = -1;
        f32 height;
        Set::splat(height, octave.height);
        for (std::size_t h = 0; h < grid.height; ++h) {
            auto const x = grid.axis(h, octave);
            if (x.cell != cell || x.next != next) {
                cell = x.cell, next = x.next;
                columns.enter<Set>(cell, next);
            }
            auto* const to = sums + h * grid.width;
            columns.fill<Set>(x, grid.width, [&](std::size_t w, f32& v) HALLMARK_INLINE_LAMBDA {
                auto const all = w + lanes <= grid.width;
                if (grid.octaves > 1) {
                    f32 sum = {};
                    if (o != 0) {
                        if (all) {
                            simd::load(sum, to + w);
                        } else {
                            std::memcpy(&sum, to + w, (grid.width - w) * sizeof(float));
                        }
                    }
                    v = v * height;
                    Set::rounded(sum);  // nothing is more than nothing where it is −0
                    Set::rounded(v);
                    v = sum + v;
                    Set::rounded(v);
                }
                if (all) {
                    simd::store(v, to + w);
                } else {
                    std::memcpy(to + w, &v, (grid.width - w) * sizeof(float));
                }
            });
        }
    }
}

/// `quotient` of each number and `by`. The reciprocal and the product are 2^-52 off in all, less than a quotient of floats is from the middle of two.
template <class Set>
HALLMARK_INLINE void divide(float* values, std::size_t count, float by) noexcept {
    constexpr auto lanes      = Set::template count<double>;
    auto const     reciprocal = rounded(1.0 / rounded(static_cast<double>(by)));
    std::size_t    i          = 0;
    for (; i + lanes <= count; i += lanes) {
        typename Set::f64 v;
        Set::load_wide(v, values + i);
        Set::rounded(v);
        v = v * reciprocal;
        Set::rounded(v);
        Set::store_narrow(v, values + i);
    }
    for (; i < count; ++i) {
        values[i] = quotient(values[i], by);
    }
}
#endif

}  // namespace hallmark::inline v0::detail
