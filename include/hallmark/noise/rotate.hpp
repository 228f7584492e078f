// A field turned about the corner of the picture, in space about the edge from slice to slice.
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

/// The field turned about (0, 0), in space about the axis of z: every slice alike. Made by `rotate`. Coordinates across the axis count from -32,768 to 32,768
/// cells, and there is a seam there.
template <detail::plane_or_space Field>
class rotated_field {
public:
    rotated_field() = default;
    /// Of the angle's cosine and sine, Q.30.
    HALLMARK_HD constexpr rotated_field(Field field, std::int32_t cosine, std::int32_t sine) noexcept : field_(field), cosine_(cosine), sine_(sine) {}

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample requires noise_field<Field> {
        return field_(turned(x, y, cosine_, sine_), turned(x, y, -sine_, cosine_));
    }
    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y, lattice_coordinate z) const noexcept
        -> noise_sample requires volume_field<Field> {
        return field_(turned(x, y, cosine_, sine_), turned(x, y, -sine_, cosine_), z);
    }
    /// The same for one number, or a vector of places `x`, and one `y` or a vector.
    template <class U, class Y, class Int>
    requires detail::lanes_field<Field> HALLMARK_HD HALLMARK_INLINE constexpr void at(U const& x, Y const& y, Int& out) const noexcept {
        U px{}, py{};
        turned(x, y, cosine_, sine_, px);
        turned(x, y, -sine_, cosine_, py);
        field_.at(px, py, out);
    }
    /// The same in space.
    template <class U, class Y, class Z, class Int>
    requires detail::lanes_volume_field<Field> HALLMARK_HD HALLMARK_INLINE constexpr void at(U const& x, Y const& y, Z const& z, Int& out) const noexcept {
        U px{}, py{};
        turned(x, y, cosine_, sine_, px);
        turned(x, y, -sine_, cosine_, py);
        field_.at(px, py, z, out);
    }
    auto grid(noise_grid const& g) const -> noise_range requires detail::lanes_field<Field> { return detail::lanes_grid(*this, g); }
    /// The same on the plane z of space.
    auto grid(noise_grid const& g, lattice_coordinate z) const -> noise_range requires detail::lanes_volume_field<Field> {
        return detail::lanes_grid(slice_field<rotated_field>(*this, z), g);
    }
    [[nodiscard]] HALLMARK_HD constexpr auto octave(std::uint32_t o) const noexcept -> rotated_field requires detail::has_octaves<Field> {
        return {field_.octave(o), cosine_, sine_};
    }
    friend constexpr auto operator==(rotated_field const&, rotated_field const&) -> bool = default;

private:
    // x · a + y · b, Q.30, rounded down.
    HALLMARK_HD static constexpr auto turned(lattice_coordinate x, lattice_coordinate y, std::int32_t a, std::int32_t b) noexcept -> lattice_coordinate {
        return static_cast<lattice_coordinate>((std::int64_t{static_cast<std::int32_t>(x)} * a + std::int64_t{static_cast<std::int32_t>(y)} * b) >> 30);
    }
    template <class U, class Y>
    HALLMARK_HD HALLMARK_INLINE static constexpr void turned(U const& x, Y const& y, std::int32_t a, std::int32_t b, U& out) noexcept {
        U high{}, low{};
        Y more{}, rest{};
        detail::product30((typename detail::lanes_of<U>::i)x, a, high, low);
        detail::product30((typename detail::lanes_of<Y>::i)y, b, more, rest);
        out = high + more + ((low + rest) >> 30);
    }

    Field        field_{};
    std::int32_t cosine_ = noise_one, sine_ = 0;
};

namespace detail {
/// cos(2π · turn / 2^32), Q.30, to 2^-27: by the series, so that no mathematical library has a say in the bits.
[[nodiscard]] HALLMARK_HD constexpr auto cosine30(std::uint32_t turn) noexcept -> std::int32_t {
    auto const half = static_cast<std::int64_t>(static_cast<std::int32_t>(turn));  // half turns, Q.31
    auto const v    = noise_one - (half < 0 ? -half : half);                       // quarter turns to the next zero, Q.30, in [-1, 1]
    auto const v2   = (v * v) >> 30;
    // The cosine is sin(π/2 · v): (π/2)^(2k+1) / (2k+1)! with alternating signs, Q.30, highest first.
    constexpr std::int64_t term[] = {-1, 61, -3864, 172272, -5026995, 85569306, -693598668, 1686629713};
    auto                   sum    = term[0];
    for (int k = 1; k < 8; ++k) {
        sum = ((sum * v2) >> 30) + term[k];
    }
    auto const c = (sum * v) >> 30;
    return static_cast<std::int32_t>(c > noise_one ? noise_one : (c < -noise_one ? -noise_one : c));
}

/// cos and sin of an angle, Q.30.
struct direction {
    std::int32_t cosine, sine;
};
/// Of `degrees`, in [-720, 720].
[[nodiscard]] inline auto direction_of(double degrees) noexcept -> direction {
    auto const turn = static_cast<std::uint32_t>(static_cast<std::int64_t>(degrees / 360.0 * 0x1p32 + (degrees < 0 ? -0.5 : 0.5)));
    return {cosine30(turn), cosine30(turn - 0x40000000u)};
}
}  // namespace detail

/// The field turned by `degrees` in [-360, 360], clockwise as y points down; a field in space about the axis of z, as the frames of a video are turned.
template <detail::plane_or_space Field>
[[nodiscard]] auto rotate(Field const& field, double degrees) -> rotated_field<Field> {
    detail::require(detail::is_number(degrees) && degrees >= -360.0 && degrees <= 360.0, errc::out_of_domain, "hallmark::rotate: degrees is ", degrees,
                    "; allowed is -360 to 360");
    auto const d = detail::direction_of(degrees);
    return {field, d.cosine, d.sine};
}

}  // namespace hallmark::inline v0
