#include <hallmark/noise/fractal.hpp>
#include <hallmark/noise/grid.hpp>
#include <hallmark/noise/perlin.hpp>
#include <hallmark/noise/uniform.hpp>

#include <doctest/doctest.h>
#include <support/simd_levels.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

using namespace hallmark;

namespace toy {
// Shows which coordinates it was asked for.
struct coordinates_field {
    bool        rows = false;
    auto        operator()(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample { return static_cast<noise_sample>(rows ? y : x); }
    friend auto operator==(coordinates_field const&, coordinates_field const&) -> bool = default;
};
}  // namespace toy

namespace {
constexpr auto lattice = keyed_lattice(0x12345678, 0x9abcdef0);

struct plane_of {
    std::size_t               height, width;
    std::vector<noise_sample> memory = std::vector<noise_sample>(height * width, 77);
    auto                      view() -> tensor_view<noise_sample> { return nchw(memory.data(), 1, 1, height, width); }
};
}  // namespace

TEST_CASE("pixel w has coordinate w / period, rounded down to 2^-16") {
    for (std::uint32_t const period : {1u, 2u, 3u, 7u, 30u, 59u, 65535u, 65536u, 65537u, 999'983u, 1'000'000u}) {
        for (bool const rows : {false, true}) {
            auto plane = rows ? plane_of{3000, 1} : plane_of{1, 3000};
            fill(toy::coordinates_field{rows}, period, plane.view());
            for (std::size_t i = 0; i < 3000; ++i) {
                REQUIRE(static_cast<std::uint32_t>(plane.memory[i]) == i * 65536 / period);
            }
        }
    }
}

// Division rounds towards 0, places round down; and neither end of the pixels may overflow.
TEST_CASE("pixel w of a plane that begins at pixel p of the field has coordinate (p + w) / period, rounded down, at both ends of the pixels") {
    using limits = std::numeric_limits<std::int32_t>;
    for (std::uint32_t const period : {1u, 3u, 41u, 65535u, 65536u, 1'000'000u}) {
        for (auto const first : {limits::min(), limits::min() + 1, -70'000, -41, -1, 0, 1, 70'001, limits::max() - 500, limits::max()}) {
            auto across = plane_of{1, 900}, down = plane_of{900, 1};
            fill(toy::coordinates_field{false}, period, across.view(), {first, 5});
            fill(toy::coordinates_field{true}, period, down.view(), {5, first});
            for (std::int64_t i = 0; i < 900; ++i) {
                auto const p      = (std::int64_t{first} + i) * 65536;
                auto const place  = p >= 0 ? p / period : -((-p + period - 1) / period);
                auto const wanted = static_cast<noise_sample>(static_cast<std::uint32_t>(place));
                REQUIRE(across.memory[static_cast<std::size_t>(i)] == wanted);
                REQUIRE(down.memory[static_cast<std::size_t>(i)] == wanted);
            }
        }
    }
}

TEST_CASE("a piece of a picture is that part of the whole") {
    auto whole = plane_of{40, 50}, piece = plane_of{11, 13};
    fill(fractal(perlin(lattice), 3), 7, whole.view(), {-20, -9});
    fill(fractal(perlin(lattice), 3), 7, piece.view(), {-20 + 31, -9 + 25});
    for (std::size_t h = 0; h < 11; ++h) {
        for (std::size_t w = 0; w < 13; ++w) {
            REQUIRE(piece.memory[h * 13 + w] == whole.memory[(h + 25) * 50 + w + 31]);
        }
    }
}

// A 32-bit shift would lose the top bits of a position beyond 65,535 pixels instead of repeating after 65,536 cells.
TEST_CASE("long rows: positions beyond 65,536 pixels, and the lattice that repeats after 65,536 cells") {
    auto plane = plane_of{1, 200'000};
    fill(toy::coordinates_field{}, 3, plane.view());
    CHECK(static_cast<std::uint32_t>(plane.memory[150'001]) == static_cast<std::uint32_t>(150'001ull * 65536 / 3));
    CHECK(static_cast<std::uint32_t>(plane.memory[196'608]) == 0);  // 3 · 65,536
    CHECK(static_cast<std::uint32_t>(plane.memory[196'609]) == 65536 / 3);

    fill(perlin(lattice), 1, plane.view());
    for (auto const v : plane.memory) {
        REQUIRE(v == 0);  // all pixels are lattice points
    }
    fill(fractal(perlin(lattice), 3), 3, plane.view());
    for (std::size_t w = 0; w < 3000; ++w) {
        REQUIRE(plane.memory[w] == plane.memory[w + 196'608]);
    }
}

TEST_CASE("fields with rows and without give their points") {
    auto       plane = plane_of{37, 53};
    auto const check = [&](auto const& field, std::uint32_t period) {
        fill(field, period, plane.view());
        for (std::size_t h = 0; h < 37; ++h) {
            for (std::size_t w = 0; w < 53; ++w) {
                auto const at = [&](std::size_t p) { return static_cast<lattice_coordinate>((p << 16) / period); };
                REQUIRE(plane.memory[h * 53 + w] == field(at(w), at(h)));
            }
        }
    };
    for (std::uint32_t const period : {1u, 5u, 41u}) {
        check(perlin(lattice), period);
        check(uniform_noise(lattice), period);
        check(fractal(perlin(lattice), 4), period);
    }
}

// Pictures are computed by tables, tiles and vectors; points by none of these. Sizes on both sides of every vector and of a tile (256 pixels), cells
// smaller and larger than a vector, lines of the lattice that follow one another and that do not.
TEST_CASE("at every level, a picture is its points, and its range is the range of its points") {
    struct shape {
        std::size_t   height, width;
        std::uint32_t period;
    };
    for (auto const level : vector_levels()) {
        for (auto const& s : {shape{1, 1, 1},
                              {1, 257, 3},
                              {257, 3, 41},
                              {3, 31, 7},
                              {5, 32, 65535},
                              {4, 300, 65536},
                              {3, 70, 1'000'000},
                              {2, 33, 1},
                              {300, 17, 2},
                              {2, 600, 59}}) {
            for (std::uint32_t const octaves : {0u, 1u, 2u, 5u, 16u}) {
                auto plane = plane_of{s.height, s.width}, points = plane_of{s.height, s.width};
                auto range = noise_range{};
                // Octaves 0 stands for the field itself.
                auto const at = [&](auto& to) {
                    auto const from = s.period < 65536 ? noise_origin{} : noise_origin{std::numeric_limits<std::int32_t>::max() - 40, -2};
                    return octaves == 0 ? detail::fill_and_range(perlin(lattice), s.period, to.view(), from)
                                        : detail::fill_and_range(fractal(perlin(lattice), octaves), s.period, to.view(), from);
                };
                {
                    detail::simd::forced_level const force(detail::simd::level::scalar);
                    range = at(points);
                }
                detail::simd::forced_level const force(level);
                REQUIRE(at(plane) == range);
                REQUIRE(plane.memory == points.memory);
                REQUIRE(range_of(plane.view()) == range);
            }
        }
    }
}

// The tables of the last tile of a row are shorter than those before it: what those left behind it must not be taken for extremes. A wrong range is a wrong
// sine map, and another mark on every machine with other vectors.
TEST_CASE("at every level, the range of a wide picture is the range of its pixels") {
    for (std::uint32_t seed = 0; seed < 12; ++seed) {
        auto const field = fractal(perlin(keyed_lattice(seed, 9 * seed)), 1 + seed % 2 * 3);
        for (std::size_t const width : {257u, 265u, 272u, 300u, 530u, 600u}) {
            auto plane = plane_of{30, width};
            for (auto const level : all_levels()) {
                detail::simd::forced_level const force(level);
                auto const                       range = detail::fill_and_range(field, 30 + seed, plane.view());
                REQUIRE(range == range_of(plane.view()));
            }
        }
    }
}

// Strides other than 1 take another way through the code, and must leave the gaps alone.
TEST_CASE("a plane with gaps, flipped and turned") {
    auto dense = plane_of{11, 13};
    fill(fractal(perlin(lattice), 2), 5, dense.view());

    std::vector<noise_sample> memory(11 * 13 * 6, 77);
    auto const                gaps = tensor_view<noise_sample>{memory.data(), {1, 1, 11, 13}, {0, 0, 13 * 6, 3}};
    fill(fractal(perlin(lattice), 2), 5, gaps);
    std::size_t untouched = 0;
    for (auto const v : memory) {
        untouched += v == 77 ? 1u : 0u;
    }
    auto       flipped = plane_of{11, 13};
    auto const last    = flipped.memory.data() + 11 * 13 - 1;
    fill(fractal(perlin(lattice), 2), 5, {last, {1, 1, 11, 13}, {0, 0, -13, -1}});
    auto turned = plane_of{13, 11};
    fill(fractal(perlin(lattice), 2), 5, {turned.memory.data(), {1, 1, 11, 13}, {0, 0, 1, 11}});
    for (std::size_t h = 0; h < 11; ++h) {
        for (std::size_t w = 0; w < 13; ++w) {
            auto const expected = dense.memory[h * 13 + w];
            REQUIRE(gaps.at(0, 0, h, w) == expected);
            REQUIRE(flipped.memory[(10 - h) * 13 + 12 - w] == expected);
            REQUIRE(turned.memory[w * 11 + h] == expected);
        }
    }
    CHECK(untouched == 11 * 13 * 5);
}

TEST_CASE("an empty plane is no mistake") {
    auto plane = plane_of{0, 5};
    fill(perlin(lattice), 5, plane.view());
    auto thin = plane_of{5, 0};
    fill(perlin(lattice), 5, thin.view());
    CHECK(thin.memory.empty());
}

TEST_CASE("range_of finds the extremes wherever they lie") {
    auto plane = plane_of{3, 4};
    for (std::size_t low = 0; low < 12; ++low) {
        for (std::size_t high = 0; high < 12; ++high) {
            plane.memory.assign(12, 5);
            plane.memory[high] = 9;
            plane.memory[low]  = -9;
            auto const r       = range_of(plane.view());
            CHECK(r.least == -9);
            CHECK(r.greatest == (low == high ? 5 : 9));
        }
    }
    plane.memory.assign(12, -3);
    CHECK(range_of(plane.view()).least == -3);
    CHECK(range_of(plane.view()).greatest == -3);
}

TEST_CASE("what a caller can get wrong") {
    auto plane = plane_of{4, 4};
    CHECK_THROWS_WITH_AS(fill(perlin(lattice), 0, plane.view()), "hallmark::fill: the period is 0 pixels; allowed is 1 to 1000000", error);
    CHECK_THROWS_WITH_AS(fill(perlin(lattice), 1000001, plane.view()), "hallmark::fill: the period is 1000001 pixels; allowed is 1 to 1000000", error);
    CHECK_THROWS_WITH_AS(fill(perlin(lattice), 5, nchw(plane.memory.data(), 2, 1, 2, 4)),
                         "hallmark::fill: the plane has 2 samples and 1 channels; allowed is one of each", error);
    CHECK_THROWS_WITH_AS(fill(perlin(lattice), 5, nchw(plane.memory.data(), 1, 2, 2, 4)),
                         "hallmark::fill: the plane has 1 samples and 2 channels; allowed is one of each", error);
    CHECK(plane.memory == std::vector<noise_sample>(16, 77));
}
