// What a model is: any callable that turns a batch of pictures into logits.
#pragma once

#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>

namespace hallmark::inline v0 {

/// A borrowed matrix of logits, one row per sample.
template <class Scalar>
struct logit_matrix {
    Scalar const*  data;
    std::size_t    samples, classes;
    std::ptrdiff_t sample_stride, class_stride;  // in elements
};

namespace detail {
template <class T>
inline constexpr bool is_float_view = false;
template <class S, class Space>
inline constexpr bool is_float_view<tensor_view<S, Space>> = std::floating_point<std::remove_const_t<S>>;
template <>
inline constexpr bool is_float_view<image_view> = true;  // which scalar it is, only the running program knows
template <>
inline constexpr bool is_float_view<image_view_const> = true;
}  // namespace detail

/// A tensor that can hold logits: floating-point elements, of extents (samples, classes, 1, 1), or a matrix,
/// whose view has extents (1, 1, samples, classes).
template <class T>
concept logits = tensor<T> && detail::is_float_view<std::remove_cvref_t<decltype(tensor_traits<T>::view(std::declval<T const&>()))>>;

/// `m(batch)` takes a view of float pictures in [0, 1] and returns one row of logits (scores before the
/// softmax; log-probabilities will do) per picture. There is nothing to inherit from: a lambda around any
/// framework's forward pass is a model. It is called with at most `batch_size` pictures at a time.
template <class M>
concept model = requires(M& m, tensor_view<float const> batch) {
    { m(batch) } -> logits;
};

/// The matrix in a view of logits.
template <class Scalar>
[[nodiscard]] auto as_logit_matrix(tensor_view<Scalar> v) -> logit_matrix<std::remove_const_t<Scalar>> {
    if (v.height() == 1 && v.width() == 1) {
        return {v.data, v.samples(), v.channels(), v.stride[0], v.stride[1]};
    }
    detail::require(v.samples() == 1 && v.channels() == 1, errc::shape_mismatch, "hallmark::as_logit_matrix: the logits have extents (", v.samples(), ", ",
                    v.channels(), ", ", v.height(), ", ", v.width(), "); allowed is (samples, classes, 1, 1) or a matrix, (1, 1, samples, classes)");
    return {v.data, v.height(), v.width(), v.stride[2], v.stride[3]};
}

}  // namespace hallmark::inline v0
