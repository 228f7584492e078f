// Gabor noise (Lagae et al. 2009): sparse convolution of random impulses with a wave under a bell, in fixed point.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/error.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/fixed.hpp>
#include <hallmark/noise/gabor_grid.hpp>
#include <hallmark/noise/gabor_parts.hpp>
#include <hallmark/noise/lattice.hpp>
#include <hallmark/noise/plain_grid.hpp>
#include <hallmark/noise/rotate.hpp>

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

/// What a Gabor field is made of. A cell of the lattice is as wide as the radius of a kernel.
struct gabor_options {
    double        frequency   = 3.0;    ///< waves per cell, in [0, 64], rounded to 2^-16: where the spectrum peaks
    double        orientation = 0.0;    ///< the direction in which the waves run, degrees in [-360, 360], clockwise
    bool          isotropic   = true;   ///< every impulse has a direction of its own, and `orientation` is of no use
    std::uint32_t impulses    = 16;     ///< per cell, 1 to 64: exactly as many, or on average
    bool          poisson     = false;  ///< the number in a cell is Poisson distributed
    bool          signs       = false;  ///< weights are ±1, else uniform over [-1, 1]
};

/// The sum over impulses at p, with weights w, directions u and phases f, of w · bell(r.x) · bell(r.y) · cos(2π (frequency · u·r + f)), r = place - p.
///
/// The bell is ((1 - t²)(1 - 0.6313 t² + 1.1850 t⁴))²: exp(-3 t²) within 0.02 up to |t| = 0.85, so that the product of both is round, and it ends at 1 in 0
/// with its slope, so that the field is smooth. (Lagae's program cuts exp(-3 |r|²) off at 5 %. A round cut is no product of a function of x and one of y.)
/// Phases are uniform (Lagae, Lefebvre & Dutré 2011), which makes the variance a closed form for every frequency:
/// impulses · E[w²] · ½ (∫ bell²)² = impulses · E[w²] · 0.25622, where E[w²] is 1 for signs and 1/3 for uniform weights. The sum is
/// divided by three times the square root of it and cut off at ±1, which about one sample in 370 is.
/// Four cells' worth of impulses act on a sample. Cost: a multiplication of two pairs for each of them on a grid, where both factors are shared by
/// a column and by a row; both factors for each of them, and looking through nine cells, at single points.
/// Range: [-1, 1], mean 0, standard deviation 1/3 (less what is cut off).
class gabor {
public:
    /// `gabor_options{}` on the lattice of seed 0.
    HALLMARK_HD constexpr gabor() noexcept : gabor(keyed_lattice{}, 3u << 16, 1 << 14, 0, 16, true, false, false) {}
    /// Of options that were checked: `make_gabor` does. The frequency in units of 2^-16, the direction as cosine and sine, Q.14.
    HALLMARK_HD constexpr gabor(keyed_lattice lattice, std::uint32_t frequency16, std::int32_t cosine14, std::int32_t sine14, std::uint32_t impulses,
                                bool isotropic, bool poisson, bool signs) noexcept
        : parameters_{lattice, frequency16, cosine14, sine14, 0, impulses, isotropic, poisson, signs} {
        // 1 / (3 · deviation), Q.16: the square root of 2^32 / (9 · impulses · E[w²] · 0.25622).
        auto const nine_variances = std::uint64_t{impulses} * (signs ? 230599 : 76866);  // · 100000
        parameters_.scale         = static_cast<std::int32_t>(detail::root64((std::uint64_t{1} << 32) * 100000 / nine_variances));
    }

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample {
        noise_sample out = 0;
        row(&x, 1, y, &out);
        return out;
    }

    /// One row: what an impulse adds vertically is computed once for all pixels in a cell.
    HALLMARK_HD constexpr void row(lattice_coordinate const* xs, std::size_t count, lattice_coordinate y, noise_sample* out) const noexcept {
        constexpr std::size_t block = 64;
        for (std::size_t i = 0; i < count;) {
            auto const  cell = xs[i] >> 16;
            std::size_t n    = 1;
            while (n < block && i + n < count && xs[i + n] >> 16 == cell) {
                ++n;
            }
            std::uint32_t sum[block] = {};
            for (std::uint32_t neighbour = 0; neighbour < 9; ++neighbour) {
                add_cell((cell + neighbour % 3 - 1) & 0xffffu, ((y >> 16) + neighbour / 3 - 1) & 0xffffu, xs + i, n, y, sum);
            }
            for (std::size_t k = 0; k < n; ++k) {
                out[i + k] = detail::gabor_sample(sum[k]);
            }
            i += n;
        }
    }
    auto grid(noise_grid const& g) const -> noise_range {
        return detail::simd::current() == detail::simd::level::scalar ? detail::plain_grid(*this, g) : detail::gabor_grid(parameters_, g);
    }

    [[nodiscard]] HALLMARK_HD constexpr auto octave(std::uint32_t o) const noexcept -> gabor {
        auto out                = *this;
        out.parameters_.lattice = parameters_.lattice.octave(o);
        return out;
    }

    friend constexpr auto operator==(gabor const&, gabor const&) -> bool = default;

private:
    // The impulses of one cell, for the pixels at `xs` in one row.
    HALLMARK_HD constexpr void add_cell(std::uint32_t cx, std::uint32_t cy, lattice_coordinate const* xs, std::size_t n, lattice_coordinate y,
                                        std::uint32_t* sum) const noexcept {
        auto const cell = parameters_.lattice(cx, cy);
        for (std::uint32_t k = 0, number = parameters_.count(cell); k < number; ++k) {
            // Further away than a cell it adds nothing.
            auto const near = [](std::uint32_t way) { return way + 0x10000u < 0x20000u; };
            if (!near(y - parameters_.row_of(cy, cell, k))) {
                continue;
            }
            auto const p = parameters_.impulse(cx, cy, cell, k);
            if (n == 1 && !near(xs[0] - p.x)) {
                continue;
            }
            auto const down = detail::gabor_down(y - p.y, p.down, p.phase, p.weight);
            for (std::size_t i = 0; i < n; ++i) {
                auto const way = xs[i] - p.x;
                if (near(way)) {
                    sum[i] += detail::gabor_part(detail::gabor_across(way, p.across), down);
                }
            }
        }
    }

    detail::gabor_parameters parameters_;
};
static_assert(row_noise_field<gabor> && grid_noise_field<gabor>);

/// The field, of options that it checks.
[[nodiscard]] inline auto make_gabor(keyed_lattice lattice, gabor_options const& options) -> gabor {
    auto const& o = options;
    detail::require(detail::is_number(o.frequency) && o.frequency >= 0.0 && o.frequency <= 64.0, errc::out_of_domain, "hallmark::make_gabor: frequency is ",
                    o.frequency, "; allowed is 0 to 64");
    detail::require(detail::is_number(o.orientation) && o.orientation >= -360.0 && o.orientation <= 360.0, errc::out_of_domain,
                    "hallmark::make_gabor: orientation is ", o.orientation, "; allowed is -360 to 360");
    detail::require(o.impulses >= 1 && o.impulses <= 64, errc::out_of_domain, "hallmark::make_gabor: impulses is ", o.impulses, "; allowed is 1 to 64");
    auto const d   = detail::direction_of(o.orientation);
    auto const q14 = [](std::int32_t v) { return (v + 0x8000) >> 16; };
    return {lattice, static_cast<std::uint32_t>(o.frequency * 65536.0 + 0.5), q14(d.cosine), q14(d.sine), o.impulses, o.isotropic, o.poisson, o.signs};
}

/// Makes Gabor noise with these options of a lattice, for sources.
struct gabor_from_lattice {
    gabor_options      options = {};
    [[nodiscard]] auto operator()(keyed_lattice lattice) const -> gabor { return make_gabor(lattice, options); }
};

}  // namespace hallmark::inline v0
