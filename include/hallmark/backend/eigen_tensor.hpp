// Eigen's unsupported Tensor classes as hallmark tensors: rank 2 to 4, in either storage order.
#pragma once

#include <hallmark/core/tensor.hpp>

#include <unsupported/Eigen/CXX11/Tensor>

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace hallmark::inline v0 {

namespace detail {
/// The last index is the column, the one before it the row, then channel, then sample; missing ones have extent 1.
template <class Scalar, class Tensor>
[[nodiscard]] auto eigen_tensor_view(Scalar* data, Tensor const& t) noexcept -> tensor_view<Scalar> {
    constexpr int  rank      = Tensor::NumIndices;
    constexpr bool row_major = static_cast<int>(Tensor::Layout) == static_cast<int>(Eigen::RowMajor);
    auto           v         = nchw(data, 1, 1, 1, 1);
    std::ptrdiff_t step      = 1;
    for (int i = 0; i < rank; ++i) {
        auto const index = row_major ? rank - 1 - i : i;  // the fastest first
        // Some of the classes take a signed index here, some an unsigned one: 16 bits fit into both.
        auto const extent          = static_cast<std::ptrdiff_t>(t.dimension(static_cast<std::uint16_t>(index)));
        v.extent[4 - rank + index] = static_cast<std::size_t>(extent);
        v.stride[4 - rank + index] = step;
        step *= extent;
    }
    return v;
}

template <class Tensor>
struct eigen_tensor_owner {
    using scalar = typename Tensor::Scalar;

    static auto view(Tensor& t) noexcept -> tensor_view<scalar> { return eigen_tensor_view<scalar>(t.data(), t); }
    static auto view(Tensor const& t) noexcept -> tensor_view<scalar const> { return eigen_tensor_view<scalar const>(t.data(), t); }
    static auto clone(Tensor const& t) -> Tensor { return t; }
};
}  // namespace detail

/// `t(n, c, h, w)`, `t(c, h, w)` and `t(h, w)` are the elements (n, c, h, w), (0, c, h, w) and (0, 0, h, w),
/// whatever the storage order. Expressions are not tensors: evaluate them first.
template <class S, int Rank, int Options, class Index>
    requires(Rank >= 2 && Rank <= 4)
struct tensor_traits<Eigen::Tensor<S, Rank, Options, Index>> : detail::eigen_tensor_owner<Eigen::Tensor<S, Rank, Options, Index>> {};

template <class S, class Dimensions, int Options, class Index>
    requires(Dimensions::count >= 2 && Dimensions::count <= 4)
struct tensor_traits<Eigen::TensorFixedSize<S, Dimensions, Options, Index>>
    : detail::eigen_tensor_owner<Eigen::TensorFixedSize<S, Dimensions, Options, Index>> {};

/// Somebody else's memory, dense; can be written unless it maps a const tensor.
template <class Plain, int Options, template <class> class Pointer>
    requires(Plain::NumIndices >= 2 && Plain::NumIndices <= 4)
struct tensor_traits<Eigen::TensorMap<Plain, Options, Pointer>> {
    using map    = Eigen::TensorMap<Plain, Options, Pointer>;
    using target = std::remove_pointer_t<decltype(std::declval<map&>().data())>;

    static auto view(map& t) noexcept -> tensor_view<target> { return detail::eigen_tensor_view<target>(t.data(), t); }
    static auto view(map const& t) noexcept -> tensor_view<target const> { return detail::eigen_tensor_view<target const>(t.data(), t); }
};

static_assert(owning_tensor<Eigen::Tensor<float, 4>> && !tensor<Eigen::Tensor<float, 5>>);
static_assert(writable_tensor<Eigen::TensorMap<Eigen::Tensor<float, 3>>> && !owning_tensor<Eigen::TensorMap<Eigen::Tensor<float, 3>>>);
static_assert(tensor<Eigen::TensorMap<Eigen::Tensor<float const, 3>>> && !writable_tensor<Eigen::TensorMap<Eigen::Tensor<float const, 3>>>);

}  // namespace hallmark::inline v0
