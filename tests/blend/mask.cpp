#include <hallmark/blend/mask.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

using namespace hallmark;

namespace {
auto draws() -> stream { return stream(chacha_key{{1, 2, 3, 4, 5, 6, 7, 8}}); }

template <class Mask>
auto count(Mask const& m, std::size_t h, std::size_t w) -> std::size_t {
    std::size_t n = 0;
    for (std::size_t r = 0; r < h; ++r) {
        for (std::size_t c = 0; c < w; ++c) {
            n += m(r, h, c, w) ? 1u : 0u;
        }
    }
    return n;
}
}  // namespace

TEST_CASE("a patch has its size wherever it lies, and never leaves the picture") {
    constexpr std::uint32_t ends[] = {0, 1, 0x7fffffff, 0x80000000, 0xffffffff};
    for (auto const down : ends) {
        for (auto const across : ends) {
            auto const m = patch(3, 5, down, across);
            CHECK(count(m, 20, 30) == 15);
            CHECK(count(m, 3, 5) == 15);
            CHECK(count(m, 2, 30) == 10);  // cut to what is there
            CHECK(count(m, 20, 1) == 3);
            CHECK(count(m, 1, 1) == 1);
        }
    }
    CHECK(patch(3, 5, 0, 0)(0, 20, 0, 30));
    CHECK(patch(3, 5, ~0u, ~0u)(19, 20, 29, 30));
    CHECK(patch(3, 5, ~0u, 0)(19, 20, 0, 30));
    CHECK(!patch(3, 5, ~0u, 0)(16, 20, 0, 30));
    CHECK(!patch(3, 5, ~0u, 0)(19, 20, 5, 30));
}

// Row and column taken from one draw, or a last place that is never reached, would be invisible in one mask.
TEST_CASE("patches are drawn everywhere") {
    auto             s = draws();
    std::vector<int> rows(6, 0), columns(3, 0);
    for (int i = 0; i < 1000; ++i) {
        auto const m = patches{.rows = 5, .columns = 8}.draw(s);
        for (std::size_t r = 0; r < 6; ++r) {
            for (std::size_t c = 0; c < 3; ++c) {
                if (m(r, 10, c, 10) && (r == 0 || !m(r - 1, 10, c, 10)) && (c == 0 || !m(r, 10, c - 1, 10))) {
                    ++rows[r], ++columns[c];
                }
            }
        }
    }
    CHECK(s.tell() == 2000);
    for (auto const n : rows) {
        CHECK(std::abs(n - 1000 / 6.0) < 60);  // five standard deviations, and the key is fixed
    }
    for (auto const n : columns) {
        CHECK(std::abs(n - 1000 / 3.0) < 75);
    }
}

TEST_CASE("scattered pixels: their share, the same in pictures of every size, another for another key") {
    auto       s = draws();
    auto const a = scattered_pixels{0.25}.draw(s);
    auto const b = scattered_pixels{0.25}.draw(s);
    CHECK(s.tell() == 4);
    CHECK(std::abs(static_cast<double>(count(a, 200, 200)) - 10000) < 6 * 87);  // six standard deviations
    std::size_t different = 0;
    for (std::size_t r = 0; r < 50; ++r) {
        for (std::size_t c = 0; c < 60; ++c) {
            CHECK(a(r, 50, c, 60) == a(r, 300, c, 61));
            different += a(r, 50, c, 60) != b(r, 50, c, 60) ? 1u : 0u;
        }
    }
    CHECK(different > 800);  // of 3000, 1125 expected
    CHECK(count(scattered(keyed_lattice(1, 2), 0.0), 100, 100) == 0);
    CHECK(count(scattered(keyed_lattice(1, 2), 1.0), 100, 100) == 10000);
    CHECK(count(whole_picture{}, 7, 9) == 63);
    CHECK(count(whole_picture{}.draw(s), 7, 9) == 63);
    CHECK(s.tell() == 4);
}

TEST_CASE("what a caller can get wrong") {
    auto s = draws();
    CHECK_THROWS_WITH_AS(patch(0, 5, 0, 0), "hallmark::patch: the patch has 0 x 5 pixels; allowed is 1 or more rows and columns", error);
    CHECK_THROWS_WITH_AS((patches{4, 0}.draw(s)), "hallmark::patch: the patch has 4 x 0 pixels; allowed is 1 or more rows and columns", error);
    CHECK_THROWS_WITH_AS(scattered({}, 1.5), "hallmark::scattered: density is 1.5; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(scattered({}, -0.5), "hallmark::scattered: density is -0.5; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(scattered_pixels{std::numeric_limits<double>::quiet_NaN()}.draw(s), "hallmark::scattered: density is nan; allowed is 0 to 1", error);
}
