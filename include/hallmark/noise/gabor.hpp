// Gabor noise (Lagae et al. 2009): sparse convolution of random impulses with a wave under a bell, in fixed point.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/error.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/fixed.hpp>
#include <hallmark/noise/lattice.hpp>
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

/// The sum over impulses at p, with weights w, directions u and phases f, of w · bell(|r|²) · cos(2π (frequency · u·r + f)), r = place - p.
///
/// The bell is exp(-3 |r|²), which is 5 % at the radius of a cell as in Lagae's program, lowered so that it ends there in 0 and
/// the field is continuous. Phases are uniform (Lagae, Lefebvre & Dutré 2011), which makes the variance a closed form for every frequency:
/// impulses · E[w²] · ½ ∫ bell² = impulses · E[w²] · 0.23868, where E[w²] is 1 for signs and 1/3 for uniform weights. The sum is
/// divided by three times the square root of it and cut off at ±1, which about one sample in 370 is.
/// Cost: the impulses of nine cells a pixel; they are found once a cell and row. Range: [-1, 1], mean 0, standard deviation 1/3 (less what is cut off).
class gabor {
public:
    /// `gabor_options{}` on the lattice of seed 0.
    HALLMARK_HD constexpr gabor() noexcept : gabor(keyed_lattice{}, 3u << 16, detail::q14_one, 0, 16, true, false, false) {}
    /// Of options that were checked: `make_gabor` does. The frequency in units of 2^-16, the direction as cosine and sine, Q.14.
    HALLMARK_HD constexpr gabor(keyed_lattice lattice, std::uint32_t frequency16, std::int32_t cosine14, std::int32_t sine14, std::uint32_t impulses,
                                bool isotropic, bool poisson, bool signs) noexcept
        : lattice_(lattice),
          frequency_(frequency16),
          cosine_(cosine14),
          sine_(sine14),
          scale_(0),
          impulses_(impulses),
          isotropic_(isotropic),
          poisson_(poisson),
          signs_(signs) {
        // 1 / (3 · deviation), Q.16: the square root of 2^32 / (9 · impulses · E[w²] · 0.23868).
        auto const nine_variances = std::uint64_t{impulses} * (signs ? 2148 : 716);  // · 1000
        scale_                    = static_cast<std::int32_t>(detail::root64((std::uint64_t{1} << 32) * 1000 / nine_variances));
    }

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample {
        noise_sample out = 0;
        row(&x, 1, y, &out);
        return out;
    }

    HALLMARK_HD constexpr void row(lattice_coordinate const* xs, std::size_t count, lattice_coordinate y, noise_sample* out) const noexcept {
        constexpr std::size_t block = 64;
        for (std::size_t i = 0; i < count;) {
            auto const  cell = xs[i] >> 16;
            std::size_t n    = 1;
            while (n < block && i + n < count && xs[i + n] >> 16 == cell) {
                ++n;
            }
            std::int32_t sum[block] = {}, at[block] = {};
            for (std::size_t k = 0; k < n; ++k) {
                at[k] = detail::cell_fraction(xs[i + k]);
            }
            for (std::uint32_t neighbour = 0; neighbour < 9; ++neighbour) {
                add_cell(cell, y, static_cast<std::int32_t>(neighbour % 3) - 1, static_cast<std::int32_t>(neighbour / 3) - 1, at, n, sum);
            }
            for (std::size_t k = 0; k < n; ++k) {
                auto const v = std::int64_t{sum[k]} * scale_;  // Q.14 · Q.16
                out[i + k]   = static_cast<noise_sample>(v > noise_one ? noise_one : (v < -noise_one ? -noise_one : v));
            }
            i += n;
        }
    }

    [[nodiscard]] HALLMARK_HD constexpr auto octave(std::uint32_t o) const noexcept -> gabor {
        auto out     = *this;
        out.lattice_ = lattice_.octave(o);
        return out;
    }

    friend constexpr auto operator==(gabor const&, gabor const&) -> bool = default;

private:
    // exp(-3 u) from u = 0 to 1, lowered and stretched to end in 0: (1 - u) times a polynomial. 0 from there on. Q.14 to Q.14, within 2^-11.
    HALLMARK_HD static constexpr auto bell(std::int32_t squared) noexcept -> std::int32_t {
        auto const u    = squared < detail::q14_one ? squared : detail::q14_one;
        auto const rest = detail::q14_one - u;
        auto       p    = -24410 + ((6739 * u) >> 14);
        p               = 38823 + ((p * u) >> 14);
        p               = -34948 + ((p * u) >> 14);
        p               = 16384 + ((p * u) >> 14);
        return (rest * p) >> 14;
    }

    // Poisson distributed with mean 1: how many of the tail probabilities P(N > k), scaled to 2^32, the hash is below.
    HALLMARK_HD static constexpr auto poisson_of(std::uint32_t hash) noexcept -> std::uint32_t {
        constexpr std::uint32_t at_most[] = {0x5e2d58d8u, 0xbc5ab1b1u, 0xeb715e1du, 0xfb239797u, 0xff1025f5u, 0xffd90f3bu,
                                             0xfffa8b71u, 0xffff540cu, 0xffffed1fu, 0xfffffe21u, 0xffffffd4u, 0xfffffffcu};
        std::uint32_t           n         = 0;
        for (auto const p : at_most) {
            n += hash >= p ? 1u : 0u;
        }
        return n;
    }
    // Draws number 0, 1, 2, … of a cell: a counter, mixed.
    HALLMARK_HD static constexpr auto draw(std::uint32_t cell, std::uint32_t number) noexcept -> std::uint32_t {
        auto h = cell + number * 0x9e3779b9u;
        h      = (h ^ (h >> 16)) * 0x85ebca6bu;  // the finaliser of MurmurHash3 (Appleby 2011)
        h      = (h ^ (h >> 13)) * 0xc2b2ae35u;
        return h ^ (h >> 16);
    }

    // The impulses of the cell (i, j) cells from that of the pixels, for the pixels `at` in one row.
    HALLMARK_HD constexpr void add_cell(std::uint32_t cx, lattice_coordinate y, std::int32_t i, std::int32_t j, std::int32_t const* at, std::size_t n,
                                        std::int32_t* sum) const noexcept {
        auto const cell   = lattice_((cx + static_cast<std::uint32_t>(i)) & 0xffffu, ((y >> 16) + static_cast<std::uint32_t>(j)) & 0xffffu);
        auto       number = impulses_;
        if (poisson_) {  // the sum of as many Poisson numbers of mean 1
            number = 0;
            for (std::uint32_t k = 0; k < impulses_; ++k) {
                number += poisson_of(draw(cell, 0x80000000u + k));
            }
        }
        for (std::uint32_t k = 0; k < number; ++k) {
            auto const place = draw(cell, 3 * k), wave = draw(cell, 3 * k + 1), weigh = draw(cell, 3 * k + 2);
            auto const dy  = detail::cell_fraction(y) - j * detail::q14_one - static_cast<std::int32_t>(place & 0x3fffu);
            auto const dy2 = (dy * dy) >> 14;
            if (dy2 >= detail::q14_one) {
                continue;  // no pixel of this row is that near
            }
            auto const x0 = i * detail::q14_one + static_cast<std::int32_t>(place >> 18);
            // Pixels at both ends of the run that the disc does not reach: their part would be 0.
            auto const  beyond = [&](std::size_t p) { return ((at[p] - x0) * (at[p] - x0)) >> 14 >= detail::q14_one - dy2; };
            std::size_t first = 0, last = n;
            while (first < last && beyond(first)) {
                ++first;
            }
            while (last > first && beyond(last - 1)) {
                --last;
            }
            if (first == last) {
                continue;
            }
            auto const turn   = wave << 16;
            auto const cosine = isotropic_ ? detail::cosine14(turn) : cosine_;
            auto const sine   = isotropic_ ? detail::sine14(turn) : sine_;
            // Waves per Q.14 unit of place, as a part of 2^32: frequency (Q.16) · direction (Q.14) · 2^-12, modulo whole waves.
            auto const along  = [&](std::int32_t c) { return static_cast<std::uint32_t>((std::int64_t{frequency_} * c) >> 12); };
            auto const step   = along(cosine);
            auto const phase  = (wave & 0xffff0000u) + along(sine) * static_cast<std::uint32_t>(dy);
            auto const weight = signs_ ? (weigh >> 31 != 0 ? -detail::q14_one : detail::q14_one) : static_cast<std::int32_t>(weigh) >> 17;  // Q.14
            for (std::size_t p = first; p < last; ++p) {
                auto const dx = at[p] - x0;
                auto const w  = (bell((dx * dx >> 14) + dy2) * weight) >> 14;
                sum[p] += (w * detail::cosine14(phase + step * static_cast<std::uint32_t>(dx))) >> 14;
            }
        }
    }

    keyed_lattice lattice_;
    std::uint32_t frequency_;
    std::int32_t  cosine_, sine_, scale_;
    std::uint32_t impulses_;
    bool          isotropic_, poisson_, signs_;
};
static_assert(row_noise_field<gabor>);

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

}  // namespace hallmark::inline v0
