// Any pixel blend held inside an L2 budget: the whole picture's change is scaled down until it fits.
#pragma once

#include <hallmark/blend/additive.hpp>
#include <hallmark/blend/change.hpp>
#include <hallmark/blend/concept.hpp>
#include <hallmark/blend/image_blend.hpp>
#include <hallmark/config.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/pattern/concept.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

namespace detail {
/// floor of the square root.
HALLMARK_HD constexpr auto whole_root(std::uint64_t v) noexcept -> std::uint64_t {
    std::uint64_t root = 0;
    for (std::uint64_t bit = std::uint64_t{1} << 62; bit > 0; bit >>= 2) {
        if (v >= root + bit) {
            v -= root + bit;
            root = (root >> 1) + bit;
        } else {
            root >>= 1;
        }
    }
    return root;
}

HALLMARK_HD constexpr auto distance(level e) noexcept -> std::uint64_t { return static_cast<std::uint64_t>(e < 0 ? -std::int64_t{e} : std::int64_t{e}); }

/// A bound from above on the Euclidean norm of `count` levels, in the same unit, and the norm itself to better than one part in 2^12 unless the changes are
/// tiny. Squares are summed without as many low bits as it takes for the sum to fit into 64; each value is rounded away from 0 before. Sums are whole numbers,
/// so in any order.
class norm_above {
public:
    /// `most` is the greatest distance from 0.
    HALLMARK_HD constexpr norm_above(std::uint64_t most, std::size_t count) noexcept {
        while (most > 0 && ((most >> drop_) + 1) * ((most >> drop_) + 1) > (std::uint64_t{1} << 63) / (count + 1)) {
            ++drop_;
        }
    }
    /// What one of them adds to the sum.
    [[nodiscard]] HALLMARK_HD constexpr auto square(level e) const noexcept -> std::uint64_t {
        auto const up = (distance(e) + (std::uint64_t{1} << drop_) - 1) >> drop_;
        return up * up;
    }
    /// Of the sum.
    [[nodiscard]] HALLMARK_HD constexpr auto root(std::uint64_t sum) const noexcept -> std::uint64_t {
        auto const root = whole_root(sum);
        return (root * root < sum ? root + 1 : root) << drop_;
    }

private:
    int drop_ = 0;
};
[[nodiscard]] inline auto norm_of(std::vector<level> const& v) noexcept -> std::uint64_t {
    std::uint64_t most = 0;
    for (auto const e : v) {
        most = distance(e) > most ? distance(e) : most;
    }
    auto const    norm = norm_above(most, v.size());
    std::uint64_t sum  = 0;
    for (auto const e : v) {
        sum += norm.square(e);
    }
    return norm.root(sum);
}
}  // namespace detail

/// x' = x + s · (the inner blend's pixel − x), with the greatest s in [0, 1] that keeps the change's Euclidean norm, over all channels and pixels, inside the
/// budget (to one part in 4,096).
///
/// The change is computed to 2^-16 of a level and only ever rounded towards 0, for 8-bit pixels to whole levels: the budget is kept. A budget under one level a
/// pixel therefore leaves little of an 8-bit mark. Floats keep it but for one rounding to float a pixel. Where the inner change fits, it is what is applied.
template <blend Blend>
class l2_bounded {
public:
    /// `budget` in [0, 65535], where white is 1: 1 is one pixel of one channel from black to white. 0 leaves the picture.
    constexpr l2_bounded(Blend inner, double budget) : inner_(std::move(inner)) {
        if (!detail::is_number(budget) || budget < 0.0 || budget > 65535.0) {
            detail::fail(errc::out_of_domain, "hallmark::l2_bounded: budget is ", budget, "; allowed is 0 to 65535");
        }
        budget_ = static_cast<std::uint64_t>(budget * level_white);
    }

    template <class Scalar, pattern Pattern>
    void operator()(tensor_view<Scalar> out, tensor_view<Scalar const> in, tensor_view<level const> delta, Pattern const& behind) const {
        detail::require_one_picture(out, in, delta, "hallmark::l2_bounded");
        auto       change = detail::changes(inner_, in, delta, behind);
        auto const share  = share_of(detail::norm_of(change));
        for (auto& e : change) {
            e = scaled<Scalar>(e, share);
        }
        detail::apply_changes(out, in, change);
    }

    [[nodiscard]] HALLMARK_HD constexpr auto inner() const noexcept -> Blend const& { return inner_; }
    /// Of a change of this norm, the share that fits, Q22.
    [[nodiscard]] HALLMARK_HD constexpr auto share_of(std::uint64_t norm) const noexcept -> std::int64_t {
        return norm > budget_ ? static_cast<std::int64_t>((budget_ << 22) / norm) : std::int64_t{1} << 22;  // 41 + 22 bits
    }
    /// A pixel's change, scaled.
    template <class Scalar>
    [[nodiscard]] HALLMARK_HD static constexpr auto scaled(level change, std::int64_t share) noexcept -> level {
        auto const e = static_cast<level>(change * share / (1 << 22));
        return sizeof(Scalar) == 1 ? e / 65536 * 65536 : e;
    }

private:
    Blend         inner_;
    std::uint64_t budget_ = 0;  // levels, Q16
};
static_assert(image_blend<l2_bounded<additive>>);

}  // namespace hallmark::inline v0
