// Large blocks of memory as the machine likes them: huge pages, and lines written past the caches. Hints, which change no value.
#pragma once

#include <hallmark/config.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <vector>
#if defined(__linux__)
#    include <sys/mman.h>
#endif

namespace hallmark::inline v0::detail {

inline constexpr std::size_t cache_line = 64;

/// Asks the system to back the memory with pages of 2 MiB, as numpy does for its arrays. The system clears a new page when it is first
/// touched, and 512 small ones cost it four times as much as a large one: more than a pass of a sort over them. For less than 4 MiB nothing is asked.
inline void prefer_huge_pages([[maybe_unused]] void const* from, std::size_t bytes) noexcept {
    if (bytes < std::size_t{4} << 20) {
        return;
    }
#if defined(__linux__) && defined(MADV_HUGEPAGE)
    constexpr std::uintptr_t page  = 4096;
    auto const               begin = (reinterpret_cast<std::uintptr_t>(from) + page - 1) / page * page;
    auto const               end   = (reinterpret_cast<std::uintptr_t>(from) + bytes) / page * page;
    static_cast<void>(madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE));
#endif
}

/// `size` numbers that nobody has set yet, the first at the start of a line of the cache.
template <class T>
class block {
    static_assert(std::is_trivial_v<T>);

public:
    explicit block(std::size_t size) : held_(std::make_unique_for_overwrite<T[]>(size + cache_line / sizeof(T))) {
        prefer_huge_pages(held_.get(), size * sizeof(T) + cache_line);
        auto* const first = reinterpret_cast<unsigned char*>(held_.get());
        at_               = reinterpret_cast<T*>(first + (cache_line - reinterpret_cast<std::uintptr_t>(first) % cache_line) % cache_line);
    }
    [[nodiscard]] auto data() const noexcept -> T* { return at_; }
    [[nodiscard]] auto operator[](std::size_t i) const noexcept -> T& { return at_[i]; }

private:
    std::unique_ptr<T[]> held_;
    T*                   at_;
};

/// `size` zeros.
template <class T>
[[nodiscard]] auto large_vector(std::size_t size) -> std::vector<T> {
    auto out = std::vector<T>();
    out.reserve(size);
    prefer_huge_pages(out.data(), size * sizeof(T));
    out.resize(size);
    return out;
}

/// Writes a line (64 bytes; `to` is a multiple of that) without reading first what it replaces. Then call lines_written.
inline void write_line(void* to, void const* line) noexcept {
#if HALLMARK_VECTORS
    typedef long long two __attribute__((vector_size(16), may_alias));  // whatever the numbers are
    for (int i = 0; i < 4; ++i) {
        two v;
        __builtin_memcpy(&v, static_cast<char const*>(line) + 16 * i, 16);
        auto* const at = reinterpret_cast<two*>(static_cast<char*>(to) + 16 * i);
#    if __has_builtin(__builtin_nontemporal_store)
        __builtin_nontemporal_store(v, at);
#    elif defined(__SSE2__)
        __builtin_ia32_movntdq(at, v);
#    else
        *at = v;
#    endif
    }
#else
    for (std::size_t i = 0; i < cache_line; ++i) {
        static_cast<unsigned char*>(to)[i] = static_cast<unsigned char const*>(line)[i];
    }
#endif
}
/// Other threads, too, see the lines written before it.
inline void lines_written() noexcept {
#if HALLMARK_VECTORS && defined(__SSE2__)
    __builtin_ia32_sfence();
#endif
}

}  // namespace hallmark::inline v0::detail
