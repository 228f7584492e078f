#include <hallmark/parity/line.hpp>
#include <hallmark/parity/marker.hpp>

#include <doctest/doctest.h>
#include <support/simd_levels.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

using namespace hallmark;
namespace simd = hallmark::detail::simd;

namespace {
struct bytes {
    std::uint8_t to[3][256];
    bytes(parity_options const& o, double behind) : to() {
        parity_marker const mark(o);
        for (int i = 0; i < 3 * 256; ++i) {
            auto const v         = std::floor(mark.pixel(static_cast<std::uint8_t>(i % 256), i / 256 - 1, behind) * 255.0 + 0.5);
            to[i / 256][i % 256] = static_cast<std::uint8_t>(v < 0 ? 0 : v > 255 ? 255 : v);
        }
    }
};
}  // namespace

// If no line fitted, the published marks would be right and slow.
TEST_CASE("a line is found for every level of the published pattern") {
    for (int const c : {0, 42, 87, 128, 165, 192, 203, 255}) {
        CAPTURE(c);
        CHECK(detail::parity_line(bytes({}, (c / 8.0 + 128.0) / 255.0).to, 0.7).fits);
    }
    CHECK(detail::parity_line(bytes({}, 0.0).to, 0.7).fits);
    // A step that no line has.
    auto other       = bytes({}, 0.5);
    other.to[2][100] = 0;
    CHECK(!detail::parity_line(other.to, 0.7).fits);
    other            = bytes({}, 0.5);
    other.to[0][100] = static_cast<std::uint8_t>(other.to[0][100] + 1);
    other.to[0][101] = static_cast<std::uint8_t>(other.to[0][101] - 1);
    CHECK(!detail::parity_line(other.to, 0.7).fits);
}

TEST_CASE("a row in lanes has the bytes of the table") {
    for (double const ratio : {0.7, 1.0, 0.0, 0.31}) {
        parity_options o;
        o.ratio = ratio;
        bytes const               b(o, 0.55);
        detail::parity_line const line(b.to, ratio);
        std::vector<std::uint8_t> pixels(3 * 256 + 5), out(pixels.size());
        std::vector<std::int8_t>  signs(pixels.size());
        for (std::size_t i = 0; i < pixels.size(); ++i) {
            pixels[i] = static_cast<std::uint8_t>(i % 256);
            signs[i]  = static_cast<std::int8_t>(i / 256 % 3) == 0 ? std::int8_t{-1} : i / 256 % 3 == 1 ? std::int8_t{1} : std::int8_t{0};
        }
        for (auto const level : vector_levels()) {
            simd::forced_level const force(level);
            auto const               done = detail::draw_line(line, b.to[1], pixels.data(), signs.data(), pixels.size(), out.data());
            CHECK(done == (line.fits ? pixels.size() : 0u));
            std::size_t wrong = 0;
            for (std::size_t i = 0; i < done; ++i) {
                wrong += out[i] != b.to[signs[i] + 1][pixels[i]] ? 1u : 0u;
            }
            CAPTURE(ratio);
            CHECK(wrong == 0);
        }
    }
}
