#include <hallmark/noise/gabor_kernel.hpp>

#include <doctest/doctest.h>
#include <support/fingerprint.hpp>
#include <support/golden.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

using namespace hallmark;

namespace {
double const pi = 3.14159265358979323846;

// The formula in double.
auto worst_of(gabor_kernel_options const& o) -> double {
    auto const kernel = gabor_kernel(o);
    auto const half   = static_cast<int>(o.size / 2);
    double     worst  = 0;
    for (int r = -half; r <= half; ++r) {
        for (int c = -half; c <= half; ++c) {
            double sum = 0;
            for (std::uint32_t side = 0; side < o.sides; ++side) {
                auto const t = o.degrees / 180 * pi + pi * side / o.sides;
                auto const x = -c, y = -r;
                auto const along = x * std::cos(t) + y * std::sin(t), across = y * std::cos(t) - x * std::sin(t);
                sum += std::exp(-(along * along + o.ratio * o.ratio * across * across) / (2 * o.sigma * o.sigma)) * std::cos(2 * pi * along / o.wavelength);
            }
            worst = std::max(worst, std::abs(kernel.row(static_cast<std::size_t>(r + half))[c + half] * 0x1p-24 - sum) / o.sides);
        }
    }
    return worst;
}
auto elements(gabor_kernel const& k) -> std::vector<std::int32_t> { return {k.row(0), k.row(0) + k.size() * k.size()}; }
}  // namespace

TEST_CASE("golden kernels") {
    CHECK(fingerprint(elements(gabor_kernel())) == "cdd0ef71284f306fa39aac4a5fd9abb4904bb0e4e164433febc013746bcd1a3d");
    CHECK(fingerprint(elements(gabor_kernel({31, 6.5, -77.0, 11.0, 0.5, 4}))) == "11e0608fd879cfd34d3f7a353345e933733a4632c1f57ce4cd0e3ede70cab66c");
}

TEST_CASE("the formula, to 2^-22 a side, at the ends of what is allowed") {
    CHECK(worst_of({}) < 0x1p-22);
    CHECK(worst_of({11, 2.5, 63.0, 6.0, 1.0, 3}) < 0x1p-22);
    CHECK(worst_of({255, 64.0, -360.0, 1.0, 0.0625, 1}) < 0x1p-19);  // 127 waves: the angle's rounding counts 127-fold
    CHECK(worst_of({255, 64.0, 33.0, 1024.0, 1.0, 36}) < 0x1p-22);
    CHECK(worst_of({255, 0.25, 45.0, 3.0, 16.0, 2}) < 0x1p-22);
    CHECK(worst_of({3, 0.25, 360.0, 1.0, 1.0, 7}) < 0x1p-21);
}

TEST_CASE("the published program's kernels") {
    HALLMARK_NEEDS_GOLDEN();
    auto const compare = [](std::string const& file, gabor_kernel_options const& o) {
        auto const theirs = golden::values(file);
        auto const ours   = elements(gabor_kernel(o));
        REQUIRE(theirs.size() == ours.size());
        double worst = 0;
        for (std::size_t i = 0; i < ours.size(); ++i) {
            worst = std::max(worst, std::abs(ours[i] * 0x1p-24 - theirs[i]));
        }
        CHECK(worst < 5e-7);
    };
    compare("extra/gaborkernel_k23_s4_t0.6_l8_sides1.npy", {23, 4.0, 0.6 * 180 / pi, 8.0, 1.0, 1});
    compare("extra/gaborkernel_k11_s2.5_t1.1_l6_sides3.npy", {11, 2.5, 1.1 * 180 / pi, 6.0, 1.0, 3});
}

TEST_CASE("what a caller can get wrong") {
    auto const nan = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH_AS(gabor_kernel({4, 4.0, 0.0, 8.0, 1.0, 1}), "hallmark::gabor_kernel: size is 4; allowed are odd numbers from 3 to 255", error);
    CHECK_THROWS_WITH_AS(gabor_kernel({257, 4.0, 0.0, 8.0, 1.0, 1}), "hallmark::gabor_kernel: size is 257; allowed are odd numbers from 3 to 255", error);
    CHECK_THROWS_WITH_AS(gabor_kernel({23, nan, 0.0, 8.0, 1.0, 1}), "hallmark::gabor_kernel: sigma is nan; allowed is 0.25 to 64", error);
    CHECK_THROWS_WITH_AS(gabor_kernel({23, 4.0, 361.0, 8.0, 1.0, 1}), "hallmark::gabor_kernel: degrees is 361; allowed is -360 to 360", error);
    CHECK_THROWS_WITH_AS(gabor_kernel({23, 4.0, 0.0, 0.5, 1.0, 1}), "hallmark::gabor_kernel: wavelength is 0.5; allowed is 1 to 1024", error);
    CHECK_THROWS_WITH_AS(gabor_kernel({23, 4.0, 0.0, 8.0, 0.0, 1}), "hallmark::gabor_kernel: ratio is 0; allowed is 1/16 to 16", error);
    CHECK_THROWS_WITH_AS(gabor_kernel({23, 4.0, 0.0, 8.0, 1.0, 0}), "hallmark::gabor_kernel: sides is 0; allowed is 1 to 36", error);
}
