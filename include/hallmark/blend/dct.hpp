// The 8 × 8 discrete cosine transform of blocks, in integers: the same coefficients everywhere.
#pragma once

#include <hallmark/config.hpp>

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

/// Eight rows of eight.
struct block8 {
    std::int64_t v[8][8] = {};
};

namespace detail {
/// Row u, column n of the orthonormal DCT-II: ½ cos((2n + 1) u π / 16), and √⅛ for u = 0, as Q28 rounded to nearest.
HALLMARK_HD constexpr auto dct_entry(std::size_t u, std::size_t n) noexcept -> std::int64_t {
    // ½ cos(k π / 16) · 2^28 for k = 0 … 8; the cosine of the rest of the circle by its symmetries.
    constexpr std::int64_t cosine[9] = {134217728, 131638772, 124001012, 111597962, 94906266, 74567374, 51362901, 26184580, 0};
    if (u == 0) {
        return cosine[4];
    }
    auto const k = (2 * n + 1) * u % 32;
    auto const j = k <= 16 ? k : 32 - k;
    return j <= 8 ? cosine[j] : -cosine[16 - j];
}

HALLMARK_HD constexpr auto dct_matrix() noexcept -> block8 {
    block8 out{};
    for (std::size_t u = 0; u < 8; ++u) {
        for (std::size_t n = 0; n < 8; ++n) {
            out.v[u][n] = dct_entry(u, n);
        }
    }
    return out;
}

/// Transforms row r of `in` to column r of `out`: turned over, so that the second pass does the columns and turns back.
template <bool Inverse>
HALLMARK_HD constexpr void dct_row(block8 const& in, std::size_t r, block8& out) noexcept {
    constexpr auto matrix = dct_matrix();
    for (std::size_t i = 0; i < 8; ++i) {
        std::int64_t sum = std::int64_t{1} << 27;
        for (std::size_t k = 0; k < 8; ++k) {
            sum += in.v[r][k] * (Inverse ? matrix.v[k][i] : matrix.v[i][k]);
        }
        out.v[i][r] = sum >> 28;
    }
}
template <bool Inverse>
HALLMARK_HD constexpr auto dct_rows(block8 const& in) noexcept -> block8 {
    block8 out{};
    for (std::size_t r = 0; r < 8; ++r) {
        dct_row<Inverse>(in, r, out);
    }
    return out;
}
}  // namespace detail

/// Coefficient (u, v): u counts the half waves down, v those across; orthonormal, as in JPEG. Values up to ±2^31; each pass rounds to nearest, so a coefficient
/// is within two units of the real one, and a block that went there and back within four (plus 2^-24 of the largest value). Ahmed, Natarajan & Rao 1974.
[[nodiscard]] HALLMARK_HD constexpr auto dct8(block8 const& block) noexcept -> block8 { return detail::dct_rows<false>(detail::dct_rows<false>(block)); }
[[nodiscard]] HALLMARK_HD constexpr auto inverse_dct8(block8 const& coefficients) noexcept -> block8 {
    return detail::dct_rows<true>(detail::dct_rows<true>(coefficients));
}

}  // namespace hallmark::inline v0
