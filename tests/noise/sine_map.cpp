#include <hallmark/noise/sine_map.hpp>

#include <doctest/doctest.h>
#include <support/fingerprint.hpp>
#include <support/simd_levels.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

using namespace hallmark;

namespace {
struct ramp {
    std::uint32_t half_cycles;
    noise_range   range;
    auto          width() const -> std::int64_t { return std::int64_t{range.greatest} - range.least; }
};

// Widths that divide nothing, that are next to powers of two, the least and the greatest there are.
auto ramps() -> std::vector<ramp> {
    std::vector<ramp> out;
    for (std::uint32_t const f : {1u, 2u, 3u, 20u, 37u, 59u, 1021u, 65535u}) {
        for (std::int64_t const w : {std::int64_t{1}, std::int64_t{2}, std::int64_t{3}, std::int64_t{1000}, std::int64_t{65537}, (std::int64_t{1} << 30) - 1,
                                     (std::int64_t{1} << 30) + 12345, std::int64_t{1518500249}, (std::int64_t{1} << 31) - 1, std::int64_t{1} << 31}) {
            auto const least = w == std::int64_t{1} << 31 ? -std::int64_t{noise_one} : -w / 2;
            out.push_back({f, {static_cast<noise_sample>(least), static_cast<noise_sample>(least + w)}});
        }
    }
    return out;
}

// Offsets from the least sample: spread out, and on both sides of every border between half waves we can afford.
auto offsets(ramp const& r) -> std::vector<std::int64_t> {
    std::vector<std::int64_t> out;
    for (std::int64_t k = 0; k <= 500; ++k) {
        out.push_back(r.width() / 500 * k + r.width() % 500 * k / 500);
    }
    for (std::int64_t k = 0; k <= r.half_cycles; k += 1 + r.half_cycles / 200) {
        for (std::int64_t const d : {-1, 0, 1}) {
            auto const at = r.width() * k / r.half_cycles + d;
            if (at >= 0 && at <= r.width()) {
                out.push_back(at);
            }
        }
    }
    return out;
}
}  // namespace

// A scale kept with too few bits bends the wave by whole half waves, and still gives tidy bands.
TEST_CASE("the wave is sin(pi * half_cycles * v), to 2^-24") {
    for (auto const& r : ramps()) {
        auto const map   = sine_map(r.half_cycles, r.range);
        double     worst = 0;
        for (auto const d : offsets(r)) {
            auto const half_waves = static_cast<std::int64_t>(r.half_cycles) * d;
            auto const within     = static_cast<double>(half_waves % (2 * r.width())) / static_cast<double>(r.width());  // in [0, 2)
            auto const exact      = std::sin(3.14159265358979323846 * within);
            worst                 = std::max(worst, std::abs(map.wave(static_cast<noise_sample>(r.range.least + d)) * 0x1p-30 - exact));
        }
        CHECK(worst < 0x1p-24);
    }
}

// Exact rational arithmetic: half wave k is where k <= half_cycles * (n - least) / width < k + 1.
TEST_CASE("the sign is the parity of the half wave, exactly") {
    for (auto const& r : ramps()) {
        auto const map = sine_map(r.half_cycles, r.range);
        for (auto const d : offsets(r)) {
            auto const half_wave = static_cast<std::int64_t>(r.half_cycles) * d / r.width();
            REQUIRE(map.sign(static_cast<noise_sample>(r.range.least + d)) == (half_wave % 2 == 0 ? noise_one : -noise_one));
        }
    }
}

// The two take different ways through the code and must agree, or a preview would not show the mark.
TEST_CASE("the sign is the sign of the wave") {
    for (auto const& r : ramps()) {
        auto const map = sine_map(r.half_cycles, r.range);
        for (auto const d : offsets(r)) {
            auto const n = static_cast<noise_sample>(r.range.least + d);
            auto const w = map.wave(n);
            REQUIRE((w == 0 || (w > 0) == (map.sign(n) > 0)));
            REQUIRE(std::abs(w) <= noise_one);
        }
    }
}

TEST_CASE("quarter points of one wave") {
    constexpr auto map = sine_map(2, {0, noise_one});
    static_assert(map.wave(0) < 32 && map.wave(noise_one / 4) > noise_one - 32 && map.wave(noise_one / 2) > -32 &&
                  map.wave(noise_one / 4 * 3) < -noise_one + 32);
    static_assert(map.sign(0) == noise_one && map.sign(noise_one / 2 - 1) == noise_one && map.sign(noise_one / 2) == -noise_one &&
                  map.sign(noise_one - 1) == -noise_one && map.sign(noise_one) == noise_one);
}

// Not a division by zero.
TEST_CASE("a flat picture has v = 0 everywhere") {
    for (noise_sample const level : {0, 5, -noise_one, noise_one}) {
        auto const map = sine_map(37, {level, level});
        CHECK(map.sign(level) == noise_one);
        CHECK(std::abs(map.wave(level)) < 32);
        std::vector<noise_sample> plane(6, level);
        apply_sine_sign(37, nchw(plane.data(), 1, 1, 2, 3));
        CHECK(plane == std::vector<noise_sample>(6, noise_one));
    }
}

TEST_CASE("golden waves and signs") {
    std::vector<noise_sample> waves, signs;
    for (auto const& r : ramps()) {
        auto const map = sine_map(r.half_cycles, r.range);
        for (auto const d : offsets(r)) {
            waves.push_back(map.wave(static_cast<noise_sample>(r.range.least + d)));
            signs.push_back(map.sign(static_cast<noise_sample>(r.range.least + d)));
        }
    }
    CHECK(fingerprint(waves) == "b39b2e614060cf5243bcc2270063efd7421e96428d1cc32766d2e25d6a71e17f");
    CHECK(fingerprint(signs) == "c44b0476d42daaf51db7f5cacaab31e70f77025551a41c61eef231afaf67eb57");
}

// Vectors compute the phase and the series in pieces of 32 bits.
TEST_CASE("at every level, many waves are single waves") {
    for (auto const level : vector_levels()) {
        detail::simd::forced_level const force(level);
        for (auto const& r : ramps()) {
            auto const                map = sine_map(r.half_cycles, r.range);
            std::vector<noise_sample> samples;
            for (auto const d : offsets(r)) {
                samples.push_back(static_cast<noise_sample>(r.range.least + d));
            }
            auto                      waves = samples, signs = samples;
            std::vector<std::uint8_t> bytes(samples.size());
            map.waves(waves.data(), waves.size());
            map.signs(signs.data(), signs.size());
            map.signs(samples.data(), samples.size(), bytes.data());
            for (std::size_t i = 0; i < samples.size(); ++i) {
                REQUIRE(waves[i] == map.wave(samples[i]));
                REQUIRE(signs[i] == map.sign(samples[i]));
                REQUIRE(bytes[i] == (signs[i] < 0 ? 255 : 0));
            }
        }
    }
}

TEST_CASE("a plane is mapped by its own range, with any strides") {
    std::vector<noise_sample> const before = {-700, 77, 300, 77, 1299, 77, -699, 77, 0, 77, 12, 77};
    auto const                      map    = sine_map(59, {-700, 1299});
    auto                            waves = before, signs = before;
    auto const                      view = [](std::vector<noise_sample>& m) { return tensor_view<noise_sample>{m.data(), {1, 1, 2, 3}, {0, 0, 6, 2}}; };
    apply_sine(59, view(waves));
    apply_sine_sign(59, view(signs));
    for (std::size_t i = 0; i < before.size(); ++i) {
        CHECK(waves[i] == (i % 2 == 0 ? map.wave(before[i]) : 77));
        CHECK(signs[i] == (i % 2 == 0 ? map.sign(before[i]) : 77));
    }
}

TEST_CASE("an empty plane is no mistake") {
    apply_sine(5, nchw(static_cast<noise_sample*>(nullptr), 1, 1, 0, 3));
    apply_sine_sign(5, nchw(static_cast<noise_sample*>(nullptr), 1, 1, 3, 0));
}

TEST_CASE("what a caller can get wrong") {
    std::vector<noise_sample> plane(6, 1);
    auto const                view = nchw(plane.data(), 1, 1, 2, 3);
    for (auto const apply : {apply_sine, apply_sine_sign}) {
        CHECK_THROWS_AS(apply(3, tensor_view<noise_sample>{view.data, {1, 2, 1, 1}, {2, 1, 1, 1}}), error);
    }
    CHECK_THROWS_WITH_AS(apply_sine(3, tensor_view<noise_sample>{view.data, {2, 1, 1, 1}, {1, 1, 1, 1}}),
                         "hallmark::apply_sine: the plane has 2 samples and 1 channels; allowed is one of each", error);
    CHECK_THROWS_WITH_AS(apply_sine(0, view), "hallmark::apply_sine: half_cycles is 0; allowed is 1 to 65535", error);
    CHECK_THROWS_WITH_AS(apply_sine(65536, view), "hallmark::apply_sine: half_cycles is 65536; allowed is 1 to 65535", error);
    CHECK_THROWS_WITH_AS(apply_sine_sign(0, view), "hallmark::apply_sine_sign: half_cycles is 0; allowed is 1 to 65535", error);
    CHECK_THROWS_WITH_AS(apply_sine_sign(65536, view), "hallmark::apply_sine_sign: half_cycles is 65536; allowed is 1 to 65535", error);
    CHECK(plane == std::vector<noise_sample>(6, 1));
}
