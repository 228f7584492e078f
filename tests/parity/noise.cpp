#include <hallmark/noise/pnoise2.hpp>
#include <hallmark/parity/noise.hpp>

#include <doctest/doctest.h>
#include <support/fingerprint.hpp>
#include <support/golden.hpp>

#include <cmath>
#include <cstddef>
#include <cstring>
#include <string>
#include <vector>

using namespace hallmark;

namespace {
auto values(parity_field const& f, std::size_t h, std::size_t w, parity_stage s) -> std::vector<float> {
    auto const plane = parity_noise(f, h, w, s);
    return {plane.elements().begin(), plane.elements().end()};
}
auto same_bits(std::vector<float> const& a, std::vector<float> const& b) -> bool {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), 4 * a.size()) == 0;
}
}  // namespace

// The golden maps are not in the project; these digests are of the numbers that equal them.
TEST_CASE("stages, pinned") {
    parity_field const f{44, 4, 59};
    CHECK(fingerprint(values(f, 32, 32, parity_stage::raw)) == "b97c88f93c40346a559fd3f0f39ddf3d7dc7f301b5502e07406b5d8125bcf08e");
    CHECK(fingerprint(values(f, 32, 32, parity_stage::argument)) == "6f2e34c08235ff9ae94ac798673b1d3ef3ded8075dce7c41ea26e52d48644eba");
    CHECK(fingerprint(values(f, 32, 32, parity_stage::sine)) == "d53e429625c42e8305238f763c753b45215b66b06b6701ba37777ce9d8dd3f06");
    CHECK(fingerprint(values(f, 32, 32, parity_stage::map)) == "0e6b078eef4370292d25f1c9fddfde77196fc9c6490eb2c0b7e6a0446d1b7511");
    CHECK(fingerprint(values({7, 16, 32768}, 17, 50, parity_stage::map)) == "9f38db16ce0ae48c958bbff7d8e81824e97b9a7fa7a7b40dff32ed612693efdb");
}

// The raw stage shares work between pixels; point by point it is pnoise2, with the sign of every zero.
TEST_CASE("the raw stage is pnoise2 at row / period and column / period") {
    for (parity_field const f : {parity_field{30, 1, 20}, parity_field{7, 4, 20}, parity_field{1, 3, 20}, parity_field{59, 16, 20}, parity_field{65535, 2, 1},
                                 parity_field{1.5f, 6, 20}, parity_field{40.1f, 3, 20}}) {
        auto const         made = values(f, 61, 19, parity_stage::raw);
        std::vector<float> expected;
        for (std::size_t i = 0; i < made.size(); ++i) {
            auto const at = [&](std::size_t k) { return static_cast<float>(static_cast<double>(k) / f.period); };
            expected.push_back(pnoise2(at(i / 19), at(i % 19), {.octaves = static_cast<int>(f.octaves)}));
        }
        CAPTURE(f.period);
        CHECK(same_bits(made, expected));
    }
}

TEST_CASE("bit for bit the published stages") {
    HALLMARK_NEEDS_GOLDEN();
    struct row {
        std::string  file;
        parity_field field;
        std::size_t  height, width;
    };
    std::size_t compared = 0;
    for (row const& r :
         {row{"32x32_p30_o1_f20", {30, 1, 20}, 32, 32}, row{"32x32_p44_o4_f59", {44, 4, 59}, 32, 32}, row{"48x96_p33_o3_f25", {33, 3, 25}, 48, 96},
          row{"64x64_p51_o2_f37", {51, 2, 37}, 64, 64}, row{"224x224_p41_o3_f33", {41, 3, 33}, 224, 224}}) {
        struct stage {
            char const*  suffix;
            parity_stage stage;
        };
        for (stage const s : {stage{"_raw", parity_stage::raw}, stage{"_sinarg", parity_stage::argument}, stage{"_sin", parity_stage::sine},
                              stage{"_map", parity_stage::map}}) {
            if (r.height == 224 && (s.stage == parity_stage::raw || s.stage == parity_stage::sine)) {
                continue;  // not among the golden files
            }
            CAPTURE(r.file);
            CAPTURE(s.suffix);
            CHECK(same_bits(values(r.field, r.height, r.width, s.stage), golden::values<float>("map/" + r.file + s.suffix + ".npy")));
            ++compared;
        }
    }
    CHECK(compared == 18);
}

TEST_CASE("bit for bit the published grids") {
    HALLMARK_NEEDS_GOLDEN();
    struct row {
        std::string  file;
        parity_field field;
        std::size_t  height, width;
    };
    for (row const& r : {row{"p1.5_o6_32x32", {1.5f, 6, 20}, 32, 32}, row{"p30_o1_64x64", {30, 1, 20}, 64, 64}, row{"p7_o4_48x80", {7, 4, 20}, 48, 80}}) {
        CAPTURE(r.file);
        CHECK(same_bits(values(r.field, r.height, r.width, parity_stage::raw), golden::values<float>("pnoise/grid_" + r.file + ".npy")));
    }
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(parity_noise({0, 1, 20}, 4, 4), "hallmark::parity_noise: the period is 0 pixels; allowed is 1 to 65535", error);
    CHECK_THROWS_WITH_AS(parity_noise({0.5f, 1, 20}, 4, 4), "hallmark::parity_noise: the period is 0.5 pixels; allowed is 1 to 65535", error);
    CHECK_THROWS_WITH_AS(parity_noise({std::nanf(""), 1, 20}, 4, 4), "hallmark::parity_noise: the period is nan pixels; allowed is 1 to 65535", error);
    CHECK_THROWS_WITH_AS(parity_noise({65536, 1, 20}, 4, 4), "hallmark::parity_noise: the period is 65536 pixels; allowed is 1 to 65535", error);
    CHECK_THROWS_WITH_AS(parity_noise({30, 0, 20}, 4, 4), "hallmark::parity_noise: octaves is 0; allowed is 1 to 16", error);
    CHECK_THROWS_WITH_AS(parity_noise({30, 17, 20}, 4, 4), "hallmark::parity_noise: octaves is 17; allowed is 1 to 16", error);
    CHECK_THROWS_WITH_AS(parity_noise({30, 1, 0}, 4, 4), "hallmark::parity_noise: the frequency is 0; allowed is 1 to 32768", error);
    CHECK_THROWS_WITH_AS(parity_noise({30, 1, 32769}, 4, 4), "hallmark::parity_noise: the frequency is 32769; allowed is 1 to 32768", error);
    CHECK_THROWS_WITH_AS(parity_noise({}, 0, 4), "hallmark::parity_noise: the map has 0 x 4 pixels; allowed are 1 to 65535 each way", error);
    CHECK_THROWS_WITH_AS(parity_noise({}, 4, 65536), "hallmark::parity_noise: the map has 4 x 65536 pixels; allowed are 1 to 65535 each way", error);
    CHECK_THROWS_WITH_AS(parity_noise({1, 1, 20}, 3, 5),
                         "hallmark::parity_noise: all 3 x 5 samples of the noise are equal, so the published program divides 0 by 0", error);
    CHECK(parity_noise({1, 1, 20}, 3, 5, parity_stage::raw).elements()[7] == 0.0f);
}
