// The checks every batch of pictures goes through before a pixel of it is used.
#pragma once

#include <hallmark/core/simd.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

namespace hallmark::inline v0 {

/// The scalars a picture may have: float in [0, 1] and 8-bit levels.
template <class S>
concept pixel_scalar = std::same_as < std::remove_const_t<S>,
float > || std::same_as<std::remove_const_t<S>, std::uint8_t>;

namespace detail {
/// Not empty, and grey or coloured.
template <class Scalar>
void require_pictures(tensor_view<Scalar> v, std::string_view who) {
    require(v.size() > 0, errc::empty_input, who, ": the batch has extents (", v.samples(), ", ", v.channels(), ", ", v.height(), ", ", v.width(),
            "), so there is no pixel in it");
    require(v.channels() == 1 || v.channels() == 3, errc::shape_mismatch, who, ": the batch has ", v.channels(),
            " channels; allowed is 1 (grey) or 3 (colour). Extents are (sample, channel, row, column)");
}

/// Every one of so many floats is a number in [0, 1]. As integers, floats above 1 and NaN are above those up to 1, and negative ones below zero: turning the
/// sign over puts them above, and -0, which is right, on 0.
[[nodiscard]] inline auto all_unit(float const* pixels, std::size_t count) noexcept -> bool {
    constexpr std::int32_t one = 0x3f800000, sign = -0x7fffffff - 1;
    std::size_t            done = 0;
    bool                   ok   = true;
    simd::run([&](auto set) HALLMARK_INLINE_LAMBDA {
        using i32                   = typename decltype(set)::i32;
        constexpr std::size_t lanes = decltype(set)::template count<float>;
        auto const* const     from  = pixels;
        auto const            all   = count;
        i32                   above{}, below{}, v;
        std::size_t           i = 0;
        for (; i + lanes <= all; i += lanes) {
            simd::load(v, from + i);
            above = v > above ? v : above;
            v     = v ^ sign;
            below = v > below ? v : below;
        }
        for (std::size_t k = 0; k < lanes; ++k) {
            ok = ok && above[k] <= one && below[k] == 0;
        }
        done = i;
    });
    for (; done < count; ++done) {
        ok = ok && is_unit(pixels[done]);
    }
    return ok;
}

/// Every pixel of a float batch is a number in [0, 1]. 8-bit pixels are always right.
template <class Scalar>
void require_unit_pixels(tensor_view<Scalar> v, std::string_view who) {
    if constexpr (std::same_as<std::remove_const_t<Scalar>, float>) {
        for (std::size_t n = 0; n < v.samples(); ++n) {
            for (std::size_t c = 0; c < v.channels(); ++c) {
                bool const joined = v.stride[3] == 1 && v.stride[2] == static_cast<std::ptrdiff_t>(v.width());
                if (joined && all_unit(v.row(n, c, 0), v.height() * v.width())) {
                    continue;
                }
                for (std::size_t h = 0; h < v.height(); ++h) {
                    auto const* row = v.row(n, c, h);
                    if (v.stride[3] == 1 && all_unit(row, v.width())) {
                        continue;
                    }
                    for (std::size_t w = 0; w < v.width(); ++w) {
                        auto const x = row[static_cast<std::ptrdiff_t>(w) * v.stride[3]];
                        require(is_unit(x), is_number(x) ? errc::out_of_domain : errc::not_a_number, who, ": the pixel at sample ", n, ", channel ", c,
                                ", row ", h, ", column ", w, " is ", x, "; allowed is 0 to 1");
                    }
                }
            }
        }
    }
}

/// Every element has a place of its own, so that writing one does not change another: sorted by stride, each
/// stride steps over everything that the shorter ones reach.
template <class Scalar>
void require_distinct_elements(tensor_view<Scalar> v, std::string_view who) {
    int  order[4] = {3, 2, 1, 0};
    auto step     = [&](int i) { return v.stride[i] < 0 ? -v.stride[i] : v.stride[i]; };
    for (int i = 1; i < 4; ++i) {
        for (int j = i; j > 0 && step(order[j]) < step(order[j - 1]); --j) {
            std::swap(order[j], order[j - 1]);
        }
    }
    std::ptrdiff_t reach = 0;
    for (int i : order) {
        if (v.extent[i] > 1) {
            require(step(i) > reach, errc::shape_mismatch, who, ": the destination's elements lie on one another along dimension ", i, " (stride ", v.stride[i],
                    ", extent ", v.extent[i], "); give it memory of its own");
            reach += static_cast<std::ptrdiff_t>(v.extent[i] - 1) * step(i);
        }
    }
}

/// First and one-past-last byte that a view touches.
struct byte_range {
    std::uintptr_t first, last;
};
template <class Scalar>
auto bytes_of(tensor_view<Scalar> v) noexcept -> byte_range {
    std::ptrdiff_t low = 0, high = 1;
    for (int i = 0; i < 4; ++i) {
        auto const reach = (static_cast<std::ptrdiff_t>(v.extent[i]) - 1) * v.stride[i];
        (v.extent[i] > 1 && reach < 0 ? low : high) += v.extent[i] > 1 ? reach : 0;
    }
    auto const at   = reinterpret_cast<std::uintptr_t>(v.data);
    auto const size = static_cast<std::ptrdiff_t>(sizeof(Scalar));
    return {at + static_cast<std::uintptr_t>(low * size), at + static_cast<std::uintptr_t>(high * size)};
}

/// Either the very same elements, or no byte in common.
template <class A, class B>
void require_same_or_apart(tensor_view<A> a, tensor_view<B> b, std::string_view who) {
    bool same = static_cast<void const*>(a.data) == static_cast<void const*>(b.data);
    for (int i = 0; i < 4; ++i) {
        same = same && (a.extent[i] <= 1 || a.stride[i] == b.stride[i]);
    }
    auto const x = bytes_of(a);
    auto const y = bytes_of(b);
    require(same || x.last <= y.first || y.last <= x.first, errc::shape_mismatch, who,
            ": source and destination overlap without being the same; mark in place, or give the destination memory of its own");
}
}  // namespace detail

}  // namespace hallmark::inline v0
