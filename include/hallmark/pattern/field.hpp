// A noise field as the pattern: from one colour where the field is −1 to another where it is 1.
#pragma once

#include <hallmark/error.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/from_lattice.hpp>
#include <hallmark/noise/lattice.hpp>
#include <hallmark/pattern/colour.hpp>
#include <hallmark/pattern/concept.hpp>
#include <hallmark/random/uniform.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

namespace hallmark::inline v0 {

namespace detail {
inline void require_cells(std::uint32_t cells, std::string_view who) {
    require(cells >= 1 && cells <= 65535, errc::out_of_domain, who, ": cells is ", cells, "; allowed is 1 to 65535");
}
}  // namespace detail

/// The field is stretched with the picture: `cells` lattice cells lie along the longer side, so the same pattern is behind a thumbnail and the
/// picture it was made of. (Noise, which has a period in pixels, is not.)
template <noise_field Field>
class field_pattern {
public:
    /// `cells` in [1, 65535].
    field_pattern(Field field, std::uint32_t cells, rgb low = {0, 0, 0}, rgb high = {255, 255, 255}, softening soft = {})
        : field_(std::move(field)), cells_(cells), low_(low), high_(high), soft_(soft) {
        detail::require_cells(cells, "hallmark::field_pattern");
    }

    /// low + (high − low) · (field + 1) / 2, rounded down; pixel (0, 0) sits on a lattice point, positions are rounded down to 2^-16 of a cell.
    [[nodiscard]] auto operator()(std::size_t channel, std::size_t channels, std::size_t row, std::size_t height, std::size_t column,
                                  std::size_t width) const noexcept -> level {
        auto const longer = static_cast<std::uint64_t>(height > width ? height : width);
        auto const place  = [&](std::size_t i) { return static_cast<lattice_coordinate>((static_cast<std::uint64_t>(i) * cells_ << 16) / longer); };
        auto const value  = std::int64_t{field_(place(column), place(row))} + noise_one;  // Q30, in [0, 2]
        auto const low    = level_of(low_, soft_, channel, channels);
        auto const high   = level_of(high_, soft_, channel, channels);
        return low + static_cast<level>(((std::int64_t{high} - low) * value) >> 31);
    }

private:
    Field         field_;
    std::uint32_t cells_;
    rgb           low_, high_;
    softening     soft_;
};

/// Draws a field: the 64-bit seed of its keyed lattice, nothing else. `make` makes the field of the lattice; without it the field is one that its
/// lattice alone decides (`perlin`, `uniform_noise`, …).
template <noise_field Field, makes_field<Field> Make = from_lattice<Field>>
struct field_patterns {
    std::uint32_t cells = 8;  ///< 1 to 65535
    rgb           low   = {0, 0, 0};
    rgb           high  = {255, 255, 255};
    softening     soft  = {0.125, 128.0};
    Make          make  = {};

    [[nodiscard]] auto draw(stream& draws) const -> field_pattern<Field> {
        detail::require_cells(cells, "hallmark::field_patterns");
        return field_pattern<Field>(make(keyed_lattice::draw(draws)), cells, low, high, soft);
    }
};

/// `field_patterns` of whatever field `make` composes of a lattice. Its other members are there to be set.
template <class Make>
    requires noise_field<std::invoke_result_t<Make const&, keyed_lattice>>
[[nodiscard]] auto field_patterns_of(Make make) -> field_patterns<std::invoke_result_t<Make const&, keyed_lattice>, Make> { return {.make = std::move(make)}; }

namespace detail {
/// The least that a field can be; stands for any field in the checks below.
struct plain_field {
    constexpr plain_field() = default;
    explicit constexpr plain_field(keyed_lattice) noexcept {}
    constexpr auto        operator()(lattice_coordinate, lattice_coordinate) const noexcept -> noise_sample { return 0; }
    friend constexpr auto operator==(plain_field const&, plain_field const&) -> bool = default;
};
}  // namespace detail
static_assert(pattern<field_pattern<detail::plain_field>> && pattern_source<field_patterns<detail::plain_field>>);

}  // namespace hallmark::inline v0
