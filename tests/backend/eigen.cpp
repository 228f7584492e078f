// Eigen's arrays, matrices and maps obey the laws of a backend.
#include <hallmark/backend/eigen.hpp>
#include <hallmark/model/concept.hpp>

#include <support/backend_laws.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

using laws::shape;
using index = Eigen::Index;

auto signed_of(std::size_t v) -> index { return static_cast<index>(v); }

template <class Array>
struct owner : laws::any_extents<2> {
    using scalar = typename Array::Scalar;
    using array  = Array;
    explicit owner(shape s) : tensor(signed_of(s.h), signed_of(s.w)) {}
    auto  at(std::size_t, std::size_t, std::size_t h, std::size_t w) -> scalar& { return tensor(signed_of(h), signed_of(w)); }
    array tensor;
};

// Extents that are part of the type.
template <class Array>
struct fixed {
    using scalar = typename Array::Scalar;
    using array  = Array;
    static auto shapes() -> std::vector<shape> { return {{1, 1, Array::RowsAtCompileTime, Array::ColsAtCompileTime}}; }
    explicit fixed(shape) {}
    auto  at(std::size_t, std::size_t, std::size_t h, std::size_t w) -> scalar& { return tensor(signed_of(h), signed_of(w)); }
    array tensor;
};

// A map with room between the elements and between the rows (or columns).
template <class Plain>
struct strided_map : laws::any_extents<2> {
    using scalar  = typename Plain::Scalar;
    using strides = Eigen::Stride<Eigen::Dynamic, Eigen::Dynamic>;
    using array   = Eigen::Map<Plain, Eigen::Unaligned, strides>;
    explicit strided_map(shape s)
        : elements((3 * s.w + 2) * (3 * s.h + 2)),
          tensor(elements.data(), signed_of(s.h), signed_of(s.w), strides(signed_of(3 * (Plain::IsRowMajor ? s.w : s.h) + 2), 3)) {}
    auto at(std::size_t, std::size_t, std::size_t h, std::size_t w) -> scalar& { return tensor(signed_of(h), signed_of(w)); }
    auto memory() -> std::span<scalar> { return elements.span(); }

    laws::owned_memory<scalar> elements;
    array                      tensor;
};

template <class Plain>
struct dense_map : laws::any_extents<2> {
    using scalar = typename Plain::Scalar;
    using array  = Eigen::Map<Plain>;
    explicit dense_map(shape s) : elements(s.h * s.w), tensor(elements.data(), signed_of(s.h), signed_of(s.w)) {}
    auto at(std::size_t, std::size_t, std::size_t h, std::size_t w) -> scalar& { return tensor(signed_of(h), signed_of(w)); }
    auto memory() -> std::span<scalar> { return elements.span(); }

    laws::owned_memory<scalar> elements;
    array                      tensor;
};

// A map of a const array: it can be read and marked into something else. The elements change behind its back.
template <class Plain>
struct const_map : laws::any_extents<2> {
    using scalar = typename Plain::Scalar;
    using array  = Eigen::Map<Plain const>;
    explicit const_map(shape s)
        : elements(s.h * s.w), tensor(elements.data(), signed_of(s.h), signed_of(s.w)), mine(elements.data(), signed_of(s.h), signed_of(s.w)) {}
    auto at(std::size_t, std::size_t, std::size_t h, std::size_t w) -> scalar& { return mine(signed_of(h), signed_of(w)); }
    auto memory() -> std::span<scalar> { return elements.span(); }

    laws::owned_memory<scalar> elements;
    array                      tensor;
    Eigen::Map<Plain>          mine;
};

// A part of a larger array, the way a function takes it.
template <class Plain>
struct reference : laws::any_extents<2> {
    using scalar = typename Plain::Scalar;
    using array  = Eigen::Ref<Plain, 0, Eigen::OuterStride<>>;
    explicit reference(shape s) : whole(signed_of(s.h + 2), signed_of(s.w + 3)), tensor(whole.block(1, 2, signed_of(s.h), signed_of(s.w))) {}
    auto at(std::size_t, std::size_t, std::size_t h, std::size_t w) -> scalar& { return whole(signed_of(h + 1), signed_of(w + 2)); }
    auto memory() -> std::span<scalar> { return {whole.data(), static_cast<std::size_t>(whole.size())}; }

    Plain whole;
    array tensor;
};

template <class Scalar>
using columns_array = Eigen::Array<Scalar, Eigen::Dynamic, Eigen::Dynamic>;
template <class Scalar>
using rows_array = Eigen::Array<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
template <class Scalar>
using columns_matrix = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic>;
template <class Scalar>
using rows_matrix = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

}  // namespace

TEST_CASE_TEMPLATE("arrays and matrices", B, owner<columns_array<float>>, owner<rows_array<float>>, owner<columns_matrix<float>>, owner<rows_matrix<float>>,
                   owner<columns_array<std::uint8_t>>, owner<rows_array<std::uint8_t>>, owner<columns_matrix<std::uint8_t>>, owner<rows_matrix<std::uint8_t>>) {
    laws::check_backend<B>();
}

// Eigen has classes of its own for sizes known early and for rows and columns; they take another path to their strides.
TEST_CASE_TEMPLATE("sizes that are part of the type", B, fixed<Eigen::Array<float, 4, 6>>, fixed<Eigen::Array<std::uint8_t, 4, 6, Eigen::RowMajor>>,
                   fixed<Eigen::Matrix<float, 1, 7>>, fixed<Eigen::Matrix<float, 7, 1>>, fixed<Eigen::Matrix<std::uint8_t, 3, 3>>) {
    laws::check_backend<B>();
}

TEST_CASE_TEMPLATE("maps and references", B, dense_map<columns_array<float>>, dense_map<rows_matrix<std::uint8_t>>, strided_map<columns_array<float>>,
                   strided_map<rows_array<float>>, strided_map<columns_matrix<std::uint8_t>>, strided_map<rows_matrix<std::uint8_t>>,
                   const_map<columns_array<float>>, const_map<rows_matrix<std::uint8_t>>, reference<columns_array<float>>,
                   reference<rows_matrix<std::uint8_t>>) {
    laws::check_backend<B>();
}

// A result that changes when its source does would be a view in disguise.
TEST_CASE("a clone is a deep copy") {
    columns_array<float> a    = columns_array<float>::Constant(4, 5, 0.5f);
    auto const           mark = laws::fixed_marker();
    auto const           b    = mark(a, 1);
    auto const           kept = columns_array<float>(b);
    a.setZero();
    CHECK((b == kept).all());
}

// A lazy expression has no memory to mark, and one that is evaluated in silence would throw the mark away.
TEST_CASE("expressions and read-only maps") {
    rows_array<float> a(3, 4), b(3, 4);
    static_assert(!hallmark::tensor<decltype(a + b)>);
    static_assert(!hallmark::tensor<decltype(a.transpose())>);
    static_assert(!hallmark::tensor<decltype(a.block(0, 0, 1, 1))>);
    static_assert(!hallmark::writable_tensor<Eigen::Map<rows_array<float> const>>);
    static_assert(!hallmark::writable_tensor<Eigen::Ref<rows_matrix<float> const>> && hallmark::tensor<Eigen::Ref<rows_matrix<float> const>>);
    static_assert(!hallmark::owning_tensor<Eigen::Ref<rows_matrix<float>>>);
    static_assert(hallmark::logits<Eigen::MatrixXf> && hallmark::logits<Eigen::MatrixXd> && !hallmark::logits<Eigen::MatrixXi>);
}

// Rows and columns swapped would score every sample with the logits of others.
TEST_CASE("a matrix of logits has one row per sample") {
    Eigen::MatrixXd z(2, 3);
    z << 1, 2, 3, 4, 5, 6;
    auto const m = hallmark::as_logit_matrix(hallmark::tensor_traits<Eigen::MatrixXd>::view(std::as_const(z)));
    CHECK(m.samples == 2);
    CHECK(m.classes == 3);
    CHECK(m.data[m.sample_stride + 2 * m.class_stride] == 6.0);
}
