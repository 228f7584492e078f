// What hallmark needs to know about somebody else's array: the rank-4 view, and the trait that makes one.
#pragma once

#include <hallmark/config.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <variant>

namespace hallmark::inline v0 {

struct host_space {};  ///< memory the CPU may dereference
struct cuda_space {};  ///< memory only a CUDA device may dereference

/// A borrowed, strided array of rank 4: (sample, channel, row, column), short (N, C, H, W).
///
/// Every backend is turned into this at the library's edge, so the code behind the edge is compiled
/// once and not once per array library. Any strides are allowed, so channel-last pictures, padded
/// rows, flipped pictures (negative strides) and plain matrices (extents of 1) are all this type.
template <class Scalar, class Space = host_space>
struct tensor_view {
    using value_type = std::remove_const_t<Scalar>;
    using space      = Space;

    Scalar*        data;
    std::size_t    extent[4];  // plain arrays: std::array's operator[] is not callable from a kernel
    std::ptrdiff_t stride[4];  // in elements, not bytes; of no meaning where the extent is 1

    [[nodiscard]] HALLMARK_HD constexpr auto samples() const noexcept -> std::size_t { return extent[0]; }
    [[nodiscard]] HALLMARK_HD constexpr auto channels() const noexcept -> std::size_t { return extent[1]; }
    [[nodiscard]] HALLMARK_HD constexpr auto height() const noexcept -> std::size_t { return extent[2]; }
    [[nodiscard]] HALLMARK_HD constexpr auto width() const noexcept -> std::size_t { return extent[3]; }
    [[nodiscard]] HALLMARK_HD constexpr auto size() const noexcept -> std::size_t { return extent[0] * extent[1] * extent[2] * extent[3]; }

    /// Element (n, c, h, w); the caller keeps the indices inside the extents.
    [[nodiscard]] HALLMARK_HD constexpr auto at(std::size_t n, std::size_t c, std::size_t h, std::size_t w) const noexcept -> Scalar& {
        return row(n, c, h)[static_cast<std::ptrdiff_t>(w) * stride[3]];
    }
    /// Pointer to element (n, c, h, 0); the next column is `stride[3]` elements on.
    [[nodiscard]] HALLMARK_HD constexpr auto row(std::size_t n, std::size_t c, std::size_t h) const noexcept -> Scalar* {
        return data + static_cast<std::ptrdiff_t>(n) * stride[0] + static_cast<std::ptrdiff_t>(c) * stride[1] + static_cast<std::ptrdiff_t>(h) * stride[2];
    }
    /// Samples [first, first + count) of the same memory.
    [[nodiscard]] HALLMARK_HD constexpr auto slice(std::size_t first, std::size_t count) const noexcept -> tensor_view {
        auto part      = *this;
        part.data      = data + (count == 0 ? 0 : static_cast<std::ptrdiff_t>(first) * stride[0]);
        part.extent[0] = count;
        return part;
    }
    /// A view that can be written can be read.
    [[nodiscard]] HALLMARK_HD constexpr operator tensor_view<Scalar const, Space>() const noexcept requires(!std::is_const_v<Scalar>) {
        return {data, {extent[0], extent[1], extent[2], extent[3]}, {stride[0], stride[1], stride[2], stride[3]}};
    }
};

template <class A, class B, class SpaceA, class SpaceB>
[[nodiscard]] constexpr auto same_extents(tensor_view<A, SpaceA> const& a, tensor_view<B, SpaceB> const& b) noexcept -> bool {
    return a.extent[0] == b.extent[0] && a.extent[1] == b.extent[1] && a.extent[2] == b.extent[2] && a.extent[3] == b.extent[3];
}

/// Dense pixels in the order sample, channel, row, column (PyTorch's).
template <class Scalar>
[[nodiscard]] constexpr auto nchw(Scalar* data, std::size_t n, std::size_t c, std::size_t h, std::size_t w) noexcept -> tensor_view<Scalar> {
    auto const s = [](std::size_t v) { return static_cast<std::ptrdiff_t>(v); };
    return {data, {n, c, h, w}, {s(c * h * w), s(h * w), s(w), 1}};
}

/// Dense pixels in the order sample, row, column, channel (image files, OpenCV, TensorFlow).
template <class Scalar>
[[nodiscard]] constexpr auto nhwc(Scalar* data, std::size_t n, std::size_t c, std::size_t h, std::size_t w) noexcept -> tensor_view<Scalar> {
    auto const s = [](std::size_t v) { return static_cast<std::ptrdiff_t>(v); };
    return {data, {n, c, h, w}, {s(c * h * w), 1, s(c * w), s(c)}};
}

/// For arrays whose scalar type is known only at run time (LibTorch, later OpenCV and DLPack): one of
/// the two views a picture can have.
using image_view       = std::variant<tensor_view<float>, tensor_view<std::uint8_t>>;
using image_view_const = std::variant<tensor_view<float const>, tensor_view<std::uint8_t const>>;

/// CUSTOMIZATION POINT. Specialise for your array type, right after the type is declared:
///
///     static auto view(T& t)       -> tensor_view<float>;         // or image_view
///     static auto view(T const& t) -> tensor_view<float const>;   // or image_view_const
///     static auto clone(T const& t) -> T;                         // only if T owns its elements: a deep copy
///
/// The primary template is declared and never defined: a type nobody described is not a tensor.
template <class T>
struct tensor_traits;

namespace detail {
template <class V>
inline constexpr bool is_view = false;
template <class S, class Space>
inline constexpr bool is_view<tensor_view<S, Space>> = true;
template <>
inline constexpr bool is_view<image_view> = true;
template <>
inline constexpr bool is_view<image_view_const> = true;

template <class V>
inline constexpr bool is_writable_view = false;
template <class S, class Space>
inline constexpr bool is_writable_view<tensor_view<S, Space>> = !std::is_const_v<S>;
template <>
inline constexpr bool is_writable_view<image_view> = true;

/// Calls `f` with the view of `t`, whichever scalar it turns out to have.
template <class T, class F>
auto with_view(T& t, F&& f) -> decltype(auto) {
    decltype(auto) v = tensor_traits<std::remove_const_t<T>>::view(t);
    if constexpr (requires { std::variant_size<std::remove_cvref_t<decltype(v)>>::value; }) {
        return std::visit(std::forward<F>(f), v);
    } else {
        return std::forward<F>(f)(v);
    }
}
}  // namespace detail

/// Elements can be read.
template <class T>
concept tensor = requires(T const& c) {
    tensor_traits<T>::view(c);
}
&&detail::is_view<std::remove_cvref_t<decltype(tensor_traits<T>::view(std::declval<T const&>()))>>;

/// Elements can be written, too.
template <class T>
concept writable_tensor = tensor<T> && requires(T& t) {
    tensor_traits<T>::view(t);
} && detail::is_writable_view<std::remove_cvref_t<decltype(tensor_traits<T>::view(std::declval<T&>()))>>;

/// The array owns its elements, so a function can return a new one.
template <class T>
concept owning_tensor = writable_tensor<T> && requires(T const& c) {
    { tensor_traits<T>::clone(c) } -> std::same_as<T>;
};

// A view is its own backend.
template <class S, class Space>
struct tensor_traits<tensor_view<S, Space>> {
    static constexpr auto view(tensor_view<S, Space> const& t) noexcept -> tensor_view<S, Space> { return t; }
};

static_assert(writable_tensor<tensor_view<float>> && tensor<tensor_view<float const>>);
static_assert(!writable_tensor<tensor_view<float const>> && !owning_tensor<tensor_view<float>>);

}  // namespace hallmark::inline v0
