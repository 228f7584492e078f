#include <hallmark/blend/additive.hpp>
#include <hallmark/blend/band_limited.hpp>

#include <doctest/doctest.h>
#include <blend/image_laws.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace hallmark;

namespace {
// What was added to a block of floats, as coefficients in levels.
auto added(image_batch<float> const& out, image_batch<float> const& in, std::size_t c, std::size_t top, std::size_t left) -> block8 {
    block8 b;
    for (std::size_t h = 0; h < 8; ++h) {
        for (std::size_t w = 0; w < 8; ++w) {
            b.v[h][w] = detail::to_level(out.view().at(0, c, top + h, left + w)) - detail::to_level(in.view().at(0, c, top + h, left + w));
        }
    }
    return dct8(b);
}
// Away from black and white, so that nothing is clamped.
auto middle(std::size_t h, std::size_t w) -> image_batch<float> {
    auto out = image_laws::odd_floats(3, h, w);
    for (auto& e : out.elements()) {
        e = 0.25f + e * 0.5f;
    }
    return out;
}
}  // namespace

TEST_CASE("only the band is changed, and there as the inner blend does") {
    auto const in   = middle(16, 24);
    auto const free = image_laws::marked(pixelwise(additive(0.2)), in, 8 << 16, image_laws::wavy{});
    for (std::uint32_t const first : {0u, 1u, 4u, 14u}) {
        for (std::uint32_t const last : {first, first + (14 - first) / 2, 14u}) {
            auto const out = image_laws::marked(band_limited(additive(0.2), first, last), in, 8 << 16, image_laws::wavy{});
            for (std::size_t c = 0; c < 3; ++c) {
                for (std::size_t top = 0; top < 16; top += 8) {
                    for (std::size_t left = 0; left < 24; left += 8) {
                        auto const got = added(out, in, c, top, left), all = added(free, in, c, top, left);
                        for (std::size_t u = 0; u < 8; ++u) {
                            for (std::size_t v = 0; v < 8; ++v) {
                                auto const expected = u + v >= first && u + v <= last ? all.v[u][v] : 0;
                                REQUIRE(std::abs(got.v[u][v] - expected) < 24);  // of 65536 in a level: the rounding of 64 floats
                            }
                        }
                    }
                }
            }
        }
    }
}

TEST_CASE("the whole band is the inner blend, to one level; without band 0 every block keeps its mean") {
    auto const in    = image_laws::bytes(3, 19, 26);
    auto const free  = image_laws::marked(pixelwise(convex(0.7)), in, 8 << 16, image_laws::wavy{});
    auto const whole = image_laws::marked(band_limited(convex(0.7), 0, 14), in, 8 << 16, image_laws::wavy{});
    for (std::size_t i = 0; i < in.elements().size(); ++i) {
        CHECK(std::abs(free.elements()[i] - whole.elements()[i]) <= 1);
    }
    auto const f   = middle(16, 16);
    auto const out = image_laws::marked(band_limited(additive(0.3), 1, 14), f, 8 << 16, image_laws::wavy{});
    double     sum = 0;
    for (std::size_t h = 8; h < 16; ++h) {
        for (std::size_t w = 0; w < 8; ++w) {
            sum += static_cast<double>(out.view().at(0, 1, h, w)) - static_cast<double>(f.view().at(0, 1, h, w));
        }
    }
    CHECK(std::abs(sum) < 1e-5);
    CHECK(out != f);
}

TEST_CASE("band_limited keeps the laws") {
    image_laws::check(band_limited(convex(0.7), 2, 6), image_laws::wavy{});
    image_laws::check_leaves(band_limited(convex(1.0), 0, 14), image_laws::wavy{});
    image_laws::check_shapes(band_limited(convex(1.0), 0, 14), "hallmark::band_limited", image_laws::wavy{});
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(band_limited(convex(0.5), 3, 2), "hallmark::band_limited: the band is 3 to 2; allowed is a range within 0 to 14", error);
    CHECK_THROWS_WITH_AS(band_limited(convex(0.5), 0, 15), "hallmark::band_limited: the band is 0 to 15; allowed is a range within 0 to 14", error);
}
