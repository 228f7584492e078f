#include <hallmark/noise/fractal_sum.hpp>
#include <hallmark/noise/simplex.hpp>
#include <hallmark/noise/value.hpp>

#include "field_laws.hpp"

#include <limits>

using namespace hallmark;

namespace toy {
// The largest field there is, in every octave.
struct constant_field {
    noise_sample          value = 0;
    constexpr auto        operator()(lattice_coordinate, lattice_coordinate) const noexcept -> noise_sample { return value; }
    constexpr auto        operator()(lattice_coordinate, lattice_coordinate, lattice_coordinate) const noexcept -> noise_sample { return value; }
    constexpr auto        octave(std::uint32_t) const noexcept -> constant_field { return *this; }
    friend constexpr auto operator==(constant_field const&, constant_field const&) -> bool = default;
};
// Shows where each octave is asked.
struct place_field {
    std::uint32_t  number = 0;
    constexpr auto operator()(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample {
        return static_cast<noise_sample>((x >> 4) + (y >> 2) + (number << 24));
    }
    constexpr auto operator()(lattice_coordinate x, lattice_coordinate y, lattice_coordinate z) const noexcept -> noise_sample { return (*this)(x + z, y); }
    constexpr auto octave(std::uint32_t o) const noexcept -> place_field { return {number + o}; }
    friend constexpr auto operator==(place_field const&, place_field const&) -> bool = default;
};
}  // namespace toy

namespace {
auto const base = value_noise(laws::lattice);

auto close(double a, double b, double within) -> bool { return std::abs(a - b) <= within; }
}  // namespace

static_assert(row_noise_field<fractal_sum<simplex, plain_fold>> && volume_field<fractal_sum<toy::place_field, ridge_fold>>);
static_assert(!row_noise_field<fractal_sum<toy::place_field, plain_fold>> && !volume_field<fractal_sum<simplex, plain_fold>>);

TEST_CASE("golden fields") {
    CHECK(laws::fingerprint_of(fbm(base, {5, 2.0, 0.5}), 60) == "2f93e481b46d6c7d7de302e5723ad1d41e356a064fc34f168ee6722782884ba5");
    CHECK(laws::fingerprint_of(fbm(base, {16, 1.9, 0.7}), 60) == "a2b8a4979f9013022b8bcd39281b5a5c1b46ec7d432aa16375205c306ca7b2f6");
    CHECK(laws::fingerprint_of(ridged(base, {4, 2.5, 0.4}), 60) == "348fc6817f09dfd1e77b159faa91f196ae41982e64d3cfd4cd93b0cb9a8d60bc");
    CHECK(laws::fingerprint_of(billow(base, {3, 4.0, 1.0}), 60) == "87b2c9550e8bf932b36cc57f3b358323cc83f12744482f8721aaeff4bfcdbc73");
    CHECK(laws::fingerprint_of(ping_pong(base, {3, 2.0, 0.5}, 3.3), 60) == "bcc69e34fa2f99d08b19c7772d5f408d200d85e51f925d7cc28591ba7747a43a");
}

// The sum by its definition, in double: shows a wrong frequency, height or fold, which the golden fields would only have recorded.
TEST_CASE("the sum, by its definition") {
    auto const field   = toy::place_field{};
    auto const options = fractal_options{6, 1.75, 0.6};
    double     sums[4] = {}, heights = 0;
    auto const x = 0x123456u, y = 0x0abcdeu;
    auto const strength = 1.5;
    for (int o = 0; o < 6; ++o) {
        auto const f = std::pow(1.75, o), h = std::pow(0.6, o);
        auto const n = field.octave(static_cast<std::uint32_t>(o))(static_cast<lattice_coordinate>(x * f), static_cast<lattice_coordinate>(y * f)) * 0x1p-30;
        auto const t = std::fmod((n + 1) / 2 * strength, 2.0);
        sums[0] += h * n;
        sums[1] += h * (1 - 2 * std::abs(n));
        sums[2] += h * (2 * std::abs(n) - 1);
        sums[3] += h * (2 * (t < 1 ? t : 2 - t) - 1);
        heights += h;
    }
    CHECK(close(fbm(field, options)(x, y) * 0x1p-30, sums[0] / heights, 3e-4));
    CHECK(close(ridged(field, options)(x, y) * 0x1p-30, sums[1] / heights, 3e-4));
    CHECK(close(billow(field, options)(x, y) * 0x1p-30, sums[2] / heights, 3e-4));
    CHECK(close(ping_pong(field, options, strength)(x, y) * 0x1p-30, sums[3] / heights, 3e-4));
    CHECK(fbm(field, options)(x - 77, y, 77u) == fbm(toy::place_field{}, options)(x - 77, y, 77u));
    CHECK(close(fbm(field, {1, 2.0, 0.5})(5u << 10, 0, 3u << 10), field(8u << 10, 0), 32768));
}

TEST_CASE("the range, with 1 to 16 octaves and any gain") {
    for (std::uint32_t octaves = 1; octaves <= 16; ++octaves) {
        for (double const gain : {0.0001, 0.3, 0.5, 0.999, 1.0}) {
            for (noise_sample const v : {-noise_one, -noise_one / 2, 0, 1, noise_one}) {
                auto const o       = fractal_options{octaves, 2.0, gain};
                auto const f       = toy::constant_field{v};
                auto const loss    = noise_one / 1000;  // by rounding the heights down
                auto const samples = {fbm(f, o)(0, 0), ridged(f, o)(0, 0), billow(f, o)(0, 0), ping_pong(f, o)(0, 0)};
                for (auto const s : samples) {
                    REQUIRE(s >= -noise_one);
                    REQUIRE(s <= noise_one);
                }
                REQUIRE(std::abs(fbm(f, o)(0, 0) - v) <= loss);
                REQUIRE(std::abs(ridged(f, o)(0, 0) - (noise_one - 2 * std::abs(v))) <= loss);
                REQUIRE(std::abs(billow(f, o)(0, 0) + ridged(f, o)(0, 0)) <= loss);
            }
        }
    }
}

TEST_CASE("ping-pong once is the field, twice is the ridge") {
    for (std::int64_t n = -noise_one; n <= noise_one; n += 9999991) {
        auto const v = static_cast<noise_sample>(n);
        CHECK(std::abs(ping_pong_fold{1 << 7}(v)-v) < 1 << 8);
        CHECK(std::abs(ping_pong_fold{2 << 7}(v)-ridge_fold{}(v)) < 1 << 9);
    }
    CHECK(ping_pong_fold{16 << 7}(noise_one) == -noise_one);
    CHECK(ping_pong_fold{16 << 7}(-noise_one) == -noise_one);
}

TEST_CASE("laws") {
    auto const check = [](auto const& field, double step) {
        laws::check_range(field, 60);
        laws::check_row(field, 200);
        laws::check_fill(field);
        laws::check_continuous(field, step, 52);
    };
    check(fbm(base, {4, 2.0, 0.5}), 0.003);
    laws::check_periodic(fbm(base, {4, 2.0, 0.5}));
    laws::check_periodic(ridged(base, {3, 3.0, 0.5}));
    laws::check_balanced(fbm(simplex(laws::lattice), {4, 2.0, 0.5}), 0.01, 1.08);
    check(ridged(simplex(laws::lattice), {3, 3.0, 0.5}), 0.01);
    check(billow(simplex(laws::lattice), {3, 2.0, 0.5}), 0.01);
    check(ping_pong(base, {2, 2.0, 0.5}), 0.02);
    CHECK(std::abs(laws::moments_of(fbm(simplex(laws::lattice), {4, 2.0, 0.5}), 200).mean) < 0.02);
}

TEST_CASE("octaves of a sum are sums of other octaves; equal options make equal sums") {
    auto const sum = fbm(base, {4, 2.0, 0.5});
    CHECK(sum.octave(5) == fbm(base.octave(5), {4, 2.0, 0.5}));
    CHECK(sum == fbm(base, {}));
    CHECK(sum != fbm(base, {5, 2.0, 0.5}));
    CHECK(sum != fbm(base, {4, 2.1, 0.5}));
    CHECK(sum != fbm(base, {4, 2.0, 0.4}));
    CHECK(close(fractal_sum<value_noise, plain_fold>()(77, 0xabcd), value_noise()(77, 0xabcd), 32768));
}

TEST_CASE("what a caller can get wrong") {
    auto const nan = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH_AS(fbm(base, {0, 2.0, 0.5}), "hallmark::fbm: octaves is 0; allowed is 1 to 16", error);
    CHECK_THROWS_WITH_AS(ridged(base, {17, 2.0, 0.5}), "hallmark::ridged: octaves is 17; allowed is 1 to 16", error);
    CHECK_THROWS_WITH_AS(billow(base, {4, 1.0, 0.5}), "hallmark::billow: lacunarity is 1; allowed is more than 1, at most 4", error);
    CHECK_THROWS_WITH_AS(fbm(base, {4, 4.5, 0.5}), "hallmark::fbm: lacunarity is 4.5; allowed is more than 1, at most 4", error);
    CHECK_THROWS_WITH_AS(fbm(base, {4, nan, 0.5}), "hallmark::fbm: lacunarity is nan; allowed is more than 1, at most 4", error);
    CHECK_THROWS_WITH_AS(fbm(base, {4, 2.0, 0.0}), "hallmark::fbm: gain is 0; allowed is more than 0, at most 1", error);
    CHECK_THROWS_WITH_AS(fbm(base, {4, 2.0, 1.5}), "hallmark::fbm: gain is 1.5; allowed is more than 0, at most 1", error);
    CHECK_THROWS_WITH_AS(fbm(base, {4, 2.0, nan}), "hallmark::fbm: gain is nan; allowed is more than 0, at most 1", error);
    CHECK_THROWS_WITH_AS(ping_pong(base, {}, 17.0), "hallmark::ping_pong: strength is 17; allowed is 0.125 to 16", error);
    CHECK_THROWS_WITH_AS(ping_pong(base, {}, nan), "hallmark::ping_pong: strength is nan; allowed is 0.125 to 16", error);
    CHECK_THROWS_WITH_AS(ping_pong(base, {0, 2.0, 0.5}), "hallmark::ping_pong: octaves is 0; allowed is 1 to 16", error);
}

TEST_CASE("a ping-pong goes there and back four times unless it is told otherwise") {
    CHECK(ping_pong(value_noise(laws::lattice), {3, 2.0, 0.5}) == ping_pong(value_noise(laws::lattice), {3, 2.0, 0.5}, 4.0));
    CHECK(ping_pong_fold{}.strength == 512);
}
