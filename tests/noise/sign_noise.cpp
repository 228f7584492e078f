#include "filled.hpp"

#include <hallmark/noise/sign_noise.hpp>

#include <doctest/doctest.h>
#include <support/fingerprint.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

using namespace hallmark;

// The budget of the mark: a sample of any other size would be a larger or a smaller change than promised.
TEST_CASE("every sample is +1 or -1") {
    for (std::uint32_t seed = 0; seed < 20; ++seed) {
        for (auto const& plane : {filled(perlin_sign_noise{}, seed, 33, 70), filled(uniform_sign_noise{}, seed, 33, 70)}) {
            for (auto const n : plane) {
                REQUIRE((n == noise_one || n == -noise_one));
            }
        }
    }
}

TEST_CASE("golden noise") {
    CHECK(fingerprint(filled(perlin_sign_noise{}, 1, 32, 32)) == "1ce1606b68f59f5979946c3d68e2391aece383388a3cf76af3b49559d4754038");
    CHECK(fingerprint(filled(perlin_sign_noise{}, 2, 224, 224)) == "ea32b3a60e8232dc4bc02ae5c891ff09d17225fb2571514ffca6301dec69a604");
    CHECK(fingerprint(filled(perlin_sign_noise{{1, 9}, {5, 16}, {1, 65535}}, 3, 17, 129)) ==
          "2fff9b992df258cbceb9082e933c788a0bfd3456af68e813024b3e9218c614e7");
    CHECK(fingerprint(filled(uniform_sign_noise{}, 1, 17, 129)) == "d74455fd71fa06b1262e833d864fc38c601d1083548d79dd9a815564cb2b6a2b");
}

// The marker takes the bytes, a preview the samples.
TEST_CASE("the signs as bytes are the signs as samples") {
    auto const check = [](auto const& noise) {
        for (std::uint32_t seed = 0; seed < 5; ++seed) {
            std::vector<noise_sample> plane(33 * 70);
            std::vector<std::uint8_t> signs(plane.size(), 7), expected;
            auto                      s = draws(seed);
            noise.fill_signs(s, nchw(plane.data(), 1, 1, 33, 70), signs.data());
            for (auto const n : filled(noise, seed, 33, 70)) {
                expected.push_back(n < 0 ? 255 : 0);
            }
            CHECK(signs == expected);
        }
    };
    check(perlin_sign_noise{});
    check(uniform_sign_noise{});
}

// The order of the draws is part of the format: swapping two of them still gives fine noise.
TEST_CASE("period, octaves, half cycles and lattice are drawn in this order") {
    auto const noise    = perlin_sign_noise{{5, 50}, {1, 9}, {10, 99}};
    auto       s        = draws(9);
    auto const period   = uniform_between(s, 5, 50);
    auto const octaves  = uniform_between(s, 1, 9);
    auto const half     = uniform_between(s, 10, 99);
    auto const lattice  = keyed_lattice::draw(s);
    auto       expected = std::vector<noise_sample>(21 * 34);
    auto const view     = nchw(expected.data(), 1, 1, 21, 34);
    fill(fractal(perlin(lattice), octaves), period, view);
    apply_sine_sign(half, view);
    CHECK(filled(noise, 9, 21, 34) == expected);
}

TEST_CASE("ranges with one value are that value") {
    auto s        = draws(4);
    auto expected = std::vector<noise_sample>(20 * 20);
    for (int i = 0; i < 3; ++i) {
        (void)s.bits();
    }
    auto const view = nchw(expected.data(), 1, 1, 20, 20);
    fill(fractal(perlin(keyed_lattice::draw(s)), 2), 7, view);
    apply_sine_sign(11, view);
    CHECK(filled(perlin_sign_noise{{7, 7}, {2, 2}, {11, 11}}, 4, 20, 20) == expected);
}

TEST_CASE("uniform signs are a fair coin per pixel, not per row or cell") {
    auto const plane = filled(uniform_sign_noise{}, 5, 256, 256);
    int        sum = 0, next = 0, below = 0;
    for (std::size_t i = 0; i < plane.size(); ++i) {
        auto const sign = [&](std::size_t at) { return plane[at % plane.size()] > 0 ? 1 : -1; };
        sum += sign(i);
        next += sign(i) * sign(i + 1);
        below += sign(i) * sign(i + 256);
    }
    for (auto const value : {sum, next, below}) {
        CHECK(std::abs(value) < 1536);  // six standard deviations of 65,536 fair coins
    }
}

TEST_CASE("another stream gives other noise") {
    CHECK(filled(perlin_sign_noise{}, 1, 32, 32) != filled(perlin_sign_noise{}, 2, 32, 32));
    CHECK(filled(uniform_sign_noise{}, 1, 32, 32) != filled(uniform_sign_noise{}, 2, 32, 32));
}

// One pixel is flat: the noise is there all the same.
TEST_CASE("a picture of one pixel") { CHECK(filled(perlin_sign_noise{}, 1, 1, 1) == std::vector<noise_sample>{noise_one}); }

TEST_CASE("ranges rise, and their ends are allowed") {
    std::vector<noise_sample> plane(12);
    auto const                view  = nchw(plane.data(), 1, 1, 3, 4);
    auto const                about = [&](perlin_sign_noise const& n) {
        try {
            auto draws = stream(chacha_key{});
            n.fill(draws, view);
        } catch (error const& e) {
            return std::string(e.what());
        }
        return std::string();
    };
    CHECK(about({{59, 30}, {1, 4}, {20, 59}}) == "hallmark::perlin_sign_noise: period is 59 to 30; allowed are rising ranges");
    CHECK(about({{30, 59}, {4, 1}, {20, 59}}) == "hallmark::perlin_sign_noise: octaves is 4 to 1; allowed are rising ranges");
    CHECK(about({{30, 59}, {1, 4}, {59, 20}}) == "hallmark::perlin_sign_noise: half_cycles is 59 to 20; allowed are rising ranges");
    CHECK(about({{30, 59}, {99, 99}, {20, 59}}) == "hallmark::perlin_sign_noise: octaves is 99; allowed is 1 to 16");
    CHECK(about({{30, 30}, {16, 16}, {20, 20}}).empty());
}
