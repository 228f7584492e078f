#include <hallmark/blend/image_blend.hpp>
#include <hallmark/blend/mode.hpp>

#include <doctest/doctest.h>
#include <blend/image_laws.hpp>

#include <cstddef>
#include <cstdint>

using namespace hallmark;

TEST_CASE("pixelwise: every pixel is the pixel blend's") {
    auto const inner = convex(0.7);
    auto const in    = image_laws::bytes(3, 6, 7);
    auto const out   = image_laws::marked(pixelwise(inner), in, 8 << 16, image_laws::wavy{});
    auto const delta = image_laws::noise(6, 7, 8 << 16);
    for (std::size_t c = 0; c < 3; ++c) {
        for (std::size_t h = 0; h < 6; ++h) {
            for (std::size_t w = 0; w < 7; ++w) {
                CHECK(out.view().at(0, c, h, w) == inner(in.view().at(0, c, h, w), delta[h * 7 + w], image_laws::wavy{}(c, 3, h, 6, w, 7)));
            }
        }
    }
}

TEST_CASE("pixelwise keeps the laws") {
    image_laws::check(pixelwise(convex(0.7)), image_laws::wavy{});
    image_laws::check(pixelwise(overlay(0.4, light::linear)), image_laws::wavy{});
    image_laws::check_leaves(pixelwise(convex(1.0)), image_laws::wavy{});
    image_laws::check_shapes(pixelwise(convex(1.0)), "hallmark::pixelwise", image_laws::wavy{});
}

// The blends that filter or scale a change rest on these two: they must be exact where nothing is rounded.
TEST_CASE("changes and their application are the blend again") {
    auto const in    = image_laws::bytes(3, 9, 9);
    auto const delta = image_laws::noise(9, 9, 8 << 16);
    auto const view  = image_laws::plane(delta, 9, 9);
    auto       out   = in;
    auto const by    = detail::changes(convex(0.5), tensor_view<std::uint8_t const>(in.view()), view, image_laws::wavy{});
    detail::apply_changes(out.view(), tensor_view<std::uint8_t const>(in.view()), by);
    CHECK(out == image_laws::marked(pixelwise(convex(0.5)), in, 8 << 16, image_laws::wavy{}));
}

TEST_CASE("what is an image blend") {
    static_assert(image_blend<pixelwise<convex>> && !image_blend<convex>);
    static_assert(blend<convex> && !blend<pixelwise<convex>>);
    CHECK(true);
}
