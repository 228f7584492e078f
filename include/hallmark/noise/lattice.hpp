// A keyed hash of lattice cells: what makes one key's noise different from another's.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/random/uniform.hpp>

#include <cstdint>

namespace hallmark::inline v0 {

namespace detail {
// For one number, or a vector of them; see keyed_lattice. Of a cell (x, y) as y << 16 | x; before the last step, which leaves the upper 15 bits alone.
template <class U>
HALLMARK_HD HALLMARK_INLINE constexpr void lattice_hash(U const& cell, std::uint32_t a, std::uint32_t b, U& out) noexcept {
    U h = cell ^ a;
    h   = (h ^ (h >> 16)) * 0x85ebca6bu;  // the finaliser of MurmurHash3 (Appleby 2011)
    h   = (h ^ (h >> 13)) * 0xc2b2ae35u;
    out = (h ^ (h >> 16) ^ b) * 0x9e3779b1u;  // and one more round, so that both seeds matter
}
}  // namespace detail

/// 32 well-mixed bits for each of 2^32 cells, from a 64-bit seed. No table, so no gathers and nothing to
/// build per picture. It is not a cipher and need not be: the seed itself is drawn from one, so a seed that
/// somebody recovers from a picture tells nothing about the key or about other pictures. The published
/// program uses one fixed permutation of 256 for everybody, so that only 4,800 fields exist.
class keyed_lattice {
public:
    keyed_lattice() = default;
    HALLMARK_HD constexpr keyed_lattice(std::uint32_t a, std::uint32_t b) noexcept : a_(a), b_(b) {}

    template <bit_source S>
    [[nodiscard]] HALLMARK_HD static constexpr auto draw(S& source) noexcept -> keyed_lattice {
        auto const a = source.bits();
        return {a, source.bits()};
    }

    /// The hash of the cell whose corner is (x, y), each in [0, 65536).
    [[nodiscard]] HALLMARK_HD constexpr auto operator()(std::uint32_t x, std::uint32_t y) const noexcept -> std::uint32_t {
        std::uint32_t h = 0;  // not by `line`, which clang instantiates too late for a constant
        detail::lattice_hash((x & 0xffffu) ^ (y << 16), a_, b_, h);
        return h ^ (h >> 15);
    }
    /// The same for many cells: numbers or vectors, also a vector of `xs` and one `y`.
    template <class U, class Y>
    HALLMARK_HD HALLMARK_INLINE constexpr void line(U const& xs, Y const& y, U& out) const noexcept {
        U h{};
        upper_bits(U((xs & 0xffffu) ^ (y << 16)), h);
        out = h ^ (h >> 15);
    }
    /// The same but for the lower 17 bits, which mean nothing, of cells y << 16 | x.
    template <class U>
    HALLMARK_HD HALLMARK_INLINE constexpr void upper_bits(U const& cells, U& out) const noexcept {
        detail::lattice_hash(cells, a_, b_, out);
    }

    /// The lattice of octave `o` of a fractal sum: unrelated to the others.
    [[nodiscard]] HALLMARK_HD constexpr auto octave(std::uint32_t o) const noexcept -> keyed_lattice { return {a_ + 0x9e3779b9u * o, b_ ^ 0x7f4a7c15u * o}; }

    friend constexpr auto operator==(keyed_lattice const&, keyed_lattice const&) -> bool = default;

private:
    std::uint32_t a_ = 0, b_ = 0;
};

}  // namespace hallmark::inline v0
