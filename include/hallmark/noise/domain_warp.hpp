// A field whose places are moved about by another field.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/error.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/fixed.hpp>
#include <hallmark/noise/lanes_grid.hpp>
#include <hallmark/noise/octaves.hpp>

#include <cstdint>

namespace hallmark::inline v0 {

/// field(x + a · u(x, y), y + a · v(x, y)), where u and v are two unrelated octaves (16 and 17) of a second field. Made by `domain_warp`.
template <noise_field Field, noise_field By>
    requires detail::has_octaves<By>
class warped_field {
public:
    warped_field() = default;
    /// `amount16` in units of 2^-16 cells.
    HALLMARK_HD constexpr warped_field(Field field, By by, std::uint32_t amount16) noexcept
        : field_(field), right_(by.octave(16)), down_(by.octave(17)), amount_(amount16) {}

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample {
        return field_(x + moved(right_(x, y)), y + moved(down_(x, y)));
    }
    /// The same for one number, or a vector of places `x`, and one `y` or a vector.
    template <class U, class Y, class Int>
        requires(detail::lanes_field<Field>&& detail::lanes_field<By>)
    HALLMARK_HD HALLMARK_INLINE constexpr void at(U const& x, Y const& y, Int& out) const noexcept {
        Int n{};
        U   right{}, down{}, rest{};
        right_.at(x, y, n);
        detail::product30(n, static_cast<std::int32_t>(amount_), right, rest);
        down_.at(x, y, n);
        detail::product30(n, static_cast<std::int32_t>(amount_), down, rest);
        field_.at(U(x + right), U(y + down), out);
    }
    auto grid(noise_grid const& g) const -> noise_range requires(detail::lanes_field<Field>&& detail::lanes_field<By>) { return detail::lanes_grid(*this, g); }
    [[nodiscard]] HALLMARK_HD constexpr auto octave(std::uint32_t o) const noexcept -> warped_field requires detail::has_octaves<Field> {
        auto out   = *this;
        out.field_ = field_.octave(o);
        out.right_ = right_.octave(2 * o);
        out.down_  = down_.octave(2 * o);
        return out;
    }
    friend constexpr auto operator==(warped_field const&, warped_field const&) -> bool = default;

private:
    HALLMARK_HD constexpr auto moved(noise_sample n) const noexcept -> std::uint32_t {
        return static_cast<std::uint32_t>((std::int64_t{n} * static_cast<std::int64_t>(amount_)) >> 30);
    }
    Field         field_{};
    By            right_{}, down_{};
    std::uint32_t amount_ = 0;
};

/// The field moved about by up to `amount` cells in each direction, in [0, 64], rounded to 2^-16 (Quilez 2002; Ebert et al. 2003).
/// Cost: the field, and twice `by`.
template <noise_field Field, noise_field By>
    requires detail::has_octaves<By>
[[nodiscard]] auto domain_warp(Field const& field, By const& by, double amount) -> warped_field<Field, By> {
    detail::require(detail::is_number(amount) && amount >= 0.0 && amount <= 64.0, errc::out_of_domain, "hallmark::domain_warp: amount is ", amount,
                    "; allowed is 0 to 64");
    return {field, by, static_cast<std::uint32_t>(amount * 65536.0 + 0.5)};
}

}  // namespace hallmark::inline v0
