// Eigen::Tensor, TensorFixedSize and TensorMap obey the laws of a backend.
#include <hallmark/backend/eigen_tensor.hpp>

#include <support/backend_laws.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace {

using laws::shape;
using index = Eigen::Index;

auto signed_of(std::size_t v) -> index { return static_cast<index>(v); }

template <int Rank>
auto dimensions(shape s) -> Eigen::DSizes<index, Rank> {
    index const                all[4] = {signed_of(s.n), signed_of(s.c), signed_of(s.h), signed_of(s.w)};
    Eigen::DSizes<index, Rank> out;
    for (std::size_t i = 0; i < Rank; ++i) {
        out[i] = all[4 - Rank + i];
    }
    return out;
}

// The element by Eigen's own indexing, with as many of the indices as the tensor has.
template <class Tensor>
auto element(Tensor& t, std::size_t n, std::size_t c, std::size_t h, std::size_t w) -> auto& {
    if constexpr (Tensor::NumIndices == 4) {
        return t(signed_of(n), signed_of(c), signed_of(h), signed_of(w));
    } else if constexpr (Tensor::NumIndices == 3) {
        return t(signed_of(c), signed_of(h), signed_of(w));
    } else {
        return t(signed_of(h), signed_of(w));
    }
}

template <class Scalar, int Rank, int Order>
struct owner : laws::any_extents<Rank> {
    using scalar = Scalar;
    using array  = Eigen::Tensor<Scalar, Rank, Order>;
    explicit owner(shape s) : tensor(dimensions<Rank>(s)) {}
    auto  at(std::size_t n, std::size_t c, std::size_t h, std::size_t w) -> Scalar& { return element(tensor, n, c, h, w); }
    array tensor;
};

template <class Scalar, int Rank, int Order>
struct map : laws::any_extents<Rank> {
    using scalar = Scalar;
    using array  = Eigen::TensorMap<Eigen::Tensor<Scalar, Rank, Order>>;
    explicit map(shape s) : elements(s.n * s.c * s.h * s.w), tensor(elements.data(), dimensions<Rank>(s)) {}
    auto at(std::size_t n, std::size_t c, std::size_t h, std::size_t w) -> Scalar& { return element(tensor, n, c, h, w); }
    auto memory() -> std::span<Scalar> { return elements.span(); }

    laws::owned_memory<Scalar> elements;
    array                      tensor;
};

template <class Scalar, int Order>
struct fixed {
    using scalar = Scalar;
    using array  = Eigen::TensorFixedSize<Scalar, Eigen::Sizes<2, 3, 4, 5>, Order>;
    static auto shapes() -> std::vector<shape> { return {{2, 3, 4, 5}}; }
    explicit fixed(shape) {}
    auto  at(std::size_t n, std::size_t c, std::size_t h, std::size_t w) -> Scalar& { return element(tensor, n, c, h, w); }
    array tensor;
};

constexpr int columns = Eigen::ColMajor;
constexpr int rows    = Eigen::RowMajor;

}  // namespace

// Storage order turns the strides round. A view that took the wrong one would put every mark on the wrong pixels,
// and only where the extents differ.
TEST_CASE_TEMPLATE("tensors that own", B, owner<float, 4, columns>, owner<float, 4, rows>, owner<std::uint8_t, 4, columns>, owner<std::uint8_t, 4, rows>,
                   owner<float, 3, columns>, owner<std::uint8_t, 3, rows>, owner<float, 2, rows>, owner<std::uint8_t, 2, columns>, fixed<float, columns>,
                   fixed<std::uint8_t, rows>) {
    laws::check_backend<B>();
}

TEST_CASE_TEMPLATE("maps", B, map<float, 4, columns>, map<std::uint8_t, 4, rows>, map<float, 3, rows>, map<std::uint8_t, 2, columns>) {
    laws::check_backend<B>();
}

TEST_CASE("what is not a tensor, and what cannot be written") {
    Eigen::Tensor<float, 3> a(1, 2, 3), b(1, 2, 3);
    static_assert(!hallmark::tensor<decltype(a + b)>);
    static_assert(!hallmark::tensor<Eigen::Tensor<float, 1>> && !hallmark::tensor<Eigen::Tensor<float, 5>>);
    static_assert(!hallmark::tensor<Eigen::TensorMap<Eigen::Tensor<float, 1>>>);
    using read_only = Eigen::TensorMap<Eigen::Tensor<float const, 3> const>;
    static_assert(hallmark::tensor<read_only> && !hallmark::writable_tensor<read_only>);
    static_assert(hallmark::tensor<Eigen::TensorMap<Eigen::Tensor<float, 3> const>> &&
                  !hallmark::writable_tensor<Eigen::TensorMap<Eigen::Tensor<float, 3> const>>);
}
