// Fields in space: the concepts, one slice of a field as a field of the plane, and the fill of a block.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/grid.hpp>
#include <hallmark/noise/octaves.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace hallmark::inline v0 {

/// A field in space, for volumes and video: `f(x, y, z)`, z from slice to slice.
template <class F>
concept volume_field = std::regular<F> && requires(F const f, lattice_coordinate x, lattice_coordinate y, lattice_coordinate z) {
    { f(x, y, z) }
    noexcept->std::same_as<noise_sample>;
};

/// A field in space that knows a faster way to compute a row: `f.row(xs, count, y, z, out)` writes f(xs[i], y, z) to out[i].
template <class F>
concept row_volume_field = volume_field<F> &&
    requires(F const f, lattice_coordinate const* xs, std::size_t count, lattice_coordinate y, lattice_coordinate z, noise_sample* out) {
    { f.row(xs, count, y, z, out) }
    noexcept;
};

/// A field in space that knows a faster way to compute a picture of the plane z: `f.grid(g, z)`, as a field of the plane does.
template <class F>
concept grid_volume_field = volume_field<F> && requires(F const f, noise_grid const& g, lattice_coordinate z) {
    { f.grid(g, z) } -> std::same_as<noise_range>;
};

namespace detail {
/// Fields of the plane, or fields in space, all of them: what combinators take.
template <class F, class... More>
concept plane_or_space = (noise_field<F> && ... && noise_field<More>) || (volume_field<F> && ... && volume_field<More>);

/// A field in space that is computed in lanes, anywhere: `field.at(x, y, z, out)`, vectors of places, or one number for `z`, or for `y` and `z`.
#if HALLMARK_VECTORS
template <class F>
concept lanes_volume_field = volume_field<F> && requires(F const f, simd::vectors<16>::u32 const& x, lattice_coordinate y, simd::vectors<16>::i32& out) {
    f.at(x, y, y, out);
    f.at(x, x, y, out);
    f.at(x, x, x, out);
};
#else
template <class F>
concept lanes_volume_field = false;
#endif
}  // namespace detail

/// The plane z of a field in space: what the fields of the plane can be used for, so can this.
template <volume_field Field>
class slice_field {
public:
    slice_field() = default;
    HALLMARK_HD constexpr slice_field(Field field, lattice_coordinate z) noexcept : field_(field), z_(z) {}

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample { return field_(x, y, z_); }
    HALLMARK_HD constexpr void               row(lattice_coordinate const* xs, std::size_t count, lattice_coordinate y,
                                                 noise_sample* out) const noexcept requires row_volume_field<Field> {
                      field_.row(xs, count, y, z_, out);
    }
    /// The same for one number, or a vector of places `x`, and one `y` or a vector.
    template <class U, class Y, class Int>
    requires detail::lanes_volume_field<Field> HALLMARK_HD HALLMARK_INLINE constexpr void at(U const& x, Y const& y, Int& out) const noexcept {
        field_.at(x, y, z_, out);
    }
    auto                                     grid(noise_grid const& g) const -> noise_range requires grid_volume_field<Field> { return field_.grid(g, z_); }
    [[nodiscard]] HALLMARK_HD constexpr auto octave(std::uint32_t o) const noexcept -> slice_field requires detail::has_octaves<Field> {
        return {field_.octave(o), z_};
    }
    friend constexpr auto operator==(slice_field const&, slice_field const&) -> bool = default;

private:
    Field              field_{};
    lattice_coordinate z_ = 0;
};

/// Writes field((column + origin.x) / period, (row + origin.y) / period, (slice + origin.z) / period) to every element of `block`, a view of extents
/// (1, depth, height, width) with any strides. `period` is the size of a lattice cell in pixels, in [1, 1000000]. Places are rounded down to 2^-16 of a cell.
template <volume_field F>
void fill_volume(F const& field, std::uint32_t period, tensor_view<noise_sample> block, noise_origin origin = {}) {
    detail::require(period >= 1 && period <= noise_longest_period, errc::out_of_domain, "hallmark::fill_volume: the period is ", period,
                    " pixels; allowed is 1 to 1000000");
    detail::require(block.samples() == 1, errc::shape_mismatch, "hallmark::fill_volume: the block has ", block.samples(), " samples; allowed is one");
    auto const width = block.width();
    auto const xs = detail::places(origin.x, width, period), ys = detail::places(origin.y, block.height(), period),
               zs = detail::places(origin.z, block.channels(), period);
    if (block.size() == 0) {
        return;
    }
    bool const                dense = block.stride[3] == 1;
    std::vector<noise_sample> other(dense ? 0 : block.height() * width);
    for (std::size_t d = 0; d < block.channels(); ++d) {
        auto const g = noise_grid{
            xs.data(), width, ys.data(), ys.size(), dense ? block.row(0, d, 0) : other.data(), dense ? block.stride[2] : static_cast<std::ptrdiff_t>(width)};
        detail::any_grid(slice_field<F>(field, zs[d]), g);
        for (std::size_t i = 0; i < other.size(); ++i) {
            block.at(0, d, i / width, i % width) = other[i];
        }
    }
}

}  // namespace hallmark::inline v0
