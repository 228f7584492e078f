#include <hallmark/blend/mode.hpp>
#include <hallmark/blend/range_preserving.hpp>

#include <doctest/doctest.h>
#include <blend/image_laws.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <set>
#include <vector>

using namespace hallmark;

namespace {
template <class Scalar>
auto ends(image_batch<Scalar> const& b, std::size_t c) -> std::pair<Scalar, Scalar> {
    auto const size  = b.height() * b.width();
    auto const first = b.elements().begin() + static_cast<std::ptrdiff_t>(c * size);
    auto const both  = std::minmax_element(first, first + static_cast<std::ptrdiff_t>(size));
    return {*both.first, *both.second};
}
}  // namespace

TEST_CASE("each channel's histogram begins and ends where it did") {
    for (std::size_t const size : {2u, 5u, 32u}) {
        auto const b = image_laws::bytes(3, size, size);
        auto const f = image_laws::odd_floats(3, size, size);
        for (auto const ratio : {0.99, 0.7, 0.3}) {
            for (level const height : {0, 8 << 16}) {
                auto const blend = range_preserving(convex(ratio));
                auto const x     = image_laws::marked(blend, b, height, image_laws::wavy{});
                auto const y     = image_laws::marked(blend, f, height, image_laws::wavy{});
                for (std::size_t c = 0; c < 3; ++c) {
                    CHECK(ends(x, c) == ends(b, c));
                    CHECK(std::abs(ends(y, c).first - ends(f, c).first) <= 0x1p-24f);
                    CHECK(std::abs(ends(y, c).second - ends(f, c).second) <= 0x1p-24f);
                }
            }
        }
    }
}

// The definition: one straight line per channel after the blend.
TEST_CASE("the blended picture is stretched by one line") {
    auto const in                = image_laws::bytes(1, 16, 16);
    auto const before            = image_laws::marked(pixelwise(convex(0.6)), image_laws::floats(in), 8 << 16, image_laws::wavy{});
    auto const after             = image_laws::marked(range_preserving(convex(0.6)), in, 8 << 16, image_laws::wavy{});
    auto const [low, high]       = ends(before, 0);
    auto const [least, greatest] = ends(in, 0);
    for (std::size_t i = 0; i < 256; ++i) {
        auto const share = (static_cast<double>(before.elements()[i]) - static_cast<double>(low)) / (static_cast<double>(high) - static_cast<double>(low));
        CHECK(std::abs(after.elements()[i] - (least + share * (greatest - least))) <= 0.5001);
    }
}

// Stretching whole levels would leave every fourth level empty; a histogram with a comb is spotted at once.
TEST_CASE("a gradient keeps nearly all of its levels") {
    auto in = image_batch<std::uint8_t>(1, 1, 256, 64);
    for (std::size_t i = 0; i < in.elements().size(); ++i) {
        in.elements()[i] = static_cast<std::uint8_t>(i / 64);
    }
    struct slope {
        auto operator()(std::size_t, std::size_t, std::size_t, std::size_t, std::size_t column, std::size_t) const noexcept -> level {
            return static_cast<level>((128u << 16) + (column << 14));
        }
    };
    auto const out = image_laws::marked(range_preserving(convex(0.7)), in, 0, slope{});
    CHECK(std::set<std::uint8_t>(out.elements().begin(), out.elements().end()).size() >= 250);
}

TEST_CASE("the order of pixels that the blend made stays") {
    auto const in     = image_laws::odd_floats(1, 12, 12);
    auto const before = image_laws::marked(pixelwise(convex(0.5)), in, 8 << 16, image_laws::wavy{});
    auto const after  = image_laws::marked(range_preserving(convex(0.5)), in, 8 << 16, image_laws::wavy{});
    for (std::size_t i = 0; i < 144; ++i) {
        for (std::size_t k = 0; k < 144; ++k) {
            if (before.elements()[i] < before.elements()[k] - 0x1p-22f) {
                REQUIRE(after.elements()[i] < after.elements()[k]);
            }
        }
    }
}

TEST_CASE("a plain picture stays inside its range, and a picture made plain inside the old one") {
    auto const grey = image_batch<std::uint8_t>(1, 1, 4, 4, std::vector<std::uint8_t>(16, 77));
    CHECK(image_laws::marked(range_preserving(convex(0.5)), grey, 8 << 16, image_laws::wavy{}) == grey);
    auto const in  = image_batch<std::uint8_t>(1, 1, 1, 3, {10, 20, 30});
    auto const out = image_laws::marked(range_preserving(convex(0.0)), in, 0, detail::plain_pattern{});  // all black
    CHECK(out.elements() == std::vector<std::uint8_t>{10, 10, 10});
}

TEST_CASE("range_preserving keeps the laws") {
    image_laws::check(range_preserving(convex(0.7)), image_laws::wavy{});
    image_laws::check(range_preserving(screen(0.3, light::linear)), image_laws::wavy{});
    image_laws::check_leaves(range_preserving(convex(1.0)), image_laws::wavy{});
    image_laws::check_shapes(range_preserving(convex(1.0)), "hallmark::range_preserving", image_laws::wavy{});
}
