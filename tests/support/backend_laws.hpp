// What every backend promises, as checks that run on any array type: hallmark's own tests use them, and so can you.
//
// Describe your array by a struct, and call laws::check_backend<it>() from a doctest test case:
//
//     struct my_pictures {
//         using scalar = float;                                       // or std::uint8_t
//         using array  = my::array<float, 4>;                         // what tensor_traits is specialised for
//         static auto shapes() -> std::vector<laws::shape> { return laws::shapes_of_rank(4); }
//         explicit my_pictures(laws::shape s) : tensor(s.n, s.c, s.h, s.w) {}
//         auto at(std::size_t n, std::size_t c, std::size_t h, std::size_t w) -> scalar& { return tensor(n, c, h, w); }
//         array tensor;
//     };
//
// `at` is the array's own indexing: the laws compare it with what the view says. For arrays that borrow, add
//
//         auto memory() -> std::span<scalar>;                         // everything the struct owns
//
// and the laws see to it that no element outside the array is written.
#pragma once

#include <hallmark/core/executor.hpp>
#include <hallmark/core/image_batch.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/mark/marker.hpp>
#include <hallmark/random/secret_key.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace laws {

/// Samples, channels, rows, columns.
struct shape {
    std::size_t n, c, h, w;
};

/// Extents that catch a backend out: all different, each of them 1 in turn, and more samples than one block
/// of the marker. Arrays of a lower rank have the extents of the missing indices at 1.
inline auto shapes_of_rank(int rank) -> std::vector<shape> {
    std::vector<shape> out;
    for (std::size_t const n : {2u, 1u, 19u}) {
        for (std::size_t const c : {3u, 1u}) {
            if ((rank < 4 && n != 1) || (rank < 3 && c != 1)) {
                continue;
            }
            for (auto const& [h, w] : {std::pair<std::size_t, std::size_t>{5, 7}, {1, 9}, {9, 1}, {1, 1}}) {
                out.push_back({n, c, h, w});
            }
        }
    }
    return out;
}

/// Each extent 0 in turn, as far as the rank goes.
inline auto empty_shapes_of_rank(int rank) -> std::vector<shape> {
    std::vector<shape> out = {{1, 1, 4, 0}, {1, 1, 0, 5}};
    if (rank >= 3) {
        out.push_back({1, 0, 4, 5});
    }
    if (rank >= 4) {
        out.push_back({0, 3, 4, 5});
    }
    return out;
}

/// The key of all law tests: the bytes 0 to 31.
inline auto fixed_key() -> hallmark::secret_key {
    std::array<std::uint8_t, 32> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<std::uint8_t>(i);
    }
    return hallmark::secret_key::from_bytes(bytes);
}

/// Small cells, so that even a few pixels see more than one of them.
inline auto fixed_marker() -> hallmark::marker {
    hallmark::mark_parameters p;
    p.period = {3, 5};
    return hallmark::marker(fixed_key(), p);
}

/// A pixel that says where it is, in [0, 1].
template <class Scalar>
auto pixel(shape at) -> Scalar {
    auto const level = (at.n * 89 + at.c * 61 + at.h * 23 + at.w * 7 + 5) % 256;
    if constexpr (std::is_same_v<Scalar, std::uint8_t>) {
        return static_cast<std::uint8_t>(level);
    } else {
        return static_cast<Scalar>(level) / Scalar(255);
    }
}

template <class F>
void for_each_place(shape s, F f) {
    for (std::size_t n = 0; n < s.n; ++n) {
        for (std::size_t c = 0; c < s.c; ++c) {
            for (std::size_t h = 0; h < s.h; ++h) {
                for (std::size_t w = 0; w < s.w; ++w) {
                    f(shape{n, c, h, w});
                }
            }
        }
    }
}

template <class Scalar>
auto pictures(shape s) -> hallmark::image_batch<Scalar> {
    hallmark::image_batch<Scalar> out(s.n, s.c, s.h, s.w);
    for_each_place(s, [v = out.view()](shape at) { v.at(at.n, at.c, at.h, at.w) = pixel<Scalar>(at); });
    return out;
}

template <class Backend>
void fill(Backend& b, shape s) {
    if constexpr (requires { b.memory(); }) {
        for (auto& x : b.memory()) {
            x = static_cast<typename Backend::scalar>(1);  // what lies between the elements
        }
    }
    for_each_place(s, [&](shape at) { b.at(at.n, at.c, at.h, at.w) = pixel<typename Backend::scalar>(at); });
}

/// How many elements of `b` are not, bit for bit, those of `expected`.
template <class Backend>
auto differences(Backend& b, shape s, hallmark::image_batch<typename Backend::scalar> const& expected) -> std::size_t {
    std::size_t count = 0;
    for_each_place(s, [&](shape at) {
        count += std::memcmp(&b.at(at.n, at.c, at.h, at.w), &expected.view().at(at.n, at.c, at.h, at.w), sizeof(typename Backend::scalar)) != 0 ? 1u : 0u;
    });
    return count;
}

/// The same for a result, which has no struct around it and is read through its view.
template <class Array, class Scalar>
auto differences_of_result(Array const& a, hallmark::image_batch<Scalar> const& expected) -> std::size_t {
    return hallmark::detail::with_view(a, [&](auto v) {
        std::size_t count = 0;
        if constexpr (std::is_same_v<typename decltype(v)::value_type, Scalar>) {
            REQUIRE(hallmark::same_extents(v, expected.view()));
            for_each_place({v.samples(), v.channels(), v.height(), v.width()}, [&](shape at) {
                count += std::memcmp(&v.at(at.n, at.c, at.h, at.w), &expected.view().at(at.n, at.c, at.h, at.w), sizeof(Scalar)) != 0 ? 1u : 0u;
            });
        } else {
            FAIL("the result has another scalar");
        }
        return count;
    });
}

/// How many elements of the memory of `b` are neither in the array nor as `fill` left them.
template <class Backend>
auto damage(Backend& b, shape s) -> std::size_t {
    std::size_t count = 0;
    if constexpr (requires { b.memory(); }) {
        std::vector<char> inside(b.memory().size());
        for_each_place(s, [&](shape at) { inside[static_cast<std::size_t>(&b.at(at.n, at.c, at.h, at.w) - b.memory().data())] = 1; });
        for (std::size_t i = 0; i < inside.size(); ++i) {
            count += inside[i] == 0 && b.memory()[i] != static_cast<typename Backend::scalar>(1) ? 1u : 0u;
        }
    }
    return count;
}

/// The view has the array's extents, and its elements are the array's elements: writing one is writing the other.
template <class Backend>
void check_view(shape s) {
    Backend b(s);
    fill(b, s);
    auto const look = [&](auto v) {
        CHECK(v.samples() == s.n);
        CHECK(v.channels() == s.c);
        CHECK(v.height() == s.h);
        CHECK(v.width() == s.w);
        if constexpr (std::is_same_v<typename decltype(v)::value_type, typename Backend::scalar>) {
            std::size_t elsewhere = 0;
            for_each_place(s, [&](shape at) { elsewhere += &v.at(at.n, at.c, at.h, at.w) != &b.at(at.n, at.c, at.h, at.w) ? 1u : 0u; });
            CHECK(elsewhere == 0);
        } else {
            FAIL("the view has another scalar");
        }
    };
    hallmark::detail::with_view(std::as_const(b.tensor), look);
    if constexpr (hallmark::writable_tensor<typename Backend::array>) {
        hallmark::detail::with_view(b.tensor, look);
        hallmark::detail::with_view(b.tensor, [&](auto v) {
            if constexpr (std::is_same_v<typename decltype(v)::value_type, typename Backend::scalar>) {
                v.at(s.n - 1, s.c - 1, s.h - 1, s.w - 1) = static_cast<typename Backend::scalar>(0);
            }
        });
        CHECK(b.at(s.n - 1, s.c - 1, s.h - 1, s.w - 1) == static_cast<typename Backend::scalar>(0));
        CHECK(damage(b, s) == 0);
    }
}

/// The mark lands on the same pixels, bit for bit, as in an image_batch, whichever way it gets there.
template <class Backend>
void check_mark(shape s) {
    using scalar          = typename Backend::scalar;
    using array           = typename Backend::array;
    auto const mark       = fixed_marker();
    auto const user       = hallmark::user_id("law");
    auto const plain      = pictures<scalar>(s);
    auto const marked     = mark(plain, user);
    auto const in_threads = hallmark::threads(3);
    REQUIRE(marked != plain);

    Backend source(s);
    fill(source, s);
    if constexpr (hallmark::owning_tensor<array>) {  // out of place
        array const result = mark(source.tensor, user);
        CHECK(differences_of_result(result, marked) == 0);
        CHECK(differences(source, s, plain) == 0);
        CHECK(differences_of_result(mark(source.tensor, user, {}, in_threads), marked) == 0);
    }
    hallmark::image_batch<scalar> other(s.n, s.c, s.h, s.w);  // from it into another backend
    mark.into(other, source.tensor, user);
    CHECK(other == marked);
    CHECK(differences(source, s, plain) == 0);
    if constexpr (hallmark::writable_tensor<array>) {
        Backend destination(s);  // from another backend into it
        fill(destination, s);
        mark.into(destination.tensor, plain, user, {}, in_threads);
        CHECK(differences(destination, s, marked) == 0);
        CHECK(damage(destination, s) == 0);

        mark.in_place(source.tensor, user);
        CHECK(differences(source, s, marked) == 0);
        CHECK(damage(source, s) == 0);
    }
}

/// An array without a pixel is refused with a sentence that gives its extents.
template <class Backend>
void check_empty(shape s) {
    Backend    b(s);
    auto const mark = fixed_marker();
    auto const text = "hallmark::marker: the batch has extents (" + std::to_string(s.n) + ", " + std::to_string(s.c) + ", " + std::to_string(s.h) + ", " +
                      std::to_string(s.w) + "), so there is no pixel in it";
    hallmark::image_batch<typename Backend::scalar> other(s.n, s.c, s.h, s.w);
    CHECK_THROWS_WITH_AS(mark.into(other, b.tensor, 1), text.c_str(), hallmark::error);
    if constexpr (hallmark::owning_tensor<typename Backend::array>) {
        CHECK_THROWS_WITH_AS(mark(b.tensor, 1), text.c_str(), hallmark::error);
    }
    if constexpr (hallmark::writable_tensor<typename Backend::array>) {
        CHECK_THROWS_WITH_AS(mark.in_place(b.tensor, 1), text.c_str(), hallmark::error);
    }
}

/// All laws, on all shapes of the backend. `Backend::empty_shapes()`, where it exists, says which shapes without
/// a pixel it can have.
template <class Backend>
void check_backend() {
    static_assert(hallmark::tensor<typename Backend::array>, "laws: the backend's array is not a tensor; is tensor_traits specialised before this point?");
    for (auto const s : Backend::shapes()) {
        INFO("extents (", s.n, ", ", s.c, ", ", s.h, ", ", s.w, ")");
        check_view<Backend>(s);
        check_mark<Backend>(s);
    }
    if constexpr (requires { Backend::empty_shapes(); }) {
        for (auto const s : Backend::empty_shapes()) {
            INFO("extents (", s.n, ", ", s.c, ", ", s.h, ", ", s.w, ")");
            check_empty<Backend>(s);
        }
    }
}

/// The shapes of an array of `Rank` indices whose extents are chosen at run time: a base for a backend's struct.
template <int Rank>
struct any_extents {
    static auto shapes() -> std::vector<shape> { return shapes_of_rank(Rank); }
    static auto empty_shapes() -> std::vector<shape> { return empty_shapes_of_rank(Rank); }
};

/// Elements of a struct that borrows. One more than needed, so that even an empty array has an address.
template <class Scalar>
class owned_memory {
public:
    explicit owned_memory(std::size_t count) : size_(count + 1), elements_(std::make_unique<Scalar[]>(count + 1)) {}
    [[nodiscard]] auto data() const -> Scalar* { return elements_.get(); }
    [[nodiscard]] auto span() const -> std::span<Scalar> { return {elements_.get(), size_}; }

private:
    std::size_t               size_;
    std::unique_ptr<Scalar[]> elements_;
};

}  // namespace laws
