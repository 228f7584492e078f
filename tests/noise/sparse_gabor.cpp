#include <hallmark/noise/sparse_gabor.hpp>

#include <hallmark/random/key_tree.hpp>

#include <doctest/doctest.h>
#include <support/fingerprint.hpp>
#include <support/golden.hpp>
#include <support/simd_levels.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

using namespace hallmark;

namespace {
double const pi = 3.14159265358979323846;

// numpy.random.seed(number): MT19937 seeded with one word (Matsumoto & Nishimura 2002), which numpy_stream has no need of.
struct twister {
    std::uint32_t state[624];
    std::size_t   next = 624;

    explicit twister(std::uint32_t seed) {
        for (std::uint32_t i = 0; i < 624; ++i) {
            state[i] = seed;
            seed     = 1812433253u * (seed ^ (seed >> 30)) + i + 1;
        }
    }
    auto bits() -> std::uint32_t {
        if (next == 624) {
            for (std::size_t i = 0; i < 624; ++i) {
                auto const y = (state[i] & 0x80000000u) | (state[(i + 1) % 624] & 0x7fffffffu);
                state[i]     = state[(i + 397) % 624] ^ (y >> 1) ^ (y & 1u ? 0x9908b0dfu : 0u);
            }
            next = 0;
        }
        auto y = state[next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680u;
        y ^= (y << 15) & 0xefc60000u;
        return y ^ (y >> 18);
    }
    auto below(std::uint32_t bound) -> std::uint32_t {  // randint: the fewest bits, drawn again while too large
        std::uint32_t mask = bound - 1;
        for (auto s : {1, 2, 4, 8, 16}) {
            mask |= mask >> s;
        }
        auto v = bits() & mask;
        while (v >= bound) {
            v = bits() & mask;
        }
        return v;
    }
    auto uniform() -> double {
        auto const a = bits() >> 5, b = bits() >> 6;
        return (a * 67108864.0 + b) / 9007199254740992.0;
    }
};

// The published program's impulses: squares of `grid` pixels around the middle, drawn again until they fall into the picture.
auto published(int size, int grid, int per_cell, std::uint32_t seed) -> std::vector<gabor_impulse> {
    auto                       draws = twister(seed);
    std::vector<gabor_impulse> out;
    auto const                 squares = size / 2 / grid;
    for (int i = -squares; i <= squares; ++i) {
        for (int j = -squares; j <= squares; ++j) {
            auto const x = i * grid + size / 2 - grid / 2, y = j * grid + size / 2 - grid / 2;
            for (int k = 0; k < per_cell; ++k) {
                int row = 0, column = 0;
                do {
                    row    = x + static_cast<int>(draws.below(static_cast<std::uint32_t>(grid)));
                    column = y + static_cast<int>(draws.below(static_cast<std::uint32_t>(grid)));
                } while (row < 0 || row >= size || column < 0 || column >= size);
                auto const weight = draws.uniform() * 2 - 1;
                out.push_back({static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(column), static_cast<noise_sample>(std::lround(weight * 0x1p30))});
            }
        }
    }
    return out;
}

auto plane_of(std::vector<noise_sample>& memory, std::size_t height, std::size_t width) { return nchw(memory.data(), 1, 1, height, width); }
}  // namespace

TEST_CASE("the published program's maps, draw for draw, to 2^-20") {
    HALLMARK_NEEDS_GOLDEN();
    auto const compare = [](std::string const& file, int size, gabor_kernel const& kernel, std::vector<gabor_impulse> const& impulses) {
        auto const                theirs = golden::values(file);
        std::vector<noise_sample> ours(static_cast<std::size_t>(size) * static_cast<std::size_t>(size));
        REQUIRE(theirs.size() == ours.size());
        stamp_gabor(kernel, impulses, plane_of(ours, static_cast<std::size_t>(size), static_cast<std::size_t>(size)));
        double worst = 0;
        for (std::size_t i = 0; i < ours.size(); ++i) {
            worst = std::max(worst, std::abs((ours[i] * 0x1p-30 + 1) / 2 - theirs[i]));
        }
        CHECK(worst < 0x1p-20);
    };
    compare("extra/gabor_64_g8_n1_k23_s4_t0.6_l8_sides1_seed0.npy", 64, gabor_kernel({23, 4.0, 0.6 * 180 / pi, 8.0, 1.0, 1}), published(64, 8, 1, 0));
    compare("extra/gabor_48_g12_n2_k11_s2.5_t1.1_l6_sides3_seed5.npy", 48, gabor_kernel({11, 2.5, 1.1 * 180 / pi, 6.0, 1.0, 3}), published(48, 12, 2, 5));
}

// The mirrored edge, by definition: the picture of impulses, continued, under the kernel.
TEST_CASE("the sum, by its definition, mirrored at the edges") {
    auto const                       kernel   = gabor_kernel({7, 1.7, 25.0, 5.0, 0.7, 1});
    std::vector<gabor_impulse> const impulses = {{0, 0, noise_one},     {1, 8, -noise_one / 2}, {4, 4, noise_one / 3},
                                                 {5, 8, noise_one / 5}, {3, 2, noise_one},      {3, 2, -noise_one / 7}};
    std::vector<double>              weights(6 * 9), sums(6 * 9);
    for (auto const& i : impulses) {
        weights[i.row * 9 + i.column] = i.weight * 0x1p-30;
    }
    auto const mirrored = [](int p, int n) { return static_cast<std::size_t>(p < 0 ? -p : (p >= n ? 2 * (n - 1) - p : p)); };
    for (int h = 0; h < 6; ++h) {
        for (int w = 0; w < 9; ++w) {
            for (int r = -3; r <= 3; ++r) {
                for (int c = -3; c <= 3; ++c) {
                    sums[static_cast<std::size_t>(h * 9 + w)] +=
                        weights[mirrored(h + r, 6) * 9 + mirrored(w + c, 9)] * kernel.row(static_cast<std::size_t>(r + 3))[c + 3] * 0x1p-24;
                }
            }
        }
    }
    auto const                least = *std::min_element(sums.begin(), sums.end()), greatest = *std::max_element(sums.begin(), sums.end());
    std::vector<noise_sample> ours(6 * 9 * 2, 77);
    stamp_gabor(kernel, impulses, tensor_view<noise_sample>{ours.data(), {1, 1, 6, 9}, {0, 0, 18, 2}});
    for (std::size_t i = 0; i < sums.size(); ++i) {
        REQUIRE(std::abs(ours[2 * i] * 0x1p-30 - (2 * (sums[i] - least) / (greatest - least) - 1)) < 1e-5);
        REQUIRE(ours[2 * i + 1] == 77);
    }
}

TEST_CASE("a noise source: the same draws, the same field; the spectrum peaks at the wave") {
    auto const key    = chacha_key{{1, 2, 3, 4, 5, 6, 7, 8}};
    auto const source = sparse_gabor{gabor_kernel({23, 4.0, 0.0, 8.0, 1.0, 1}), 13, 1};
    auto const field  = [&] {
        std::vector<noise_sample> memory(96 * 128);
        auto                      draws = stream(key);
        source.fill(draws, plane_of(memory, 96, 128));
        return memory;
    }();
    CHECK(fingerprint(field) == "143abd7fc6b14dacc93b1374b7f54955a0bea24f19fbb59d334ca3ef4b0e51e6");
    CHECK(*std::min_element(field.begin(), field.end()) == -noise_one);
    CHECK(*std::max_element(field.begin(), field.end()) == noise_one);
    auto const power = [&](double wavelength) {
        double sum = 0;
        for (std::size_t y = 0; y < 96; ++y) {
            double re = 0, im = 0;
            for (std::size_t x = 0; x < 128; ++x) {
                re += field[y * 128 + x] * 0x1p-30 * std::cos(2 * pi * static_cast<double>(x) / wavelength);
                im += field[y * 128 + x] * 0x1p-30 * std::sin(2 * pi * static_cast<double>(x) / wavelength);
            }
            sum += re * re + im * im;
        }
        return sum;
    };
    CHECK(power(8.0) > 3 * power(5.0));
    CHECK(power(8.0) > 3 * power(16.0));
}

// Vectors stick out over both edges, and the last impulse at a pixel counts, whatever the order.
TEST_CASE("every instruction set gives the same plane") {
    for (std::uint32_t const size : {3u, 23u, 33u}) {
        auto const                 kernel = gabor_kernel({size, 4.0, 20.0, 8.0, 0.5, 2});
        std::vector<gabor_impulse> impulses;
        for (std::uint32_t i = 0; i < 60; ++i) {
            impulses.push_back({i * 7 % 17, i * i % 37, static_cast<noise_sample>(i * 0x9e3779b9u) >> 1});
        }
        std::vector<std::vector<noise_sample>> planes;
        for (auto const level : all_levels()) {
            detail::simd::forced_level const force(level);
            planes.emplace_back(17 * 37);
            stamp_gabor(kernel, impulses, plane_of(planes.back(), 17, 37));
            CHECK(planes.back() == planes.front());
        }
        auto once = impulses;
        for (std::size_t i = 0; i < impulses.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                once[j].weight = impulses[j].row == impulses[i].row && impulses[j].column == impulses[i].column ? 0 : once[j].weight;
            }
        }
        std::reverse(once.begin(), once.end());
        once.erase(std::remove_if(once.begin(), once.end(), [](auto const& i) { return i.weight == 0; }), once.end());
        REQUIRE(once.size() < impulses.size());
        stamp_gabor(kernel, once, plane_of(planes.back(), 17, 37));
        CHECK(planes.back() == planes.front());
    }
}

TEST_CASE("a plane without impulses is flat") {
    std::vector<noise_sample> memory(20 * 20, 5);
    stamp_gabor(gabor_kernel(), {}, plane_of(memory, 20, 20));
    CHECK(memory == std::vector<noise_sample>(400, 0));
}

TEST_CASE("what a caller can get wrong") {
    std::vector<noise_sample> memory(2 * 20 * 20, 5);
    auto const                kernel    = gabor_kernel();
    gabor_impulse const       outside[] = {{20, 3, 1}};
    auto                      draws     = stream(chacha_key{});
    CHECK_THROWS_WITH_AS(stamp_gabor(kernel, {}, nchw(memory.data(), 2, 1, 20, 20)),
                         "hallmark::stamp_gabor: the plane has 2 samples and 1 channels; allowed is one of each", error);
    CHECK_THROWS_WITH_AS(stamp_gabor(kernel, {}, nchw(memory.data(), 1, 1, 20, 11)),
                         "hallmark::stamp_gabor: the plane has 20 x 11 pixels; allowed is more than half the kernel's size = 11 of each", error);
    CHECK_THROWS_WITH_AS(stamp_gabor(kernel, outside, nchw(memory.data(), 1, 1, 20, 20)),
                         "hallmark::stamp_gabor: an impulse is at 20, 3; allowed are pixels of the plane", error);
    CHECK_THROWS_WITH_AS((sparse_gabor{kernel, 0, 1}.fill(draws, nchw(memory.data(), 1, 1, 20, 20))),
                         "hallmark::sparse_gabor: grid is 0; allowed is 1 to 65535", error);
    CHECK_THROWS_WITH_AS((sparse_gabor{kernel, 13, 65}.fill(draws, nchw(memory.data(), 1, 1, 20, 20))),
                         "hallmark::sparse_gabor: per_cell is 65; allowed is 1 to 64", error);
    CHECK(memory == std::vector<noise_sample>(800, 5));
}
