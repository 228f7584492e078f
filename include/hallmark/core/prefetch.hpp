// Internal to the kernels: asks memory for what comes later, while there is other work.
#pragma once

#include <hallmark/config.hpp>

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0::detail {

/// Asks for the line of the cache that begins, or goes on, `bytes` behind `from`, be there memory or not. A hint, which changes no value.
HALLMARK_INLINE void prefetch([[maybe_unused]] void const* from, [[maybe_unused]] std::size_t bytes) noexcept {
#if HALLMARK_VECTORS
    __builtin_prefetch(reinterpret_cast<void const*>(reinterpret_cast<std::uintptr_t>(from) + bytes));
#endif
}

}  // namespace hallmark::inline v0::detail
