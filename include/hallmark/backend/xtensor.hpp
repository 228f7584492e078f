// xtensor's containers and adaptors as hallmark tensors.
#pragma once

#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>

#if __has_include(<xtensor/containers/xtensor.hpp>)  // since 0.26
#    include <xtensor/containers/xarray.hpp>
#    include <xtensor/containers/xfixed.hpp>
#    include <xtensor/containers/xtensor.hpp>
#else
#    include <xtensor/xarray.hpp>
#    include <xtensor/xfixed.hpp>
#    include <xtensor/xtensor.hpp>
#endif

#include <cstddef>
#include <type_traits>
#include <utility>

// xtensor 0.24 asks for the container that goes with a shape by matching the shape against
// `template <class, std::size_t> class`. Where a template template parameter also matches templates with more
// parameters that have defaults (g++ in C++17 and later; the macro says so), the dynamic shape svector<size_t, 4>
// matches it as well, so temporaries of an xarray get four dimensions whatever they had, and are written out of
// bounds. xtensor's own remedy is compiled in C++17 only (xtensor-stack/xtensor#1970); in C++20 these two full
// specialisations do the same. This header therefore comes before the first xtensor expression of a source file.
#if XTENSOR_VERSION_MAJOR == 0 && XTENSOR_VERSION_MINOR == 24 && defined(__cpp_template_template_args) && __cplusplus > 201703L
namespace xt::detail {
template <>
struct xtype_for_shape<xt::svector<std::size_t, 4>> {
    template <class T, layout_type L>
    using type = xarray<T, L>;
};
template <>
struct xtype_for_shape<xt::svector<std::ptrdiff_t, 4>> {
    template <class T, layout_type L>
    using type = xarray<T, L>;
};
}  // namespace xt::detail
#endif

namespace hallmark::inline v0 {

namespace detail {
/// The last index is the column, the one before it the row, then channel, then sample; missing ones have extent 1.
template <class Scalar, class Array>
[[nodiscard]] auto xtensor_view(Scalar* data, Array const& a) -> tensor_view<Scalar> {
    auto const rank = static_cast<std::size_t>(a.dimension());
    require(rank >= 2 && rank <= 4, errc::shape_mismatch, "hallmark::xtensor: the array has rank ", rank, "; allowed is 2 to 4");
    auto v = nchw(data, 1, 1, 1, 1);
    for (std::size_t i = 0; i < rank; ++i) {
        v.extent[4 - rank + i] = static_cast<std::size_t>(a.shape()[i]);
        v.stride[4 - rank + i] = static_cast<std::ptrdiff_t>(a.strides()[i]);
    }
    return v;
}

template <class Array>
struct xtensor_owner {
    using scalar = typename Array::value_type;

    static auto view(Array& a) -> tensor_view<scalar> { return xtensor_view<scalar>(a.data(), a); }
    static auto view(Array const& a) -> tensor_view<scalar const> { return xtensor_view<scalar const>(a.data(), a); }
    static auto clone(Array const& a) -> Array { return a; }
};

template <class Array>
struct xtensor_borrower {
    using element = std::remove_reference_t<decltype(*std::declval<Array const&>().data())>;  // const: what cannot be written
    using storage = std::remove_reference_t<decltype(std::declval<Array&>().storage())>;

    static auto view(Array const& a) -> tensor_view<std::add_const_t<element>> { return xtensor_view<std::add_const_t<element>>(a.data(), a); }
    static auto view(Array& a) requires(!std::is_const_v<storage>) { return xtensor_view<std::remove_pointer_t<decltype(a.data())>>(a.data(), a); }
};

template <class Shape>
inline constexpr std::size_t fixed_rank = 0;
template <std::size_t... Extents>
inline constexpr std::size_t fixed_rank<xt::fixed_shape<Extents...>> = sizeof...(Extents);
}  // namespace detail

/// `a(n, c, h, w)`, `a(c, h, w)` and `a(h, w)` are the elements (n, c, h, w), (0, c, h, w) and (0, 0, h, w), in
/// any layout. The rank of an xarray is known only at run time: another than 2 to 4 throws. Expressions and
/// xt::view are not tensors: evaluate them into a container first.
template <class Storage, xt::layout_type L, class Shape>
struct tensor_traits<xt::xarray_container<Storage, L, Shape, xt::xtensor_expression_tag>>
    : detail::xtensor_owner<xt::xarray_container<Storage, L, Shape, xt::xtensor_expression_tag>> {};

template <class Storage, std::size_t Rank, xt::layout_type L>
    requires(Rank >= 2 && Rank <= 4)
struct tensor_traits<xt::xtensor_container<Storage, Rank, L, xt::xtensor_expression_tag>>
    : detail::xtensor_owner<xt::xtensor_container<Storage, Rank, L, xt::xtensor_expression_tag>> {};

template <class S, class Shape, xt::layout_type L, bool Sharable>
    requires(detail::fixed_rank<Shape> >= 2 && detail::fixed_rank<Shape> <= 4)
struct tensor_traits<xt::xfixed_container<S, Shape, L, Sharable, xt::xtensor_expression_tag>>
    : detail::xtensor_owner<xt::xfixed_container<S, Shape, L, Sharable, xt::xtensor_expression_tag>> {};

/// Somebody else's memory (`xt::adapt`), with any strides; can be written unless that memory is const.
template <class Storage, xt::layout_type L, class Shape>
struct tensor_traits<xt::xarray_adaptor<Storage, L, Shape, xt::xtensor_expression_tag>>
    : detail::xtensor_borrower<xt::xarray_adaptor<Storage, L, Shape, xt::xtensor_expression_tag>> {};

template <class Storage, std::size_t Rank, xt::layout_type L>
    requires(Rank >= 2 && Rank <= 4)
struct tensor_traits<xt::xtensor_adaptor<Storage, Rank, L, xt::xtensor_expression_tag>>
    : detail::xtensor_borrower<xt::xtensor_adaptor<Storage, Rank, L, xt::xtensor_expression_tag>> {};

static_assert(owning_tensor<xt::xarray<float>> && owning_tensor<xt::xtensor<float, 4>> && owning_tensor<xt::xtensor_fixed<float, xt::xshape<3, 4, 4>>>);
static_assert(!tensor<xt::xtensor<float, 1>> && !tensor<xt::xtensor<float, 5>>);

}  // namespace hallmark::inline v0
