// Eigen's dense arrays and matrices as hallmark tensors. Eigen::Tensor is in <hallmark/backend/eigen_tensor.hpp>.
#pragma once

#include <hallmark/core/tensor.hpp>

#include <Eigen/Core>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace hallmark::inline v0 {

namespace detail {
/// One picture of one channel: rows are rows, columns are columns, whichever of them Eigen stores first.
template <class Scalar, class Dense>
[[nodiscard]] auto eigen_view(Scalar* data, Dense const& a) noexcept -> tensor_view<Scalar> {
    auto const rows = static_cast<std::size_t>(a.rows());
    auto const cols = static_cast<std::size_t>(a.cols());
    auto const down = static_cast<std::ptrdiff_t>(a.rowStride());
    auto const on   = static_cast<std::ptrdiff_t>(a.colStride());
    return {data, {1, 1, rows, cols}, {0, 0, down, on}};
}

template <class Array>
struct eigen_owner {
    using scalar = typename Array::Scalar;

    static auto view(Array& a) noexcept -> tensor_view<scalar> { return eigen_view<scalar>(a.data(), a); }
    static auto view(Array const& a) noexcept -> tensor_view<scalar const> { return eigen_view<scalar const>(a.data(), a); }
    static auto clone(Array const& a) -> Array { return a; }
};

template <class Array>
struct eigen_borrower {
    using scalar = typename Array::Scalar;
    using target = std::remove_pointer_t<decltype(std::declval<Array&>().data())>;  // const where the borrowed memory is

    static auto view(Array& a) noexcept -> tensor_view<target> { return eigen_view<target>(a.data(), a); }
    static auto view(Array const& a) noexcept -> tensor_view<scalar const> { return eigen_view<scalar const>(a.data(), a); }
};
}  // namespace detail

/// An array of R rows and C columns is a tensor of extents (1, 1, R, C), in either storage order. Expressions
/// (`a + b`, blocks, transposes) are not tensors: evaluate them first.
template <class S, int R, int C, int Options, int MaxR, int MaxC>
struct tensor_traits<Eigen::Array<S, R, C, Options, MaxR, MaxC>> : detail::eigen_owner<Eigen::Array<S, R, C, Options, MaxR, MaxC>> {};

template <class S, int R, int C, int Options, int MaxR, int MaxC>
struct tensor_traits<Eigen::Matrix<S, R, C, Options, MaxR, MaxC>> : detail::eigen_owner<Eigen::Matrix<S, R, C, Options, MaxR, MaxC>> {};

/// Somebody else's memory, with any strides; can be written unless it maps a const array.
template <class Plain, int Options, class Stride>
struct tensor_traits<Eigen::Map<Plain, Options, Stride>> : detail::eigen_borrower<Eigen::Map<Plain, Options, Stride>> {};

template <class Plain, int Options, class Stride>
struct tensor_traits<Eigen::Ref<Plain, Options, Stride>> : detail::eigen_borrower<Eigen::Ref<Plain, Options, Stride>> {};

static_assert(owning_tensor<Eigen::ArrayXXf> && owning_tensor<Eigen::MatrixXf>);
static_assert(writable_tensor<Eigen::Map<Eigen::ArrayXXf>> && !owning_tensor<Eigen::Map<Eigen::ArrayXXf>>);
static_assert(tensor<Eigen::Map<Eigen::ArrayXXf const>> && !writable_tensor<Eigen::Map<Eigen::ArrayXXf const>>);

}  // namespace hallmark::inline v0
