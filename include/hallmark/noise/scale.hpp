// A field, in the plane or in space, made larger or smaller.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/error.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/fixed.hpp>
#include <hallmark/noise/lanes_grid.hpp>
#include <hallmark/noise/octaves.hpp>
#include <hallmark/noise/plain_grid.hpp>
#include <hallmark/noise/volume.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace hallmark::inline v0 {

/// field(place · factor). Made by `scale`. As the lattice repeats, so does this; where the factor is no whole number, with a seam.
template <detail::plane_or_space Field>
class scaled_field {
public:
    scaled_field() = default;
    /// `factor16` in units of 2^-16.
    HALLMARK_HD constexpr scaled_field(Field field, std::uint32_t factor16) noexcept : field_(field), factor_(factor16) {}

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample requires noise_field<Field> {
        return field_(scaled(x), scaled(y));
    }
    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y, lattice_coordinate z) const noexcept
        -> noise_sample requires volume_field<Field> {
        return field_(scaled(x), scaled(y), scaled(z));
    }
    HALLMARK_HD constexpr void row(lattice_coordinate const* xs, std::size_t count, lattice_coordinate y,
                                   noise_sample* out) const noexcept requires row_noise_field<Field> {
        constexpr std::size_t block = 64;
        lattice_coordinate    at[block];
        for (std::size_t first = 0; first < count; first += block) {
            auto const n = count - first < block ? count - first : block;
            for (std::size_t i = 0; i < n; ++i) {
                at[i] = scaled(xs[first + i]);
            }
            field_.row(at, n, scaled(y), out + first);
        }
    }
    /// The same for one number, or a vector of places `x`, and one `y` or a vector.
    template <class U, class Y, class Int>
    requires detail::lanes_field<Field> HALLMARK_HD HALLMARK_INLINE constexpr void at(U const& x, Y const& y, Int& out) const noexcept {
        U px{};
        Y py{};
        detail::scaled16(x, factor_, px);
        detail::scaled16(y, factor_, py);
        field_.at(px, py, out);
    }
    /// The same in space.
    template <class U, class Y, class Z, class Int>
    requires detail::lanes_volume_field<Field> HALLMARK_HD HALLMARK_INLINE constexpr void at(U const& x, Y const& y, Z const& z, Int& out) const noexcept {
        U px{};
        Y py{};
        Z pz{};
        detail::scaled16(x, factor_, px);
        detail::scaled16(y, factor_, py);
        detail::scaled16(z, factor_, pz);
        field_.at(px, py, pz, out);
    }
    /// A picture: the field's own way, at other places.
    auto grid(noise_grid const& g) const -> noise_range requires noise_field<Field> { return grid_of(field_, g); }
    /// The same on the plane z of space.
    auto grid(noise_grid const& g, lattice_coordinate z) const -> noise_range requires volume_field<Field> {
        return grid_of(slice_field<Field>(field_, scaled(z)), g);
    }
    [[nodiscard]] HALLMARK_HD constexpr auto octave(std::uint32_t o) const noexcept -> scaled_field requires detail::has_octaves<Field> {
        return {field_.octave(o), factor_};
    }
    friend constexpr auto operator==(scaled_field const&, scaled_field const&) -> bool = default;

private:
    HALLMARK_HD constexpr auto scaled(lattice_coordinate x) const noexcept -> lattice_coordinate {
        return static_cast<lattice_coordinate>((std::uint64_t{x} * factor_) >> 16);
    }
    template <class Plane>
    auto grid_of(Plane const& plane, noise_grid const& g) const -> noise_range {
        std::vector<lattice_coordinate> xs(g.xs, g.xs + g.width), ys(g.ys, g.ys + g.height);
        for (auto* places : {&xs, &ys}) {
            for (auto& p : *places) {
                p = scaled(p);
            }
        }
        return detail::any_grid(plane, {xs.data(), g.width, ys.data(), g.height, g.out, g.stride});
    }

    Field         field_{};
    std::uint32_t factor_ = 65536;
};

/// The field at another scale; `factor` in [1/1024, 1024], rounded to 2^-16. 2 makes everything half as large.
template <detail::plane_or_space Field>
[[nodiscard]] auto scale(Field const& field, double factor) -> scaled_field<Field> {
    detail::require(detail::is_number(factor) && factor >= 0x1p-10 && factor <= 0x1p10, errc::out_of_domain, "hallmark::scale: factor is ", factor,
                    "; allowed is 1/1024 to 1024");
    return {field, static_cast<std::uint32_t>(factor * 65536.0 + 0.5)};
}

}  // namespace hallmark::inline v0
