// Sums of octaves with any lacunarity and gain, plain or folded: fBm, ridged, billow, ping-pong.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/error.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/fixed.hpp>
#include <hallmark/noise/lanes_grid.hpp>
#include <hallmark/noise/octaves.hpp>
#include <hallmark/noise/plain_grid.hpp>
#include <hallmark/noise/volume.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hallmark::inline v0 {

/// `octaves` in [1, 16]. Octave o has `lacunarity`^o as its frequency, in (1, 4], and `gain`^o as its height, in (0, 1],
/// before all heights are divided by their sum. Both are rounded to 2^-16. A lacunarity that is no whole number
/// gives up the repetition: where the lattice repeats, the sum has a seam.
struct fractal_options {
    std::uint32_t octaves    = 4;
    double        lacunarity = 2.0;
    double        gain       = 0.5;
};

namespace detail {
/// A fold of one sample, by its `at`, which takes vectors of them, too.
template <class Fold>
struct fold {
    [[nodiscard]] HALLMARK_HD constexpr auto operator()(noise_sample n) const noexcept -> noise_sample {
        noise_sample out = 0;
        static_cast<Fold const&>(*this).at(n, out);
        return out;
    }
    friend constexpr auto operator==(fold const&, fold const&) -> bool = default;
};
}  // namespace detail

/// The folds: what is done to a sample of an octave, [-1, 1] to [-1, 1], before it is added.
struct plain_fold : detail::fold<plain_fold> {
    template <class Int>
    HALLMARK_HD HALLMARK_INLINE constexpr void at(Int const& n, Int& out) const noexcept {
        out = n;
    }
    friend constexpr auto operator==(plain_fold const&, plain_fold const&) -> bool = default;
};
/// 1 - 2|n|: zeros become crests.
struct ridge_fold : detail::fold<ridge_fold> {
    template <class Int>
    HALLMARK_HD HALLMARK_INLINE constexpr void at(Int const& n, Int& out) const noexcept {
        Int const away = (n ^ (n >> 31)) - (n >> 31);
        out            = noise_one - away - away;  // 2 · away may be 2^31
    }
    friend constexpr auto operator==(ridge_fold const&, ridge_fold const&) -> bool = default;
};
/// 2|n| - 1: zeros become creases between round hills.
struct billow_fold : detail::fold<billow_fold> {
    template <class Int>
    HALLMARK_HD HALLMARK_INLINE constexpr void at(Int const& n, Int& out) const noexcept {
        Int const away = (n ^ (n >> 31)) - (n >> 31);
        out            = away - noise_one + away;
    }
    friend constexpr auto operator==(billow_fold const&, billow_fold const&) -> bool = default;
};
/// As n goes from -1 to 1, the fold goes `strength` (Q.7) times from -1 to 1 or back: rings in every hill.
struct ping_pong_fold : detail::fold<ping_pong_fold> {
    std::uint32_t strength = 4 << 7;

    ping_pong_fold() = default;
    HALLMARK_HD explicit constexpr ping_pong_fold(std::uint32_t strength7) noexcept : strength(strength7) {}

    template <class Int>
    HALLMARK_HD HALLMARK_INLINE constexpr void at(Int const& n, Int& out) const noexcept {
        using U = typename detail::lanes_of<Int>::u;
        // One way is 2^31, to and fro is 2^32: whole ways are the product's overflow.
        U const way  = (((U)n + std::uint32_t{noise_one}) >> 7) * strength;
        U const back = (U)((Int)way >> 31);
        out          = (Int)((way ^ back) - back - std::uint32_t{noise_one});
    }
    friend constexpr auto operator==(ping_pong_fold const&, ping_pong_fold const&) -> bool = default;
};

/// Σ height_o · fold(field_o(place · frequency_o)), in the plane or in space as the field is. Made by `fbm`, `ridged`,
/// `billow` and `ping_pong`. Range: [-1, 1]. Each octave is rounded to 2^-15 before it is weighted. Cost: one field per octave.
template <class Field, class Fold>
class fractal_sum {
public:
    fractal_sum() = default;
    /// Of options that were checked: `fbm` and its siblings do. Gain and lacunarity in units of 2^-16.
    HALLMARK_HD constexpr fractal_sum(Field base, Fold fold, std::uint32_t octaves, std::uint64_t lacunarity16, std::uint64_t gain16) noexcept
        : base_(base), fold_(fold), octaves_(octaves) {
        std::uint64_t height[16] = {}, sum = 0;
        for (std::uint32_t o = 0; o < octaves; ++o) {
            frequency_[o] = o == 0 ? 65536u : (frequency_[o - 1] * lacunarity16) >> 16;
            height[o]     = o == 0 ? std::uint64_t{1} << 30 : (height[o - 1] * gain16) >> 16;
            sum += height[o];
        }
        for (std::uint32_t o = 0; o < octaves; ++o) {
            height_[o] = static_cast<std::int32_t>((height[o] << 15) / sum);
        }
    }

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample requires noise_field<Field> {
        noise_sample sum = 0;
        for (std::uint32_t o = 0; o < octaves_; ++o) {
            sum += part(base_.octave(o)(scaled(x, o), scaled(y, o)), o);
        }
        return sum;
    }
    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y, lattice_coordinate z) const noexcept
        -> noise_sample requires volume_field<Field> {
        noise_sample sum = 0;
        for (std::uint32_t o = 0; o < octaves_; ++o) {
            sum += part(base_.octave(o)(scaled(x, o), scaled(y, o), scaled(z, o)), o);
        }
        return sum;
    }

    HALLMARK_HD constexpr void row(lattice_coordinate const* xs, std::size_t count, lattice_coordinate y,
                                   noise_sample* out) const noexcept requires row_noise_field<Field> {
        detail::row_of_octaves(
            base_, octaves_, xs, count, y, out, [this](lattice_coordinate at, std::uint32_t o) noexcept { return scaled(at, o); },
            [this](noise_sample n, std::uint32_t o, noise_sample& v) noexcept { part(n, o, v); });
    }

    /// The same for one number, or a vector of places `x`, and one `y` or a vector.
    template <class U, class Y, class Int>
    requires detail::lanes_field<Field> HALLMARK_HD HALLMARK_INLINE constexpr void at(U const& x, Y const& y, Int& out) const noexcept {
        Int sum{};
        for (std::uint32_t o = 0; o < octaves_; ++o) {
            U   px{};
            Y   py{};
            Int n{}, v{};
            detail::scaled16(x, frequency_[o], px);
            detail::scaled16(y, frequency_[o], py);
            base_.octave(o).at(px, py, n);
            part(n, o, v);
            sum += v;
        }
        out = sum;
    }

    /// The same in space.
    template <class U, class Y, class Z, class Int>
    requires detail::lanes_volume_field<Field> HALLMARK_HD HALLMARK_INLINE constexpr void at(U const& x, Y const& y, Z const& z, Int& out) const noexcept {
        Int sum{};
        for (std::uint32_t o = 0; o < octaves_; ++o) {
            U   px{};
            Y   py{};
            Z   pz{};
            Int n{}, v{};
            detail::scaled16(x, frequency_[o], px);
            detail::scaled16(y, frequency_[o], py);
            detail::scaled16(z, frequency_[o], pz);
            base_.octave(o).at(px, py, pz, n);
            part(n, o, v);
            sum += v;
        }
        out = sum;
    }

    auto grid(noise_grid const& g) const -> noise_range requires noise_field<Field> {
        return grid_of(*this, g, [this](std::uint32_t o, noise_grid const& one) { detail::any_grid(base_.octave(o), one); });
    }
    /// The same on the plane z of space.
    auto grid(noise_grid const& g, lattice_coordinate z) const -> noise_range requires volume_field<Field> {
        return grid_of(slice_field<fractal_sum>(*this, z), g,
                       [this, z](std::uint32_t o, noise_grid const& one) { detail::any_grid(slice_field<Field>(base_.octave(o), scaled(z, o)), one); });
    }

    /// The same sum on unrelated fields.
    [[nodiscard]] HALLMARK_HD constexpr auto octave(std::uint32_t o) const noexcept -> fractal_sum {
        auto out  = *this;
        out.base_ = base_.octave(o);
        return out;
    }

    friend constexpr auto operator==(fractal_sum const&, fractal_sum const&) -> bool = default;

private:
    HALLMARK_HD constexpr auto scaled(lattice_coordinate x, std::uint32_t o) const noexcept -> lattice_coordinate {
        return static_cast<lattice_coordinate>((x * frequency_[o]) >> 16);
    }
    template <class Int>
    HALLMARK_HD HALLMARK_INLINE constexpr void part(Int const& n, std::uint32_t o, Int& out) const noexcept {
        Int folded{};
        fold_.at(n, folded);
        out = (folded >> 15) * height_[o];
    }
    HALLMARK_HD constexpr auto part(noise_sample n, std::uint32_t o) const noexcept -> noise_sample {
        noise_sample out = 0;
        part(n, o, out);
        return out;
    }
    template <class Self, class Octave>
    auto grid_of(Self const& self, noise_grid const& g, Octave const& octave) const -> noise_range {
        if (detail::simd::current() == detail::simd::level::scalar) {
            return detail::plain_grid(self, g);
        }
        return detail::grid_of_octaves(
            octaves_, g, octave, [this](lattice_coordinate at, std::uint32_t o) noexcept { return scaled(at, o); },
            [this](auto const& n, std::uint32_t o, auto& v) HALLMARK_INLINE_LAMBDA { this->part(n, o, v); });
    }

    Field         base_{};
    Fold          fold_{};
    std::uint32_t octaves_       = 1;
    std::uint64_t frequency_[16] = {65536};  // Q.16: at most 2^46
    std::int32_t  height_[16]    = {32768};  // Q.15: 1 in all
};

namespace detail {
template <class Field, class Fold>
[[nodiscard]] auto checked_fractal(std::string_view who, Field const& field, Fold fold, fractal_options const& o) -> fractal_sum<Field, Fold> {
    require(o.octaves >= 1 && o.octaves <= 16, errc::out_of_domain, who, ": octaves is ", o.octaves, "; allowed is 1 to 16");
    require(is_number(o.lacunarity) && o.lacunarity > 1.0 && o.lacunarity <= 4.0, errc::out_of_domain, who, ": lacunarity is ", o.lacunarity,
            "; allowed is more than 1, at most 4");
    require(is_number(o.gain) && o.gain > 0.0 && o.gain <= 1.0, errc::out_of_domain, who, ": gain is ", o.gain, "; allowed is more than 0, at most 1");
    auto const q16 = [](double v) { return static_cast<std::uint64_t>(v * 65536.0 + 0.5); };
    return {field, fold, o.octaves, q16(o.lacunarity), q16(o.gain)};
}
}  // namespace detail

/// Fractional Brownian motion (Mandelbrot & Van Ness 1968; Perlin 1985): the plain sum. With the default options it is `fractal`'s sum, but for
/// heights that add up to 1.
template <detail::has_octaves Field>
[[nodiscard]] auto fbm(Field const& field, fractal_options const& options) -> fractal_sum<Field, plain_fold> {
    return detail::checked_fractal("hallmark::fbm", field, plain_fold{}, options);
}

/// Sharp crests where an octave is 0 (after Musgrave 1989, without his weighting of an octave by the one before).
template <detail::has_octaves Field>
[[nodiscard]] auto ridged(Field const& field, fractal_options const& options) -> fractal_sum<Field, ridge_fold> {
    return detail::checked_fractal("hallmark::ridged", field, ridge_fold{}, options);
}

/// Round hills, sharp valleys: Perlin's turbulence (1985), moved to [-1, 1].
template <detail::has_octaves Field>
[[nodiscard]] auto billow(Field const& field, fractal_options const& options) -> fractal_sum<Field, billow_fold> {
    return detail::checked_fractal("hallmark::billow", field, billow_fold{}, options);
}

/// Rings: each octave runs `strength` times between -1 and 1, to and fro (1 leaves it as it is, 2 is `ridged`); `strength` in [1/8, 16], rounded to 1/128.
template <detail::has_octaves Field>
[[nodiscard]] auto ping_pong(Field const& field, fractal_options const& options, double strength = 4.0) -> fractal_sum<Field, ping_pong_fold> {
    detail::require(detail::is_number(strength) && strength >= 0.125 && strength <= 16.0, errc::out_of_domain, "hallmark::ping_pong: strength is ", strength,
                    "; allowed is 0.125 to 16");
    return detail::checked_fractal("hallmark::ping_pong", field, ping_pong_fold(static_cast<std::uint32_t>(strength * 128.0 + 0.5)), options);
}

}  // namespace hallmark::inline v0
