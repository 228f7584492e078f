// Part of the Gabor field: the impulses of a cell, and the wave and bell of an impulse along one axis.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/lattice.hpp>

#include <cstdint>

namespace hallmark::inline v0::detail {

/// A product of two 16-bit numbers, where 2^15 is 1, rounded. One instruction for a vector of them.
[[nodiscard]] HALLMARK_HD constexpr auto multiply_round(std::int32_t a, std::int32_t b) noexcept -> std::int32_t { return (a * b + 0x4000) >> 15; }

// The same constants serve the lanes in noise/gabor_grid.hpp.
// One by one as well: device code may use constants of numbers, not of arrays.
inline constexpr std::int32_t gabor_sine_a = 25725, gabor_sine_b = 10514, gabor_sine_c = 1171;    // of sin(π/2 v) = v (a - v² (b - c v²)), Q.14
inline constexpr std::int32_t gabor_fall_a = 16383, gabor_fall_b = -10344, gabor_fall_c = 19416;  // of the bell, Q.14
inline constexpr std::int32_t gabor_sine[] = {gabor_sine_a, gabor_sine_b, gabor_sine_c};
inline constexpr std::int32_t gabor_fall[] = {gabor_fall_a, gabor_fall_b, gabor_fall_c};
inline constexpr std::int32_t gabor_edge   = 65534;  // the bell is 0 from here on, Q.16

/// cos(2π · turn / 2^32), Q.15, within 9 units. Of the turn the upper 16 bits count, and half of the next.
[[nodiscard]] HALLMARK_HD constexpr auto gabor_wave(std::uint32_t turn) noexcept -> std::int32_t {
    auto const half = static_cast<std::int32_t>(turn) >> 16;  // half turns, Q.15
    auto const v    = 32767 - 2 * (half ^ (half >> 31));      // quarter turns to the next zero, Q.15
    auto const v2   = multiply_round(v, v);
    return 2 * multiply_round(v, gabor_sine_a - multiply_round(v2, gabor_sine_b - multiply_round(v2, gabor_sine_c)));
}

/// ((1 - t²)(1 - 0.6313 t² + 1.1850 t⁴))², Q.15, of a way t, Q16.16: exp(-3 t²) within 0.02 up to |t| = 0.85, and 0 from 1 on.
[[nodiscard]] HALLMARK_HD constexpr auto gabor_bell(std::uint32_t way) noexcept -> std::int32_t {
    auto const d = static_cast<std::int32_t>(way);
    auto const t = (d < -gabor_edge ? -gabor_edge : (d > gabor_edge ? gabor_edge : d)) >> 1;
    auto const u = multiply_round(t, t);
    auto const p = 2 * multiply_round(32767 - u, gabor_fall_a + multiply_round(u, gabor_fall_b + multiply_round(u, gabor_fall_c)));
    return multiply_round(p, p);
}

/// Along one axis: bell times cosine, and bell times sine.
struct gabor_factor {
    std::int32_t cosine, sine;
};

/// Along a row and down a column. An impulse's part in a sample is the sum of the products of the two, because cos(a + b) = cos a cos b - sin a sin b.
[[nodiscard]] HALLMARK_HD constexpr auto gabor_across(std::uint32_t way, std::uint32_t step) noexcept -> gabor_factor {
    auto const bell = gabor_bell(way);
    auto const turn = way * step;
    return {multiply_round(bell, gabor_wave(turn)), multiply_round(bell, gabor_wave(turn - 0x40000000u))};
}
[[nodiscard]] HALLMARK_HD constexpr auto gabor_down(std::uint32_t way, std::uint32_t step, std::uint32_t phase, std::int32_t weight) noexcept -> gabor_factor {
    auto const high = multiply_round(gabor_bell(way), weight);  // Q.14
    auto const turn = way * step + phase;
    return {multiply_round(high, gabor_wave(turn)), multiply_round(high, gabor_wave(turn + 0x40000000u))};  // the cosine, and minus the sine
}
/// The part, Q.25: sums have room for ±64, and 64 impulses in each of four cells reach 37.
[[nodiscard]] HALLMARK_HD constexpr auto gabor_part(gabor_factor a, gabor_factor b) noexcept -> std::uint32_t {
    return static_cast<std::uint32_t>((a.cosine * b.cosine + a.sine * b.sine) >> 4);
}
/// The sample, of the sum of the parts.
[[nodiscard]] HALLMARK_HD constexpr auto gabor_sample(std::uint32_t sum) noexcept -> noise_sample {
    auto const v = static_cast<std::int32_t>(sum), most = std::int32_t{1} << 25;
    return (v > most ? most : (v < -most ? -most : v)) * 32;
}

/// Draws number 0, 1, 2, … of a cell: a counter, mixed. One number, or a vector of them.
template <class U>
HALLMARK_HD HALLMARK_INLINE constexpr void gabor_draw(std::uint32_t cell, U const& number, U& out) noexcept {
    U h = number * 0x9e3779b9u + cell;
    h   = (h ^ (h >> 16)) * 0x85ebca6bu;  // the finaliser of MurmurHash3 (Appleby 2011)
    h   = (h ^ (h >> 13)) * 0xc2b2ae35u;
    out = h ^ (h >> 16);
}

/// Where an impulse is, how its wave turns for every 2^-16 of a cell to the right and down, its phase, and its height, Q.14.
struct gabor_impulse_at {
    lattice_coordinate x, y;
    std::uint32_t      across, down, phase;
    std::int32_t       weight;
};

/// What `gabor` knows.
struct gabor_parameters {
    keyed_lattice lattice;
    std::uint32_t frequency;     // Q.16
    std::int32_t  cosine, sine;  // Q.14
    std::int32_t  scale;         // Q.16
    std::uint32_t impulses;
    bool          isotropic, poisson, signs;

    friend constexpr auto operator==(gabor_parameters const&, gabor_parameters const&) -> bool = default;

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
    /// How many impulses are in the cell of this hash.
    [[nodiscard]] HALLMARK_HD constexpr auto count(std::uint32_t cell) const noexcept -> std::uint32_t {
        if (!poisson) {
            return impulses;
        }
        std::uint32_t number = 0;  // the sum of as many Poisson numbers of mean 1
        for (std::uint32_t k = 0; k < impulses; ++k) {
            std::uint32_t hash = 0;
            gabor_draw(cell, 0x80000000u + k, hash);
            number += poisson_of(hash);
        }
        return number;
    }
    /// Frequency (Q.16) times direction (Q.15) over 2^15, rounded down, in 32 bits.
    template <class Int>
    HALLMARK_HD HALLMARK_INLINE constexpr void along(Int const& direction, Int& out) const noexcept {
        out = (direction * static_cast<std::int32_t>(frequency >> 9) + ((direction * static_cast<std::int32_t>(frequency & 0x1ffu)) >> 9)) >> 6;
    }
    /// The row of impulse number k of a cell, which says cheaply whether it is near.
    [[nodiscard]] HALLMARK_HD static constexpr auto row_of(std::uint32_t cy, std::uint32_t cell, std::uint32_t k) noexcept -> lattice_coordinate {
        std::uint32_t place = 0;
        gabor_draw(cell, 3 * k, place);
        return (cy << 16) + (place & 0xffffu);
    }
    /// Impulse number k of the cell at (cx, cy), whose hash is `cell`.
    [[nodiscard]] HALLMARK_HD constexpr auto impulse(std::uint32_t cx, std::uint32_t cy, std::uint32_t cell, std::uint32_t k) const noexcept
        -> gabor_impulse_at {
        std::uint32_t place = 0, wave = 0, weigh = 0;
        gabor_draw(cell, 3 * k, place);
        gabor_draw(cell, 3 * k + 1, wave);
        gabor_draw(cell, 3 * k + 2, weigh);
        std::int32_t across = 0, down = 0;
        along(isotropic ? gabor_wave(wave << 16) : 2 * cosine, across);
        along(isotropic ? gabor_wave((wave << 16) - 0x40000000u) : 2 * sine, down);
        auto const height = signs ? ((static_cast<std::int32_t>(weigh) >> 31) | 1) * (1 << 14) : static_cast<std::int32_t>(weigh) >> 17;  // Q.14
        return {(cx << 16) + (place >> 16), (cy << 16) + (place & 0xffffu), static_cast<std::uint32_t>(across), static_cast<std::uint32_t>(down),
                wave & 0xffff0000u,         (height * scale) >> 16};
    }
};

}  // namespace hallmark::inline v0::detail
