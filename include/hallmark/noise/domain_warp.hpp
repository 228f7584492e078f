// A field, in the plane or in space, whose places are moved about by another field.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/error.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/fixed.hpp>
#include <hallmark/noise/lanes_grid.hpp>
#include <hallmark/noise/octaves.hpp>
#include <hallmark/noise/volume.hpp>

#include <cstdint>

namespace hallmark::inline v0 {

/// field(x + a · u(x, y), y + a · v(x, y)), where u and v are two unrelated octaves (16 and 17) of a second field. In space, where both fields are
/// fields in space, z + a · w(x, y, z) is the third place, by octave 48. Made by `domain_warp`.
template <class Field, class By>
    requires(detail::plane_or_space<Field, By>&& detail::has_octaves<By>)
class warped_field {
public:
    warped_field() = default;
    /// `amount16` in units of 2^-16 cells.
    HALLMARK_HD constexpr warped_field(Field field, By by, std::uint32_t amount16) noexcept
        : field_(field), right_(by.octave(16)), down_(by.octave(17)), deep_(by.octave(48)), amount_(amount16) {}

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample requires noise_field<Field> {
        return field_(x + moved(right_(x, y)), y + moved(down_(x, y)));
    }
    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y, lattice_coordinate z) const noexcept
        -> noise_sample requires volume_field<Field> {
        return field_(x + moved(right_(x, y, z)), y + moved(down_(x, y, z)), z + moved(deep_(x, y, z)));
    }
    /// The same for one number, or a vector of places `x`, and one `y` or a vector.
    template <class U, class Y, class Int>
        requires(detail::lanes_field<Field>&& detail::lanes_field<By>)
    HALLMARK_HD HALLMARK_INLINE constexpr void at(U const& x, Y const& y, Int& out) const noexcept {
        Int n{};
        U   right{}, down{};
        right_.at(x, y, n);
        moved(n, right);
        down_.at(x, y, n);
        moved(n, down);
        field_.at(U(x + right), U(y + down), out);
    }
    /// The same in space.
    template <class U, class Y, class Z, class Int>
        requires(detail::lanes_volume_field<Field>&& detail::lanes_volume_field<By>)
    HALLMARK_HD HALLMARK_INLINE constexpr void at(U const& x, Y const& y, Z const& z, Int& out) const noexcept {
        Int n{};
        U   right{}, down{}, deep{};
        right_.at(x, y, z, n);
        moved(n, right);
        down_.at(x, y, z, n);
        moved(n, down);
        deep_.at(x, y, z, n);
        moved(n, deep);
        field_.at(U(x + right), U(y + down), U(z + deep), out);
    }
    auto grid(noise_grid const& g) const -> noise_range requires(detail::lanes_field<Field>&& detail::lanes_field<By>) { return detail::lanes_grid(*this, g); }
    /// The same on the plane z of space.
    auto grid(noise_grid const& g, lattice_coordinate z) const -> noise_range requires(detail::lanes_volume_field<Field>&& detail::lanes_volume_field<By>) {
        return detail::lanes_grid(slice_field<warped_field>(*this, z), g);
    }
    [[nodiscard]] HALLMARK_HD constexpr auto octave(std::uint32_t o) const noexcept -> warped_field requires detail::has_octaves<Field> {
        auto out   = *this;
        out.field_ = field_.octave(o);
        out.right_ = right_.octave(2 * o);
        out.down_  = down_.octave(2 * o);
        out.deep_  = deep_.octave(2 * o);
        return out;
    }
    friend constexpr auto operator==(warped_field const&, warped_field const&) -> bool = default;

private:
    HALLMARK_HD constexpr auto moved(noise_sample n) const noexcept -> std::uint32_t {
        return static_cast<std::uint32_t>((std::int64_t{n} * static_cast<std::int64_t>(amount_)) >> 30);
    }
    template <class Int, class U>
    HALLMARK_HD HALLMARK_INLINE constexpr void moved(Int const& n, U& out) const noexcept {
        U rest{};
        detail::product30(n, static_cast<std::int32_t>(amount_), out, rest);
    }

    Field         field_{};
    By            right_{}, down_{}, deep_{};
    std::uint32_t amount_ = 0;
};

/// The field moved about by up to `amount` cells in each direction, in [0, 64], rounded to 2^-16 (Quilez 2002; Ebert et al. 2003).
/// Both are fields of the plane, or both fields in space. Cost: the field, and `by` once for each direction.
template <class Field, class By>
    requires(detail::plane_or_space<Field, By>&& detail::has_octaves<By>)
[[nodiscard]] auto domain_warp(Field const& field, By const& by, double amount) -> warped_field<Field, By> {
    detail::require(detail::is_number(amount) && amount >= 0.0 && amount <= 64.0, errc::out_of_domain, "hallmark::domain_warp: amount is ", amount,
                    "; allowed is 0 to 64");
    return {field, by, static_cast<std::uint32_t>(amount * 65536.0 + 0.5)};
}

}  // namespace hallmark::inline v0
