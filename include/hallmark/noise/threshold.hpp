// A field, in the plane or in space, cut at a level: -1 below, +1 from there on.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/error.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/lanes_grid.hpp>
#include <hallmark/noise/octaves.hpp>
#include <hallmark/noise/plain_grid.hpp>
#include <hallmark/noise/volume.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

/// +1 where the field is at or above a level, -1 below. Made by `threshold`; level 0 is the field's sign.
template <detail::plane_or_space Field>
class threshold_field {
public:
    threshold_field() = default;
    HALLMARK_HD constexpr threshold_field(Field field, noise_sample lowest) noexcept : field_(field), level_(lowest) {}

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample requires noise_field<Field> {
        noise_sample out = 0;
        cut(field_(x, y), out);
        return out;
    }
    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y, lattice_coordinate z) const noexcept
        -> noise_sample requires volume_field<Field> {
        noise_sample out = 0;
        cut(field_(x, y, z), out);
        return out;
    }
    HALLMARK_HD constexpr void row(lattice_coordinate const* xs, std::size_t count, lattice_coordinate y,
                                   noise_sample* out) const noexcept requires row_noise_field<Field> {
        field_.row(xs, count, y, out);
        for (std::size_t i = 0; i < count; ++i) {
            cut(noise_sample{out[i]}, out[i]);
        }
    }
    /// The same for one number, or a vector of places `x`, and one `y` or a vector.
    template <class U, class Y, class Int>
    requires detail::lanes_field<Field> HALLMARK_HD HALLMARK_INLINE constexpr void at(U const& x, Y const& y, Int& out) const noexcept {
        Int n{};
        field_.at(x, y, n);
        cut(n, out);
    }
    /// The same in space.
    template <class U, class Y, class Z, class Int>
    requires detail::lanes_volume_field<Field> HALLMARK_HD HALLMARK_INLINE constexpr void at(U const& x, Y const& y, Z const& z, Int& out) const noexcept {
        Int n{};
        field_.at(x, y, z, n);
        cut(n, out);
    }
    /// A picture: the field's own way, then cut.
    auto grid(noise_grid const& g) const -> noise_range requires noise_field<Field> { return grid_of(field_, g); }
    /// The same on the plane z of space.
    auto grid(noise_grid const& g, lattice_coordinate z) const -> noise_range requires volume_field<Field> { return grid_of(slice_field<Field>(field_, z), g); }
    [[nodiscard]] HALLMARK_HD constexpr auto octave(std::uint32_t o) const noexcept -> threshold_field requires detail::has_octaves<Field> {
        return {field_.octave(o), level_};
    }
    friend constexpr auto operator==(threshold_field const&, threshold_field const&) -> bool = default;

private:
    template <class Plane>
    auto grid_of(Plane const& plane, noise_grid const& g) const -> noise_range {
        auto const range = detail::any_grid(plane, g);
        // All of it in one loop where rows are dense. What the loop needs is its own: a store could be one to what it only refers to.
        bool const        dense = g.stride == static_cast<std::ptrdiff_t>(g.width);
        std::size_t const rows = dense ? 1 : g.height, columns = dense ? g.width * g.height : g.width;
        bool const        done = detail::simd::run([&](auto set) HALLMARK_INLINE_LAMBDA {
            constexpr std::size_t lanes = decltype(set)::template count<noise_sample>;
            auto const            self  = *this;
            auto const            count = columns, height = rows;
            auto* const           first  = g.out;
            auto const            stride = g.stride;
            for (std::size_t h = 0; h < height; ++h) {
                auto* const row = first + static_cast<std::ptrdiff_t>(h) * stride;
                std::size_t w   = 0;
                for (; w + lanes <= count; w += lanes) {
                    typename decltype(set)::i32 n, v;
                    detail::simd::load(n, row + w);
                    self.cut(n, v);
                    detail::simd::store(v, row + w);
                }
                for (; w < count; ++w) {
                    self.cut(noise_sample{row[w]}, row[w]);
                }
            }
        });
        for (std::size_t h = 0; h < (done ? 0 : rows); ++h) {
            auto* const row = g.out + static_cast<std::ptrdiff_t>(h) * g.stride;
            for (std::size_t w = 0; w < columns; ++w) {
                cut(noise_sample{row[w]}, row[w]);
            }
        }
        noise_range out{};
        cut(range.least, out.least);
        cut(range.greatest, out.greatest);
        return out;
    }
    template <class Int>
    HALLMARK_HD HALLMARK_INLINE constexpr void cut(Int const& n, Int& out) const noexcept {
        if constexpr (std::integral<Int>) {
            out = n < level_ ? -noise_one : noise_one;
        } else {
            Int const below = n < level_;  // -1 or 0
            out             = noise_one + (below & (-2 * noise_one));
        }
    }

    Field        field_{};
    noise_sample level_ = 0;
};

/// ±1 by a level in [-1, 1]: +1 from `lowest` on.
template <detail::plane_or_space Field>
[[nodiscard]] auto threshold(Field const& field, double lowest = 0.0) -> threshold_field<Field> {
    detail::require(detail::is_number(lowest) && lowest >= -1.0 && lowest <= 1.0, errc::out_of_domain, "hallmark::threshold: level is ", lowest,
                    "; allowed is -1 to 1");
    return {field, static_cast<noise_sample>(lowest * 0x1p30)};
}

}  // namespace hallmark::inline v0
