// The arithmetic of Perlin noise, arranged for pictures: weights, slopes and gradients in fixed point.
//
// On a grid, the noise is cheaper than its formula looks. With the fade u of the place t inside a cell, each end of
// the cell has a weight w and a slope s, which depend on the column alone, and likewise on the row alone:
//
//     w = (1 - u, u)      s = ((1 - u) t, u (t - 1))
//     noise(x, y) = sum over corners (i, j) of  gx s_i(x) w_j(y) + gy w_i(x) s_j(y)
//                 = sum over j of               A_j(x) w_j(y) + B_j(x) s_j(y)
//
// where A_j(x) = sum over i of gx s_i(x) and B_j(x) = sum over i of gy w_i(x) belong to a line of the lattice, not to
// a row of pixels. So a picture costs four multiplications a pixel, and two tables for each line of the lattice.
#pragma once

#include <hallmark/config.hpp>

#include <cstdint>

namespace hallmark::inline v0 {

namespace detail::gradient_noise {
// Everything below is for one number or for a vector of them: U is unsigned 32-bit, Int signed.

/// Weights and slopes of the two ends of a cell, at the place `t` between them. Q.14 and Q.15: the products of a weight
/// and a slope are Q.29, and none of these numbers needs more than 16 bits.
template <class U>
struct ends {
    U near_weight, far_weight;  // Q.14; their sum is 1
    U near_slope, far_slope;    // Q.15, at most 1/2 together; the far one is to be subtracted
};
template <class U>
HALLMARK_HD HALLMARK_INLINE constexpr void ends_at(U const& t, ends<U>& out) noexcept {  // t in [0, 1), Q.16
    // The fade 6t^5 - 15t^4 + 10t^3 of the nearer end, t^2 · t (10 - 15t + 6t^2): a mirror image, so that it is exact
    // in the middle, and the numbers are small.
    U const mirror  = 0u - (t >> 15);
    U const a       = (t ^ mirror) + (mirror & 0x10001u);                  // Q.16, at most 1/2
    U const a2      = (a * a) >> 14;                                       // Q.18
    U const rest    = (a * ((0x280000u - a * 60u + a2 * 6u) >> 4)) >> 16;  // Q.14
    U const fade    = (a2 * rest + 0x20000u) >> 18;                        // Q.14, rounded
    out.far_weight  = (fade ^ mirror) + (mirror & 0x4001u);
    out.near_weight = 0x4000u - out.far_weight;
    out.near_slope  = (out.near_weight * t) >> 15;
    out.far_slope   = (out.far_weight * (0x10000u - t)) >> 15;
}

/// The gradient of a corner by the upper bits of its hash: one of the four diagonals (±1, ±1) or the four axes.
template <class U, class Int>
struct gradient {
    Int x, y;
};
template <class U, class Int>
HALLMARK_HD HALLMARK_INLINE constexpr void gradient_of(U const& hash, gradient<U, Int>& out) noexcept {
    Int const axis     = (Int)(hash << 2) >> 31;  // all ones for an axis
    Int const vertical = (Int)(hash << 3) >> 31;
    out.x              = (((Int)hash >> 31) | 1) & ~(axis & vertical);
    out.y              = (((Int)(hash << 1) >> 31) | 1) & ~(axis & ~vertical);
}

/// A and B of a column on a line of the lattice, from the gradients at its two ends: Q.15, at most 1/2, and Q.14, at most 1.
template <class U, class Int>
HALLMARK_HD HALLMARK_INLINE constexpr void line_at(ends<U> const& e, U const& left, U const& right, Int& a, Int& b) noexcept {
    gradient<U, Int> l{}, r{};
    gradient_of(left, l);
    gradient_of(right, r);
    a = l.x * (Int)e.near_slope - r.x * (Int)e.far_slope;
    b = l.y * (Int)e.near_weight + r.y * (Int)e.far_weight;
}
}  // namespace detail::gradient_noise

}  // namespace hallmark::inline v0
