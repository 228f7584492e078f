// Internal to the kernels in lanes: a loop over a handful of registers, which must not stay a loop.
#pragma once

#include <hallmark/config.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace hallmark::inline v0::detail {

/// f(0), f(1), …, f(Count − 1), each index a constant.
template <std::size_t Count, class F>
HALLMARK_INLINE void unrolled(F const& f) {
    [&]<std::size_t... Index>(std::index_sequence<Index...>) HALLMARK_INLINE_LAMBDA { (f(std::integral_constant<std::size_t, Index>{}), ...); }
    (std::make_index_sequence<Count>{});
}

}  // namespace hallmark::inline v0::detail
