// Part of the CUDA backend: views of device memory, the workspace that algorithms are given, and the checks before a launch.
#pragma once

#include <hallmark/core/pixels.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <type_traits>

namespace hallmark::inline v0 {

/// Dense pixels in device memory, in the order sample, channel, row, column.
template <class Scalar>
[[nodiscard]] constexpr auto cuda_nchw(Scalar* data, std::size_t n, std::size_t c, std::size_t h, std::size_t w) noexcept -> tensor_view<Scalar, cuda_space> {
    auto const v = nchw(data, n, c, h, w);
    return {v.data, {n, c, h, w}, {v.stride[0], v.stride[1], v.stride[2], v.stride[3]}};
}
/// Dense pixels in device memory, in the order sample, row, column, channel.
template <class Scalar>
[[nodiscard]] constexpr auto cuda_nhwc(Scalar* data, std::size_t n, std::size_t c, std::size_t h, std::size_t w) noexcept -> tensor_view<Scalar, cuda_space> {
    auto const v = nhwc(data, n, c, h, w);
    return {v.data, {n, c, h, w}, {v.stride[0], v.stride[1], v.stride[2], v.stride[3]}};
}

/// `size` numbers, one after another, in device memory.
template <class T>
struct cuda_span {
    T*          data = nullptr;
    std::size_t size = 0;

    cuda_span() = default;
    HALLMARK_HD constexpr cuda_span(T* at, std::size_t count) noexcept : data(at), size(count) {}
    /// Numbers that can be written can be read.
    template <class U>
        requires(std::is_same_v<U const, T> && !std::is_const_v<U>)
    HALLMARK_HD constexpr cuda_span(cuda_span<U> other) noexcept : data(other.data), size(other.size) {}
};

/// Device memory that an algorithm may use until its launches on the stream have run. `bytes` as the algorithm's
/// `..._workspace` function says; `data` on a multiple of 256, as cudaMalloc gives it. An empty one means: allocate by the stream-ordered
/// allocator, and free likewise.
struct cuda_workspace {
    void*       data  = nullptr;
    std::size_t bytes = 0;
};

namespace detail::device {

/// Where an address lies. `ordinal` is the device that owns it, -1 where none does.
struct place {
    bool on_device;  ///< a kernel may touch it
    int  ordinal;
};

inline constexpr std::size_t alignment = 256;
[[nodiscard]] constexpr auto rounded_up(std::size_t bytes) noexcept -> std::size_t { return (bytes + alignment - 1) / alignment * alignment; }
/// What `take` uses for n elements of each type.
template <class T>
[[nodiscard]] constexpr auto room_for(std::size_t n) noexcept -> std::size_t {
    return rounded_up(n * sizeof(T));
}

template <class Device>
void require_place(Device const& device, void const* at, std::string_view who, std::string_view name) {
    auto const where = device.place_of(at);
    require(where.on_device, errc::out_of_domain, who, ": ", name, " is in host memory; allowed is memory of device ", device.ordinal());
    require(where.ordinal == device.ordinal(), errc::out_of_domain, who, ": ", name, " is in memory of device ", where.ordinal, "; allowed is device ",
            device.ordinal(), ", the stream's");
}

/// First and last byte on the device, and the address a multiple of the scalar's size.
template <class Device>
void require_bytes(Device const& device, byte_range bytes, std::size_t scalar, std::string_view who, std::string_view name) {
    require(bytes.first != 0, errc::empty_input, who, ": ", name, " is a null pointer; allowed is device memory");
    require(bytes.first % scalar == 0, errc::out_of_domain, who, ": ", name, " begins at an address that is no multiple of ", scalar,
            ", the size of its numbers; allowed is aligned memory");
    require_place(device, reinterpret_cast<void const*>(bytes.first), who, name);
    require_place(device, reinterpret_cast<void const*>(bytes.last - 1), who, name);
}

/// The same addresses as a host view, for checks that look at addresses only.
template <class Scalar>
[[nodiscard]] auto addresses(tensor_view<Scalar, cuda_space> v) noexcept -> tensor_view<Scalar> {
    return {v.data, {v.extent[0], v.extent[1], v.extent[2], v.extent[3]}, {v.stride[0], v.stride[1], v.stride[2], v.stride[3]}};
}

/// A view that cannot be written.
template <class Scalar>
[[nodiscard]] constexpr auto as_constant(tensor_view<Scalar, cuda_space> v) noexcept -> tensor_view<std::remove_const_t<Scalar> const, cuda_space> {
    return {v.data, {v.extent[0], v.extent[1], v.extent[2], v.extent[3]}, {v.stride[0], v.stride[1], v.stride[2], v.stride[3]}};
}

template <class Device, class Scalar>
void require_view(Device const& device, tensor_view<Scalar, cuda_space> v, std::string_view who, std::string_view name) {
    require(v.size() > 0, errc::empty_input, who, ": ", name, " has extents (", v.samples(), ", ", v.channels(), ", ", v.height(), ", ", v.width(),
            "), so there is nothing in it");
    require_bytes(device, bytes_of(addresses(v)), sizeof(Scalar), who, name);
}

template <class T>
[[nodiscard]] auto bytes_of_span(cuda_span<T> s) noexcept -> byte_range {
    auto const at = reinterpret_cast<std::uintptr_t>(s.data);
    return {at, at + s.size * sizeof(T)};
}
template <class Device, class T>
void require_span(Device const& device, cuda_span<T> s, std::string_view who, std::string_view name) {
    require(s.size > 0, errc::empty_input, who, ": ", name, " is empty; allowed is 1 number or more");
    require_bytes(device, bytes_of_span(s), alignof(T), who, name);
}
/// A span that an algorithm writes must have `size` elements, and no byte in common with what it reads.
inline void require_length(std::size_t size, std::size_t needed, std::string_view who, std::string_view name) {
    require(size == needed, errc::shape_mismatch, who, ": ", name, " has ", size, " numbers; allowed are ", needed);
}
struct named_bytes {
    byte_range       bytes;
    std::string_view name;
};
template <class T>
[[nodiscard]] auto named(cuda_span<T> s, std::string_view name) noexcept -> named_bytes {
    return {bytes_of_span(s), name};
}
template <class Scalar>
[[nodiscard]] auto named(tensor_view<Scalar, cuda_space> v, std::string_view name) noexcept -> named_bytes {
    return {bytes_of(addresses(v)), name};
}
/// What is written, and everything that is read or written beside it.
inline void require_apart(named_bytes const& a, std::initializer_list<named_bytes> others, std::string_view who) {
    for (auto const& b : others) {
        require(a.bytes.last <= b.bytes.first || b.bytes.last <= a.bytes.first, errc::shape_mismatch, who, ": ", a.name, " and ", b.name,
                " overlap; give each memory of its own");
    }
}

/// Memory for one call: the caller's workspace, which must lie apart from `others`, or the allocator's for as long as this lives. Freed in the order of
/// the stream.
template <class Device>
class scratch {
public:
    scratch(Device const& device, cuda_workspace given, std::size_t needed, std::string_view who, std::initializer_list<named_bytes> others = {})
        : device_(&device) {
        if (given.data == nullptr) {
            own_ = next_ = needed == 0 ? nullptr : static_cast<unsigned char*>(device.allocate(needed));
        } else {
            require(given.bytes >= needed, errc::out_of_domain, who, ": the workspace has ", given.bytes, " bytes; allowed are ", needed, " or more");
            auto const at = reinterpret_cast<std::uintptr_t>(given.data);
            require(at % alignment == 0, errc::out_of_domain, who, ": the workspace begins at an address that is no multiple of ", alignment,
                    "; allowed is memory as cudaMalloc gives it");
            bytes_ = {at, at + (given.bytes == 0 ? 1 : given.bytes)};
            require_bytes(device, bytes_, 1, who, "the workspace");
            require_apart(others, who);
            next_ = static_cast<unsigned char*>(given.data);
        }
    }
    scratch(scratch const&)                    = delete;
    auto operator=(scratch const&) -> scratch& = delete;
    ~scratch() {
        if (own_ != nullptr) {
            device_->release(own_);
        }
    }

    template <class T>
    [[nodiscard]] auto take(std::size_t n) noexcept -> T* {
        auto* const at = next_;
        next_ += room_for<T>(n);
        return reinterpret_cast<T*>(at);
    }

    /// What a later call is given must lie apart from the caller's workspace, too.
    void               require_apart(std::initializer_list<named_bytes> others, std::string_view who) const { device::require_apart(whole(), others, who); }
    [[nodiscard]] auto whole(std::string_view name = "the workspace") const noexcept -> named_bytes { return {bytes_, name}; }

private:
    Device const*  device_;
    byte_range     bytes_{0, 0};  // of the caller's
    unsigned char* own_  = nullptr;
    unsigned char* next_ = nullptr;
};

}  // namespace detail::device
}  // namespace hallmark::inline v0
