// Part of the CUDA backend: a block of threads, which a kernel's body is written against, and the same block on the CPU.
#pragma once

#include <hallmark/config.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>

/// Kernels here are function objects, `body(block)`, whose code is *regions*: `block.each(f)` calls f(t) for every thread t
/// and then waits for all of them; `block.apart(f)` does not wait, for regions that leave shared memory alone. What stands
/// outside of regions is the same for all threads, so that a barrier inside a condition that only some threads meet cannot
/// be written. A thread's own variables live from region to region in `block.own<T>`.
///
/// On a device (backend/cuda.cuh) a region is the body of the thread and `__syncthreads`. Here it is a loop, so that tests
/// without a GPU run the very same functions: index arithmetic, shared memory, tails. Reductions combine in the order
/// of the device's shuffles, so that sums of floating-point numbers agree, too.
namespace hallmark::inline v0::detail::device {

inline constexpr unsigned warp_size = 32;

/// The order in which the emulation goes through the threads of a region. No result may depend on it.
enum class thread_order : std::uint8_t { upwards, downwards, interleaved };

template <unsigned Threads>
class emulated_block {
    static_assert(Threads % warp_size == 0 && Threads <= 1024);

public:
    static constexpr unsigned threads = Threads;

    template <class T>
    class own {
    public:
        auto operator[](unsigned t) noexcept -> T& { return value_[t]; }

    private:
        T value_[Threads] = {};
    };

    emulated_block(std::uint64_t index, std::uint64_t count, void* shared, thread_order order) noexcept
        : index_(index), count_(count), shared_(shared), order_(order) {}

    /// Which block this is, of how many.
    [[nodiscard]] auto index() const noexcept -> std::uint64_t { return index_; }
    [[nodiscard]] auto count() const noexcept -> std::uint64_t { return count_; }

    /// The block's shared memory from `offset` bytes on.
    template <class T>
    [[nodiscard]] auto shared(std::size_t offset = 0) const noexcept -> T* {
        return reinterpret_cast<T*>(static_cast<unsigned char*>(shared_) + offset);
    }

    template <class F>
    void each(F&& f) const {
        for (unsigned i = 0; i < Threads; ++i) {
            f(order_ == thread_order::upwards ? i : order_ == thread_order::downwards ? Threads - 1 - i : (i * 37u) % Threads);
        }
    }
    template <class F>
    void apart(F&& f) const {
        each(f);
    }

    /// Every lane's value becomes op over the lanes of its warp, or of its part of the warp: `lanes` of them, a power of two. `op(T&, T const&)` is
    /// commutative.
    template <class T, class Op>
    void reduce_warps(own<T>& v, Op const& op, unsigned lanes = warp_size) const {
        for (unsigned step = lanes / 2; step > 0; step /= 2) {
            auto const before = v;
            for (unsigned t = 0; t < Threads; ++t) {
                auto const other = const_cast<own<T>&>(before)[t ^ step];
                op(v[t], other);
            }
        }
    }
    /// op over all threads, for all threads. `room` is shared memory for one T per warp that nobody else uses.
    template <class T, class Op>
    [[nodiscard]] auto reduce(own<T>& v, Op const& op, T* room) const -> T {
        reduce_warps(v, op);
        for (unsigned w = 0; w < Threads / warp_size; ++w) {
            room[w] = v[w * warp_size];
        }
        auto out = room[0];
        for (unsigned w = 1; w < Threads / warp_size; ++w) {
            op(out, room[w]);
        }
        return out;
    }

private:
    std::uint64_t index_, count_;
    void*         shared_;
    thread_order  order_;
};

/// What reductions combine with.
struct add_to {
    template <class T>
    HALLMARK_HD constexpr void operator()(T& a, T const& b) const noexcept {
        a = a + b;
    }
};
struct larger_of {
    template <class T>
    HALLMARK_HD constexpr void operator()(T& a, T const& b) const noexcept {
        a = a < b ? b : a;
    }
};

// Atomics of a device; the emulation has one thread. None of them returns what was there: no result depends on the order.
HALLMARK_HD inline void atomic_least(std::uint64_t* at, std::uint64_t v) noexcept {
#if defined(__CUDA_ARCH__)
    static_assert(sizeof(unsigned long long) == sizeof(std::uint64_t));
    atomicMin(reinterpret_cast<unsigned long long*>(at), static_cast<unsigned long long>(v));
#else
    *at = v < *at ? v : *at;
#endif
}
HALLMARK_HD inline void atomic_least(std::int32_t* at, std::int32_t v) noexcept {
#if defined(__CUDA_ARCH__)
    atomicMin(at, v);
#else
    *at = v < *at ? v : *at;
#endif
}
HALLMARK_HD inline void atomic_greatest(std::int32_t* at, std::int32_t v) noexcept {
#if defined(__CUDA_ARCH__)
    atomicMax(at, v);
#else
    *at = v > *at ? v : *at;
#endif
}
HALLMARK_HD inline void atomic_greatest(std::uint64_t* at, std::uint64_t v) noexcept {
#if defined(__CUDA_ARCH__)
    atomicMax(reinterpret_cast<unsigned long long*>(at), static_cast<unsigned long long>(v));
#else
    *at = v > *at ? v : *at;
#endif
}
HALLMARK_HD inline void atomic_add(std::uint64_t* at, std::uint64_t v) noexcept {
#if defined(__CUDA_ARCH__)
    atomicAdd(reinterpret_cast<unsigned long long*>(at), static_cast<unsigned long long>(v));
#else
    *at += v;
#endif
}

/// Count elements that lie side by side, at an address that is a multiple of their size together.
template <unsigned Count, class T>
HALLMARK_HD inline void load_several(T const* from, T (&to)[Count]) noexcept {
#if defined(__CUDA_ARCH__)
    struct alignas(sizeof(T) * Count) several {
        T v[Count];
    };
    auto const all = *reinterpret_cast<several const*>(from);
    for (unsigned i = 0; i < Count; ++i) {
        to[i] = all.v[i];
    }
#else
    std::memcpy(to, from, sizeof to);
#endif
}
template <unsigned Count, class T>
HALLMARK_HD inline void store_several(T const (&from)[Count], T* to) noexcept {
#if defined(__CUDA_ARCH__)
    struct alignas(sizeof(T) * Count) several {
        T v[Count];
    };
    several all;
    for (unsigned i = 0; i < Count; ++i) {
        all.v[i] = from[i];
    }
    *reinterpret_cast<several*>(to) = all;
#else
    std::memcpy(to, from, sizeof from);
#endif
}

/// The elements [first, last) that block `index` of `count` goes through, of n in all: equal shares in whole tiles of
/// `tile`, which differ by one tile at most.
struct share {
    std::uint64_t         first, last;
    friend constexpr auto operator==(share const&, share const&) -> bool = default;
};
[[nodiscard]] HALLMARK_HD constexpr auto share_of(std::uint64_t n, std::uint64_t tile, std::uint64_t index, std::uint64_t count) noexcept -> share {
    auto const tiles = n / tile + (n % tile != 0 ? 1 : 0);
    auto const least = tiles / count, more = tiles % count;
    auto const first = (index * least + (index < more ? index : more)) * tile;
    auto const last  = first + (least + (index < more ? 1 : 0)) * tile;
    return {first < n ? first : n, last < n ? last : n};
}

/// How many blocks a loop over n elements is given, `tile` elements each: no more than `most`, no fewer than 1.
[[nodiscard]] constexpr auto blocks_for(std::uint64_t n, std::uint64_t tile, std::uint64_t most) noexcept -> std::uint64_t {
    auto const tiles = n / tile + (n % tile != 0 ? 1 : 0);
    return tiles == 0 ? 1 : tiles < most ? tiles : most;
}

}  // namespace hallmark::inline v0::detail::device
