// Part of the CUDA backend: a device that is this CPU, which runs the kernels' bodies where there is no GPU.
#pragma once

#include <hallmark/backend/cuda/block.hpp>
#include <hallmark/backend/cuda/failure.hpp>
#include <hallmark/backend/cuda/memory.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <string_view>
#include <vector>

namespace hallmark::inline v0 {

/// Everything that algorithms on a device ask of `cuda_executor` (backend/cuda.cuh), with memory that knows its borders. What an
/// algorithm does with this, it does with a GPU: the same launches, the same function bodies, the same integers. Slow.
class emulated_cuda {
public:
    struct traits {
        int                          ordinal      = 0;      ///< which device this is
        int                          current      = 0;      ///< which device is current in the calling thread
        bool                         failed       = false;  ///< an earlier error waits in the stream
        std::size_t                  shared_limit = 227 * 1024;
        std::uint64_t                most_blocks  = 8;  ///< what loops over many elements are given
        detail::device::thread_order order        = detail::device::thread_order::upwards;
    };

    emulated_cuda() = default;
    explicit emulated_cuda(traits t) : traits_(t) {}

    /// Another device of the same machine: it sees what belongs to this one.
    [[nodiscard]] auto neighbour(int ordinal) const -> emulated_cuda {
        auto out            = *this;
        out.traits_.ordinal = out.traits_.current = ordinal;
        return out;
    }

    [[nodiscard]] auto ordinal() const noexcept -> int { return traits_.ordinal; }
    [[nodiscard]] auto shared_limit() const noexcept -> std::size_t { return traits_.shared_limit; }
    [[nodiscard]] auto most_blocks() const noexcept -> std::uint64_t { return traits_.most_blocks; }

    void require_ready(std::string_view who) const {
        detail::device::require_current(traits_.current, traits_.ordinal, who);
        detail::device::require_stream(!traits_.failed, "cudaErrorUnknown", who);
    }

    [[nodiscard]] auto place_of(void const* at) const noexcept -> detail::device::place {
        auto const* const byte  = static_cast<unsigned char const*>(at);
        auto const        after = memory_->upper_bound(byte);
        if (after == memory_->begin()) {
            return {false, -1};
        }
        auto const& b = std::prev(after)->second;
        return byte < b.data() + b.bytes ? detail::device::place{true, b.ordinal} : detail::device::place{false, -1};
    }

    /// Memory of any bytes, as a device's is, with a border on either side. On a multiple of 256.
    [[nodiscard]] auto allocate(std::size_t bytes) const -> void* {
        auto b         = block{std::vector<unsigned char>(bytes + 3 * border, 0xa5), 0, bytes, traits_.ordinal};
        b.skip         = border + (border - reinterpret_cast<std::uintptr_t>(b.whole.data()) % border) % border;
        auto* const at = b.data();
        memory_->emplace(at, std::move(b));
        return at;
    }
    void release(void* at) const noexcept { memory_->erase(static_cast<unsigned char*>(at)); }
    template <class T>
    [[nodiscard]] auto array(std::size_t n) const -> cuda_span<T> {
        return {static_cast<T*>(allocate(n * sizeof(T))), n};
    }
    template <class T>
    [[nodiscard]] auto array(std::vector<T> const& from) const -> cuda_span<T> {
        auto const out = array<T>(from.size());
        copy_to_device(out.data, from.data(), from.size() * sizeof(T));
        return out;
    }
    /// Whether all that was written lies inside of the memory that was handed out.
    [[nodiscard]] auto borders_untouched() const noexcept -> bool {
        return std::all_of(memory_->begin(), memory_->end(), [](auto const& entry) {
            auto const& b  = entry.second;
            auto const  a5 = [](unsigned char c) { return c == 0xa5; };
            return std::all_of(b.whole.begin(), b.whole.begin() + static_cast<std::ptrdiff_t>(b.skip), a5) &&
                   std::all_of(b.whole.begin() + static_cast<std::ptrdiff_t>(b.skip + b.bytes), b.whole.end(), a5);
        });
    }

    void copy_to_device(void* to, void const* from, std::size_t bytes) const noexcept {
        if (bytes != 0) {
            std::memcpy(to, from, bytes);
        }
    }
    void copy_to_host(void* to, void const* from, std::size_t bytes) const noexcept { copy_to_device(to, from, bytes); }
    void fill(void* to, unsigned char value, std::size_t bytes) const noexcept { std::memset(to, value, bytes); }

    template <class Key>
    [[nodiscard]] auto sort_room(std::size_t) const noexcept -> std::size_t {
        return 0;
    }
    template <class Key>
    void sort(Key const* from, Key* to, std::size_t n, void*, std::size_t) const {
        std::copy(from, from + n, to);
        std::sort(to, to + n);
    }

    template <class Body>
    void launch(Body const& body, std::uint64_t blocks) const {
        launched_->push_back(blocks);
        auto const                 bytes = body.shared_bytes();
        std::vector<std::uint64_t> shared(bytes / 8 + 2);
        for (std::uint64_t b = 0; b < blocks; ++b) {
            std::fill(shared.begin(), shared.end(), 0xa5a5a5a5a5a5a5a5u);  // as little as a GPU clears it
            body(detail::device::emulated_block<Body::threads>(b, blocks, shared.data(), traits_.order));
        }
    }
    /// The blocks of every launch so far.
    [[nodiscard]] auto launched() const noexcept -> std::vector<std::uint64_t> const& { return *launched_; }

private:
    static constexpr std::size_t border = 256;
    struct block {
        std::vector<unsigned char> whole;
        std::size_t                skip, bytes;
        int                        ordinal;
        [[nodiscard]] auto         data() noexcept -> unsigned char* { return whole.data() + skip; }
        [[nodiscard]] auto         data() const noexcept -> unsigned char const* { return whole.data() + skip; }
    };

    traits                                                 traits_{};
    std::shared_ptr<std::map<unsigned char const*, block>> memory_   = std::make_shared<std::map<unsigned char const*, block>>();
    std::shared_ptr<std::vector<std::uint64_t>>            launched_ = std::make_shared<std::vector<std::uint64_t>>();
};

}  // namespace hallmark::inline v0
