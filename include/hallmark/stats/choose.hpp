// Binomial coefficients as doubles, whole to the last bit where that is possible.
#pragma once

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0::detail {

/// Whole numbers up to here, their sums and their quotients are doubles rounded once: a p-value that is a ratio of two of them is right to the last bit.
inline constexpr auto most_exact_count = 0x1p53;

/// C(n, k), k <= n. Exact up to 2^53, to a relative 1e-13 beyond, infinite where a double is. O(min(k, n - k)).
[[nodiscard]] constexpr auto choose(std::size_t n, std::size_t k) noexcept -> double {
    auto const    steps = k < n - k ? k : n - k;
    std::uint64_t c     = 1;
    std::size_t   i     = 1;
    for (; i <= steps; ++i) {
        auto const factor = static_cast<std::uint64_t>(n - steps + i);
        if (c > (std::uint64_t{1} << 53) || factor > ~std::uint64_t{0} / c) {
            break;
        }
        c = c * factor / i;  // exact: a product of i successive numbers is divisible by i!
    }
    auto rest = static_cast<double>(c);
    for (; i <= steps; ++i) {
        rest = rest / static_cast<double>(i) * static_cast<double>(n - steps + i);
    }
    return rest;
}

}  // namespace hallmark::inline v0::detail
