// xtensor's containers and adaptors obey the laws of a backend.
#include <hallmark/backend/xtensor.hpp>

#include <support/backend_laws.hpp>

#if __has_include(<xtensor/containers/xadapt.hpp>)
#    include <xtensor/containers/xadapt.hpp>
#    include <xtensor/core/xeval.hpp>
#    include <xtensor/core/xmath.hpp>
#    include <xtensor/views/xview.hpp>
#else
#    include <xtensor/xadapt.hpp>
#    include <xtensor/xeval.hpp>
#    include <xtensor/xmath.hpp>
#    include <xtensor/xview.hpp>
#endif

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

using laws::shape;
using extents = std::vector<std::size_t>;

template <std::size_t Rank>
auto last(shape s) -> extents {
    extents const all = {s.n, s.c, s.h, s.w};
    return {all.end() - Rank, all.end()};
}

// The element by xtensor's own indexing, with as many of the indices as the array has.
template <class Array>
auto element(Array& a, std::size_t n, std::size_t c, std::size_t h, std::size_t w) -> auto& {
    switch (a.dimension()) {
        case 4:
            return a(n, c, h, w);
        case 3:
            return a(c, h, w);
        default:
            return a(h, w);
    }
}

template <class Scalar, std::size_t Rank, xt::layout_type L>
struct static_rank : laws::any_extents<static_cast<int>(Rank)> {
    using scalar = Scalar;
    using array  = xt::xtensor<Scalar, Rank, L>;
    explicit static_rank(shape s) {
        auto const                 e = last<Rank>(s);
        typename array::shape_type as{};
        std::copy(e.begin(), e.end(), as.begin());
        tensor.resize(as);
    }
    auto  at(std::size_t n, std::size_t c, std::size_t h, std::size_t w) -> Scalar& { return element(tensor, n, c, h, w); }
    array tensor;
};

// `Layout` is part of the type; `Order` is what the array is resized to, which differs where the layout is dynamic.
template <class Scalar, std::size_t Rank, xt::layout_type Layout, xt::layout_type Order = Layout>
struct dynamic_rank : laws::any_extents<static_cast<int>(Rank)> {
    using scalar = Scalar;
    using array  = xt::xarray<Scalar, Layout>;
    explicit dynamic_rank(shape s) { tensor.resize(last<Rank>(s), Order); }
    auto  at(std::size_t n, std::size_t c, std::size_t h, std::size_t w) -> Scalar& { return element(tensor, n, c, h, w); }
    array tensor;
};

template <class Scalar, class Shape, std::size_t... E>
struct fixed {
    using scalar = Scalar;
    using array  = xt::xtensor_fixed<Scalar, Shape>;
    static auto shapes() -> std::vector<shape> { return {{E...}}; }
    explicit fixed(shape) {}
    auto  at(std::size_t n, std::size_t c, std::size_t h, std::size_t w) -> Scalar& { return element(tensor, n, c, h, w); }
    array tensor;
};

// An adaptor of fixed rank over memory with padded rows. It is told the number of elements and not of the memory:
// xtensor resizes what it adapts to the product of the extents, and a vector would lose its end.
template <class Scalar>
struct strided_adaptor : laws::any_extents<4> {
    static auto make(Scalar* p, shape s) {
        auto const row = static_cast<std::ptrdiff_t>(s.w + 3), plane = row * static_cast<std::ptrdiff_t>(s.h), all = plane * static_cast<std::ptrdiff_t>(s.c);
        return xt::adapt(p, s.n * s.c * s.h * s.w, xt::no_ownership(), std::array<std::size_t, 4>{s.n, s.c, s.h, s.w},
                         std::array<std::ptrdiff_t, 4>{all, plane, row, 1});
    }
    using scalar = Scalar;
    using array  = decltype(make(nullptr, shape{}));
    explicit strided_adaptor(shape s) : elements(s.n * s.c * s.h * (s.w + 3)), tensor(make(elements.data(), s)) {}
    auto at(std::size_t n, std::size_t c, std::size_t h, std::size_t w) -> Scalar& { return tensor(n, c, h, w); }
    auto memory() -> std::span<Scalar> { return elements.span(); }

    laws::owned_memory<Scalar> elements;
    array                      tensor;
};

// An adaptor whose rank is known at run time, over a pointer.
template <class Scalar, std::size_t Rank>
struct pointer_adaptor : laws::any_extents<static_cast<int>(Rank)> {
    static auto make(Scalar* p, shape s) { return xt::adapt(p, s.n * s.c * s.h * s.w, xt::no_ownership(), last<Rank>(s)); }
    using scalar = Scalar;
    using array  = decltype(make(nullptr, shape{}));
    explicit pointer_adaptor(shape s) : elements(s.n * s.c * s.h * s.w), tensor(make(elements.data(), s)) {}
    auto at(std::size_t n, std::size_t c, std::size_t h, std::size_t w) -> Scalar& { return element(tensor, n, c, h, w); }
    auto memory() -> std::span<Scalar> { return elements.span(); }

    laws::owned_memory<Scalar> elements;
    array                      tensor;
};

constexpr auto rows    = xt::layout_type::row_major;
constexpr auto columns = xt::layout_type::column_major;
constexpr auto either  = xt::layout_type::dynamic;

}  // namespace

// xtensor writes a stride of 0 for an extent of 1; taken at its word, that is an array that repeats itself and is
// refused as a destination.
TEST_CASE_TEMPLATE("containers", B, static_rank<float, 4, rows>, static_rank<float, 4, columns>, static_rank<std::uint8_t, 4, rows>,
                   static_rank<std::uint8_t, 3, columns>, static_rank<float, 3, rows>, static_rank<std::uint8_t, 2, rows>, static_rank<float, 2, columns>,
                   dynamic_rank<float, 4, rows>, dynamic_rank<std::uint8_t, 4, columns>, dynamic_rank<float, 4, either, columns>,
                   dynamic_rank<std::uint8_t, 4, either, rows>, dynamic_rank<float, 3, rows>, dynamic_rank<std::uint8_t, 2, columns>,
                   fixed<float, xt::xshape<2, 3, 4, 5>, 2, 3, 4, 5>, fixed<std::uint8_t, xt::xshape<3, 1, 5>, 1, 3, 1, 5>,
                   fixed<float, xt::xshape<4, 6>, 1, 1, 4, 6>) {
    laws::check_backend<B>();
}

TEST_CASE_TEMPLATE("adaptors", B, strided_adaptor<float>, strided_adaptor<std::uint8_t>, pointer_adaptor<float, 4>, pointer_adaptor<std::uint8_t, 3>,
                   pointer_adaptor<float, 2>) {
    laws::check_backend<B>();
}

TEST_CASE("ranks that are no picture") {
    auto const mark = laws::fixed_marker();
    CHECK_THROWS_WITH_AS(mark(xt::xarray<float>::from_shape({4}), 1), "hallmark::xtensor: the array has rank 1; allowed is 2 to 4", hallmark::error);
    CHECK_THROWS_WITH_AS(mark(xt::xarray<float>::from_shape({1, 1, 1, 4, 4}), 1), "hallmark::xtensor: the array has rank 5; allowed is 2 to 4",
                         hallmark::error);
    xt::xarray<float> number = 0.5f;
    CHECK_THROWS_WITH_AS(mark.in_place(number, 1), "hallmark::xtensor: the array has rank 0; allowed is 2 to 4", hallmark::error);
}

// A lazy expression has no memory to mark, and const memory must stay as it is.
TEST_CASE("expressions and read-only adaptors") {
    xt::xarray<float> a = xt::zeros<float>({2, 2}), b = a;
    static_assert(!hallmark::tensor<decltype(a + b)>);
    static_assert(!hallmark::tensor<decltype(xt::view(a, 0))>);
    static_assert(!hallmark::tensor<xt::xtensor<float, 1>> && !hallmark::tensor<xt::xtensor<float, 5>>);
    static_assert(!hallmark::tensor<xt::xtensor_fixed<float, xt::xshape<4>>>);

    std::vector<float> const memory(12, 0.5f);
    auto const               extent     = std::array<std::size_t, 4>{1, 3, 2, 2};
    auto                     fixed_rank = xt::adapt(memory, extent);
    auto                     any_rank   = xt::adapt(memory, extents{1, 3, 2, 2});
    auto                     pointer    = xt::adapt(memory.data(), memory.size(), xt::no_ownership(), extent);
    static_assert(hallmark::tensor<decltype(fixed_rank)> && !hallmark::writable_tensor<decltype(fixed_rank)>);
    static_assert(hallmark::tensor<decltype(any_rank)> && !hallmark::writable_tensor<decltype(any_rank)>);
    static_assert(hallmark::tensor<decltype(pointer)> && !hallmark::writable_tensor<decltype(pointer)>);
    static_assert(!hallmark::owning_tensor<decltype(fixed_rank)>);

    auto const                   plain = hallmark::image_batch<float>(1, 3, 2, 2, memory);
    hallmark::image_batch<float> one(1, 3, 2, 2), two = one, three = one;
    auto const                   mark = laws::fixed_marker();
    mark.into(one, fixed_rank, 1);
    mark.into(two, any_rank, 1);
    mark.into(three, pointer, 1);
    CHECK(one == mark(plain, 1));
    CHECK(two == one);
    CHECK(three == one);
}

// With g++ in C++20, xtensor 0.24 alone gives temporaries of an xarray four dimensions and writes out of bounds;
// the header's two specialisations are what makes these lines safe for users of hallmark.
TEST_CASE("temporaries of an xarray keep their rank") {
    xt::xarray<float> a = {{1.0f, 2.0f, 3.0f}, {4.0f, 5.0f, 6.0f}};
    auto const        b = xt::eval(a * 2.0f);
    static_assert(std::is_same_v<std::remove_cvref_t<decltype(b)>, xt::xarray<float>>);
    CHECK(b.dimension() == 2);
    CHECK(xt::sum(b)() == 42.0f);
    CHECK(b(1, 2) == 12.0f);
}
