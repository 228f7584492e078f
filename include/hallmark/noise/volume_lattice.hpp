// The keyed hash of lattice points in space.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/noise/lattice.hpp>

#include <cstdint>

namespace hallmark::inline v0::detail {

/// For numbers, or vectors of them; also a vector of x, one y and one z.
template <class U, class Y, class Z>
HALLMARK_HD HALLMARK_INLINE constexpr void hash3(keyed_lattice const& lattice, U const& x, Y const& y, Z const& z, U& out) noexcept {
    U h{};
    lattice.line(x, y, h);
    h   = h + z * 0x9e3779b9u;
    h   = (h ^ (h >> 16)) * 0x85ebca6bu;  // the finaliser of MurmurHash3 (Appleby 2011)
    h   = (h ^ (h >> 13)) * 0xc2b2ae35u;
    out = h ^ (h >> 16);
}
/// 32 well-mixed bits for the point (x, y, z) of a lattice: the hash of (x, y), moved by z and mixed once more. x and y in
/// [0, 65536), z any number.
[[nodiscard]] HALLMARK_HD constexpr auto hash3(keyed_lattice const& lattice, std::uint32_t x, std::uint32_t y, std::uint32_t z) noexcept -> std::uint32_t {
    std::uint32_t out = 0;
    hash3(lattice, x, y, z, out);
    return out;
}

}  // namespace hallmark::inline v0::detail
