// The laws that every image blend keeps, as checks to be called from its test.
#pragma once

#include <hallmark/blend/image_blend.hpp>
#include <hallmark/core/image_batch.hpp>
#include <hallmark/noise/concept.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace image_laws {
using namespace hallmark;

/// Stripes of a wave in every direction: bright and dark, and different in each channel.
struct wavy {
    auto operator()(std::size_t channel, std::size_t, std::size_t row, std::size_t, std::size_t column, std::size_t) const noexcept -> level {
        return static_cast<level>((row * 37 + column * 91 + channel * 61) % 256) << 16;
    }
};

/// Every level comes up; bytes and floats of the same name are the same picture.
inline auto bytes(std::size_t c, std::size_t h, std::size_t w) -> image_batch<std::uint8_t> {
    auto          out   = image_batch<std::uint8_t>(1, c, h, w);
    std::uint32_t state = 4711;
    for (auto& e : out.elements()) {
        state = state * 1664525u + 1013904223u;
        e     = static_cast<std::uint8_t>(state >> 24);
    }
    return out;
}
inline auto floats(image_batch<std::uint8_t> const& from) -> image_batch<float> {
    auto out = image_batch<float>(1, from.channels(), from.height(), from.width());
    for (std::size_t i = 0; i < out.elements().size(); ++i) {
        out.elements()[i] = detail::to_float(from.elements()[i]);
    }
    return out;
}
/// Between the levels, and down to the smallest float.
inline auto odd_floats(std::size_t c, std::size_t h, std::size_t w) -> image_batch<float> {
    auto          out   = image_batch<float>(1, c, h, w);
    std::uint32_t state = 4711;
    for (auto& e : out.elements()) {
        state = state * 1664525u + 1013904223u;
        e     = static_cast<float>(state >> 8) * 0x1p-24f;
    }
    out.elements()[0] = 1e-45f;
    return out;
}

inline auto noise(std::size_t h, std::size_t w, level height) -> std::vector<level> {
    std::vector<level> out(h * w);
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = i % 5 < 2 ? -height : (i % 5 == 4 ? 0 : height);
    }
    return out;
}
inline auto plane(std::vector<level> const& v, std::size_t h, std::size_t w) -> tensor_view<level const> { return nchw(v.data(), 1, 1, h, w); }

template <class Blend, class Scalar, class Pattern>
auto marked(Blend const& blend, image_batch<Scalar> const& in, level height, Pattern const& behind) -> image_batch<Scalar> {
    auto       out   = image_batch<Scalar>(1, in.channels(), in.height(), in.width());
    auto const delta = noise(in.height(), in.width(), height);
    blend(out.view(), in.view(), plane(delta, in.height(), in.width()), behind);
    return out;
}

/// Sizes with and without a rest by 8, and the smallest.
inline constexpr std::size_t sizes[][2] = {{1, 1}, {1, 9}, {8, 8}, {13, 22}, {24, 17}};

template <class Blend, class Scalar, class Pattern>
void strided(Blend const& blend, image_batch<Scalar> const& in, image_batch<Scalar> const& expected, level height, Pattern const& behind) {
    auto const c = in.channels(), h = in.height(), w = in.width();
    auto const delta = noise(h, w, height);
    auto       here  = in;
    blend(here.view(), tensor_view<Scalar const>(here.view()), plane(delta, h, w), behind);
    REQUIRE(here == expected);

    // Upside down, channels last, with gaps; the noise read backwards.
    std::vector<Scalar> from(2 * c * h * w), to(3 * c * h * w);
    auto const          s      = [](std::size_t v) { return static_cast<std::ptrdiff_t>(v); };
    auto const          source = tensor_view<Scalar>{from.data() + 2 * (h - 1) * w * c, {1, c, h, w}, {0, 1, -s(2 * w * c), s(c)}};
    auto const          target = tensor_view<Scalar>{to.data(), {1, c, h, w}, {0, s(3 * h * w), s(3 * w), 3}};
    for (std::size_t k = 0; k < c; ++k) {
        for (std::size_t y = 0; y < h; ++y) {
            for (std::size_t x = 0; x < w; ++x) {
                source.at(0, k, y, x) = in.view().at(0, k, y, x);
            }
        }
    }
    auto       mirrored = std::vector<level>(delta.rbegin(), delta.rend());
    auto const backward = tensor_view<level const>{mirrored.data() + h * w - 1, {1, 1, h, w}, {0, 0, -s(w), -1}};
    blend(target, tensor_view<Scalar const>(source), backward, behind);
    for (std::size_t k = 0; k < c; ++k) {
        for (std::size_t y = 0; y < h; ++y) {
            for (std::size_t x = 0; x < w; ++x) {
                REQUIRE(target.at(0, k, y, x) == expected.view().at(0, k, y, x));
            }
        }
    }
}

/// The same bytes in place and through any strides; in range; bytes and floats agree to `apart` levels.
template <class Blend, class Pattern>
void check(Blend const& blend, Pattern const& behind, double apart = 0.501) {
    for (auto const& size : sizes) {
        auto const h = size[0], w = size[1];
        for (std::size_t const c : {std::size_t{1}, std::size_t{3}}) {
            auto const b = bytes(c, h, w);
            auto const f = floats(b);
            for (level const height : {0, 8 << 16}) {
                auto const out    = marked(blend, b, height, behind);
                auto const floaty = marked(blend, f, height, behind);
                for (std::size_t i = 0; i < out.elements().size(); ++i) {
                    auto const x = floaty.elements()[i];
                    REQUIRE(x >= 0.0f);
                    REQUIRE(x <= 1.0f);
                    REQUIRE(std::abs(static_cast<double>(x) * 255.0 - out.elements()[i]) <= apart);
                }
                strided(blend, b, out, height, behind);
                strided(blend, f, floaty, height, behind);
            }
        }
    }
}

/// Whatever the pattern, the picture comes back.
template <class Blend, class Pattern>
void check_leaves(Blend const& blend, Pattern const& behind) {
    for (auto const& size : sizes) {
        auto const b = bytes(3, size[0], size[1]);
        auto const f = odd_floats(3, size[0], size[1]);
        CHECK(marked(blend, b, 0, behind) == b);
        CHECK(marked(blend, f, 0, behind) == f);
    }
}

/// The sentences about shapes.
template <class Blend, class Pattern>
void check_shapes(Blend const& blend, std::string const& name, Pattern const& behind) {
    auto const two   = image_batch<std::uint8_t>(2, 3, 4, 5);
    auto const one   = image_batch<std::uint8_t>(1, 3, 4, 5);
    auto       other = image_batch<std::uint8_t>(1, 3, 5, 5);
    auto       out   = image_batch<std::uint8_t>(2, 3, 4, 5);
    auto const delta = noise(4, 5, 0);
    CHECK_THROWS_WITH_AS(blend(out.view(), two.view(), plane(delta, 4, 5), behind),
                         (name + ": in has extents (2, 3, 4, 5), out (2, 3, 4, 5); allowed is one picture, and the same for both").c_str(), error);
    CHECK_THROWS_WITH_AS(blend(other.view(), one.view(), plane(delta, 4, 5), behind),
                         (name + ": in has extents (1, 3, 4, 5), out (1, 3, 5, 5); allowed is one picture, and the same for both").c_str(), error);
    CHECK_THROWS_WITH_AS(blend(out.view().slice(0, 1), one.view(), plane(delta, 5, 4), behind),
                         (name + ": the noise has extents (1, 1, 5, 4) for a picture of 4 x 5 pixels").c_str(), error);
    CHECK_THROWS_WITH_AS(blend(out.view().slice(0, 0), two.view().slice(0, 0), plane(delta, 4, 5), behind),
                         (name + ": the batch has extents (0, 3, 4, 5), so there is no pixel in it").c_str(), error);
}

}  // namespace image_laws
