#include <hallmark/blend/masked.hpp>

#include <doctest/doctest.h>
#include <blend/image_laws.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>

using namespace hallmark;

namespace {
auto draws() -> stream { return stream(chacha_key{{1, 2, 3, 4, 5, 6, 7, 8}}); }
}  // namespace

TEST_CASE("the inner blend on the mask, the picture elsewhere") {
    auto const in    = image_laws::bytes(3, 12, 14);
    auto const where = patch(5, 6, 0x80000000u, 0x20000000u);
    auto const out   = image_laws::marked(masked(where, convex(0.5)), in, 8 << 16, image_laws::wavy{});
    auto const all   = image_laws::marked(pixelwise(convex(0.5)), in, 8 << 16, image_laws::wavy{});
    for (std::size_t c = 0; c < 3; ++c) {
        for (std::size_t h = 0; h < 12; ++h) {
            for (std::size_t w = 0; w < 14; ++w) {
                CHECK(out.view().at(0, c, h, w) == (where(h, 12, w, 14) ? all : in).view().at(0, c, h, w));
            }
        }
    }
    CHECK(image_laws::marked(masked(whole_picture{}, convex(0.5)), in, 8 << 16, image_laws::wavy{}) == all);
}

TEST_CASE("masked keeps the laws") {
    image_laws::check(masked(scattered(keyed_lattice(1, 2), 0.4), convex(0.5)), image_laws::wavy{});
    image_laws::check_leaves(masked(whole_picture{}, convex(1.0)), image_laws::wavy{});
    image_laws::check_leaves(masked(scattered(keyed_lattice(1, 2), 0.0), convex(0.0)), image_laws::wavy{});
    image_laws::check_shapes(masked(whole_picture{}, convex(1.0)), "hallmark::masked", image_laws::wavy{});
}

// alpha is the pattern's share; taken for the picture's, 0.5 would hide it.
TEST_CASE("an isotope is alpha t + (1 - alpha) x on the mask") {
    auto       s = draws(), again = draws();
    auto const b     = isotope(patches{2, 3}, 0.25).draw(s);
    auto const where = patches{2, 3}.draw(again);
    auto const in    = image_laws::bytes(1, 9, 9);
    auto const out   = image_laws::marked(b, in, 0, image_laws::wavy{});
    for (std::size_t h = 0; h < 9; ++h) {
        for (std::size_t w = 0; w < 9; ++w) {
            auto const x = int{in.view().at(0, 0, h, w)};
            auto const t = static_cast<int>(h * 37 + w * 91) % 256;
            CHECK(out.view().at(0, 0, h, w) == (where(h, 9, w, 9) ? (t + 3 * x + 2) / 4 : x));
        }
    }
    CHECK(s.tell() == again.tell());
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(isotope(whole_picture{}, 1.5), "hallmark::isotope: alpha is 1.5; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(isotope(whole_picture{}, -0.5), "hallmark::isotope: alpha is -0.5; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(isotope(whole_picture{}, std::numeric_limits<double>::quiet_NaN()), "hallmark::isotope: alpha is nan; allowed is 0 to 1", error);
}
