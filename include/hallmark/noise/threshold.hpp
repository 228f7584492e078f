// A field cut at a level: -1 below, +1 from there on.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/error.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/octaves.hpp>

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

/// +1 where the field is at or above a level, -1 below. Made by `threshold`; level 0 is the field's sign.
template <noise_field Field>
class threshold_field {
public:
    threshold_field() = default;
    HALLMARK_HD constexpr threshold_field(Field field, noise_sample lowest) noexcept : field_(field), level_(lowest) {}

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample {
        return field_(x, y) < level_ ? -noise_one : noise_one;
    }
    HALLMARK_HD constexpr void row(lattice_coordinate const* xs, std::size_t count, lattice_coordinate y,
                                   noise_sample* out) const noexcept requires row_noise_field<Field> {
        field_.row(xs, count, y, out);
        for (std::size_t i = 0; i < count; ++i) {
            out[i] = out[i] < level_ ? -noise_one : noise_one;
        }
    }
    [[nodiscard]] HALLMARK_HD constexpr auto octave(std::uint32_t o) const noexcept -> threshold_field requires detail::has_octaves<Field> {
        return {field_.octave(o), level_};
    }
    friend constexpr auto operator==(threshold_field const&, threshold_field const&) -> bool = default;

private:
    Field        field_{};
    noise_sample level_ = 0;
};

/// ±1 by a level in [-1, 1]: +1 from `lowest` on.
template <noise_field Field>
[[nodiscard]] auto threshold(Field const& field, double lowest = 0.0) -> threshold_field<Field> {
    detail::require(detail::is_number(lowest) && lowest >= -1.0 && lowest <= 1.0, errc::out_of_domain, "hallmark::threshold: level is ", lowest,
                    "; allowed is -1 to 1");
    return {field, static_cast<noise_sample>(lowest * 0x1p30)};
}

}  // namespace hallmark::inline v0
