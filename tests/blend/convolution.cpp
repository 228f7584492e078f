#include <hallmark/blend/convolution.hpp>

#include <doctest/doctest.h>
#include <blend/image_laws.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

using namespace hallmark;

namespace {
auto draws() -> stream { return stream(chacha_key{{1, 2, 3, 4, 5, 6, 7, 8}}); }
auto some_filter(std::uint32_t size) -> keyed_filter {
    auto s = draws();
    return keyed_filters{size, 0.3}.draw(s);
}
auto centre() -> keyed_filter { return {3, {0, 0, 0, 0, 65536, 0, 0, 0, 0}}; }

// The sums as whole numbers, by the definition with every index signed.
auto sums(std::vector<std::int64_t> const& x, std::size_t channels, std::size_t height, std::size_t width, keyed_filter const& f) -> std::vector<std::int64_t> {
    std::vector<std::int64_t> out;
    auto const                reach = static_cast<int>(f.size()) / 2;
    auto const                H = static_cast<int>(height), W = static_cast<int>(width);
    for (std::size_t c = 0; c < channels; ++c) {
        for (int h = 0; h < H; ++h) {
            for (int w = 0; w < W; ++w) {
                std::int64_t sum = 0;
                for (int r = -reach; r <= reach; ++r) {
                    for (int k = -reach; k <= reach; ++k) {
                        if (h + r >= 0 && h + r < H && w + k >= 0 && w + k < W) {
                            sum += x[(c * height + static_cast<std::size_t>(h + r)) * width + static_cast<std::size_t>(w + k)] *
                                   f.weight(static_cast<std::size_t>(r + reach), static_cast<std::size_t>(k + reach));
                        }
                    }
                }
                out.push_back(sum);
            }
        }
    }
    return out;
}
auto curve(long double u) -> long double { return u <= 0.04045L ? u / 12.92L : std::pow((u + 0.055L) / 1.055L, 2.4L); }
auto inverse(long double v) -> long double { return v <= 0.0031308L ? v * 12.92L : 1.055L * std::pow(v, 1 / 2.4L) - 0.055L; }
}  // namespace

TEST_CASE("8-bit: the exact quotient, rounded to nearest, ties up") {
    for (std::uint32_t const size : {1u, 3u, 7u, 15u}) {
        auto const f = some_filter(size);
        for (auto const& extent : image_laws::sizes) {
            auto const in    = image_laws::bytes(3, extent[0], extent[1]);
            auto const s     = sums({in.elements().begin(), in.elements().end()}, 3, extent[0], extent[1], f);
            auto const m     = *std::max_element(s.begin(), s.end());
            auto const top   = *std::max_element(in.elements().begin(), in.elements().end());
            auto const white = image_laws::marked(convolution(), in, 0, f);
            auto const kept  = image_laws::marked(convolution(brightest::kept), in, 0, f);
            for (std::size_t i = 0; i < s.size(); ++i) {
                REQUIRE(white.elements()[i] == (2 * 255 * s[i] + m) / (2 * m));
                REQUIRE(kept.elements()[i] == (2 * top * s[i] + m) / (2 * m));
            }
        }
    }
}

TEST_CASE("float: the quotient to 2^-23") {
    auto const                f  = some_filter(5);
    auto const                in = image_laws::odd_floats(3, 9, 14);
    std::vector<std::int64_t> x;
    for (auto const e : in.elements()) {
        x.push_back(static_cast<std::int64_t>(static_cast<double>(e) * 0x1p40));
    }
    auto const s   = sums(x, 3, 9, 14, f);
    auto const m   = *std::max_element(s.begin(), s.end());
    auto const out = image_laws::marked(convolution(), in, 0, f);
    for (std::size_t i = 0; i < s.size(); ++i) {
        CHECK(std::abs(static_cast<double>(out.elements()[i]) - static_cast<double>(s[i]) / static_cast<double>(m)) < 0x1p-23);
    }
}

TEST_CASE("linear light: convolved as light") {
    auto const                f  = some_filter(3);
    auto const                in = image_laws::bytes(1, 9, 9);
    std::vector<std::int64_t> x;
    for (auto const e : in.elements()) {
        x.push_back(std::llround(curve(e / 255.0L) * 0x1p40L));
    }
    auto const s   = sums(x, 1, 9, 9, f);
    auto const m   = *std::max_element(s.begin(), s.end());
    auto const out = image_laws::marked(convolution(brightest::white, light::linear), in, 0, f);
    for (std::size_t i = 0; i < s.size(); ++i) {
        CHECK(std::abs(out.elements()[i] - 255.0L * inverse(static_cast<long double>(s[i]) / static_cast<long double>(m))) < 0.53L);
    }
}

TEST_CASE("the noise is added before, and stops at black and white") {
    auto const in = image_batch<std::uint8_t>(1, 1, 1, 5, {0, 4, 100, 253, 255});
    // The law suite's noise: -, -, +, +, 0. The centre tap alone, so what comes out is the noisy picture; its greatest value is white.
    CHECK(image_laws::marked(convolution(), in, 8 << 16, centre()).elements() == std::vector<std::uint8_t>{0, 0, 108, 255, 255});
}

// A filter that is turned over, or a tap that is off by one, is invisible with the symmetric filters that one tries first.
TEST_CASE("a tap at the top left shows the pixel above and to the left; beyond the edge it is black") {
    auto const tap = keyed_filter(3, {65536, 0, 0, 0, 0, 0, 0, 0, 0});
    auto const in  = image_batch<std::uint8_t>(1, 1, 2, 3, {255, 20, 30, 40, 50, 60});
    CHECK(image_laws::marked(convolution(), in, 0, tap).elements() == std::vector<std::uint8_t>{0, 0, 0, 0, 255, 20});
}

TEST_CASE("a black picture stays black") {
    auto const in = image_batch<std::uint8_t>(1, 3, 4, 4);
    CHECK(image_laws::marked(convolution(), in, 0, some_filter(3)) == in);
    CHECK(image_laws::marked(convolution(brightest::white, light::linear), in, 0, some_filter(3)) == in);
}

TEST_CASE("convolution keeps the laws") {
    for (auto const in : {light::encoded, light::linear}) {
        image_laws::check(convolution(brightest::white, in), some_filter(3));
        image_laws::check(convolution(brightest::kept, in), some_filter(5));
        image_laws::check_leaves(convolution(brightest::kept, in), centre());
        image_laws::check_leaves(convolution(brightest::kept, in), keyed_filter(1, {1}));  // any weight: it is divided out
    }
    image_laws::check_shapes(convolution(), "hallmark::convolution", centre());
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(convolution(static_cast<brightest>(2)), "hallmark::convolution: brightest is number 2; allowed is white or kept", error);
    CHECK_THROWS_WITH_AS(convolution(brightest::kept, static_cast<light>(2)), "hallmark::convolution: light is number 2; allowed is encoded or linear", error);
    static_assert(!image_blend<convolution> && image_blend_with<convolution, keyed_filter>);
}
