// Any pixel blend held inside an L∞ budget: no pixel moves further than so many levels.
#pragma once

#include <hallmark/blend/additive.hpp>
#include <hallmark/blend/change.hpp>
#include <hallmark/blend/concept.hpp>
#include <hallmark/error.hpp>

#include <cstdint>
#include <utility>

namespace hallmark::inline v0 {

/// x' = the inner blend's pixel, but no further from x than the budget.
///
/// 8-bit pixels keep it exactly: what counts is the whole levels in it (8/255 is 8 levels, 8.9/255 too). Floats keep it but for one rounding to float.
template <blend Blend>
class bounded {
public:
    /// `budget` in [0, 1], where white is 1, is rounded to the nearest multiple of 2^-16 of a level; 0 leaves the picture.
    constexpr bounded(Blend inner, double budget) : inner_(std::move(inner)) {
        if (!detail::is_number(budget) || budget < 0.0 || budget > 1.0) {
            detail::fail(errc::out_of_domain, "hallmark::bounded: budget is ", budget, "; allowed is 0 to 1");
        }
        budget_ = static_cast<level>(budget * level_white + 0.5);
    }

    [[nodiscard]] HALLMARK_HD constexpr auto operator()(std::uint8_t pixel, level delta, level behind) const noexcept -> std::uint8_t {
        auto const whole = budget_ >> 16;
        auto const v     = int{inner_(pixel, delta, behind)};
        return static_cast<std::uint8_t>(v < pixel - whole ? pixel - whole : (v > pixel + whole ? pixel + whole : v));
    }
    [[nodiscard]] HALLMARK_HD constexpr auto operator()(float pixel, level delta, level behind) const noexcept -> float {
        auto const v     = inner_(pixel, delta, behind);
        auto const least = detail::changed(pixel, -(fine_level{budget_} << 16));
        auto const most  = detail::changed(pixel, fine_level{budget_} << 16);
        return v < least ? least : (v > most ? most : v);
    }

private:
    Blend inner_;
    level budget_ = 0;
};
static_assert(blend<bounded<additive>>);

}  // namespace hallmark::inline v0
