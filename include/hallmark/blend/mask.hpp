// Which pixels of a picture a mark touches: all of them, a patch, or random ones.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/error.hpp>
#include <hallmark/noise/lattice.hpp>
#include <hallmark/random/stream.hpp>
#include <hallmark/random/uniform.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

/// `m(row, height, column, width)`: is this pixel of a picture of that size marked? The same for all channels.
template <class M>
concept pixel_mask = requires(M const m, std::size_t i) {
    { m(i, i, i, i) }
    noexcept->std::same_as<bool>;
};

/// `s.draw(draws)` draws one mask.
template <class S>
concept mask_source = requires(S const s, stream& draws) {
    { s.draw(draws) } -> pixel_mask;
};

/// Every pixel. Draws nothing.
struct whole_picture {
    [[nodiscard]] HALLMARK_HD constexpr auto operator()(std::size_t, std::size_t, std::size_t, std::size_t) const noexcept -> bool { return true; }
    [[nodiscard]] auto                       draw(stream&) const noexcept -> whole_picture { return {}; }
    friend constexpr auto                    operator==(whole_picture, whole_picture) -> bool = default;
};
static_assert(pixel_mask<whole_picture> && mask_source<whole_picture>);

/// A rectangle of `rows` × `columns` pixels, cut to the picture where that is smaller.
class patch {
public:
    /// `down` and `across` say where it lies: fractions of the room that the picture leaves it, 0 at the top or left edge, 2^32 (never reached) at the bottom
    /// or right one, rounded to the nearest pixel below.
    constexpr patch(std::uint32_t rows, std::uint32_t columns, std::uint32_t down, std::uint32_t across)
        : rows_(rows), columns_(columns), down_(down), across_(across) {
        if (rows == 0 || columns == 0) {
            detail::fail(errc::out_of_domain, "hallmark::patch: the patch has ", rows, " x ", columns, " pixels; allowed is 1 or more rows and columns");
        }
    }

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(std::size_t row, std::size_t height, std::size_t column, std::size_t width) const noexcept -> bool {
        return inside(row, height, rows_, down_) && inside(column, width, columns_, across_);
    }

private:
    HALLMARK_HD static constexpr auto inside(std::size_t i, std::size_t extent, std::size_t length, std::uint32_t place) noexcept -> bool {
        auto const places = length < extent ? extent - length + 1 : 1;
        auto const first  = static_cast<std::size_t>((static_cast<std::uint64_t>(places) * place) >> 32);
        return i >= first && i - first < length;
    }
    std::size_t   rows_, columns_;
    std::uint32_t down_, across_;
};
static_assert(pixel_mask<patch>);

/// Draws where a patch of a fixed size lies, uniform over the pixels that it fits on (to 2^-32).
struct patches {
    std::uint32_t rows = 8, columns = 8;  ///< 1 or more

    [[nodiscard]] auto draw(stream& draws) const -> patch {
        auto const down = draws.bits();
        return {rows, columns, down, draws.bits()};
    }
    friend constexpr auto operator==(patches const&, patches const&) -> bool = default;
};
static_assert(mask_source<patches>);

/// Each pixel by a coin of its own, keyed: the same pixels of every picture, whatever its size.
class scattered {
public:
    /// `density` in [0, 1] is the coin's chance, rounded to the nearest multiple of 2^-32: 0 marks no pixel, 1 all.
    constexpr scattered(keyed_lattice lattice, double density) : lattice_(lattice) {
        if (!detail::is_number(density) || density < 0.0 || density > 1.0) {
            detail::fail(errc::out_of_domain, "hallmark::scattered: density is ", density, "; allowed is 0 to 1");
        }
        below_ = static_cast<std::uint64_t>(density * 0x1p32 + 0.5);
    }

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(std::size_t row, std::size_t, std::size_t column, std::size_t) const noexcept -> bool {
        return lattice_(static_cast<std::uint32_t>(column), static_cast<std::uint32_t>(row)) < below_;
    }

private:
    keyed_lattice lattice_;
    std::uint64_t below_ = 0;
};
static_assert(pixel_mask<scattered>);

/// Draws the pixels of a `scattered` mask: a 64-bit seed.
struct scattered_pixels {
    double density = 0.05;  ///< 0 to 1

    [[nodiscard]] auto    draw(stream& draws) const -> scattered { return {keyed_lattice::draw(draws), density}; }
    friend constexpr auto operator==(scattered_pixels const&, scattered_pixels const&) -> bool = default;
};
static_assert(mask_source<scattered_pixels>);

}  // namespace hallmark::inline v0
