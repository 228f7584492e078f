// Internal to the kernels in lanes: what an operation makes of all lanes of a vector, for as many vectors as there are lanes.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/unrolled.hpp>

#include <bit>
#include <cstddef>
#include <utility>

namespace hallmark::inline v0::detail {

#if HALLMARK_VECTORS  // nvcc's front end does not expand a pack in this function of the compilers
/// Of every two groups of Half lanes: the first of a and the second of b to `own`; the second of a and the first of b, in the other's place, to `other`.
template <std::size_t Half, class V, std::size_t... Lane>
HALLMARK_INLINE void halves_of_groups(V const& a, V const& b, V& own, V& other, std::index_sequence<Lane...>) noexcept {
    constexpr auto width = sizeof...(Lane);
    own   = __builtin_shufflevector(a, b, (Lane / Half % 2 == 0 ? Lane : width + Lane)...);
    other = __builtin_shufflevector(a, b, (Lane / Half % 2 == 0 ? Lane + Half : width + Lane - Half)...);
}
#endif

/// Lane i of x[0] becomes what `combine(a, b)`, which puts a result into a and does not depend on their order, makes of the lanes of x[i]: of its halves
/// first, then of their halves, and so on.
/// So floating-point sums come in the same order whatever the width, if wider ones begin with the halves that narrower ones have in two vectors.
template <class V, std::size_t... Lane, class Combine>
HALLMARK_INLINE void fold_lanes(V* x, std::index_sequence<Lane...> all, Combine const& combine) noexcept {
    constexpr auto width = sizeof...(Lane);
    if constexpr (width > 1) {
        unrolled<std::bit_width(width) - 1>([&](auto step) HALLMARK_INLINE_LAMBDA {
            constexpr std::size_t half = (width >> step) / 2;  // of the lanes that are still one vector's
            unrolled<half>([&](auto i) HALLMARK_INLINE_LAMBDA {
                V own, other;
                halves_of_groups<half>(x[i], x[i + half], own, other, all);
                x[i] = own;
                combine(x[i], other);
            });
        });
    }
}

}  // namespace hallmark::inline v0::detail
